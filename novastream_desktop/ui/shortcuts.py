"""The shortcuts page: every key of browsing and of the player."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import Property, QObject
from PySide6.QtQml import QmlElement

from novastream_desktop.settings import KeysSettings
from novastream_desktop.ui.browse_keys import browsing_lines
from novastream_desktop.ui.list_model import ItemsModel
from novastream_desktop.ui.player.key_table import bindings
from novastream_desktop.ui.player.keys import shortcut_lines
from novastream_desktop.ui.qml import QmlUncreatable

QML_IMPORT_NAME = "NovaStream.Core"
QML_IMPORT_MAJOR_VERSION = 1


class ShortcutItem(NamedTuple):
    """One line: keys, and what they do."""

    id: str
    keys: str
    meaning: str


@QmlElement
@QmlUncreatable("The shortcuts page makes it")
class ShortcutsModel(ItemsModel):
    """The lines of one half."""

    ITEM = ShortcutItem


@QmlElement
@QmlUncreatable("Python makes it")
class ShortcutsViewModel(QObject):
    """Both halves of the page."""

    def __init__(self, keys: KeysSettings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._browsing, self._player = ShortcutsModel(self), ShortcutsModel(self)
        self._fill(self._browsing, browsing_lines())
        self.show(keys)

    def show(self, keys: KeysSettings) -> None:
        """Show the player's keys by these settings."""
        self._fill(self._player, shortcut_lines(bindings(keys)))

    @staticmethod
    def _fill(model: ShortcutsModel, lines: tuple[tuple[str, str], ...]) -> None:
        model.set_items([ShortcutItem(meaning, keys, meaning) for keys, meaning in lines])

    @Property(ShortcutsModel, constant=True)
    def browsing(self) -> ShortcutsModel:
        """The keys of browsing."""
        return self._browsing

    @Property(ShortcutsModel, constant=True)
    def player(self) -> ShortcutsModel:
        """The keys of the player."""
        return self._player
