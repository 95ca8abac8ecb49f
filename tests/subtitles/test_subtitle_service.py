"""The service: tracks of everybody, and a file that the player can read."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from novastream_desktop.errors import (
    BadResponse,
    InvalidInput,
    NotFound,
    ProviderUnavailable,
    SourceUnavailable,
    StoreError,
)
from novastream_desktop.models import SubtitleTrack
from novastream_desktop.providers.base import WatchRequest
from novastream_desktop.settings import SubtitlesSettings
from novastream_desktop.subtitles import SubtitleService, system_languages
from tests.fakes.http import FakeHttp
from tests.fakes.providers import FakeRows, FakeSubtitles, film, mp4

URL = "https://example.org/a.srt"
SRT = "1\n00:00:01,000 --> 00:00:02,000\n{}\n"
VTT = "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n{}\n"
REQUEST = WatchRequest(film())
Make = Callable[..., SubtitleService]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    def build(*providers: object, table: dict[str, bytes] | None = None) -> SubtitleService:
        return SubtitleService(
            providers=providers,
            http=FakeHttp(table or {}),
            settings=SubtitlesSettings(languages=("de", "en")),
            cache_dir=tmp_path / "subtitles",
        )

    return build


async def test_tracks_of_providers_and_sources_are_one_list(make: Make):
    bad = FakeSubtitles("bad")
    bad.how.error = ProviderUnavailable("bad is down")
    good = FakeSubtitles(
        "good", [SubtitleTrack(lang="fr", url="f"), SubtitleTrack(lang="eng", url="e")]
    )
    source = mp4("https://h/v", subtitles=(SubtitleTrack(lang="ger", url="d"),))
    found = await make(bad, FakeRows("none"), good).tracks(REQUEST, [source])
    assert [(t.lang, t.url) for t in found] == [("de", "d"), ("en", "e"), ("fr", "f")]


@pytest.mark.parametrize("form", ["http", "path", "file", "gzip"])
async def test_a_track_from_anywhere(make: Make, tmp_path: Path, form: str):
    data = SRT.format("für dich, schöne Grüße").encode("windows-1252")
    file = tmp_path / "a b.srt"
    file.write_bytes(gzip.compress(data) if form == "gzip" else data)
    place = {"http": URL, "file": file.as_uri()}.get(form, str(file))
    text = await make(table={URL: data}).load(place, "de")
    assert text == VTT.format("für dich, schöne Grüße")


async def test_a_file_for_the_player(make: Make, tmp_path: Path):
    data = SRT.format("今夜は静かですね。").encode("shift_jis")
    service = make(table={URL: data})
    track = SubtitleTrack(lang="jpn", url=URL, encoding="shift_jis")
    path = await service.file_for(track)
    assert path.read_bytes().decode("utf-8") == VTT.format("今夜は静かですね。")
    assert path.parent == tmp_path / "subtitles"
    assert path.name.endswith(".ja.vtt")
    assert await service.file_for(track) == path
    assert (await service.file_for(track, tmp_path / "other")).parent == tmp_path / "other"
    assert [f.name for f in path.parent.iterdir()] == [path.name]


async def test_sources_headers_stay_away_from_subtitle_hosts():
    http = FakeHttp({URL: SRT.format("hi").encode()})
    service = SubtitleService(providers=[], http=http, settings=SubtitlesSettings())
    await service.load(URL)
    assert http.headers == {URL: None}


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"<html>login</html>", "web page"),
        (b"", "it is empty"),
        (b"\x1f\x8bnot packed", "damaged"),
        (gzip.compress(b"x" * 11_000_000), "10 MB"),
        (bytes(range(256)) * 4, "it is not text"),
    ],
)
async def test_bad_tracks_end_in_a_sentence(make: Make, tmp_path: Path, data: bytes, why: str):
    with pytest.raises(BadResponse, match=why):
        await make(table={URL: data}).load(URL)
    file = tmp_path / "own.srt"
    file.write_bytes(data)
    for own in (str(file), file.as_uri()):
        with pytest.raises(SourceUnavailable, match=why) as caught:
            await make().load(own)
        assert caught.value.exit_code == 1


async def test_missing_tracks_end_in_a_sentence(make: Make, tmp_path: Path):
    with pytest.raises(NotFound, match=r"The subtitles .*none\.srt cannot be opened"):
        await make().load(str(tmp_path / "none.srt"))
    with pytest.raises(SourceUnavailable, match="directory"):
        await make().load(str(tmp_path))
    with pytest.raises(NotFound):
        await make().load("bad\0name")
    with pytest.raises(NotFound):
        await make().load(URL)


async def test_a_disk_that_refuses(make: Make, tmp_path: Path):
    (tmp_path / "file").write_text("")
    service = make(table={URL: SRT.format("hi").encode()})
    with pytest.raises(StoreError, match="could not be written"):
        await service.file_for(SubtitleTrack(lang="en", url=URL), tmp_path / "file" / "deep")
    homeless = SubtitleService(
        providers=[], http=FakeHttp({URL: SRT.format("a").encode()}), settings=SubtitlesSettings()
    )
    with pytest.raises(InvalidInput):
        await homeless.file_for(SubtitleTrack(lang="en", url=URL))


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({"LANGUAGE": "pt_BR:en", "LANG": "de_DE.UTF-8"}, ("pt-BR", "en", "de-DE")),
        ({"LC_ALL": "ja_JP.eucJP", "LANG": "C"}, ("ja-JP",)),
        ({"LANG": "sr_RS@latin"}, ("sr-RS",)),
    ],
)
def test_the_systems_languages(environ: dict[str, str], expected: tuple[str, ...]):
    assert system_languages(environ)[: len(expected)] == expected
