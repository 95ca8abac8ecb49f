"""Where the window opens: where it was, if a screen is still there, else as large as is usual."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication

from novastream_desktop.runtime.files import replace_file

if TYPE_CHECKING:
    from PySide6.QtQuick import QQuickWindow

USUAL = (1280, 720)
"""Points of a window that nobody has resized."""

SHOWN = (120, 40)
"""So much of the window's upper edge must lie on a screen for it to be caught with a pointer."""

_FARTHEST = 100_000
"""Points; no screen reaches that far."""


class Place(NamedTuple):
    """A window's place in points; `large` is whether it was maximised."""

    x: int
    y: int
    width: int
    height: int
    large: bool = False


def first_place(kept: Place | None, screens: Sequence[QRect]) -> Place:
    """Return where the window opens.

    Args:
        kept: where it was when it was closed, if that is known.
        screens: the free areas of the screens, the main one first; at least one.
    """
    if kept is not None:
        grip = QRect(kept.x, kept.y, kept.width, min(kept.height, SHOWN[1]))
        for screen in screens:
            seen = screen.intersected(grip)
            if seen.width() >= SHOWN[0] and seen.height() >= SHOWN[1] // 2:
                width, height = _within(screen, kept.width, kept.height)
                x = kept.x if width == kept.width else screen.x()
                y = kept.y if height == kept.height else screen.y()
                return Place(x, y, width, height, kept.large)
    main = screens[0]
    width, height = _within(main, *USUAL)
    x, y = main.x() + (main.width() - width) // 2, main.y() + (main.height() - height) // 2
    return Place(x, y, width, height)


def _within(screen: QRect, width: int, height: int) -> tuple[int, int]:
    return min(width, screen.width()), min(height, screen.height())


def free_areas() -> tuple[QRect, ...]:
    """Return the free areas of the screens, the main one first."""
    main = QGuiApplication.primaryScreen()
    others = (screen for screen in QGuiApplication.screens() if screen != main)
    return tuple(screen.availableGeometry() for screen in (main, *others))


def read_place(file: Path) -> Place | None:
    """Return what was kept; None if there is nothing or it makes no sense."""
    try:
        found = json.loads(file.read_text("utf-8"))
        x, y, width, height = (int(found[name]) for name in Place._fields[:4])
        place = Place(x, y, width, height, bool(found["large"]))
    except (OSError, ValueError, TypeError, KeyError, OverflowError):
        return None
    sane = all(abs(number) < _FARTHEST for number in place[:4])
    return place if sane and place.width > 0 and place.height > 0 else None


def write_place(file: Path, place: Place) -> None:
    """Keep a place; a disk that takes nothing costs only that."""
    with contextlib.suppress(OSError):
        replace_file(file, json.dumps(place._asdict()))


class KeptPlace:
    """Remembers where a window is while it is neither maximised, full screen nor a mini player.

    Args:
        window: the window, on its first place.
        place: that place.
        file: where it is kept.
    """

    def __init__(self, window: QQuickWindow, place: Place, file: Path) -> None:
        self._window, self._place, self._file = window, place, file
        for changed in (
            window.xChanged,
            window.yChanged,
            window.widthChanged,
            window.heightChanged,
            window.visibilityChanged,
        ):
            changed.connect(self._look)

    def keep(self) -> None:
        """Write it down."""
        write_place(self._file, self._place)

    def _look(self, *_: object) -> None:
        window = self._window
        if window.flags() & window.flags().FramelessWindowHint:
            return
        if window.visibility() is window.Visibility.Windowed:
            now = window.geometry()
            self._place = Place(now.x(), now.y(), now.width(), now.height())
        elif window.visibility() is window.Visibility.Maximized:
            self._place = self._place._replace(large=True)
