"""The player's keys: a pure function that looks a key press up in the table, and the sheet.

Letters are matched by the character that the layout gives; where that is not a Latin one, by the
place on the keyboard. Signs (`?`, `[`, `<`) and digits are matched by character alone, since each
layout hides other ones behind Shift.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt

from novastream_desktop.settings import DIGITS, Chord, Mod
from novastream_desktop.ui.player.key_table import KEYMAP, STEP, Args, Binding

__all__ = [
    "IGNORE",
    "KEYMAP",
    "Action",
    "Binding",
    "KeyContext",
    "KeyPress",
    "KeyTable",
    "Mod",
    "action_for",
    "chord_label",
    "chord_of",
    "key_label",
    "modifiers_of",
    "shortcut_lines",
    "table_of",
]


@dataclass(frozen=True, slots=True)
class KeyPress:
    """A key press as Qt reports it; `scan_code` is the place on the keyboard, 0 if unknown."""

    key: int
    modifiers: int = 0
    text: str = ""
    scan_code: int = 0
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class KeyContext:
    """What the page shows when the key is pressed.

    Attributes:
        modal: the error or end page stands over the video; its buttons have the focus.
        seek_step: the setting, in seconds.
        mini: the window is the mini player.
        overlay: the open panel only lies over the picture; it takes no keys but Esc.
        typing: a text field has the focus; letters are its own.
        asks: it has just begun to play, so that Esc asks before it leaves.
        next_offered: the next-episode card is shown, and no skip button with it.
    """

    panel_open: bool = False
    prompt_visible: bool = False
    control_focused: bool = False
    modal: bool = False
    fullscreen: bool = False
    seek_step: float = 5.0
    mini: bool = False
    overlay: bool = False
    typing: bool = False
    asks: bool = False
    next_offered: bool = False


@dataclass(frozen=True, slots=True)
class Action:
    """A slot's name and its arguments."""

    name: str
    args: Args = ()


IGNORE = "ignore"  # a key of the player's that does nothing just now

KeyTable = Mapping[tuple[Mod, str], Binding]


def table_of(bindings: Iterable[Binding]) -> KeyTable:
    """Return bindings by their modifiers and key."""
    return {(binding.mods, binding.key): binding for binding in bindings}


_TABLE = table_of(KEYMAP)

_NAMED = {
    int(Qt.Key.Key_Space): "Space",
    int(Qt.Key.Key_Left): "Left",
    int(Qt.Key.Key_Right): "Right",
    int(Qt.Key.Key_Up): "Up",
    int(Qt.Key.Key_Down): "Down",
    int(Qt.Key.Key_Home): "Home",
    int(Qt.Key.Key_End): "End",
    int(Qt.Key.Key_PageUp): "PgUp",
    int(Qt.Key.Key_PageDown): "PgDown",
    int(Qt.Key.Key_Escape): "Escape",
    int(Qt.Key.Key_Back): "Escape",
    int(Qt.Key.Key_Return): "Return",
    int(Qt.Key.Key_Enter): "Return",
    int(Qt.Key.Key_Insert): "Insert",
    int(Qt.Key.Key_Delete): "Delete",
    int(Qt.Key.Key_Backspace): "Backspace",
    int(Qt.Key.Key_Menu): "Menu",
    **{int(Qt.Key.Key_F1) + i: f"F{i + 1}" for i in range(12)},
    int(Qt.Key.Key_MediaPlay): "Media Play",
    int(Qt.Key.Key_MediaPause): "Media Play",
    int(Qt.Key.Key_MediaTogglePlayPause): "Media Play",
    int(Qt.Key.Key_MediaNext): "Media Next",
    int(Qt.Key.Key_MediaPrevious): "Media Previous",
    int(Qt.Key.Key_MediaStop): "Media Stop",
}
#: Keys that a focused control or open panel uses itself, to move about and to choose.
_NAVIGATION = frozenset({"Left", "Right", "Up", "Down", "Home", "End", "PgUp", "PgDown", "Return"})
_QT_MODS = (
    (int(Qt.KeyboardModifier.ShiftModifier.value), Mod.SHIFT),
    (int(Qt.KeyboardModifier.ControlModifier.value), Mod.CTRL),
    (int(Qt.KeyboardModifier.AltModifier.value), Mod.ALT),
    (int(Qt.KeyboardModifier.MetaModifier.value), Mod.META),
)
#: XKB key codes (evdev + 8) of a US keyboard's letters, for layouts without Latin ones.
_PHYSICAL = {
    start + i: letter
    for start, letters in ((24, "qwertyuiop"), (38, "asdfghjkl"), (52, "zxcvbnm"))
    for i, letter in enumerate(letters)
}
_SPACE, _LAST_ASCII = 0x20, 0x7E
#: What holding a key down repeats; anything else happens once a press.
_REPEATING = frozenset(
    {
        "seek_by",
        "change_volume",
        "change_speed",
        "change_subtitle_delay",
        "change_subtitle_scale",
        "change_subtitle_position",
        "step_frame",
    }
)


