"""The subtitle commands of a session."""

from __future__ import annotations

from novastream_desktop.playback._companions import Companions
from novastream_desktop.playback._controls import PlayerControls
from novastream_desktop.playback.state import NoticeCode
from novastream_desktop.player.base import TrackKind
from novastream_desktop.player.subtitle_style import ShapesSubtitles


class SubtitleControls(PlayerControls):
    """Implements `SubtitleCommands`."""

    _companions: Companions

    def add_subtitle_file(self, path: str) -> None:
        """Show a subtitle file of this machine."""
        self._companions.add_file(path)

    def choose_subtitle(self, url: str) -> None:
        """Show one of `state.subtitles`, fetching it first if needed."""
        self._companions.choose(url)

    def set_subtitle_encoding(self, encoding: str | None) -> None:
        """Read what is shown anew in an encoding, None for the likeliest."""
        self._companions.set_encoding(encoding)

    def set_subtitle_speed(self, speed: float) -> None:
        """Stretch the times of what is shown."""
        if self._player is not None:
            self._companions.set_speed(min(1.5, max(0.5, speed)))

    def change_subtitle_delay(self, seconds: float | None) -> None:
        """Shift subtitles by seconds; None resets, their speed as well."""
        if seconds is None and self._player is not None:
            self._companions.reset_timing()
        super().change_subtitle_delay(seconds)

    def select_second_subtitle(self, track_id: int | None) -> None:
        """Show a second track above the selected one, or none."""
        tracks = self._state.value.player.tracks_of(TrackKind.SUBTITLE)
        track = next((t for t in tracks if t.id == track_id), None)
        if not isinstance(self._player, ShapesSubtitles) or (track_id and track is None):
            return
        self._player.select_second_subtitle(track_id)
        self._companions.learn_second(track)
        self._notify(NoticeCode.SUBTITLE, detail=(track.title or track.lang) if track else "")

    def sync_subtitles(self) -> None:
        """Fit the times of what is shown to the sound; again while it runs: stop it."""
        self._companions.sync()
