"""When a subtitle's lines are shown: delay, speed, and how taps become both. Pure.

A line at `t` in the subtitle's own time is shown at `speed * t + delay` of the video.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

STEP = 0.05
"""Seconds of one press of G or H."""
_FILM, _CINEMA, _PAL = 24000 / 1001, 24.0, 25.0
SPEEDS = tuple(
    sorted({a / b for a in (_FILM, _CINEMA, _PAL) for b in (_FILM, _CINEMA, _PAL) if a != b})
)
"""What a subtitle made at one of the customary frame rates needs at another."""
APART = 240.0
"""Two points must be this many seconds apart to tell a drift from a slow thumb."""
_THUMB = 0.25
_NEAR = 0.0012
_MOST = 0.06


@dataclass(frozen=True, slots=True)
class Timing:
    """`delay` in seconds, `speed` as a factor."""

    delay: float = 0.0
    speed: float = 1.0

    def shown_at(self, time: float) -> float:
        """Return when a line of the subtitle's own time is shown."""
        return self.speed * time + self.delay

    def own_time(self, position: float) -> float:
        """Return what of the subtitle's own time is shown at a position of the video."""
        return (position - self.delay) / self.speed


@dataclass(frozen=True, slots=True)
class Point:
    """Where a line belongs: its own time, and the position of the video where it is spoken."""

    own: float
    position: float


def tapped(now: Timing, heard: float, saw: float) -> Point:
    """Return what two taps tell: at which position a line was heard, and where it was seen."""
    return Point(now.own_time(saw), heard)


def fit(points: Sequence[Point], now: Timing) -> Timing:
    """Return the timing through the latest point, and through an earlier one that is far away.

    A drift is only believed where two points are four minutes apart or more, and where it is
    larger than what a thumb is late; a speed close to that of another frame rate becomes it.
    """
    if not points:
        return now
    last = points[-1]
    shifted = Timing(round(last.position - now.speed * last.own, 3), now.speed)
    first = max(points, key=lambda point: abs(point.own - last.own))
    span = last.own - first.own
    if abs(span) < APART:
        return shifted
    if abs(shifted.shown_at(first.own) - first.position) <= _THUMB:
        return shifted
    speed = (last.position - first.position) / span
    speed = min((*SPEEDS, 1.0), key=lambda known: abs(known - speed)) if _known(speed) else speed
    if abs(speed - 1) > _MOST:
        return shifted
    return Timing(round(last.position - speed * last.own, 3), round(speed, 6))


def _known(speed: float) -> bool:
    return min(abs(known - speed) for known in (*SPEEDS, 1.0)) < _NEAR


def with_speed(now: Timing, speed: float, position: float) -> Timing:
    """Return another speed with which the line shown at a position stays there."""
    return Timing(round(position - speed * now.own_time(position), 3), speed)
