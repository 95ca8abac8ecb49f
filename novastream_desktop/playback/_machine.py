"""The session's one state machine. Pure: what happened is handed in, the next phase comes out.

```
 IDLE --open--> RESOLVING --found--> BUFFERING <--waits--> PLAYING <--Space--> PAUSED
                    |                    |  ^                 |
                    |                    |  +---- moves ---+  | nothing moves for 6 s
                    |                    |                 |  v
                    |                    +--- switch --> SWITCHING <--switch-- STALLED
                    |                                      |   (also from PLAYING and PAUSED)
                    +--fail--> FAILED <-----fail-----------+
                                  |
 any --open--> RESOLVING        switch (by hand) --> SWITCHING
 loaded --end--> ENDED --switch (by hand)--> SWITCHING          any --close--> IDLE
```

RESOLVING: ways to play are looked for. BUFFERING: a source is being opened, or its data is
waited for. STALLED: nothing has moved for six seconds. SWITCHING: another source is put in its
place at the same second.
"""

from __future__ import annotations

from enum import StrEnum

from novastream_desktop.playback.state import SessionPhase
from novastream_desktop.player.base import PlayerPhase, PlayerState


class Event(StrEnum):
    """What happens to a session besides what its player reports."""

    OPEN = "open"
    FOUND = "found"
    SWITCH = "switch"
    END = "end"
    FAIL = "fail"
    CLOSE = "close"


_P = SessionPhase
_FROM_ANYWHERE = {Event.OPEN: _P.RESOLVING, Event.FAIL: _P.FAILED, Event.CLOSE: _P.IDLE}
_FOUND = {_P.RESOLVING: _P.BUFFERING, _P.BUFFERING: _P.BUFFERING, _P.SWITCHING: _P.SWITCHING}
_SHOWN = (_P.BUFFERING, _P.PLAYING, _P.PAUSED, _P.STALLED)


def advance(phase: SessionPhase, event: Event) -> SessionPhase:
    """Return the phase after an event; one that cannot happen there changes nothing."""
    if event is Event.FAIL and phase is _P.IDLE:
        return phase
    if event in _FROM_ANYWHERE:
        return _FROM_ANYWHERE[event]
    if event is Event.FOUND:
        return _FOUND.get(phase, phase)
    if event is Event.SWITCH:
        return phase if phase in (_P.IDLE, _P.RESOLVING) else _P.SWITCHING
    return _P.ENDED if phase in _SHOWN else phase


def phase_of(phase: SessionPhase, player: PlayerState, *, stalled: bool) -> SessionPhase:
    """Return the phase that fits what the player reports of a file that is being shown.

    Args:
        phase: the present one; only a file that is loaded or being opened moves it.
        player: what the player reports.
        stalled: nothing has moved for six seconds.
    """
    if phase not in _SHOWN and phase is not _P.SWITCHING:
        return phase
    if not player.has_picture or player.phase not in (PlayerPhase.PLAYING, PlayerPhase.PAUSED):
        return phase
    if player.phase is PlayerPhase.PAUSED:
        return _P.PAUSED
    if stalled:
        return _P.STALLED
    return _P.BUFFERING if player.buffering else _P.PLAYING
