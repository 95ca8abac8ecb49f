"""The lists of the home page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QObject
from PySide6.QtQml import QmlElement

from novastream_desktop.ui.home.shown import CardItem, RowProps
from novastream_desktop.ui.list_model import ItemsModel
from novastream_desktop.ui.qml import QmlUncreatable

QML_IMPORT_NAME = "NovaStream.Core"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("The home page makes it")
class CardsModel(ItemsModel):
    """The cards of one row."""

    ITEM = CardItem


class RowItem(NamedTuple):
    """A row with the model of its cards, which stays the same object while the row exists."""

    id: str
    title: str
    wide: bool
    note: str
    problem: str
    waiting: bool
    cards: CardsModel


@QmlElement
@QmlUncreatable("The home page makes it")
class RowsModel(ItemsModel):
    """The rows of the home page."""

    ITEM = RowItem

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cards: dict[str, CardsModel] = {}

    def show(self, rows: Sequence[RowProps]) -> None:
        """Show these rows; what is the same stays in place."""
        items = []
        for row in rows:
            cards = self._cards.get(row.id) or CardsModel(self)
            self._cards[row.id] = cards
            cards.set_items(row.cards)
            items.append(
                RowItem(row.id, row.title, row.wide, row.note, row.problem, row.waiting, cards)
            )
        self.set_items(items)
        for gone in self._cards.keys() - {row.id for row in rows}:
            self._cards.pop(gone).deleteLater()
