"""A list model over frozen items that updates in place, so that focus and scrolling stay."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any, ClassVar, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractListModel,
    QByteArray,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
)

T = TypeVar("T")
_ROOT = QModelIndex()
#: Qt.ItemDataRole.UserRole as a number: the `Qt` namespace is dear to import, see `Tasks`.
USER_ROLE = 0x0100
_Index = QModelIndex | QPersistentModelIndex


class ItemsModel(QAbstractListModel, Generic[T]):
    """Show frozen items; each field is a role of the same name (in camelCase).

    `ITEM` names their dataclass or named tuple, and `KEY` the field that tells items apart. A
    row keeps its identity while its key stays, wherever it moves to.
    """

    ITEM: ClassVar[type]
    KEY: ClassVar[str] = "id"

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._names = field_names(self.ITEM)
        self._roles = {USER_ROLE + 1 + i: n for i, n in enumerate(self._names)}
        self._role_of = {name: role for role, name in self._roles.items()}
        self._items: list[T] = []

    @property
    def items(self) -> tuple[T, ...]:
        """What is shown, in order."""
        return tuple(self._items)

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """Return the number of items."""
        return 0 if parent.isValid() else len(self._items)

    def roleNames(self) -> dict[int, QByteArray]:
        """Return the roles by number."""
        return {role: QByteArray(camel(name).encode()) for role, name in self._roles.items()}

    def data(self, index: _Index, role: int = 0) -> Any:
        """Return one field of one item."""
        name = self._roles.get(role)
        if name is None or not 0 <= index.row() < len(self._items):
            return None
        value = getattr(self._items[index.row()], name)
        return list(value) if isinstance(value, tuple) else value

    def set_items(self, items: Sequence[T]) -> None:
        """Show these items: rows are moved, added, removed and changed one by one."""
        wanted = {self._key(item) for item in items}
        self._remove(lambda item: self._key(item) not in wanted)
        for row, item in enumerate(items):
            at = self._find(self._key(item), row)
            if at is None:
                self.beginInsertRows(_ROOT, row, row)
                self._items.insert(row, item)
                self.endInsertRows()
                continue
            if at != row:
                self.beginMoveRows(_ROOT, at, at, _ROOT, row)
                self._items.insert(row, self._items.pop(at))
                self.endMoveRows()
            self._change(row, item)
        self._remove_from(len(items))

    def change(self, key: Hashable, changed: Callable[[T], T]) -> None:
        """Change the item with this key, if it is here."""
        row = self._find(key, 0)
        if row is not None:
            self._change(row, changed(self._items[row]))

    def _key(self, item: T) -> Hashable:
        key: Hashable = getattr(item, self.KEY)
        return key

    def _find(self, key: Hashable, start: int) -> int | None:
        return next(
            (r for r in range(start, len(self._items)) if self._key(self._items[r]) == key), None
        )

    def _remove(self, unwanted: Callable[[T], bool]) -> None:
        for row in reversed(range(len(self._items))):
            if unwanted(self._items[row]):
                self.beginRemoveRows(_ROOT, row, row)
                del self._items[row]
                self.endRemoveRows()

    def _remove_from(self, row: int) -> None:
        if row < len(self._items):
            self.beginRemoveRows(_ROOT, row, len(self._items) - 1)
            del self._items[row:]
            self.endRemoveRows()

    def _change(self, row: int, item: T) -> None:
        old = self._items[row]
        roles = [
            self._role_of[name] for name in self._names if getattr(old, name) != getattr(item, name)
        ]
        if roles:
            self._items[row] = item
            at = self.index(row)
            self.dataChanged.emit(at, at, roles)


def field_names(kind: type) -> tuple[str, ...]:
    """Return the fields of a dataclass or named tuple without bases."""
    return tuple(kind.__annotations__)


def camel(name: str) -> str:
    """Return a snake_case name in camelCase."""
    head, *rest = name.split("_")
    return head + "".join(part.title() for part in rest)
