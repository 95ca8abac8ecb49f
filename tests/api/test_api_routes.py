from __future__ import annotations

from datetime import UTC, datetime, timedelta

import httpx
import pytest

from novastream_desktop import __version__
from novastream_desktop.errors import (
    EnvironmentUnusable,
    InvalidInput,
    NotFound,
    ProviderUnavailable,
    RateLimited,
    StoreError,
)
from novastream_desktop.models import WatchProgress
from novastream_desktop.playback.state import SessionState
from novastream_desktop.player.base import PlayerPhase, PlayerState
from tests.fakes.command_services import FILM, HOME, NOON, SERIES, FakeServices, RecordingPlayback


def entry(second: int = 0, content_id: str = "nova:moon") -> WatchProgress:
    moment = NOON + timedelta(seconds=second)
    return WatchProgress(content_id=content_id, position=1.5, duration=9, updated_at=moment)


async def test_trending_is_open_and_is_the_home_page(stranger: httpx.AsyncClient):
    answer = await stranger.get("/api/content/trending")
    assert answer.status_code == 200
    assert answer.json() == HOME.to_wire()
    assert answer.json()["generatedAt"] == "2026-03-01T12:00:00Z"
    assert answer.json()["rows"][0]["stale"] is False


async def test_sources_are_open_and_ask_for_the_episode(
    stranger: httpx.AsyncClient, services: FakeServices
):
    query = {"contentId": "tmdb:tv:1399", "season": "1", "episode": "2"}
    answer = await stranger.get("/api/sources", params=query)
    assert [source["url"] for source in answer.json()] == ["https://x/a.m3u8"]
    assert answer.json()[0]["health"] == {"status": "unknown"}
    assert services.asked == [("sources", "tmdb:tv:1399", 1, 2.0)]


async def test_health_is_open_and_names_the_providers(stranger: httpx.AsyncClient):
    body = (await stranger.get("/api/health")).json()
    assert body["version"] == __version__
    assert {p["name"]: p["status"] for p in body["providers"]} == {
        "archive": "ready",
        "tmdb": "off",
    }


@pytest.mark.parametrize("written", [SERIES.id, "mirror:home:paper%2Fmoons"])
async def test_watch_takes_any_content_id(
    client: httpx.AsyncClient, services: FakeServices, written: str
):
    url = f"/api/content/{written}/watch?season=1&episode=2&duration=1440.5"
    body = (await client.get(url)).json()
    assert body["content"] == FILM.to_wire()
    assert body["skipRanges"][0]["type"] == "mixed-op"
    assert services.asked == [("watch", SERIES.id, 1, 2.0, 1440.5)]


async def test_progress_is_stored_one_or_many(client: httpx.AsyncClient):
    first, second = entry(1), entry(2, "nova:other")
    one = await client.post("/api/user/progress", json=first.to_wire())
    assert one.json() == [first.to_wire()]
    both = [entry(0).to_wire(), second.to_wire()]
    many = await client.post("/api/user/progress", json=both)
    assert many.json() == [first.to_wire(), second.to_wire()]  # the older one changed nothing
    everything = await client.get("/api/user/progress")
    assert everything.json() == [first.to_wire(), second.to_wire()]
    since = {"since": first.updated_at.isoformat()}
    assert (await client.get("/api/user/progress", params=since)).json() == [second.to_wire()]


async def test_a_little_behind_the_end_is_stored(client: httpx.AsyncClient):
    item = entry(1).with_(position=70.0, duration=10.0)
    answer = await client.post("/api/user/progress", json=item.to_wire())
    assert answer.json() == [item.to_wire()]


async def test_one_wrong_clock_does_not_freeze_an_entry(client: httpx.AsyncClient):
    ahead = entry(1).with_(updated_at=datetime(2999, 1, 1, tzinfo=UTC))
    before = datetime.now(UTC)
    (stored,) = (await client.post("/api/user/progress", json=ahead.to_wire())).json()
    kept = WatchProgress.model_validate(stored)
    assert before <= kept.updated_at <= datetime.now(UTC)
    later = ahead.with_(position=9.0, updated_at=datetime.now(UTC) + timedelta(minutes=1))
    (stored,) = (await client.post("/api/user/progress", json=later.to_wire())).json()
    assert stored == later.to_wire()


async def test_since_is_read_as_utc(client: httpx.AsyncClient, services: FakeServices):
    await client.get("/api/user/progress", params={"since": "2026-03-01T12:00:00Z"})
    assert services.asked == [("progress_since", datetime(2026, 3, 1, 12, tzinfo=UTC))]


async def test_an_empty_list_stores_nothing(client: httpx.AsyncClient):
    answer = await client.post("/api/user/progress", json=[])
    assert (answer.status_code, answer.json()) == (200, [])


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (NotFound("x"), 404, "not_found"),
        (InvalidInput("x"), 422, "invalid_input"),
        (ProviderUnavailable("x"), 502, "provider_unavailable"),
        (RateLimited("x", retry_after=2.1), 502, "rate_limited"),
        (StoreError("x"), 500, "store_failed"),
        (EnvironmentUnusable("x"), 500, "environment_unusable"),
    ],
)
async def test_each_error_has_its_status_and_a_problem_document(
    stranger: httpx.AsyncClient, services: FakeServices, error: Exception, status: int, code: str
):
    services.error = error
    answer = await stranger.get("/api/content/trending")
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    document = answer.json()
    assert document["code"] == code
    assert document["status"] == status
    assert document["type"] == f"urn:novastream:problem:{code}"
    assert document["detail"] == str(error)
    assert answer.headers.get("retry-after") == ("3" if code == "rate_limited" else None)


