"""Endpoints, files beside a video, names, hashes and what is remembered."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from novastream_desktop.errors import BadResponse
from novastream_desktop.models import SubtitleTrack
from novastream_desktop.providers.base import WatchRequest
from novastream_desktop.subtitles import SubtitleMemory, Timing, media_file, moviehash, role_of
from novastream_desktop.subtitles._beside import belonging
from novastream_desktop.subtitles._endpoints import VttEndpoint, addresses, tracks_of
from novastream_desktop.subtitles._names import facts_of
from tests.fakes.http import FakeHttp
from tests.fakes.http_server import FakeServer, media
from tests.fakes.providers import episode, film, series

FILM = WatchRequest(film(tmdb_id=603, imdb_id="tt0133093"))
EPISODE = WatchRequest(series(tmdb_id=1399), episode(3, 2))
VTT = b"WEBVTT\n\n00:01.000 --> 00:02.000\nHi\n"


@pytest.mark.parametrize(
    ("template", "request_", "languages", "expected"),
    [
        ("https://h/{type}/{tmdbId}.vtt", FILM, ("de",), [("und", "https://h/movie/603.vtt")]),
        (
            "https://h/{imdbId}?l={lang}",
            FILM,
            ("de", "pt-BR"),
            [("de", "https://h/tt0133093?l=de"), ("pt-BR", "https://h/tt0133093?l=pt-BR")],
        ),
        (
            "https://h/{type}/{tmdbId}/{season}/{episode}",
            EPISODE,
            (),
            [("und", "https://h/tv/1399/2/3")],
        ),
        ("https://h/{tmdbId}/{season}/{episode}", FILM, ("de",), []),
        ("https://h/{malId}", FILM, ("de",), []),
        ("https://h/{nonsense}", FILM, ("de",), []),
    ],
)
def test_addresses(
    template: str, request_: WatchRequest, languages: tuple[str, ...], expected: list[object]
):
    assert addresses(template, request_, languages) == expected


def test_an_endpoint_may_answer_a_file_or_a_list():
    (one,) = tracks_of(VTT, "https://h/a", "de", "h")
    assert (one.lang, one.url, one.format) == ("de", "https://h/a", "vtt")
    listed = [
        {"url": "b.srt", "lang": "eng", "label": "B", "hearingImpaired": True},
        {"url": "https://x/c.vtt"},
        {"label": "no address"},
        7,
    ]
    first, second = tracks_of(json.dumps(listed).encode(), "https://h/dir/a", "de", "h")
    assert (first.url, first.lang, first.hearing_impaired) == ("https://h/dir/b.srt", "eng", True)
    assert (second.url, second.lang) == ("https://x/c.vtt", "de")
    assert tracks_of(b"[]", "https://h/a", "de", "h") == []
    assert tracks_of(b"", "https://h/a", "de", "h") == []
    assert tracks_of(b"[10][20]Hi\n", "https://h/a", "de", "h")[0].format == "mpl2"


@pytest.mark.parametrize(
    "data", [b'{"error": "quota"}', b"<html>login</html>", b"words", b'[{"no": 1}]', b"[nonsense"]
)
def test_an_endpoint_that_answers_something_else_is_an_error(data: bytes):
    with pytest.raises(BadResponse):
        tracks_of(data, "https://h/a", "de", "h")


async def test_an_endpoint_without_this_title_has_nothing():
    http = FakeHttp({"https://h/movie/603/en.vtt": VTT})
    endpoint = VttEndpoint("https://h/{type}/{tmdbId}/{lang}.vtt", http, ("de", "en"))
    assert endpoint.name == "h"
    assert [(t.lang, t.origin) for t in await endpoint.subtitles(FILM)] == [("en", "h")]
    assert await endpoint.subtitles(WatchRequest(film())) == []


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        (".pt-BR.forced", ("pt-br", True, False)),
        ("English [SDH]", ("en", False, True)),
        (".eng.cc", ("eng", False, True)),
        ("2_German", ("de", False, False)),
        (".WEB-DL.x264", ("und", False, False)),
        ("Signs & Songs", ("und", True, False)),
        ("", ("und", False, False)),
    ],
)
def test_names(name: str, facts: tuple[str, bool, bool]):
    found = facts_of(name)
    assert (found.lang, found.forced, found.hearing_impaired) == facts


def test_roles():
    def role(label: str = "", **more: bool) -> str:
        return role_of(SubtitleTrack(lang="en", url="u", label=label, **more))

    assert [role(), role("English (SDH)"), role("Forced"), role("Hi there"[:2])] == [
        "full",
        "sdh",
        "forced",
        "sdh",
    ]
    assert role(forced=True) == "forced"
    assert role(hearing_impaired=True) == "sdh"


def test_files_that_belong_to_a_video():
    video = Path("/v/Film (2024).mkv")
    names = [
        "Film (2024).en.srt", "film (2024).DE.ass", "Film (2024).idx", "Film (2024).sub",
        "Other.srt", "notes.txt", "Subs/Film (2024)/2_English.srt", "Subs/3_French.srt",
    ]  # fmt: skip
    files = [video.parent / name for name in names]
    found = belonging(video, files, alone=False)
    assert [(t.lang, t.format, t.exact) for t in found] == [
        ("en", "srt", True),
        ("de", "ass", True),
        ("und", "idx", True),
        ("en", "srt", None),
    ]
    assert len(belonging(video, files, alone=True)) == 6


def test_moviehash_of_the_documented_files():
    zeros = bytes(65_536)
    steps = bytes(range(256)) * 256
    assert moviehash(131_072, zeros, zeros) == "0000000000020000"
    assert moviehash(262_144, steps, steps) == "a0601fdf9f630000"
    assert moviehash(100, b"x", b"x") == ""


async def test_a_hash_takes_two_parts_of_a_file(tmp_path: Path):
    from novastream_desktop.net.client import create_http_client
    from novastream_desktop.runtime import SystemClock

    data = bytes(range(256)) * 1024
    file = tmp_path / "a b.mkv"
    file.write_bytes(data)
    http = create_http_client(cache_dir=None, clock=SystemClock())
    try:
        local = await media_file(file.as_uri(), http)
        async with FakeServer() as server:
            server.route("GET", "/v.mkv", media(data))
            remote = await media_file(f"{server.url}/v.mkv?key=1", http)
            gone = await media_file(f"{server.url}/gone.mkv", http)
    finally:
        await http.close()
    assert (local.name, local.size, local.hash) == ("a b.mkv", 262_144, "a0601fdf9f630000")
    assert (remote.name, remote.size, remote.hash) == ("v.mkv", 262_144, "a0601fdf9f630000")
    assert (gone.name, gone.hash) == ("gone.mkv", "")
    assert (await media_file(str(tmp_path / "none"), http)).hash == ""


async def test_what_is_remembered(tmp_path: Path):
    file = tmp_path / "data" / "subtitles.json"
    memory = SubtitleMemory(file)
    await memory.load()
    assert memory.timing_of("d", "r") is None
    memory.note_encoding("u", "cp1251")
    memory.note_timing("d", "r", Timing(-0.5, 25 / 24))
    memory.note_text("u", "d")
    memory.note_show("nova:s", {"subtitle": "off"})
    await memory.settle()
    again = SubtitleMemory(file)
    await again.load()
    assert again.encoding_of("u") == "cp1251"
    assert again.timing_of("d", "r") == Timing(-0.5, 25 / 24)
    assert again.timing_of("d", "other") is None
    assert again.texts == {"u": "d"}
    assert again.show("nova:s") == {"subtitle": "off"}
    again.note_timing("d", "r", Timing())
    again.note_encoding("u", None)
    assert again.timing_of("d", "r") is None
    await again.settle()
    assert json.loads(file.read_text())["encodings"] == {}


@pytest.mark.parametrize("text", ["", "{", "[]", '{"version": "x"}', '{"version": 1, "shows": 3}'])
async def test_a_broken_memory_is_no_hindrance(tmp_path: Path, text: str):
    file = tmp_path / "subtitles.json"
    file.write_text(text)
    memory = SubtitleMemory(file)
    await memory.load()
    assert memory.show("x") == {}
    memory.note_show("x", {"a": 1})
    await memory.settle()
    again = SubtitleMemory(file)
    await again.load()
    assert again.show("x") == {"a": 1}


async def test_a_newer_memory_is_left_alone(tmp_path: Path):
    file = tmp_path / "subtitles.json"
    file.write_text('{"version": 99}')
    memory = SubtitleMemory(file)
    await memory.load()
    memory.note_show("x", {"a": 1})
    await memory.settle()
    assert memory.show("x") == {"a": 1}
    assert file.read_text() == '{"version": 99}'
