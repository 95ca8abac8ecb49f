"""AniList against a server that answers as it does."""

from __future__ import annotations

import json
from typing import Any

import pytest

from novastream_desktop.errors import (
    BadResponse,
    NotFound,
    ProviderUnavailable,
    RateLimited,
    UserFacingError,
)
from novastream_desktop.models import ContentType
from novastream_desktop.providers.anilist import SPEC
from novastream_desktop.providers.anilist._parse import parse_details, plain_text
from tests.fakes.http_server import FakeServer, Reply, Request, html_answer, json_answer


@pytest.fixture
def anilist(server: FakeServer, build: Any) -> Any:
    return build(SPEC, {"anilist": {"base_url": server.url}})


async def test_rows(anilist: Any, server: FakeServer, recorded: Any):
    server.route("POST", "/", json_answer(recorded("anilist/page.json")))
    (row,) = await anilist.rows()
    assert (row.id, row.origin) == ("trending-anime", "anilist")
    first, second = row.items
    assert (first.id, first.title, first.original_title) == (
        "anilist:700001",
        "Kami no Tsuki",
        "紙の月",
    )
    assert (first.type, first.mal_id, first.anilist_id) == (ContentType.ANIME, 600001, 700001)
    assert (first.rating, first.runtime, first.year) == (8.2, 1440, 2026)
    assert (first.poster_url, first.backdrop_url) == ("https://img.example/c.jpg", "")
    assert (second.title, second.mal_id) == ("The Moon", None)
    sent = server.requests[0].json()
    assert sent["variables"]["sort"] == ["TRENDING_DESC", "POPULARITY_DESC"]
    assert "isAdult: false" in sent["query"]
    await anilist.rows()
    assert len(server.requests) == 1


async def test_search(anilist: Any, server: FakeServer, recorded: Any):
    server.route("POST", "/", json_answer(recorded("anilist/page.json")))
    assert len(await anilist.search("moon")) == 2
    assert server.requests[0].json()["variables"] == {"sort": ["SEARCH_MATCH"], "search": "moon"}


async def test_an_empty_list(anilist: Any, server: FakeServer):
    server.route("POST", "/", json_answer({"data": {"Page": {"media": []}}}))
    assert await anilist.search("nothing") == ()


async def test_details_number_the_episodes_that_are_out(
    anilist: Any, server: FakeServer, recorded: Any
):
    server.route("POST", "/", json_answer(recorded("anilist/media.json")))
    details = await anilist.details("anilist:700001")
    assert details.content.overview == "A town of paper.\n\nAnd a moon & a boat."
    assert [e.episode_number for e in details.episodes] == list(range(1, 9))
    assert [e.title for e in details.episodes[:3]] == ["Paper", "Ink: a story", ""]
    first = details.episodes[0]
    assert (first.mal_id, first.mal_episode, first.season) == (600001, 1, 1)
    assert first.thumbnail_url == "https://img.example/1.jpg"
    assert server.requests[0].json()["variables"] == {"id": 700001}


@pytest.mark.parametrize(
    ("status", "episodes", "airing", "count"),
    [
        ('"FINISHED"', "12", "null", 12),
        ('"NOT_YET_RELEASED"', "12", "null", 0),
        ('"RELEASING"', "null", '{"episode": 4}', 3),
        ('"RELEASING"', "null", "null", 2),
        ('"FINISHED"', "1000000000000", "null", 2),
        ('"RELEASING"', "24", '{"episode": 1}', 0),
    ],
)
def test_how_many_episodes_there_are(status: str, episodes: str, airing: str, count: int):
    raw = (
        f'{{"data": {{"Media": {{"id": 1, "title": {{"romaji": "A"}}, "status": {status},'
        f' "episodes": {episodes}, "nextAiringEpisode": {airing},'
        ' "streamingEpisodes": [{"title": "Episode 2 - B"}]}}}'
    )
    assert len(parse_details(raw.encode(), "anilist:1").episodes) == count


@pytest.mark.parametrize(
    ("status", "name", "error", "says"),
    [
        (404, "error_404", NotFound, "anilist:1"),
        (200, "error_404", NotFound, "anilist:1"),
        (403, "error_403", ProviderUnavailable, "stability"),
        (400, "error_400", BadResponse, "Cannot query"),
        (200, "error_400", BadResponse, "Cannot query"),
        (500, "error_400", ProviderUnavailable, "500"),
    ],
)
async def test_errors(
    *,
    anilist: Any,
    server: FakeServer,
    recorded: Any,
    status: int,
    name: str,
    error: type[UserFacingError],
    says: str,
):
    server.route("POST", "/", json_answer(recorded(f"anilist/{name}.json"), status))
    with pytest.raises(error, match=says):
        await anilist.details("anilist:1")
    assert len(server.requests) == 1


