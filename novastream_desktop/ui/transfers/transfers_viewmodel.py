"""What the transfers page shows and what can be asked of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Property, QObject, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtQml import QmlElement

from novastream_desktop.errors import UserFacingError
from novastream_desktop.torrents.base import Transfer
from novastream_desktop.ui.list_model import ItemsModel
from novastream_desktop.ui.messages import Messages
from novastream_desktop.ui.qml import QmlUncreatable
from novastream_desktop.ui.tasks import Tasks
from novastream_desktop.ui.transfers._derive import TransferRow, summary, transfer_rows
from novastream_desktop.ui.transfers._files import (
    DOWNLOAD_LIMITS,
    UPLOAD_LIMITS,
    limit_text,
    next_limit,
)
from novastream_desktop.ui.transfers.transfer_files import TransferFiles
from novastream_desktop.ui.watching import Watching

if TYPE_CHECKING:  # what it imports is not needed before the first frame
    from novastream_desktop.ui.backend import Backend

QML_IMPORT_NAME = "NovaStream.Core"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("The transfers page makes it")
class TransfersModel(ItemsModel):
    """The transfers, newest first."""

    ITEM = TransferRow


@QmlElement
@QmlUncreatable("Python makes it")
class TransfersViewModel(QObject):
    """Every torrent in use or kept, and what can be done with each."""

    shownChanged = Signal()
    removingChanged = Signal()
    limitsChanged = Signal()

    def __init__(
        self, backend: Backend, tasks: Tasks, messages: Messages, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._backend, self._tasks, self._messages = backend, tasks, messages
        self._rows = TransfersModel(self)
        self._known = False
        self._problem = self._summary = ""
        self._removing: TransferRow | None = None
        self._files = TransferFiles(backend, tasks, messages, self)
        self._watching = Watching(backend.loop, backend.transfers.all, self._received, self)

    def stop(self) -> None:
        """Watch no more."""
        self._watching.stop()

    @Slot()
    def open(self) -> None:
        """Look at the engine's transfers, now and whenever they change."""
        self.limitsChanged.emit()  # they may have been changed in Settings
        self._tasks.latest(
            "transfers/open", self._backend.transfers.open(), lambda _: None, self._failed
        )

    @Slot(str)
    def pause(self, transfer_id: str) -> None:
        """Stop a transfer until it is resumed."""
        self._tasks.latest(
            ("transfers", transfer_id),
            self._backend.transfers.pause(transfer_id),
            lambda _: None,
            self._tell,
        )

    @Slot(str)
    def resume(self, transfer_id: str) -> None:
        """Go on with a transfer."""
        self._tasks.latest(
            ("transfers", transfer_id),
            self._backend.transfers.resume(transfer_id),
            lambda _: None,
            self._tell,
        )

    @Slot(str)
    def showFiles(self, transfer_id: str) -> None:
        """Show the files of a transfer."""
        row = next((r for r in self._rows.items if r.id == transfer_id), None)
        if row is not None:
            self._files.open(row.id, row.name)

    @Slot()
    def changeDownloadLimit(self) -> None:
        """Take the next download limit, at once for all transfers."""
        now = self._backend.settings.torrents.download_limit
        self._limit("torrents.download_limit", next_limit(now, DOWNLOAD_LIMITS))

    @Slot()
    def changeUploadLimit(self) -> None:
        """Take the next upload limit, at once for all transfers."""
        now = self._backend.settings.torrents.upload_limit
        self._limit("torrents.upload_limit", next_limit(now, UPLOAD_LIMITS))

    def _limit(self, key: str, limit: int) -> None:
        self._tasks.latest(
            ("transfers", key),
            self._backend.save_settings({key: limit}),
            lambda _: self.limitsChanged.emit(),
            self._tell,
        )

    @Slot(str)
    def askRemove(self, transfer_id: str) -> None:
        """Ask whether to remove a transfer, and its files too."""
        self._removing = next((r for r in self._rows.items if r.id == transfer_id), None)
        self.removingChanged.emit()

    @Slot()
    def keepIt(self) -> None:
        """Ask no more: it stays."""
        self._removing = None
        self.removingChanged.emit()

    @Slot(bool)
    def remove(self, delete_data: bool) -> None:
        """Remove the transfer that was asked about."""
        row = self._removing
        self.keepIt()
        if row is not None:
            self._tasks.latest(
                ("transfers", row.id),
                self._backend.transfers.remove(row.id, delete_data=delete_data),
                lambda _: self._messages.notify(f"{row.name} was removed"),
                self._tell,
            )

    @Slot(str)
    def openFolder(self, folder: str) -> None:
        """Show a transfer's files in the file manager."""
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(folder)):
            self._messages.tell(f"No file manager opened. The files are in {folder}.")

    def _received(self, transfers: tuple[Transfer, ...] | None) -> None:
        if transfers is None:
            return
        self._known, self._problem = True, ""
        self._rows.set_items(transfer_rows(transfers))
        self._summary = summary(transfers)
        self._files.look()
        self.shownChanged.emit()
        if self._removing is not None and all(r.id != self._removing.id for r in self._rows.items):
            self.keepIt()

    def _failed(self, error: UserFacingError) -> None:
        self._problem = error.sentence()
        self.shownChanged.emit()

    def _tell(self, error: UserFacingError) -> None:
        self._messages.tell(error.sentence())

    @Property(TransfersModel, constant=True)
    def rows(self) -> TransfersModel:
        """The transfers."""
        return self._rows

    @Property(TransferFiles, constant=True)
    def files(self) -> TransferFiles:
        """The files of the transfer that was opened."""
        return self._files

    @Property(str, notify=limitsChanged)
    def downloadLimit(self) -> str:
        """The download limit in words."""
        return limit_text(self._backend.settings.torrents.download_limit)

    @Property(str, notify=limitsChanged)
    def uploadLimit(self) -> str:
        """The upload limit in words."""
        return limit_text(self._backend.settings.torrents.upload_limit)

    @Property(str, notify=shownChanged)
    def state(self) -> str:
        """One of loading, ready, empty, failed."""
        if self._problem:
            return "failed"
        if not self._known:
            return "loading"
        return "ready" if self._rows.items else "empty"

    @Property(str, notify=shownChanged)
    def summary(self) -> str:
        """All transfers in one line."""
        return self._summary

    @Property(str, notify=shownChanged)
    def problem(self) -> str:
        """Why nothing is known of them."""
        return self._problem

    @Property(str, notify=removingChanged)
    def removing(self) -> str:
        """The name of the transfer that may be removed, or empty."""
        return self._removing.name if self._removing is not None else ""
