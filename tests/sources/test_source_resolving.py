"""Resolving as a stream: the first playable at once, the last good answer when nobody answers."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from novastream_desktop.errors import ProviderUnavailable, SourceUnavailable
from novastream_desktop.models import HealthStatus, SourceHealth, StreamSource
from novastream_desktop.net import ProbeAnswer
from novastream_desktop.providers.base import WatchRequest
from novastream_desktop.settings import SourcesSettings
from novastream_desktop.sources import (
    ProviderOutcome,
    Resolution,
    SourceMemory,
    SourceService,
    key_of,
)
from novastream_desktop.sources._asking import may_open
from novastream_desktop.sources._breaker import Breaker
from novastream_desktop.sources._handing import holding
from tests.fakes.http import FakeHttp
from tests.fakes.providers import (
    Behaviour,
    FakeClock,
    FakeSources,
    episode,
    film,
    mp4,
    series,
    torrent,
)

REQUEST = WatchRequest(film(title="Paper Moons", year=2024))
DOWN = ProviderUnavailable("bad did not answer", why="no connection")
ONE, TWO, THREE = "https://one/v.mp4", "https://two/v.mp4", "https://three/v.mp4"
VIDEO = b"\0\0\0\x18ftypisom"
SLOW = ProbeAnswer(206, ONE, "video/mp4", VIDEO, 3.0, None, None)


def service(*providers: object, **more: Any) -> SourceService:
    clock = more.pop("clock", None) or FakeClock()
    return SourceService(
        providers=providers,
        http=more.pop("http", None) or FakeHttp({ONE: VIDEO, TWO: VIDEO, THREE: VIDEO}),
        clock=clock,
        settings=SourcesSettings(**more.pop("settings", {})),
        memory=more.pop("memory", None) or SourceMemory(None, clock),
        **more,
    )


async def all_of(asked: SourceService, request: WatchRequest = REQUEST) -> list[Resolution]:
    async with aclosing(asked.stream(request)) as resolutions:
        return [resolution async for resolution in resolutions]


# -- the first playable --------------------------------------------------------------------------


async def test_the_first_that_plays_is_handed_over_while_others_are_still_asked():
    hung = FakeSources("hung", [mp4(TWO, height=2160)])
    hung.how.gate = asyncio.Event()
    seen: list[Resolution] = []
    async with aclosing(service(FakeSources("a", [mp4(ONE)]), hung).stream(REQUEST)) as results:
        async for result in results:
            seen.append(result)
            if result.first is not None:
                hung.how.gate.set()
    (begun, *_), last = [r for r in seen if r.first is not None], seen[-1]
    assert not begun.complete
    assert begun.first is not None
    assert (begun.first.url, begun.first.health.status) == (ONE, HealthStatus.HEALTHY)
    assert [s.url for s in last.sources] == [TWO, ONE]
    assert last.first == begun.first
    assert all(r.first.url in [s.url for s in r.sources] for r in seen if r.first is not None)


class InOrder(FakeHttp):
    """Answers one address only once another one was answered."""

    def __init__(self, later: str, than: str) -> None:
        super().__init__({ONE: VIDEO, TWO: VIDEO})
        self.later, self.than, self.answered = later, than, asyncio.Event()

    async def probe(self, url: str, **more: Any) -> ProbeAnswer:
        if url == self.later:
            await self.answered.wait()
            for _ in range(20):  # turns of the loop, in which a hasty choice would be made
                await asyncio.sleep(0)
        answer = await super().probe(url, **more)
        if url == self.than:
            self.answered.set()
        return answer


@pytest.mark.parametrize("name", [None, "Paper.Moons.2024.WEB-GRP"])
async def test_of_two_that_are_checked_at_once_the_better_is_first(name: str | None):
    low, high = (
        mp4(url, quality=quality, release_name=name)
        for url, quality in ((ONE, "360p"), (TWO, "720p"))
    )
    asked = service(FakeSources("a", [low, high]), http=InOrder(TWO, than=ONE))
    seen = await all_of(asked)
    assert {r.first.url for r in seen if r.first is not None} == {TWO}


async def test_a_better_one_whose_check_takes_long_is_not_waited_for():
    class Hangs(FakeHttp):
        async def probe(self, url: str, **more: Any) -> ProbeAnswer:
            if url == TWO:
                await asyncio.Event().wait()
            return await super().probe(url, **more)

    both = FakeSources("a", [mp4(ONE, quality="360p"), mp4(TWO, quality="720p")])
    async with aclosing(service(both, http=Hangs({ONE: VIDEO})).stream(REQUEST)) as results:
        async for result in results:
            if result.first is not None:
                break
    assert result.first is not None
    assert (result.first.url, result.complete) == (ONE, False)


async def test_what_is_not_what_was_asked_for_is_never_first():
    wrong = mp4(ONE, height=2160, release_name="Harbour.Lights.1999.2160p-GRP")
    right = mp4(TWO, height=480, release_name="Paper.Moons.2024.480p-GRP")
    last = (await all_of(service(FakeSources("a", [wrong, right]))))[-1]
    assert last.first is not None
    assert last.first.url == TWO
    assert [s.url for s in last.sources] == [TWO, ONE]


async def test_one_that_answers_slowly_is_first_if_there_is_no_other():
    last = (await all_of(service(FakeSources("a", [mp4(ONE)]), http=FakeHttp({ONE: SLOW}))))[-1]
    assert last.first is not None
    assert last.first.health.status is HealthStatus.DEGRADED
    dead = (await all_of(service(FakeSources("a", [mp4(ONE)]), http=FakeHttp())))[-1]
    assert dead.first is None


async def test_the_first_stays_listed_whatever_stands_for_it():
    first = mp4(f"{ONE}?token=1", score=3.0)
    twin, other = mp4(f"{ONE}?token=2", score=9.0, provider="b"), mp4(TWO, score=5.0)
    assert [s.url for s in holding((twin, other), first)] == [first.url, TWO]
    assert [s.url for s in holding((other, mp4(THREE, score=1.0)), first)] == [
        TWO,
        first.url,
        THREE,
    ]
    assert holding((other, first), first) == (other, first)


async def test_the_best_of_a_large_answer_are_checked_and_no_more():
    many = [mp4(f"https://h{at}/v.mp4", height=720) for at in range(60)]
    http = FakeHttp({source.url: VIDEO for source in many})
    last = (await all_of(service(FakeSources("a", many), http=http)))[-1]
    assert len(last.sources) == 60
    assert len(http.asked) == len({url for _, url in http.asked}) <= 16
    assert all(s.health.status is HealthStatus.HEALTHY for s in last.sources[:2])


# -- providers that lie or crash -----------------------------------------------------------------


@dataclass
class Liar:
    name: str
    answer: Any
    how: Behaviour = field(default_factory=Behaviour)

    async def sources(self, request: WatchRequest) -> Any:
        return await self.how.run(lambda: self.answer)


@pytest.mark.parametrize("lie", [None, 3, "text", {"url": ONE}, [None], [{"url": ONE}], [ONE]])
async def test_an_answer_of_the_wrong_kind_is_that_providers_problem(lie: object):
    asked = service(Liar("liar", lie), FakeSources("good", [mp4(ONE)]))
    last = (await all_of(asked))[-1]
    assert [s.url for s in last.sources] == [ONE]
    liar, good = last.statuses
    assert (liar.outcome, good.outcome) == (ProviderOutcome.FAILED, ProviderOutcome.FOUND)
    assert "liar" in liar.problem
    assert len(last.failures) == 1


@pytest.mark.parametrize(
    ("source", "may"),
    [
        (mp4(ONE), True),
        (mp4("file:///films/a.mp4"), True),
        (torrent(), True),
        (mp4(ONE, headers={"Referer": "https://one/"}), True),
        (mp4(ONE, headers={"X": "1\r\nY: 2"}), False),
        (mp4(ONE, headers={"X\nY": "1"}), False),
        (mp4("https://one/v\r\nHost: two"), False),
        (mp4("ftp://one/v.mp4"), False),
        (mp4("javascript:alert(1)"), False),
        (mp4("https:///v.mp4"), False),
        (mp4("https://[::1/v.mp4"), False),
        (mp4(""), False),
        (mp4("https://one/" + "a" * 20_000), False),
    ],
)
def test_what_a_player_may_be_given(source: StreamSource, may: bool):
    assert may_open(source) is may


async def test_what_a_provider_says_of_its_own_sources_health_counts_nothing():
    praised = mp4(
        "https://gone/v.mp4",
        health=SourceHealth(status=HealthStatus.HEALTHY),
        score=999.0,
        reasons=("the best",),
        standby_for="x",
    )
    (found,) = await service(FakeSources("a", [praised])).resolve(REQUEST)
    assert (found.health.status, found.standby_for) == (HealthStatus.DEAD, None)
    assert "the best" not in found.reasons
    assert found.score < 0


async def test_what_cannot_be_opened_is_left_out_and_told():
    provider = FakeSources("a", [mp4(ONE), mp4("ftp://one/v.mp4")])
    last = (await all_of(service(provider)))[-1]
    assert [s.url for s in last.sources] == [ONE]
    assert last.statuses[0].problem == "1 of its 2 sources cannot be opened and were left out."
    assert last.statuses[0].count == 1


async def test_a_server_has_no_say_over_this_machines_files():
    secret = mp4("file:///etc/passwd")
    remote = FakeSources("remote", [secret, mp4(ONE)])
    asked = service(remote, FakeSources("here", [mp4("file:///films/a.mp4")], reads_files=True))
    last = (await all_of(asked))[-1]
    assert {s.url for s in last.sources} == {ONE, "file:///films/a.mp4"}
    assert "1 of its 2 sources cannot be opened" in last.statuses[0].problem
    remote.answer = [secret]
    with pytest.raises(SourceUnavailable):
        await asked.fresh(mp4(ONE, provider="remote"), REQUEST, force=True)


async def test_after_a_rest_only_one_asks_whether_it_is_well_again():
    clock, bad = FakeClock(), FakeSources("bad", [mp4(ONE)])
    bad.how.error = DOWN
    asked = service(bad, clock=clock)
    for _ in range(3):
        await all_of(asked)
    clock.advance(61)
    bad.how = Behaviour(gate=asyncio.Event())
    trial = asyncio.create_task(all_of(asked))
    await bad.how.called.wait()
    (other,) = await all_of(asked)
    assert other.statuses[0].outcome is ProviderOutcome.RESTING
    assert bad.how.gate is not None
    bad.how.gate.set()
    assert (await trial)[-1].sources
    assert (await all_of(asked))[-1].statuses[0].outcome is ProviderOutcome.FOUND


def test_a_closed_breaker_is_not_changed_by_a_try():
    assert Breaker(2).trying(5.0) == Breaker(2)


# -- memory --------------------------------------------------------------------------------------


async def test_the_last_good_answer_is_given_when_everybody_is_down():
    clock, a = FakeClock(), FakeSources("a", [mp4(ONE), mp4(f"{TWO}?expires=1777640000")])
    memory = SourceMemory(None, clock)
    assert (await all_of(service(a, clock=clock, memory=memory)))[-1].stale_since is None
    then = clock.now()
    clock.advance(7200)
    a.how.error = DOWN
    later = service(a, clock=clock, memory=memory)
    last = (await all_of(later))[-1]
    assert last.stale_since == then
    assert [s.url for s in last.sources] == [ONE]
    assert last.first is not None
    assert await later.resolve(REQUEST) == last.sources
    assert last.failures == (DOWN,)


async def test_the_last_good_answer_bridges_the_wait_for_a_slow_provider():
    clock = FakeClock()
    memory = SourceMemory(None, clock)
    memory.keep_answer(REQUEST, [mp4(ONE)])
    slow = FakeSources("slow", [mp4(TWO)])
    slow.how.gate = asyncio.Event()
    seen: list[Resolution] = []
    asked = service(slow, clock=clock, memory=memory, stale_wait=0.01)
    async with aclosing(asked.stream(REQUEST)) as results:
        async for result in results:
            seen.append(result)
            if result.first is not None:
                slow.how.gate.set()
    assert seen[0].stale_since == clock.now()
    assert [s.url for s in seen[0].sources] == [ONE]
    last = seen[-1]
    assert last.stale_since is None
    assert last.first is not None
    assert {s.url for s in last.sources} == {ONE, TWO}  # what plays already stays listed


async def test_nothing_found_is_no_reason_for_an_old_answer():
    memory = SourceMemory(None, FakeClock())
    memory.keep_answer(REQUEST, [mp4(ONE)])
    assert await service(FakeSources("a"), memory=memory).resolve(REQUEST) == ()


async def test_what_failed_sinks_for_a_day_and_what_was_chosen_leads_the_next_episode():
    clock = FakeClock()
    provider = FakeSources("a", [mp4(ONE, height=1080), mp4(TWO, height=720, release_group="GRP")])
    asked = service(provider, clock=clock)
    show = series(title="Paper Moons")
    first, second = (WatchRequest(show, episode(number)) for number in (1, 2))
    found = await asked.resolve(first)
    assert [s.url for s in found] == [ONE, TWO]
    asked.note_failure(found[0], first, "the connection broke off")
    found = await asked.resolve(first)
    assert [s.url for s in found] == [TWO, ONE]
    assert found[1].reasons[0] == "failed just now: the connection broke off"
    clock.advance(25 * 3600)
    assert [s.url for s in await asked.resolve(first)] == [ONE, TWO]
    asked.note_choice(found[0], first)
    found = await asked.resolve(second)
    assert [s.url for s in found] == [TWO, ONE]
    asked.note_start(found[0], second, 1.5)
    assert (await asked.resolve(second))[0].expected_start == 1.5


async def test_an_address_that_is_refused_after_a_while_has_only_expired():
    clock, provider = FakeClock(), FakeSources("a", [mp4(f"{ONE}?token=1")])
    http = FakeHttp({f"{ONE}?token={n}": VIDEO for n in (1, 2, 3)})
    asked = service(provider, clock=clock, http=http)
    (old,) = await asked.resolve(REQUEST)
    clock.advance(600)
    assert await asked.fresh(old, REQUEST) == old
    asked.note_failure(old, REQUEST, "HTTP error 403 Forbidden")
    provider.answer = [mp4(f"{ONE}?token=2")]
    new = await asked.fresh(old, REQUEST)
    assert new.url == f"{ONE}?token=2"
    (listed,) = await asked.resolve(REQUEST)
    assert not any("failed" in reason for reason in listed.reasons)
    clock.advance(601)
    provider.answer = [mp4(f"{ONE}?token=3")]
    assert (await asked.fresh(new, REQUEST)).url == f"{ONE}?token=3"


async def test_a_successor_may_come_from_another_provider_that_offered_it():
    clock = FakeClock()
    soon = clock.now() + timedelta(seconds=5)
    own, other = FakeSources("own"), FakeSources("other", [mp4(f"{ONE}?token=2")])
    stranger = FakeSources("stranger", [mp4(TWO, height=2160)])
    old = mp4(f"{ONE}?token=1", provider="own", offered_by=("own", "other"), expires_at=soon)
    fresh = await service(own, stranger, other, clock=clock).fresh(old, REQUEST)
    assert (fresh.url, fresh.provider) == (f"{ONE}?token=2", "other")
    assert stranger.how.calls == 0
    assert key_of(fresh) == key_of(old)
