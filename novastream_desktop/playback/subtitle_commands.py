"""What a front end may ask of a session about its subtitles, beyond selecting a track."""

from __future__ import annotations

from typing import Protocol


class SubtitleCommands(Protocol):
    """Part of `PlaybackCommands`: called on the service loop, never raising."""

    def add_subtitle_file(self, path: str) -> None:
        """Show a subtitle file of this machine; a choice by hand."""
        ...

    def choose_subtitle(self, url: str) -> None:
        """Show one of `state.subtitles`, fetching it first if needed; a choice by hand."""
        ...

    def set_subtitle_encoding(self, encoding: str | None) -> None:
        """Read what is shown anew in an encoding, None for the likeliest; remembered for it."""
        ...

    def set_subtitle_speed(self, speed: float) -> None:
        """Stretch the times of what is shown, such as by 25/24; what is shown now stays."""
        ...

    def select_second_subtitle(self, track_id: int | None) -> None:
        """Show a second track of the player above the selected one, or none."""
        ...

    def sync_subtitles(self) -> None:
        """Fit the times of what is shown to the sound; `state.subtitle_sync` says how far it is.

        Again while it runs: stop it.
        """
        ...
