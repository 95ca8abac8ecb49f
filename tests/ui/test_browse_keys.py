from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt

from novastream_desktop.ui.browse_keys import BROWSING, ROOMS, browsing_action, browsing_lines
from novastream_desktop.ui.player.keys import KeyPress

KEY, MOD = Qt.Key, Qt.KeyboardModifier
CTRL, SHIFT, ALT = MOD.ControlModifier.value, MOD.ShiftModifier.value, MOD.AltModifier.value


def press(key: Qt.Key, text: str = "", mods: int = 0, place: int = 0, repeated: bool = False):
    return KeyPress(int(key), mods, text, place, repeated)


@pytest.mark.parametrize(
    ("pressed", "action"),
    [
        (press(KEY.Key_Slash, "/"), "room:search"),
        (press(KEY.Key_Slash, "/", SHIFT), "room:search"),  # Shift+7 on a German layout
        (press(KEY.Key_F, "\x06", CTRL), "room:search"),
        *((press(KEY(ord("1") + n), "", CTRL), f"room:{room}") for n, room in enumerate(ROOMS)),
        (press(KEY.Key_Ampersand, "&", CTRL, 10), "room:home"),  # the 1 key of a French layout
        (press(KEY.Key_Comma, ",", CTRL), "room:settings"),
        (press(KEY.Key_Question, "?", SHIFT), "room:shortcuts"),
        (press(KEY.Key_Space, " "), "preview"),
        (press(KEY.Key_L, "l"), "library"),
        (press(KEY.Key_L, "L", SHIFT), ""),
        (press(KEY.Key_W, "w"), "watched"),
        (press(KEY(0x0426), "ц", 0, 25), "watched"),  # the W key of a Russian layout
        (press(KEY.Key_Menu), "menu"),
        (press(KEY.Key_F10, "", SHIFT), "menu"),
        (press(KEY.Key_F10), ""),
        (press(KEY.Key_F5), "refresh"),
        (press(KEY.Key_Backspace, "\x08"), "back"),
        (press(KEY.Key_Left, "", ALT), "back"),
        (press(KEY.Key_Left), ""),
        (press(KEY.Key_Q, "\x11", CTRL), "quit"),
        (press(KEY.Key_Z, "\x1a", CTRL), "undo"),
        (press(KEY.Key_F, "f"), "fullscreen"),
        (press(KEY.Key_F11), "fullscreen"),
        (press(KEY.Key_W, "w", 0, 0, True), ""),
        (press(KEY.Key_Backspace, "\x08", 0, 0, True), "back"),
        (press(KEY.Key_7, "7", CTRL), ""),
    ],
)
def test_a_key_means(pressed: KeyPress, action: str):
    assert browsing_action(pressed) == action


@given(st.characters(min_codepoint=0x20, max_codepoint=0x4FF), st.booleans(), st.integers(0, 70))
def test_nothing_that_can_be_typed_acts_while_somebody_types(
    character: str, shifted: bool, place: int
):
    key = ord(character.upper()[0])
    pressed = KeyPress(key, SHIFT if shifted else 0, character, place)
    assert browsing_action(pressed, typing=True) == ""


@pytest.mark.parametrize("key", [KEY.Key_Backspace, KEY.Key_Space])
def test_editing_keys_belong_to_the_text(key: Qt.Key):
    assert browsing_action(press(key, " "), typing=True) == ""


def test_chords_and_function_keys_act_while_somebody_types():
    assert browsing_action(press(KEY.Key_F, "\x06", CTRL), typing=True) == "room:search"
    assert browsing_action(press(KEY.Key_F5), typing=True) == "refresh"


def test_every_key_is_explained_once():
    lines = dict(browsing_lines())
    assert lines["/  Ctrl+F"] == "Search"
    shown = {binding.shown for binding in BROWSING if binding.shown}
    assert shown <= set(lines.values())
