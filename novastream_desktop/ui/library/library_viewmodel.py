"""What the library's page shows and what can be asked of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from novastream_desktop.errors import UserFacingError
from novastream_desktop.models import Content
from novastream_desktop.models.library import Change, LibraryPage
from novastream_desktop.ui.home.live import utc_now
from novastream_desktop.ui.home.models import CardsModel
from novastream_desktop.ui.library._derive import SHELVES, HistoryRow, LibraryShown, derive
from novastream_desktop.ui.list_model import ItemsModel
from novastream_desktop.ui.messages import Messages
from novastream_desktop.ui.qml import QmlUncreatable
from novastream_desktop.ui.tasks import Tasks
from novastream_desktop.ui.watching import Watching

if TYPE_CHECKING:  # what it imports is not needed before the first frame
    from novastream_desktop.ui.backend import Backend

QML_IMPORT_NAME = "NovaStream.Core"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("The library's page makes it")
class HistoryModel(ItemsModel):
    """What was watched, the latest first."""

    ITEM = HistoryRow


@QmlElement
@QmlUncreatable("Python makes it")
class LibraryViewModel(QObject):
    """Shelves of titles, and the history, from which entries can be taken out and put back."""

    shownChanged = Signal()
    shelfChanged = Signal()

    def __init__(
        self,
        backend: Backend,
        tasks: Tasks,
        messages: Messages,
        parent: QObject | None = None,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        super().__init__(parent)
        self._backend, self._tasks, self._messages, self._now = backend, tasks, messages, now
        self._page: LibraryPage | None = None
        self._problem = ""
        self._shelf = 0
        self._chosen = False
        self._art: dict[str, str] = dict(backend.home.value.art)
        self._asked: set[str] = set()
        self._cards, self._history = CardsModel(self), HistoryModel(self)
        self._shown = LibraryShown()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self._update)
        self._watching = Watching(backend.loop, backend.library.page, self._received, self)

    def stop(self) -> None:
        """Watch no more."""
        self._watching.stop()

    def content(self, content_id: str) -> Content | None:
        """Return what the page knows of a title."""
        items = self._page.items if self._page is not None else ()
        return next((i.content for i in items if i.content.id == content_id), None)

    @Slot()
    def open(self) -> None:
        """Look at what is kept, now and whenever it changes."""
        self._tasks.latest(
            "library/open", self._backend.library.open(), lambda _: None, self._failed
        )

    @Slot(int)
    def choose(self, shelf: int) -> None:
        """Show another shelf, by its place."""
        if shelf != self._shelf and 0 <= shelf < len(SHELVES):
            self._shelf, self._chosen = shelf, True
            self.shelfChanged.emit()
            self._update()

    @Slot(str, str)
    def forget(self, content_id: str, episode_id: str) -> None:
        """Take a line out of the history."""
        self._tasks.latest(
            ("library/forget", content_id, episode_id),
            self._backend.library.forget(content_id, episode_id),
            self._forgotten,
            self._failed,
        )

    @Slot(str)
    def wantArt(self, url: str) -> None:
        """Fetch a picture that became visible and is not on disk; once."""
        if url and url not in self._asked:
            self._asked.add(url)
            self._tasks.latest(
                ("library/art", url),
                self._backend.art(url),
                lambda path: self._pictured(url, path),
                lambda _: None,
            )

    def _pictured(self, url: str, path: str) -> None:
        self._art[url] = path
        self._later.start()

    def _received(self, page: LibraryPage | None) -> None:
        if page is None:
            return
        self._page, self._problem = page, ""
        if not self._chosen:  # the first shelf that holds something
            used = {item.state.value for item in page.items}
            self._shelf = next((i for i, s in enumerate(SHELVES) if s in used), 0)
            self.shelfChanged.emit()
        self._update()

    def _forgotten(self, change: Change) -> None:
        def put_back() -> None:
            self._tasks.latest(
                ("library/undo", id(change)),
                self._backend.library.put_back(change),
                lambda _: None,
                self._failed,
            )

        self._messages.notify("Taken out of the history", put_back)

    def _failed(self, error: UserFacingError) -> None:
        if self._page is None:
            self._problem = error.sentence()
            self.shownChanged.emit()
        else:
            self._messages.tell(error.sentence())

    @Slot()
    def _update(self) -> None:
        if self._page is None:
            return
        self._shown = derive(self._page, SHELVES[self._shelf], self._art, self._now())
        self._cards.set_items(self._shown.cards)
        self._history.set_items(self._shown.history)
        self.shownChanged.emit()

    @Property(CardsModel, constant=True)
    def cards(self) -> CardsModel:
        """The titles of the chosen shelf."""
        return self._cards

    @Property(HistoryModel, constant=True)
    def history(self) -> HistoryModel:
        """What was watched."""
        return self._history

    @Property("QStringList", notify=shownChanged)  # type: ignore[arg-type]
    def shelves(self) -> list[str]:
        """The shelves' names, with the numbers of titles."""
        return list(self._shown.names)

    @Property(int, notify=shelfChanged)
    def shelf(self) -> int:
        """Which shelf is shown."""
        return self._shelf

    @Property(bool, notify=shelfChanged)
    def historic(self) -> bool:
        """Whether that is the history."""
        return self._shelf == len(SHELVES) - 1

    @Property(str, notify=shownChanged)
    def state(self) -> str:
        """One of loading, ready, failed."""
        if self._page is not None:
            return "ready"
        return "failed" if self._problem else "loading"

    @Property(bool, notify=shownChanged)
    def filled(self) -> bool:
        """Whether anything stands on the chosen shelf."""
        return bool(self._shown.cards or self._shown.history)

    @Property(str, notify=shownChanged)
    def sentence(self) -> str:
        """Why the shelf is empty, or what failed."""
        return self._problem or self._shown.empty
