"""The service: everybody is asked, nobody spoils it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import pytest

from novastream_desktop.errors import ProviderUnavailable
from novastream_desktop.models import SkipRange
from novastream_desktop.providers.base import WatchRequest
from novastream_desktop.skips import SkipService
from tests.fakes.providers import FakeClock, FakeRows, FakeSkips, episode, series

REQUEST = WatchRequest(series(), episode())
ED = SkipRange(type="ed", start=1300, end=1390, confidence=0.9, origin="mirror")


@dataclass(frozen=True)
class Mark:
    start: float
    title: str


async def test_chapters_and_providers_are_combined():
    providers = [FakeSkips("mirrors", [ED]), FakeRows("no skips")]
    service = SkipService(providers=providers, clock=FakeClock())
    found = await service.ranges(REQUEST, 1400, [Mark(0, "OP"), Mark(90, "A")])
    assert [(r.type, r.origin, r.automatic) for r in found] == [
        ("op", "chapters", True),
        ("ed", "mirror", True),
    ]


async def test_failures_and_silence_are_left_out(caplog: pytest.LogCaptureFixture):
    caplog.set_level("INFO", "novastream_desktop.providers.boundary")
    bad = FakeSkips("bad")
    bad.how.error = ProviderUnavailable("bad is down")
    broken = FakeSkips("broken")
    broken.how.error = KeyError("results")
    hung = FakeSkips("hung")
    hung.how.gate = asyncio.Event()
    service = SkipService(
        providers=[bad, broken, hung, FakeSkips("mirrors", [ED])], clock=FakeClock(), timeout=0.01
    )
    assert [r.origin for r in await service.ranges(REQUEST, 1400)] == ["mirror"]
    assert [r.getMessage().split()[0] for r in caplog.records] == ["bad:", "broken", "hung"]


async def test_complete_answers_are_kept_for_a_while_and_failed_ones_are_not():
    clock, provider = FakeClock(), FakeSkips("mirrors", [ED])
    service = SkipService(providers=[provider], clock=clock)
    await service.ranges(REQUEST, 1400)
    await service.ranges(REQUEST, 1400, [Mark(0, "OP"), Mark(90, "A")])
    assert provider.how.calls == 1
    clock.advance(601)
    provider.how.error = ProviderUnavailable("down")
    assert await service.ranges(REQUEST, 1400) == ()
    await service.ranges(REQUEST, 1400)
    assert provider.how.calls == 3


async def test_many_files_do_not_pile_up():
    service = SkipService(providers=[FakeSkips("m")], clock=FakeClock())
    for number in range(100):
        await service.ranges(WatchRequest(series(), episode(number)), 1400)
    assert len(service._kept) <= 32
