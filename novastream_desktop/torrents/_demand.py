"""What one torrent is asked for: its played files and readers, turned into calls."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from novastream_desktop.runtime import Clock
from novastream_desktop.torrents import _port as port
from novastream_desktop.torrents._pieces import PieceMap
from novastream_desktop.torrents._plan import (
    URGENT,
    Situation,
    Span,
    full_priorities,
    is_jump,
    make_plan,
    priority_changes,
)

_GHOST_SECONDS = 10.0  # players close and open again at almost the same place
_WARM_UP_SECONDS = 60.0
_IDLE_SECONDS = 30.0
_WARM_UP = -1


class PieceReader(Protocol):
    """A reader as the plan sees it. Offsets in the torrent, times of the clock."""

    position: int
    end: int
    last_read: float
    waiting: bool


@dataclass(frozen=True, slots=True)
class _Ghost:
    """Where a reader was, or is expected."""

    position: int
    end: int
    until: float


class Demand:
    """Tells libtorrent which files and pieces come next.

    Attributes:
        rate: bytes per second that arrive.
        file_priorities: as libtorrent was last told.
    """

    def __init__(self, handle: port.Handle, clock: Clock) -> None:
        self.rate = 0.0
        self.file_priorities: list[int] = []
        self._handle = handle
        self._clock = clock
        self._metadata: port.Metadata | None = None
        self._pieces: PieceMap | None = None
        self._readers: list[PieceReader] = []
        self._ghosts: dict[int, _Ghost] = {}
        self._played: dict[int, int] = {}
        self._wanted: dict[int, int] = {}

    def attach(self, metadata: port.Metadata, pieces: PieceMap) -> None:
        """Take the torrent's details once they are known."""
        self._metadata, self._pieces = metadata, pieces

    @property
    def reader_count(self) -> int:
        """How many readers there are."""
        return len(self._readers)

    @property
    def wanted(self) -> frozenset[int]:
        """Pieces that are asked for."""
        return frozenset(self._wanted)

    @property
    def played(self) -> tuple[port.FileEntry, ...]:
        """The files that are played."""
        if self._metadata is None:
            return ()
        return tuple(self._metadata.files[index] for index in self._played)

    def play(self, file: port.FileEntry) -> None:
        """Fetch a file, its start first."""
        self._played[file.index] = self._played.get(file.index, 0) + 1
        self._set_files()
        until = self._clock.monotonic() + _WARM_UP_SECONDS
        self._ghosts[_WARM_UP] = _Ghost(file.offset, file.offset + file.size, until)
        self.plan(jump=True)

    def stop(self, file: port.FileEntry) -> None:
        """Fetch a file no more once nobody plays it."""
        self._played[file.index] -= 1
        if not self._played[file.index]:
            del self._played[file.index]
        self._ghosts.clear()
        self.plan()

    def add_reader(self, reader: PieceReader) -> None:
        """Let a reader take part."""
        now = self._clock.monotonic()
        others = [r.position for r in self._readers]
        others += [g.position for g in self._ghosts.values() if g.until > now]
        jump = is_jump(reader.position, others)
        self._ghosts.clear()
        self._readers.append(reader)
        self.plan(jump=jump)

    def remove_reader(self, reader: PieceReader) -> None:
        """Keep the last one's window for a moment, in case the player comes back."""
        self._readers.remove(reader)
        if not self._readers:
            until = self._clock.monotonic() + _GHOST_SECONDS
            self._ghosts[id(reader)] = _Ghost(reader.position, reader.end, until)
        self.plan()

    def priorities_lost(self) -> None:
        """Tell all anew: file priorities took effect, and overwrote those of pieces."""
        self._wanted.clear()
        self.plan()

    def plan(self, *, jump: bool = False) -> None:
        """Ask libtorrent for what the readers need next."""
        pieces = self._pieces
        if pieces is None or not self._played:
            return
        plan = make_plan(self._situation(jump=jump), pieces.passed)
        changes = priority_changes(self._wanted, plan.priorities, pieces.passed)
        if jump:
            self._handle.clear_deadlines()
        if jump or changes is None or not self._wanted:
            self._handle.set_all_priorities(full_priorities(plan, pieces.layout.piece_count))
        else:
            for piece, value in changes.items():
                self._handle.set_priority(piece, value)
        self._wanted = dict(plan.priorities)
        for piece, delay in plan.deadlines:
            self._handle.set_deadline(piece, delay)
            self._wanted[piece] = URGENT  # libtorrent raises it

    def _set_files(self) -> None:
        assert self._metadata is not None
        wanted = [4 if file.index in self._played else 0 for file in self._metadata.files]
        if wanted != self.file_priorities:
            self.file_priorities = wanted
            self._handle.set_file_priorities(wanted)

    def _situation(self, *, jump: bool) -> Situation:
        assert self._metadata is not None
        length, now = self._metadata.piece_length, self._clock.monotonic()
        self._ghosts = {key: g for key, g in self._ghosts.items() if g.until > now}
        places = [(ghost.position, ghost.end) for ghost in self._ghosts.values()]
        places += [
            (reader.position, reader.end)
            for reader in self._readers
            if reader.waiting or now - reader.last_read < _IDLE_SECONDS
        ]
        spans = tuple(span_of(file, length) for file in self.played if file.size)
        return Situation(
            piece_length=length,
            readers=tuple(Span(a // length, (b - 1) // length) for a, b in places if b > a),
            files=spans,
            hints=tuple({piece: None for s in spans for piece in (s.first, s.last)}),
            rate=self.rate,
            jump=jump,
        )


def span_of(file: port.FileEntry, piece_length: int) -> Span:
    """Return the pieces that a file lies in; for an empty file the one before it."""
    first = file.offset if file.size else max(0, file.offset - 1)
    last = max(first, file.offset + file.size - 1)
    return Span(first // piece_length, last // piece_length)
