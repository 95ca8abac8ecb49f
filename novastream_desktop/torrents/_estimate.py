"""How long somebody waits: for a start, and after a jump. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from novastream_desktop.torrents._pieces import BLOCK, PieceMap
from novastream_desktop.torrents._plan import Span

#: Bytes that a player reads at least before it shows a picture, and seconds of the file's bitrate
#: that let it play on.
_LEAST_BYTES, _SECONDS = 1 << 18, 3.0
#: How long a file plays of which nobody has said it, to be careful.
_GUESSED_SECONDS = 3600.0
#: Seconds until the first block of a jump comes, and until the player shows it.
_JUMP_DELAY = 0.5
#: An estimate follows good news half way, very good ones at once, and bad ones a quarter.
_GOOD, _BAD, _SLACK = 0.5, 0.25, 0.5
_FADING = 0.97


@dataclass(frozen=True, slots=True)
class Window:
    """What a player needs before it starts or goes on, and what of it is not on disk; bytes."""

    needed: int = 0
    missing: int = 0

    @property
    def share(self) -> float:
        """How much of it is on disk, 0 to 1."""
        return 1.0 - self.missing / self.needed if self.needed else 0.0


def window_at(
    pieces: PieceMap, span: Span, position: int | None = None, *, bitrate: float = 0.0
) -> Window:
    """Return what is needed at a place of a file.

    Args:
        pieces: what is on disk.
        span: the file.
        position: byte of the torrent at which a reader waits; None before any reader got a
            byte: the file's head, and its last piece, in which many files have their index.
        bitrate: bytes per second, 0 while unknown.
    """
    length = pieces.layout.piece_length
    stretch = max(_LEAST_BYTES, int(_SECONDS * bitrate))
    start = span.first * length if position is None else position
    first = min(span.last, max(span.first, start // length))
    last = min(span.last, (start + stretch - 1) // length)
    needed = [*range(first, last + 1)]
    if position is None and last < span.last:
        needed.append(span.last)
    return Window(
        needed=sum(pieces.layout.block_count(piece) for piece in needed) * BLOCK,
        missing=sum(pieces.lacking(piece) for piece in needed) * BLOCK,
    )


def jump_bytes(piece_length: int, bitrate: float) -> int:
    """Return how much has to come after a jump to where nothing is on disk."""
    return max(piece_length, _LEAST_BYTES, int(_SECONDS * bitrate))


def likely_bitrate(size: int, bitrate: float) -> float:
    """Return a file's bytes per second, guessed from its size while it is unknown (0)."""
    return bitrate or size / _GUESSED_SECONDS


def jump_seconds(needed: int, rate: float) -> float | None:
    """Return the wait after a jump; None where nothing says how fast it would come."""
    return _JUMP_DELAY + needed / rate if rate > 0 else None


def best_rate(before: float, rate: float, passed: float) -> float:
    """Return what the swarm can give: the rate while it is asked for all, fading afterwards.

    Args:
        before: what this returned last.
        rate: bytes per second now.
        passed: seconds since then.
    """
    return max(rate, before * float(_FADING**passed))


def smoothed(before: float | None, told: float | None, passed: float) -> float | None:
    """Return the seconds to show, which go down steadily and never leap up.

    Args:
        before: what was shown last, None for nothing.
        told: the estimate by the rate of this moment.
        passed: seconds since then.
    """
    if before is None or told is None or told <= 0:
        return told
    expected = max(0.0, before - passed)
    if told < _GOOD * expected:
        return told
    if told <= expected:
        return expected + _GOOD * (told - expected)
    return min(expected + _BAD * (told - expected), (1 + _BAD) * expected + _SLACK)
