"""The service: tracks of everybody, and a file that the player can read."""

from __future__ import annotations

import asyncio
import gzip
import os
import time
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
from novastream_desktop.subtitles._kept import KeptFile, outdated, read_kept
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
        "good",
        [SubtitleTrack(lang="fr", url="https://h/f"), SubtitleTrack(lang="eng", url="https://h/e")],
    )
    source = mp4("https://h/v", subtitles=(SubtitleTrack(lang="ger", url="https://h/d"),))
    found = await make(bad, FakeRows("none"), good).found(REQUEST, [source])
    assert [(t.lang, t.url[-1]) for t in found.tracks] == [("de", "d"), ("en", "e"), ("fr", "f")]
    assert [t.origin for t in found.tracks] == ["", "good", "good"]
    assert found.complete
    assert [(left.origin, left.why) for left in found.left_out] == [("bad", "bad is down.")]


async def test_who_is_slow_joins_later(make: Make):
    slow = FakeSubtitles("slow", [SubtitleTrack(lang="de", url="https://h/slow")])
    slow.how.gate = asyncio.Event()
    fast = FakeSubtitles("fast", [SubtitleTrack(lang="en", url="https://h/fast")])
    stream = make(slow, fast).stream(REQUEST)
    first = await anext(stream)
    assert ([t.url for t in first.tracks], first.complete) == (["https://h/fast"], False)
    slow.how.gate.set()
    last = await anext(stream)
    assert [t.url for t in last.tracks] == ["https://h/slow", "https://h/fast"]
    assert last.complete
    with pytest.raises(StopAsyncIteration):
        await anext(stream)


async def test_nobody_who_waits_leaves_a_question_behind(make: Make):
    slow = FakeSubtitles("slow")
    slow.how.gate = asyncio.Event()
    fast = FakeSubtitles("fast", [SubtitleTrack(lang="en", url="https://h/fast")])
    stream = make(slow, fast).stream(REQUEST)
    await anext(stream)
    await stream.aclose()
    assert not [t for t in asyncio.all_tasks() if t is not asyncio.current_task()]


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("file:///etc/passwd", "points to a file of this computer"),
        ("/etc/passwd", "points to a file of this computer"),
        ("C:\\secret.srt", "points to a file of this computer"),
        ("javascript:alert(1)", "has no address"),
        ("", "has no address"),
    ],
)
async def test_a_stranger_names_no_files_of_this_machine(make: Make, url: str, why: str):
    tracks = [
        SubtitleTrack(lang="en", url=url, label="bad"),
        SubtitleTrack(lang="zz", url="https://h/good"),
    ]
    remote = await make(FakeSubtitles("remote", tracks)).found(REQUEST)
    assert [(t.lang, t.url) for t in remote.tracks] == [("und", "https://h/good")]
    assert [left.why for left in remote.left_out] == [f"remote: bad was left out: it {why}."]
    folder = await make(FakeSubtitles("mirrors", tracks)).found(REQUEST)
    assert len(folder.tracks) == (1 if why == "has no address" else 2)


async def test_files_beside_a_local_video_come_first(make: Make, tmp_path: Path):
    video = tmp_path / "Film.mkv"
    for name in ("Film.mkv", "Film.de.forced.srt", "Film.en.srt"):
        (tmp_path / name).write_text("")
    other = FakeSubtitles("other", [SubtitleTrack(lang="en", url="https://h/e")])
    source = mp4(video.as_uri(), provider="local")
    found = await make(other).tracks(REQUEST, [source])
    assert [(t.lang, t.forced, t.origin) for t in found] == [
        ("de", True, "local"),
        ("en", False, "local"),
        ("en", False, "other"),
    ]
    stranger = mp4(video.as_uri(), provider="elsewhere")
    assert len(await make(other).tracks(REQUEST, [stranger])) == 1


