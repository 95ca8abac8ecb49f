"""Gamepads that are plugged in: read them, and do what their buttons mean.

Qt has no module for them any more. Linux has device files; elsewhere there are none, and nothing
happens.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QFileSystemWatcher,
    QObject,
    QSocketNotifier,
    Qt,
    QTimer,
    Slot,
)
from PySide6.QtGui import QKeyEvent, QWindow

from novastream_desktop.ui.gamepad._device import devices, layout_of, open_device, read_events
from novastream_desktop.ui.gamepad._pad import (
    HELD_X,
    REPEATING,
    Control,
    Layout,
    PadContext,
    PadState,
    Press,
    decode,
    deed_for,
    fold,
)

FOLDER = Path("/dev/input")
#: Milliseconds (ux 2b): a held direction repeats after the first, then every second; X is held.
REPEAT_AFTER, REPEAT_EVERY, HELD_AFTER = 400, 100, 600
#: A new device may not be read until the system has given it to this user.
RETRY_AFTER, RETRIES = 500, 20
_KEYS = {
    "Return": (Qt.Key.Key_Return, "\r"),
    "Escape": (Qt.Key.Key_Escape, ""),
    "Space": (Qt.Key.Key_Space, " "),
    "Slash": (Qt.Key.Key_Slash, "/"),
    "Menu": (Qt.Key.Key_Menu, ""),
    "Tab": (Qt.Key.Key_Tab, "\t"),
    "Up": (Qt.Key.Key_Up, ""),
    "Down": (Qt.Key.Key_Down, ""),
    "Left": (Qt.Key.Key_Left, ""),
    "Right": (Qt.Key.Key_Right, ""),
}


class PadTarget(Protocol):
    """What the window tells a gamepad, and does for it."""

    def pad_context(self) -> PadContext:
        """Return where a press happens."""
        ...

    def pad_action(self, action: str) -> None:
        """Do one of the player's actions."""
        ...


@dataclass
class _Pad:
    device: int
    notifier: QSocketNotifier
    layout: Layout
    state: PadState = PadState()


class Gamepads(QObject):
    """Every gamepad there is, also one that comes later.

    Args:
        target: tells where a press happens, and does the player's actions.
        window: takes the keys; nothing happens while another one is in front.
        wanted: whether gamepads are switched on.
        folder: where the device files are.
    """

    def __init__(
        self,
        target: PadTarget,
        window: QWindow,
        wanted: Callable[[], bool],
        folder: Path = FOLDER,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._target, self._window, self._wanted, self._folder = target, window, wanted, folder
        self._pads: dict[Path, _Pad] = {}
        self._retries = 0
        self._held: Control | None = None
        self._repeat = QTimer(self, interval=REPEAT_AFTER)
        self._repeat.timeout.connect(self._again)
        self._long = QTimer(self, interval=HELD_AFTER, singleShot=True)
        self._long.timeout.connect(self._held_long)
        self._retry = QTimer(self, interval=RETRY_AFTER, singleShot=True)
        self._retry.timeout.connect(self._look)
        self._watcher = QFileSystemWatcher(self)
        if folder.is_dir():
            self._watcher.addPath(str(folder))
            self._watcher.directoryChanged.connect(self._changed)
            self._changed()

    @property
    def names(self) -> tuple[str, ...]:
        """The device files that are read."""
        return tuple(sorted(path.name for path in self._pads))

    def stop(self) -> None:
        """Read nothing more."""
        for timer in (self._repeat, self._long, self._retry):
            timer.stop()
        for path in tuple(self._pads):
            self._close(path)

    @Slot()
    def _changed(self) -> None:
        self._retries = RETRIES
        self._look()

    @Slot()
    def _look(self) -> None:
        there = devices(self._folder)
        for path in set(self._pads) - there:
            self._close(path)
        refused = [path for path in sorted(there - set(self._pads)) if not self._open(path)]
        if refused and self._retries:
            self._retries -= 1
            self._retry.start()

    def _open(self, path: Path) -> bool:
        try:
            device = open_device(path)
        except OSError:
            return False
        notifier = QSocketNotifier(device, QSocketNotifier.Type.Read, self)
        notifier.activated.connect(lambda: self._read(path))
        self._pads[path] = _Pad(device, notifier, layout_of(device))
        return True

    def _close(self, path: Path) -> None:
        pad = self._pads.pop(path)
        pad.notifier.setEnabled(False)
        pad.notifier.deleteLater()
        os.close(pad.device)
        self._release()

    def _read(self, path: Path) -> None:
        pad = self._pads.get(path)
        if pad is None:
            return
        data = read_events(pad.device)
        if data is None:
            self._close(path)
            return
        for event in decode(data):
            pad.state, presses = fold(pad.state, event, pad.layout)
            for press in presses:
                self._take(press)

    def _take(self, press: Press) -> None:
        control = press.control
        if not press.down:
            if control is Control.X and self._long.isActive():
                self._long.stop()
                self._do(control)
            if control is self._held:
                self._release()
            return
        if not self._wanted() or not self._window.isActive():
            return
        if control is Control.X and self._target.pad_context().playing:
            self._long.start()
            return
        self._do(control)
        if control in REPEATING:
            self._held = control
            self._repeat.start(REPEAT_AFTER)

    def _release(self) -> None:
        self._held = None
        self._repeat.stop()

    @Slot()
    def _again(self) -> None:
        if self._held is None or not self._window.isActive():
            self._release()
            return
        self._repeat.setInterval(REPEAT_EVERY)
        self._do(self._held)

    @Slot()
    def _held_long(self) -> None:
        self._target.pad_action(HELD_X)

    def _do(self, control: Control) -> None:
        deed = deed_for(control, self._target.pad_context())
        if deed is None:
            return
        if deed.action:
            self._target.pad_action(deed.action)
            return
        key, text = _KEYS[deed.key]
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text)
            QCoreApplication.postEvent(self._window, event)
