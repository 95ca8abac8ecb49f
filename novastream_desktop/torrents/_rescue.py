"""Helps a starving reader: hurries its piece, cuts off who holds it up, looks for other peers."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from typing import NamedTuple

from novastream_desktop.runtime import Clock
from novastream_desktop.torrents import _port as port
from novastream_desktop.torrents._demand import Demand
from novastream_desktop.torrents._watchdog import HUNGRY_SECONDS, Look, judge

log = logging.getLogger(__name__)

_REANNOUNCE_AFTER = 10.0
_REANNOUNCE_EVERY = 30.0


class Cuts(NamedTuple):
    """How peers of one torrent are left alone for a while.

    Attributes:
        cut: leave these alone.
        count_cut: how many are left alone now.
    """

    cut: Callable[[tuple[port.Endpoint, ...]], None]
    count_cut: Callable[[], int]


NO_CUTS = Cuts(lambda _: None, lambda: 0)


class Rescue:
    """Follows one torrent's peers while somebody reads.

    Args:
        handle: the torrent.
        demand: who reads, and what is asked for.
        clock: time.
        cuts: leaves peers alone.
    """

    def __init__(
        self,
        handle: port.Handle,
        demand: Demand,
        clock: Clock,
        cuts: Cuts,
    ) -> None:
        self._handle = handle
        self._demand = demand
        self._clock = clock
        self._cuts = cuts
        self._looks: Mapping[port.Endpoint, Look] = {}
        self._reannounced_at = -_REANNOUNCE_EVERY
        self._task: asyncio.Task[None] | None = None

    def feed(self, hunger: float) -> None:
        """Help a reader that has starved for so many seconds."""
        self.look()
        now = self._clock.monotonic()
        if hunger >= _REANNOUNCE_AFTER and now - self._reannounced_at >= _REANNOUNCE_EVERY:
            self._reannounced_at = now
            self._handle.reannounce()

    def look(self) -> None:
        """See how fast every peer is, unless that is being done."""
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._judge())

    def close(self) -> None:
        """Stop."""
        if self._task is not None:
            self._task.cancel()

    async def _judge(self) -> None:
        peers = await asyncio.to_thread(self._handle.peers)
        hungry = self._demand.audience.hunger() >= HUNGRY_SECONDS
        piece = self._demand.awaited() if hungry else None
        holders = () if piece is None else await asyncio.to_thread(self._handle.holders, piece)
        verdict = judge(
            self._looks,
            peers,
            self._clock.monotonic(),
            hungry=hungry,
            holders=holders,
            hurried=piece is not None and self._demand.hurried == piece,
            already_cut=self._cuts.count_cut(),
        )
        self._looks = verdict.looks
        if verdict.cut:
            log.info("Peers hold the stream up and are cut off: %s", verdict.cut)
            self._cuts.cut(verdict.cut)
        if verdict.queued and piece is not None:
            self._demand.hurry(piece)
