"""What the tests of the window drive it with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, Qt, QTimer
from PySide6.QtQuick import QQuickItem, QQuickWindow
from PySide6.QtTest import QTest

from novastream_desktop.ui.app_viewmodel import AppViewModel
from tests.fakes.backend import FakeBackend

PATIENCE = 20_000


def until(so: Callable[[], object]) -> None:
    """Turn the event loop until something is so; fail after 20 s."""
    loop, poll, late = QEventLoop(), QTimer(interval=4), QTimer(interval=PATIENCE)
    poll.timeout.connect(lambda: so() and loop.quit())
    late.timeout.connect(lambda: loop.exit(1))
    poll.start()
    late.start()
    done = so() or loop.exec() == 0
    poll.stop()
    late.stop()
    assert done, "it never came to be"


@dataclass
class Shown:
    """A window on the screen. `warnings` is what QML complained of."""

    window: QQuickWindow
    app: AppViewModel
    backend: FakeBackend
    warnings: list[str] = field(default_factory=list)

    def press(self, *keys: Qt.Key) -> None:
        """Press keys, one after the other."""
        for key in keys:
            QTest.keyClick(self.window, key)
            QCoreApplication.processEvents()

    @property
    def focused(self) -> QQuickItem:
        """What has the focus."""
        item = self.window.activeFocusItem()
        assert item is not None
        return item

    def says(self, name: str = "name") -> object:
        """Return a property of what has the focus."""
        return self.focused.property(name)


def descendants(item: QQuickItem) -> Iterator[QQuickItem]:
    """Yield an item and all below it."""
    yield item
    for child in item.childItems():
        yield from descendants(child)


def find(item: QQuickItem, test: Callable[[QObject], bool]) -> QQuickItem:
    """Return the first item below that passes."""
    return next(i for i in descendants(item) if test(i))
