"""TMDB against a server that answers as it does."""

from __future__ import annotations

from typing import Any

import pytest

from novastream_desktop.errors import (
    BadResponse,
    NotFound,
    ProviderRefused,
    ProviderUnavailable,
    RateLimited,
    UserFacingError,
)
from novastream_desktop.models import ContentType
from novastream_desktop.providers.base import SupportsDetails, SupportsRows, SupportsSearch
from novastream_desktop.providers.tmdb import SPEC
from tests.fakes.http_server import Answer, FakeServer, Reply, html_answer, json_answer, too_many

KEY = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def tmdb(server: FakeServer, build: Any) -> Any:
    tmdb = {
        "access_token": "aaa.bbb.ccc",
        "base_url": server.url + "/3/",
        "image_base_url": "https://image.example/t/p/",
    }
    return build(SPEC, {"tmdb": tmdb})


@pytest.fixture
def full(server: FakeServer, recorded: Any) -> FakeServer:
    """A server that knows one film and one series."""
    for path, name in {
        "/trending/movie/week": "trending_movie",
        "/trending/tv/week": "trending_tv",
        "/discover/movie": "trending_movie",
        "/genre/movie/list": "genres_movie",
        "/genre/tv/list": "genres_tv",
        "/search/multi": "search_multi",
        "/movie/990001": "movie",
        "/tv/880002": "tv",
        "/tv/880002/season/0": "season_0",
        "/tv/880002/season/1": "season_1",
        "/tv/880002/season/2": "season_2",
    }.items():
        server.route("GET", "/3" + path, json_answer(recorded(f"tmdb/{name}.json")))
    return server


def test_its_roles(tmdb: Any):
    assert isinstance(tmdb, SupportsRows)
    assert isinstance(tmdb, SupportsSearch)
    assert isinstance(tmdb, SupportsDetails)


async def test_rows(tmdb: Any, full: FakeServer):
    films, series, a24 = await tmdb.rows()
    assert [films.id, series.id, a24.id] == ["trending-movies", "trending-series", "tmdb-a24"]
    assert {item.collections for item in a24.items} == {("a24",)}
    asked = next(r for r in full.requests if r.path == "/3/discover/movie")
    assert asked.query["with_companies"] == ["41077"]
    film = films.items[0]
    assert (film.id, film.title, film.type, film.year) == (
        "tmdb:movie:990001",
        "Harbour Lights",
        ContentType.MOVIE,
        2026,
    )
    assert film.genres == ("Drama", "Mystery")
    assert film.poster_url == "https://image.example/t/p/w500/cD2.jpg"
    assert film.backdrop_url == "https://image.example/t/p/w1280/aB1.jpg"
    assert (film.tmdb_id, film.rating, film.origin) == (990001, 7.104, "tmdb")
    assert films.items[1].year is None
    moons = series.items[0]
    assert (moons.type, moons.original_title) == (ContentType.ANIME, "紙の月")
    assert moons.backdrop_url == ""


async def test_a_token_travels_in_a_header_and_a_key_in_the_query(
    tmdb: Any, full: FakeServer, build: Any
):
    await tmdb.search("x")
    assert full.requests[0].headers["authorization"] == "Bearer aaa.bbb.ccc"
    assert "api_key" not in full.requests[0].query
    full.requests.clear()
    with_key = build(SPEC, {"tmdb": {"access_token": KEY, "base_url": full.url + "/3"}})
    await with_key.search("x")
    assert full.requests[0].query["api_key"] == [KEY]
    assert "authorization" not in full.requests[0].headers


async def test_search_leaves_out_people_and_repeats(tmdb: Any, full: FakeServer):
    found = await tmdb.search("lights")
    assert [content.id for content in found] == ["tmdb:movie:990001", "tmdb:tv:880002"]
    asked = next(request for request in full.requests if request.path == "/3/search/multi")
    assert (asked.query["query"], asked.query["include_adult"]) == (["lights"], ["false"])


async def test_a_film(tmdb: Any, full: FakeServer):
    details = await tmdb.details("tmdb:movie:990001")
    content = details.content
    assert (content.imdb_id, content.runtime, content.collections) == (
        "tt9900001",
        112 * 60,
        ("a24",),
    )
    assert details.episodes == ()


async def test_a_series_with_its_seasons_specials_last(tmdb: Any, full: FakeServer):
    details = await tmdb.details("tmdb:tv:880002")
    numbers = [(e.season, e.episode_number, e.title) for e in details.episodes]
    assert numbers == [
        (1, 1, "Low Tide"),
        (1, 2, "High Tide"),
        (2, 13, "Ebb"),
        (0, 1, "Behind the Paper"),
    ]
    assert len({episode.id for episode in details.episodes}) == 4
    assert details.episodes[0].runtime == 24 * 60
    assert details.episodes[0].thumbnail_url == "https://image.example/t/p/w300/sT.jpg"
    assert details.episodes[2].thumbnail_url is None
    assert (details.content.type, details.content.imdb_id) == (ContentType.ANIME, "tt8800002")


