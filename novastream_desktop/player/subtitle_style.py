"""How subtitles look and when their lines come, for players that can change it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, runtime_checkable


@dataclass(frozen=True, slots=True)
class SubtitleStyle:
    """The look of text subtitles; those with a styling of their own (ASS) keep it.

    Colours are `#RRGGBB` or `#AARRGGBB`; `size` and `outline` in pixels of a picture 720 high.

    Attributes:
        box: a dark box behind the text in place of its outline.
        position: in per cent of the picture's height; 100 is where subtitles belong.
    """

    font: str = "Noto Sans"
    size: float = 44.0
    bold: bool = False
    colour: str = "#FFFFFF"
    outline_colour: str = "#000000"
    outline: float = 2.5
    box: bool = False
    position: int = 100


@runtime_checkable
class ShapesSubtitles(Protocol):
    """A player whose subtitles can be styled, sped up, shown two at a time and removed."""

    def set_subtitle_style(self, style: SubtitleStyle) -> None:
        """Change the look of text subtitles."""
        ...

    def set_subtitle_speed(self, speed: float) -> None:
        """Stretch the times of subtitles; 1.0 leaves them."""
        ...

    def select_second_subtitle(self, track_id: int | None) -> None:
        """Show a second subtitle track above the selected one, or none."""
        ...

    def remove_subtitle(self, track_id: int) -> None:
        """Remove a track that was added."""
        ...
