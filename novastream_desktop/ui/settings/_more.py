"""Lines for settings that have none of their own, so that each can be changed on the page."""

from __future__ import annotations

import types
from collections.abc import Collection, Iterator
from enum import Enum
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from novastream_desktop.settings import Settings
from novastream_desktop.ui.settings._line import Category, Line, Section


def more_categories(known: Collection[str]) -> tuple[Category, ...]:
    """Return a category with every setting that is not known, none if there is no such."""
    lines = tuple(line for line in _lines(Settings) if line.key not in known)
    return (Category("More", "ellipsis", (Section("More", lines),)),) if lines else ()


def _lines(model: type[BaseModel], prefix: str = "") -> Iterator[Line]:
    for name, field in model.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from _lines(kind, f"{prefix}{name}.")
        elif (made := _line(f"{prefix}{name}", kind)) is not None:
            yield made


def _line(key: str, kind: Any) -> Line | None:
    label = key.rpartition(".")[2].replace("_", " ").capitalize()
    if isinstance(kind, type) and issubclass(kind, Enum):
        values = [str(member.value) for member in kind]
        choices = tuple((value.capitalize(), value) for value in values)
        return Line(key, label, "", "choice", choices)
    if kind is bool:
        return Line(key, label, "", "toggle")
    if kind in {int, float}:
        return Line(key, label, "", "number")
    if get_origin(kind) is tuple and isinstance(get_args(kind)[0], (type, types.GenericAlias)):
        return Line(key, label, "", "list", example="One entry, then Enter")
    return Line(key, label, "") if kind is str else None