async def test_too_many_requests(anilist: Any, server: FakeServer, recorded: Any):
    limited = json_answer(recorded("anilist/error_429.json"), 429, {"Retry-After": "47"})
    server.route("POST", "/", limited)
    with pytest.raises(RateLimited) as caught:
        await anilist.rows()
    assert caught.value.retry_after == 47


async def test_a_wrong_address(anilist: Any, server: FakeServer):
    server.route("POST", "/", html_answer(404))
    with pytest.raises(BadResponse, match="base_url"):
        await anilist.rows()
    server.route("POST", "/", html_answer(200))
    with pytest.raises(ProviderUnavailable):
        await anilist.rows()


def test_descriptions_are_plain_text():
    assert plain_text("<b>A</b><br />B &lt;3") == "A\nB <3"


def test_the_ids_it_knows(anilist: Any):
    assert anilist.knows("anilist:154587")
    assert not anilist.knows("tmdb:tv:1")


@pytest.mark.parametrize(
    "garbage",
    [
        {"data": None},
        {"data": {"Page": {"media": 5}, "Media": 5}},
        {"data": {"Page": {"media": [{"id": "x"}]}, "Media": {"id": "x"}}},
        {"data": None, "errors": [{"message": "Internal Server Error", "status": 500}]},
    ],
)
async def test_garbage_is_an_error_and_is_not_kept(
    anilist: Any, server: FakeServer, recorded: Any, garbage: Any
):
    server.route("POST", "/", json_answer(garbage))
    with pytest.raises(BadResponse):
        await anilist.rows()
    with pytest.raises(BadResponse):
        await anilist.details("anilist:700001")
    server.route("POST", "/", json_answer(recorded("anilist/page.json")))
    (row,) = await anilist.rows()
    assert row.items
    server.route("POST", "/", json_answer(recorded("anilist/media.json")))
    assert (await anilist.details("anilist:700001")).content.title


def entry(number: int, episodes: int, *sequels: dict[str, Any], **more: Any) -> dict[str, Any]:
    media = {
        "id": number,
        "idMal": number + 1000,
        "title": {"romaji": f"Title {number}"},
        "format": "TV",
        "status": "FINISHED",
        "episodes": episodes,
        "relations": {"edges": [{"relationType": "SEQUEL", "node": node} for node in sequels]},
    }
    return {**media, **more}


def node(number: int, format_: str = "TV", year: int = 2020, **more: Any) -> dict[str, Any]:
    found = {"id": number, "type": "ANIME", "format": format_, "status": "FINISHED"}
    return {**found, "startDate": {"year": year}, **more}


def serve(server: FakeServer, *entries: dict[str, Any]) -> None:
    by_id = {media["id"]: media for media in entries}

    def answer(request: Request) -> Reply:
        media = by_id.get(request.json()["variables"]["id"])
        return json_answer({"data": {"Media": media}} if media else {}, 200 if media else 500)

    server.route("POST", "/", answer)


async def test_sequels_are_one_watch_order_with_their_own_numbers(anilist: Any, server: FakeServer):
    serve(
        server,
        entry(1, 12, node(5, "MOVIE", 2019), node(2), node(1)),
        entry(2, 3, node(3, "MOVIE")),
        entry(3, 1, node(4), format="MOVIE"),
        entry(4, 2, node(1)),
    )
    details = await anilist.details("anilist:1")
    assert details.content.id == "anilist:1"
    tail = details.episodes[11:]
    assert [(e.season, e.episode_number, e.absolute_number, e.mal_id) for e in tail] == [
        (1, 12, 12, 1001),
        (2, 1, 13, 1002),
        (2, 2, 14, 1002),
        (2, 3, 15, 1002),
        (3, 1, 16, 1004),
        (3, 2, 17, 1004),
    ]
    assert [e.id for e in tail[-2:]] == ["anilist:4:1", "anilist:4:2"]
    assert {e.content_id for e in details.episodes} == {"anilist:1", "anilist:2", "anilist:4"}


@pytest.mark.parametrize(
    "sequel",
    [
        node(2, type="MANGA"),
        node(2, status="NOT_YET_RELEASED"),
        node(2, "MUSIC"),
        node(1),
        node(9),
    ],
)
async def test_what_is_not_a_sequel_to_watch_ends_the_order(
    anilist: Any, server: FakeServer, sequel: dict[str, Any]
):
    serve(server, entry(1, 2, sequel), entry(2, 2))
    assert len((await anilist.details("anilist:1")).episodes) == 2


async def test_an_answer_about_another_entry_ends_the_order(anilist: Any, server: FakeServer):
    server.route("POST", "/", json_answer({"data": {"Media": entry(1, 2, node(2))}}))
    assert len((await anilist.details("anilist:1")).episodes) == 2
    assert len(server.requests) == 2


def test_recaps_are_known_by_their_names():
    raw = entry(1, 2, streamingEpisodes=[{"title": "Episode 2 - Recap: so far"}])
    details = parse_details(json.dumps({"data": {"Media": raw}}).encode(), "anilist:1")
    assert [e.recap for e in details.episodes] == [False, True]
