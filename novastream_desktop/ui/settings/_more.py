"""Lines for settings that have none of their own, so that each can be changed on the page."""

from __future__ import annotations

import types
from collections.abc import Collection, Iterator
from enum import Enum
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from novastream_desktop.settings import Settings
from novastream_desktop.ui.settings._line import Category, Line, Section

KEYS = "keys."
_TOLD = {
    "keys.preset": (
        "Keys of the player",
        "As NovaStream, mpv, VLC or Stremio have them. Single ones: [keys.player] in config.toml.",
    ),
    "interface.gamepad": ("Gamepad", "One that is plugged in moves about in the window."),
}
_NAMES = {"novastream": "NovaStream", "mpv": "mpv", "vlc": "VLC"}


def more_categories(known: Collection[str]) -> tuple[Category, ...]:
    """Return categories with every setting that is not known: keys by themselves."""
    lines = [line for line in _lines(Settings) if line.key not in known]
    keys = tuple(line for line in lines if line.key.startswith(KEYS))
    others = tuple(line for line in lines if not line.key.startswith(KEYS))
    made = (
        Category("Keys", "keyboard", (Section("Keys", keys),)),
        Category("More", "ellipsis", (Section("More", others),)),
    )
    return tuple(category for category in made if category.sections[0].lines)


def _lines(model: type[BaseModel], prefix: str = "") -> Iterator[Line]:
    for name, field in model.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from _lines(kind, f"{prefix}{name}.")
        elif (made := _line(f"{prefix}{name}", kind)) is not None:
            yield made


def _line(key: str, kind: Any) -> Line | None:
    label, hint = _TOLD.get(key, (key.rpartition(".")[2].replace("_", " ").capitalize(), ""))
    if isinstance(kind, type) and issubclass(kind, Enum):
        values = [str(member.value) for member in kind]
        choices = tuple((_NAMES.get(value, value.capitalize()), value) for value in values)
        return Line(key, label, hint, "choice", choices)
    if kind is bool:
        return Line(key, label, hint, "toggle")
    if kind in {int, float}:
        return Line(key, label, hint, "number")
    if get_origin(kind) is tuple and isinstance(get_args(kind)[0], (type, types.GenericAlias)):
        return Line(key, label, hint, "list", example="One entry, then Enter")
    return Line(key, label, hint) if kind is str else None
