"""The video, drawn by the player under the QML scene, straight into the window's framebuffer."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QOpenGLContext
from PySide6.QtQuick import QQuickWindow

from novastream_desktop.errors import PlayerUnavailable
from novastream_desktop.player.base import RendersVideo, VideoRenderer

#: Depth, scissor, cull, blend and stencil tests: left on, they throw the player's drawing away.
_TESTS_OF_QT = (0x0B71, 0x0C11, 0x0B44, 0x0BE2, 0x0B90)


class VideoSurface(QObject):
    """Draw a player's frames below everything else in a window.

    Needs the OpenGL scene graph on the basic render loop: the threaded one deadlocks with
    Python. Nothing runs for it while it is not active. Used on the GUI thread only.

    Args:
        window: the window; it must outlive the surface's `release`.
    """

    failed = Signal(str)
    """The renderer could not be made; a sentence."""

    _waits = Signal()

    def __init__(self, window: QQuickWindow, parent: QObject | None = None) -> None:
        super().__init__(parent or window)
        self._window = window
        self._player: RendersVideo | None = None
        self._renderer: VideoRenderer | None = None
        self._context: QOpenGLContext | None = None
        self._functions: Any = None
        self._active = False
        self._released = False
        self.frames_drawn = 0
        self._waits.connect(window.update, Qt.ConnectionType.QueuedConnection)
        window.sceneGraphInvalidated.connect(self.release, Qt.ConnectionType.DirectConnection)

    @property
    def active(self) -> bool:
        """Whether frames are drawn."""
        return self._active

    def attach(self, player: RendersVideo) -> None:
        """Draw this player from now on; its renderer is made with the next frame."""
        if player is self._player:
            return
        self._free()
        self._player = player
        if self._active:
            self._window.update()

    def set_active(self, active: bool) -> None:
        """Begin or end drawing. A window that is only browsed costs nothing."""
        if active == self._active or self._released:
            return
        self._active = active
        if active:
            self._window.beforeRenderPassRecording.connect(
                self._draw, Qt.ConnectionType.DirectConnection
            )
        else:
            self._window.beforeRenderPassRecording.disconnect(self._draw)
        self._window.update()

    @Slot()
    def release(self) -> None:
        """Free the renderer for good. Call it before the player closes, then the window."""
        if self._released:
            return
        self.set_active(False)
        self._released = True
        self._free()

    def _free(self) -> None:
        renderer, self._renderer = self._renderer, None
        if renderer is None:
            return
        context = self._context
        if context is not None and QOpenGLContext.currentContext() is None:
            context.makeCurrent(self._window)
        renderer.free()

    @Slot()
    def _draw(self) -> None:
        if self._renderer is None:
            self._create_renderer()
            return
        window, context = self._window, QOpenGLContext.currentContext()
        if context is None:
            return
        window.beginExternalCommands()
        for test in _TESTS_OF_QT:
            self._functions.glDisable(test)
        self._functions.glColorMask(1, 1, 1, 1)
        ratio = window.effectiveDevicePixelRatio()
        self._renderer.render(
            context.defaultFramebufferObject(),
            round(window.width() * ratio),
            round(window.height() * ratio),
        )
        window.endExternalCommands()
        self.frames_drawn += 1

    def _create_renderer(self) -> None:
        context = QOpenGLContext.currentContext()
        if self._player is None or context is None:
            return
        self._context, self._functions = context, context.functions()
        try:
            self._renderer = self._player.create_renderer(_address, self._waits.emit)
        except PlayerUnavailable as error:
            self._player = None
            self.failed.emit(error.sentence())
            return
        self._waits.emit()


def _address(name: bytes) -> int:
    context = QOpenGLContext.currentContext()
    return int(context.getProcAddress(name) or 0) if context is not None else 0
