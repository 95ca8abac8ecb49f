"""The `[keys.player]` table: for each action the keys that it has in place of the preset's.

One dictionary whose entries are checked one by one, with those before them. A model with a field
for each action would say the same; building its schema took 20 ms of every start.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, NamedTuple

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from novastream_desktop.settings._player_keys import ACTIONS, key_texts


class _Entry(NamedTuple):
    """One line of the table, and what comes before it."""

    action: str
    value: object
    before: Mapping[str, object]


def _with_what_is_before(table: object) -> object:
    if not isinstance(table, Mapping):
        return table
    before: dict[str, object] = {}
    entries: dict[object, object] = {}
    for action, value in table.items():
        entries[action] = _Entry(str(action), value, dict(before))
        try:
            before[str(action)] = _checked(entries[action])
        except PydanticCustomError:
            continue  # it is said once its turn comes
    return entries


def _checked(entry: object) -> tuple[str, ...]:
    assert isinstance(entry, _Entry), "made by `_with_what_is_before`"
    if entry.action not in ACTIONS:
        raise PydanticCustomError("extra_forbidden", "is no action")
    texts = [entry.value] if isinstance(entry.value, str) else entry.value
    if not isinstance(texts, (list, tuple)) or not all(isinstance(text, str) for text in texts):
        raise PydanticCustomError("key", "should be a list of keys")
    try:
        return key_texts(entry.action, texts, entry.before)
    except ValueError as error:  # not as it is: pydantic would put its own words before it
        raise PydanticCustomError("key", "{why}", {"why": str(error)}) from error


Keys = Annotated[tuple[str, ...], BeforeValidator(_checked)]
"""An action's own keys; none at all takes its keys away. A single one may stand without a list."""
PlayerKeys = Annotated[dict[str, Keys], BeforeValidator(_with_what_is_before)]
