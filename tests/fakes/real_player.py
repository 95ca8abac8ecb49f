"""A real libmpv without a window, on a service loop of its own, driven from the test's thread."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from novastream_desktop.player import create_mpv_player
from novastream_desktop.player.base import PlayerState
from novastream_desktop.runtime import Observable, ServiceLoop

if TYPE_CHECKING:
    from novastream_desktop.player._mpv import MpvPlayer

T = TypeVar("T")
PATIENCE = 20.0


class RealPlayer:
    """The player and its loop; options are mpv's. Close it."""

    def __init__(self, **options: str) -> None:
        self.loop = ServiceLoop()
        self.loop.start()
        self.player: MpvPlayer = create_mpv_player(
            self.loop, {"vo": "null", "ao": "null", **options}
        )

    def do(self, command: Callable[..., object], *args: object) -> None:
        self.loop.post(command, *args)

    def until(self, holds: Callable[[PlayerState], object]) -> PlayerState:
        """Return the first state of the player for which something holds."""
        return self.until_of(self.player.state, holds)

    def until_of(self, states: Observable[T], holds: Callable[[T], object]) -> T:
        """Return the first of some states for which something holds."""

        async def wait() -> T:
            found: asyncio.Future[T] = asyncio.get_running_loop().create_future()

            def look(state: T) -> None:
                if holds(state) and not found.done():
                    found.set_result(state)

            unwatch = states.watch(look)
            try:
                return await asyncio.wait_for(found, PATIENCE)
            except TimeoutError as error:
                raise TimeoutError(f"it did not come; the last: {states.value}") from error
            finally:
                unwatch()

        return self.loop.submit(wait()).result(PATIENCE + 5)

    def close(self) -> None:
        self.player.close()
        self.loop.stop()
