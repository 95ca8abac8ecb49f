"""Mirrors on the web, in folders and inside the program."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from novastream_desktop.errors import BadResponse, NotFound, ProviderError, ProviderUnavailable
from novastream_desktop.models import Content, ContentType, Episode, SkipType, SourceType
from novastream_desktop.net import HttpClient
from novastream_desktop.providers.base import BundledMirror, ProviderContext, WatchRequest
from novastream_desktop.providers.mirrors import SPEC
from novastream_desktop.providers.mirrors._place import folder_place, index_address
from novastream_desktop.runtime import SystemClock
from novastream_desktop.settings import Settings
from tests.fakes.http_server import Answer, FakeServer, Request, html_answer, json_answer, redirect

MOONS = "mirror:home:paper-moons"


@pytest.fixture
def web(server: FakeServer, build: Any, recorded: Any) -> Any:
    server.route("GET", "/m/index.json", json_answer(recorded("mirrors/index.json")))
    return build(SPEC, {"sources": {"mirrors": [server.url + "/m/"]}})


async def _request(provider: Any, episode: int | None = 0) -> WatchRequest:
    details = await provider.details(MOONS)
    return WatchRequest(details.content, None if episode is None else details.episodes[episode])


async def test_row_and_title(web: Any, server: FakeServer):
    assert web.knows(MOONS)
    (row,) = await web.rows()
    assert (row.id, row.title, row.origin) == ("mirror-home", "home", "mirrors")
    moons = row.items[0]
    assert (moons.id, moons.type, moons.year) == (MOONS, ContentType.SERIES, 2024)
    assert moons.poster_url == server.url + "/m/p.jpg"
    assert (moons.collections, moons.aliases) == (("a24",), ("tmdb:tv:990001",))
    assert not web.knows("mirror:other:x")
    assert not web.knows("nova:x")


async def test_details_with_specials_last(web: Any, server: FakeServer):
    details = await web.details(MOONS)
    assert [episode.id for episode in details.episodes] == ["s1e1", "s1e2", "sp"]
    assert details.episodes[0].thumbnail_url == server.url + "/m/s1e1/t.jpg"
    with pytest.raises(NotFound):
        await web.details("mirror:home:gone")


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("paper", ["Paper Moons"]),
        ("LIGHTS harbour", ["Harbour Lights"]),
        ("hafen", ["Harbour Lights"]),
        ("o", ["Harbour Lights", "Paper Moons"]),
        ("none", []),
        (" ", []),
    ],
)
async def test_search(web: Any, query: str, titles: list[str]):
    assert [content.title for content in await web.search(query)] == titles


async def test_sources(web: Any, server: FakeServer):
    first, second = await web.sources(await _request(web))
    assert (first.url, first.type) == (server.url + "/m/s1e1/master.m3u8", SourceType.HLS)
    assert (first.headers, first.height) == ({"X-Mirror": "1"}, 1080)
    assert first.expires_at == datetime(2030, 1, 1, tzinfo=UTC)
    assert (second.type, second.file_index, second.seeders) == (SourceType.TORRENT, 2, 4)
    (other,) = await web.sources(await _request(web, 1))
    assert (other.url, other.type) == ("https://cdn.example/s1e2.mkv", SourceType.MP4)
    assert await web.sources(await _request(web, 2)) == ()
    assert await web.sources(await _request(web, None)) == ()


async def test_subtitles_and_skips(web: Any, server: FakeServer):
    request = await _request(web)
    english, german = await web.subtitles(request)
    assert (english.url, english.format) == (server.url + "/m/s1e1/en.vtt", "vtt")
    assert (german.lang, german.label, german.format) == ("de", "de", "srt")
    assert german.hearing_impaired
    opening, ending = await web.skips(request, 1_350.0)
    assert (opening.type, opening.start, opening.end) == (SkipType.OP, 30, 60)
    assert (opening.origin, opening.confidence) == ("mirror", 0.9)
    assert ending.end == 1_350
    assert len(await web.skips(request, 1_000.0)) == 1


async def test_another_catalogues_title_is_recognised(web: Any):
    tmdb = Content(id="tmdb:tv:990001", title="P", type=ContentType.SERIES, tmdb_id=990001)
    episode = Episode(id="x", content_id=tmdb.id, season=1, episode_number=2)
    (source,) = await web.sources(WatchRequest(tmdb, episode))
    assert source.url == "https://cdn.example/s1e2.mkv"
    film = tmdb.with_(id="tmdb:movie:990001", type=ContentType.MOVIE)
    assert await web.sources(WatchRequest(film)) == ()


async def test_an_index_is_not_fetched_for_every_question(
    server: FakeServer, build: Any, recorded: Any
):
    def handler(request: Request) -> Answer:
        if request.headers.get("if-none-match") == '"1"':
            return Answer(304)
        return json_answer(recorded("mirrors/index.json"), headers={"ETag": '"1"'})

    server.route("GET", "/index.json", handler)
    mirror = build(SPEC, {"sources": {"mirrors": [server.url]}})
    for _ in range(3):
        await mirror.rows()
    assert len(server.requests) == 1


async def test_an_old_index_is_asked_for_conditionally(
    server: FakeServer, build: Any, recorded: Any, monkeypatch: pytest.MonkeyPatch
):
    def handler(request: Request) -> Answer:
        if request.headers.get("if-none-match") == '"1"':
            return Answer(304)
        return json_answer(recorded("mirrors/index.json"), headers={"ETag": '"1"'})

    monkeypatch.setattr("novastream_desktop.providers.mirrors._client._INDEX_AGE", 0)
    server.route("GET", "/index.json", handler)
    mirror = build(SPEC, {"sources": {"mirrors": [server.url]}})
    first, second = await mirror.rows(), await mirror.rows()
    assert first == second
    assert [r.headers.get("if-none-match") for r in server.requests] == [None, '"1"']
    server.route("GET", "/index.json", json_answer({"name": "new", "items": []}))
    assert (await mirror.rows())[0].title == "new"


async def test_any_number_of_mirrors(
    server: FakeServer, http: HttpClient, recorded: Any, folder: Path
):
    server.route("GET", "/m/index.json", json_answer(recorded("mirrors/index.json")))
    entries = [server.url + "/m", str(folder), server.url + "/gone"]
    settings = Settings.model_validate({"sources": {"mirrors": entries}})
    web, disk, gone = SPEC.build(ProviderContext(settings, http, SystemClock()))
    titles = [row.title for mirror in (web, disk) for row in await mirror.rows()]
    assert titles == ["home", "home"]
    with pytest.raises(ProviderUnavailable):
        await gone.rows()


async def test_collections_become_rows(server: FakeServer, build: Any):
    items = [
        {
            "content": {"id": name, "title": name, "type": "movie", "collections": own},
            "collections": given,
        }
        for name, own, given in (
            ("a", ["a24"], ["film-noir", "Film Noir"]),
            ("b", [], ["Film_noir", "夏の映画"]),
            ("c", [], [" ", 7]),
        )
    ]
    server.route("GET", "/index.json", json_answer({"name": "m", "items": items}))
    mirror = build(SPEC, {"sources": {"mirrors": [server.url]}})
    whole, noir, summer = await mirror.rows()
    assert len(whole.items) == 3
    assert (noir.id, noir.title) == ("collection-film-noir", "Film noir")
    assert [film.title for film in noir.items] == ["a", "b"]
    assert (summer.id, summer.title) == ("collection-夏の映画", "夏の映画")
    assert whole.items[0].collections == ("a24", "film-noir", "Film Noir")


async def test_addresses_are_relative_to_where_the_index_was_found(
    server: FakeServer, build: Any, recorded: Any
):
    server.route("GET", "/m/index.json", redirect("/moved/here/index.json"))
    server.route("GET", "/moved/here/index.json", json_answer(recorded("mirrors/index.json")))
    mirror = build(SPEC, {"sources": {"mirrors": [server.url + "/m/index.json"]}})
    (row,) = await mirror.rows()
    assert row.items[0].poster_url == server.url + "/moved/here/p.jpg"


@pytest.mark.parametrize(
    ("reply", "error", "says"),
    [
        (Answer(404), ProviderUnavailable, "has no index"),
        (html_answer(), ProviderUnavailable, "web page"),
        (json_answer(b'{"items": [}'), BadResponse, "line 1 column"),
        (json_answer([]), BadResponse, "not a JSON object"),
        (json_answer({"name": "x"}), BadResponse, "no list `items`"),
        (json_answer({"version": 2, "items": []}), BadResponse, "version 2"),
        (
            json_answer({"items": [{"content": {"id": "a", "type": "movie"}}]}),
            BadResponse,
            r"item 1 of index\.json: content\.title",
        ),
        (json_answer({"items": [7]}), BadResponse, "item 1"),
    ],
)
async def test_a_bad_index_says_what_is_wrong(
    server: FakeServer, build: Any, reply: Answer, error: type[ProviderError], says: str
):
    server.route("GET", "/index.json", reply)
    mirror = build(SPEC, {"sources": {"mirrors": [server.url]}})
    with pytest.raises(error, match=says) as caught:
        await mirror.rows()
    assert "127.0.0.1" in caught.value.sentence()


async def test_bad_items_and_fields_do_not_spoil_the_rest(server: FakeServer, build: Any):
    content = {"id": "ok", "title": "Ok", "type": "movie", "year": "soon", "rating": 99}
    sources = [{"quality": "no url"}, {"url": "file:///etc/passwd"}, {"url": "javascript:x"}]
    good = {
        "url": "a.mkv",
        "type": "hologram",
        "headers": {"X": "a\r\nY: b", "Z": "ok"},
        "expiresAt": "soon",
    }
    items = [{"content": {}}, None, {"content": content, "sources": [*sources, good]}]
    server.route("GET", "/index.json", json_answer({"name": "a:b", "items": items}))
    mirror = build(SPEC, {"sources": {"mirrors": [server.url]}})
    (row,) = await mirror.rows()
    (film,) = row.items
    assert (film.id, film.year, film.rating) == ("mirror:a-b:ok", None, None)
    (source,) = await mirror.sources(WatchRequest(film))
    assert (source.url, source.type) == (server.url + "/a.mkv", SourceType.MP4)
    assert (source.headers, source.expires_at) == ({"Z": "ok"}, None)


async def test_an_empty_index(server: FakeServer, build: Any):
    server.route("GET", "/index.json", json_answer({"name": "empty", "items": []}))
    mirror = build(SPEC, {"sources": {"mirrors": [server.url]}})
    (row,) = await mirror.rows()
    assert row.items == ()


@pytest.fixture
def folder(tmp_path: Path, recorded: Any) -> Path:
    path = tmp_path / "my films"
    path.mkdir()
    (path / "index.json").write_bytes(recorded("mirrors/index.json"))
    return path


async def test_a_folder(folder: Path, build: Any):
    mirror = build(SPEC, {"sources": {"mirrors": [str(folder)]}})
    (row,) = await mirror.rows()
    moons, lights = row.items
    assert moons.poster_url == (folder / "p.jpg").as_uri()
    (source,) = await mirror.sources(WatchRequest(lights))
    assert source.url == (folder / "film" / "Harbour Lights.mp4").as_uri()


async def test_a_folder_is_read_again_when_it_changes(folder: Path, build: Any):
    mirror = build(SPEC, {"sources": {"mirrors": [str(folder / "index.json")]}})
    await mirror.rows()
    (folder / "index.json").write_text('{"name": "new", "items": []}')
    assert (await mirror.rows())[0].id == "mirror-new"
    (folder / "index.json").unlink()
    with pytest.raises(ProviderUnavailable, match=r"index\.json"):
        await mirror.rows()


async def test_a_mirror_inside_the_program(folder: Path, build: Any):
    bundled = BundledMirror(folder, "demo", "Demo", "http://127.0.0.1:9/demo/")
    mirror = build(SPEC, {}, (bundled,))
    assert mirror.knows("nova:paper-moons")
    assert not mirror.knows("nova:other")
    (row,) = await mirror.rows()
    assert (row.id, row.title) == ("demo", "Demo")
    moons, lights = row.items
    assert (moons.id, moons.origin) == ("nova:paper-moons", "demo")
    assert moons.poster_url == (folder / "p.jpg").as_uri()
    (source,) = await mirror.sources(WatchRequest(lights))
    assert source.url == "http://127.0.0.1:9/demo/film/Harbour%20Lights.mp4"
    details = await mirror.details(moons.id)
    request = WatchRequest(details.content, details.episodes[0])
    hls, magnet = await mirror.sources(request)
    assert hls.url == "http://127.0.0.1:9/demo/s1e1/master.m3u8"
    assert magnet.url.startswith("magnet:?")
    assert (await mirror.subtitles(request))[0].url == "http://127.0.0.1:9/demo/s1e1/en.vtt"


async def test_the_media_address_may_come_late(folder: Path, build: Any):
    bundled = BundledMirror(folder, "demo", "Demo")
    mirror = build(SPEC, {}, (bundled,))
    lights = (await mirror.rows())[0].items[1]
    (source,) = await mirror.sources(WatchRequest(lights))
    assert source.url.startswith("file:///")
    object.__setattr__(bundled, "media_base", "http://127.0.0.1:9/late/")
    (source,) = await mirror.sources(WatchRequest(lights))
    assert source.url == "http://127.0.0.1:9/late/film/Harbour%20Lights.mp4"


async def test_a_program_folder_that_is_missing_does_not_stop_the_start(
    tmp_path: Path, build: Any, folder: Path
):
    missing = BundledMirror(tmp_path / "none", "demo", "Demo")
    mirror = build(SPEC, {}, (missing,))
    with pytest.raises(ProviderUnavailable, match="demo"):
        await mirror.rows()
    assert replace(missing, folder=folder).row_id == "demo"


@pytest.mark.parametrize(
    ("entry", "address"),
    [
        ("https://h/films", "https://h/films/index.json"),
        ("https://h/films/?k=1", "https://h/films/index.json?k=1"),
        ("https://h/my.json", "https://h/my.json"),
        ("/srv/films", Path("/srv/films/index.json")),
        ("/srv/films/my.json", Path("/srv/films/my.json")),
        ("file:///srv/my%20films", Path("/srv/my films/index.json")),
    ],
)
def test_where_an_index_is(entry: str, address: str | Path):
    assert index_address(entry) == address


@pytest.mark.parametrize(
    ("url", "placed"),
    [
        ("a/b.mp4", "file:///srv/films/a/b.mp4"),
        ("a/../b.mp4", "file:///srv/films/b.mp4"),
        ("100%.mp4", "file:///srv/films/100%25.mp4"),
        ("../b.mp4", ""),
        ("a/../../b.mp4", ""),
        ("%2e%2e/b.mp4", ""),
        ("/etc/passwd", ""),
        ("file:///etc/passwd", ""),
        ("//host/x", ""),
        ("", ""),
        ("https://h/x", "https://h/x"),
        ("magnet:?xt=1", "magnet:?xt=1"),
    ],
)
def test_a_folder_keeps_to_itself(url: str, placed: str):
    assert folder_place(Path("/srv/films"), url) == placed


def test_the_recorded_index_is_the_documented_one(recorded: Any):
    assert json.loads(recorded("mirrors/index.json"))["version"] == 1


@pytest.mark.parametrize("garbage", [b'{"items": 5}', b'{"items": [{"content": 1}]}', b"<html>"])
async def test_a_garbage_index_is_not_kept(
    web: Any, server: FakeServer, recorded: Any, garbage: bytes
):
    server.route("GET", "/m/index.json", json_answer(garbage))
    with pytest.raises(ProviderError):
        await web.rows()
    server.route("GET", "/m/index.json", json_answer(recorded("mirrors/index.json")))
    (row,) = await web.rows()
    assert row.items
