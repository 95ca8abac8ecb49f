"""Stremio add-ons against a server that answers as they do."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest

from novastream_desktop.errors import BadResponse, NotFound, ProviderError, ProviderUnavailable
from novastream_desktop.models import Content, ContentType, Episode, SourceType
from novastream_desktop.providers.base import WatchRequest
from novastream_desktop.providers.stremio import SPEC
from novastream_desktop.providers.stremio._manifest import (
    Manifest,
    manifest_address,
    parse_manifest,
    resource_address,
)
from novastream_desktop.providers.stremio._parse import parse_list
from novastream_desktop.providers.stremio._streams import parse_streams
from novastream_desktop.providers.telling import ContinuesRows
from tests.fakes.http_server import Answer, FakeServer, Raw, html_answer, in_turn, json_answer

SECRET = "s3cretkey"
BASE = f"/{SECRET}"
FILM = Content(
    id="tmdb:movie:9", title="Harbour", type=ContentType.MOVIE, imdb_id="tt9990002", tmdb_id=9
)
SERIES = Content(id="tmdb:tv:1", title="Paper Moons", type=ContentType.SERIES, imdb_id="tt9990001")
THIRD = Episode(id="tmdb:tv:1:1:3", content_id="tmdb:tv:1", season=1, episode_number=3)


@pytest.fixture
def addon(server: FakeServer, build: Any, recorded: Any) -> Any:
    server.route("GET", BASE + "/manifest.json", json_answer(recorded("stremio/manifest.json")))
    return build(SPEC, {"sources": {"stremio_addons": [f"{server.url}{BASE}/manifest.json"]}})


def _offer(server: FakeServer, path: str, body: Any, status: int = 200) -> None:
    server.route("GET", BASE + path, json_answer(body, status))


async def test_rows_of_catalogues_that_need_nothing(addon: Any, server: FakeServer, recorded: Any):
    _offer(server, "/catalog/movie/top.json", recorded("stremio/catalog.json"))
    _offer(server, "/catalog/series/top.json", recorded("stremio/error_500.json"), 500)
    films, series = await addon.rows()
    assert films.id == "stremio-org.example.demo-movie-top"
    assert (films.title, series.title) == ("Demo: Popular, films", "Demo: Popular, series")
    assert series.problem
    assert SECRET not in series.problem
    harbour, moons, titans = films.items
    assert (harbour.id, harbour.imdb_id, harbour.year) == (
        "stremio:movie:tt9990002",
        "tt9990002",
        2026,
    )
    assert (harbour.runtime, harbour.rating, harbour.overview) == (6300.0, 7.4, None)
    assert (moons.type, moons.year, moons.genres) == (ContentType.SERIES, 2024, ("Mystery",))
    assert (titans.type, titans.year) == (ContentType.ANIME, 2013)


async def test_search_asks_every_catalogue_that_can(addon: Any, server: FakeServer, recorded: Any):
    for path in ("movie/top", "series/top", "series/find"):
        _offer(server, f"/catalog/{path}/search=paper moons & more.json", {"metas": None})
    _offer(
        server,
        "/catalog/movie/top/search=paper moons & more.json",
        recorded("stremio/catalog.json"),
    )
    found = await addon.search("paper moons & more")
    assert len(found) == 3
    assert server.requests[-1].raw_target.endswith("/search=paper%20moons%20%26%20more.json")
    assert {request.raw_target.split("/")[3] for request in server.requests[1:]} == {
        "movie",
        "series",
    }


async def test_a_search_that_fails_everywhere_is_a_failure(addon: Any, server: FakeServer):
    server.route("GET", BASE + "/catalog/*", html_answer())
    with pytest.raises(ProviderUnavailable):
        await addon.search("moons")


async def test_details_with_episodes_in_order(addon: Any, server: FakeServer, recorded: Any):
    _offer(server, "/meta/series/demo:7.json", recorded("stremio/meta.json"))
    content_id = "stremio:series:demo:7"
    assert addon.knows(content_id)
    assert not addon.knows("tmdb:tv:1")
    details = await addon.details(content_id)
    assert details.content.id == content_id
    assert (details.content.imdb_id, details.content.tmdb_id) == ("tt9990001", 990001)
    assert details.content.runtime == 7500
    assert [(e.season, e.episode_number, e.title) for e in details.episodes] == [
        (1, 1, "Low Tide"),
        (1, 2, "Ebb"),
        (0, 1, "Making of"),
    ]
    assert details.episodes[0].air_date == "2024-01-08"
    assert server.requests[-1].raw_target == f"{BASE}/meta/series/demo%3A7.json"


@pytest.mark.parametrize(
    "body", [{"meta": None}, {}, {"meta": {"id": "a", "type": "tv", "name": "b"}}]
)
async def test_a_title_that_it_does_not_have(addon: Any, server: FakeServer, body: Any):
    _offer(server, "/meta/series/demo:8.json", body)
    with pytest.raises(NotFound):
        await addon.details("stremio:series:demo:8")


async def test_a_title_of_another_add_on_is_not_asked_for(addon: Any, server: FakeServer):
    with pytest.raises(NotFound):
        await addon.details("stremio:series:kitsu:7442")
    assert server.paths() == [BASE + "/manifest.json"]


async def test_streams(addon: Any, server: FakeServer, recorded: Any):
    _offer(server, "/stream/series/tt9990001:1:3.json", recorded("stremio/streams.json"))
    sources = await addon.sources(WatchRequest(SERIES, THIRD))
    torrent, hls, four_k, file, magnet = sources
    assert torrent.url == (
        "magnet:?xt=urn:btih:dd8255ecdc7ca55fb0bbf81323d87062db1f6d1c"
        "&dn=Paper.Moons.S01E03.1080p.mkv"
        "&tr=udp%3A%2F%2Ftracker.example%3A1337%2Fannounce&tr=https%3A%2F%2Ft.example%2Fa"
        "&x.pe=203.0.113.7:6881"
    )
    assert (torrent.type, torrent.file_index, torrent.height) == (SourceType.TORRENT, 1, 1080)
    assert (torrent.seeders, torrent.size_bytes) == (12, 1503238553)
    assert (torrent.release_name, torrent.binge_group, torrent.provider) == (
        "Paper.Moons.S01E03.1080p.mkv",
        "demo|1080p",
        "stremio",
    )
    assert (hls.type, hls.headers) == (SourceType.HLS, {"Referer": "https://cdn.example/"})
    assert [(t.lang, t.format) for t in hls.subtitles] == [("eng", "srt")]
    assert (four_k.height, four_k.seeders, four_k.size_bytes) == (2160, 3, 13421772800)
    assert four_k.url.startswith("magnet:?xt=urn:btih:dd8255ec")
    assert four_k.file_index is None
    assert (file.type, file.headers) == (SourceType.MP4, None)
    assert magnet.type is SourceType.TORRENT


async def test_a_film_by_its_ids(addon: Any, server: FakeServer, recorded: Any):
    _offer(server, "/stream/movie/tt9990002.json", {"streams": []})
    _offer(server, "/stream/movie/tmdb:9.json", recorded("stremio/streams.json"))
    assert len(await addon.sources(WatchRequest(FILM))) == 5
    assert server.paths()[1:] == [
        BASE + "/stream/movie/tt9990002.json",
        BASE + "/stream/movie/tmdb:9.json",
    ]


async def test_its_own_episodes_are_asked_for_by_their_video(addon: Any, server: FakeServer):
    own = Content(id="stremio:series:demo:7", title="P", type=ContentType.SERIES)
    episode = Episode(id="demo:7:odd", content_id=own.id, season=4, episode_number=9)
    _offer(server, "/stream/series/demo:7:odd.json", {"streams": [{"url": "https://c.example/a"}]})
    (source,) = await addon.sources(WatchRequest(own, episode))
    assert source.url == "https://c.example/a"


async def test_streams_inside_a_title(addon: Any, server: FakeServer, recorded: Any):
    own = Content(id="stremio:series:demo:7", title="P", type=ContentType.SERIES)
    episode = Episode(id="demo:7:1:1", content_id=own.id, season=1, episode_number=1)
    _offer(server, "/stream/series/demo:7:1:1.json", recorded("stremio/error_404.json"), 404)
    _offer(server, "/meta/series/demo:7.json", recorded("stremio/meta.json"))
    (source,) = await addon.sources(WatchRequest(own, episode))
    assert (source.url, source.height) == ("https://cdn.example/low.mp4", 1080)


async def test_anime_is_asked_for_where_the_add_on_names_its_catalogue(
    server: FakeServer, build: Any
):
    manifest = {
        "id": "a",
        "resources": [{"name": "stream", "types": ["anime"], "idPrefixes": ["mal:", "tt"]}],
    }
    server.route("GET", "/manifest.json", json_answer(manifest))
    server.route(
        "GET", "/stream/anime/mal:52991:4.json", json_answer({"streams": [{"url": "http://c/x"}]})
    )
    addon = build(SPEC, {"sources": {"stremio_addons": [server.url]}})
    anime = Content(id="anilist:1", title="F", type=ContentType.ANIME, mal_id=52991, anilist_id=1)
    episode = Episode(id="e", content_id=anime.id, season=1, episode_number=4)
    (source,) = await addon.sources(WatchRequest(anime, episode))
    assert source.url == "http://c/x"
    later = episode.with_(season=2)  # a title's number stands for its first season only
    assert await addon.sources(WatchRequest(anime, later)) == ()


async def test_subtitles(addon: Any, server: FakeServer, recorded: Any):
    _offer(server, "/subtitles/series/tt9990001:1:3.json", recorded("stremio/subtitles.json"))
    tracks = await addon.subtitles(WatchRequest(SERIES, THIRD))
    assert [(t.lang, t.format, t.origin) for t in tracks] == [
        ("eng", "srt", "stremio"),
        ("pt-br", None, "stremio"),
        ("und", "vtt", "stremio"),
    ]


@pytest.mark.parametrize(
    ("body", "status"), [({"streams": []}, 200), ({"streams": None}, 200), ({"err": "x"}, 404)]
)
async def test_nothing_to_play(addon: Any, server: FakeServer, body: Any, status: int):
    _offer(server, "/stream/*", body, status)
    assert await addon.sources(WatchRequest(FILM)) == ()
    assert await addon.subtitles(WatchRequest(FILM)) == ()


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (html_answer(), ProviderUnavailable),
        (html_answer(502), ProviderUnavailable),
        (json_answer({"err": "handler error"}, 500), ProviderUnavailable),
        (json_answer({"streams": 5}), BadResponse),
        (json_answer({"streams": [5, "x"]}), BadResponse),
        (json_answer(b'{"streams": ['), BadResponse),
        (json_answer([]), BadResponse),
        (Answer(403), ProviderError),
        (Raw(b"x"), ProviderUnavailable),
    ],
)
async def test_failures_say_the_host_and_no_secret(
    addon: Any,
    server: FakeServer,
    reply: Any,
    error: type[ProviderError],
    caplog: pytest.LogCaptureFixture,
):
    caplog.set_level(logging.DEBUG)
    server.route("GET", BASE + "/stream/*", reply)
    with pytest.raises(error) as caught:
        await addon.sources(WatchRequest(FILM))
    assert "127.0.0.1" in caught.value.sentence()
    assert SECRET not in caught.value.sentence()
    ours = (record for record in caplog.records if record.name.startswith("novastream"))
    assert all(SECRET not in record.getMessage() for record in ours)


async def test_an_answer_holds_for_as_long_as_it_says(
    server: FakeServer, build: Any, recorded: Any
):
    server.route("GET", "/manifest.json", json_answer(recorded("stremio/manifest.json")))
    addon = build(SPEC, {"sources": {"stremio_addons": [server.url + "/manifest.json"]}})
    path = "/stream/movie/tt9990002.json"
    once = {"streams": [{"url": "https://c/1"}], "cacheMaxAge": 0, "staleError": 600}
    server.route("GET", path, in_turn(json_answer(once), Answer(500), json_answer(once)))
    request = WatchRequest(FILM.with_(tmdb_id=None))
    for _ in range(3):  # asked anew each time; the failure in between falls back on the first
        assert [s.url for s in await addon.sources(request)] == ["https://c/1"]
    assert server.paths().count(path) == 3
    server.route("GET", path, json_answer({**once, "cacheMaxAge": 600}))
    for _ in range(3):
        await addon.sources(request)
    assert server.paths().count(path) == 4


async def test_a_manifest_that_wants_to_be_configured(
    server: FakeServer, build: Any, recorded: Any
):
    manifest = json.loads(recorded("stremio/manifest.json"))
    manifest["behaviorHints"]["configurationRequired"] = True
    server.route("GET", "/manifest.json", json_answer(manifest))
    addon = build(SPEC, {"sources": {"stremio_addons": [server.url]}})
    with pytest.raises(BadResponse, match="configured first"):
        await addon.rows()


async def test_an_address_that_is_none(build: Any):
    addon = build(SPEC, {"sources": {"stremio_addons": ["http://[bad"]}})
    assert not addon.knows("stremio:movie:tt1")
    with pytest.raises(BadResponse, match="no web address"):
        await addon.rows()


@pytest.mark.parametrize(
    ("entry", "address"),
    [
        ("stremio://h.example/k/manifest.json", "https://h.example/k/manifest.json"),
        (" https://h.example/k/manifest.json?x=1#y ", "https://h.example/k/manifest.json"),
        ("http://h.example:7000", "http://h.example:7000/manifest.json"),
        ("h.example/", "https://h.example/manifest.json"),
    ],
)
def test_addresses(entry: str, address: str):
    assert manifest_address(entry) == address


def test_ids_are_encoded_as_javascript_does():
    url = resource_address(
        "https://h/k/manifest.json", "stream", "series", "a:b/c d!~*'()", "s=1&t=2"
    )
    assert url == "https://h/k/stream/series/a%3Ab%2Fc%20d!~*'()/s=1&t=2.json"


@pytest.mark.parametrize(
    ("resources", "top", "kind", "thing", "named", "allowed"),
    [
        (["stream"], {"types": ["movie"]}, "movie", "x", False, True),
        (["stream"], {"types": ["movie"]}, "movie", "x", True, False),
        (["stream"], {"types": ["movie"], "idPrefixes": ["tt"]}, "movie", "x", False, False),
        (["stream"], {"types": ["series"]}, "movie", "x", False, False),
        ([{"name": "stream"}], {"types": ["movie"]}, "movie", "x", False, False),
        (
            [{"name": "stream", "types": ["movie"]}],
            {"idPrefixes": ["tt"]},
            "movie",
            "x",
            False,
            True,
        ),
        (
            [{"name": "stream", "types": ["movie"], "idPrefixes": []}],
            {},
            "movie",
            "x",
            False,
            False,
        ),
        (
            [{"name": "stream", "types": ["series"]}, {"name": "stream", "types": ["movie"]}],
            {},
            "movie",
            "x",
            False,
            False,
        ),
        (["meta"], {"types": ["movie"]}, "movie", "x", False, False),
    ],
)
def test_what_an_add_on_may_be_asked(  # noqa: PLR0917
    resources: Any, top: Any, kind: str, thing: str, named: bool, allowed: bool
):
    manifest = Manifest.model_validate({"id": "a", "resources": resources, **top})
    assert manifest.allows("stream", kind, thing, named=named) is allowed


@pytest.mark.parametrize("missing", ["version", "name", "types", "catalogs", "behaviorHints"])
def test_optional_fields_may_be_missing(recorded: Any, missing: str):
    manifest = json.loads(recorded("stremio/manifest.json"))
    del manifest[missing]
    assert parse_manifest(json.dumps(manifest).encode(), "x").id == "org.example.demo"


def test_a_title_with_nothing_but_its_name():
    raw = json.dumps({"metas": [{"id": "a", "type": "movie", "name": "B"}], "x": 1}).encode()
    (content,) = parse_list(raw, "x")
    assert (content.title, content.year, content.poster_url) == ("B", None, "")


def test_an_add_on_of_the_internet_never_points_inward():
    raw = json.dumps({"streams": [{"url": "http://192.168.0.1/x"}, {"url": "http://c.example/y"}]})
    far = parse_streams(raw.encode(), "x", "stremio", "https://addon.example/manifest.json")
    near = parse_streams(raw.encode(), "x", "stremio", "http://127.0.0.1:11470/manifest.json")
    assert [len(far), len(near)] == [1, 2]


async def test_no_manifest_there(server: FakeServer, build: Any):
    addon = build(SPEC, {"sources": {"stremio_addons": [server.url]}})
    with pytest.raises(BadResponse, match="no manifest"):
        await addon.sources(WatchRequest(FILM))


async def test_the_next_page_of_a_catalogue(addon: Any, server: FakeServer, recorded: Any):
    manifest = json.loads(recorded("stremio/manifest.json"))
    manifest["catalogs"][1]["extraSupported"] = ["search"]
    server.route("GET", BASE + "/manifest.json", json_answer(manifest))
    _offer(server, "/catalog/movie/top/skip=100.json", recorded("stremio/catalog.json"))
    _offer(server, "/catalog/movie/top/skip=200.json", {"metas": []})
    assert isinstance(addon, ContinuesRows)
    row = "stremio-org.example.demo-movie-top"
    assert len(await addon.more(row, 98)) == 3  # what cannot be read is left out of a page
    assert len(await addon.more(row, 100)) == 3
    assert not await addon.more(row, 101)
    asked = len(server.requests)
    for other in ("stremio-org.example.demo-series-top", "stremio-another-movie-top"):
        assert not await addon.more(other, 100)
    assert len(server.requests) == asked  # no `skip` there, or not its own