async def test_a_broken_season_does_not_hide_the_others(tmdb: Any, full: FakeServer):
    full.route("GET", "/3/tv/880002/season/1", html_answer())
    details = await tmdb.details("tmdb:tv:880002")
    assert {episode.season for episode in details.episodes} == {2, 0}


async def test_one_broken_list_does_not_hide_the_other(tmdb: Any, full: FakeServer):
    full.route("GET", "/3/trending/movie/week", html_answer(500))
    films, series, _a24 = await tmdb.rows()
    assert (films.id, films.items) == ("trending-movies", ())
    assert films.problem == "127.0.0.1 has a problem: HTTP 500. Try again later."
    assert (series.id, series.problem, len(series.items) > 0) == ("trending-series", None, True)


async def test_titles_are_shown_without_genre_names(tmdb: Any, full: FakeServer):
    full.route("GET", "/3/genre/*", html_answer())
    full.route("GET", "/3/genre/movie/list", Answer(404))
    full.route("GET", "/3/genre/tv/list", json_answer({"nothing": 1}))
    films, _series, _a24 = await tmdb.rows()
    assert films.items[0].genres == ()


async def test_an_empty_search(tmdb: Any, full: FakeServer):
    empty = {"page": 1, "results": [], "total_pages": 0, "total_results": 0}
    full.route("GET", "/3/search/multi", json_answer(empty))
    assert await tmdb.search("nothing") == ()


@pytest.mark.parametrize(
    ("status", "name", "error"),
    [
        (401, "error_401", ProviderRefused),
        (404, "error_404", BadResponse),
        (422, "error_404", BadResponse),
        (500, "error_404", ProviderUnavailable),
        (503, "error_404", ProviderUnavailable),
    ],
)
async def test_errors(
    *,
    tmdb: Any,
    full: FakeServer,
    recorded: Any,
    status: int,
    name: str,
    error: type[UserFacingError],
):
    full.route("GET", "/3/search/multi", json_answer(recorded(f"tmdb/{name}.json"), status))
    with pytest.raises(error) as caught:
        await tmdb.search("x")
    assert type(caught.value) is error
    assert "aaa.bbb.ccc" not in str(caught.value)


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (too_many(90), RateLimited),
        (html_answer(), ProviderUnavailable),
        (json_answer({"success": False}), BadResponse),
        (json_answer([]), BadResponse),
    ],
)
async def test_odd_answers(tmdb: Any, full: FakeServer, reply: Reply, error: type[UserFacingError]):
    full.route("GET", "/3/search/multi", reply)
    with pytest.raises(error):
        await tmdb.search("x")


async def test_a_title_that_is_gone(tmdb: Any, full: FakeServer, recorded: Any):
    gone = json_answer(recorded("tmdb/error_404.json"), 404)
    full.route("GET", "/3/movie/1", gone)
    with pytest.raises(NotFound, match="tmdb:movie:1"):
        await tmdb.details("tmdb:movie:1")


@pytest.mark.parametrize(
    ("content_id", "known"),
    [
        ("tmdb:movie:603", True),
        ("tmdb:tv:1399", True),
        ("tmdb:person:1", False),
        ("anilist:1", False),
        ("tmdb:movie:", False),
    ],
)
def test_the_ids_it_knows(tmdb: Any, content_id: str, known: bool):
    assert tmdb.knows(content_id) is known


@pytest.mark.parametrize("garbage", [{"results": 5}, {"results": [{"nothing": 1}]}, {"page": 1}])
async def test_a_garbage_list_is_an_error_and_is_not_kept(
    tmdb: Any, full: FakeServer, recorded: Any, garbage: Any
):
    full.route("GET", "/3/trending/movie/week", json_answer(garbage))
    full.route("GET", "/3/trending/tv/week", json_answer(garbage))
    full.route("GET", "/3/discover/movie", json_answer(garbage))
    full.route("GET", "/3/search/multi", json_answer(garbage))
    with pytest.raises(BadResponse):
        await tmdb.rows()
    with pytest.raises(BadResponse):
        await tmdb.search("moons")
    for path, name in {
        "trending/movie/week": "trending_movie",
        "trending/tv/week": "trending_tv",
    }.items():
        full.route("GET", f"/3/{path}", json_answer(recorded(f"tmdb/{name}.json")))
    full.route("GET", "/3/search/multi", json_answer(recorded("tmdb/search_multi.json")))
    films, series, _a24 = await tmdb.rows()
    assert films.items
    assert series.items
    assert await tmdb.search("moons")


async def test_an_empty_list_is_an_answer(tmdb: Any, full: FakeServer):
    full.route("GET", "/3/search/multi", json_answer({"results": []}))
    assert await tmdb.search("moons") == ()


async def test_garbage_details_are_not_kept(tmdb: Any, full: FakeServer, recorded: Any):
    full.route("GET", "/3/movie/990001", json_answer({"id": "x"}))
    with pytest.raises(BadResponse):
        await tmdb.details("tmdb:movie:990001")
    full.route("GET", "/3/movie/990001", json_answer(recorded("tmdb/movie.json")))
    assert (await tmdb.details("tmdb:movie:990001")).content.title == "Harbour Lights"
