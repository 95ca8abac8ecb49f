"""The dialog with the files of one transfer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from novastream_desktop.errors import UserFacingError
from novastream_desktop.torrents.base import TransferFile
from novastream_desktop.ui.list_model import ItemsModel
from novastream_desktop.ui.messages import Messages
from novastream_desktop.ui.qml import QmlUncreatable
from novastream_desktop.ui.tasks import Tasks
from novastream_desktop.ui.transfers._files import FileRow, file_rows

if TYPE_CHECKING:  # what it imports is not needed before the first frame
    from novastream_desktop.ui.backend import Backend

QML_IMPORT_NAME = "NovaStream.Core"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("TransferFiles makes it")
class TransferFilesModel(ItemsModel):
    """The files of a transfer."""

    ITEM = FileRow


@QmlElement
@QmlUncreatable("TransfersViewModel makes it")
class TransferFiles(QObject):
    """Which transfer's files are shown, and which of them are asked for."""

    shownChanged = Signal()

    def __init__(
        self, backend: Backend, tasks: Tasks, messages: Messages, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._backend, self._tasks, self._messages = backend, tasks, messages
        self._rows = TransferFilesModel(self)
        self._id = self._title = ""
        self._known = False

    @Slot(str, str)
    def open(self, transfer_id: str, title: str) -> None:
        """Show the files of a transfer."""
        self._id, self._title, self._known = transfer_id, title, False
        self._rows.set_items(())
        self.shownChanged.emit()
        self.look()

    @Slot()
    def close(self) -> None:
        """Show them no more."""
        self._id = self._title = ""
        self._tasks.cancel("transfer-files")
        self.shownChanged.emit()

    @Slot(str, bool)
    def want(self, index: str, on: bool) -> None:
        """Ask for a file, or no more."""
        if not self._id:
            return
        self._tasks.latest(
            ("transfer-file", self._id, index),
            self._backend.transfers.fetch(self._id, int(index), on=on),
            lambda _: self.look(),
            self._tell,
        )

    def look(self) -> None:
        """See how the files are now, if they are shown."""
        if self._id:
            self._tasks.latest(
                "transfer-files",
                self._backend.transfers.files(self._id),
                self._received,
                self._tell,
            )

    def _received(self, files: tuple[TransferFile, ...]) -> None:
        self._rows.set_items(file_rows(files))
        if not self._known:
            self._known = True
            self.shownChanged.emit()

    def _tell(self, error: UserFacingError) -> None:
        self._messages.tell(error.sentence())

    @Property(TransferFilesModel, constant=True)
    def rows(self) -> TransferFilesModel:
        """The files."""
        return self._rows

    @Property(str, notify=shownChanged)
    def title(self) -> str:
        """The transfer's name, empty while no files are shown."""
        return self._title

    @Property(bool, notify=shownChanged)
    def known(self) -> bool:
        """Whether the files are there to be read."""
        return self._known
