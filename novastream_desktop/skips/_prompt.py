"""The skip prompt: when it shows, when it jumps by itself, and what S and U do.

A reducer over frozen state: the playback session calls `step` for every player update and for
every event, obeys the action it gets and shows `PromptState.view`. The rules and their numbers
are the user-experience document's section 3b.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from novastream_desktop.models import SkipRange
from novastream_desktop.settings import SkipMode
from novastream_desktop.skips._prompt_state import (
    ANNOUNCED,
    FILL_FOR,
    LEAST_LEFT,
    SHOW_AFTER,
    VISIBLE_FOR,
    Action,
    JumpBack,
    Jumped,
    JumpTo,
    Moment,
    PromptEvent,
    PromptState,
    PromptView,
)
from novastream_desktop.skips._rules import overlap, same_theme

_END_GUARD = 1.0
_NATURAL_START = 0.25
_SEEK_SLACK = 1.5
_BACK_SLACK = 0.25
_LONGEST_TICK = 1.0


def active_range(
    ranges: Sequence[SkipRange], position: float, *, ahead: float = 0.0
) -> SkipRange | None:
    """Return the range that holds a position, else the one that starts within `ahead` seconds."""
    holding = next((r for r in ranges if r.start <= position < r.end), None)
    if holding is not None or ahead <= 0:
        return holding
    coming = [r for r in ranges if 0 < r.start - position <= ahead]
    return min(coming, key=lambda r: r.start, default=None)


def step(
    state: PromptState, moment: Moment, event: PromptEvent = PromptEvent.TICK
) -> tuple[PromptState, Action]:
    """Return the next state and what to do now.

    Nothing is skipped by itself while paused (S works: it is the person's act). A range prompts
    and jumps by itself at most once in one play, and no skip lands behind `duration - 1`.
    """
    state, elapsed = _follow(state, moment, event)
    state = _pass_time(state, moment, elapsed)
    if event is PromptEvent.DISMISS and state.inside is not None:
        state = replace(state, dismissed=(*state.dismissed, state.inside), calm=False)
    elif event in (PromptEvent.INPUT, PromptEvent.SEEK):
        state = replace(state, calm=False)
    action: Action = None
    if event is PromptEvent.UNDO:
        state, action = _undo(state)
    elif event is PromptEvent.SKIP or _fill_is_full(state, moment):
        state, action = _skip(state, moment, asked=event is PromptEvent.SKIP)
    return replace(state, view=_view(state, moment)), action


def _follow(state: PromptState, moment: Moment, event: PromptEvent) -> tuple[PromptState, float]:
    """Notice which range playback is in and how it got there; return seconds played."""
    before, then = state.last_position, state.last_now
    elapsed = max(0.0, moment.now - then) if then is not None else 0.0
    ran, runs = state.running, not moment.paused and not moment.buffering
    state = replace(state, last_now=moment.now, last_position=moment.position, running=runs)
    here = active_range(_offered(moment), moment.position)
    moved = before is not None and _sought(before, elapsed, moment)
    back = before is not None and moment.position < before - _BACK_SLACK
    if here is None:
        return _outside(state), 0.0
    if state.inside is None or not _same_part(state.inside, here) or (back and moved):
        if before is None:
            natural = moment.position - here.start <= _NATURAL_START
        else:
            natural = not moved and event is not PromptEvent.SEEK and before <= here.start
        return replace(_outside(state), inside=here, natural=natural), 0.0
    calm = state.calm and not back and not moved
    played = min(elapsed, _LONGEST_TICK) if ran and runs else 0.0
    return replace(state, inside=here, calm=calm), played


def _outside(state: PromptState) -> PromptState:
    return replace(state, inside=None, natural=False, played=0.0, shown=0.0, fill=0.0, calm=True)


def _sought(before: float, elapsed: float, moment: Moment) -> bool:
    expected = 0.0 if moment.paused else elapsed * moment.speed
    low, high = -_SEEK_SLACK, expected + _SEEK_SLACK
    return not low <= moment.position - before <= high


def _pass_time(state: PromptState, moment: Moment, elapsed: float) -> PromptState:
    if state.inside is None or elapsed <= 0:
        return state
    was_on = _is_on(state, moment)
    state = replace(state, played=state.played + elapsed)
    if not was_on:
        return state
    fill = state.fill + elapsed if _fills(state, moment) else 0.0
    return replace(state, shown=min(VISIBLE_FOR, state.shown + elapsed), fill=fill)


def _is_on(state: PromptState, moment: Moment) -> bool:
    """Whether the prompt exists: 0.3 s after entering, and not begun in the last 3 s."""
    skip = state.inside
    if skip is None or _among(skip, state.spent) or _among(skip, state.dismissed):
        return False
    if state.shown > 0:
        return True
    return state.played >= SHOW_AFTER and skip.end - moment.position >= LEAST_LEFT


def _fills(state: PromptState, moment: Moment) -> bool:
    skip = state.inside
    return (
        skip is not None
        and skip.automatic
        and moment.modes.get(skip.type) is SkipMode.AUTO
        and moment.allow_auto
        and state.natural
        and state.calm
    )


def _fill_is_full(state: PromptState, moment: Moment) -> bool:
    running = not moment.paused and not moment.buffering
    return running and state.fill >= FILL_FOR and _fills(state, moment) and _is_on(state, moment)


def _skip(state: PromptState, moment: Moment, *, asked: bool) -> tuple[PromptState, Action]:
    if moment.paused and not asked:
        return state, None
    skip = active_range(_offered(moment), moment.position, ahead=ANNOUNCED if asked else 0.0)
    if skip is None or (_among(skip, state.spent) and not (asked and _again(skip, state, moment))):
        return state, None
    target = min(skip.end, moment.duration - _END_GUARD) if moment.duration > 0 else skip.end
    if target <= moment.position:
        return state, None
    state = replace(
        _outside(state),
        spent=(*state.spent, skip),
        undone=tuple(r for r in state.undone if not _same_part(r, skip)),
        jumped=Jumped(skip, moment.position, moment.now),
        last_position=target,
    )
    return state, JumpTo(target, skip)


def _again(skip: SkipRange, state: PromptState, moment: Moment) -> bool:
    """Whether S may jump over a spent range: the person went back into it, or took a jump back."""
    return skip.start <= moment.position or _among(skip, state.undone)


def _undo(state: PromptState) -> tuple[PromptState, Action]:
    jumped = state.jumped
    if jumped is None:
        return state, None
    state = replace(
        _outside(state),
        undone=(*state.undone, jumped.range),
        jumped=None,
        last_position=jumped.came_from,
    )
    return state, JumpBack(jumped.came_from, jumped.range)


def _view(state: PromptState, moment: Moment) -> PromptView | None:
    if state.inside is None or not _is_on(state, moment):
        return None
    remaining = max(0.0, 1.0 - state.shown / VISIBLE_FOR)
    return PromptView(
        range=state.inside,
        visible=remaining > 0 or moment.controls_shown,
        remaining=remaining,
        auto_in=max(0.0, FILL_FOR - state.fill) if _fills(state, moment) else None,
    )


def _offered(moment: Moment) -> list[SkipRange]:
    return [r for r in moment.ranges if moment.modes.get(r.type, SkipMode.OFF) is not SkipMode.OFF]


def _same_part(one: SkipRange, other: SkipRange) -> bool:
    """Whether two ranges mean the same part, though a later answer moved its borders."""
    return same_theme(one.type, other.type) and overlap(one, other)


def _among(skip: SkipRange, ranges: Sequence[SkipRange]) -> bool:
    return any(_same_part(skip, other) for other in ranges)
