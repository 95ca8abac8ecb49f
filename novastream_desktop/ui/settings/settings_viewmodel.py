"""What the settings page shows and what can be asked of it."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QmlElement

from novastream_desktop.errors import InvalidInput, UserFacingError
from novastream_desktop.models.doctor import Finding
from novastream_desktop.settings import Settings
from novastream_desktop.ui.player.keys import KeyPress
from novastream_desktop.ui.qml import QmlUncreatable
from novastream_desktop.ui.settings._derive import (
    CATEGORIES,
    CHOICES,
    added,
    entered,
    refusal,
    removed,
    setting_items,
)
from novastream_desktop.ui.settings._key_lines import PREFIX, Captured, captured, resets
from novastream_desktop.ui.settings.models import CategoriesModel, FindingsModel, SettingsModel
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
    categoryChanged = Signal()
    saved = Signal()
    subtitleLookChanged = Signal()

    def __init__(
        self,
        backend: Backend,
        tasks: Tasks,
        parent: QObject | None = None,
        environ: Collection[str] = os.environ,
    ) -> None:
        super().__init__(parent)
        self._backend, self._tasks = backend, tasks
        self._settings = backend.settings
        self._environ = environ
        self._category = 0
        self._problems: dict[str, str] = {}
        self._categories = CategoriesModel(self)
        self._categories.show(CATEGORIES)
        self._items = SettingsModel(self)
        self._findings = FindingsModel(self)
        self._doctor_state = "idle"
        self._problem = ""
        self._pending: dict[str, object] = {}
        self._saving: tuple[str, ...] = ()
        self._token = ""
        self._offer: tuple[str, Captured] | None = None
        self._show()

    @Slot(int)
    def chooseCategory(self, place: int) -> None:
        """Show the settings of another category."""
        if place != self._category and 0 <= place < len(CATEGORIES):
            self._category = place
            self.keepKey()
            self._show()
            self.categoryChanged.emit()

    @Slot(str, int)
    def choose(self, key: str, index: int) -> None:
        """Choose one of a line's options."""
        if index < len(CHOICES[key]):
            self._change(key, CHOICES[key][index][1])

    @Slot(str, bool)
    def toggle(self, key: str, on: bool) -> None:
        """Switch a line on or off."""
        self._change(key, on)

    @Slot(str, str)
    def enter(self, key: str, text: str) -> None:
        """Store a line's text, or say why it cannot be."""
        try:
            value = entered(key, text)
        except ValueError:
            self._refuse((key,), refusal("A number is wanted"))
        else:
            self._change(key, value)

    @Slot(str, str)
    def add(self, key: str, text: str) -> None:
        """Add an entry to a list; empty and known ones are left out."""
        value = added(self._settings, key, text)
        if value is not None:
            self._change(key, value)

    @Slot(str, int)
    def remove(self, key: str, place: int) -> None:
        """Remove an entry from a list."""
        self._change(key, removed(self._settings, key, place))

    @Slot(str, int, int, str, int, bool, result=bool)
    def pressKey(  # noqa: PLR0917  (Qt knows no keywords)
        self, line: str, key: int, modifiers: int, text: str, place: int, more: bool
    ) -> bool:
        """Give an action a key that was pressed; false for a bare modifier, which is none yet."""
        press = KeyPress(key, modifiers, text, place)
        found = captured(self._settings.keys, line.removeprefix(PREFIX), press, more=more)
        if found is None:
            return False
        self.keepKey()
        if found.problem:
            self._offer = (line, found) if found.owner else None
            self._refuse((line,), found.problem)
        else:
            self._problems.pop(line, None)
            self._change_all(found.changes)
        return True

    @Slot()
    def takeKey(self) -> None:
        """Take the key over that was pressed last, from the action that has it."""
        if self._offer is not None:
            changes = self._offer[1].changes
            self.keepKey()
            self._change_all(changes)

    @Slot()
    def keepKey(self) -> None:
        """Leave that key where it is."""
        if self._offer is not None:
            self._problems.pop(self._offer[0], None)
            self._offer = None
            self._show()

    @Slot(str)
    def resetKeys(self, line: str) -> None:
        """Give an action the preset's keys, or with an empty name all of them."""
        self.keepKey()
        self._change_all(resets(self._settings.keys, line.removeprefix(PREFIX)))

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

    @Property("QVariantMap", notify=subtitleLookChanged)  # type: ignore[arg-type]
    def subtitleLook(self) -> dict[str, object]:
        """How subtitles look: `font size bold colour outlineColour outline box position`."""
        style = self._settings.subtitles.style.model_dump()
        return {**style, "outlineColour": style["outline_colour"]}

    def _show(self) -> None:
        self.subtitleLookChanged.emit()
        self._items.set_items(
            setting_items(
                self._settings,
                self._category,
                self._problems,
                self._environ,
                self._token,
                offered=self._offer[0] if self._offer else "",
            )
        )
        if self._settings.api.enabled and not self._token:
            self._tasks.latest(
                "settings/token", self._backend.api_token(), self._told, lambda _: None
            )

    def _told(self, token: str) -> None:
        if token and token != self._token:
            self._token = token
            self._show()

    def _refuse(self, keys: Collection[str], sentence: str) -> None:
        self._problems.update(dict.fromkeys(keys, sentence))
        self._show()

    def _change(self, key: str, value: object) -> None:
        self._change_all({key: value})

    def _change_all(self, changes: Mapping[str, object]) -> None:
        """Save; changes that come while one is being saved go with the next."""
        self._pending |= changes
        if self._pending and not self._tasks.running("settings/save"):
            self._save()

    def _save(self) -> None:
        changes, self._pending = self._pending, {}
        self._saving = tuple(changes)
        self._tasks.latest(
            "settings/save",
            self._backend.save_settings(changes),
            self._saved,
            self._not_saved,
        )

    def _saved(self, settings: Settings) -> None:
        self._settings = settings
        for key in self._saving:
            self._problems.pop(key, None)
        self._show()
        self._set_problem("")
        self.saved.emit()
        if self._pending:
            self._save()

    def _not_saved(self, error: UserFacingError) -> None:
        if isinstance(error, InvalidInput):
            self._refuse(self._saving, refusal(error.why or error.what))
        else:
            self._show()
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

    @Property(CategoriesModel, constant=True)
    def categories(self) -> CategoriesModel:
        """What settings there are, and the doctor at the end."""
        return self._categories

    @Property(int, notify=categoryChanged)
    def category(self) -> int:
        """Which of them is shown."""
        return self._category

    @Property(bool, notify=categoryChanged)
    def examining(self) -> bool:
        """Whether that is the doctor."""
        return not CATEGORIES[self._category].sections

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
