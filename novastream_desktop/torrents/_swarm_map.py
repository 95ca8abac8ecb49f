"""Which pieces of a torrent the connected peers have, asked for now and then."""

from __future__ import annotations

import asyncio

from novastream_desktop.runtime import Clock
from novastream_desktop.torrents import _port as port

_EVERY = 2.0


class SwarmMap:
    """Asks while somebody looks.

    Attributes:
        pieces: how many connected peers have each one; None until some peer was there.
    """

    def __init__(self, handle: port.Handle, clock: Clock) -> None:
        self.pieces: tuple[int, ...] | None = None
        self._handle = handle
        self._clock = clock
        self._asked_at = -_EVERY
        self._asking: asyncio.Task[None] | None = None

    def look(self, peers: int) -> None:
        """Ask again if that is due; `peers` are connected."""
        now = self._clock.monotonic()
        if self._asking is not None or now - self._asked_at < _EVERY:
            return
        if peers or self.pieces is not None:
            self._asked_at = now
            self._asking = asyncio.get_running_loop().create_task(self._ask())

    def close(self) -> None:
        """Ask no more."""
        self._asked_at = float("inf")
        if self._asking is not None:
            self._asking.cancel()

    async def _ask(self) -> None:
        try:
            self.pieces = await asyncio.to_thread(self._handle.availability) or self.pieces
        finally:
            self._asking = None
