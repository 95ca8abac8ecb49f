"""The skip prompt, rule by rule, and what must never happen."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from novastream_desktop.models import SkipRange, SkipType
from novastream_desktop.settings import SkipMode, SkipSettings
from novastream_desktop.skips import (
    JumpBack,
    JumpTo,
    Moment,
    PromptEvent,
    PromptState,
    active_range,
    combine,
    modes_of,
    step,
)

OP = SkipRange(type=SkipType.OP, start=10, end=100, confidence=0.95, automatic=True)
ED = SkipRange(type=SkipType.ED, start=1300, end=1390, confidence=0.95, automatic=True)
AUTO = modes_of(SkipSettings(op=SkipMode.AUTO, ed=SkipMode.AUTO, recap=SkipMode.AUTO))
ASK = modes_of(SkipSettings())


class Play:
    """One play of one file, driven in tenths of a second."""

    def __init__(
        self, ranges: Any = (OP, ED), modes: Any = None, position: float = 0.0, **more: Any
    ) -> None:
        self.state = PromptState()
        self.moment = Moment(
            now=0.0,
            position=position,
            duration=1400.0,
            ranges=ranges,
            modes=ASK if modes is None else modes,
            **more,
        )
        self.actions = []
        self.send(PromptEvent.TICK)

    @property
    def view(self):
        return self.state.view

    def send(self, event: PromptEvent, **changes: Any):
        self.moment = replace(self.moment, **changes)
        self.state, action = step(self.state, self.moment, event)
        if action is not None:
            self.actions.append(action)
            self.moment = replace(self.moment, position=action.position)
        return action

    def run(self, seconds: float, **changes: Any):
        """Let time pass; the position moves unless paused or buffering."""
        self.moment = replace(self.moment, **changes)
        for _ in range(round(seconds * 10)):
            moving = not self.moment.paused and not self.moment.buffering
            self.moment = replace(
                self.moment,
                now=self.moment.now + 0.1,
                position=self.moment.position + (0.1 * self.moment.speed if moving else 0),
            )
            self.send(PromptEvent.TICK)
        return self

    def seek(self, position: float):
        self.send(PromptEvent.SEEK)
        self.moment = replace(self.moment, position=position)
        return self.send(PromptEvent.TICK)


def test_it_shows_a_moment_after_entering():
    play = Play(position=9.95).run(0.2)
    assert play.state.inside == OP
    assert play.view is None
    play.run(0.4)
    assert play.view is not None
    assert play.view.range == OP
    assert play.view.visible
    assert play.view.auto_in is None


def test_it_does_not_start_in_the_last_three_seconds():
    play = Play(position=97.2).run(2)
    assert play.state.inside == OP
    assert play.view is None


def test_it_is_visible_for_eight_seconds_then_returns_with_the_controls():
    play = Play(position=10).run(4.4)
    assert play.view.visible
    assert 0.4 < play.view.remaining < 0.6
    play.run(4.5)
    assert not play.view.visible
    assert play.view.remaining == 0
    play.run(0.1, controls_shown=True)
    assert play.view.visible
    play.run(0.1, controls_shown=False)
    assert not play.view.visible
    play.run(80, controls_shown=True)
    assert play.view.visible
    play.run(3)
    assert play.view is None


@pytest.mark.parametrize("halted", [{"paused": True}, {"buffering": True}])
def test_its_time_stops_while_playback_does(halted: Any):
    play = Play(position=10).run(4)
    before = play.view.remaining
    play.run(60, **halted)
    assert play.view.visible
    assert play.view.remaining == pytest.approx(before, abs=0.02)


def test_a_long_silence_of_the_player_does_not_use_up_its_time():
    play = Play(position=10).run(2)
    play.send(PromptEvent.TICK, paused=True)
    play.send(PromptEvent.TICK, paused=False, now=play.moment.now + 3600)
    assert play.view.visible
    assert play.view.remaining > 0.7


def test_escape_dismisses_for_this_part_but_s_still_works():
    play = Play(position=10).run(1)
    assert play.send(PromptEvent.DISMISS) is None
    assert play.view is None
    play.run(5, controls_shown=True)
    assert play.view is None
    play.seek(10.0)
    play.run(3)
    assert play.view is None
    assert play.send(PromptEvent.SKIP) == JumpTo(100, OP)
    assert Play(position=1300).run(1).view is not None


@pytest.mark.parametrize(
    ("position", "jumps"),
    [(6.9, False), (7.0, True), (9.9, True), (10, True), (99.5, True), (100, False), (500, False)],
)
def test_s_works_from_three_seconds_before_until_the_end(position: float, jumps: bool):
    action = Play(position=position).send(PromptEvent.SKIP)
    assert action == (JumpTo(100, OP) if jumps else None)


def test_s_does_nothing_where_the_mode_is_off_but_works_while_paused():
    assert Play(position=20, modes={}).send(PromptEvent.SKIP) is None
    assert isinstance(Play(position=20, paused=True).send(PromptEvent.SKIP), JumpTo)


def test_a_range_is_spent_after_one_jump():
    play = Play(position=10, modes=AUTO).run(1)
    assert play.send(PromptEvent.SKIP) == JumpTo(100, OP)
    assert play.view is None
    play.seek(8.0)
    assert play.send(PromptEvent.SKIP) is None  # what is only announced
    play.run(20)
    assert (play.view, play.actions) == (None, [JumpTo(100, OP)])


def test_who_goes_back_into_a_spent_range_can_leave_it_by_s():
    play = Play(position=10).run(1)
    play.send(PromptEvent.SKIP)
    play.seek(20.0)
    play.run(5)
    assert play.view is None
    assert play.send(PromptEvent.SKIP) == JumpTo(100, OP)


def test_undo_goes_back_and_leaves_s_alone():
    play = Play(position=10).run(1)
    came_from = play.moment.position
    play.send(PromptEvent.SKIP)
    play.run(20)
    assert play.send(PromptEvent.UNDO) == JumpBack(came_from, OP)
    play.run(5)
    assert play.view is None
    assert play.send(PromptEvent.UNDO) is None
    assert play.send(PromptEvent.SKIP) == JumpTo(100, OP)


def test_an_undone_range_never_jumps_by_itself():
    play = Play(position=9.5, modes=AUTO).run(5)
    assert play.actions == [JumpTo(100, OP)]
    play.send(PromptEvent.UNDO)
    play.run(20)
    play.seek(5.0)
    play.run(20)
    assert len(play.actions) == 2


def test_a_target_at_the_end_of_the_file_is_clamped():
    last = ED.with_(end=1400.0)
    assert Play((last,), position=1310).send(PromptEvent.SKIP) == JumpTo(1399, last)
    assert Play((last,), position=1399.5).send(PromptEvent.SKIP) is None


def test_automatic_jumps_after_three_seconds():
    play = Play(position=9.5, modes=AUTO).run(2)
    assert 1.5 < play.view.auto_in < 3
    assert play.actions == []
    play.run(3)
    assert play.actions == [JumpTo(100, OP)]


def test_an_opening_at_the_very_start_is_natural():
    at_zero = OP.with_(start=0.0, end=90.0)
    assert Play((at_zero,), AUTO).run(5).actions == [JumpTo(90, at_zero)]


@pytest.mark.parametrize(
    "changes",
    [
        {"modes": ASK},
        {"allow_auto": False},
        {"ranges": (OP.with_(automatic=False),)},
        {"buffering": True},
        {"paused": True},
    ],
    ids=["asked", "first time", "unsure", "buffering", "paused"],
)
def test_automatic_only_asks(changes: Any):
    play = Play(position=9.9, **{"modes": AUTO, **changes}).run(10)
    assert play.actions == []


def test_a_resume_inside_is_not_yanked():
    play = Play(position=30, modes=AUTO).run(8)
    assert play.actions == []
    assert play.view.auto_in is None


def test_ranges_that_come_late_do_not_yank():
    play = Play((), AUTO, position=9.5).run(2)
    play.run(8, ranges=(OP,))
    assert play.actions == []
    assert play.view is not None


@pytest.mark.parametrize("start", [500.0, 0.0, 1200.0])
def test_a_seek_into_it_only_asks(start: float):
    play = Play(position=start, modes=AUTO).run(0.5)
    play.seek(20.0)
    play.run(8)
    assert play.actions == []
    assert play.view is not None


@pytest.mark.parametrize("event", [PromptEvent.INPUT, PromptEvent.SEEK])
def test_a_key_cancels_the_fill_and_leaves_the_prompt(event: PromptEvent):
    play = Play(position=9.5, modes=AUTO).run(2)
    assert play.send(event) is None
    play.run(5)
    assert play.actions == []
    assert play.view.visible
    assert play.view.auto_in is None


@pytest.mark.parametrize("to", [10.5, 5.0, 30.0])
def test_a_seek_during_the_fill_cancels_it(to: float):
    play = Play(position=9.5, modes=AUTO).run(2)
    play.moment = replace(play.moment, position=to)
    play.send(PromptEvent.TICK)
    play.run(2)
    assert play.actions == []


def test_buffering_and_pause_only_delay_the_fill():
    play = Play(position=9.5, modes=AUTO).run(2)
    play.run(20, buffering=True)
    play.run(20, buffering=False, paused=True)
    assert play.actions == []
    play.run(3, paused=False)
    assert play.actions == [JumpTo(100, OP)]


def test_borders_that_move_a_little_do_not_make_it_a_new_part():
    play = Play(position=9.5, modes=AUTO).run(5)
    play.run(0.1, ranges=(OP.with_(start=9.0, end=101.0), ED))
    play.seek(50.0)
    assert play.run(10).actions == [JumpTo(100, OP)]


def test_both_parts_of_one_file_are_jumped():
    play = Play(position=9.5, modes=AUTO).run(5)
    play.seek(1290.0)
    play.run(15)
    assert play.actions == [JumpTo(100, OP), JumpTo(1390, ED)]


@pytest.mark.parametrize(
    ("position", "ahead", "expected"),
    [
        (9, 0, None),
        (9, 3, OP),
        (6, 3, None),
        (10, 3, OP),
        (99.9, 0, OP),
        (100, 3, None),
        (1298, 3, ED),
    ],
)
def test_active_range(position: float, ahead: float, expected: Any):
    assert active_range((OP, ED), position, ahead=ahead) == expected


def test_mixed_ranges_are_never_automatic_and_previews_are_left_alone():
    assert AUTO[SkipType.MIXED_OP] is SkipMode.ASK
    assert AUTO[SkipType.MIXED_ED] is SkipMode.ASK
    assert AUTO[SkipType.PREVIEW] is SkipMode.OFF
    previews = modes_of(SkipSettings(preview=SkipMode.ASK))
    assert previews[SkipType.PREVIEW] is SkipMode.ASK
    assert modes_of(SkipSettings(op=SkipMode.OFF))[SkipType.MIXED_OP] is SkipMode.OFF


moves = st.lists(
    st.tuples(
        st.sampled_from([*PromptEvent, *[PromptEvent.TICK] * 6]),
        st.one_of(st.just(0.25), st.floats(0, 5), st.floats(-200, 200)),
        st.floats(0, 2),
        st.booleans() | st.just(False),
        st.booleans() | st.just(False),
    ),
    max_size=60,
)


@settings(deadline=None, max_examples=200)
@given(moves, st.floats(0, 150), st.sampled_from([AUTO, ASK]), st.floats(60, 300))
def test_what_never_happens(moves: Any, position: float, modes: Any, duration: float | None):
    ranges = combine(
        [
            SkipRange(type=SkipType.OP, start=10, end=100, confidence=0.95),
            SkipRange(type=SkipType.RECAP, start=100, end=130, confidence=0.9),
            SkipRange(type=SkipType.ED, start=150, end=240, confidence=0.95),
        ],
        None,
    )
    state, now = PromptState(), 0.0
    done: list[SkipRange] = []
    for event, shift, passed, paused, buffering in moves:
        now += passed
        position = min(max(0.0, position + shift), duration)
        moment = Moment(
            now=now,
            position=position,
            duration=duration,
            paused=paused,
            buffering=buffering,
            ranges=ranges,
            modes=modes,
        )
        state, action = step(state, moment, event)
        if isinstance(action, JumpTo):
            assert not paused or event is PromptEvent.SKIP
            assert not buffering or event is PromptEvent.SKIP
            assert action.range not in done
            assert action.position <= duration - 1
            assert action.position > position
            done.append(action.range)
        elif isinstance(action, JumpBack):
            assert event is PromptEvent.UNDO
            done.remove(action.range)
        if action is not None:
            position = action.position
        assert state.view is None or (0 <= state.view.remaining <= 1 and state.view.range in ranges)
