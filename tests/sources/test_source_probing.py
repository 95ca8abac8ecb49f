"""Checks are few, shared, remembered for a while, and end when the person leaves."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from novastream_desktop.errors import TorrentError
from novastream_desktop.models import HealthStatus, SourceHealth, StreamSource
from novastream_desktop.sources import key_of
from novastream_desktop.sources._checks import AT_A_HOST, AT_ONCE, KEPT, Checked, Checks, Prober
from tests.fakes.http import FakeHttp
from tests.fakes.providers import FakeClock, mp4, torrent

VIDEO = b"\0\0\0\x18ftypisom"


def sources(host: str, count: int) -> list[StreamSource]:
    return [mp4(f"https://{host}/{at}") for at in range(count)]


def http_for(*found: StreamSource, gate: asyncio.Event | None = None) -> FakeHttp:
    return FakeHttp({source.url: VIDEO for source in found}, gate=gate)


@dataclass
class Swarms:
    answer: SourceHealth | TorrentError
    gate: asyncio.Event | None = None
    asked: list[str] = field(default_factory=list)

    async def health(self, source: StreamSource) -> SourceHealth:
        self.asked.append(source.url)
        if self.gate is not None:
            await self.gate.wait()
        if isinstance(self.answer, TorrentError):
            raise self.answer
        return self.answer


async def test_at_most_two_at_once_at_a_host_and_a_dozen_at_all():
    gate = asyncio.Event()
    found = [source for host in range(AT_ONCE) for source in sources(f"h{host}", 4)]
    http = http_for(*found, gate=gate)
    prober = Prober(http, FakeClock(), None)
    one_host = [asyncio.create_task(prober.check(s)) for s in found[:4]]
    await http.called.wait()
    await asyncio.sleep(0)
    assert len(http.asked) == AT_A_HOST
    others = [asyncio.create_task(prober.check(s)) for s in found[4:]]
    for _ in range(20):
        await asyncio.sleep(0)
    assert len(http.asked) == AT_ONCE
    gate.set()
    healths = await asyncio.gather(*one_host, *others)
    assert {health.status for health in healths} == {HealthStatus.HEALTHY}
    assert len(http.asked) == len(found)


async def test_what_was_found_is_believed_for_a_while():
    clock, (source, gone) = FakeClock(), sources("h", 2)
    http = http_for(source)
    prober = Prober(http, clock, None)
    assert (await prober.check(source)).status is HealthStatus.HEALTHY
    assert (await prober.check(gone)).status is HealthStatus.DEAD
    await prober.check(source.with_(url=f"{source.url}?token=other"))
    assert len(http.asked) == 2
    assert len(prober.known_now()) == 2
    clock.advance(30)
    assert list(prober.known_now()) == [key_of(source)]
    await prober.check(gone)
    assert len(http.asked) == 3
    prober.forget(key_of(source))
    assert prober.known(key_of(source)) is None


async def test_it_forgets_the_oldest():
    many = sources("h", KEPT + 1)
    prober = Prober(http_for(*many), FakeClock(), None)
    for source in many:
        await prober.check(source)
    assert prober.known(key_of(many[0])) is None
    assert prober.known(key_of(many[1])) is not None


async def test_checks_are_told_bounded_and_stopped():
    gate, told = asyncio.Event(), list[Checked]()
    found = sources("a", 2) + sources("b", 2)
    prober = Prober(http_for(*found, gate=gate), FakeClock(), None)
    checks = Checks(prober, most=3, max_height=0, done=told.append)
    assert [checks.begin(source) for source in [*found, found[0]]] == [
        True,
        True,
        True,
        False,
        False,
    ]
    assert not checks.begin(torrent())
    assert checks.running
    before = len(asyncio.all_tasks())
    await checks.close()
    assert (len(told), checks.running) == (0, False)
    assert len(asyncio.all_tasks()) == before - 3

    gate.set()
    ended = asyncio.Event()

    def end(checked: Checked) -> None:
        told.append(checked)
        ended.set()

    again = Checks(prober, most=3, max_height=0, done=end)
    again.begin(found[0])
    await ended.wait()
    assert [(one.key, one.health.status) for one in told] == [
        (key_of(found[0]), HealthStatus.HEALTHY)
    ]
    assert again.health == {told[0].key: told[0].health}


async def test_a_swarm_that_cannot_be_asked_stays_unknown():
    broken = Prober(FakeHttp(), FakeClock(), Swarms(TorrentError("no engine")))
    assert (await broken.check(torrent())).status is HealthStatus.UNKNOWN
    seeded = SourceHealth(status=HealthStatus.HEALTHY, detail="9 seeders")
    swarms = Swarms(seeded)
    prober = Prober(FakeHttp(), FakeClock(), swarms)
    assert await prober.check(torrent()) == seeded
    assert await prober.check(torrent()) == seeded
    assert len(swarms.asked) == 1
