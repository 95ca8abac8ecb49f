"""What one torrent is asked for: its played files and readers, turned into calls."""

from __future__ import annotations

from collections import Counter

from novastream_desktop.runtime import Clock
from novastream_desktop.torrents import _port as port
from novastream_desktop.torrents._audience import Audience, PieceReader
from novastream_desktop.torrents._pieces import PieceMap
from novastream_desktop.torrents._plan import (
    MIB,
    URGENT,
    Situation,
    Span,
    full_priorities,
    make_plan,
    priority_changes,
)
from novastream_desktop.torrents._spans import ends_of, span_of

_BITE_BYTES = 256 * 1024
_BITE_SECONDS = 0.125
_PLAN_EVERY = 0.02  # s, while a piece takes less
_HURRY_EVERY = 2.0  # what is cancelled was half on its way
_SAFE_SECONDS = 30.0  # of the file's bitrate ahead of every reader
_SAFE_BYTES = 32 * MIB  # while the bitrate is unknown


class Demand:
    """Tells libtorrent which files and pieces come next.

    Attributes:
        rate: bytes per second that arrive.
        file_priorities: as libtorrent was last told.
        moving: files newly wanted: until libtorrent says that it is done, what it had of them lies
            in its part file, and the files themselves are missing or have holes.
        background: fetch all of the played files although nobody reads.
        hurried: the piece that `hurry` asked for last.
        audience: who reads.
    """

    def __init__(self, handle: port.Handle, clock: Clock) -> None:
        self.rate = 0.0
        self.file_priorities: list[int] = []
        self.moving: set[int] = set()
        self.background = False
        self.hurried: int | None = None
        self.audience = Audience(clock)
        self._handle = handle
        self._clock = clock
        self._metadata: port.Metadata | None = None
        self._pieces: PieceMap | None = None
        self._played: Counter[int] = Counter()
        self._later: Counter[int] = Counter()
        self._durations: dict[int, float] = {}
        self._wanted: dict[int, int] = {}
        self._hurried_at = -_HURRY_EVERY
        self._planned_at = 0.0

    def attach(self, metadata: port.Metadata, pieces: PieceMap) -> None:
        """Take the torrent's details once they are known."""
        self._metadata, self._pieces = metadata, pieces

    @property
    def wanted(self) -> frozenset[int]:
        """Pieces that are asked for."""
        return frozenset(self._wanted)

    @property
    def played(self) -> tuple[port.FileEntry, ...]:
        """The files that are played."""
        return self._entries(self._played)

    def awaited(self) -> int | None:
        """Return the piece under the reader that has waited longest, None if nobody waits."""
        position = self.audience.awaited()
        if position is None or self._metadata is None:
            return None
        return position // self._metadata.piece_length

    @property
    def bite(self) -> int:
        """Bytes that feed a reader."""
        return int(min(_BITE_BYTES, _BITE_SECONDS * self.rate))

    # -- files ----------------------------------------------------------------------------

    def play(self, file: port.FileEntry) -> None:
        """Fetch a file, its start first."""
        self._played[file.index] += 1
        self._set_files()
        self.audience.expect(file.offset, file.offset + file.size)
        self.plan(jump=True)

    def stop(self, file: port.FileEntry) -> None:
        """Fetch a file no more once nobody plays it."""
        _drop(self._played, file.index)
        self.audience.expect_nobody()
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
        self.plan(jump=self.audience.join(reader, may_jump=may_jump))

    def remove_reader(self, reader: PieceReader) -> None:
        """Plan without a reader."""
        self.audience.leave(reader)
        self.plan()

    def safe(self) -> bool:
        """Whether every reader has half a minute ahead of it, so that others may have a turn."""
        pieces, metadata = self._pieces, self._metadata
        if pieces is None or metadata is None or not self._played:
            return True
        rates = [self.bitrate(file) for file in self.played]
        ahead = int(max(rates) * _SAFE_SECONDS) or _SAFE_BYTES
        places = self.audience.active() or [(f.offset, f.offset + f.size) for f in self.played]
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
        self.moving.clear()
        self._wanted.clear()
        self.plan()

    def follow(self) -> None:
        """Plan as pieces come and are read; not at every one where they fly by."""
        fast = self._pieces and self.rate * _PLAN_EVERY >= self._pieces.layout.piece_length
        if not fast or self._clock.monotonic() - self._planned_at >= _PLAN_EVERY:
            self.plan()

    def plan(self, *, jump: bool = False) -> None:
        """Ask libtorrent for what the readers need next."""
        pieces = self._pieces
        if pieces is None or not (self._played or self._later):
            return
        self._planned_at = self._clock.monotonic()
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
            before = self.file_priorities or [0] * len(wanted)
            self.moving |= {
                i for i, (old, new) in enumerate(zip(before, wanted, strict=True)) if new > old
            }
            self.file_priorities = wanted
            self._handle.set_file_priorities(wanted)

    def _situation(self, *, jump: bool) -> Situation:
        assert self._metadata is not None
        length = self._metadata.piece_length
        places = self.audience.expected()
        if self.background:
            places += [(file.offset, file.offset + file.size) for file in self.played]
        waiting = self.audience.active(waiting=True)
        places += self.audience.active(waiting=False) + waiting
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
