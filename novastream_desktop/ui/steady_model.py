"""A list model whose rows do not move away from under the pointer or the focus."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, Slot

from novastream_desktop.ui.list_model import ItemsModel
from novastream_desktop.ui.steady_order import steady

T = TypeVar("T")


class SteadyItemsModel(ItemsModel, Generic[T]):
    """Show items in their order, but for the row that is pointed at: it stays where it is."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pointed: str | None = None

    @Slot(str, bool)
    def point(self, key: str, on: bool) -> None:
        """Hold the row with this key where it is, or no more; an empty key holds none."""
        if on:
            self._pointed = key or None
        elif self._pointed == key:
            self._pointed = None

    def set_items(self, items: Sequence[T]) -> None:
        """Show these items, the row that is pointed at on its place."""
        super().set_items(steady(self._items, items, self._pointed, self._key))
