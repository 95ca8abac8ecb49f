"""The skip prompt and the next-episode card of a session, driven by its state."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from novastream_desktop.models import Episode, SkipRange
from novastream_desktop.playback.plan import COUNTDOWN, after_credits, is_aside, next_up_due
from novastream_desktop.playback.state import NextUp, SessionState, SkipPrompt, Waits
from novastream_desktop.player.base import PlayerPhase
from novastream_desktop.runtime import Clock
from novastream_desktop.settings import Settings, SkipMode, SkipSettings
from novastream_desktop.skips import Action, Moment, PromptEvent, PromptState, modes_of, step

THEMES = "fingerprint"
"""The origin of ranges that name their theme."""
STILL_WATCHING = 3
"""Episodes that start by themselves without any key; then it waits to be asked (ux 3c)."""
STILL_WATCHING_FOR = 4 * 3600.0
"""... or seconds without any."""


def only_heard(ranges: Iterable[SkipRange], heard: Collection[str]) -> tuple[SkipRange, ...]:
    """Return ranges of which those with a theme that is new only ask. Pure.

    A theme is known by its sound alone: other origins do not tell one from another.
    """
    return tuple(
        r.with_(automatic=False) if is_new_theme(r, heard) and r.automatic else r for r in ranges
    )


def is_new_theme(skip: SkipRange, heard: Collection[str]) -> bool:
    """Whether a range is known to be a theme that was not heard yet."""
    return skip.origin == THEMES and skip.reference is not None and skip.reference not in heard


def heard_before(episode: Episode | None, previous: Episode | None) -> bool:
    """Whether an earlier episode of this season has played the theme. Pure."""
    return episode is None or (previous is not None and previous.season == episode.season)


class Skipping:
    """Holds what the skip reducer remembers of this play of this file.

    Attributes:
        controls_shown: a hidden prompt comes back with them.
        next_dismissed: the next-episode card was cancelled, which holds to the end.
        held: a panel is open, or the pointer is on the card.
        unattended: episodes that have started by themselves since the last key.
        stop_after: nothing follows by itself when this one ends.
        new_theme: name of a theme that was just heard for the first time.
    """

    def __init__(self, clock: Clock, settings: Callable[[], Settings]) -> None:
        self._clock = clock
        self._settings = settings
        self._prompt = PromptState()
        self.controls_shown = False
        self.next_dismissed = False
        self.held = False
        self.unattended = 0
        self.stop_after = False
        self.new_theme = ""
        self._touched = clock.monotonic()

    def reset(self) -> None:
        """Forget everything, before another file loads."""
        self._prompt = PromptState()
        self.next_dismissed = self.stop_after = False

    def note_input(self) -> None:
        """Somebody is there."""
        self.unattended = 0
        self._touched = self._clock.monotonic()

    @property
    def prompt(self) -> SkipPrompt | None:
        """The prompt as it is now."""
        view = self._prompt.view
        if view is None:
            return None
        return SkipPrompt(view.range, view.visible, view.remaining, view.auto_in)

    def step(self, state: SessionState, event: PromptEvent = PromptEvent.TICK) -> Action:
        """Take a look at the session; return a jump to carry out, if there is one.

        A season's first episode never skips by itself: its theme is heard for the first time.
        """
        player = state.player
        moment = Moment(
            now=self._clock.monotonic(),
            position=player.position,
            duration=player.duration,
            paused=player.phase is PlayerPhase.PAUSED,
            buffering=player.buffering,
            speed=player.speed,
            controls_shown=self.controls_shown,
            ranges=only_heard(state.skip_ranges, state.show_skips.heard)
            if self._skip.hear_first
            else state.skip_ranges,
            modes=modes_of(self._skip),
            allow_auto=not self._skip.hear_first
            or heard_before(state.episode, state.previous_episode),
        )
        inside = self._prompt.inside
        self._prompt, action = step(self._prompt, moment, event)
        left = inside if inside is not None and self._prompt.inside is None else None
        if left is not None and is_new_theme(left, state.show_skips.heard):
            self.new_theme = left.reference or ""
        return action

    def take_new_theme(self) -> str:
        """Return the name of a theme that was just heard for the first time, once; else ''."""
        theme, self.new_theme = self.new_theme, ""
        return theme

    def next_up(self, state: SessionState, *, ready: bool = False, less: str = "") -> NextUp | None:
        """Return the next-episode card; its countdown runs in the last ten seconds of play.

        Args:
            state: the session's.
            ready: a source of the next episode was found and checked.
            less: what the only way to go on has less of.
        """
        player, episode = state.player, state.upcoming
        if episode is None or self.next_dismissed or not self._settings().playback.offer_next:
            return None
        if not next_up_due(player.position, player.duration, state.skip_ranges):
            return None
        remaining = player.duration - player.position
        counts = self.goes_on(state, less) and remaining <= COUNTDOWN
        running = player.phase is PlayerPhase.PLAYING and not player.buffering
        return NextUp(
            episode,
            max(0.0, remaining) if counts and running else None,
            ready,
            less,
            after_credits(player.position, player.duration, state.skip_ranges),
            state.left_out,
            self.waits(state) if self._settings().playback.autoplay_next else Waits.NOT,
        )

    def goes_on(self, state: SessionState, less: str = "") -> bool:
        """Whether the next episode starts by itself when this one ends."""
        if state.upcoming is None or not self._settings().playback.autoplay_next:
            return False
        return not (self.next_dismissed or self.held or less or self.waits(state))

    def waits(self, state: SessionState) -> Waits:
        """Return why the next episode is asked for first, if it is."""
        if self.stop_after:
            return Waits.ASKED
        untouched = self._clock.monotonic() - self._touched
        if self.unattended >= STILL_WATCHING or untouched >= STILL_WATCHING_FOR:
            return Waits.STILL
        asks = self._skip.filler is SkipMode.ASK
        aside = state.upcoming is not None and is_aside(state.upcoming)
        return Waits.FILLER if asks and aside else Waits.NOT

    @property
    def _skip(self) -> SkipSettings:
        return self._settings().playback.skip
