"""What the window says above its pages: a banner that waits, and a notice that goes by itself."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from novastream_desktop.ui.qml import QmlUncreatable

QML_IMPORT_NAME = "NovaStream.Core"
QML_IMPORT_MAJOR_VERSION = 1
STAYS = 5_000
"""Milliseconds that a notice stays."""


@QmlElement
@QmlUncreatable("Python makes it")
class Messages(QObject):
    """Sentences about what was wrong, one at a time, and what was just done, with its undo."""

    bannerChanged = Signal()
    noticeChanged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._banners: list[str] = []
        self._notice = ""
        self._undo: Callable[[], object] | None = None
        self._gone = QTimer(self)
        self._gone.setSingleShot(True)
        self._gone.setInterval(STAYS)
        self._gone.timeout.connect(self.dismissNotice)

    @Slot(str)
    def tell(self, sentence: str) -> None:
        """Show a sentence until it is put away, once."""
        if sentence not in self._banners:
            self._banners.append(sentence)
            self.bannerChanged.emit()

    def notify(self, sentence: str, undo: Callable[[], object] | None = None) -> None:
        """Show for a while what was done, and how to take it back."""
        self._notice, self._undo = sentence, undo
        self._gone.start()
        self.noticeChanged.emit()

    @Slot()
    def dismissBanner(self) -> None:
        """Show the next sentence, or none."""
        del self._banners[:1]
        self.bannerChanged.emit()

    @Slot()
    def dismissNotice(self) -> None:
        """Put the notice away."""
        self._gone.stop()
        self._notice, self._undo = "", None
        self.noticeChanged.emit()

    @Slot()
    def undo(self) -> None:
        """Take back what the notice tells of."""
        undo = self._undo
        if undo is not None:
            self.dismissNotice()
            undo()

    @Property(str, notify=bannerChanged)
    def banner(self) -> str:
        """The sentence on top of the page, or empty."""
        return self._banners[0] if self._banners else ""

    @Property(str, notify=noticeChanged)
    def notice(self) -> str:
        """What was just done, or empty."""
        return self._notice

    @Property(bool, notify=noticeChanged)
    def undoable(self) -> bool:
        """Whether it can be taken back."""
        return self._undo is not None
