"""Which keys exist, by the model: `tmdb.base_url` and the like."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from novastream_desktop.settings._model import Settings
from novastream_desktop.settings._player_keys import ACTIONS

PLAYER_KEYS = "keys.player"
"""The table that has one key for each action of the player."""


def _fields(model: type[BaseModel], prefix: str = "") -> Iterator[tuple[str, FieldInfo]]:
    for name, field in model.model_fields.items():
        inner = field.annotation
        if f"{prefix}{name}" == PLAYER_KEYS:
            keys = FieldInfo(annotation=tuple[str, ...])
            yield from ((f"{PLAYER_KEYS}.{action}", keys) for action in ACTIONS)
        elif isinstance(inner, type) and issubclass(inner, BaseModel):
            yield from _fields(inner, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", field


@cache
def settings_keys() -> Mapping[str, FieldInfo]:
    """Return every dotted key with its field."""
    return dict(_fields(Settings))


def is_text(key: str) -> bool:
    """Whether a key takes plain text."""
    return settings_keys()[key].annotation is str


def is_list(key: str) -> bool:
    """Whether a key takes a list."""
    return get_origin(settings_keys()[key].annotation) is tuple


def nested(path: tuple[str, ...], value: object) -> dict[str, Any]:
    """Return `{"a": {"b": value}}` for `("a", "b")`."""
    for part in reversed(path[1:]):
        value = {part: value}
    return {path[0]: value}


def merged(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Return both, table by table; `above` wins; lists are replaced whole."""
    result = dict(below)
    for key, value in above.items():
        there = result.get(key)
        both = isinstance(value, Mapping) and isinstance(there, Mapping)
        result[key] = merged(there, value) if both else value  # type: ignore[arg-type]
    return result
