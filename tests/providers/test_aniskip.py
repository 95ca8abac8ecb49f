"""AniSkip: how ranges are placed in a file, and the server's ways of saying nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novastream_desktop.errors import (
    BadResponse,
    ProviderUnavailable,
    RateLimited,
    UserFacingError,
)
from novastream_desktop.models import Content, ContentType, Episode, SkipType
from novastream_desktop.providers.aniskip import SPEC
from novastream_desktop.providers.aniskip._client import mal_entry
from novastream_desktop.providers.aniskip._parse import (
    Interval,
    Result,
    parse_rules,
    parse_skips,
    place_range,
    related,
)
from novastream_desktop.providers.base import WatchRequest
from novastream_desktop.providers.telling import SupportsSkipReports
from tests.fakes.http_server import Answer, FakeServer, Request, html_answer, json_answer

ANIME = Content(id="anilist:1", title="A", type=ContentType.ANIME, mal_id=600001)
EPISODE = Episode(id="e", content_id="anilist:1", episode_number=7, mal_id=600001, mal_episode=7)


@pytest.fixture
def aniskip(server: FakeServer, build: Any) -> Any:
    return build(SPEC, {"aniskip": {"base_url": server.url + "/"}})


def _result(kind: str, start: float, end: float, length: float) -> Result:
    interval = Interval.model_validate({"startTime": start, "endTime": end})
    return Result(interval=interval, skipType=kind, episodeLength=length)  # type: ignore[call-arg]


@pytest.mark.parametrize(
    ("kind", "start", "end", "length", "duration", "placed"),
    [
        ("op", 90, 180, 1420, 1420, (90, 180, 0.85)),
        ("op", 90, 180, 1420, 1422, (90, 180, 0.85)),
        ("op", 90, 180, 1420, 1430, (90, 180, 0.5)),
        ("ed", 1315, 1405, 1420, 1421, (1315, 1405, 0.85)),
        ("ed", 1315, 1405, 1420, 1430, (1325, 1415, 0.5)),
        ("ed", 1315, 1405, 1420, 1400, (1295, 1385, 0.5)),
        ("mixed-ed", 1315, 1405, 1420, 1430, (1325, 1415, 0.5)),
        ("recap", 0, 60, 1420, 1430, (0, 60, 0.5)),
        ("op", 90, 180, 1420, None, (90, 180, 0.5)),
        ("op", 90, 180, 0, 1420, (90, 180, 0.5)),
        ("ed", 1315, 1500, 1420, 1420, (1315, 1420, 0.85)),
        ("op", 90, 94, 1420, 1420, None),
        ("op", 180, 90, 1420, 1420, None),
        ("op", 10, 200, 1420, 1420, None),
        ("op", 1500, 1590, 1420, 1420, None),
        ("ed", 10, 90, 1420, 100, None),
    ],
)
def test_where_a_range_lies(
    *,
    kind: str,
    start: float,
    end: float,
    length: float,
    duration: float | None,
    placed: tuple[float, float, float] | None,
):
    found = place_range(_result(kind, start, end, length), duration)
    assert (found and (found.start, found.end, found.confidence)) == placed


@given(
    kind=st.sampled_from(["op", "ed", "mixed-op", "mixed-ed", "recap"]),
    start=st.floats(0, 1e4),
    end=st.floats(0, 1e4),
    length=st.floats(0, 1e4),
    duration=st.floats(1, 1e4),
)
def test_ranges_lie_within_the_file(
    kind: str, start: float, end: float, length: float, duration: float
):
    found = place_range(_result(kind, start, end, length), duration)
    if found is not None:
        assert 0 <= found.start < found.end <= duration
        assert found.end - found.start >= 5


def test_an_ending_before_the_opening_is_nonsense():
    raw = (
        b'{"results": [{"interval": {"startTime": 90, "endTime": 180}, "skipType": "op",'
        b' "episodeLength": 1400}, {"interval": {"startTime": 10, "endTime": 80},'
        b' "skipType": "ed", "episodeLength": 1400}]}'
    )
    assert [found.type for found in parse_skips(raw, 1400)] == [SkipType.OP]


async def test_it_asks_for_the_exact_length(aniskip: Any, server: FakeServer, recorded: Any):
    server.route("GET", "/v2/skip-times/600001/7", json_answer(recorded("aniskip/found.json")))
    opening, ending = await aniskip.skips(WatchRequest(ANIME, EPISODE), 1420.1234)
    assert (opening.type, opening.start, opening.end) == (SkipType.OP, 91.204, 181.2)
    assert (opening.confidence, opening.origin, opening.automatic) == (0.85, "aniskip", False)
    assert ending.type is SkipType.ED
    assert server.requests[0].query == {
        "types": ["op", "ed", "mixed-op", "mixed-ed", "recap"],
        "episodeLength": ["1420.123"],
    }


async def test_after_a_miss_it_asks_for_any_length(aniskip: Any, server: FakeServer, recorded: Any):
    def handler(request: Request) -> Answer:
        if request.query["episodeLength"] == ["0"]:
            return json_answer(recorded("aniskip/found.json"))
        return json_answer(recorded("aniskip/error_404.json"), 404)

    server.route("GET", "/v2/skip-times/600001/7", handler)
    found = await aniskip.skips(WatchRequest(ANIME, EPISODE), 1500.0)
    assert [skip.confidence for skip in found] == [0.5, 0.5]
    assert found[1].end == pytest.approx(1500 - (1420.02 - 1405))
    assert len(server.requests) == 2


async def test_nothing_on_file(aniskip: Any, server: FakeServer):
    server.route("GET", "/v2/*", json_answer({"statusCode": 404}, 404))
    assert await aniskip.skips(WatchRequest(ANIME, EPISODE), 1500.0) == ()
    assert await aniskip.skips(WatchRequest(ANIME, EPISODE), None) == ()
    asked = [r.query["episodeLength"] for r in server.requests if "skip-times" in r.path]
    assert asked == [["1500.000"], ["0"]]
    assert server.paths().count("/v2/relation-rules/600001") == 1


RULES = {
    "found": True,
    "rules": [
        {"from": {"start": 60, "end": 75}, "to": {"malId": 40028, "start": 1, "end": 16}},
        {"from": {"start": 17, "end": 75}, "to": {"malId": 48583, "start": 1, "end": 59}},
        {"from": {"start": 76}, "to": {"malId": 48583, "start": 1}},
    ],
}


@pytest.mark.parametrize(
    ("episode", "entry"),
    [
        (7, (40028, 7)),
        (62, (40028, 3)),
        (17, (48583, 1)),
        (59, (48583, 43)),
        (80, (48583, 5)),
        (62.5, (40028, 3.5)),
    ],
)
def test_the_first_rule_that_fits_says_where_an_episode_is_kept(
    episode: float, entry: tuple[int, float]
):
    rules = parse_rules(json.dumps(RULES).encode())
    assert related(40028, episode, rules) == entry


async def test_an_episode_that_another_entry_counts(
    aniskip: Any, server: FakeServer, recorded: Any
):
    server.route("GET", "/v2/skip-times/40028/17", Answer(404))
    server.route("GET", "/v2/relation-rules/40028", json_answer(RULES))
    server.route("GET", "/v2/skip-times/48583/1", json_answer(recorded("aniskip/found.json")))
    episode = EPISODE.with_(mal_id=40028, mal_episode=17)
    assert len(await aniskip.skips(WatchRequest(ANIME, episode), 1420.0)) == 2


async def test_rules_that_do_not_come_are_no_failure(aniskip: Any, server: FakeServer):
    server.route("GET", "/v2/skip-times/*", Answer(404))
    server.route("GET", "/v2/relation-rules/*", html_answer())
    assert await aniskip.skips(WatchRequest(ANIME, EPISODE), 1420.0) == ()


@pytest.mark.parametrize(
    ("status", "name", "error"),
    [(400, "error_400", BadResponse), (429, "error_429", RateLimited)],
)
async def test_errors(
    *,
    aniskip: Any,
    server: FakeServer,
    recorded: Any,
    status: int,
    name: str,
    error: type[UserFacingError],
):
    server.route(
        "GET",
        "/v2/*",
        json_answer(recorded(f"aniskip/{name}.json"), status, {"Retry-After": "30"}),
    )
    with pytest.raises(error):
        await aniskip.skips(WatchRequest(ANIME, EPISODE), 1420.0)


async def test_a_page_instead_of_an_answer(aniskip: Any, server: FakeServer):
    server.route("GET", "/v2/*", html_answer())
    with pytest.raises(ProviderUnavailable):
        await aniskip.skips(WatchRequest(ANIME, EPISODE), 1420.0)


@pytest.mark.parametrize(
    ("content", "episode", "entry"),
    [
        (ANIME, EPISODE, (600001, 7)),
        (ANIME, EPISODE.with_(mal_id=5, mal_episode=6.5), (5, 6.5)),
        (ANIME, EPISODE.with_(mal_id=5, mal_episode=None), (5, 7)),
        (ANIME, EPISODE.with_(mal_id=None, mal_episode=None), (600001, 7)),
        (ANIME, EPISODE.with_(mal_id=None, season=2), None),
        (ANIME, None, (600001, 1)),
        (ANIME.with_(mal_id=None), None, None),
        (ANIME.with_(mal_id=None), EPISODE.with_(mal_id=None), None),
    ],
)
async def test_which_entry_is_meant(
    aniskip: Any,
    server: FakeServer,
    content: Content,
    episode: Episode | None,
    entry: tuple[int, float] | None,
):
    request = WatchRequest(content, episode)
    assert mal_entry(request) == entry
    await aniskip.skips(request, None)
    asked = [] if entry is None else [f"/v2/skip-times/{entry[0]}/{entry[1]:g}"]
    assert [path for path in server.paths() if "skip-times" in path] == asked


@pytest.mark.parametrize("garbage", [{"results": 5}, {"results": [5, {"skipType": "op"}]}])
async def test_garbage_is_an_error_and_is_not_kept(
    aniskip: Any, server: FakeServer, recorded: Any, garbage: Any
):
    path = "/v2/skip-times/600001/7"
    server.route("GET", path, json_answer(garbage))
    with pytest.raises(BadResponse):
        await aniskip.skips(WatchRequest(ANIME, EPISODE), 1_420.0)
    server.route("GET", path, json_answer(recorded("aniskip/found.json")))
    assert await aniskip.skips(WatchRequest(ANIME, EPISODE), 1_420.0)


async def test_a_wrong_range_gets_a_vote_against_it(
    aniskip: Any, server: FakeServer, recorded: Any
):
    server.route("GET", "/v2/skip-times/600001/7", json_answer(recorded("aniskip/found.json")))
    opening, _ = await aniskip.skips(WatchRequest(ANIME, EPISODE), 1420.123)
    assert isinstance(aniskip, SupportsSkipReports)
    server.route("POST", f"/v2/skip-times/vote/{opening.reference}", json_answer({}, 201))
    await aniskip.report_skip(opening)
    assert server.requests[-1].method == "POST"
    assert server.requests[-1].json() == {"voteType": "downvote"}
