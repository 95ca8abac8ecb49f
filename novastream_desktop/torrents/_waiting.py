"""Readers that wait for bytes, and the timer that notices when they starve."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from novastream_desktop.torrents._watchdog import HUNGRY_SECONDS

_LOOK_AGAIN = 0.35


class WaitingRoom:
    """Lets readers wait until more may be readable.

    While somebody waits, and only then, a timer runs.

    Args:
        hunger: how long the hungriest reader has been without a byte, in seconds.
        on_hunger: called with that while a reader starves, about three times a second.
    """

    def __init__(self, hunger: Callable[[], float], on_hunger: Callable[[float], None]) -> None:
        self._hunger = hunger
        self._on_hunger = on_hunger
        self._waiters: set[asyncio.Future[None]] = set()
        self._timer: asyncio.TimerHandle | None = None

    async def wait(self) -> None:
        """Wait for the next `wake`."""
        loop = asyncio.get_running_loop()
        waiter: asyncio.Future[None] = loop.create_future()
        self._waiters.add(waiter)
        if self._timer is None:
            self._timer = loop.call_later(HUNGRY_SECONDS, self._look)
        try:
            await waiter
        finally:
            self._waiters.discard(waiter)

    def wake(self) -> None:
        """Let everybody look again."""
        for waiter in tuple(self._waiters):
            if not waiter.done():
                waiter.set_result(None)

    def close(self) -> None:
        """Stop the timer."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _look(self) -> None:
        self._timer = None
        if not self._waiters:
            return
        hunger = self._hunger()
        delay = _LOOK_AGAIN
        if hunger < HUNGRY_SECONDS:
            delay = HUNGRY_SECONDS - hunger
        else:
            self._on_hunger(hunger)
        self._timer = asyncio.get_running_loop().call_later(max(0.05, delay), self._look)
