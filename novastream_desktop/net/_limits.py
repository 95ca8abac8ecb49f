"""How often and how many at once a host may be asked."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiolimiter import AsyncLimiter

from novastream_desktop.net._addresses import is_private


@dataclass(frozen=True, slots=True)
class HostLimit:
    """At most `requests` within `seconds`, and `at_once` at the same time."""

    requests: float
    seconds: float
    at_once: int


#: AniList: nominally 90 a minute, 30 in its degraded state, and a burst limiter.
#: AniSkip: 120 a minute. TMDB: about 40 a second, 20 connections. The others are guesses that
#: no page of ours comes near.
LIMITS = {
    "graphql.anilist.co": HostLimit(25, 60, 2),
    "api.themoviedb.org": HostLimit(20, 1, 8),
    "api.tmdb.org": HostLimit(20, 1, 8),
    "api.aniskip.com": HostLimit(100, 60, 4),
    "archive.org": HostLimit(30, 10, 4),
    "video.blender.org": HostLimit(40, 10, 6),
    "api.opensubtitles.com": HostLimit(5, 1, 2),
}
OTHERS = HostLimit(20, 1, 8)
OWN_NETWORK = HostLimit(1_000, 1, 32)


class HostLimits:
    """One limiter and one semaphore a host, made at first use. Lives on one event loop."""

    def __init__(self) -> None:
        self._hosts: dict[str, tuple[AsyncLimiter, asyncio.Semaphore]] = {}

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Wait for a turn at this host and hold one of its places."""
        if host not in self._hosts:
            limit = LIMITS.get(host) or (OWN_NETWORK if is_private(host) else OTHERS)
            limiter = AsyncLimiter(limit.requests, limit.seconds)
            self._hosts[host] = (limiter, asyncio.Semaphore(limit.at_once))
        limiter, places = self._hosts[host]
        async with places:
            await limiter.acquire()
            yield
