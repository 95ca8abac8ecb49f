"""The life of the window: its first frame, what is attached to it then, and its end."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSocketNotifier, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickWindow

from novastream_desktop.errors import EnvironmentUnusable
from novastream_desktop.ui.app_viewmodel import AppViewModel

if TYPE_CHECKING:  # nothing of it is imported before the first frame
    from novastream_desktop.ui.backend import Backend, Building
    from novastream_desktop.ui.gamepad.gamepad import Gamepads
    from novastream_desktop.ui.watching import Watching


class Life(QObject):
    """Begin after the first frame; end by a button, Ctrl+Q, a signal, or a driver that fails.

    Args:
        application: what quits.
        viewmodel: what the program is attached to.
        window: what is painted.
        begin: builds the program behind the window on another thread.
        painted: called when the first frame with rows is on the screen.
    """

    _built = Signal()

    def __init__(
        self,
        application: QGuiApplication,
        viewmodel: AppViewModel,
        window: QQuickWindow,
        begin: Callable[[], Building],
        painted: Callable[[], object] | None,
    ) -> None:
        super().__init__()
        self.trouble: BaseException | None = None
        """Why the window had to go."""
        self._viewmodel, self._window = viewmodel, window
        self._begin: Callable[[], Building] | None = begin
        self._painted = painted
        self._building: Building | None = None
        self._requests: Watching | None = None
        self._gamepads: Gamepads | None = None
        self._built.connect(self._attach)  # queued: it is emitted on the thread that builds
        viewmodel.quitRequested.connect(application.quit)
        application.aboutToQuit.connect(viewmodel.stop)
        window.requestActivate()  # without a window manager nobody else gives it the focus
        window.sceneGraphError.connect(self._failed)
        window.frameSwapped.connect(self._swapped)
        self._woken, self._wake = os.pipe()
        os.set_blocking(self._wake, False)
        self._notifier = QSocketNotifier(self._woken, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(application.quit)
        self._old_fd = signal.set_wakeup_fd(self._wake)
        self._old = {s: signal.signal(s, _ignore) for s in (signal.SIGINT, signal.SIGTERM)}

    def end(self) -> None:
        """Give signals back and close the window."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._old_fd)
        for number, handler in self._old.items():
            signal.signal(number, handler)
        os.close(self._wake)
        os.close(self._woken)
        if self._requests is not None:
            self._requests.stop()
        if self._gamepads is not None:
            self._gamepads.stop()
        self._window.close()

    @Slot()
    def _swapped(self) -> None:
        if self._begin is not None:
            begin, self._begin = self._begin, None
            QTimer.singleShot(0, lambda: self._build(begin))
        if self._viewmodel.has_rows:
            self._window.frameSwapped.disconnect(self._swapped)
            if self._painted is not None:
                self._painted()

    def _build(self, begin: Callable[[], Building]) -> None:
        import locale  # noqa: PLC0415  (the window needs neither this nor what follows)

        locale.setlocale(locale.LC_NUMERIC, "C")  # libmpv crashes with a decimal comma
        self._building = begin()
        self._building.add_done_callback(lambda _: self._built.emit())

    @Slot()
    def _attach(self) -> None:
        from novastream_desktop.ui.tasks import Tasks  # noqa: PLC0415
        from novastream_desktop.ui.watching import Watching  # noqa: PLC0415

        assert self._building is not None
        if (error := self._building.exception()) is not None:
            self._leave(error)
            return
        backend = self._building.result()
        self._viewmodel.attach(backend, Tasks(backend.loop))
        backend.start_services()
        self._viewmodel.services_started()
        self._requests = Watching(backend.loop, backend.requests, self._asked, self)
        QTimer.singleShot(0, lambda: self._find_gamepads(backend))

    def _find_gamepads(self, backend: Backend) -> None:
        from novastream_desktop.ui.gamepad.app_target import AppTarget  # noqa: PLC0415
        from novastream_desktop.ui.gamepad.gamepad import Gamepads  # noqa: PLC0415

        target = AppTarget(self._viewmodel)
        self._gamepads = Gamepads(
            target, self._window, lambda: backend.settings.interface.gamepad, parent=self
        )

    def _asked(self, request: tuple[int, str | None]) -> None:
        number, target = request
        if not number:
            return
        self._window.show()
        self._window.raise_()
        self._window.requestActivate()
        if target:
            self._viewmodel.playTarget(target)

    @Slot(object, str)
    def _failed(self, _: object, message: str) -> None:
        self._leave(
            EnvironmentUnusable(
                "The window cannot be drawn",
                why=message,
                hint="Install or repair the OpenGL driver; `novastream-desktop doctor` says more",
            )
        )

    def _leave(self, trouble: BaseException) -> None:
        self.trouble = trouble
        QGuiApplication.exit(1)


def _ignore(*_: object) -> None:
    """Let the wake-up descriptor tell Qt's loop instead."""
