"""What the context menu of a title offers: pure."""

from __future__ import annotations

from dataclasses import dataclass

from novastream_desktop.models.library import TitleMarks


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One line of the menu; `id` is the action."""

    id: str
    label: str
    icon: str
    keys: str = ""


def menu_items(marks: TitleMarks, *, of_episode: bool = False) -> tuple[MenuItem, ...]:
    """Return the menu's lines.

    Args:
        marks: what is known of the title, or of the episode.
        of_episode: it is the menu of an episode.
    """
    lines = [MenuItem("play", "Resume" if marks.begun and not marks.watched else "Play", "play")]
    if marks.begun:
        lines.append(MenuItem("start", "Play from the start", "rotate-ccw"))
    if not of_episode or marks.going:
        lines.append(MenuItem("open", "Open its page", "info", "Enter"))
    if marks.saved:
        lines.append(MenuItem("library", "Remove from library", "bookmark-check", "L"))
    else:
        lines.append(MenuItem("library", "Add to library", "bookmark", "L"))
    if marks.watched:
        lines.append(MenuItem("watched", "Mark as not watched", "eye-off", "W"))
    else:
        lines.append(MenuItem("watched", "Mark as watched", "eye", "W"))
    if marks.going:
        lines.append(MenuItem("aside", "Remove from Continue watching", "x"))
    return tuple(lines)
