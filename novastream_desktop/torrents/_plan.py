"""Which pieces a torrent asks for, and how urgently: a function of where its readers are.

Priorities fall with the distance from a reader and are zero outside its window; libtorrent
takes equal ones in random order, so the steps are as wide as what arrives in 0.3 s. Deadlines
are given after a jump only: they fill the request queue twice over, but clearing and setting
them is the one way to make libtorrent cancel what it asked for before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

MIB = 1 << 20
URGENT = 7  # libtorrent's highest priority
_STEPS = 5  # priorities 6, 5, 4, 3, 2
_STEP_SECONDS = 1.5
_AHEAD_SECONDS = 3.0  # of what arrives
_AHEAD_PLAYED = 10.0  # seconds of what is played
_AHEAD_MIN = 8 * MIB
_AHEAD_MAX = 64 * MIB
_FILL_PIECES = 4
_FILL_BYTES = 4 * MIB
_HINT = 4  # higher, the index delays the first pieces: safe starts took up to twice as long
_FULL_UPDATE = 400
_BITRATE = 1e6  # bytes per second, while the file's own is unknown
JUMP_BYTES = 2 * MIB


@dataclass(frozen=True, slots=True)
class Span:
    """Pieces `first` to `last`, both included."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Situation:
    """What a plan is made from.

    Attributes:
        readers: from the piece that each reader needs next to its last, oldest reader first.
        files: the pieces of the files that are played; nothing else is ever wanted.
        hints: pieces that a player will soon ask for (the index of a container).
        rate: bytes per second that arrive.
        bitrate: bytes per second that the player uses, 0 while unknown.
        jump: the newest reader is somewhere new: what was asked for before is in its way.
        waiting: how many of the last `readers` wait for bytes right now.
        later: pieces of files that will be played next, wanted when nothing else hurries.
    """

    piece_length: int
    readers: tuple[Span, ...]
    files: tuple[Span, ...]
    hints: tuple[int, ...] = ()
    rate: float = 0.0
    bitrate: float = 0.0
    jump: bool = False
    waiting: int = 0
    later: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """Priorities of wanted pieces (all others 0) and deadlines in milliseconds."""

    priorities: Mapping[int, int]
    deadlines: tuple[tuple[int, int], ...] = ()


def is_jump(position: int, others: list[int]) -> bool:
    """Whether a reader at `position` cannot be reached soon by reading on from the others.

    Args:
        position: offset in the torrent, in bytes.
        others: where the other readers are, or were when they closed a moment ago.
    """
    return not any(-JUMP_BYTES <= position - other <= JUMP_BYTES for other in others)


def make_plan(situation: Situation, passed: bytes | bytearray) -> Plan:
    """Return what to ask for.

    Args:
        situation: where readers are and how fast bytes come.
        passed: one byte a piece, 1 once its hash was right.
    """
    wanted: dict[int, int] = {}
    for age, reader in enumerate(reversed(situation.readers)):
        top = URGENT if age < max(1, situation.waiting) else URGENT - 1
        _add_window(wanted, situation, reader, passed, top)
    for piece in situation.hints:
        if not passed[piece]:
            wanted[piece] = max(wanted.get(piece, 0), _HINT)
    for piece in situation.later:
        if not passed[piece]:
            wanted.setdefault(piece, 1)
    _add_fill(wanted, situation, passed)
    deadlines = _deadlines(situation, passed) if situation.jump else ()
    return Plan(wanted, deadlines)


def _add_window(
    wanted: dict[int, int], situation: Situation, reader: Span, passed: bytes | bytearray, top: int
) -> None:
    length = situation.piece_length
    soon = max(_AHEAD_SECONDS * situation.rate, _AHEAD_PLAYED * situation.bitrate)
    ahead = max(_AHEAD_MIN, 3 * length, min(_AHEAD_MAX, soon))
    limit = ahead / len(situation.readers)
    step = max(1, round(_STEP_SECONDS * situation.rate / length / _STEPS))
    distance = 0
    piece = passed.find(0, reader.first, reader.last + 1)
    while piece >= 0 and (distance < _FILL_PIECES - 1 or distance * length < limit):
        priority = top if distance == 0 else max(1, URGENT - 1 - (distance - 1) // step)
        wanted[piece] = max(wanted.get(piece, 0), priority)
        distance += 1
        piece = passed.find(0, piece + 1, reader.last + 1)


def _add_fill(wanted: dict[int, int], situation: Situation, passed: bytes | bytearray) -> None:
    """Keep something wanted while a piece is missing.

    Without, the torrent counts as finished, its seeds are dropped, and a jump right then took
    a minute.
    """
    enough = max(_FILL_PIECES, _FILL_BYTES // situation.piece_length)
    for span in situation.files:
        piece = passed.find(0, span.first, span.last + 1)
        while piece >= 0 and len(wanted) < enough:
            wanted.setdefault(piece, 1)
            piece = passed.find(0, piece + 1, span.last + 1)


def _deadlines(situation: Situation, passed: bytes | bytearray) -> tuple[tuple[int, int], ...]:
    """Return the pieces under waiting readers, at once, and the newest reader's second one."""
    if not situation.readers:
        return ()
    urgent = situation.readers[-max(1, situation.waiting) :]
    firsts = [passed.find(0, reader.first, reader.last + 1) for reader in reversed(urgent)]
    deadlines = {first: 0 for first in firsts if first >= 0}  # the newest reader's is set first
    newest, first = situation.readers[-1], firsts[0]
    second = passed.find(0, first + 1, newest.last + 1) if first >= 0 else -1
    if second >= 0 and second not in deadlines:
        delay = (second - first) * situation.piece_length / max(1.0, situation.bitrate or _BITRATE)
        deadlines[second] = max(1, min(60_000, int(delay * 1000)))
    return tuple(deadlines.items())


def priority_changes(
    before: Mapping[int, int], after: Mapping[int, int], passed: bytes | bytearray
) -> Mapping[int, int] | None:
    """Return the pieces whose priority changes; None when setting all at once costs less."""
    changes = {piece: value for piece, value in after.items() if before.get(piece, 0) != value}
    changes |= {piece: 0 for piece in before if piece not in after and not passed[piece]}
    return changes if len(changes) <= _FULL_UPDATE else None


def full_priorities(plan: Plan, count: int) -> list[int]:
    """Return the priority of every piece."""
    values = [0] * count
    for piece, value in plan.priorities.items():
        values[piece] = value
    return values
