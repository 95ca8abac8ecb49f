"""The window as the player page uses it: the video below it, full screen and the mini player."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot
from PySide6.QtGui import QWindow
from PySide6.QtQuick import QQuickWindow

from novastream_desktop.player.base import RendersVideo
from novastream_desktop.ui.player.mini_window import MiniWindow
from novastream_desktop.ui.player.video_surface import VideoSurface


class Stage(QObject):
    """Hold the window and its surface once the page has one; remember wishes until then."""

    failed = Signal(str)
    """There can be no picture; a sentence."""
    fullscreenChanged = Signal()
    miniChanged = Signal()
    """The window became the mini player or itself again, or stays on top or no more."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window: QQuickWindow | None = None
        self._surface: VideoSurface | None = None
        self._mini: MiniWindow | None = None
        self._video: RendersVideo | None = None
        self._active = False
        self._own_fullscreen = False

    @property
    def frames_drawn(self) -> int:
        """How many frames were drawn."""
        return self._surface.frames_drawn if self._surface is not None else 0

    @property
    def fullscreen(self) -> bool:
        """Whether the window fills the screen."""
        return self._window is not None and (
            self._window.visibility() == QWindow.Visibility.FullScreen
        )

    @property
    def mini(self) -> bool:
        """Whether the window is the mini player."""
        return self._mini is not None and self._mini.active

    @property
    def on_top(self) -> bool:
        """Whether the window stays above all others."""
        return self._mini is not None and self._mini.on_top

    def set_window(self, window: QQuickWindow) -> None:
        """Draw into this window."""
        if window is self._window:
            return
        self.release()
        self._window = window
        self._mini = MiniWindow(window)
        self._surface = VideoSurface(window)
        self._surface.failed.connect(self.failed)
        window.visibilityChanged.connect(self.fullscreenChanged)
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.release)
        if self._video is not None:
            self._surface.attach(self._video)
        self._surface.set_active(self._active)

    def attach(self, video: RendersVideo) -> None:
        """Draw this player's frames."""
        self._video = video
        if self._surface is not None:
            self._surface.attach(video)

    def set_active(self, active: bool) -> None:
        """Begin or end drawing; what the player page made full screen ends with it."""
        self._active = active
        if self._surface is not None:
            self._surface.set_active(active)
        if not active:
            self.set_mini(False)
            self.set_on_top(False)
        if not active and self._own_fullscreen:
            self.set_fullscreen(False)

    def set_fullscreen(self, on: bool) -> None:
        """Fill the screen, or go back to a window."""
        if self._window is None or on == self.fullscreen:
            return
        self._own_fullscreen = on
        if on:
            self._window.showFullScreen()
        else:
            self._window.showNormal()

    def set_mini(self, on: bool, aspect: float = 0.0) -> None:
        """Make the window the mini player for a picture of this shape, or itself again."""
        if self._mini is None or on is self.mini:
            return
        if on:
            self._mini.enter(aspect)
        else:
            self._mini.leave()
        self.miniChanged.emit()

    def set_on_top(self, on: bool) -> None:
        """Keep the window above all others, or no more."""
        if self._mini is not None and on is not self.on_top:
            self._mini.set_on_top(on)
            self.miniChanged.emit()

    def resize_mini(self, width: float) -> None:
        """Give the mini player another width; its shape and its right lower corner stay."""
        if self._mini is not None:
            self._mini.resize(width)

    def come_forward(self) -> None:
        """Bring the window before the others."""
        if self._window is not None:
            self._window.raise_()
            self._window.requestActivate()

    @Slot()
    def release(self) -> None:
        """Free the renderer for good."""
        if self._surface is not None:
            self._surface.release()
            self._surface = None
