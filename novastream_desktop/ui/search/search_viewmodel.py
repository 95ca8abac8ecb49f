"""What the search page shows and what can be asked of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from novastream_desktop.errors import UserFacingError
from novastream_desktop.models import Content
from novastream_desktop.runtime import Observable
from novastream_desktop.ui.home.models import RowsModel
from novastream_desktop.ui.home.shown import RowProps
from novastream_desktop.ui.qml import QmlUncreatable
from novastream_desktop.ui.search._derive import none_found, result_rows
from novastream_desktop.ui.tasks import Tasks
from novastream_desktop.ui.watching import Watching

if TYPE_CHECKING:  # what it imports is not needed before the first frame
    from novastream_desktop.ui.backend import Backend

QML_IMPORT_NAME = "NovaStream.Core"
QML_IMPORT_MAJOR_VERSION = 1
DEBOUNCE = 200
"""Milliseconds without a key press after which catalogues are asked."""


@QmlElement
@QmlUncreatable("Python makes it")
class SearchViewModel(QObject):
    """A query and what was found for it; the newest query wins."""

    queryChanged = Signal()
    stateChanged = Signal()
    recentChanged = Signal()

    def __init__(self, backend: Backend, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._backend, self._tasks = backend, tasks
        self._query = ""
        self._place = ""
        self._state = "idle"
        self._sentence = ""
        self._found: tuple[Content, ...] = ()
        self._busy = False
        self._shown: tuple[RowProps, ...] = ()
        self._listening: Watching | None = None
        self._art: dict[str, str] = dict(backend.home.value.art)
        self._asked: set[str] = set()
        self._recent: tuple[str, ...] = ()
        self._rows = RowsModel(self)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(DEBOUNCE)
        self._later.timeout.connect(self.retry)
        self._read_recent()

    def content(self, content_id: str) -> Content | None:
        """Return what was found of a title."""
        return next((c for c in self._found if c.id == content_id), None)

    @Slot(str)
    def setQuery(self, text: str) -> None:
        """Search for something once no key was pressed for a moment; empty text for nothing."""
        if text == self._query:
            return
        same = text.strip() == self._query.strip()
        self._query, self._place = text, ""
        self.queryChanged.emit()
        if same:
            return
        self._stop_listening()
        self._tasks.cancel("search")
        if text.strip():
            self._say("searching", busy=True)
            self._later.start()
        else:
            self._later.stop()
            self._show(())
            self._say("idle")

    @Slot()
    def retry(self) -> None:
        """Ask every catalogue now."""
        self._later.stop()
        query = self._query.strip()
        if query:
            self._stop_listening()
            self._shown = ()
            self._say("searching", busy=True)
            found: Observable[tuple[Content, ...]] = Observable(())
            self._listening = Watching(self._backend.loop, found, self._heard, self)
            self._tasks.latest(
                "search", self._backend.library.search(query, found), self._arrived, self._failed
            )

    def offer(self, found: Sequence[Content], place: str) -> None:
        """Show titles that nobody searched for, and where they are; the query is empty."""
        self._later.stop()
        self._stop_listening()
        self._tasks.cancel("search")
        self._query, self._place, self._shown = "", place, ()
        self.queryChanged.emit()
        self._show(tuple(found))
        self._say("ready")

    @Slot()
    def remember(self) -> None:
        """Keep the query: it led to a title."""
        query = self._query.strip()
        if query:
            self._tasks.latest(
                "search/remember",
                self._backend.library.remember_search(query),
                lambda _: self._read_recent(),
            )

    @Slot()
    def forget(self) -> None:
        """Forget what was searched for."""
        self._tasks.latest(
            "search/remember",
            self._backend.library.forget_searches(),
            lambda _: self._set_recent(()),
        )

    @Slot(str)
    def wantArt(self, url: str) -> None:
        """Fetch a picture that became visible and is not on disk; once."""
        if url and url not in self._asked:
            self._asked.add(url)
            self._tasks.latest(
                ("search/art", url),
                self._backend.art(url),
                lambda path: self._pictured(url, path),
                lambda _: None,
            )

    def _read_recent(self) -> None:
        self._tasks.latest(
            "search/recent", self._backend.library.searches(), self._set_recent, lambda _: None
        )

    def _set_recent(self, recent: Sequence[str]) -> None:
        if tuple(recent) != self._recent:
            self._recent = tuple(recent)
            self.recentChanged.emit()

    def _pictured(self, url: str, path: str) -> None:
        self._art[url] = path
        self._show(self._found)

    def _stop_listening(self) -> None:
        if self._listening is not None:
            self._listening.stop()
            self._listening.deleteLater()
            self._listening = None

    def _heard(self, found: tuple[Content, ...]) -> None:
        if found:  # somebody answered; others may still
            self._show(found)
            self._say("ready", busy=True)

    def _arrived(self, found: Sequence[Content]) -> None:
        self._stop_listening()
        self._show(tuple(found))
        if found:
            self._say("ready")
        else:
            self._say("none", none_found(self._query.strip()))

    def _failed(self, error: UserFacingError) -> None:
        self._stop_listening()
        self._show(())
        self._say("failed", error.sentence())

    def _show(self, found: tuple[Content, ...]) -> None:
        self._found = found
        self._shown = result_rows(found, self._art, self._shown, self._place)
        self._rows.show(self._shown)

    def _say(self, state: str, sentence: str = "", *, busy: bool = False) -> None:
        if (state, sentence, busy) != (self._state, self._sentence, self._busy):
            self._state, self._sentence, self._busy = state, sentence, busy
            self.stateChanged.emit()

    @Property(RowsModel, constant=True)
    def rows(self) -> RowsModel:
        """One row a kind of title."""
        return self._rows

    @Property(str, notify=queryChanged)
    def query(self) -> str:
        """What is searched for."""
        return self._query

    @Property(str, notify=stateChanged)
    def state(self) -> str:
        """One of idle, searching, ready, none, failed."""
        return self._state

    @Property(bool, notify=stateChanged)
    def busy(self) -> bool:
        """Whether catalogues are still being asked; some titles may be there already."""
        return self._busy

    @Property(str, notify=stateChanged)
    def sentence(self) -> str:
        """Why there is nothing."""
        return self._sentence

    @Property("QStringList", notify=recentChanged)  # type: ignore[arg-type]
    def recent(self) -> list[str]:
        """What was searched for before, the latest first."""
        return list(self._recent)
