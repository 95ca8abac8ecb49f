"""What a front end may ask of a playback session."""

from __future__ import annotations

from typing import Protocol

from novastream_desktop.playback.state import SessionState
from novastream_desktop.playback.subtitle_commands import SubtitleCommands
from novastream_desktop.runtime import Observable


class PlaybackCommands(SubtitleCommands, Protocol):
    """Commands of `PlaybackSession`, called on the service loop; they never raise.

    What became of a command shows in `state`. The window, the HTTP API and tests all drive
    playback through this.
    """

    @property
    def state(self) -> Observable[SessionState]:
        """The newest state."""
        ...

    def open_title(
        self, content_id: str, *, episode_id: str | None = None, from_start: bool = False
    ) -> None:
        """Play a title; without an episode: its resume point, else its first unwatched one."""
        ...

    def open_target(self, target: str) -> None:
        """Play a file path, URL, magnet, `.torrent` or content id."""
        ...

    def toggle_pause(self) -> None:
        """Pause or go on."""
        ...

    def seek_by(self, seconds: float) -> None:
        """Jump relative; repeated presses add up."""
        ...

    def seek_to(self, position: float) -> None:
        """Jump to a position in seconds."""
        ...

    def seek_fraction(self, fraction: float) -> None:
        """Jump to a share of the duration, 0 to 1."""
        ...

    def step_chapter(self, direction: int) -> None:
        """Go to the next (1) or previous (-1) chapter."""
        ...

    def step_frame(self, direction: int) -> None:
        """Show the next (1) or previous (-1) frame and pause."""
        ...

    def skip_segment(self) -> None:
        """Jump to the end of the active or announced skip range; else do nothing."""
        ...

    def change_skip_offset(self, by: float | None) -> None:
        """Shift this show's skip ranges by seconds, None: not at all."""
        ...

    def keep_skips_quiet(self, quiet: bool) -> None:
        """Never skip by itself in this show, or as the settings say again."""
        ...

    def report_skip(self, kind: str, origin: str, wrong: bool) -> None:
        """Say that this episode's ranges of a kind and origin are wrong, or that they are not.

        Its origin is told where it takes such reports: AniSkip gets a vote against the range.
        """
        ...

    def dismiss_next_episode(self) -> None:
        """Hide the next-episode card for good: nothing starts by itself at the end."""
        ...

    def stop_after_episode(self, on: bool) -> None:
        """Let nothing follow by itself when this episode ends, or let it again."""
        ...

    def dismiss_prompt(self) -> None:
        """Hide the skip prompt or next-episode card for good."""
        ...

    def undo(self) -> None:
        """Go back to before the last skip or jump."""
        ...

    def hold_next_episode(self, hold: bool) -> None:
        """Keep the next episode from starting by itself while a panel or its card is in use."""
        ...

    def next_episode(self) -> None:
        """Play the next episode."""
        ...

    def previous_episode(self) -> None:
        """Play the previous episode."""
        ...

    def play_episode(self, episode_id: str) -> None:
        """Play another episode of this title."""
        ...

    def choose_source(self, index: int) -> None:
        """Go on with another of `state.sources` at the same second."""
        ...

    def next_source(self) -> None:
        """Go on with the next source at the same second: this one is bad."""
        ...

    def ask_file(self) -> None:
        """Ask in `state.question` which file of the torrent that plays is meant."""
        ...

    def choose_file(self, index: int | None) -> None:
        """Answer `state.question`: a file's index, None: none of them, or all is well."""
        ...

    def set_volume(self, volume: float) -> None:
        """Set the volume, 0 to 150 (above 100 it is amplified, with a limiter)."""
        ...

    def change_volume(self, by: float) -> None:
        """Change the volume and show it."""
        ...

    def toggle_mute(self) -> None:
        """Switch sound off or on."""
        ...

    def set_speed(self, speed: float) -> None:
        """Set the speed; 1.0 is normal."""
        ...

    def change_speed(self, by: float) -> None:
        """Change the speed and show it."""
        ...

    def hold_speed(self, on: bool) -> None:
        """Play at twice the speed while a key or button is held."""
        ...

    def cycle_ab_loop(self) -> None:
        """Set the start of a loop here, then its end, then end the loop."""
        ...

    def toggle_fit(self) -> None:
        """Show all of the picture, fill the window with it, or stretch it; in turn."""
        ...

    def watch_statistics(self, on: bool) -> None:
        """Begin or end to measure `state.player.statistics`."""
        ...

    def select_subtitle(self, track_id: int | None) -> None:
        """Select a subtitle track of the player, or none."""
        ...

    def toggle_subtitles(self) -> None:
        """Switch subtitles off, or the last one on again."""
        ...

    def cycle_subtitle(self) -> None:
        """Select the next subtitle track."""
        ...

    def change_subtitle_delay(self, seconds: float | None) -> None:
        """Shift subtitles by seconds; None resets."""
        ...

    def change_subtitle_scale(self, by: float) -> None:
        """Make subtitles larger or smaller."""
        ...

    def change_subtitle_position(self, by: float) -> None:
        """Move subtitles down (or up when negative), in per cent of the picture's height."""
        ...

    def tap_subtitle_sync(self) -> None:
        """First "I heard it", then "I saw it": shift subtitles by what lies between."""
        ...

    def sub_seek(self, direction: int) -> None:
        """Jump to the next (1) or previous (-1) subtitle line."""
        ...

    def select_audio(self, track_id: int) -> None:
        """Select an audio track of the player."""
        ...

    def cycle_audio(self) -> None:
        """Select the next audio track."""
        ...

    def screenshot(self, *, subtitles: bool = True) -> None:
        """Save the present frame in the pictures folder."""
        ...

    def show_controls(self, shown: bool) -> None:
        """Tell the session that controls are shown: a hidden prompt comes back with them."""
        ...

    def close_title(self) -> None:
        """Stop, save the position and go back to IDLE."""
        ...
