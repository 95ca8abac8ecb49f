"""The application object, the window, and their end."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication, QIcon, QWindow
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow, QSGRendererInterface

from novastream_desktop import APP_ID, APP_NAME, __version__
from novastream_desktop.errors import BugError, EnvironmentUnusable
from novastream_desktop.paths import app_paths, resources_dir
from novastream_desktop.runtime import offer_fonts
from novastream_desktop.ui.app_viewmodel import AppViewModel
from novastream_desktop.ui.home.painted import PaintedPage
from novastream_desktop.ui.icons import IconProvider
from novastream_desktop.ui.life import Life
from novastream_desktop.ui.window_place import (
    KeptPlace,
    Place,
    first_place,
    free_areas,
    read_place,
)

if TYPE_CHECKING:  # nothing of it is imported before the first frame
    from novastream_desktop.ui.backend import Building

_PLACE = ("x", "y", "width", "height")

SWITCH_INTERVAL = 0.0005
"""Seconds that a thread which is busy in Python keeps others waiting. A frame of video needs the
interpreter some three times; with Python's own 5 ms a busy service loop costs every fourth frame
at 24 a second (37 of 144 lost, 1 with this)."""


def run_app(
    page: PaintedPage,
    begin: Callable[[], Building],
    *,
    target: str | None = None,
    painted: Callable[[], object] | None = None,
) -> int:
    """Show the window until it is closed.

    Args:
        page: what the first frame shows.
        begin: called after the first frame; builds the program behind the window elsewhere.
            Its loop is stopped by the caller afterwards.
        target: what to play at once.
        painted: called when the first frame with rows is on the screen.

    Returns:
        The exit code.

    Raises:
        EnvironmentUnusable: there is no screen, or OpenGL cannot be used.
        Exception: whatever `begin` failed with.
    """
    application = make_application()
    viewmodel = AppViewModel(page)
    engine = make_engine()
    file = app_paths().data / "window.json"
    place = first_place(read_place(file), free_areas())
    window = load_main(engine, viewmodel, place)
    kept = KeptPlace(window, place, file)
    if target:
        viewmodel.playTarget(target)
    life = Life(application, viewmodel, window, begin, painted)
    try:
        code = application.exec()
    finally:
        kept.keep()
        life.end()
        shiboken6.delete(engine)
    if life.trouble is not None:
        raise life.trouble
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
    sys.setswitchinterval(SWITCH_INTERVAL)
    os.environ["QSG_RENDER_LOOP"] = "basic"  # the threaded loop deadlocks with Python callbacks
    offer_fonts()
    os.environ.setdefault("QML_DISK_CACHE_PATH", str(app_paths().cache / "qml"))
    QQuickWindow.setGraphicsApi(QSGRendererInterface.GraphicsApi.OpenGL)
    application = QGuiApplication(sys.argv[:1])
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


def load_main(
    engine: QQmlApplicationEngine, viewmodel: AppViewModel, place: Place | None = None
) -> QQuickWindow:
    """Load the window, on its place if it has one.

    Raises:
        BugError: the QML does not load; what Qt says stands on standard error.
    """
    placed: dict[str, object] = {}
    if place is not None:
        placed.update(zip(_PLACE, place[:4], strict=True))
    if place is not None and place.large:
        placed["visibility"] = QWindow.Visibility.Maximized
    engine.setInitialProperties({"app": viewmodel, **placed})
    engine.loadFromModule("NovaStream.App", "Main")
    window = next(iter(engine.rootObjects()), None)
    if not isinstance(window, QQuickWindow):
        raise BugError("NovaStream.App Main does not load")
    return window


def _add_fonts(folder: Path) -> None:
    for file in sorted(folder.glob("Inter-*.otf")):
        QFontDatabase.addApplicationFont(str(file))
    QGuiApplication.setFont(QFont("Inter"))
