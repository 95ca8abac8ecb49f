"""The window as the player page uses it: the video below it, and full screen."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot
from PySide6.QtGui import QWindow
from PySide6.QtQuick import QQuickWindow

from novastream_desktop.player.base import RendersVideo
from novastream_desktop.ui.player.video_surface import VideoSurface


class Stage(QObject):
    """Hold the window and its surface once the page has one; remember wishes until then."""

    failed = Signal(str)
    """There can be no picture; a sentence."""
    fullscreenChanged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window: QQuickWindow | None = None
        self._surface: VideoSurface | None = None
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

    def set_window(self, window: QQuickWindow) -> None:
        """Draw into this window."""
        if window is self._window:
            return
        self.release()
        self._window = window
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

    @Slot()
    def release(self) -> None:
        """Free the renderer for good."""
        if self._surface is not None:
            self._surface.release()
            self._surface = None
