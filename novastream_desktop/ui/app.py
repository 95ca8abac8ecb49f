"""The application object, the window, and their end."""

from __future__ import annotations

import locale
import logging
import os
import signal
import socket
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, QSocketNotifier, QTimer, Slot
from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication, QIcon
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow, QSGRendererInterface

from novastream_desktop import APP_ID, APP_NAME, __version__
from novastream_desktop.errors import BugError, EnvironmentUnusable
from novastream_desktop.paths import app_paths, resources_dir
from novastream_desktop.runtime import Observable, ServiceLoop
from novastream_desktop.ui.app_viewmodel import AppViewModel
from novastream_desktop.ui.icons import IconProvider
from novastream_desktop.ui.tasks import Tasks
from novastream_desktop.ui.watching import Watching

if TYPE_CHECKING:  # what it imports is not needed before the first frame
    from novastream_desktop.ui.backend import Backend

log = logging.getLogger(__name__)
#: Milliseconds to wait for rows from disk before the services are built without them.
ROWS_PATIENCE = 300


def run_app(
    backend: Backend,
    *,
    target: str | None = None,
    requests: Observable[tuple[int, str | None]] | None = None,
    painted: Callable[[], object] | None = None,
) -> int:
    """Show the window until it is closed.

    Args:
        backend: the program behind it; its loop runs and is stopped by the caller afterwards.
        target: what to play at once.
        requests: what later starts of the program hand over, a rising number and a target.
        painted: called when the first frame with rows is on the screen.

    Returns:
        The exit code.

    Raises:
        EnvironmentUnusable: there is no screen, or OpenGL cannot be used.
    """
    application = make_application()
    tasks = Tasks(backend.loop)
    viewmodel = AppViewModel(backend, tasks)
    engine = make_engine()
    window = load_main(engine, viewmodel)
    life = _Life(application, viewmodel, window)
    life.on_first_frame(lambda: _begin(backend, viewmodel, target, painted))
    if requests is not None:
        life.obey(backend.loop, requests)
    try:
        code = application.exec()
    finally:
        life.end()
        shiboken6.delete(engine)
    if life.trouble:
        raise EnvironmentUnusable(
            "The window cannot be drawn",
            why=life.trouble,
            hint="Install or repair the OpenGL driver; `novastream-desktop doctor` says more",
        )
    return code


def make_application() -> QGuiApplication:
    """Return the application object, set up for OpenGL on the basic render loop.

    Raises:
        EnvironmentUnusable: there is no screen.
    """
    existing = QGuiApplication.instance()
    if isinstance(existing, QGuiApplication):
        return existing
    if sys.platform == "linux" and not has_screen(os.environ):
        raise EnvironmentUnusable(
            "There is no screen to open a window on",
            why="neither WAYLAND_DISPLAY nor DISPLAY is set",
            hint="Start it from a desktop session, or use `novastream-desktop serve`",
        )
    os.environ["QSG_RENDER_LOOP"] = "basic"  # the threaded loop deadlocks with Python callbacks
    os.environ.setdefault("QML_DISK_CACHE_PATH", str(app_paths().cache / "qml"))
    QQuickWindow.setGraphicsApi(QSGRendererInterface.GraphicsApi.OpenGL)
    application = QGuiApplication(sys.argv[:1])
    locale.setlocale(locale.LC_NUMERIC, "C")  # libmpv crashes with a decimal comma
    application.setApplicationName("novastream")
    application.setApplicationDisplayName(APP_NAME)
    application.setApplicationVersion(__version__)
    application.setDesktopFileName(APP_ID)
    return application


def has_screen(environ: Mapping[str, str]) -> bool:
    """Say whether a window can be opened, as far as the environment tells."""
    return any(environ.get(n) for n in ("WAYLAND_DISPLAY", "DISPLAY", "QT_QPA_PLATFORM"))


