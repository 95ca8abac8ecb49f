"""`QmlUncreatable` as it is: PySide6's stub leaves out that it takes a reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

from PySide6 import QtQml

T = TypeVar("T")

QmlUncreatable = cast("Callable[[str], Callable[[type[T]], type[T]]]", QtQml.QmlUncreatable)
