"""Who reads a torrent, where, and how hungry; and who was there a moment ago."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from novastream_desktop.runtime import Clock
from novastream_desktop.torrents._plan import is_jump

_GHOST_SECONDS = 10.0  # players close and open again at almost the same place
_WARM_UP_SECONDS = 60.0
_IDLE_SECONDS = 30.0
_COMING = -1

Place = tuple[int, int]


class PieceReader(Protocol):
    """A reader as the plan sees it. Offsets in the torrent, times of the clock."""

    position: int
    end: int
    last_read: float
    waiting: bool
    waiting_since: float
    fed_at: float


@dataclass(frozen=True, slots=True)
class _Ghost:
    """Where a reader was, or is expected."""

    position: int
    end: int
    until: float


class Audience:
    """The readers of one torrent. Places are offsets in it: next byte, end."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._readers: list[PieceReader] = []
        self._ghosts: dict[int, _Ghost] = {}

    def __len__(self) -> int:
        """How many readers there are."""
        return len(self._readers)

    def join(self, reader: PieceReader, *, may_jump: bool) -> bool:
        """Let a reader take part, as the newest one if it may jump.

        Returns:
            Whether it may, and none of the others gets there soon by reading on.
        """
        if not may_jump:
            self._readers.insert(0, reader)
            return False
        others = [position for position, _ in self.expected()]
        others += [other.position for other in self._readers]
        self._ghosts.clear()
        self._readers.append(reader)
        return is_jump(reader.position, others)

    def leave(self, reader: PieceReader) -> None:
        """Keep the last one's place for a moment, in case the player comes back."""
        self._readers.remove(reader)
        if not self._readers:
            until = self._clock.monotonic() + _GHOST_SECONDS
            self._ghosts[id(reader)] = _Ghost(reader.position, reader.end, until)

    def expect(self, position: int, end: int) -> None:
        """Count on a reader that will soon be there."""
        until = self._clock.monotonic() + _WARM_UP_SECONDS
        self._ghosts[_COMING] = _Ghost(position, end, until)

    def expect_nobody(self) -> None:
        """Count on nobody but those who are there."""
        self._ghosts.clear()

    def expected(self) -> list[Place]:
        """Return where readers were a moment ago, or are expected."""
        now = self._clock.monotonic()
        self._ghosts = {key: ghost for key, ghost in self._ghosts.items() if ghost.until > now}
        return [(ghost.position, ghost.end) for ghost in self._ghosts.values()]

    def active(self, *, waiting: bool | None = None) -> list[Place]:
        """Return where those are that read, oldest first: all, or those that wait or do not."""
        return [
            (reader.position, reader.end)
            for reader in self._readers
            if not self._is_idle(reader) and waiting in (None, reader.waiting)
        ]

    def waited(self) -> float:
        """Return how long the hungriest reader has been without a byte, in seconds."""
        now = self._clock.monotonic()
        return max((now - r.waiting_since for r in self._readers if r.waiting), default=0.0)

    def hunger(self) -> float:
        """Return how long the hungriest reader has been without a bite, in seconds.

        A bite is a quarter of what arrives in half a second: blocks that trickle in from the
        end of some peer's queue do not feed anybody.
        """
        now = self._clock.monotonic()
        return max((now - r.fed_at for r in self._readers if r.waiting), default=0.0)

    def awaited(self) -> int | None:
        """Return where the reader is that has waited longest, None if nobody waits."""
        waiting = [reader for reader in self._readers if reader.waiting]
        if not waiting:
            return None
        return min(waiting, key=lambda reader: reader.waiting_since).position

    def read_since(self, moment: float) -> bool:
        """Whether somebody read after a moment of the clock."""
        return any(reader.last_read >= moment for reader in self._readers)

    def _is_idle(self, reader: PieceReader) -> bool:
        return not reader.waiting and self._clock.monotonic() - reader.last_read >= _IDLE_SECONDS
