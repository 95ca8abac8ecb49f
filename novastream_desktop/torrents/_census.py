"""What trackers and the hash table count of a swarm, as their answers come."""

from __future__ import annotations

import asyncio
import contextlib


class Census:
    """One count of a swarm.

    Attributes:
        seeds: complete peers, by the tracker that knows most; None while nobody told.
        peers: others, by the same tracker.
        dht: peers that the distributed hash table knows, None while it has not answered.
    """

    def __init__(self) -> None:
        self.seeds: int | None = None
        self.peers: int | None = None
        self.dht: int | None = None
        self._missing = 0
        self._settled = asyncio.Event()

    def begin(self, answers: int) -> None:
        """Count anew: so many answers are to come."""
        self.seeds = self.peers = self.dht = None
        self._missing = answers
        self._settled.clear()

    def take_scrape(self, seeds: int | None, peers: int) -> None:
        """Take a tracker's answer; None if it gave none."""
        if seeds is not None and (self.seeds is None or seeds > self.seeds):
            self.seeds, self.peers = seeds, peers
        self._one_less(enough=bool(seeds))

    def take_dht(self, peers: int) -> None:
        """Take an answer of the hash table; several may come."""
        self.dht = max(peers, self.dht or 0)
        self._one_less(enough=peers > 0)

    async def settled(self, patience: float) -> None:
        """Wait for an answer that names somebody, or for all answers; `patience` in seconds."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(patience):
                await self._settled.wait()

    def _one_less(self, *, enough: bool) -> None:
        self._missing -= 1
        if enough or self._missing <= 0:
            self._settled.set()
