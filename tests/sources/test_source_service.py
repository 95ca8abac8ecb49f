"""The service: everybody at once, nobody spoils it, nothing waits longer than it must."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import aclosing
from datetime import timedelta
from pathlib import Path

import pytest

from novastream_desktop.errors import NotFound, ProviderUnavailable, SourceUnavailable
from novastream_desktop.models import HealthStatus, SourceHealth, SourceType, StreamSource
from novastream_desktop.net import ProbeAnswer
from novastream_desktop.providers.base import WatchRequest
from novastream_desktop.settings import SourcesSettings
from novastream_desktop.sources import ProviderOutcome, Resolution, SourceService
from tests.fakes.http import FakeHttp
from tests.fakes.providers import FakeClock, FakeRows, FakeSources, film, mp4, torrent

REQUEST = WatchRequest(film())
DOWN = ProviderUnavailable("bad did not answer", why="no connection")
ONE, TWO, THREE = "https://one/v.mp4", "https://two/v.mp4", "https://one/w.mp4"
VIDEO = b"\0\0\0\x18ftypisom"


def service(
    *providers: object, http: FakeHttp | None = None, clock: FakeClock | None = None, **more: object
) -> SourceService:
    return SourceService(
        providers=providers,
        http=http or FakeHttp({ONE: VIDEO, TWO: VIDEO, THREE: VIDEO}),
        clock=clock or FakeClock(),
        settings=SourcesSettings(timeout=more.pop("timeout", 8.0)),  # type: ignore[arg-type]
        **more,  # type: ignore[arg-type]
    )


async def test_sources_come_best_first_with_checks_reasons_and_a_standby():
    low = FakeSources("low", [mp4(TWO, quality="720p")])
    high = FakeSources("high", [mp4(ONE, quality="1080p"), mp4(THREE, quality="720p")])
    found = await service(low, FakeRows("none"), high).resolve(REQUEST)
    assert [s.url for s in found] == [ONE, THREE, TWO]
    assert [s.provider for s in found] == ["high", "high", "low"]
    assert all(s.health.status is HealthStatus.HEALTHY for s in found)
    assert found[0].reasons[:2] == ("works", "1080p")
    assert [s.standby_for for s in found] == [None, None, ONE]


async def test_one_that_fails_one_that_breaks_and_one_that_hangs_spoil_nothing():
    bad, broken, hung, missing = (FakeSources(n) for n in ("bad", "broken", "hung", "missing"))
    bad.how.error, broken.how.error, hung.how.gate = DOWN, KeyError("url"), asyncio.Event()
    missing.how.error = NotFound("no such film")
    good = FakeSources("good", [mp4(ONE)])
    asked = service(bad, broken, hung, missing, good, timeout=0.05)
    assert [s.url for s in await asked.resolve(REQUEST)] == [ONE]
    assert {s.provider: s.outcome.value for s in asked.statuses} == {
        "bad": "failed",
        "broken": "failed",
        "hung": "failed",
        "missing": "nothing",
        "good": "found",
    }
    assert asked.statuses[0].problem == "bad did not answer: no connection."
    assert asked.statuses[4].count == 1


async def test_results_stream_as_they_come():
    slow = FakeSources("slow", [mp4(TWO, quality="2160p")])
    slow.how.gate = asyncio.Event()
    seen: list[Resolution] = []
    async with aclosing(service(slow, FakeSources("quick", [mp4(ONE)])).stream(REQUEST)) as results:
        async for result in results:
            seen.append(result)
            slow.how.gate.set()
    assert [s.url for s in seen[0].sources] == [ONE]
    assert [s.outcome.value for s in seen[0].statuses] == ["asked", "found"]
    assert [r.complete for r in seen] == [False] * (len(seen) - 1) + [True]
    assert [s.url for s in seen[-1].sources] == [TWO, ONE]


async def test_leaving_early_stops_everything():
    hung = FakeSources("hung")
    hung.how.gate = asyncio.Event()
    http = FakeHttp({ONE: VIDEO}, gate=asyncio.Event())
    before = asyncio.all_tasks()
    asked = service(hung, FakeSources("quick", [mp4(ONE)]), http=http)
    async with aclosing(asked.stream(REQUEST)) as results:
        assert (await anext(results)).sources
    assert asyncio.all_tasks() == before


async def test_a_check_that_hangs_does_not_hold_the_answer():
    http = FakeHttp({ONE: VIDEO}, gate=asyncio.Event())
    asked = service(FakeSources("a", [mp4(ONE)]), http=http, check_wait=0.01)
    (found,) = await asked.resolve(REQUEST)
    assert found.health.status is HealthStatus.UNKNOWN


async def test_dead_sources_come_last_with_what_is_wrong():
    page = ProbeAnswer(200, ONE, "text/html", b"<html>", 0.1, None, None)
    http = FakeHttp({ONE: page, TWO: DOWN, THREE: VIDEO})
    sources = [mp4(ONE, quality="1080p"), mp4(TWO, quality="1080p"), mp4(THREE, quality="360p")]
    found = await service(FakeSources("a", sources), http=http).resolve(REQUEST)
    assert [s.url for s in found] == [THREE, ONE, TWO]
    assert found[1].reasons[0] == "dead: it answers a page instead of video"
    assert found[2].health.detail == "no connection"


async def test_checks_send_the_sources_headers_and_follow_its_type(tmp_path: Path):
    playlist = "https://one/a.m3u8"
    film_file = tmp_path / "a film.mp4"
    film_file.write_bytes(VIDEO)
    http = FakeHttp({playlist: b"#EXTM3U\n#EXTINF:4,\n1.ts", "https://one/1.ts": b"G" * 188})
    sources = [
        StreamSource(url=playlist, type=SourceType.HLS, headers={"Referer": "https://one/"}),
        mp4(film_file.as_uri()),
        mp4((tmp_path / "gone.mp4").as_uri()),
        mp4("ftp://one/v.mp4"),
    ]
    here = FakeSources("a", sources, reads_files=True)
    found = await service(here, http=http).resolve(REQUEST)
    assert {s.url: s.health.status.value for s in found} == {
        playlist: "healthy",
        film_file.as_uri(): "healthy",
        (tmp_path / "gone.mp4").as_uri(): "dead",
    }
    referer = {"Referer": "https://one/"}
    assert http.headers == {playlist: referer, "https://one/1.ts": referer}


class Swarm:
    def __init__(self, answer: Callable[[], SourceHealth]) -> None:
        self._answer = answer

    async def health(self, source: StreamSource) -> SourceHealth:
        return self._answer()


async def test_torrents_are_checked_by_whoever_can():
    seeded = SourceHealth(status=HealthStatus.HEALTHY, detail="12 seeders")
    provider = FakeSources("t", [torrent()])
    (checked,) = await service(provider, torrent_health=Swarm(lambda: seeded)).resolve(REQUEST)
    assert checked.health == seeded
    (unchecked,) = await service(provider).resolve(REQUEST)
    assert unchecked.health.status is HealthStatus.UNKNOWN


async def test_the_same_stream_from_two_providers_is_one_and_checked_once():
    http = FakeHttp({f"{ONE}?token=1": VIDEO, f"{ONE}?token=2": VIDEO})
    asked = service(
        FakeSources("a", [mp4(f"{ONE}?token=1")]),
        FakeSources("b", [mp4(f"{ONE}?token=2", quality="1080p")]),
        http=http,
    )
    (found,) = await asked.resolve(REQUEST)
    assert (found.provider, found.quality) == ("a", "1080p")
    assert len(http.asked) == 1


async def test_a_provider_that_keeps_failing_rests_and_is_tried_again():
    clock, bad = FakeClock(), FakeSources("bad", [mp4(ONE)])
    bad.how.error = DOWN
    asked = service(bad, clock=clock)
    for _ in range(3):
        with pytest.raises(ProviderUnavailable, match="bad did not answer: no connection"):
            await asked.resolve(REQUEST)
    for _ in range(2):
        with pytest.raises(ProviderUnavailable, match="rests for a while"):
            await asked.resolve(REQUEST)
    assert bad.how.calls == 3
    async with aclosing(asked.stream(REQUEST)) as results:
        (status,) = (await anext(results)).statuses
    assert status.outcome is ProviderOutcome.RESTING
    assert "3 times in a row" in status.problem
    clock.advance(61)
    bad.how.error = None
    assert await asked.resolve(REQUEST)
    assert await asked.resolve(REQUEST)
    assert bad.how.calls == 5


async def test_nothing_found_is_a_failure_only_if_somebody_failed():
    empty, missing, bad = FakeSources("empty"), FakeSources("missing"), FakeSources("bad")
    missing.how.error, bad.how.error = NotFound("no such film"), DOWN
    assert await service(empty, missing).resolve(REQUEST) == ()
    with pytest.raises(ProviderUnavailable, match="bad did not answer"):
        await service(empty, missing, bad).resolve(REQUEST)
    assert await service(bad, FakeSources("good", [mp4(ONE)])).resolve(REQUEST)


async def test_nobody_to_ask():
    assert await service().resolve(REQUEST) == ()


async def test_a_source_that_lasts_is_fresh_already():
    provider = FakeSources("a", [mp4(ONE)])
    source = mp4(ONE, provider="a", expires_at=FakeClock().now() + timedelta(minutes=5))
    assert await service(provider).fresh(source, REQUEST) == source
    assert provider.how.calls == 0


async def test_an_expired_source_is_resolved_again_by_its_own_provider():
    clock, other = FakeClock(), FakeSources("other", [mp4(TWO, quality="2160p")])
    later = clock.now() + timedelta(hours=1)
    successor = mp4(f"{ONE}?token=new", quality="720p", expires_at=later)
    own = FakeSources("own", [mp4(THREE, quality="1080p"), successor])
    asked = service(other, own, clock=clock)
    old = mp4(f"{ONE}?token=old", provider="own", quality="720p", expires_at=clock.now())
    fresh = await asked.fresh(old, REQUEST)
    assert (fresh.url, fresh.provider) == (successor.url, "own")
    assert other.how.calls == 0
    assert (await asked.fresh(fresh, REQUEST, force=True)).url == successor.url


async def test_without_the_same_stream_the_nearest_is_taken():
    clock = FakeClock()
    own = FakeSources("own", [mp4(THREE, quality="1080p"), mp4(TWO, quality="720p")])
    old = mp4(ONE, provider="own", quality="720p", expires_at=clock.now())
    assert (await service(own, clock=clock).fresh(old, REQUEST)).url == TWO


@pytest.mark.parametrize("error", [None, DOWN])
async def test_an_expired_source_without_a_successor_is_said_so(error: ProviderUnavailable | None):
    clock = FakeClock()
    own = FakeSources("own", [mp4(ONE, expires_at=clock.now())])
    own.how.error = error
    old = mp4(ONE, provider="own", expires_at=clock.now())
    with pytest.raises(SourceUnavailable, match="The source from own has expired"):
        await service(own, clock=clock).fresh(old, REQUEST)
