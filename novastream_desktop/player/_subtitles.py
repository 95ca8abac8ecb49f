"""The look and timing of libmpv's subtitles."""

from __future__ import annotations

from abc import abstractmethod

from novastream_desktop.player.subtitle_style import SubtitleStyle

_BOX = "#B0000000"
_NO_BOX = "#00000000"


def mpv_style(style: SubtitleStyle) -> dict[str, str]:
    """Return mpv's options of a style. Pure."""
    return {
        "sub-font": style.font,
        "sub-font-size": f"{style.size:g}",
        "sub-bold": "yes" if style.bold else "no",
        "sub-color": style.colour,
        "sub-border-color": style.outline_colour,
        "sub-border-size": "0" if style.box else f"{style.outline:g}",
        "sub-back-color": _BOX if style.box else _NO_BOX,
        "sub-shadow-offset": "4" if style.box else "0",
        "sub-pos": f"{style.position}",
    }


class MpvSubtitles:
    """Implements `ShapesSubtitles`."""

    @abstractmethod
    def _set(self, name: str, value: str) -> None:
        """Set a property."""

    @abstractmethod
    def _command(self, *arguments: object) -> None:
        """Give a command."""

    def set_subtitle_style(self, style: SubtitleStyle) -> None:
        """See `ShapesSubtitles`."""
        for name, value in mpv_style(style).items():
            self._set(name, value)

    def set_subtitle_speed(self, speed: float) -> None:
        """See `ShapesSubtitles`."""
        self._set("sub-speed", f"{min(10.0, max(0.1, speed)):.6f}")

    def select_second_subtitle(self, track_id: int | None) -> None:
        """See `ShapesSubtitles`."""
        self._set("secondary-sid", "no" if track_id is None else str(track_id))

    def remove_subtitle(self, track_id: int) -> None:
        """See `ShapesSubtitles`."""
        self._command("sub-remove", str(track_id))
