"""What a gamepad's events mean: pure.

Linux's joystick interface sends eight bytes an event: milliseconds, value, kind and number
(https://docs.kernel.org/input/joydev/joystick-api.html).
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

EVENT = struct.Struct("<IhBB")
BUTTON, AXIS, AT_FIRST = 0x01, 0x02, 0x80
FULL = 32767
PRESSED_ABOVE, RELEASED_BELOW = 0.5, 0.3  # ux 2b


class Control(StrEnum):
    """What can be pressed; a stick counts as the four directions."""

    A = "a"
    B = "b"
    X = "x"
    Y = "y"
    LB = "lb"
    RB = "rb"
    LT = "lt"
    RT = "rt"
    START = "start"
    UP = "up"
    DOWN = "down"
    LEFT = "left"
    RIGHT = "right"


_C = Control
_Ends = tuple[Control | None, Control | None]
#: By the codes of linux/input-event-codes.h.
_BUTTON_CODES: Mapping[int, Control] = {
    0x130: _C.A,
    0x131: _C.B,
    0x133: _C.X,
    0x134: _C.Y,
    0x136: _C.LB,
    0x137: _C.RB,
    0x138: _C.LT,
    0x139: _C.RT,
    0x13B: _C.START,
    0x220: _C.UP,
    0x221: _C.DOWN,
    0x222: _C.LEFT,
    0x223: _C.RIGHT,
}
#: The stick, both triggers (as two kinds of driver name them) and the cross.
_AXIS_CODES: Mapping[int, _Ends] = {
    0x00: (_C.LEFT, _C.RIGHT),
    0x01: (_C.UP, _C.DOWN),
    0x10: (_C.LEFT, _C.RIGHT),
    0x11: (_C.UP, _C.DOWN),
    0x02: (None, _C.LT),
    0x05: (None, _C.RT),
    0x0A: (None, _C.LT),
    0x09: (None, _C.RT),
}
_USUAL_BUTTONS = (0x130, 0x131, 0x133, 0x134, 0x136, 0x137, 0x13A, 0x13B, 0x13C, 0x13D, 0x13E)
_USUAL_AXES = (0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x10, 0x11)


@dataclass(frozen=True, slots=True)
class Layout:
    """Which code each button and axis of a device has, by its number."""

    buttons: Sequence[int] = _USUAL_BUTTONS
    axes: Sequence[int] = _USUAL_AXES


class PadEvent(NamedTuple):
    """One event. `first` ones tell how things stand when the device is opened."""

    kind: int
    number: int
    value: int
    first: bool = False


class Press(NamedTuple):
    """A control went down, or up again."""

    control: Control
    down: bool


class _Hold(NamedTuple):
    control: Control
    kind: int
    number: int


@dataclass(frozen=True, slots=True)
class PadState:
    """What is held, with the button or end of an axis that holds it.

    Some triggers are both at once; they are up when neither holds them any more.
    """

    held: frozenset[_Hold] = frozenset()


def decode(data: bytes) -> list[PadEvent]:
    """Return the events in what was read; a cut one at the end is left out."""
    whole = len(data) - len(data) % EVENT.size
    return [
        PadEvent(kind & ~AT_FIRST, number, value, bool(kind & AT_FIRST))
        for _, value, kind, number in EVENT.iter_unpack(data[:whole])
    ]


def fold(state: PadState, event: PadEvent, layout: Layout) -> tuple[PadState, tuple[Press, ...]]:
    """Return the state after an event, and what went down or up by it.

    An axis goes down above one level and up below another, so that it does not flutter.
    """
    held = state.held
    for hold, down in _holds(state, event, layout):
        held = held | {hold} if down else held - {hold}
    before, now = {h.control for h in state.held}, {h.control for h in held}
    presses = (
        *(Press(control, down=False) for control in sorted(before - now)),
        *(Press(control, down=True) for control in sorted(now - before)),
    )
    return PadState(held), () if event.first else presses


def _holds(state: PadState, event: PadEvent, layout: Layout) -> Iterable[tuple[_Hold, bool]]:
    if event.kind == BUTTON and event.number < len(layout.buttons):
        control = _BUTTON_CODES.get(layout.buttons[event.number])
        if control is not None:
            yield _Hold(control, BUTTON, event.number), event.value != 0
    elif event.kind == AXIS and event.number < len(layout.axes):
        ends = _AXIS_CODES.get(layout.axes[event.number], (None, None))
        for sign, control in zip((-1, 1), ends, strict=True):
            if control is None:
                continue
            hold = _Hold(control, AXIS, event.number)
            level = RELEASED_BELOW if hold in state.held else PRESSED_ABOVE
            yield hold, event.value * sign / FULL > level


@dataclass(frozen=True, slots=True)
class PadContext:
    """Where the press happens.

    Attributes:
        playing: the player page is open.
        choosing: a control, panel, prompt or message there waits for a choice.
        episodes: what plays has others beside it.
    """

    playing: bool = False
    choosing: bool = False
    episodes: bool = False


class Deed(NamedTuple):
    """A key to press, or one of the player's actions to do."""

    key: str = ""
    action: str = ""


HELD_X = "undo"
_DIRECTIONS = {_C.UP: "Up", _C.DOWN: "Down", _C.LEFT: "Left", _C.RIGHT: "Right"}
_BROWSING: Mapping[Control, Deed] = {
    _C.A: Deed("Return"),
    _C.B: Deed("Escape"),
    _C.X: Deed("Space"),
    _C.Y: Deed("Slash"),
    _C.START: Deed("Menu"),
}
_PLAYING: Mapping[Control, Deed] = {
    _C.A: Deed(action="pause"),
    _C.B: Deed("Escape"),
    _C.X: Deed(action="skip"),
    _C.Y: Deed(action="subtitles"),
    _C.LB: Deed(action="seek_back_10"),
    _C.RB: Deed(action="seek_forward_10"),
    _C.LT: Deed(action="slower"),
    _C.RT: Deed(action="faster"),
    _C.START: Deed(action="sources"),
}
REPEATING = frozenset({*_DIRECTIONS, _C.LB, _C.RB})
"""What happens again while it is held."""


def deed_for(control: Control, context: PadContext) -> Deed | None:
    """Return what a control does: ux 2b, and the keys of browsing outside the player."""
    if control in _DIRECTIONS:
        # Over bare video there is no focus to move: the first press brings it to the controls.
        bare = context.playing and not context.choosing
        return Deed("Tab" if bare else _DIRECTIONS[control])
    if not context.playing:
        return _BROWSING.get(control)
    if control is Control.A and context.choosing:
        return Deed("Return")
    if control is Control.START and context.episodes:
        return Deed(action="episodes")
    return _PLAYING[control]
