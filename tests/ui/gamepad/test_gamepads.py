"""Gamepads as device files: pipes that speak the kernel's format."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QWindow
from pytestqt.qtbot import QtBot

from novastream_desktop.ui.gamepad._pad import AXIS, BUTTON, EVENT, FULL, PadContext
from novastream_desktop.ui.gamepad.gamepad import Gamepads

A, X, LB = 0, 2, 4


class Keys(QWindow):
    """A window that notes the keys it gets."""

    def __init__(self) -> None:
        super().__init__()
        self.pressed: list[int] = []

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  (Qt)
        assert event.type() is QEvent.Type.KeyPress
        self.pressed.append(event.key())


@dataclass
class Target:
    """Notes what is done."""

    context: PadContext = field(default_factory=PadContext)
    done: list[str] = field(default_factory=list)

    def pad_context(self) -> PadContext:
        return self.context

    def pad_action(self, action: str) -> None:
        self.done.append(action)


@dataclass
class Bench:
    """The gamepads of a folder, and the ends of the pipes in it."""

    folder: Path
    pads: Gamepads
    window: Keys
    target: Target
    qtbot: QtBot
    wanted: list[bool]
    ends: list[int] = field(default_factory=list)

    def plug(self, name: str = "js0") -> int:
        """Plug a gamepad in."""
        hidden = self.folder / f".{name}"
        os.mkfifo(hidden)
        self.ends.append(os.open(hidden, os.O_RDWR))
        hidden.rename(self.folder / name)
        self.until(lambda: name in self.pads.names)
        return self.ends[-1]

    def until(self, so: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(so()), timeout=10_000)


@pytest.fixture
def bench(qtbot: QtBot, tmp_path: Path) -> Iterator[Bench]:
    window, target, wanted = Keys(), Target(), [True]
    window.show()
    window.requestActivate()
    qtbot.waitUntil(window.isActive, timeout=10_000)
    pads = Gamepads(target, window, lambda: wanted[0], tmp_path)
    made = Bench(tmp_path, pads, window, target, qtbot, wanted)
    yield made
    pads.stop()
    window.close()
    for end in made.ends:
        os.close(end)
    shiboken6.delete(pads)
    shiboken6.delete(window)


def button(number: int, down: bool) -> bytes:
    return EVENT.pack(0, int(down), BUTTON, number)


def tap(number: int) -> bytes:
    return button(number, True) + button(number, False)


def test_a_gamepad_that_comes_later_moves_the_focus(bench: Bench):
    end = bench.plug()
    os.write(end, EVENT.pack(0, FULL, AXIS, 7) + EVENT.pack(0, 0, AXIS, 7) + tap(A))
    bench.until(lambda: len(bench.window.pressed) == 2)
    assert bench.window.pressed == [Qt.Key.Key_Down, Qt.Key.Key_Return]


def test_in_the_player_buttons_are_its_actions(bench: Bench):
    bench.target.context = PadContext(playing=True)
    os.write(bench.plug(), tap(A) + tap(LB))
    bench.until(lambda: len(bench.target.done) == 2)
    assert bench.target.done == ["pause", "seek_back_10"]


def test_x_skips_when_let_go_and_undoes_when_held(bench: Bench):
    bench.target.context = PadContext(playing=True)
    end = bench.plug()
    os.write(end, tap(X))
    bench.until(lambda: bench.target.done == ["skip"])
    os.write(end, button(X, True))
    bench.until(lambda: bench.target.done == ["skip", "undo"])
    os.write(end, button(X, False) + tap(A))
    bench.until(lambda: bench.target.done == ["skip", "undo", "pause"])


def test_a_held_direction_repeats_until_it_is_let_go(bench: Bench):
    end = bench.plug()
    os.write(end, EVENT.pack(0, FULL, AXIS, 0))
    bench.until(lambda: len(bench.window.pressed) >= 3)
    os.write(end, EVENT.pack(0, 0, AXIS, 0) + tap(A))
    bench.until(lambda: Qt.Key.Key_Return in bench.window.pressed)
    assert not bench.pads._repeat.isActive()
    assert set(bench.window.pressed[:-1]) == {Qt.Key.Key_Right}


def test_a_gamepad_pulled_out_while_held_lets_go(bench: Bench):
    end = bench.plug()
    os.write(end, EVENT.pack(0, FULL, AXIS, 0))
    bench.until(lambda: bench.window.pressed)
    (bench.folder / "js0").unlink()
    bench.until(lambda: not bench.pads.names)
    assert not bench.pads._repeat.isActive()


def test_a_gamepad_that_ends_is_closed(bench: Bench):
    bench.plug()
    os.close(bench.ends.pop())
    bench.until(lambda: not bench.pads.names)
    assert (bench.folder / "js0").exists()


def test_switched_off_it_does_nothing(bench: Bench):
    end = bench.plug()
    bench.wanted[0] = False
    os.write(end, tap(A))
    other = bench.plug("js1")
    bench.wanted[0] = True
    os.write(other, tap(1))
    bench.until(lambda: Qt.Key.Key_Escape in bench.window.pressed)
    assert Qt.Key.Key_Return not in bench.window.pressed


def test_without_the_folder_there_are_none(qtbot: QtBot, tmp_path: Path):
    window = Keys()
    pads = Gamepads(Target(), window, lambda: True, tmp_path / "nowhere")
    assert pads.names == ()
    shiboken6.delete(pads)
    shiboken6.delete(window)
