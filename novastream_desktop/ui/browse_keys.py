"""The keys of browsing: one table, and one pure function that looks a key press up in it.

Letters are matched as the player's are: by the character, else by the place on the keyboard.
"""

from __future__ import annotations

from PySide6.QtCore import Qt

from novastream_desktop.ui.player.keys import (
    Binding,
    KeyPress,
    Mod,
    chord_of,
    key_label,
    modifiers_of,
)

_C, _A, _S = Mod.CTRL, Mod.ALT, Mod.SHIFT
ROOMS = ("home", "search", "library", "transfers", "settings", "shortcuts")
"""The rooms in the order of the rail and of Ctrl+1 to Ctrl+6."""

#: ux 2b, "Browsing". Arrows, Enter and Esc belong to what has the focus.
BROWSING: tuple[Binding, ...] = (
    Binding("/", "room", ("search",), shown="Search"),
    Binding("f", "room", ("search",), _C, shown="Search"),
    *(
        Binding(str(n), "room", (room,), _C, shown=f"Go to {room.title()}")
        for n, room in enumerate(ROOMS, 1)
    ),
    Binding(",", "room", ("settings",), _C, shown="Go to Settings"),
    Binding("?", "room", ("shortcuts",), shown="Go to Shortcuts"),
    Binding("Space", "preview", shown="Preview the title"),
    Binding("l", "library", shown="Add to the library or remove"),
    Binding("w", "watched", shown="Mark as watched or not"),
    Binding("Menu", "menu", shown="More for the title"),
    Binding("F10", "menu", mods=_S, shown="More for the title"),
    Binding("F5", "refresh", shown="Ask again for the row or page"),
    Binding("Backspace", "back", shown="Back"),
    Binding("Left", "back", mods=_A, shown="Back"),
    Binding("Back", "back"),
    Binding("z", "undo", mods=_C, shown="Take the last change back"),
    Binding("f", "fullscreen", shown="Full screen"),
    Binding("F11", "fullscreen", shown="Full screen"),
    Binding("q", "quit", mods=_C, shown="Quit"),
)
_TABLE = {(b.mods, b.key): b for b in BROWSING}
_NAMED = {
    int(Qt.Key.Key_F5): "F5",
    int(Qt.Key.Key_F10): "F10",
    int(Qt.Key.Key_Menu): "Menu",
    int(Qt.Key.Key_Backspace): "Backspace",
    int(Qt.Key.Key_Back): "Back",
}
_FIRST_DIGIT, _DIGITS = 10, 9  # XKB key codes of the digit row
_ALWAYS = frozenset({"back"})  # what may repeat while a key is held
_EDITING = frozenset({"Backspace", "Space"})  # with letters and signs: what a text field writes
_GENERAL = (
    ("↑  ↓  ←  →", "Move"),
    ("Enter", "Open or choose"),
    ("Esc", "One step back"),
    ("Tab", "Next control"),
)


def browsing_action(press: KeyPress, *, typing: bool = False) -> str:
    """Return what a key press means outside the player: an action, `room:NAME`, or nothing.

    Args:
        press: the key.
        typing: a text field has the focus, to which letters belong.
    """
    mods, name = _chord(press)
    binding = _TABLE.get((mods, name))
    if binding is None or (press.repeated and binding.action not in _ALWAYS):
        return ""
    if typing and not mods & (Mod.CTRL | Mod.ALT) and (len(name) == 1 or name in _EDITING):
        return ""
    return ":".join((binding.action, *map(str, binding.args)))


def _chord(press: KeyPress) -> tuple[Mod, str]:
    if press.key in _NAMED:
        return modifiers_of(press.modifiers), _NAMED[press.key]
    mods, name = chord_of(press)
    place = press.scan_code - _FIRST_DIGIT
    if mods & Mod.CTRL and not name.isalnum() and 0 <= place < _DIGITS and name != ",":
        return mods, str(place + 1)
    return mods, name


def browsing_lines() -> tuple[tuple[str, str], ...]:
    """Return key and meaning of each line of the shortcuts page's first half."""
    lines: dict[str, list[str]] = {}
    for binding in BROWSING:
        if binding.shown:
            lines.setdefault(binding.shown, []).append(key_label(binding))
    return (*_GENERAL, *(("  ".join(keys), meaning) for meaning, keys in lines.items()))