async def test_a_bug_is_a_problem_without_its_insides(
    stranger: httpx.AsyncClient, services: FakeServices, caplog: pytest.LogCaptureFixture
):
    services.error = ZeroDivisionError("secret inside")
    answer = await stranger.get("/api/content/trending")
    assert answer.status_code == 500
    assert answer.json()["code"] == "internal"
    assert "secret" not in answer.text
    assert "ZeroDivisionError" in caplog.text


BAD_BODIES = [
    b"{",
    b"",
    b"3",
    b'{"contentId": "nova:x"}',
    b'[{"contentId": "nova:x", "position": -1, "duration": 1, "updatedAt": "2026-01-01"}]',
    b'{"contentId": "nova:x", "position": NaN, "duration": 1, "updatedAt": "2026-01-01T00:00:00Z"}',
    b'{"contentId":"nova:x","position":Infinity,"duration":1,"updatedAt":"2026-01-01T00:00:00Z"}',
    b'{"contentId":"nova:x","position":1,"duration":1,"updatedAt":"9999-12-31T23:59:59-10:00"}',
    b'{"contentId":"nonsense","position":1,"duration":1,"updatedAt":"2026-01-01T00:00:00Z"}',
    b'{"contentId":"","position":1,"duration":1,"updatedAt":"2026-01-01T00:00:00Z"}',
    b'{"contentId":"nova:x","position":61.1,"duration":1,"updatedAt":"2026-01-01T00:00:00Z"}',
]


@pytest.mark.parametrize("body", BAD_BODIES)
async def test_a_body_that_is_no_progress_is_refused(
    client: httpx.AsyncClient, services: FakeServices, body: bytes
):
    answer = await client.post(
        "/api/user/progress", content=body, headers={"Content-Type": "application/json"}
    )
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == "invalid_input"
    assert services.asked == []


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("/api/sources", 422),
        ("/api/sources?contentId=nonsense", 422),
        ("/api/sources?contentId=nova:x&season=-1", 422),
        ("/api/sources?contentId=nova:x&episode=nan", 422),
        ("/api/content/nonsense/watch", 422),
        ("/api/user/progress?since=yesterday", 422),
        ("/api/nothing", 404),
        ("/", 404),
        ("/docs", 404),
    ],
)
async def test_a_wrong_request_is_a_problem_document(
    client: httpx.AsyncClient, url: str, status: int
):
    answer = await client.get(url)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == status


async def test_a_wrong_method_is_a_problem_document(client: httpx.AsyncClient):
    answer = await client.delete("/api/health")
    assert answer.status_code == 405
    assert answer.json()["code"] == "method_not_allowed"
    assert answer.headers["allow"] == "GET"


async def test_without_a_window_the_player_is_a_conflict(client: httpx.AsyncClient):
    for answer in (await client.get("/api/player"), await client.post("/api/player/toggle-pause")):
        assert answer.status_code == 409
        assert answer.json()["code"] == "no_window"


async def test_the_players_state_is_camel_case(client: httpx.AsyncClient, services: FakeServices):
    services.session = RecordingPlayback()
    body = (await client.get("/api/player")).json()
    assert body["phase"] == "idle"
    assert body["content"]["title"] == "Moon Courier"
    assert body["sourceIndex"] == -1
    assert body["player"]["hasPicture"] is False
    assert "episode" not in body


@pytest.mark.parametrize(
    ("command", "body", "call"),
    [
        ("toggle-pause", None, ("toggle_pause", {})),
        ("seek-by", {"seconds": -10}, ("seek_by", {"seconds": -10.0})),
        ("seek", {"position": 61.5}, ("seek_to", {"position": 61.5})),
        ("open", {"target": "nova:moon"}, ("open_target", {"target": "nova:moon"})),
        ("next", {}, ("next_episode", {})),
        ("select-subtitle", {"trackId": None}, ("select_subtitle", {"track_id": None})),
        (
            "open-title",
            {"contentId": "nova:x", "fromStart": True},
            ("open_title", {"content_id": "nova:x", "episode_id": None, "from_start": True}),
        ),
        ("pause", None, ("toggle_pause", {})),
    ],
)
async def test_commands_reach_the_session(
    client: httpx.AsyncClient, services: FakeServices, command: str, body: object, call: object
):
    services.session = RecordingPlayback()
    answer = await client.post(f"/api/player/{command}", json=body)
    assert answer.status_code == 200
    assert answer.json()["phase"] == "idle"
    assert services.session.calls == [call]


async def test_play_goes_on_only_when_paused(client: httpx.AsyncClient, services: FakeServices):
    session = services.session = RecordingPlayback()
    await client.post("/api/player/play")
    assert session.calls == []
    session.state.set(SessionState(player=PlayerState(phase=PlayerPhase.PAUSED)))
    await client.post("/api/player/pause")
    assert session.calls == []
    await client.post("/api/player/play")
    assert session.calls == [("toggle_pause", {})]


@pytest.mark.parametrize(
    ("command", "body", "status"),
    [
        ("explode", None, 404),
        ("state", None, 404),
        ("__init__", None, 404),
        ("seek-to", {}, 422),
        ("seek-to", {"position": "soon"}, 422),
        ("toggle-pause", {"position": 1}, 422),
        ("seek-to", [1], 422),
    ],
)
async def test_a_wrong_command_is_refused(
    client: httpx.AsyncClient, services: FakeServices, command: str, body: object, status: int
):
    services.session = RecordingPlayback()
    answer = await client.post(f"/api/player/{command}", json=body)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert services.session.calls == []
