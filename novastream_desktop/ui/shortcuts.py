"""The shortcuts page: every key of browsing and of the player."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import Property, QObject
from PySide6.QtQml import QmlElement

from novastream_desktop.ui.browse_keys import browsing_lines, player_lines
from novastream_desktop.ui.list_model import ItemsModel
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

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._browsing, self._player = ShortcutsModel(self), ShortcutsModel(self)
        for model, lines in ((self._browsing, browsing_lines()), (self._player, player_lines())):
            model.set_items([ShortcutItem(meaning, keys, meaning) for keys, meaning in lines])

    @Property(ShortcutsModel, constant=True)
    def browsing(self) -> ShortcutsModel:
        """The keys of browsing."""
        return self._browsing

    @Property(ShortcutsModel, constant=True)
    def player(self) -> ShortcutsModel:
        """The keys of the player."""
        return self._player
