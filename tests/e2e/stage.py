"""Drive the real application from a second thread, as a person with a keyboard would.

A scenario runs in a process of its own (`python -m tests.e2e.scenarios NAME`): the window, the
services, libmpv, libtorrent and HTTP are the real ones. The scenario waits for what it sees,
never for time, and returns facts as JSON, which the test asserts on.
"""

from __future__ import annotations

import faulthandler
import json
import os
import sys
import threading
import time
import traceback
from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtQuick import QQuickItem, QQuickWindow
from PySide6.QtTest import QTest

from novastream_desktop.bootstrap.installation import Installation
from novastream_desktop.bootstrap.window import BehindWindow
from novastream_desktop.paths import app_paths
from novastream_desktop.runtime import SingleInstance
from novastream_desktop.ui.app import run_app
from novastream_desktop.ui.home.painted import load_painted

if TYPE_CHECKING:  # the window paints before any of it is imported, which a scenario looks at
    from novastream_desktop.desktop import Desktop
    from novastream_desktop.playback.state import SessionState
    from novastream_desktop.settings import LoadedSettings

T = TypeVar("T")
PATIENCE = 40.0
"""Seconds until a scenario gives up on something that does not come."""

HANGS = 120.0
"""Seconds until a process that hangs says where, and ends."""


class _Gui(QObject):
    """Carries calls to the GUI thread."""

    called = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.called.connect(self._run, Qt.ConnectionType.QueuedConnection)

    @Slot(object)
    def _run(self, call: Callable[[], None]) -> None:
        call()


class Stage:
    """The running application, seen from the scenario's thread."""

    def __init__(self, desktop: Desktop, gui: _Gui, modules: tuple[str, ...]) -> None:
        self.desktop = desktop
        self.modules = modules
        self._gui = gui

    def on_gui(self, ask: Callable[[], T]) -> T:
        """Return what `ask` says on the GUI thread."""
        answer: Future[T] = Future()

        def call() -> None:
            try:
                answer.set_result(ask())
            except BaseException as error:  # it belongs to the scenario's thread
                answer.set_exception(error)

        self._gui.called.emit(call)
        return answer.result(PATIENCE)

    def on_loop(self, ask: Callable[[], T]) -> T:
        """Return what `ask` says on the service loop."""

        async def answer() -> T:
            return ask()

        return self.desktop.loop.submit(answer()).result(PATIENCE)

    def wait(self, what: str, ask: Callable[[], T]) -> T:
        """Return the first true answer; fail with `what` if none comes."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            answer = ask()
            if answer:
                return answer
            time.sleep(0.02)
        raise TimeoutError(f"{what} did not come; the session: {self.session()}")

    # -- the window ----------------------------------------------------------------------------

    @property
    def window(self) -> QQuickWindow:
        """The application's window; touch it on the GUI thread only."""
        window = QGuiApplication.topLevelWindows()[0]
        assert isinstance(window, QQuickWindow)
        return window

    def key(
        self,
        key: Qt.Key,
        modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        """Press and release a key in the window."""
        self.on_gui(lambda: QTest.keyClick(self.window, key, modifiers))

    def focused(self) -> str:
        """Return the accessible name of what has the focus."""

        def name() -> str:
            from PySide6.QtGui import QAccessible

            item = self.window.activeFocusItem()
            while isinstance(item, QQuickItem):
                interface = QAccessible.queryAccessibleInterface(item)
                text = interface.text(QAccessible.Text.Name) if interface is not None else ""
                if text:
                    return text
                item = item.parentItem()
            return ""

        return self.on_gui(name)

    def picture(self) -> QImage:
        """Return what the window shows."""
        return self.on_gui(self.window.grabWindow)

    def colours(self) -> list[tuple[int, int, int]]:
        """Return the mean colours of a 4 x 4 grid over the window: a fingerprint of the frame."""
        small = self.picture().scaled(
            4,
            4,
            Qt.AspectRatioMode.IgnoreAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        pixels = [small.pixelColor(x, y) for y in range(4) for x in range(4)]
        return [(p.red(), p.green(), p.blue()) for p in pixels]

    def rest(self) -> None:
        """Wait until the window has stopped to change (pages slide, pictures arrive)."""
        before = None
        for _ in range(20):
            time.sleep(0.25)
            now = self.colours()
            if now == before:
                return
            before = now

    # -- the program ---------------------------------------------------------------------------

    def session(self) -> SessionState:
        """Return the session's state."""
        from novastream_desktop.playback.state import SessionState

        def state() -> SessionState:
            session = self.desktop.session
            return session.state.value if session is not None else SessionState()

        return self.on_loop(state)

    def open_target(self, target: str) -> None:
        """Play a target, as a later start of the program asks for it."""
        self.desktop.loop.post(self.desktop.receive, target)

    def playing(self, after: float = 0.0) -> SessionState:
        """Wait until a picture moves beyond a position."""

        def moved() -> SessionState | None:
            state = self.session()
            player = state.player
            moving = player.phase == "playing" and player.has_picture and player.position > after
            return state if moving else None

        return self.wait(f"a moving picture after {after:g} s", moved)

    def continue_watching(self) -> list[dict[str, object]]:
        """Return the Continue watching row: id, episode and position."""
        home = self.on_loop(lambda: self.desktop.home.value)
        return [
            {
                "id": item.content.id,
                "episode": item.episode.id if item.episode else None,
                "position": item.progress.position if item.progress else 0.0,
            }
            for item in home.continue_watching
        ]


def play_scenario(
    scenario: Callable[[Stage], dict[str, object]], target: str | None, *, hangs: float = HANGS
) -> int:
    """Open the window, run the scenario, print its facts as JSON; return the exit code."""
    faulthandler.dump_traceback_later(hangs, exit=True)
    paths = app_paths()
    paths.ensure()
    instance = SingleInstance(paths.data)
    instance.claim()
    here = Installation.here(paths)
    behind = BehindWindow(here, _settings, instance)
    built: Future[Desktop] = Future()
    gui = _Gui()
    facts: dict[str, object] = {}

    def begin() -> Future[Desktop]:
        building = behind.begin()
        building.add_done_callback(lambda done: built.set_result(done.result()))
        return building

    def perform(modules: tuple[str, ...]) -> None:
        try:
            facts.update(scenario(Stage(built.result(PATIENCE), gui, modules)))
        except Exception:  # whatever happens, the window closes and the test is told
            facts["error"] = traceback.format_exc()
        gui.called.emit(QGuiApplication.quit)

    def painted() -> None:
        modules = tuple(sys.modules)
        threading.Thread(target=perform, args=(modules,), daemon=True).start()

    try:
        page = load_painted(here.painted_file, here.resources)
        code = run_app(page, begin, target=target, painted=painted)
    finally:
        behind.end()
        instance.release()
    json.dump(facts, sys.stdout)
    return code


def _settings() -> LoadedSettings:
    from novastream_desktop.settings import load_settings

    return load_settings(app_paths().config_file, os.environ)
