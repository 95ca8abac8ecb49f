"""The home page once the program behind the window is there: follows it, and asks it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from novastream_desktop.errors import UserFacingError
from novastream_desktop.models import Content, HomeSnapshot
from novastream_desktop.ui.backend import Backend
from novastream_desktop.ui.home._derive import CONTINUE_ROW, HomeInputs, derive
from novastream_desktop.ui.home.shown import HomeProps, RowProps
from novastream_desktop.ui.tasks import Tasks
from novastream_desktop.ui.watching import Watching


def utc_now() -> datetime:
    """Return the wall clock."""
    return datetime.now(UTC)


class LiveHome(QObject):
    """Call `show` with the page at once and whenever it changed, once a turn of Qt's loop."""

    failed = Signal(str)
    """The rows could not be refreshed; a sentence."""

    def __init__(
        self,
        backend: Backend,
        tasks: Tasks,
        show: Callable[[HomeProps, Sequence[RowProps]], object],
        now: Callable[[], datetime] = utc_now,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._backend, self._tasks = backend, tasks
        self._show, self._now = show, now
        self._asked: set[str] = set()
        self._inputs = HomeInputs(now=now(), snapshot=backend.home.value)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self._update)
        self._watching = Watching(backend.loop, backend.home, self._received, self)
        self._update()

    def stop(self) -> None:
        """Watch no more."""
        self._watching.stop()

    def content(self, content_id: str) -> Content | None:
        """Return what the page knows of a title."""
        snapshot = self._inputs.snapshot
        known = [item.content for item in snapshot.continue_watching]
        known += [content for row in snapshot.rows for content in row.items]
        return next((content for content in known if content.id == content_id), None)

    def refresh(self, row_id: str = "") -> None:
        """Ask every provider again, or those of one row (what is watched asks nobody)."""
        if not row_id or row_id == CONTINUE_ROW:
            self._set(refreshing=True)
            self._tasks.latest(
                "home/refresh", self._backend.refresh_home(), self._refreshed, self._not_refreshed
            )
            return
        self._set(asking=self._inputs.asking | {row_id})

        def done(_: object = None) -> None:
            self._set(asking=self._inputs.asking - {row_id})

        def failed(error: UserFacingError) -> None:
            done()
            self.failed.emit(error.sentence())

        question = self._backend.refresh_home((row_id,))
        self._tasks.latest(("home/row", row_id), question, done, failed)

    def more(self, row_id: str) -> None:
        """Let a row go on; what fails here is not told: all that there was is still there."""
        if row_id != CONTINUE_ROW and not self._tasks.running(("home/more", row_id)):
            question = self._backend.more_of_row(row_id)
            self._tasks.latest(("home/more", row_id), question, lambda _: None)

    def want_art(self, url: str) -> None:
        """Fetch a picture, once."""
        if url not in self._asked:
            self._asked.add(url)
            self._tasks.latest(
                ("home/art", url),
                self._backend.art(url),
                lambda path: self._set(art={**self._inputs.art, url: path}),
                lambda _: None,
            )

    @Slot()
    def _update(self) -> None:
        self._inputs = replace(self._inputs, now=self._now())
        self._show(*derive(self._inputs))

    def _set(self, **changes: object) -> None:
        self._inputs = replace(self._inputs, **changes)  # type: ignore[arg-type]
        if not self._later.isActive():
            self._later.start()

    def _received(self, snapshot: HomeSnapshot) -> None:
        if snapshot != self._inputs.snapshot:
            self._set(snapshot=snapshot)

    def _refreshed(self, _: None) -> None:
        self._set(refreshing=False)

    def _not_refreshed(self, error: UserFacingError) -> None:
        self._set(refreshing=False)
        self.failed.emit(error.sentence())
