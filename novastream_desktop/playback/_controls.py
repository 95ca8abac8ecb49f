"""The plain commands of a session: sound, speed, picture and tracks of what is loaded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from novastream_desktop.playback._moving import UNDO_GRACE, Moving
from novastream_desktop.playback.state import NoticeCode
from novastream_desktop.player.base import Fit, PlayerPhase, Track, TrackKind
from novastream_desktop.runtime import Clock
from novastream_desktop.settings import Settings

__all__ = ["UNDO_GRACE", "PlayerControls"]

MAX_VOLUME = 150.0
ABOVE_CONTROLS = 81.0
"""Per cent of the picture's height: the controls take 160 of 720 px (ux 1)."""
HELD_SPEED = 2.0
TAP_GRACE = 30.0
"""Seconds after "I heard it" in which "I saw it" belongs to it."""
_SAME_RUN = 0.5  # s between clock and position: more, and somebody has jumped in between


@dataclass(frozen=True, slots=True)
class _Tap:
    """When, where and in what a line was heard; `rate`: seconds of video a second, 0 paused."""

    position: float
    at: float
    rate: float
    played: object


class PlayerControls(Moving):
    """Commands that need the player only; `PlaybackSession` adds titles and sources."""

    def __init__(self, *, clock: Clock, settings: Callable[[], Settings], pictures: Path) -> None:
        super().__init__(clock=clock, settings=settings, pictures=pictures)
        self._last_subtitle: int | None = None
        self._scale = 1.0
        self._moved = 0.0
        self._fit = Fit.FIT
        self._heard: _Tap | None = None
        self._unheld: tuple[float, bool] | None = None
        self._chosen: Callable[[TrackKind, Track | None], None] = lambda _kind, _track: None

    # -- sound and speed -----------------------------------------------------------------------

    def set_volume(self, volume: float) -> None:
        """Set the volume, 0 to 150 (above 100 it is amplified, with a limiter)."""
        if self._player is not None:
            self._player.set_volume(volume)

    def change_volume(self, by: float) -> None:
        """Change the volume and show it."""
        volume = min(MAX_VOLUME, max(0.0, self._state.value.player.volume + by))
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

    def hold_speed(self, on: bool) -> None:
        """Play at twice the speed while a key or button is held, also out of a pause."""
        player = self._state.value.player
        if self._player is None or on is (self._unheld is not None):
            return
        if on and player.has_picture:
            self._unheld = (player.speed, player.paused)
            self._player.set_speed(max(HELD_SPEED, player.speed))
            self._player.set_paused(False)
            self._notify(NoticeCode.HELD, max(HELD_SPEED, player.speed))
        elif self._unheld is not None:
            (speed, paused), self._unheld = self._unheld, None
            self._player.set_speed(speed)
            self._player.set_paused(paused)
            self._notify(NoticeCode.SPEED, speed)

    # -- picture -------------------------------------------------------------------------------

    def toggle_fit(self) -> None:
        """Show all of the picture, fill the window with it, or stretch it; in turn."""
        if self._player is None:
            return
        fits = list(Fit)
        self._fit = fits[(fits.index(self._fit) + 1) % len(fits)]
        self._player.set_fit(self._fit)
        self._notify(NoticeCode.FIT, detail=self._fit.value)

    def watch_statistics(self, on: bool) -> None:
        """Begin or end to measure `state.player.statistics`."""
        if self._player is not None:
            self._player.watch_statistics(on)

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
        self._chosen(TrackKind.SUBTITLE, track)
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

    @property
    def _height(self) -> float:
        """Where subtitles are: as the style says, and moved from there."""
        return min(110.0, max(0.0, self._settings().subtitles.style.position + self._moved))

    def change_subtitle_position(self, by: float) -> None:
        """Move subtitles down (or up when negative), in per cent of the picture's height."""
        base = self._settings().subtitles.style.position
        self._moved = min(110.0, max(0.0, self._height + by)) - base
        if self._player is not None:
            self._player.set_subtitle_position(self._height)
        self._notify(NoticeCode.SUBTITLE_POSITION, self._height)

    def _lift_subtitles(self, *, lifted: bool) -> None:
        """Keep subtitles above the controls while those are shown."""
        shown = self._state.value.player.tracks_of(TrackKind.SUBTITLE)
        if self._player is not None and any(t.selected for t in shown):
            height = min(self._height, ABOVE_CONTROLS) if lifted else self._height
            self._player.set_subtitle_position(height)

    def tap_subtitle_sync(self) -> None:
        """First "I heard it", then "I saw it": shift subtitles by what lies between.

        Somebody whose subtitles come too early jumps back between the two taps.
        """
        player = self._state.value.player
        if self._player is None or not player.has_picture:
            return
        if not any(t.selected for t in player.tracks_of(TrackKind.SUBTITLE)):
            self._notify(NoticeCode.SUBTITLE)
            return
        now, state = self._clock.monotonic(), self._state.value
        played = (state.content, state.episode)
        heard, self._heard = self._heard, None
        if heard is None or now - heard.at > TAP_GRACE or heard.played != played:
            rate = player.speed if player.phase is PlayerPhase.PLAYING else 0.0
            self._heard = _Tap(player.position, now, rate, played)
            self._notify(NoticeCode.SYNC_HEARD, TAP_GRACE)
            return
        between = player.position - heard.position
        by_clock = (now - heard.at) * heard.rate
        if abs(between - by_clock) < _SAME_RUN:  # the position is only told ten times a second
            between = by_clock
        self.change_subtitle_delay(-between)

    def select_audio(self, track_id: int) -> None:
        """Select an audio track of the player."""
        tracks = self._state.value.player.tracks_of(TrackKind.AUDIO)
        track = next((t for t in tracks if t.id == track_id), None)
        if self._player is not None and track is not None:
            self._player.select_track(TrackKind.AUDIO, track_id)
            self._chosen(TrackKind.AUDIO, track)
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
