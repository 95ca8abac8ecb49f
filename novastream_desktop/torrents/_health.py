"""How a swarm does: what trackers and the hash table count, as a verdict for the source list."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from novastream_desktop.errors import UserFacingError
from novastream_desktop.models import HealthStatus, SourceHealth, StreamSource
from novastream_desktop.runtime import Clock
from novastream_desktop.torrents._host import SessionHost
from novastream_desktop.torrents._ledger import Record
from novastream_desktop.torrents._opening import Opener
from novastream_desktop.torrents._torrent import Torrent

_AT_ONCE = 3
_JOIN_AT_ONCE = 2
_COUNT_SECONDS = 4.0
_JOIN_SECONDS = 4.0
_V1_LENGTH = 40
_ENOUGH_SEEDS = 3


@dataclass(frozen=True, slots=True)
class SwarmCount:
    """What is known of a swarm; None for what nobody told.

    Attributes:
        seeds: complete peers, by the tracker that knows most.
        peers: others.
        dht: peers that the distributed hash table knows.
        answered_ms: milliseconds until a peer gave the torrent's details.
    """

    seeds: int | None = None
    peers: int | None = None
    dht: int | None = None
    answered_ms: float | None = None


def verdict(count: SwarmCount, now: datetime) -> SourceHealth:
    """Judge a swarm: three seeders are healthy, nobody at all is dead."""
    status, detail = _judge(count)
    return SourceHealth(status=status, latency_ms=count.answered_ms, checked_at=now, detail=detail)


def _judge(count: SwarmCount) -> tuple[HealthStatus, str]:
    if count.seeds is not None and count.seeds >= _ENOUGH_SEEDS:
        return HealthStatus.HEALTHY, f"{count.seeds} seeders"
    if count.answered_ms is not None:
        return HealthStatus.HEALTHY, f"a peer answered in {count.answered_ms / 1000:.1f} s"
    if count.seeds:
        return HealthStatus.DEGRADED, "1 seeder" if count.seeds == 1 else "2 seeders"
    if count.peers or count.dht:
        known = (count.peers or 0) + (count.dht or 0)
        return HealthStatus.DEGRADED, f"no seeder is known, {known} peers"
    if count.seeds is None and count.dht is None:
        return HealthStatus.UNKNOWN, "neither trackers nor peers answered"
    return HealthStatus.DEAD, "nobody has it"


def kept_verdict(record: Record, file_index: int | None, now: datetime) -> SourceHealth | None:
    """Return the verdict for a file that is whole on disk, None for others."""
    known = file_index if file_index is not None else record.only_file
    if known is None or known not in record.complete:
        return None
    return SourceHealth(
        status=HealthStatus.HEALTHY, latency_ms=0.0, checked_at=now, detail="on disk"
    )


class SwarmHealth:
    """Implements `TorrentHealth` over the session, a few swarms at once.

    A swarm is first counted from outside: trackers are scraped, and a link without trackers is
    looked up in the hash table (one with trackers may be private). Only one that nobody counts
    is joined, for its details.
    """

    def __init__(
        self, opener: Opener, host: SessionHost, clock: Clock, record: Callable[[str], Record]
    ) -> None:
        self._opener = opener
        self._host = host
        self._clock = clock
        self._record = record
        self._turns = asyncio.Semaphore(_AT_ONCE)
        self._joins = asyncio.Semaphore(_JOIN_AT_ONCE)

    async def health(self, source: StreamSource) -> SourceHealth:
        """Return the verdict on a torrent source; never raises a `UserFacingError`."""
        now = self._clock.now()
        try:
            info_hash = self._opener.info_hash(source.url)
            kept = kept_verdict(self._record(info_hash), source.file_index, now)
            if kept is not None:
                return kept
            async with self._turns, self._opener.counted(source.url) as (torrent, tracked):
                return verdict(await self._count(torrent, tracked=tracked), now)
        except UserFacingError as error:
            return SourceHealth(checked_at=now, detail=error.why or error.what)

    async def _count(self, torrent: Torrent, *, tracked: bool) -> SwarmCount:
        if not torrent.asleep and torrent.news.swarm.peers:
            swarm = torrent.news.swarm
            return SwarmCount(seeds=swarm.seeds, peers=swarm.peers - swarm.seeds)
        census = torrent.news.census
        if tracked:
            census.begin()
            torrent.handle.scrape()
            await census.settled(_COUNT_SECONDS)
        elif self._host.options.discovery and _may_be_looked_up(torrent):
            census.begin()
            self._host.ask_dht(torrent.info_hash)
            await census.settled(_COUNT_SECONDS)
        count = SwarmCount(census.seeds, census.peers, census.dht)
        nobody = census.seeds == 0 and not census.peers
        if census.seeds or nobody or torrent.metadata.done():
            return count
        return replace(count, answered_ms=await self._join(torrent))

    async def _join(self, torrent: Torrent) -> float | None:
        """Return the milliseconds until a peer gives the details, None if nobody does."""
        async with self._joins:
            begun = self._clock.monotonic()
            self._host.wake(torrent)
            try:
                async with asyncio.timeout(_JOIN_SECONDS):
                    await asyncio.shield(torrent.metadata)
            except TimeoutError:
                return None
            return (self._clock.monotonic() - begun) * 1000


def _may_be_looked_up(torrent: Torrent) -> bool:
    """Whether the hash table may be asked: it takes v1 hashes, and not of private torrents."""
    private = torrent.metadata.done() and torrent.metadata.result().private
    return len(torrent.info_hash) == _V1_LENGTH and not private
