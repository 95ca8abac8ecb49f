"""Checks of sources: few, remembered for a while, and at most two at once at a host."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import NamedTuple

from novastream_desktop.errors import UserFacingError
from novastream_desktop.models import HealthStatus, SourceHealth, SourceType, StreamSource
from novastream_desktop.net import HttpClient
from novastream_desktop.runtime import Clock
from novastream_desktop.sources._health import PROBE_TIMEOUT, TorrentHealth, probe
from novastream_desktop.sources._identity import Key, key_of, place_of

AT_ONCE = 12
AT_A_HOST = 2
KEPT = 512
AGES = {
    HealthStatus.HEALTHY: 90.0,
    HealthStatus.DEGRADED: 30.0,
    HealthStatus.DEAD: 20.0,
    HealthStatus.UNKNOWN: 0.0,
}
"""Seconds for which what a check found is believed without asking again."""


class _Place:
    """A host or swarm that is being asked."""

    def __init__(self) -> None:
        self.turns = asyncio.Semaphore(AT_A_HOST)
        self.users = 0


class Prober:
    """Checks sources for all that ask; one per service, on the service loop.

    Args:
        http: checks HTTP sources.
        clock: where time comes from.
        torrents: checks torrents; None leaves them unchecked.
    """

    def __init__(self, http: HttpClient, clock: Clock, torrents: TorrentHealth | None) -> None:
        self._http = http
        self._clock = clock
        self._torrents = torrents
        self._places: dict[str, _Place] = {}
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._found: OrderedDict[Key, tuple[float, SourceHealth]] = OrderedDict()

    def can_check(self, source: StreamSource) -> bool:
        """Whether there is somebody who can check it."""
        return source.type is not SourceType.TORRENT or self._torrents is not None

    def known(self, key: Key) -> SourceHealth | None:
        """Return what was found a short while ago."""
        at, health = self._found.get(key, (0.0, None))
        if health is None or self._clock.monotonic() - at > AGES[health.status]:
            return None
        return health

    def known_now(self) -> dict[Key, SourceHealth]:
        """Return all that was found a short while ago."""
        return {key: health for key in self._found if (health := self.known(key)) is not None}

    def forget(self, key: Key) -> None:
        """Drop what was found: it turned out otherwise."""
        self._found.pop(key, None)

    async def check(
        self,
        source: StreamSource,
        *,
        needed: float | None = None,
        max_height: int = 0,
        runtime: float | None = None,
    ) -> SourceHealth:
        """Check a source when its host has a turn; never raises.

        Args:
            source: what to check.
            needed: bit/s that playing takes, if known.
            max_height: the most lines that would be played, 0 = any.
            runtime: seconds that it plays; with its size it tells what it needs.
        """
        key = key_of(source)
        async with self._turn(place_of(source)), self._turns:
            if (known := self.known(key)) is not None:
                return known
            if source.type is SourceType.TORRENT:
                health = await self._swarm(source)
            else:
                health = await probe(
                    source,
                    self._http,
                    self._clock,
                    needed=needed,
                    max_height=max_height,
                    runtime=runtime,
                )
        self._found[key] = (self._clock.monotonic(), health)
        self._found.move_to_end(key)
        while len(self._found) > KEPT:
            self._found.popitem(last=False)
        return health

    async def _swarm(self, source: StreamSource) -> SourceHealth:
        if self._torrents is None:
            return source.health
        try:
            async with asyncio.timeout(PROBE_TIMEOUT):
                return await self._torrents.health(source)
        except (TimeoutError, UserFacingError):
            return source.health

    @asynccontextmanager
    async def _turn(self, name: str) -> AsyncIterator[None]:
        place = self._places.setdefault(name, _Place())
        place.users += 1
        try:
            async with place.turns:
                yield
        finally:
            place.users -= 1
            if not place.users:
                self._places.pop(name, None)


class Checked(NamedTuple):
    """One check that ended."""

    source: StreamSource
    key: Key
    health: SourceHealth


class Checks:
    """The checks of one request: started once a stream, told when they end, stopped together.

    Args:
        prober: does them.
        most: how many at all.
        max_height: the most lines that would be played, 0 = any.
        runtime: seconds that it plays, if known.
        done: is called with each that ended.
    """

    def __init__(
        self,
        prober: Prober,
        *,
        most: int,
        max_height: int,
        runtime: float | None = None,
        done: Callable[[Checked], object],
    ) -> None:
        self._prober = prober
        self._left = most
        self._max_height, self._runtime = max_height, runtime
        self._done = done
        self._begun: set[Key] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self.health: dict[Key, SourceHealth] = {}

    @property
    def running(self) -> bool:
        """Whether any has not ended yet."""
        return bool(self._tasks)

    def begin(self, source: StreamSource, needed: float | None = None) -> bool:
        """Check a source, unless it was, cannot be, or it is enough; return whether it begins."""
        key = key_of(source)
        if key in self._begun or self._left <= 0 or not self._prober.can_check(source):
            return False
        self._begun.add(key)
        self._left -= 1
        task = asyncio.create_task(self._check(source, key, needed))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return True

    async def close(self) -> None:
        """Stop those that still run."""
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _check(self, source: StreamSource, key: Key, needed: float | None) -> None:
        health = await self._prober.check(
            source, needed=needed, max_height=self._max_height, runtime=self._runtime
        )
        self.health[key] = health
        self._done(Checked(source, key, health))
