"""The next file's first bytes, fetched while this one still plays."""

from __future__ import annotations

import asyncio
from abc import abstractmethod
from typing import Protocol, runtime_checkable

from novastream_desktop.player.base import LoadRequest, PlayerPhase, PlayerState
from novastream_desktop.runtime import Observable

LEAST_LEFT = 6.0
"""Seconds of play that must be left: what waits in mpv's playlist must be gone before the end."""
TAKEN_UP_IN = 1.0
"""Seconds in which mpv has begun with what waits in its playlist."""


@runtime_checkable
class FetchesAhead(Protocol):
    """A player that can have the first bytes of another file there before it is loaded."""

    def fetch_ahead(self, request: LoadRequest) -> bool:
        """Fetch the head of what is loaded next; return whether it is being done.

        Only when all of what plays is in the cache, so that it takes nothing from it. Another
        `load` than of this address drops it.
        """
        ...


def may_fetch(player: PlayerState) -> bool:
    """Whether what plays is in the cache to its end, and does not end at once. Pure."""
    if player.phase not in (PlayerPhase.PLAYING, PlayerPhase.PAUSED) or not player.has_picture:
        return False
    left = (player.duration - player.position) / max(1.0, player.speed)
    return player.duration > 0 and left >= LEAST_LEFT and player.buffered_to >= player.duration - 1


class MpvAhead:
    """Implements `FetchesAhead` by mpv's own way of opening the next entry of its playlist.

    The entry is taken out again once mpv has begun with it: what was opened stays and is used by
    the next `loadfile` of that address, but nothing plays by itself at the end. mpv opens it
    with the headers and proxy of what plays, so it is done only where they are the same.
    """

    _loaded: LoadRequest | None = None
    _ahead_timer: asyncio.TimerHandle | None = None

    @property
    @abstractmethod
    def state(self) -> Observable[PlayerState]:
        """The newest state."""

    @abstractmethod
    def _command(self, *arguments: object) -> None:
        """Give a command."""

    def fetch_ahead(self, request: LoadRequest) -> bool:
        """See `FetchesAhead`."""
        now = self._loaded
        if now is None or not may_fetch(self.state.value):
            return False
        if (now.headers, now.proxy) != (request.headers, request.proxy):
            return False
        self._forget_ahead()
        self._command("loadfile", request.url, "append")
        self._ahead_timer = asyncio.get_running_loop().call_later(TAKEN_UP_IN, self._take_out)
        return True

    def _take_out(self) -> None:
        self._ahead_timer = None
        self._command("playlist-clear")  # all but what plays

    def _forget_ahead(self) -> None:
        if self._ahead_timer is not None:
            self._ahead_timer.cancel()
            self._take_out()
