"""Ways to play one thing: asked for, merged, checked, ranked and paired."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from novastream_desktop.errors import (
    NotFound,
    ProviderUnavailable,
    SourceUnavailable,
    UserFacingError,
)
from novastream_desktop.models import StreamSource
from novastream_desktop.net import HttpClient
from novastream_desktop.providers.base import SupportsSources, WatchRequest, having
from novastream_desktop.providers.boundary import Answer, Troubles, ask
from novastream_desktop.runtime import Clock
from novastream_desktop.settings import SourcesSettings
from novastream_desktop.sources._breaker import Breaker
from novastream_desktop.sources._expiry import is_expired
from novastream_desktop.sources._health import TorrentHealth
from novastream_desktop.sources._identity import key_of
from novastream_desktop.sources._round import CHECK_WAIT, Round


class ProviderOutcome(StrEnum):
    """What became of asking one provider."""

    ASKED = "asked"
    FOUND = "found"
    NOTHING = "nothing"
    FAILED = "failed"
    RESTING = "resting"


@dataclass(frozen=True, slots=True)
class ProviderStatus:
    """How one provider did. `elapsed` in seconds; `problem` is a sentence, empty if none."""

    provider: str
    outcome: ProviderOutcome = ProviderOutcome.ASKED
    count: int = 0
    elapsed: float = 0.0
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Resolution:
    """What is known so far: sources best first, every provider's status, and if that is all.

    `failures` are those of the providers that failed or rest, in registry order.
    """

    sources: tuple[StreamSource, ...] = ()
    statuses: tuple[ProviderStatus, ...] = ()
    complete: bool = False
    failures: tuple[UserFacingError, ...] = ()


class SourceService:
    """Ask every provider at once for ways to play; one that fails spoils nothing.

    Args:
        providers: all providers; those with `SupportsSources` are asked.
        http: checks HTTP sources.
        clock: where time comes from.
        settings: `timeout` is what one provider may take.
        torrent_health: checks torrents; None leaves them unchecked.
        check_wait: seconds that the answer waits for checks after the last provider answered.
        troubles: is told which provider fails.
    """

    def __init__(
        self,
        *,
        providers: Sequence[object],
        http: HttpClient,
        clock: Clock,
        settings: SourcesSettings,
        torrent_health: TorrentHealth | None = None,
        check_wait: float = CHECK_WAIT,
        troubles: Troubles | None = None,
    ) -> None:
        self._providers = having(providers, SupportsSources)  # type: ignore[type-abstract]
        self._http = http
        self._clock = clock
        self._timeout = settings.timeout
        self._torrent_health = torrent_health
        self._check_wait = check_wait
        self._troubles = troubles or Troubles()
        self._breakers = [Breaker() for _ in self._providers]
        self._statuses = [ProviderStatus(p.name) for p in self._providers]

    @property
    def statuses(self) -> tuple[ProviderStatus, ...]:
        """How each provider did when it was last asked."""
        return tuple(self._statuses)

    async def resolve(self, request: WatchRequest) -> tuple[StreamSource, ...]:
        """Return the ways to play, best first; dead ones last, none if nobody has any.

        Raises:
            ProviderError: nothing was found, and a provider failed or rests.
        """
        last = Resolution()
        async with aclosing(self.stream(request)) as resolutions:
            async for resolution in resolutions:
                last = resolution
        if last.failures and not last.sources:
            raise last.failures[0]
        return last.sources

    async def stream(self, request: WatchRequest) -> AsyncGenerator[Resolution, None]:
        """Yield what is known each time that a provider answers, and at last all of it.

        Closing the iterator early stops what still runs.
        """
        statuses = [self._begin(at) for at in range(len(self._providers))]
        asked = [at for at, s in enumerate(statuses) if s.outcome is ProviderOutcome.ASKED]
        failures: dict[int, UserFacingError] = {
            at: _rests(status) for at, status in enumerate(statuses) if at not in asked
        }
        tasks = {
            asyncio.create_task(self._ask(at, request), name=f"sources {at}"): at for at in asked
        }
        current = Round(self._http, self._clock, self._torrent_health)
        try:
            waiting = set(tasks)
            while waiting:
                done, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
                for task in sorted(done, key=lambda t: tasks[t]):
                    statuses[tasks[task]], found, failure = task.result()
                    current.add(tasks[task], found)
                    if failure is not None:
                        failures[tasks[task]] = failure
                yield Resolution(current.ranked(), tuple(statuses))
            await current.settle(self._check_wait)
            in_order = tuple(failures[at] for at in sorted(failures))
            yield Resolution(current.paired(), tuple(statuses), complete=True, failures=in_order)
        finally:
            await current.close()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def fresh(
        self, source: StreamSource, request: WatchRequest, *, force: bool = False
    ) -> StreamSource:
        """Return a source that works now: itself, or its successor if its address has expired.

        Args:
            source: as it was resolved earlier.
            request: what it was resolved for.
            force: resolve again though its address does not say that it has expired.

        Raises:
            SourceUnavailable: its provider does not have it any more.
        """
        if not force and not is_expired(source, self._clock.now()):
            return source
        owners = [p for p in self._providers if p.name == source.provider] or self._providers
        answers = await asyncio.gather(*(self._answer(p, request) for p in owners))
        current = Round(self._http, self._clock, None)
        for at, answer in enumerate(answers):
            current.add(at, _named(owners[at].name, answer.value or ()), check=False)
        now = self._clock.now()
        usable = [new for new in current.ranked() if not is_expired(new, now)]
        if not usable:
            problem = next((a.error.sentence() for a in answers if a.error is not None), "")
            raise SourceUnavailable(
                f"The source from {source.provider or 'its provider'} has expired",
                why=problem or "its provider gives no new address",
                hint="Choose another source",
            )
        return min(usable, key=lambda new: _difference(source, new))

    def _begin(self, at: int) -> ProviderStatus:
        name, breaker = self._providers[at].name, self._breakers[at]
        if breaker.allows(self._clock.monotonic()):
            return ProviderStatus(name)
        problem = f"{name} failed {breaker.failures} times in a row and rests for a while."
        return ProviderStatus(name, ProviderOutcome.RESTING, problem=problem)

    async def _answer(
        self, provider: SupportsSources, request: WatchRequest
    ) -> Answer[Sequence[StreamSource]]:
        question = partial(provider.sources, request)
        note = self._troubles.noting(provider)
        return await ask(provider.name, question, timeout=self._timeout, note=note)

    async def _ask(
        self, at: int, request: WatchRequest
    ) -> tuple[ProviderStatus, tuple[StreamSource, ...], UserFacingError | None]:
        provider = self._providers[at]
        answer = await self._answer(provider, request)
        found = _named(provider.name, answer.value or ())
        failure = None if isinstance(answer.error, NotFound) else answer.error
        breaker = self._breakers[at]
        now = self._clock.monotonic()
        self._breakers[at] = breaker.after_failure(now) if failure else breaker.after_success()
        self._statuses[at] = _status(answer, len(found), failure)
        return self._statuses[at], found, failure


def _named(name: str, sources: Sequence[StreamSource]) -> tuple[StreamSource, ...]:
    return tuple(s if s.provider else s.with_(provider=name) for s in sources)


def _rests(status: ProviderStatus) -> ProviderUnavailable:
    return ProviderUnavailable(status.problem, hint="Try again in a few minutes")


def _status(
    answer: Answer[Sequence[StreamSource]], count: int, failure: UserFacingError | None
) -> ProviderStatus:
    outcome = ProviderOutcome.FOUND if count else ProviderOutcome.NOTHING
    problem = ""
    if failure is not None:
        outcome, problem = ProviderOutcome.FAILED, failure.sentence()
    return ProviderStatus(answer.provider, outcome, count, answer.elapsed, problem)


def _difference(old: StreamSource, new: StreamSource) -> tuple[bool, bool, bool, bool]:
    """Sort the same stream first, then the same kind, release and quality; then the best."""
    return (
        key_of(new) != key_of(old),
        new.type is not old.type,
        new.release_name != old.release_name,
        new.quality != old.quality,
    )
