"""What becomes of a key that is pressed on the settings page, and the page itself."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from novastream_desktop.settings import KeysSettings, Settings
from novastream_desktop.ui.player.keys import KeyPress
from novastream_desktop.ui.settings._derive import CATEGORIES, setting_items
from novastream_desktop.ui.settings._key_lines import captured, labels, resets
from tests.ui.driving import Shown, find, until

KEY = Qt.Key
SHIFT = int(Qt.KeyboardModifier.ShiftModifier.value)
CTRL = int(Qt.KeyboardModifier.ControlModifier.value)
PLACE = [category.title for category in CATEGORIES].index("Keys")


def press(key: Qt.Key, modifiers: int = 0, text: str = "") -> KeyPress:
    return KeyPress(int(key), modifiers, text)


def test_a_free_key_takes_the_place_of_the_others_or_joins_them():
    f2 = press(KEY.Key_F2)
    replaced = captured(KeysSettings(), "pause", f2, more=False)
    joined = captured(KeysSettings(), "pause", f2, more=True)
    assert replaced
    assert joined
    assert replaced.changes == {"keys.player.pause": ("F2",)}
    assert joined.changes == {"keys.player.pause": ("Space", "K", "F2")}
    assert not replaced.problem
    assert not replaced.owner


def test_the_preset_s_own_key_is_stored_as_no_change():
    found = captured(KeysSettings(player={"mute": ("F2",)}), "mute", press(KEY.Key_M), more=False)
    assert found
    assert found.changes == {"keys.player.mute": None}


def test_a_key_that_another_action_has_is_offered():
    found = captured(KeysSettings(), "undo", press(KEY.Key_S, 0, "s"), more=False)
    assert found
    assert found.owner == "skip"
    assert found.problem == "S has another use: Skip intro, credits or recap."
    assert found.changes == {"keys.player.undo": ("S",)}


def test_an_action_s_own_keys_are_taken_out_where_they_stand():
    keys = KeysSettings(player={"skip": ("F2", "F4")})
    found = captured(keys, "undo", press(KEY.Key_F2), more=False)
    assert found
    assert found.changes == {"keys.player.undo": ("F2",), "keys.player.skip": ("F4",)}


@pytest.mark.parametrize("key", [KEY.Key_Shift, KEY.Key_Control, KEY.Key_Alt, KEY.Key_AltGr])
def test_a_modifier_alone_is_waited_on(key: Qt.Key):
    assert captured(KeysSettings(), "undo", press(key), more=False) is None


@pytest.mark.parametrize(
    ("action", "pressed", "why"),
    [
        ("undo", press(KEY.Key_Return, 0, "\r"), "Enter chooses what has the focus"),
        ("undo", press(KEY.Key_Tab, 0, "\t"), "Tab goes to the next control"),
        ("undo", press(KEY.Key_Q, CTRL, "\x11"), "Ctrl+Q quits"),
        ("undo", press(KEY.Key_Odiaeresis, 0, "ö"), "That key cannot be used"),
        ("undo", press(KEY.Key_MediaNext), "That key cannot be used"),
        ("seek_percent", press(KEY.Key_A, 0, "a"), "Press a digit"),
    ],
)
def test_what_cannot_be_bound_says_why(action: str, pressed: KeyPress, why: str):
    found = captured(KeysSettings(), action, pressed, more=False)
    assert found
    assert why in found.problem
    assert not found.owner
    assert not found.changes


def test_one_digit_stands_for_all_ten():
    found = captured(KeysSettings(), "seek_percent", press(KEY.Key_3, CTRL, ""), more=False)
    assert found
    assert found.changes == {"keys.player.seek_percent": ("Ctrl+0-9",)}
    assert labels(KeysSettings(), "seek_percent") == ("0 to 9",)


def test_resetting_takes_out_one_or_all():
    keys = KeysSettings(player={"skip": ("F2",), "undo": ("F4",)})
    assert resets(keys, "skip") == {"keys.player.skip": None}
    assert resets(keys) == {"keys.player.skip": None, "keys.player.undo": None}


def test_all_keys_can_be_reset_once_one_is_changed():
    plain = {item.id: item for item in setting_items(Settings(), PLACE)}
    changed = Settings(keys=KeysSettings(player={"skip": ("F2",)}))
    items = {item.id: item for item in setting_items(changed, PLACE)}
    assert "keys.reset" not in plain
    assert "keys.reset" in items
    assert items["keys.player.skip"].options == ("F2",)
    assert items["keys.player.skip"].checked
    assert not items["keys.player.undo"].checked


def line(shown: Shown, action: str):
    items = shown.app.settings.items.items
    return next(item for item in items if item.id == f"keys.player.{action}")


def control(shown: Shown, name: str):
    return find(shown.window.contentItem(), lambda i: str(i.property("name")).startswith(name))


@pytest.fixture
def page(shown: Shown) -> Shown:
    """The window at the page of keys."""
    shown.app.openSettings()
    shown.app.settings.chooseCategory(PLACE)
    until(lambda: shown.app.page == "settings")
    until(lambda: any(True for _ in [control(shown, "Undo the last")]))
    return shown


def test_a_pressed_key_is_saved_and_shown(page: Shown):
    control(page, "Undo the last").forceActiveFocus()
    page.press(KEY.Key_Return, KEY.Key_F2)
    until(lambda: page.backend.called("save_settings"))
    assert page.backend.called("save_settings") == [({"keys.player.undo": ("F2",)},)]
    until(lambda: line(page, "undo").options == ("F2",))
    assert page.warnings == []


def test_escape_keeps_the_key_as_it_is(page: Shown):
    control(page, "Undo the last").forceActiveFocus()
    page.press(KEY.Key_Return, KEY.Key_Escape, KEY.Key_F2)
    assert line(page, "undo").options == ("U",)
    assert page.backend.called("save_settings") == []
    assert page.app.page == "settings"


def test_a_taken_key_is_told_and_taken_over(page: Shown):
    control(page, "Undo the last").forceActiveFocus()
    page.press(KEY.Key_Return, KEY.Key_S)
    until(lambda: page.says() == "Take it over")
    assert "another use" in line(page, "undo").problem
    page.press(KEY.Key_Return)
    until(lambda: line(page, "undo").options == ("S",))
    assert line(page, "skip").options == ()
    assert line(page, "undo").problem == ""
    until(lambda: str(page.says()).startswith("Undo the last"))
    assert page.warnings == []


def test_a_taken_key_is_left_alone(page: Shown):
    control(page, "Undo the last").forceActiveFocus()
    page.press(KEY.Key_Return, KEY.Key_S)
    until(lambda: page.says() == "Take it over")
    page.press(KEY.Key_Escape)
    assert line(page, "undo").problem == ""
    assert line(page, "undo").options == ("U",)
    assert page.backend.called("save_settings") == []
    assert page.app.page == "settings"
