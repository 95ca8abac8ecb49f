"""Consumet against a server that answers as an instance does."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novastream_desktop.errors import (
    BadResponse,
    ProviderError,
    ProviderUnavailable,
    RateLimited,
)
from novastream_desktop.models import Content, ContentType, Episode, SkipType, SourceType
from novastream_desktop.providers.base import ProviderContext, SupportsSkips, WatchRequest
from novastream_desktop.providers.consumet import SPEC
from novastream_desktop.providers.consumet._parse import parse_servers, parse_watch
from novastream_desktop.providers.consumet._routes import Instance
from novastream_desktop.runtime import SystemClock
from novastream_desktop.settings import Settings
from tests.fakes.http_server import (
    Answer,
    FakeServer,
    Reply,
    Request,
    html_answer,
    in_turn,
    json_answer,
    redirect,
    too_many,
)

FILM = Content(id="tmdb:movie:1", title="Paper Boat", type=ContentType.MOVIE, year=2024)
SERIES = Content(id="tmdb:tv:2", title="Paper Moons", type=ContentType.SERIES, year=2026)
ANIME = Content(
    id="anilist:700001", title="Kami no Tsuki", type=ContentType.ANIME, year=2026, mal_id=600001
)
EPISODE = "kami-no-tsuki-100$episode$2641"
WATCH = f"/meta/anilist/watch/{EPISODE}"
DUB = f"/anime/hianime/watch/{EPISODE}"
SCRAPING_FAILED = json_answer({"message": "Something went wrong. Please try again later."}, 500)


@pytest.fixture
def consumet(server: FakeServer, build: Any) -> Any:
    return build(SPEC, {"sources": {"consumet": {"base_url": server.url + "/"}}})


@pytest.fixture
def movies(server: FakeServer, recorded: Any) -> FakeServer:
    def info(request: Request) -> Reply:
        name = "info_tv" if request.query["id"][0].startswith("tv/") else "info_movie"
        return json_answer(recorded(f"consumet/{name}.json"))

    server.route("GET", "/movies/flixhq/Paper Boat", json_answer(recorded("consumet/search.json")))
    tv = json_answer(recorded("consumet/search_tv.json"))
    server.route("GET", "/movies/flixhq/Paper Moons", tv)
    server.route("GET", "/movies/flixhq/info", info)
    server.route("GET", "/movies/flixhq/watch", json_answer(recorded("consumet/watch.json")))
    server.route("GET", "/movies/flixhq/servers", json_answer(recorded("consumet/servers.json")))
    return server


@pytest.fixture
def anime(server: FakeServer, recorded: Any) -> FakeServer:
    info = json_answer(recorded("consumet/info_anime.json"))
    server.route("GET", "/meta/anilist/info/700001", info)
    server.route("GET", WATCH, json_answer(recorded("consumet/watch.json")))
    server.route("GET", DUB, json_answer(recorded("consumet/watch_plain.json")))
    return server


def _episode(of: Content, number: float, season: int = 1) -> WatchRequest:
    return WatchRequest(
        of, Episode(id=f"e{number}", content_id=of.id, season=season, episode_number=number)
    )


def _last(server: FakeServer, path: str) -> Request:
    return [request for request in server.requests if request.path == path][-1]


def test_it_is_off_without_an_address(http: Any):
    assert SPEC.build(ProviderContext(Settings(), http, SystemClock())) == ()


async def test_a_film(consumet: Any, movies: FakeServer):
    sources = await consumet.sources(WatchRequest(FILM))
    assert [(s.height, s.quality, s.type) for s in sources] == [
        (1080, "1080p", SourceType.HLS),
        (720, "720p", SourceType.MP4),
        (None, "auto", SourceType.HLS),
    ]
    assert all(s.headers == {"Referer": "https://player.example/e/abc"} for s in sources)
    assert (sources[1].size_bytes, sources[0].provider) == (734_003_200, "consumet")
    asked = _last(movies, "/movies/flixhq/watch").query
    assert asked == {"episodeId": ["100"], "mediaId": ["movie/watch-paper-boat-100"]}


async def test_its_subtitles_without_the_thumbnails(consumet: Any, movies: FakeServer):
    tracks = (await consumet.sources(WatchRequest(FILM)))[0].subtitles
    assert [(t.lang, t.label, t.format, t.hearing_impaired) for t in tracks] == [
        ("en", "English - CC", "vtt", True),
        ("pt-BR", "Portuguese (Brazil)", "srt", False),
        ("und", "Default", "vtt", False),
    ]


@pytest.mark.parametrize(
    ("season", "number", "episode_id"), [(1, 2, "4002"), (2, 1, "4011"), (3, 1, None)]
)
async def test_an_episode(
    consumet: Any, movies: FakeServer, season: int, number: int, episode_id: str | None
):
    sources = await consumet.sources(_episode(SERIES, number, season))
    assert bool(sources) is (episode_id is not None)
    if episode_id is not None:
        asked = _last(movies, "/movies/flixhq/watch").query
        assert asked == {"episodeId": [episode_id], "mediaId": ["tv/watch-paper-moons-400"]}


@pytest.mark.parametrize(
    "stranger",
    [
        FILM.with_(title="Paper Boat 3"),
        FILM.with_(year=1950),
        FILM.with_(title="Cardboard Ship"),
        FILM.with_(type=ContentType.SERIES, year=2024),
    ],
)
async def test_another_title_of_like_name_is_not_played(
    consumet: Any, movies: FakeServer, stranger: Content, recorded: Any
):
    movies.route("GET", "/movies/flixhq/*", json_answer(recorded("consumet/search.json")))
    assert await consumet.sources(WatchRequest(stranger)) == ()
    assert "/movies/flixhq/watch" not in movies.paths()


async def test_the_original_title_counts(consumet: Any, movies: FakeServer):
    movies.route("GET", "/movies/flixhq/Papierschiff", json_answer({"results": []}))
    german = FILM.with_(title="Papierschiff", original_title="Paper Boat")
    assert await consumet.sources(WatchRequest(german))


async def test_anime_with_sub_and_dub(consumet: Any, anime: FakeServer):
    sources = await consumet.sources(_episode(ANIME, 3))
    assert [s.languages for s in sources] == [("ja",), ("ja",), ("ja",), ("en",)]
    assert "%24episode%24" in _last(anime, WATCH).raw_target
    assert _last(anime, WATCH).query == {"provider": ["hianime"]}
    assert _last(anime, DUB).query == {"category": ["dub"]}


async def test_a_sequel_is_looked_for_under_its_own_entry(
    consumet: Any, anime: FakeServer, recorded: Any
):
    info = json_answer(recorded("consumet/info_anime.json"))
    anime.route("GET", "/meta/anilist/info/700002", info)
    request = _episode(ANIME, 3, season=2)
    assert request.episode is not None
    sequel = request.episode.with_(content_id="anilist:700002", mal_id=600002, mal_episode=3)
    assert await consumet.sources(WatchRequest(ANIME, sequel))
    assert "/meta/anilist/info/700001" not in anime.paths()


async def test_filler_episodes(consumet: Any, anime: FakeServer, recorded: Any):
    info = recorded("consumet/info_anime.json")
    info = json.loads(info) if isinstance(info, bytes | str) else info
    info["episodes"][0]["isFiller"] = True
    anime.route("GET", "/meta/anilist/info/700001", json_answer(info))
    fillers, recaps = await consumet.marks(ANIME, ANIME.id)
    assert (list(fillers), list(recaps)) == ([info["episodes"][0]["number"]], [])


async def test_an_episode_that_is_not_dubbed(consumet: Any, anime: FakeServer, recorded: Any):
    path = "/meta/anilist/watch/kami-no-tsuki-100$episode$2640"
    anime.route("GET", path, json_answer(recorded("consumet/watch.json")))
    sources = await consumet.sources(_episode(ANIME, 2))
    assert {s.languages for s in sources} == {("ja",)}
    assert DUB not in anime.paths()


async def test_the_meta_route_dubs_for_some(server: FakeServer, build: Any, anime: FakeServer):
    settings = {"base_url": server.url, "anime_provider": "animekai"}
    consumet = build(SPEC, {"sources": {"consumet": settings}})
    await consumet.sources(_episode(ANIME, 3))
    assert {"provider": ["animekai"], "dub": ["true"]} in [r.query for r in server.requests]


async def test_anime_without_an_anilist_id(consumet: Any, anime: FakeServer, recorded: Any):
    search = json_answer(recorded("consumet/search_anime.json"))
    anime.route("GET", "/meta/anilist/Kami no Tsuki", search)
    other = ANIME.with_(id="mirror:m:kami")
    assert await consumet.sources(_episode(other, 3))
    assert not await consumet.sources(_episode(ANIME.with_(id="nova:x", mal_id=1), 3))


async def test_a_dub_that_fails_does_not_spoil_the_sub(consumet: Any, anime: FakeServer):
    anime.route("GET", DUB, SCRAPING_FAILED)
    assert len(await consumet.sources(_episode(ANIME, 3))) == 3


async def test_opening_and_ending(consumet: Any, anime: FakeServer):
    assert isinstance(consumet, SupportsSkips)
    request = _episode(ANIME, 3)
    sources, skips = await asyncio.gather(
        consumet.sources(request), consumet.skips(request, 1_400.0)
    )
    assert sources
    opening, ending = skips
    assert (opening.type, opening.start, opening.end) == (SkipType.OP, 62, 151)
    assert (ending.type, ending.end, ending.origin) == (SkipType.ED, 1_400, "consumet")
    assert len(await consumet.skips(request, 200.0)) == 1
    assert anime.paths().count(WATCH) == 1


async def test_skips_alone_ask_once(consumet: Any, anime: FakeServer):
    for _ in range(2):
        assert await consumet.skips(_episode(ANIME, 3), None)
    assert anime.paths().count(WATCH) == 1


async def test_two_zeros_are_no_opening(recorded: Any):
    instance = Instance("http://h", "m", "a", "consumet")
    assert parse_watch(recorded("consumet/watch_plain.json"), instance, "").skips == ()


async def test_the_next_server_is_tried_once(consumet: Any, movies: FakeServer, recorded: Any):
    def watch(request: Request) -> Reply:
        if request.query.get("server") == ["voe"]:
            return json_answer(recorded("consumet/watch_plain.json"))
        return SCRAPING_FAILED

    movies.route("GET", "/movies/flixhq/watch", watch)
    (source,) = await consumet.sources(WatchRequest(FILM))
    assert source.url == "https://cdn2.example/dub/master.m3u8"
    asked = [r.query.get("server") for r in movies.requests if r.path.endswith("/watch")]
    assert asked == [None, ["vidcloud"], ["voe"]]


async def test_when_every_server_fails_the_first_failure_is_told(consumet: Any, movies: FakeServer):
    movies.route("GET", "/movies/flixhq/watch", SCRAPING_FAILED)
    with pytest.raises(ProviderUnavailable, match="Something went wrong"):
        await consumet.sources(WatchRequest(FILM))
    assert movies.paths().count("/movies/flixhq/watch") == 3


async def test_no_sources_at_any_server(consumet: Any, movies: FakeServer):
    movies.route("GET", "/movies/flixhq/watch", json_answer({"sources": []}))
    movies.route("GET", "/movies/flixhq/servers", SCRAPING_FAILED)
    assert await consumet.sources(WatchRequest(FILM)) == ()


async def test_nothing_found(consumet: Any, server: FakeServer):
    server.route("GET", "/movies/flixhq/*", json_answer({"currentPage": 1, "results": []}))
    assert await consumet.sources(WatchRequest(FILM)) == ()


async def test_an_anime_that_it_does_not_have(consumet: Any, server: FakeServer):
    server.route("GET", "/meta/anilist/*", json_answer({"message": "Anime not found"}, 404))
    assert await consumet.sources(_episode(ANIME, 3)) == ()


@pytest.mark.parametrize(
    ("reply", "error", "says"),
    [
        (json_answer({"message": "", "error": "page not found"}, 404), BadResponse, "flixhq"),
        (json_answer({"message": "id is required"}, 400), BadResponse, "id is required"),
        (SCRAPING_FAILED, ProviderUnavailable, "Something went wrong"),
        (
            json_answer({"statusCode": 500, "error": "Internal Server Error", "message": "x"}, 500),
            ProviderUnavailable,
            "500",
        ),
        (html_answer(), ProviderUnavailable, "web page"),
        (html_answer(502), ProviderUnavailable, "502"),
        (json_answer({"results": 5}), BadResponse, "results"),
        (json_answer({"results": [{"x": 1}]}), BadResponse, "results"),
        (json_answer([]), BadResponse, "not a JSON object"),
        (json_answer(b"{"), BadResponse, "not JSON"),
        (too_many(90), RateLimited, "90"),
    ],
)
async def test_an_instance_in_trouble(
    consumet: Any, server: FakeServer, reply: Reply, error: type[ProviderError], says: str
):
    server.route("GET", "/movies/flixhq/*", reply)
    with pytest.raises(error, match=says):
        await consumet.sources(WatchRequest(FILM))


async def test_a_demo_instance_that_sends_a_page(consumet: Any, server: FakeServer):
    server.route("GET", "/movies/flixhq/*", redirect("/apidemo"))
    server.route("GET", "/apidemo", html_answer())
    with pytest.raises(ProviderUnavailable, match="web page"):
        await consumet.sources(WatchRequest(FILM))


async def test_addresses_are_fresh_each_time(consumet: Any, movies: FakeServer):
    await consumet.sources(WatchRequest(FILM))
    await consumet.sources(WatchRequest(FILM))
    assert movies.paths().count("/movies/flixhq/watch") == 2
    assert movies.paths().count("/movies/flixhq/info") == 1


async def test_garbage_is_not_kept(consumet: Any, movies: FakeServer, recorded: Any):
    search = json_answer(recorded("consumet/search.json"))
    route = in_turn(json_answer({"results": "none"}), search)
    movies.route("GET", "/movies/flixhq/Paper Boat", route)
    with pytest.raises(BadResponse):
        await consumet.sources(WatchRequest(FILM))
    assert await consumet.sources(WatchRequest(FILM))


@given(st.one_of(st.binary(), st.text().map(str.encode)))
def test_any_list_of_servers(raw: bytes):
    try:
        found = parse_servers(raw, Instance("http://h", "m", "a", "consumet"))
    except BadResponse:
        return
    assert all(found)


@given(st.text(min_size=1))
def test_names_in_every_script_stay_one_part_of_the_path(query: str):
    route = Instance("http://h", "m", "a", "consumet").movie_search(query)
    assert route.url.startswith("http://h/movies/m/")
    assert "/" not in route.url.removeprefix("http://h/movies/m/")
    assert "?" not in route.url


async def test_the_check(consumet: Any, server: FakeServer):
    welcome = Answer(200, b"Welcome to consumet api!", {}, "text/plain")
    server.route("GET", "/", welcome)
    await consumet.check()
    server.route("GET", "/", html_answer())
    with pytest.raises(BadResponse, match="not a Consumet instance"):
        await consumet.check()
