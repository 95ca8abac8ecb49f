"""The player's keys: one table, and one pure function that looks a key press up in it.

Letters are matched by the character that the layout gives; where that is not a Latin one, by the
place on the keyboard. Signs (`?`, `[`, `<`) and digits are matched by character alone, since each
layout hides other ones behind Shift.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntFlag

from PySide6.QtCore import Qt

Args = tuple[object, ...]


class Mod(IntFlag):
    """The modifiers that count; keypad and group switch do not."""

    NONE = 0
    SHIFT = 1
    CTRL = 2
    ALT = 4
    META = 8


@dataclass(frozen=True, slots=True)
class Binding:
    """A key and what it does. Bindings of one `shown` share a line of the sheet."""

    key: str
    action: str
    args: Args = ()
    mods: Mod = Mod.NONE
    shown: str = ""


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
    """

    panel_open: bool = False
    prompt_visible: bool = False
    control_focused: bool = False
    modal: bool = False
    fullscreen: bool = False
    seek_step: float = 5.0


@dataclass(frozen=True, slots=True)
class Action:
    """A slot's name and its arguments."""

    name: str
    args: Args = ()


_S, _C = Mod.SHIFT, Mod.CTRL
STEP = "step"  # stands for the seek step of the settings
IGNORE = "ignore"  # a key of the player's that does nothing just now

#: ux 2b. Left out because nothing behind them exists yet: P, W, D, R, T, Ctrl+L, Ctrl+arrows.
KEYMAP: tuple[Binding, ...] = (
    Binding("Space", "toggle_pause", shown="Play or pause"),
    Binding("k", "toggle_pause", shown="Play or pause"),
    Binding("Media Play", "toggle_pause"),
    Binding("Left", "seek_by", (-1.0, STEP), shown="Back or forward a step"),
    Binding("Right", "seek_by", (1.0, STEP), shown="Back or forward a step"),
    Binding("Left", "seek_by", (-1.0,), _S, shown="Back or forward 1 s"),
    Binding("Right", "seek_by", (1.0,), _S, shown="Back or forward 1 s"),
    Binding("j", "seek_by", (-10.0,), shown="Back or forward 10 s"),
    Binding("l", "seek_by", (10.0,), shown="Back or forward 10 s"),
    Binding("0", "seek_fraction", (0.0,), shown="To the start, to 90 %"),
    *(Binding(str(n), "seek_fraction", (n / 10,)) for n in range(1, 9)),
    Binding("9", "seek_fraction", (0.9,), shown="To the start, to 90 %"),
    Binding("Home", "seek_to_start", shown="To the start, to the last 10 s"),
    Binding("End", "seek_to_end", shown="To the start, to the last 10 s"),
    Binding("PgUp", "step_chapter", (1,), shown="Next or previous chapter"),
    Binding("PgDown", "step_chapter", (-1,), shown="Next or previous chapter"),
    Binding("s", "skip_segment", shown="Skip intro, credits or recap"),
    Binding("u", "undo", shown="Undo the last jump or skip"),
    Binding("n", "next_episode", mods=_S, shown="Next or previous episode"),
    Binding("p", "previous_episode", mods=_S, shown="Next or previous episode"),
    Binding("Up", "change_volume", (5.0,), shown="Louder or quieter"),
    Binding("Down", "change_volume", (-5.0,), shown="Louder or quieter"),
    Binding("m", "toggle_mute", shown="Sound off or on"),
    Binding("c", "toggle_subtitles", shown="Subtitles off or on"),
    Binding("c", "cycle_subtitle", mods=_S, shown="Next subtitle track"),
    Binding("v", "toggle_panel", ("subtitles",), shown="Subtitle tracks"),
    Binding("a", "cycle_audio", shown="Next sound track"),
    Binding("a", "toggle_panel", ("audio",), _S, shown="Sound tracks"),
    Binding("g", "change_subtitle_delay", (-0.05,), shown="Subtitles earlier or later"),
    Binding("h", "change_subtitle_delay", (0.05,), shown="Subtitles earlier or later"),
    Binding("g", "change_subtitle_delay", (-0.5,), _S),
    Binding("h", "change_subtitle_delay", (0.5,), _S),
    Binding("g", "change_subtitle_delay", (None,), _C, shown="Subtitles in time again"),
    Binding("-", "change_subtitle_scale", (-0.1,), shown="Smaller or larger subtitles"),
    Binding("=", "change_subtitle_scale", (0.1,), shown="Smaller or larger subtitles"),
    Binding("+", "change_subtitle_scale", (0.1,)),
    Binding("[", "change_speed", (-0.1,), shown="Slower or faster"),
    Binding("]", "change_speed", (0.1,), shown="Slower or faster"),
    Binding("<", "change_speed", (-0.25,)),
    Binding(">", "change_speed", (0.25,)),
    Binding("\\", "set_speed", (1.0,), shown="Normal speed"),
    Binding(",", "step_frame", (-1,), shown="Previous or next frame"),
    Binding(".", "step_frame", (1,), shown="Previous or next frame"),
    Binding("f", "toggle_fullscreen", shown="Full screen"),
    Binding("F11", "toggle_fullscreen", shown="Full screen"),
    Binding("e", "toggle_panel", ("episodes",), shown="Episodes"),
    Binding("o", "toggle_panel", ("sources",), shown="Sources"),
    Binding("i", "toggle_panel", ("info",), shown="What is playing"),
    Binding("s", "screenshot", (True,), _C, shown="Save a picture"),
    Binding("s", "screenshot", (False,), _C | _S, shown="Save a picture without subtitles"),
    Binding("x", "screenshot", (True,), shown="Save a picture"),
    Binding("?", "toggle_panel", ("shortcuts",), shown="These shortcuts"),
    Binding("/", "toggle_panel", ("shortcuts",), _C),
    Binding("Escape", "escape", shown="One step back"),
    Binding("Return", "enter"),
)