async def test_what_a_provider_serves_itself_is_fetched_once(make: Make, tmp_path: Path):
    class Shop:
        name = "shop"
        remark = "shop: 2 downloads are left today."
        asked = 0

        async def subtitles(self, request: WatchRequest) -> list[SubtitleTrack]:
            return [SubtitleTrack(lang="en", url="shop:7")]

        def serves(self, url: str) -> bool:
            return url.startswith("shop:")

        async def subtitle_file(self, url: str) -> bytes:
            self.asked += 1
            return SRT.format(url).encode()

    shop = Shop()
    found = await make(shop).found(REQUEST)
    assert [left.why for left in found.left_out] == [shop.remark]
    for _again in range(2):
        assert (await make(shop).read(found.tracks[0].url)).text == VTT.format("shop:7")
    assert shop.asked == 1


async def test_a_chosen_encoding_is_remembered_for_its_file(make: Make, tmp_path: Path):
    data = SRT.format("Ïðèâåò").encode("windows-1252")
    service = make(table={URL: data})
    track = SubtitleTrack(lang="fr", url=URL)
    before = await service.prepare(track)
    service.memory.note_encoding(URL, "windows-1251")
    after = await service.prepare(track)
    assert "Привет" in after.path.read_text(encoding="utf-8")
    assert (after.encoding, after.digest) == ("cp1251", before.digest)
    service.memory.note_encoding(URL, "no such page")
    with pytest.raises(InvalidInput, match="is no encoding"):
        await service.prepare(track)


async def test_ass_is_given_to_the_player_as_ass(make: Make):
    ass = "[Script Info]\n\n[Events]\nFormat: Start, End, Text\nDialogue: 0:0:1.0,0:0:2.0,{\\i1}a\n"
    made = await make(table={URL: ass.encode("utf-16")}).prepare(SubtitleTrack(lang="en", url=URL))
    assert made.path.suffix == ".ass"
    assert made.path.read_text(encoding="utf-8") == ass


@pytest.mark.parametrize("form", ["http", "path", "file", "gzip"])
async def test_a_track_from_anywhere(make: Make, tmp_path: Path, form: str):
    data = SRT.format("für dich, schöne Grüße").encode("windows-1252")
    file = tmp_path / "a b.srt"
    file.write_bytes(gzip.compress(data) if form == "gzip" else data)
    place = {"http": URL, "file": file.as_uri()}.get(form, str(file))
    read = await make(table={URL: data}).read(place, "de")
    assert read.text == VTT.format("für dich, schöne Grüße")


async def test_a_file_for_the_player(make: Make, tmp_path: Path):
    data = SRT.format("今夜は静かですね。").encode("shift_jis")
    service = make(table={URL: data})
    track = SubtitleTrack(lang="jpn", url=URL, encoding="shift_jis")
    path = await service.file_for(track)
    assert path.read_bytes().decode("utf-8") == VTT.format("今夜は静かですね。")
    assert path.parent == tmp_path / "subtitles"
    assert path.name.endswith(".ja.vtt")
    assert await service.file_for(track) == path
    assert [f.name for f in path.parent.iterdir()] == [path.name]


async def test_files_of_long_ago_are_forgotten(make: Make, tmp_path: Path):
    folder = tmp_path / "subtitles"
    (folder / "originals").mkdir(parents=True)
    files = [
        *(folder / name for name in ("old.vtt", "new.vtt")),
        *(folder / "originals" / name for name in ("bought long ago", "bought")),
    ]
    for file in files:
        file.write_text("")
    months_ago = time.time() - 90 * 86_400
    os.utime(files[0], (months_ago, months_ago))
    os.utime(files[2], (0, 0))
    os.utime(files[3], (months_ago, months_ago))
    service = make(table={URL: SRT.format("hi").encode()})
    await service.prepare(SubtitleTrack(lang="en", url=URL))
    assert [file.exists() for file in files] == [False, True, False, True]


