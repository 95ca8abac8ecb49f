"""A session's ground, and the commands that move about in what is loaded."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from novastream_desktop.playback.state import Notice, NoticeCode, SessionState
from novastream_desktop.player.base import Player, TrackKind
from novastream_desktop.runtime import Clock, Observable
from novastream_desktop.settings import Settings

SEEK_DELAY = 0.15
"""Seconds after the last press before the sum of repeated seeks is carried out."""
UNDO_GRACE = 10.0
"""Seconds in which U goes back after a jump."""
LEAST_LOOP = 0.2
"""Seconds: a shorter A-B loop would only stutter."""
END_MARGIN = 1.0
"""Nothing jumps closer to the end than this: the end is reached by playing."""


class Moving:
    """Holds the state and the player; commands that jump."""

    def __init__(self, *, clock: Clock, settings: Callable[[], Settings], pictures: Path) -> None:
        self._clock = clock
        self._settings = settings
        self._pictures = pictures
        self._state = Observable(SessionState())
        self._player: Player | None = None
        self._undo: tuple[float, float] | None = None
        self._undo_timer: asyncio.TimerHandle | None = None
        self._sought: float | None = None
        self._seek_from = 0.0
        self._seek_timer: asyncio.TimerHandle | None = None

    @property
    def state(self) -> Observable[SessionState]:
        """The newest state."""
        return self._state

    def _update(self, **changes: Any) -> None:
        self._state.set(replace(self._state.value, **changes))

    def _notify(self, code: NoticeCode, amount: float = 0.0, **more: Any) -> None:
        last = self._state.value.notice
        number = last.number + 1 if last else 1
        self._update(notice=Notice(code, number, amount, **more))

    # -- moving --------------------------------------------------------------------------------

    def toggle_pause(self) -> None:
        """Pause or go on."""
        if self._player is not None:
            self._player.set_paused(not self._state.value.player.paused)

    def seek_by(self, seconds: float) -> None:
        """Jump relative; repeated presses add up and are carried out together."""
        position = self._state.value.player.position
        if self._sought is None:
            self._seek_from = position
        self._sought = self._within((position if self._sought is None else self._sought) + seconds)
        self._notify(NoticeCode.SEEK, self._sought - self._seek_from)
        if self._seek_timer is not None:
            self._seek_timer.cancel()
        self._seek_timer = asyncio.get_running_loop().call_later(SEEK_DELAY, self._seek_now)

    def _seek_now(self) -> None:
        target, self._sought, self._seek_timer = self._sought, None, None
        if target is not None:
            self._mark_undo(self._seek_from)
            self._seek(target)

    def _drop_pending_seek(self) -> None:
        if self._seek_timer is not None:
            self._seek_timer.cancel()
        self._sought, self._seek_timer = None, None

    def seek_to(self, position: float) -> None:
        """Jump to a position in seconds; U goes back."""
        player = self._state.value.player
        if self._player is None or not player.has_picture:
            return
        self._mark_undo(player.position)
        self._seek(self._within(position))

    def seek_fraction(self, fraction: float) -> None:
        """Jump to a share of the duration, 0 to 1."""
        duration = self._state.value.player.duration
        if duration > 0:
            self.seek_to(min(1.0, max(0.0, fraction)) * duration)

    def step_chapter(self, direction: int) -> None:
        """Go to the next (1) or previous (-1) chapter."""
        player = self._state.value.player
        starts = [c.start for c in player.chapters]
        if direction > 0:
            target = next((s for s in starts if s > player.position + 0.5), None)
        else:
            target = next((s for s in reversed(starts) if s < player.position - 2.0), 0.0)
        if target is not None and starts:
            self.seek_to(target)

    def step_frame(self, direction: int) -> None:
        """Show the next (1) or previous (-1) frame and pause."""
        if self._player is not None:
            self._player.step_frame(back=direction < 0)

    def sub_seek(self, direction: int) -> None:
        """Jump to the next (1) or previous (-1) subtitle line; U goes back."""
        player = self._state.value.player
        if self._player is None or not player.has_picture:
            return
        if not any(t.selected for t in player.tracks_of(TrackKind.SUBTITLE)):
            self._notify(NoticeCode.SUBTITLE)
            return
        self._mark_undo(player.position)
        self._player.seek_subtitle(direction)

    def cycle_ab_loop(self) -> None:
        """Set the start of a loop here, then its end, then end the loop."""
        player = self._state.value.player
        if self._player is None or not player.has_picture:
            return
        start, end = next_loop(player.loop_from, player.loop_to, player.position)
        self._player.set_loop(start, end)
        if start is None:
            self._notify(NoticeCode.LOOP, detail="off")
        elif end is None:
            self._notify(NoticeCode.LOOP, start, detail="start")
        else:
            self._notify(NoticeCode.LOOP, end - start, detail="on")

    def _seek(self, target: float) -> None:
        if self._player is not None:
            self._player.seek(target)

    def _within(self, position: float) -> float:
        duration = self._state.value.player.duration
        end = max(0.0, duration - END_MARGIN) if duration > 0 else position
        return min(max(0.0, position), end)

    def _mark_undo(self, position: float) -> None:
        self._undo = (position, self._clock.monotonic())
        self._offer_undo()

    def _offer_undo(self) -> None:
        """Say that U goes back, until the grace has passed."""
        self._update(can_undo=True)
        if self._undo_timer is not None:
            self._undo_timer.cancel()
        self._undo_timer = asyncio.get_running_loop().call_later(
            UNDO_GRACE, lambda: self._update(can_undo=False)
        )

    def undo(self) -> None:
        """Go back to before the last skip or jump, within ten seconds of it."""
        marked, self._undo = self._undo, None
        self._update(can_undo=False)
        if marked is not None and self._clock.monotonic() - marked[1] <= UNDO_GRACE:
            self._seek(marked[0])
            self._notify(NoticeCode.UNDONE, marked[0])


def next_loop(
    start: float | None, end: float | None, position: float
) -> tuple[float | None, float | None]:
    """Return the loop after a press of its key: nothing, its start, both ends, nothing.

    An end before the start makes a loop of the two the right way round; one at the start is
    none yet.
    """
    if start is None:
        return position, None
    if end is not None:
        return None, None
    if abs(position - start) < LEAST_LOOP:
        return start, None
    return min(start, position), max(start, position)