_TABLE = {(b.mods, b.key): b for b in KEYMAP}
assert len(_TABLE) == len(KEYMAP), "two bindings for one key"  # a bug of this very file

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
    int(Qt.Key.Key_F11): "F11",
    int(Qt.Key.Key_MediaPlay): "Media Play",
    int(Qt.Key.Key_MediaPause): "Media Play",
    int(Qt.Key.Key_MediaTogglePlayPause): "Media Play",
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


def action_for(press: KeyPress, context: KeyContext) -> Action | None:
    """Return what a key press means on the player page, None to let it pass.

    Space always pauses, it never presses a focused control. With a control in focus or a panel
    open, arrows and Enter belong to it; Enter skips only while the prompt shows and nothing else
    has focus, else it brings the controls.
    """
    mods, name = chord_of(press)
    owned = context.panel_open or context.control_focused or context.modal
    if owned and name in _NAVIGATION and mods in {Mod.NONE, Mod.SHIFT}:
        return None
    binding = _TABLE.get((mods, name))
    if binding is None:
        return None
    if press.repeated and binding.action not in _REPEATING:
        return Action(IGNORE)
    action = Action(binding.action, binding.args)
    if action.name == "enter":
        action = Action("skip_segment" if context.prompt_visible else "show_controls")
    elif action.name == "escape":
        action = Action(_escape(context))
    elif STEP in action.args:
        action = Action(action.name, (float(str(action.args[0])) * context.seek_step,))
    return action


def _escape(context: KeyContext) -> str:
    """Return the one step that Esc takes: panel, focus, prompt, full screen, leave."""
    if context.panel_open:
        return "close_panel"
    if context.control_focused and not context.modal:
        return "release_focus"
    if context.prompt_visible:
        return "dismiss_prompt"
    return "leave_fullscreen" if context.fullscreen else "leave"


_MOD_WORDS = ((Mod.CTRL, "Ctrl"), (Mod.ALT, "Alt"), (Mod.META, "Meta"), (Mod.SHIFT, "Shift"))
_KEY_SIGNS = {"Left": "←", "Right": "→", "Up": "↑", "Down": "↓", "Escape": "Esc", "PgDown": "PgDn"}


def key_label(binding: Binding) -> str:
    """Return a binding's key as the shortcut sheet prints it: `Ctrl+Shift+S`."""
    words = [word for mod, word in _MOD_WORDS if binding.mods & mod]
    key = _KEY_SIGNS.get(binding.key, binding.key)
    return "+".join([*words, key.upper() if len(key) == 1 else key])


def shortcut_lines() -> tuple[tuple[str, str], ...]:
    """Return key and meaning of each line of the shortcut sheet, in the table's order."""
    lines: dict[str, list[str]] = {}
    for binding in KEYMAP:
        if binding.shown:
            lines.setdefault(binding.shown, []).append(key_label(binding))
    return tuple(("  ".join(keys), meaning) for meaning, keys in lines.items())