def test_originals_have_so_much_room_and_the_oldest_go_first():
    kept = [KeptFile(Path(name), 40, used) for name, used in (("a", 1.0), ("b", 3.0), ("c", 2.0))]
    assert [f.path.name for f in outdated(kept, 4.0, age=9.0, room=90)] == ["a"]
    assert [f.path.name for f in outdated(kept, 4.0, age=1.5, room=900)] == ["c", "a"]
    assert outdated(kept, 4.0, age=9.0, room=120) == []


def test_an_original_that_is_used_is_young_again(tmp_path: Path):
    old = tmp_path / "bought"
    old.write_bytes(b"1")
    os.utime(old, (0, 0))
    assert read_kept(old) == b"1"
    assert old.stat().st_mtime > time.time() - 60
    assert read_kept(tmp_path / "none") == b""


async def test_sources_headers_stay_away_from_subtitle_hosts():
    http = FakeHttp({URL: SRT.format("hi").encode()})
    service = SubtitleService(providers=[], http=http, settings=SubtitlesSettings())
    await service.read(URL)
    assert http.headers == {URL: None}


async def test_the_same_text_from_two_places_is_one_track(make: Make):
    text = SRT.format("für dich, schöne Grüße, liebe Mädchen")
    other = "https://elsewhere/b.srt"
    service = make(
        FakeSubtitles("a", [SubtitleTrack(lang="de", url=URL)]),
        FakeSubtitles("b", [SubtitleTrack(lang="de", url=other, label="Other name")]),
        table={URL: text.encode("windows-1252"), other: text.replace("\n", "\r\n").encode()},
    )
    tracks = await service.tracks(REQUEST)
    assert len(tracks) == 2
    assert len({(await service.prepare(track)).path for track in tracks}) == 1
    assert len(await service.tracks(REQUEST)) == 1


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
        await make(table={URL: data}).read(URL)
    file = tmp_path / "own.srt"
    file.write_bytes(data)
    for own in (str(file), file.as_uri()):
        with pytest.raises(SourceUnavailable, match=why) as caught:
            await make().read(own)
        assert caught.value.exit_code == 1


async def test_a_huge_file_is_not_read(make: Make, tmp_path: Path):
    huge = tmp_path / "huge.srt"
    with huge.open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    with pytest.raises(SourceUnavailable, match="more than 10 MB is no subtitle file"):
        await make().read(str(huge))


async def test_missing_tracks_end_in_a_sentence(make: Make, tmp_path: Path):
    with pytest.raises(NotFound, match=r"The subtitles .*none\.srt cannot be opened"):
        await make().read(str(tmp_path / "none.srt"))
    with pytest.raises(SourceUnavailable, match="directory"):
        await make().read(str(tmp_path))
    with pytest.raises(NotFound):
        await make().read("bad\0name")
    with pytest.raises(NotFound):
        await make().read(URL)


async def test_a_disk_that_refuses(make: Make, tmp_path: Path):
    (tmp_path / "subtitles").write_text("")
    service = make(table={URL: SRT.format("hi").encode()})
    with pytest.raises(StoreError, match="could not be written"):
        await service.file_for(SubtitleTrack(lang="en", url=URL))
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


async def test_who_knows_files_by_their_hash_is_asked_with_it(make: Make, tmp_path: Path):
    class ByHash(FakeSubtitles):
        uses_hash = True
        asked: WatchRequest | None = None

        async def subtitles(self, request: WatchRequest) -> list[SubtitleTrack]:
            self.asked = request
            return []

    class Plain(ByHash):
        uses_hash = False

    by_hash, plain = ByHash("hash"), Plain("plain")
    file = tmp_path / "film.mkv"
    file.write_bytes(bytes(131_072))
    async for _found in make(by_hash, plain).stream(REQUEST, url=file.as_uri()):
        pass
    assert by_hash.asked is not None
    assert by_hash.asked.file is not None
    assert by_hash.asked.file.hash == "0000000000020000"
    assert plain.asked == REQUEST
