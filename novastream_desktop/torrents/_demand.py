"""What one torrent is asked for: its played files and readers, turned into calls."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Protocol

from novastream_desktop.runtime import Clock
from novastream_desktop.torrents import _port as port
from novastream_desktop.torrents._pieces import PieceMap
from novastream_desktop.torrents._plan import (
    MIB,
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
_BITE_BYTES = 256 * 1024
_BITE_SECONDS = 0.125
_HURRY_EVERY = 2.0  # what is cancelled was half on its way
_SAFE_SECONDS = 30.0  # of the file's bitrate ahead of every reader
_SAFE_BYTES = 32 * MIB  # while the bitrate is unknown
_HEAD_BYTES = 8 * MIB
_TAIL_BYTES = 1 * MIB


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


class Demand:
    """Tells libtorrent which files and pieces come next.

    Attributes:
        rate: bytes per second that arrive.
        file_priorities: as libtorrent was last told.
        background: fetch all of the played files although nobody reads.
        hurried: the piece that `hurry` asked for last.
    """

    def __init__(self, handle: port.Handle, clock: Clock) -> None:
        self.rate = 0.0
        self.file_priorities: list[int] = []
        self.background = False
        self.hurried: int | None = None
        self._handle = handle
        self._clock = clock
        self._metadata: port.Metadata | None = None
        self._pieces: PieceMap | None = None
        self._readers: list[PieceReader] = []
        self._ghosts: dict[int, _Ghost] = {}
        self._played: Counter[int] = Counter()
        self._later: Counter[int] = Counter()
        self._durations: dict[int, float] = {}
        self._wanted: dict[int, int] = {}
        self._hurried_at = -_HURRY_EVERY

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
        return self._entries(self._played)

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

    @property
    def bite(self) -> int:
        """Bytes that feed a reader."""
        return int(min(_BITE_BYTES, _BITE_SECONDS * self.rate))

    def awaited(self) -> int | None:
        """Return the piece under the reader that has waited longest, None if nobody waits."""
        waiting = [reader for reader in self._readers if reader.waiting]
        if not waiting or self._metadata is None:
            return None
        longest = min(waiting, key=lambda reader: reader.waiting_since)
        return longest.position // self._metadata.piece_length

    def read_since(self, moment: float) -> bool:
        """Whether somebody read after a moment of the clock."""
        return any(reader.last_read >= moment for reader in self._readers)

    # -- files ----------------------------------------------------------------------------

    def play(self, file: port.FileEntry) -> None:
        """Fetch a file, its start first."""
        self._played[file.index] += 1
        self._set_files()
        until = self._clock.monotonic() + _WARM_UP_SECONDS
        self._ghosts[_WARM_UP] = _Ghost(file.offset, file.offset + file.size, until)
        self.plan(jump=True)

    def stop(self, file: port.FileEntry) -> None:
        """Fetch a file no more once nobody plays it."""
        _drop(self._played, file.index)
        self._ghosts.clear()
        self._after_stop()

    def play_beside(self, file: port.FileEntry) -> None:
        """Fetch a small file that is read beside the one that plays."""
        self._played[file.index] += 1
        self._set_files()

    def stop_beside(self, file: port.FileEntry) -> None:
        """Take one `play_beside` back."""
        _drop(self._played, file.index)
        self._after_stop()

    def expect(self, file: port.FileEntry) -> None:
        """Fetch the head and tail of a file while nothing else hurries."""
        self._later[file.index] += 1
        self._set_files()
        self.plan()

    def expect_no_more(self, file: port.FileEntry) -> None:
        """Take one `expect` back."""
        _drop(self._later, file.index)
        self._after_stop()

    def note_duration(self, file: port.FileEntry, seconds: float) -> None:
        """Take how long a file plays."""
        if seconds > 0:
            self._durations[file.index] = seconds

    def bitrate(self, file: port.FileEntry) -> float:
        """Return a file's bytes per second, 0 while unknown."""
        seconds = self._durations.get(file.index)
        return file.size / seconds if seconds else 0.0

    def _after_stop(self) -> None:
        if self._played or self._later:
            self._set_files()
            self.plan()
        elif self._pieces is not None and self._wanted:
            self._wanted.clear()
            self._handle.set_all_priorities([0] * self._pieces.layout.piece_count)

    # -- readers --------------------------------------------------------------------------

    def add_reader(self, reader: PieceReader, *, may_jump: bool = True) -> None:
        """Let a reader take part; what was asked for is cancelled if it is somewhere new."""
        if not may_jump:
            self._readers.insert(0, reader)
            self.plan()
            return
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

    def safe(self) -> bool:
        """Whether every reader has half a minute ahead of it, so that others may have a turn."""
        pieces, metadata = self._pieces, self._metadata
        if pieces is None or metadata is None or not self._played:
            return True
        rates = [self.bitrate(file) for file in self.played]
        ahead = int(max(rates) * _SAFE_SECONDS) or _SAFE_BYTES
        places = [(r.position, r.end) for r in self._readers if not self._is_idle(r)]
        places = places or [(f.offset, f.offset + f.size) for f in self.played]
        return all(
            pieces.available(at, ahead, early=False) >= min(ahead, end - at) for at, end in places
        )

    def hurry(self, piece: int) -> None:
        """Cancel what was asked for, and ask for the piece under a starving reader first."""
        now = self._clock.monotonic()
        if piece != self.hurried and now - self._hurried_at >= _HURRY_EVERY:
            self.hurried, self._hurried_at = piece, now
            self._handle.clear_deadlines()
            self._handle.set_deadline(piece, 0)
            self._wanted[piece] = URGENT

    # -- the plan -------------------------------------------------------------------------

    def priorities_lost(self) -> None:
        """Tell all anew: file priorities took effect, and overwrote those of pieces."""
        self._wanted.clear()
        self.plan()

    def plan(self, *, jump: bool = False) -> None:
        """Ask libtorrent for what the readers need next."""
        pieces = self._pieces
        if pieces is None or not (self._played or self._later):
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

    def _entries(self, counts: Counter[int]) -> tuple[port.FileEntry, ...]:
        if self._metadata is None:
            return ()
        return tuple(self._metadata.files[index] for index in counts)

    def _set_files(self) -> None:
        assert self._metadata is not None
        used = {*self._played, *self._later}
        wanted = [4 if file.index in used else 0 for file in self._metadata.files]
        if wanted != self.file_priorities:
            self.file_priorities = wanted
            self._handle.set_file_priorities(wanted)

    def _is_idle(self, reader: PieceReader) -> bool:
        return not reader.waiting and self._clock.monotonic() - reader.last_read >= _IDLE_SECONDS

    def _situation(self, *, jump: bool) -> Situation:
        assert self._metadata is not None
        length, now = self._metadata.piece_length, self._clock.monotonic()
        self._ghosts = {key: g for key, g in self._ghosts.items() if g.until > now}
        active = [reader for reader in self._readers if not self._is_idle(reader)]
        waiting = [reader for reader in active if reader.waiting]
        places = [(ghost.position, ghost.end) for ghost in self._ghosts.values()]
        if self.background:
            places += [(file.offset, file.offset + file.size) for file in self.played]
        places += [(r.position, r.end) for r in active if not r.waiting]
        places += [(r.position, r.end) for r in waiting]
        spans = tuple(span_of(file, length) for file in self.played if file.size)
        return Situation(
            piece_length=length,
            readers=tuple(Span(a // length, (b - 1) // length) for a, b in places if b > a),
            files=spans,
            hints=tuple({piece: None for s in spans for piece in (s.first, s.last)}),
            rate=self.rate,
            bitrate=max((self.bitrate(file) for file in self.played), default=0.0),
            jump=jump,
            waiting=len(waiting),
            later=self._later_pieces() if self._later and self.safe() else (),
        )

    def _later_pieces(self) -> tuple[int, ...]:
        assert self._metadata is not None
        return tuple(
            piece
            for file in self._entries(self._later)
            if file.size
            for piece in ends_of(file, self._metadata.piece_length)
        )


def _drop(counts: Counter[int], index: int) -> None:
    counts[index] -= 1
    if counts[index] <= 0:
        del counts[index]


def span_of(file: port.FileEntry, piece_length: int) -> Span:
    """Return the pieces that a file lies in; for an empty file the one before it."""
    first = file.offset if file.size else max(0, file.offset - 1)
    last = max(first, file.offset + file.size - 1)
    return Span(first // piece_length, last // piece_length)


def ends_of(file: port.FileEntry, piece_length: int) -> tuple[int, ...]:
    """Return the pieces of a file's head and tail, which a player reads when it opens it."""
    span = span_of(file, piece_length)
    head = span_of(port.FileEntry(0, "", file.offset, min(file.size, _HEAD_BYTES)), piece_length)
    tail = min(file.size, _TAIL_BYTES)
    start = (file.offset + file.size - tail) // piece_length
    return tuple(sorted({*range(head.first, head.last + 1), *range(start, span.last + 1)}))
