"""Asking providers: each with its own time-out and circuit breaker, none trusted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import partial
from typing import NamedTuple
from urllib.parse import urlsplit

from novastream_desktop.errors import (
    BadResponse,
    NotFound,
    ProviderUnavailable,
    UserFacingError,
)
from novastream_desktop.models import SourceHealth, StreamSource
from novastream_desktop.providers.base import ReadsFiles, SupportsSources, WatchRequest
from novastream_desktop.providers.boundary import Answer, Troubles, ask
from novastream_desktop.runtime import Clock
from novastream_desktop.sources._breaker import Breaker
from novastream_desktop.sources._resolution import ProviderOutcome, ProviderStatus

MOST_SOURCES = 5000
"""Of one answer; more of them help nobody."""
LONGEST_URL = 16_384

_SCHEMES = frozenset({"http", "https", "file", "magnet"})
_UNCHECKED = SourceHealth()
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class Asked(NamedTuple):
    """What one provider said. `failure`: why it did not answer; that it has nothing is none."""

    status: ProviderStatus
    sources: tuple[StreamSource, ...] = ()
    failure: UserFacingError | None = None


class Panel:
    """All providers of sources, with what is known of how they do.

    Args:
        providers: in registry order.
        timeout: seconds that each may take.
        clock: for the breakers' rests.
        troubles: is told which provider fails.
    """

    def __init__(
        self,
        providers: Sequence[SupportsSources],
        *,
        timeout: float,
        clock: Clock,
        troubles: Troubles,
    ) -> None:
        self.providers = tuple(providers)
        self._timeout = timeout
        self._clock = clock
        self._troubles = troubles
        self._breakers = [Breaker() for _ in self.providers]
        self.statuses = [ProviderStatus(provider.name) for provider in self.providers]

    def begin(self, at: int) -> ProviderStatus:
        """Return whether a provider is asked now or rests; of a rest's end only one has use."""
        name, breaker = self.providers[at].name, self._breakers[at]
        now = self._clock.monotonic()
        if breaker.allows(now):
            self._breakers[at] = breaker.trying(now)
            return ProviderStatus(name)
        problem = f"{name} failed {breaker.failures} times in a row and rests for a while."
        return ProviderStatus(name, ProviderOutcome.RESTING, problem=problem)

    async def ask(self, at: int, request: WatchRequest) -> Asked:
        """Ask one provider and keep how it did; never raises."""
        answer = await self.answer(self.providers[at], request)
        given = answer.value or ()
        sources = self.accepted(self.providers[at], given)
        failure = None if isinstance(answer.error, NotFound) else answer.error
        now, breaker = self._clock.monotonic(), self._breakers[at]
        self._breakers[at] = breaker.after_failure(now) if failure else breaker.after_success()
        self.statuses[at] = _status(answer, len(given), len(sources), failure)
        return Asked(self.statuses[at], sources, failure)

    async def answer(
        self, provider: SupportsSources, request: WatchRequest
    ) -> Answer[tuple[StreamSource, ...]]:
        """Return what a provider says, of the right shape at least."""
        note = self._troubles.noting(provider)
        question = partial(_checked, provider, request)
        return await ask(provider.name, question, timeout=self._timeout, note=note)

    @staticmethod
    def accepted(
        provider: SupportsSources, given: Iterable[StreamSource]
    ) -> tuple[StreamSource, ...]:
        """Return those of a provider's sources that may be opened at all."""
        files = isinstance(provider, ReadsFiles) and provider.reads_files
        return tuple(one for one in given if may_open(one, files=files))[:MOST_SOURCES]

    def offering(self, source: StreamSource) -> tuple[SupportsSources, ...]:
        """Return the providers that offered a source, its own first; all if none is left."""
        names = (source.provider, *source.offered_by)
        found = [
            provider
            for name in dict.fromkeys(names)
            for provider in self.providers
            if provider.name == name
        ]
        return tuple(found) or self.providers


def may_open(source: StreamSource, *, files: bool = True) -> bool:
    """Whether a source's address and headers are such that a player may be given them.

    Args:
        source: as its provider gave it.
        files: whether it may lie on this machine.
    """
    url = source.url
    if len(url) > LONGEST_URL or _CONTROL.search(url):
        return False
    try:
        parts = urlsplit(url)
        host = parts.hostname if parts.scheme in ("http", "https") else "none needed"
    except ValueError:
        return False
    headers = (source.headers or {}).items()
    sound = not any(_CONTROL.search(name) or _CONTROL.search(value) for name, value in headers)
    known = parts.scheme in _SCHEMES and (files or parts.scheme != "file")
    return known and bool(host) and sound


def rests(status: ProviderStatus) -> ProviderUnavailable:
    """Return the failure of a provider that rests."""
    return ProviderUnavailable(status.problem, hint="Try again in a few minutes")


async def _checked(provider: SupportsSources, request: WatchRequest) -> tuple[StreamSource, ...]:
    found: object = await provider.sources(request)
    if not isinstance(found, Sequence) or not all(isinstance(one, StreamSource) for one in found):
        raise BadResponse(f"{provider.name} answered something that is no list of sources")
    return tuple(_unjudged(one, provider.name) for one in found)


def _unjudged(source: StreamSource, provider: str) -> StreamSource:
    """Return a source as one that we have not judged yet, whatever it says of itself."""
    if source.score or source.reasons or source.standby_for or source.health != _UNCHECKED:
        source = source.with_(score=0.0, reasons=(), standby_for=None, health=_UNCHECKED)
    return source if source.provider else source.with_(provider=provider)


def _status(
    answer: Answer[tuple[StreamSource, ...]],
    given: int,
    count: int,
    failure: UserFacingError | None,
) -> ProviderStatus:
    if failure is not None:
        outcome, problem = ProviderOutcome.FAILED, failure.sentence()
        return ProviderStatus(answer.provider, outcome, 0, answer.elapsed, problem)
    outcome = ProviderOutcome.FOUND if count else ProviderOutcome.NOTHING
    problem = ""
    if count < given:
        problem = f"{given - count} of its {given} sources cannot be opened and were left out."
    return ProviderStatus(answer.provider, outcome, count, answer.elapsed, problem)
