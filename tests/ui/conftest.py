"""A window over a fake backend."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine

from novastream_desktop.settings import Settings
from novastream_desktop.ui.app import load_main, make_application, make_engine
from novastream_desktop.ui.app_viewmodel import AppViewModel
from novastream_desktop.ui.home.painted import PaintedPage, painted_page
from novastream_desktop.ui.tasks import Tasks
from tests.fakes import shelf
from tests.fakes.backend import FakeBackend
from tests.ui.driving import Shown, until


@pytest.fixture(scope="session")
def qapp():
    """The one application object, made as the program makes it."""
    return make_application()


@pytest.fixture
def backend() -> Iterator[FakeBackend]:
    """A backend with a full home page."""
    fake = FakeBackend(shelf.full_home(), Settings())
    for place in range(12):
        content = shelf.content(place)
        fake.titles[content.id] = shelf.details(content)
        fake.streams[content.id, None] = shelf.streams()
    fake.loop.start()
    yield fake
    fake.loop.stop()


@pytest.fixture
def tasks(qapp: QGuiApplication, backend: FakeBackend) -> Tasks:
    return Tasks(backend.loop)


@pytest.fixture
def open_painted(
    qapp: QGuiApplication, request: pytest.FixtureRequest
) -> Callable[[FakeBackend, PaintedPage], Shown]:
    """Open the window as its first frame is; closed again after the test."""

    def open_(backend: FakeBackend, page: PaintedPage) -> Shown:
        app = AppViewModel(page)
        engine: QQmlApplicationEngine = make_engine()
        warnings: list[str] = []
        engine.warnings.connect(lambda found: warnings.extend(w.toString() for w in found))
        shown = Shown(load_main(engine, app), app, backend, warnings)

        def close() -> None:
            app.stop()
            shown.window.close()
            shiboken6.delete(engine)
            backend.loop.stop()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

        request.addfinalizer(close)
        shown.window.requestActivate()
        until(shown.window.isActive)
        until(lambda: shown.window.activeFocusItem() is not None)
        return shown

    return open_


@pytest.fixture
def show(
    open_painted: Callable[[FakeBackend, PaintedPage], Shown],
) -> Callable[[FakeBackend], Shown]:
    """Open the window over a backend that painted the same page before."""

    def open_(backend: FakeBackend) -> Shown:
        interface = backend.settings.interface
        page = painted_page(backend.home.value, interface, shelf.NOW)
        shown = open_painted(backend, page)
        shown.app.attach(backend, Tasks(backend.loop))
        return shown

    return open_


@pytest.fixture
def shown(backend: FakeBackend, show: Callable[[FakeBackend], Shown]) -> Shown:
    """The window over the full home page."""
    return show(backend)