def make_engine() -> QQmlApplicationEngine:
    """Return an engine that finds our modules, icons and fonts."""
    resources = resources_dir()
    _add_fonts(resources / "fonts")
    icons = resources / "icons"
    QGuiApplication.setWindowIcon(QIcon(str(icons / "app" / "novastream-128.png")))
    engine = QQmlApplicationEngine()
    engine.addImportPath(str(resources / "qml"))
    engine.addImageProvider("icon", IconProvider(icons))
    return engine


def load_main(engine: QQmlApplicationEngine, viewmodel: AppViewModel) -> QQuickWindow:
    """Load the window.

    Raises:
        BugError: the QML does not load; what Qt says stands on standard error.
    """
    engine.setInitialProperties({"app": viewmodel})
    engine.loadFromModule("NovaStream.App", "Main")
    window = next(iter(engine.rootObjects()), None)
    if not isinstance(window, QQuickWindow):
        raise BugError("NovaStream.App Main does not load")
    return window


def _add_fonts(folder: Path) -> None:
    for file in sorted(folder.glob("Inter-*.otf")):
        QFontDatabase.addApplicationFont(str(file))
    QGuiApplication.setFont(QFont("Inter"))


def _begin(
    backend: Backend,
    viewmodel: AppViewModel,
    target: str | None,
    painted: Callable[[], object] | None,
) -> None:
    if painted is not None:
        painted()
    backend.start_services()
    viewmodel.services_started()
    if target:
        viewmodel.playTarget(target)


class _Life(QObject):
    """The end of the window by its button, Ctrl+Q, a signal, or a driver that fails."""

    def __init__(
        self, application: QGuiApplication, viewmodel: AppViewModel, window: QQuickWindow
    ) -> None:
        super().__init__()
        self.trouble = ""
        self._viewmodel, self._window = viewmodel, window
        self._first: Callable[[], object] | None = None
        self._patience: QTimer | None = None
        self._requests: Watching | None = None
        viewmodel.quitRequested.connect(application.quit)
        application.aboutToQuit.connect(viewmodel.stop)
        window.requestActivate()  # without a window manager nobody else gives it the focus
        window.sceneGraphError.connect(self._failed)
        window.frameSwapped.connect(self._swapped)
        self._wake, self._woken = socket.socketpair()
        self._wake.setblocking(False)
        self._woken.setblocking(False)
        self._notifier = QSocketNotifier(self._woken.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(application.quit)
        self._old_fd = signal.set_wakeup_fd(self._wake.fileno())
        self._old = {s: signal.signal(s, _ignore) for s in (signal.SIGINT, signal.SIGTERM)}

    def on_first_frame(self, call: Callable[[], object]) -> None:
        """Call once the first frame with rows is on the screen, or soon if there are none."""
        self._first = call

    def obey(self, loop: ServiceLoop, requests: Observable[tuple[int, str | None]]) -> None:
        """Come to the front, and play what a later start of the program was given."""
        self._requests = Watching(loop, requests, self._asked, self)

    def end(self) -> None:
        """Give signals back and close the window."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._old_fd)
        for number, handler in self._old.items():
            signal.signal(number, handler)
        self._wake.close()
        self._woken.close()
        if self._requests is not None:
            self._requests.stop()
        self._window.close()

    @Slot()
    def _swapped(self) -> None:
        if self._viewmodel.has_rows:
            self._window.frameSwapped.disconnect(self._swapped)
            QTimer.singleShot(0, self._begin)
        elif self._patience is None:
            self._patience = QTimer(self, singleShot=True, interval=ROWS_PATIENCE)
            self._patience.timeout.connect(self._begin)
            self._patience.start()

    @Slot()
    def _begin(self) -> None:
        call, self._first = self._first, None
        if call is not None:
            call()

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
        self.trouble = message
        QGuiApplication.exit(1)


def _ignore(*_: object) -> None:
    """Let the wake-up descriptor tell Qt's loop instead."""
