"""From a gamepad's bytes to what happens: tables."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novastream_desktop.settings import ACTIONS
from novastream_desktop.ui.gamepad._pad import (
    AXIS,
    BUTTON,
    EVENT,
    FULL,
    Control,
    Deed,
    Layout,
    PadContext,
    PadEvent,
    PadState,
    Press,
    decode,
    deed_for,
    fold,
)

C = Control
BROWSING, VIDEO = PadContext(), PadContext(playing=True)
CHOOSING = PadContext(playing=True, choosing=True)


def folded(*events: PadEvent, layout: Layout | None = None) -> list[Press]:
    """Return every press of these events."""
    state, told = PadState(), []
    for event in events:
        state, presses = fold(state, event, layout or Layout())
        told += presses
    return told


def test_bytes_become_events_and_a_cut_one_is_left_out():
    data = EVENT.pack(7, 1, BUTTON, 3) + EVENT.pack(8, -500, AXIS | 0x80, 1) + b"abc"
    assert decode(data) == [PadEvent(BUTTON, 3, 1), PadEvent(AXIS, 1, -500, True)]


@pytest.mark.parametrize(
    ("number", "control"),
    [(0, C.A), (1, C.B), (2, C.X), (3, C.Y), (4, C.LB), (5, C.RB), (7, C.START)],
)
def test_buttons_of_a_usual_gamepad(number: int, control: Control):
    down, up = PadEvent(BUTTON, number, 1), PadEvent(BUTTON, number, 0)
    assert folded(down, up) == [Press(control, True), Press(control, False)]


@pytest.mark.parametrize(
    ("number", "sign", "control"),
    [
        *((0, -1, C.LEFT), (0, 1, C.RIGHT), (1, -1, C.UP), (1, 1, C.DOWN)),
        *((6, -1, C.LEFT), (6, 1, C.RIGHT), (7, -1, C.UP), (7, 1, C.DOWN)),
        *((2, 1, C.LT), (5, 1, C.RT)),
    ],
)
def test_axes_of_a_usual_gamepad(number: int, sign: int, control: Control):
    assert folded(PadEvent(AXIS, number, sign * FULL)) == [Press(control, True)]


def test_other_buttons_and_axes_mean_nothing():
    assert folded(PadEvent(BUTTON, 8, 1), PadEvent(BUTTON, 99, 1), PadEvent(AXIS, 3, FULL)) == []
    assert folded(PadEvent(AXIS, 99, FULL), PadEvent(7, 0, 1)) == []


def test_a_driver_s_own_layout_is_followed():
    layout = Layout(buttons=(0x131, 0x220), axes=(0x11,))
    assert folded(PadEvent(BUTTON, 0, 1), layout=layout) == [Press(C.B, True)]
    assert folded(PadEvent(BUTTON, 1, 1), layout=layout) == [Press(C.UP, True)]
    assert folded(PadEvent(AXIS, 0, FULL), layout=layout) == [Press(C.DOWN, True)]


@pytest.mark.parametrize(
    ("levels", "presses"),
    [
        ([0.49], []),
        ([0.51], [True]),
        ([0.51, 0.35, 0.6], [True]),
        ([0.51, 0.29], [True, False]),
        ([0.51, 0.29, 0.45], [True, False]),
        ([0.51, 0.29, 0.51], [True, False, True]),
    ],
)
def test_a_stick_does_not_flutter(levels: list[float], presses: list[bool]):
    events = [PadEvent(AXIS, 0, int(level * FULL)) for level in levels]
    assert folded(*events) == [Press(C.RIGHT, down) for down in presses]


def test_a_stick_thrown_over_lets_go_of_one_end_and_takes_the_other():
    events = PadEvent(AXIS, 0, -FULL), PadEvent(AXIS, 0, FULL)
    assert folded(*events) == [Press(C.LEFT, True), Press(C.LEFT, False), Press(C.RIGHT, True)]


def test_how_things_stand_at_first_is_no_press():
    resting = PadEvent(AXIS, 2, -FULL, first=True), PadEvent(BUTTON, 0, 1, first=True)
    assert folded(*resting, PadEvent(BUTTON, 0, 0)) == [Press(C.A, False)]


def test_a_trigger_that_is_button_and_axis_goes_down_once():
    layout = Layout(buttons=(0x138,), axes=(0x02,))
    events = (
        *(PadEvent(BUTTON, 0, 1), PadEvent(AXIS, 0, FULL)),
        *(PadEvent(BUTTON, 0, 0), PadEvent(AXIS, 0, 0)),
    )
    assert folded(*events, layout=layout) == [Press(C.LT, True), Press(C.LT, False)]


@given(
    st.lists(
        st.builds(
            PadEvent,
            st.sampled_from([BUTTON, AXIS]),
            st.integers(0, 12),
            st.integers(-FULL, FULL),
            st.just(False),
        )
    )
)
def test_downs_and_ups_of_a_control_take_turns(events: list[PadEvent]):
    last: dict[Control, bool] = {}
    for press in folded(*events):
        assert press.down is not last.get(press.control, False)
        last[press.control] = press.down


@pytest.mark.parametrize(
    ("control", "context", "deed"),
    [
        (C.A, BROWSING, Deed("Return")),
        (C.B, BROWSING, Deed("Escape")),
        (C.X, BROWSING, Deed("Space")),
        (C.Y, BROWSING, Deed("Slash")),
        (C.START, BROWSING, Deed("Menu")),
        (C.LB, BROWSING, None),
        (C.UP, BROWSING, Deed("Up")),
        (C.A, VIDEO, Deed(action="pause")),
        (C.A, CHOOSING, Deed("Return")),
        (C.B, VIDEO, Deed("Escape")),
        (C.X, VIDEO, Deed(action="skip")),
        (C.Y, VIDEO, Deed(action="subtitles")),
        (C.LB, VIDEO, Deed(action="seek_back_10")),
        (C.RB, CHOOSING, Deed(action="seek_forward_10")),
        (C.LT, VIDEO, Deed(action="slower")),
        (C.RT, VIDEO, Deed(action="faster")),
        (C.START, VIDEO, Deed(action="sources")),
        (C.START, PadContext(playing=True, episodes=True), Deed(action="episodes")),
        (C.LEFT, VIDEO, Deed("Tab")),
        (C.LEFT, CHOOSING, Deed("Left")),
    ],
)
def test_what_each_control_does(control: Control, context: PadContext, deed: Deed | None):
    assert deed_for(control, context) == deed


def test_every_control_does_something_in_the_player_that_exists():
    for control in Control:
        deed = deed_for(control, VIDEO)
        assert deed is not None
        assert deed.key or deed.action in ACTIONS
