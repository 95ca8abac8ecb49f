"""One round of asking: what came in so far, and the checks that run beside it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from urllib.parse import urlsplit

from novastream_desktop.models import SourceHealth, SourceType, StreamSource
from novastream_desktop.net import HttpClient
from novastream_desktop.runtime import Clock
from novastream_desktop.sources._expiry import expiry_of, is_expired
from novastream_desktop.sources._health import PROBE_TIMEOUT, TorrentHealth, probe
from novastream_desktop.sources._identity import Key, key_of, merged
from novastream_desktop.sources._quality import described
from novastream_desktop.sources._rank import paired, rank

CHECK_WAIT = 2.5
"""Seconds that a complete answer waits for checks still running."""

MOST_CHECKS = 12
_AT_ONCE = 6
_SCHEMES = frozenset({"http", "https", "file", "magnet"})


class Round:
    """Gather sources of one request; checks begin as soon as a source is in.

    Args:
        http: checks HTTP sources.
        clock: where time comes from.
        torrent_health: checks torrents; None leaves them unchecked.
    """

    def __init__(
        self, http: HttpClient, clock: Clock, torrent_health: TorrentHealth | None
    ) -> None:
        self._http = http
        self._clock = clock
        self._torrent_health = torrent_health
        self._found: dict[int, tuple[StreamSource, ...]] = {}
        self._health: dict[Key, SourceHealth] = {}
        self._checks: dict[Key, asyncio.Task[None]] = {}
        self._slots = asyncio.Semaphore(_AT_ONCE)

    def add(self, at: int, sources: Iterable[StreamSource], *, check: bool = True) -> None:
        """Take in what the provider at a place in the registry found."""
        self._found[at] = tuple(
            described(source.with_(expires_at=expiry_of(source)))
            for source in sources
            if urlsplit(source.url).scheme in _SCHEMES
        )
        for source in self.ranked() if check else ():
            if len(self._checks) >= MOST_CHECKS:
                return
            if self._can_check(source) and key_of(source) not in self._checks:
                self._checks[key_of(source)] = asyncio.create_task(self._check(source))

    def ranked(self) -> tuple[StreamSource, ...]:
        """Return what is in so far, each stream once, best first."""
        each = merged(source for at in sorted(self._found) for source in self._found[at])
        known = [s.with_(health=self._health.get(key_of(s), s.health)) for s in each]
        return rank(known, self._clock.now())

    def paired(self) -> tuple[StreamSource, ...]:
        """Return the same with the first one's standby marked."""
        return paired(self.ranked())

    async def settle(self, seconds: float) -> None:
        """Wait for running checks, at most so long."""
        if self._checks:
            await asyncio.wait(self._checks.values(), timeout=seconds)

    async def close(self) -> None:
        """Stop the checks that still run."""
        for task in self._checks.values():
            task.cancel()
        await asyncio.gather(*self._checks.values(), return_exceptions=True)

    def _can_check(self, source: StreamSource) -> bool:
        if source.type is SourceType.TORRENT:
            return self._torrent_health is not None
        return not is_expired(source, self._clock.now())

    async def _check(self, source: StreamSource) -> None:
        async with self._slots:
            if source.type is not SourceType.TORRENT:
                health = await probe(source, self._http, self._clock)
            elif self._torrent_health is not None:
                health = await self._scrape(source, self._torrent_health)
        self._health[key_of(source)] = health

    async def _scrape(self, source: StreamSource, torrents: TorrentHealth) -> SourceHealth:
        try:
            async with asyncio.timeout(PROBE_TIMEOUT):
                return await torrents.health(source)
        except TimeoutError:
            return source.health
