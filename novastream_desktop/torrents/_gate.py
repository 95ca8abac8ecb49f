"""How closely the library's events are followed: at once while they are few, else in batches."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable

from novastream_desktop.torrents._port import Session
from novastream_desktop.torrents._torrent import Torrent

_MANY = 1000.0  # events a second: 16 MB/s in blocks
_REST_SECONDS = 0.005
_BLINK = 0.05
_HUNGRY = 0.3


class EventGate:
    """Takes events when their descriptor stirs, and every five milliseconds while they pour in.

    A wake-up for every block of 16 KiB cost 60 microseconds; at 200 MB/s that was most of a core.

    Args:
        fileno: stirs when there are events.
        take: takes them all, and returns how many they were.
    """

    def __init__(self, fileno: int, take: Callable[[], int]) -> None:
        self._fileno = fileno
        self._take = take
        self._loop = asyncio.get_running_loop()
        self._last = self._loop.time()
        self._timer: asyncio.TimerHandle | None = None
        self._loop.add_reader(fileno, self._stir)

    def close(self) -> None:
        """Take no more."""
        if self._timer is not None:
            self._timer.cancel()
        else:
            self._loop.remove_reader(self._fileno)

    def _stir(self) -> None:
        """Runs from the descriptor while there is no timer, and from the timer while there is."""
        now = self._loop.time()
        passed, self._last = now - self._last, now
        if self._take() > _MANY * max(passed, _REST_SECONDS):
            if self._timer is None:
                self._loop.remove_reader(self._fileno)
            self._timer = self._loop.call_later(_REST_SECONDS, self._stir)
        elif self._timer is not None:
            self._timer = None
            self._loop.add_reader(self._fileno, self._stir)


def needs_blocks(piece_length: int, rate: float, waited: float, *, before: bool) -> bool:
    """Whether news of whole pieces would come too late for a reader.

    Args:
        piece_length: bytes.
        rate: bytes per second that arrive.
        waited: seconds that a reader has been without a byte.
        before: whether blocks are told of now; what is decided stays until it is clearly wrong.
    """
    limit = _BLINK if before else 2 * _BLINK
    return waited > _HUNGRY or piece_length > limit * rate


class Detail:
    """Lets a session tell of blocks only while whole pieces would come too late."""

    def __init__(self) -> None:
        self._blocks = True

    def choose(self, session: Session, torrents: Iterable[Torrent]) -> None:
        """Decide anew."""
        used = [t for t in torrents if t.active and t.pieces is not None]
        wanted = not used or any(map(self._wants, used))
        if wanted != self._blocks:
            self._blocks = wanted
            session.tell_blocks(wanted)
            for torrent in used if wanted else ():
                torrent.resync()

    def _wants(self, torrent: Torrent) -> bool:
        assert torrent.pieces is not None
        demand, length = torrent.demand, torrent.pieces.layout.piece_length
        return needs_blocks(length, demand.rate, demand.audience.waited(), before=self._blocks)
