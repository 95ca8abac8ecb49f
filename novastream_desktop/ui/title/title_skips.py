"""The line of a title's page about its skips: a shift, and whether anything jumps by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from novastream_desktop.ui.qml import QmlUncreatable
from novastream_desktop.ui.tasks import Tasks

if TYPE_CHECKING:  # what it imports is not needed before the first frame
    from collections.abc import Coroutine
    from typing import Any

    from novastream_desktop.playback.state import ShowSkips
    from novastream_desktop.ui.backend import Backend

QML_IMPORT_NAME = "NovaStream.Core"
QML_IMPORT_MAJOR_VERSION = 1

STEP = 0.5
"""Seconds of one press (ux 3b)."""


def shift_text(offset: float) -> str:
    """Return `0.5 s later`, `1 s earlier` or that they stay as they are."""
    if not offset:
        return "as found"
    return f"{abs(offset):g} s {'later' if offset > 0 else 'earlier'}"


@QmlElement
@QmlUncreatable("Python makes it")
class TitleSkipsViewModel(QObject):
    """What holds for the skips of the show on the page; each change is kept at once."""

    changed = Signal()

    def __init__(self, backend: Backend, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._backend, self._tasks = backend, tasks
        self._content_id = ""
        self._offset, self._quiet = 0.0, False

    def open(self, content_id: str) -> None:
        """Show what holds for a title."""
        self._content_id = content_id
        self._set(0.0, quiet=False)
        self._tasks.latest("title/skips", self._backend.skips.of(content_id), self._show)

    @Slot(int)
    def shift(self, steps: int) -> None:
        """Shift by half seconds; 0: not at all."""
        by = steps * STEP if steps else None
        self._change(self._backend.skips.shift(self._content_id, by))

    @Slot(bool)
    def keepQuiet(self, quiet: bool) -> None:
        """Never skip by itself here, or as the settings say."""
        self._change(self._backend.skips.keep_quiet(self._content_id, quiet))

    def _change(self, work: Coroutine[Any, Any, ShowSkips]) -> None:
        about = self._content_id

        def show(skips: ShowSkips) -> None:
            if about == self._content_id:
                self._show(skips)

        self._tasks.cancel("title/skips")  # what was read before is old now
        self._tasks.latest(object(), work, show)  # no press cancels the one before

    def _show(self, skips: ShowSkips) -> None:
        self._set(skips.offset, quiet=skips.quiet)

    def _set(self, offset: float, *, quiet: bool) -> None:
        if (offset, quiet) != (self._offset, self._quiet):
            self._offset, self._quiet = offset, quiet
            self.changed.emit()

    @Property(str, notify=changed)
    def text(self) -> str:
        """How skips are shifted, in words."""
        return shift_text(self._offset)

    @Property(bool, notify=changed)
    def shifted(self) -> bool:
        """Whether there is a shift to take back."""
        return self._offset != 0

    @Property(bool, notify=changed)
    def quiet(self) -> bool:
        """Whether nothing jumps by itself here."""
        return self._quiet
