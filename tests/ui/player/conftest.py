"""A player page on fakes: a real service loop, view model, QML and window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QtMsgType, qInstallMessageHandler
from PySide6.QtQuick import QQuickItem, QQuickWindow
from pytestqt.qtbot import QtBot

from novastream_desktop.playback.state import SessionState
from novastream_desktop.ui.app import make_engine
from novastream_desktop.ui.player.player_viewmodel import PlayerViewModel
from novastream_desktop.ui.tasks import Tasks
from tests.fakes.backend import FakeBackend
from tests.fakes.playback import FakePlayback, FakeVideo

HOST = b"""
import QtQuick
import NovaStream.Core
import NovaStream.Player
Window {
    id: window
    required property PlayerViewModel player
    width: 1280; height: 720; visible: true; color: "black"
    PlayerPage { objectName: "page"; anchors.fill: parent; focus: true; player: window.player }
}
"""


@dataclass
class Stage:
    """The view model with what stands behind it."""

    backend: FakeBackend
    commands: FakePlayback
    video: FakeVideo
    tasks: Tasks
    player: PlayerViewModel
    qtbot: QtBot
    told: list[str] = field(default_factory=list)

    def until(self, condition: Callable[[], Any]) -> None:
        """Let Qt run until something holds."""
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=10_000)

    def play(self, state: SessionState) -> None:
        """Open a title and let the session show a state."""
        self.player.playTitle(state.content.id if state.content else "nova:x", "")
        self.until(lambda: self.commands.called("open_title"))
        self.show(state)

    def show(self, state: SessionState) -> None:
        """Let the session show a state, and wait until the view model has it."""
        self.commands.show(state)
        self.until(lambda: self.player._shown == state)

    def called(self, name: str) -> list[tuple[Any, ...]]:
        """Wait until a command was given; return its arguments."""
        self.until(lambda: self.commands.called(name))
        return self.commands.called(name)

    def settle(self) -> None:
        """Wait until everything asked so far has reached the service loop."""
        reached: list[bool] = []
        self.backend.loop.post(reached.append, True)
        self.until(lambda: reached)


@pytest.fixture
def stage(qtbot: QtBot) -> Iterator[Stage]:
    backend = FakeBackend()
    backend.loop.start()
    commands = backend.commands = FakePlayback(backend.loop)
    video = backend.renderer = FakeVideo()
    tasks = Tasks(backend.loop)
    player = PlayerViewModel(backend, tasks)
    yield Stage(backend, commands, video, tasks, player, qtbot)
    player.release()
    tasks.cancel_all()
    backend.loop.stop()
    shiboken6.delete(player)  # here, not by the collector on the next test's service thread
    shiboken6.delete(tasks)


@dataclass
class Page:
    """The page in a window, with every complaint of QML."""

    stage: Stage
    window: QQuickWindow
    item: QQuickItem
    complaints: list[str]


@pytest.fixture
def page(stage: Stage) -> Iterator[Page]:
    complaints: list[str] = []

    def note(kind: QtMsgType, _context: object, message: str) -> None:
        if kind is not QtMsgType.QtDebugMsg and "does not support" not in message:
            complaints.append(message)

    before = qInstallMessageHandler(note)
    engine = make_engine()
    engine.warnings.connect(lambda found: complaints.extend(w.toString() for w in found))
    engine.setInitialProperties({"player": stage.player})
    engine.loadData(HOST)
    window = engine.rootObjects()[0]
    assert isinstance(window, QQuickWindow)
    item = window.findChild(QQuickItem, "page")
    assert item is not None
    stage.qtbot.waitExposed(window)
    window.requestActivate()
    stage.until(lambda: window.activeFocusItem() is not None)
    yield Page(stage, window, item, complaints)
    window.close()
    shiboken6.delete(engine)  # with its window; left to the collector, it may outlive the player
    qInstallMessageHandler(before)
