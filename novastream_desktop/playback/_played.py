"""When a heartbeat is due, and how much was really played. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace

from novastream_desktop.player.base import PlayerPhase, PlayerState

HEARTBEAT_SECONDS = 5.0
_LONGEST_STEP = 2.0


@dataclass(frozen=True, slots=True)
class Played:
    """Bookkeeping of one file.

    Attributes:
        seconds: really played, earlier sittings included.
        position: the last one seen.
        saved_at: monotonic time of the last heartbeat.
        paused: whether it was paused when last seen.
    """

    seconds: float = 0.0
    position: float = 0.0
    saved_at: float = 0.0
    paused: bool = False


def observe(played: Played, player: PlayerState, now: float) -> tuple[Played, bool]:
    """Return the new bookkeeping and whether a heartbeat is due.

    Due: every five seconds of play, at a pause, and after a jump.
    """
    if player.phase not in {PlayerPhase.PLAYING, PlayerPhase.PAUSED} or not player.has_picture:
        return played, False
    step = player.position - played.position
    natural = 0 <= step <= _LONGEST_STEP * max(1.0, player.speed)
    paused = player.phase is PlayerPhase.PAUSED
    due = (
        (paused and not played.paused)
        or (not natural and not player.seeking)
        or (step > 0 and now - played.saved_at >= HEARTBEAT_SECONDS)
    )
    return (
        replace(
            played,
            seconds=played.seconds + (step if natural else 0.0),
            position=player.position,
            saved_at=now if due else played.saved_at,
            paused=paused,
        ),
        due,
    )
