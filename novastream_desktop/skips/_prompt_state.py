"""What the skip prompt looks at, remembers and answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from novastream_desktop.models import SkipRange, SkipType
from novastream_desktop.settings import SkipMode, SkipSettings

SHOW_AFTER = 0.3
VISIBLE_FOR = 8.0
LEAST_LEFT = 3.0
ANNOUNCED = 3.0
FILL_FOR = 3.0


class PromptEvent(StrEnum):
    """What happened besides time passing.

    TICK: the player reported. SKIP: S, Enter or a click on the prompt. DISMISS: Esc.
    INPUT: any other key or pointer movement, which cancels an automatic jump. SEEK: the person
    sought. UNDO: U.
    """

    TICK = "tick"
    SKIP = "skip"
    DISMISS = "dismiss"
    INPUT = "input"
    SEEK = "seek"
    UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Moment:
    """What the reducer looks at. Times in seconds.

    Attributes:
        now: monotonic clock.
        duration: 0 while it is unknown.
        modes: per type, see `modes_of`.
        allow_auto: False asks instead of jumping by itself (the first time a theme appears).
    """

    now: float
    position: float
    duration: float = 0.0
    paused: bool = False
    buffering: bool = False
    speed: float = 1.0
    controls_shown: bool = False
    ranges: tuple[SkipRange, ...] = ()
    modes: Mapping[SkipType, SkipMode] = field(default_factory=dict)
    allow_auto: bool = True


@dataclass(frozen=True, slots=True)
class JumpTo:
    """Seek exactly to `position` and say that `range` was skipped."""

    position: float
    range: SkipRange


@dataclass(frozen=True, slots=True)
class JumpBack:
    """Seek back to `position`, from where `range` was skipped."""

    position: float
    range: SkipRange


@dataclass(frozen=True, slots=True)
class PromptView:
    """What is on the screen.

    Attributes:
        visible: shown now; a hidden one comes back with the controls.
        remaining: share of its own 8 s that is left, 1 to 0.
        auto_in: seconds until it jumps by itself, None if it does not.
    """

    range: SkipRange
    visible: bool = True
    remaining: float = 1.0
    auto_in: float | None = None


@dataclass(frozen=True, slots=True)
class Jumped:
    """The last jump, for undo."""

    range: SkipRange
    came_from: float
    at: float


@dataclass(frozen=True, slots=True)
class PromptState:
    """Everything that the reducer remembers of one play of one file; start each file anew.

    Attributes:
        inside: the range that playback is in.
        natural: playback ran into it, rather than a seek or a resume.
        played: seconds played inside it since it was entered.
        shown: seconds of the prompt's own 8 s that are used up.
        fill: seconds of the automatic jump's 3 s that are used up.
        calm: nothing cancelled the automatic jump.
        spent: ranges that were jumped over; they never prompt or jump by themselves again, S
            works inside them.
        undone: spent ranges whose jump was taken back; S works ahead of them too.
        dismissed: ranges whose prompt was sent away.
        jumped: the last jump, while it can be undone.
        running: neither paused nor buffering when last seen.
    """

    view: PromptView | None = None
    inside: SkipRange | None = None
    natural: bool = False
    played: float = 0.0
    shown: float = 0.0
    fill: float = 0.0
    calm: bool = True
    spent: tuple[SkipRange, ...] = ()
    undone: tuple[SkipRange, ...] = ()
    dismissed: tuple[SkipRange, ...] = ()
    jumped: Jumped | None = None
    last_now: float | None = None
    last_position: float | None = None
    running: bool = False


Action = JumpTo | JumpBack | None


def modes_of(settings: SkipSettings) -> dict[SkipType, SkipMode]:
    """Return the mode per type: mixed ones are never automatic."""

    def ask_at_most(mode: SkipMode) -> SkipMode:
        return SkipMode.ASK if mode is SkipMode.AUTO else mode

    return {
        SkipType.OP: settings.op,
        SkipType.ED: settings.ed,
        SkipType.RECAP: settings.recap,
        SkipType.MIXED_OP: ask_at_most(settings.op),
        SkipType.MIXED_ED: ask_at_most(settings.ed),
        SkipType.PREVIEW: settings.preview,
    }
