"""The skip prompt and the next-episode card of a session, driven by its state."""

from __future__ import annotations

from collections.abc import Callable

from novastream_desktop.playback.plan import COUNTDOWN, next_up_due
from novastream_desktop.playback.state import NextUp, SessionState, SkipPrompt
from novastream_desktop.player.base import PlayerPhase
from novastream_desktop.runtime import Clock
from novastream_desktop.settings import Settings
from novastream_desktop.skips import Action, Moment, PromptEvent, PromptState, modes_of, step


class Skipping:
    """Holds what the skip reducer remembers of this play of this file."""

    def __init__(self, clock: Clock, settings: Callable[[], Settings]) -> None:
        self._clock = clock
        self._settings = settings
        self._prompt = PromptState()
        self.controls_shown = False
        self.next_dismissed = False

    def reset(self) -> None:
        """Forget everything, before another file loads."""
        self._prompt = PromptState()
        self.next_dismissed = False

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
            ranges=state.skip_ranges,
            modes=modes_of(self._settings().playback.skip),
            allow_auto=state.episode is None or state.previous_episode is not None,
        )
        self._prompt, action = step(self._prompt, moment, event)
        return action

    def next_up(self, state: SessionState) -> NextUp | None:
        """Return the next-episode card; its countdown runs in the last ten seconds of play."""
        player, episode = state.player, state.next_episode
        if episode is None or self.next_dismissed:
            return None
        if not next_up_due(player.position, player.duration, state.skip_ranges):
            return None
        remaining = player.duration - player.position
        counts = self._settings().playback.autoplay_next and remaining <= COUNTDOWN
        running = player.phase is PlayerPhase.PLAYING and not player.buffering
        return NextUp(episode, max(0.0, remaining) if counts and running else None)
