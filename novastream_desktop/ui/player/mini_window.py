"""The mini player: the window itself, small and on top, in the lower right corner of the screen.

The video lies in the window's own framebuffer, so that it cannot move to another window.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication, QWindow

WIDTH, MARGIN = 420, 24
LEAST_WIDTH, MOST_SHARE = 240, 0.6
_USUAL, _USUAL_SHAPE = QSize(1280, 720), 16 / 9
_LARGE = frozenset({QWindow.Visibility.FullScreen, QWindow.Visibility.Maximized})
_SHAPES = (0.5, 3.0)  # narrower or wider pictures get bars


def mini_size(width: float, aspect: float, screen: QSize) -> QSize:
    """Return the mini player's size for a picture of this shape (0: not known)."""
    shape = min(_SHAPES[1], max(_SHAPES[0], aspect or _USUAL_SHAPE))
    most = min(screen.width() * MOST_SHARE, screen.height() * MOST_SHARE * shape)
    wide = min(most, max(float(LEAST_WIDTH), width))
    return QSize(round(wide), round(wide / shape))


def mini_place(size: QSize, screen: QRect) -> QRect:
    """Return where the mini player goes on a screen's free area."""
    left = screen.left() + screen.width() - size.width() - MARGIN
    top = screen.top() + screen.height() - size.height() - MARGIN
    return QRect(max(screen.left(), left), max(screen.top(), top), size.width(), size.height())


def usual_place(screen: QRect) -> QRect:
    """Return where a window of the usual size goes on a screen's free area."""
    size = _USUAL.boundedTo(screen.size())
    place = QRect(0, 0, size.width(), size.height())
    place.moveCenter(screen.center())
    return place


@dataclass(frozen=True, slots=True)
class _Before:
    geometry: QRect
    visibility: QWindow.Visibility
    least: QSize


class MiniWindow:
    """Make a window the mini player and back.

    On Wayland a window can neither place itself nor stay on top: there it is only small.
    """

    def __init__(self, window: QWindow) -> None:
        self._window = window
        self._before: _Before | None = None
        self._shape = _USUAL_SHAPE

    @property
    def active(self) -> bool:
        """Whether the window is the mini player."""
        return self._before is not None

    @property
    def on_top(self) -> bool:
        """Whether the window stays above all others."""
        return bool(self._window.flags() & Qt.WindowType.WindowStaysOnTopHint)

    def set_on_top(self, on: bool) -> None:
        """Keep the window above all others, or no more."""
        self._window.setFlag(Qt.WindowType.WindowStaysOnTopHint, on)

    def enter(self, aspect: float) -> None:
        """Become small; on top, as one expects of it."""
        window, screen = self._window, self._screen()
        normal, visibility = window.geometry(), window.visibility()
        if visibility in _LARGE:
            normal = usual_place(screen)  # what it was before that, only the desktop knows
            window.showNormal()
        self._before = _Before(normal, visibility, window.minimumSize())
        self._shape = aspect or _USUAL_SHAPE
        size = mini_size(WIDTH, self._shape, screen.size())
        window.setMinimumSize(QSize(LEAST_WIDTH // 2, LEAST_WIDTH // 4))
        window.setFlag(Qt.WindowType.FramelessWindowHint, on=True)
        self.set_on_top(True)
        window.setGeometry(mini_place(size, screen))

    def leave(self) -> None:
        """Become what it was."""
        before, self._before = self._before, None
        if before is None:
            return
        window = self._window
        self.set_on_top(False)
        window.setFlag(Qt.WindowType.FramelessWindowHint, on=False)
        window.setMinimumSize(before.least)
        window.setGeometry(before.geometry)
        if before.visibility is QWindow.Visibility.Maximized:
            window.showMaximized()
        elif before.visibility is QWindow.Visibility.FullScreen:
            window.showFullScreen()

    def resize(self, width: float) -> None:
        """Take another width; the shape and the right lower corner stay."""
        if self._before is None:
            return
        now = self._window.geometry()
        size = mini_size(width, self._shape, self._screen().size())
        left, top = now.x() + now.width() - size.width(), now.y() + now.height() - size.height()
        self._window.setGeometry(QRect(left, top, size.width(), size.height()))

    def _screen(self) -> QRect:
        """Return the free area of the window's screen.

        Not by `QWindow.screen`: PySide takes the screen for the window's child and deletes it too.
        """
        here = QGuiApplication.screenAt(self._window.geometry().center())
        return (here or QGuiApplication.primaryScreen()).availableGeometry()
