"""The plain commands of a session: seeking, sound, speed and tracks of what is loaded."""

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
END_MARGIN = 1.0
"""Nothing jumps closer to the end than this: the end is reached by playing."""


class PlayerControls:
    """Commands that need the player only; `PlaybackSession` adds titles and sources."""

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
        self._last_subtitle: int | None = None
        self._scale = 1.0

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

    # -- sound and speed -----------------------------------------------------------------------

    def set_volume(self, volume: float) -> None:
        """Set the volume, 0 to 100."""
        if self._player is not None:
            self._player.set_volume(volume)

    def change_volume(self, by: float) -> None:
        """Change the volume and show it."""
        volume = min(100.0, max(0.0, self._state.value.player.volume + by))
        self.set_volume(volume)
        self._notify(NoticeCode.VOLUME, volume)

    def toggle_mute(self) -> None:
        """Switch sound off or on."""
        muted = not self._state.value.player.muted
        if self._player is not None:
            self._player.set_muted(muted)
        self._notify(NoticeCode.VOLUME, 0.0 if muted else self._state.value.player.volume)

    def set_speed(self, speed: float) -> None:
        """Set the speed; 1.0 is normal."""
        speed = min(4.0, max(0.25, round(speed, 2)))
        if self._player is not None:
            self._player.set_speed(speed)
        self._notify(NoticeCode.SPEED, speed)

    def change_speed(self, by: float) -> None:
        """Change the speed and show it."""
        self.set_speed(self._state.value.player.speed + by)

    # -- tracks --------------------------------------------------------------------------------

    def select_subtitle(self, track_id: int | None) -> None:
        """Select a subtitle track of the player, or none."""
        tracks = self._state.value.player.tracks_of(TrackKind.SUBTITLE)
        track = next((t for t in tracks if t.id == track_id), None)
        if self._player is None or (track_id is not None and track is None):
            return
        if track is not None:
            self._last_subtitle = track.id
        self._player.select_track(TrackKind.SUBTITLE, track_id)
        self._notify(NoticeCode.SUBTITLE, detail=(track.title or track.lang) if track else "")

    def toggle_subtitles(self) -> None:
        """Switch subtitles off, or the last one on again."""
        tracks = self._state.value.player.tracks_of(TrackKind.SUBTITLE)
        if any(t.selected for t in tracks):
            self.select_subtitle(None)
        elif tracks:
            ids = [t.id for t in tracks]
            self.select_subtitle(self._last_subtitle if self._last_subtitle in ids else ids[0])

    def cycle_subtitle(self) -> None:
        """Select the next subtitle track; after the last one, none."""
        tracks = self._state.value.player.tracks_of(TrackKind.SUBTITLE)
        index = next((i for i, t in enumerate(tracks) if t.selected), -1) + 1
        if tracks:
            self.select_subtitle(tracks[index].id if index < len(tracks) else None)

    def change_subtitle_delay(self, seconds: float | None) -> None:
        """Shift subtitles by seconds; None resets."""
        now = self._state.value.player.subtitle_delay
        delay = 0.0 if seconds is None else round(now + seconds, 3)
        if self._player is not None:
            self._player.set_subtitle_delay(delay)
        self._notify(NoticeCode.SUBTITLE_DELAY, delay * 1000)

    def change_subtitle_scale(self, by: float) -> None:
        """Make subtitles larger or smaller."""
        self._scale = min(3.0, max(0.4, round(self._scale + by, 2)))
        if self._player is not None:
            self._player.set_subtitle_scale(self._scale)

    def select_audio(self, track_id: int) -> None:
        """Select an audio track of the player."""
        tracks = self._state.value.player.tracks_of(TrackKind.AUDIO)
        track = next((t for t in tracks if t.id == track_id), None)
        if self._player is not None and track is not None:
            self._player.select_track(TrackKind.AUDIO, track_id)
            name = track.title or track.lang or f"{track.id}"
            self._notify(NoticeCode.AUDIO, detail=name)

    def cycle_audio(self) -> None:
        """Select the next audio track."""
        tracks = self._state.value.player.tracks_of(TrackKind.AUDIO)
        index = next((i for i, t in enumerate(tracks) if t.selected), -1) + 1
        if tracks:
            self.select_audio(tracks[index % len(tracks)].id)

    def screenshot(self, *, subtitles: bool = True) -> None:
        """Save the present frame in the pictures folder."""
        if self._player is None or not self._state.value.player.has_picture:
            return
        stamp = self._clock.now().strftime("%Y%m%d-%H%M%S")
        path = self._pictures / f"novastream-{stamp}.png"
        self._player.screenshot(str(path), subtitles=subtitles)
        self._notify(NoticeCode.SCREENSHOT, detail=str(path))
