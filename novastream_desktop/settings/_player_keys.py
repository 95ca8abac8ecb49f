"""The player's keys as settings: how a key is written, and which keys each preset gives.

A preset follows the program that it is named after where that has a key for the same thing;
where it has none, it keeps NovaStream's key or takes one that it leaves free.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntFlag, StrEnum
from functools import cache

DIGITS = "0-9"
"""Stands for the ten digits in one: the only key that `seek_percent` takes, and none else does."""
PERCENT = "seek_percent"


class KeyPreset(StrEnum):
    """Whose keys the player follows."""

    NOVASTREAM = "novastream"
    MPV = "mpv"
    VLC = "vlc"
    STREMIO = "stremio"


class Mod(IntFlag):
    """The modifiers that count; keypad and group switch do not."""

    NONE = 0
    SHIFT = 1
    CTRL = 2
    ALT = 4
    META = 8


@dataclass(frozen=True, slots=True)
class Chord:
    """A key with its modifiers; letters are lower case, signs never have Shift."""

    mods: Mod
    key: str

    def __str__(self) -> str:
        """Return it as the file has it: `Ctrl+Shift+S`."""
        words = [word for mod, word in _WORDS.items() if self.mods & mod]
        return "+".join([*words, self.key.upper() if len(self.key) == 1 else self.key])

    def pressed(self) -> tuple[Chord, ...]:
        """Return the single chords that it stands for."""
        if self.key != DIGITS:
            return (self,)
        return tuple(Chord(self.mods, digit) for digit in "0123456789")


_WORDS = {Mod.CTRL: "Ctrl", Mod.ALT: "Alt", Mod.META: "Meta", Mod.SHIFT: "Shift"}
_MODS = {word.lower(): mod for mod, word in _WORDS.items()} | {"control": Mod.CTRL}
NAMED_KEYS = (
    *("Space", "Left", "Right", "Up", "Down", "Home", "End", "PgUp", "PgDown"),
    *("Insert", "Delete", "Backspace", "Menu"),
    *(f"F{number}" for number in range(1, 13)),
)
"""Keys that are not a character, by their names in the file."""
_NAMES = {name.lower(): name for name in NAMED_KEYS}
_NAMES |= {"pgdn": "PgDown", "pagedown": "PgDown", "pageup": "PgUp", "del": "Delete"}
_NAMES |= {"ins": "Insert", "bs": "Backspace", "plus": "+", "minus": "-", DIGITS: DIGITS}
RESERVED = {
    "escape": "Esc goes one step back",
    "esc": "Esc goes one step back",
    "return": "Enter chooses what has the focus",
    "enter": "Enter chooses what has the focus",
    "tab": "Tab goes to the next control",
}
"""Keys that nothing else may have, and what for."""
_QUIT = Chord(Mod.CTRL, "q")
_FIRST, _LAST = "!", "~"  # the printable ASCII characters but the blank


def parse_chord(text: str) -> Chord:
    """Return the chord that a text such as `Ctrl+Shift+S`, `PgUp` or `Ctrl++` names.

    Raises:
        ValueError: it names none that can be bound; the message says why.
    """
    *words, key = _split(text.strip())
    mods = Mod.NONE
    for word in words:
        if word.lower() not in _MODS:
            raise ValueError(f"has {text!r}, where {word!r} is no modifier")
        mods |= _MODS[word.lower()]
    if key.lower() in RESERVED:
        raise ValueError(f"has {text!r}, which cannot be given: {RESERVED[key.lower()]}")
    chord = _chord(mods, key, text)
    if chord == _QUIT:
        raise ValueError(f"has {text!r}, which cannot be given: Ctrl+Q quits")
    return chord


def _split(text: str) -> list[str]:
    if text.endswith("+"):  # the key itself
        return [*filter(None, text[:-1].split("+")), "+"]
    return text.split("+")


def _chord(mods: Mod, key: str, text: str) -> Chord:
    if name := _NAMES.get(key.lower()):
        return Chord(mods & ~Mod.SHIFT if name in {"+", "-"} else mods, name)
    if len(key) != 1 or not _FIRST <= key <= _LAST:
        raise ValueError(f"has {text!r}, which names no key")
    if key.isalpha():
        return Chord(mods, key.lower())
    if mods & Mod.SHIFT:  # each layout has other signs there
        raise ValueError(f"has {text!r}: name the sign itself that Shift makes of it")
    return Chord(mods, key)


_ROWS = """
action              novastream            mpv                vlc                stremio
pause               Space,K               Space,P            Space              Space
seek_back           Left                  Left               Left               J
seek_forward        Right                 Right              Right              L
seek_back_1         Shift+Left            Shift+Left         Shift+Left         Shift+Left
seek_forward_1      Shift+Right           Shift+Right        Shift+Right        Shift+Right
seek_back_10        J                     Ctrl+Shift+Left    Alt+Left           Left
seek_forward_10     L                     Ctrl+Shift+Right   Alt+Right          Right
seek_back_60        Ctrl+Shift+Left       Down               Ctrl+Left          Ctrl+Shift+Left
seek_forward_60     Ctrl+Shift+Right      Up                 Ctrl+Right         Ctrl+Shift+Right
seek_percent        0-9                   Ctrl+0-9           0-9                0-9
seek_start          Home                  Home               Home               Home
seek_end            End                   End                End                End
chapter_next        PgUp                  PgUp               PgUp,Shift+N       PgUp
chapter_previous    PgDown                PgDown             PgDown,Shift+P     PgDown
skip                S                     K                  K                  K
undo                U                     U,Shift+Backspace  U                  U
episode_next        Shift+N               >                  N                  Shift+N
episode_previous    Shift+P               <                  P                  Shift+P
frame_back          ,                     ,                  Shift+E            ,
frame_next          .                     .                  E                  .
slower              [                     [                  [                  [
faster              ]                     ]                  ]                  ]
much_slower         <                     {                  -                  <
much_faster         >                     }                  +                  >
speed_normal        \\                    Backspace          =                  \\
speed_panel         Shift+S               Ctrl+E             Ctrl+S             R
ab_loop             Ctrl+L                L                  L                  Ctrl+L
volume_up           Up                    0,*                Ctrl+Up,Up         Up
volume_down         Down                  9,/                Ctrl+Down,Down     Down
mute                M                     M                  M                  M
audio_next          A                     #                  B                  Shift+A
audio_panel         Shift+A               F9                 Shift+B            A
subtitles           C                     V                  Shift+V            C
subtitle_next       Shift+C               J                  V                  Shift+C
subtitle_panel      V                     Shift+V            Alt+V              S
sub_line_back       Ctrl+Left             Ctrl+Left          Alt+G              Ctrl+Left
sub_line_forward    Ctrl+Right            Ctrl+Right         Alt+H              Ctrl+Right
sub_earlier         G                     Z                  G                  G
sub_later           H                     X,Shift+Z          H                  H
sub_earlier_more    Shift+G               Alt+Z              Ctrl+G             Shift+G
sub_later_more      Shift+H               Alt+X              Ctrl+H             Shift+H
sub_in_time         Ctrl+G                Ctrl+Z             Ctrl+Shift+H       Ctrl+G
sub_tap             T                     Y                  Shift+J            T
sub_smaller         -                     Shift+F            Ctrl+-             -
sub_larger          =,+                   Shift+G            Ctrl+=             =,+
sub_up              R                     R                  R                  Alt+Up
sub_down            Shift+R               Shift+R            Shift+R            Alt+Down
fit                 W                     W                  A                  W
screenshot          Ctrl+S,X              S                  Shift+S            Ctrl+S,X
screenshot_clean    Ctrl+Shift+S          Shift+S            Ctrl+Shift+S       Ctrl+Shift+S
mini                P                     Ctrl+P             I                  P
on_top              Ctrl+T                Shift+T            Alt+T              Ctrl+T
fullscreen          F,F11                 F,F11              F,F11              F,F11
episodes            E                     F8                 Ctrl+L             V
sources             O                     E                  O                  O
info                I                     O                  Ctrl+I             I
stats               D                     I,Shift+I          Ctrl+J             D
shortcuts           ?,Ctrl+/              ?                  ?,F1               ?,Ctrl+/
leave               Ctrl+W                Q                  S                  Ctrl+W
"""
_HEAD, *_BODY = (line.split() for line in _ROWS.strip().splitlines())
ACTIONS: tuple[str, ...] = tuple(row[0] for row in _BODY)
"""What a key can be bound to, by the names that the file has for it."""


@cache
def preset_keys(preset: KeyPreset) -> Mapping[str, tuple[Chord, ...]]:
    """Return the keys that a preset gives each action."""
    column = _HEAD.index(preset)
    return {row[0]: tuple(map(parse_chord, _commas(row[column]))) for row in _BODY}


def _commas(cell: str) -> list[str]:
    return [cell] if cell == "," else cell.split(",")


def key_texts(action: str, texts: Iterable[str], taken: Mapping[str, object]) -> tuple[str, ...]:
    """Return an action's own keys as they are called; `taken` has those of the ones before it.

    Raises:
        ValueError: one of them is no key, or belongs to another action already.
    """
    chords = tuple(dict.fromkeys(map(parse_chord, texts)))
    others = {
        chord: other
        for other, keys in taken.items()
        if isinstance(keys, tuple)
        for text in keys
        for chord in parse_chord(text).pressed()
    }
    for chord in chords:
        if (chord.key == DIGITS) is not (action == PERCENT):
            only = (
                f"takes nothing but {DIGITS}, all ten digits"
                if action == PERCENT
                else (f"has {str(chord)!r}, which only {PERCENT} takes")
            )
            raise ValueError(only)
        owner = next((others[one] for one in chord.pressed() if one in others), None)
        if owner:
            raise ValueError(f"has {str(chord)!r}, which {owner} has already")
    return tuple(map(str, chords))
