"""What the settings page shows and what can be asked of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QmlElement

from novastream_desktop.errors import UserFacingError
from novastream_desktop.models.doctor import Finding
from novastream_desktop.settings import Settings
from novastream_desktop.ui.qml import QmlUncreatable
from novastream_desktop.ui.settings._derive import CHOICES, setting_items
from novastream_desktop.ui.settings.models import FindingsModel, SettingsModel
from novastream_desktop.ui.tasks import Tasks

if TYPE_CHECKING:  # what it imports is not needed before the first frame
    from novastream_desktop.ui.backend import Backend

QML_IMPORT_NAME = "NovaStream.Core"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("Python makes it")
class SettingsViewModel(QObject):
    """Every line of the page, the doctor's report, and one way to change each."""

    doctorStateChanged = Signal()
    problemChanged = Signal()
    saved = Signal()

    def __init__(self, backend: Backend, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._backend, self._tasks = backend, tasks
        self._settings = backend.settings
        self._items = SettingsModel(self)
        self._findings = FindingsModel(self)
        self._doctor_state = "idle"
        self._problem = ""
        self._pending: dict[str, object] = {}
        self._items.set_items(setting_items(self._settings))

    @Slot(str, int)
    def choose(self, key: str, index: int) -> None:
        """Choose one of a line's options."""
        self._change(key, CHOICES[key][index][1])

    @Slot(str, bool)
    def toggle(self, key: str, on: bool) -> None:
        """Switch a line on or off."""
        self._change(key, on)

    @Slot(str, str)
    def enter(self, key: str, text: str) -> None:
        """Store a line's text."""
        self._change(key, text.strip())

    @Slot(str, str)
    def add(self, key: str, text: str) -> None:
        """Add an entry to a list; empty and known ones are left out."""
        entries = self._entries(key)
        if text.strip() and text.strip() not in entries:
            self._change(key, (*entries, text.strip()))

    @Slot(str, str)
    def remove(self, key: str, text: str) -> None:
        """Remove an entry from a list."""
        self._change(key, tuple(entry for entry in self._entries(key) if entry != text))

    @Slot(str)
    def copy(self, text: str) -> None:
        """Put a text on the clipboard."""
        QGuiApplication.clipboard().setText(text)

    @Slot()
    def runDoctor(self) -> None:
        """Check what the main job needs."""
        self._set_doctor("running")
        self._tasks.latest(
            "settings/doctor", self._backend.doctor(), self._examined, self._not_examined
        )

    def _entries(self, key: str) -> tuple[str, ...]:
        return next((item.options for item in self._items.items if item.id == key), ())

    def _change(self, key: str, value: object) -> None:
        """Save; changes that come while one is being saved go with the next."""
        self._pending[key] = value
        if not self._tasks.running("settings/save"):
            self._save()

    def _save(self) -> None:
        changes, self._pending = self._pending, {}
        self._tasks.latest(
            "settings/save",
            self._backend.save_settings(changes),
            self._saved,
            self._not_saved,
        )

    def _saved(self, settings: Settings) -> None:
        self._settings = settings
        self._items.set_items(setting_items(settings))
        self._set_problem("")
        self.saved.emit()
        if self._pending:
            self._save()

    def _not_saved(self, error: UserFacingError) -> None:
        self._items.set_items(setting_items(self._settings))
        self._set_problem(error.sentence())
        if self._pending:
            self._save()

    def _examined(self, findings: Sequence[Finding]) -> None:
        self._findings.show(list(findings))
        self._set_doctor("ready")

    def _not_examined(self, error: UserFacingError) -> None:
        self._set_problem(error.sentence())
        self._set_doctor("failed")

    def _set_doctor(self, state: str) -> None:
        self._doctor_state = state
        self.doctorStateChanged.emit()

    def _set_problem(self, problem: str) -> None:
        if problem != self._problem:
            self._problem = problem
            self.problemChanged.emit()

    @Property(SettingsModel, constant=True)
    def items(self) -> SettingsModel:
        """The lines of the page."""
        return self._items

    @Property(FindingsModel, constant=True)
    def findings(self) -> FindingsModel:
        """The doctor's report."""
        return self._findings

    @Property(str, notify=doctorStateChanged)
    def doctorState(self) -> str:
        """One of idle, running, ready, failed."""
        return self._doctor_state

    @Property(str, notify=problemChanged)
    def problem(self) -> str:
        """Why the last change was not saved, or empty."""
        return self._problem
