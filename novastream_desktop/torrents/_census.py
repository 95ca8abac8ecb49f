"""What trackers and the hash table count of a swarm, as their answers come."""

from __future__ import annotations

import asyncio
import contextlib

_GRACE = 1.0


class Census:
    """One count of a swarm.

    That a tracker fails settles nothing: each is asked once over every address of this machine,
    and most of those lead nowhere.

    Attributes:
        seeds: complete peers, by the tracker that knows most; None while nobody told.
        peers: others, by the same tracker.
        dht: peers that the distributed hash table knows, None while it has not answered.
    """

    def __init__(self) -> None:
        self.seeds: int | None = None
        self.peers: int | None = None
        self.dht: int | None = None
        self._told = asyncio.Event()
        self._enough = asyncio.Event()

    def begin(self) -> None:
        """Count anew."""
        self.seeds = self.peers = self.dht = None
        self._told.clear()
        self._enough.clear()

    def take_scrape(self, seeds: int | None, peers: int) -> None:
        """Take a tracker's answer; None if it gave none."""
        if seeds is None:
            return
        if self.seeds is None or seeds > self.seeds:
            self.seeds, self.peers = seeds, peers
        self._take(enough=seeds > 0)

    def take_dht(self, peers: int) -> None:
        """Take an answer of the hash table; several may come."""
        self.dht = max(peers, self.dht or 0)
        self._take(enough=peers > 0)

    async def settled(self, patience: float) -> None:
        """Wait for an answer that names somebody, or a moment after one that names nobody.

        Args:
            patience: seconds until the first answer.
        """
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(patience):
                await self._told.wait()
            async with asyncio.timeout(_GRACE):
                await self._enough.wait()

    def _take(self, *, enough: bool) -> None:
        self._told.set()
        if enough:
            self._enough.set()
