"""The skip commands of a session, on top of the plain ones."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from novastream_desktop.models import SkipRange
from novastream_desktop.playback._controls import PlayerControls
from novastream_desktop.playback._skipping import Skipping
from novastream_desktop.playback.state import NextUp, NoticeCode
from novastream_desktop.runtime import Clock
from novastream_desktop.settings import Settings
from novastream_desktop.skips import Action, JumpBack, JumpTo, PromptEvent


class SkipControls(PlayerControls):
    """Feeds the skip prompt with what plays and carries out what it decides."""

    def __init__(self, *, clock: Clock, settings: Callable[[], Settings], pictures: Path) -> None:
        super().__init__(clock=clock, settings=settings, pictures=pictures)
        self._skipping = Skipping(clock, settings)

    def _step_skips(self, event: PromptEvent = PromptEvent.TICK) -> Action:
        action = self._skipping.step(self._state.value, event)
        if theme := self._skipping.take_new_theme():
            self._note_heard(theme)
        prompt, card = self._skipping.prompt, self._next_up()
        if prompt is not None and prompt.auto_in is None and card is not None:
            prompt = None if card.after_credits is not None else prompt  # the card has its button
        self._update(prompt=prompt, next_up=card)
        if isinstance(action, JumpTo):
            self._mark_undo(self._state.value.player.position)
            self._seek(action.position)
            length = action.range.end - action.range.start
            self._notify(NoticeCode.SKIPPED, length, skip_type=action.range.type)
        return action

    def _next_up(self) -> NextUp | None:
        return self._skipping.next_up(self._state.value)

    def _note_heard(self, theme: str) -> None:
        """Keep that a theme was heard; the session knows the show."""

    def _note_undo(self, skip: SkipRange) -> None:
        """Learn from a skip that was taken back; the session knows the show."""

    def hold_next_episode(self, hold: bool) -> None:
        """Keep the next episode from starting by itself while a panel or its card is in use."""
        self._skipping.held = hold
        self._skipping.note_input()
        if self._state.value.phase.loaded:
            self._update(next_up=self._next_up())

    def skip_segment(self) -> None:
        """Jump to the end of the active or announced skip range, or behind the credits.

        Elsewhere as far ahead as the settings say, which is nowhere unless they are changed.
        """
        self._skipping.note_input()
        card = self._state.value.next_up
        if isinstance(self._step_skips(PromptEvent.SKIP), JumpTo):
            return
        player, step = self._state.value.player, self._settings().playback.skip.step
        if card is not None and card.after_credits is not None:
            self._mark_undo(player.position)
            self._seek(card.after_credits)
        elif step and player.has_picture:
            super().seek_by(float(step))

    def dismiss_prompt(self) -> None:
        """Hide the skip prompt, or with none in sight the next-episode card, for good."""
        self._skipping.note_input()
        prompt = self._state.value.prompt
        if prompt is None or not prompt.visible:
            self.dismiss_next_episode()
        self._step_skips(PromptEvent.DISMISS)

    def dismiss_next_episode(self) -> None:
        """Hide the next-episode card for good: nothing starts by itself at the end."""
        if self._state.value.next_up is not None:
            self._skipping.next_dismissed = True
            self._update(next_up=None)

    def stop_after_episode(self, on: bool) -> None:
        """Let nothing follow by itself when this episode ends, or let it again."""
        self._skipping.note_input()
        self._skipping.stop_after = on
        self._update(stop_after=on)
        if self._state.value.phase.loaded:
            self._update(next_up=self._next_up())
        self._notify(NoticeCode.STOP_AFTER, float(on))

    def toggle_pause(self) -> None:
        """Pause or go on."""
        self._skipping.note_input()
        super().toggle_pause()

    def change_volume(self, by: float) -> None:
        """Change the volume and show it."""
        self._skipping.note_input()
        super().change_volume(by)

    def undo(self) -> None:
        """Go back to before the last skip or jump."""
        action = self._step_skips(PromptEvent.UNDO)
        if isinstance(action, JumpBack):
            self._undo = None
            self._update(can_undo=False)
            self._seek(action.position)
            self._notify(NoticeCode.UNDONE, action.position)
            self._note_undo(action.range)
        else:
            super().undo()

    def seek_by(self, seconds: float) -> None:
        """Jump relative; a pending automatic skip is cancelled."""
        self._skipping.note_input()
        self._step_skips(PromptEvent.INPUT)
        super().seek_by(seconds)

    def show_controls(self, shown: bool) -> None:
        """Tell the session that controls are shown: a hidden prompt comes back with them."""
        self._skipping.controls_shown = shown
        self._lift_subtitles(lifted=shown)
        if shown:
            self._skipping.note_input()
        if self._state.value.phase.loaded:
            self._step_skips(PromptEvent.INPUT if shown else PromptEvent.TICK)
