"""The lines on keys, and what becomes of a key that was pressed for one of them: pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt

from novastream_desktop.settings import (
    DIGITS,
    PERCENT,
    RESERVED,
    Chord,
    KeysSettings,
    parse_chord,
    preset_keys,
)
from novastream_desktop.ui.player.key_table import GROUPS, MEANINGS, keys_in_force
from novastream_desktop.ui.player.keys import KeyPress, chord_label, chord_of
from novastream_desktop.ui.settings._line import Category, Line, Section, choice

PREFIX = "keys.player."
_MODIFIERS = frozenset(
    int(key)
    for key in (
        *(Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta),
        *(Qt.Key.Key_AltGr, Qt.Key.Key_CapsLock, Qt.Key.Key_NumLock, Qt.Key.Key_Super_L),
    )
)
KEYS = Category(
    "Keys",
    "keyboard",
    (
        Section(
            "Keys of the player",
            (
                choice(
                    "keys.preset",
                    "Keys as in",
                    "Enter on a line below, then a key, changes it.",
                    ("NovaStream", "novastream"),
                    ("mpv", "mpv"),
                    ("VLC", "vlc"),
                    ("Stremio", "stremio"),
                ),
            ),
        ),
        *(
            Section(
                title,
                tuple(Line(PREFIX + action, m.name, "", "keys") for action, m in actions.items()),
            )
            for title, actions in GROUPS.items()
        ),
    ),
)

Changes = Mapping[str, tuple[str, ...] | None]
"""What to store by the setting's dotted key; None is the preset's."""


@dataclass(frozen=True, slots=True)
class Captured:
    """What becomes of a key that was pressed.

    Attributes:
        changes: what to store, at once or (with `owner`) once it is agreed to.
        problem: why it cannot be, or who has the key now.
        owner: the action that would lose the key.
    """

    changes: Changes
    problem: str = ""
    owner: str = ""


def labels(keys: KeysSettings, action: str) -> tuple[str, ...]:
    """Return the keys of an action as the page shows them."""
    return tuple(map(chord_label, keys_in_force(keys)[action]))


def captured(keys: KeysSettings, action: str, press: KeyPress, *, more: bool) -> Captured | None:
    """Return what becomes of a key that was pressed for an action, None for a bare modifier.

    Args:
        keys: the settings in force.
        action: what the key is for.
        press: the key.
        more: it comes to the keys that the action has, else it replaces them.
    """
    if press.key in _MODIFIERS:
        return None
    chord, problem = _chord(action, press)
    if chord is None:
        return Captured({}, problem)
    there = keys_in_force(keys)
    wanted = tuple(dict.fromkeys((*there[action], chord) if more else (chord,)))
    owner = _owner(there, action, chord)
    changes = {PREFIX + action: _stored(keys, action, wanted)}
    if not owner:
        return Captured(changes)
    if owner in keys.player:
        left = tuple(c for c in there[owner] if set(c.pressed()).isdisjoint(chord.pressed()))
        changes[PREFIX + owner] = tuple(map(str, left))
    told = f"{chord_label(chord)} has another use: {MEANINGS[owner].name}."
    return Captured(changes, told, owner)


def resets(keys: KeysSettings, action: str = "") -> Changes:
    """Return what takes one action, or all of them, back to the preset."""
    return {PREFIX + one: None for one in ([action] if action else keys.player)}


def _chord(action: str, press: KeyPress) -> tuple[Chord | None, str]:
    mods, name = chord_of(press)
    if action == PERCENT and name:
        if not name.isdecimal():
            return None, "Press a digit; all ten go together."
        name = DIGITS
    tab = press.key in {int(Qt.Key.Key_Tab), int(Qt.Key.Key_Backtab)}
    if tab or name.lower() in RESERVED:
        return None, f"Not possible: {RESERVED['tab' if tab else name.lower()]}."
    try:
        return parse_chord(str(Chord(mods, name))), ""
    except ValueError as error:
        known = str(error).rpartition(": ")[2] if ": " in str(error) else ""
        return None, f"Not possible: {known}." if known else "That key cannot be used."


def _owner(there: Mapping[str, tuple[Chord, ...]], action: str, chord: Chord) -> str:
    wanted = set(chord.pressed())
    for other, chords in there.items():
        if other != action and any(wanted & set(c.pressed()) for c in chords):
            return other
    return ""


def _stored(keys: KeysSettings, action: str, wanted: tuple[Chord, ...]) -> tuple[str, ...] | None:
    """Return what to store: nothing, where the preset says the same."""
    same = wanted == preset_keys(keys.preset)[action]
    return None if same else tuple(map(str, wanted))