def modifiers_of(qt_modifiers: int) -> Mod:
    """Return the modifiers that count."""
    mods = Mod.NONE
    for bit, mod in _QT_MODS:
        if qt_modifiers & bit:
            mods |= mod
    return mods


def chord_of(press: KeyPress) -> tuple[Mod, str]:
    """Return the modifiers and the key's name in the table; the name is empty for none."""
    mods = modifiers_of(press.modifiers)
    if press.key in _NAMED:
        return mods, _NAMED[press.key]
    character = press.text if len(press.text) == 1 and press.text.isprintable() else ""
    if not character and _SPACE < press.key <= _LAST_ASCII:  # Ctrl makes the text a control code
        character = chr(press.key)
    if not character or ord(character) > _LAST_ASCII:
        character = _PHYSICAL.get(press.scan_code, "")
    if character.isalpha():
        return mods, character.lower()
    return mods & ~Mod.SHIFT, character


def action_for(press: KeyPress, context: KeyContext, table: KeyTable = _TABLE) -> Action | None:
    """Return what a key press means on the player page, None to let it pass.

    Space always pauses, it never presses a focused control. With a control in focus or a panel
    open, arrows and Enter belong to it; Enter skips only while the prompt shows, or takes the next
    episode while only its card shows, and nothing else has focus, else it brings the controls.
    """
    mods, name = chord_of(press)
    takes_keys = context.panel_open and not context.overlay
    owned = takes_keys or context.control_focused or context.modal
    if context.typing and name != "Escape" and not mods & (Mod.CTRL | Mod.ALT | Mod.META):
        return None
    if owned and name in _NAVIGATION and mods in {Mod.NONE, Mod.SHIFT}:
        return None
    binding = table.get((mods, name))
    if binding is None:
        return None
    if press.repeated and binding.action not in _REPEATING:
        return Action(IGNORE)
    action = Action(binding.action, binding.args)
    if action.name == "enter":
        shown = "skip_segment" if context.prompt_visible else "show_controls"
        action = Action("next_episode" if context.next_offered else shown)
    elif action.name == "escape":
        action = Action(_escape(context))
    elif STEP in action.args:
        action = Action(action.name, (float(str(action.args[0])) * context.seek_step,))
    return action


def _escape(context: KeyContext) -> str:
    """Return the one step that Esc takes: panel, focus, prompt, window's size, leave."""
    if context.panel_open:
        return "close_panel"
    if context.control_focused and not context.modal:
        return "release_focus"
    if context.prompt_visible:
        return "dismiss_prompt"
    if context.mini:
        return "leave_mini"
    if context.fullscreen:
        return "leave_fullscreen"
    return "ask_leave" if context.asks and not context.modal else "leave"


_MOD_WORDS = ((Mod.CTRL, "Ctrl"), (Mod.ALT, "Alt"), (Mod.META, "Meta"), (Mod.SHIFT, "Shift"))
_KEY_SIGNS = {"Left": "←", "Right": "→", "Up": "↑", "Down": "↓", "Escape": "Esc", "PgDown": "PgDn"}
_KEY_SIGNS |= {DIGITS: "0 to 9"}


def key_label(binding: Binding) -> str:
    """Return a binding's key as the shortcut sheet prints it: `Ctrl+Shift+S`."""
    return chord_label(Chord(binding.mods, binding.key))


def chord_label(chord: Chord) -> str:
    """Return a key with its modifiers in the signs that keyboards have on them."""
    words = [word for mod, word in _MOD_WORDS if chord.mods & mod]
    key = _KEY_SIGNS.get(chord.key, chord.key)
    return "+".join([*words, key.upper() if len(key) == 1 else key])


#: What has no key of its own in the table.
_GESTURES = (
    ("Space held", "Twice the speed, also with the left button"),
    ("Wheel", "Volume; with Shift back or forward"),
    ("Double click", "Full screen, or back"),
)


def shortcut_lines(keymap: Iterable[Binding] = KEYMAP) -> tuple[tuple[str, str], ...]:
    """Return key and meaning of each line of the shortcut sheet, in the table's order."""
    lines: dict[str, list[str]] = {}
    for binding in keymap:
        if binding.shown:
            lines.setdefault(binding.shown, []).append(key_label(binding))
    return (*(("  ".join(keys), meaning) for meaning, keys in lines.items()), *_GESTURES)
