"""The keymap: one table, looked up by a pure function."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt

from novastream_desktop.playback.commands import PlaybackCommands
from novastream_desktop.ui.player.keys import (
    IGNORE,
    KEYMAP,
    Action,
    KeyContext,
    KeyPress,
    Mod,
    action_for,
    chord_of,
    key_label,
    shortcut_lines,
)

KEY = Qt.Key
SHIFT = int(Qt.KeyboardModifier.ShiftModifier.value)
CTRL = int(Qt.KeyboardModifier.ControlModifier.value)
ALT = int(Qt.KeyboardModifier.AltModifier.value)
KEYPAD = int(Qt.KeyboardModifier.KeypadModifier.value)
VIDEO = KeyContext()


def press(key: Qt.Key, modifiers: int = 0, text: str = "", scan_code: int = 0) -> KeyPress:
    return KeyPress(int(key), modifiers, text, scan_code)


@pytest.mark.parametrize(
    ("key", "modifiers", "text", "action"),
    [
        (KEY.Key_Space, 0, " ", Action("press_space")),
        (KEY.Key_K, 0, "k", Action("toggle_pause")),
        (KEY.Key_MediaTogglePlayPause, 0, "", Action("toggle_pause")),
        (KEY.Key_MediaNext, 0, "", Action("next_episode")),
        (KEY.Key_MediaStop, 0, "", Action("leave")),
        (KEY.Key_Left, 0, "", Action("seek_by", (-5.0,))),
        (KEY.Key_Right, KEYPAD, "", Action("seek_by", (5.0,))),
        (KEY.Key_Right, SHIFT, "", Action("seek_by", (1.0,))),
        (KEY.Key_J, 0, "j", Action("seek_by", (-10.0,))),
        (KEY.Key_L, 0, "l", Action("seek_by", (10.0,))),
        (KEY.Key_Left, CTRL, "", Action("sub_seek", (-1,))),
        (KEY.Key_Right, CTRL, "", Action("sub_seek", (1,))),
        (KEY.Key_7, 0, "7", Action("seek_fraction", (0.7,))),
        (KEY.Key_Home, 0, "", Action("seek_to_start")),
        (KEY.Key_End, 0, "", Action("seek_to_end")),
        (KEY.Key_PageUp, 0, "", Action("step_chapter", (1,))),
        (KEY.Key_S, 0, "s", Action("skip_segment")),
        (KEY.Key_U, 0, "u", Action("undo")),
        (KEY.Key_N, SHIFT, "N", Action("next_episode")),
        (KEY.Key_P, SHIFT, "P", Action("previous_episode")),
        (KEY.Key_Up, 0, "", Action("change_volume", (5.0,))),
        (KEY.Key_M, 0, "m", Action("toggle_mute")),
        (KEY.Key_C, 0, "c", Action("toggle_subtitles")),
        (KEY.Key_C, SHIFT, "C", Action("cycle_subtitle")),
        (KEY.Key_V, 0, "v", Action("toggle_panel", ("subtitles",))),
        (KEY.Key_A, SHIFT, "A", Action("toggle_panel", ("audio",))),
        (KEY.Key_G, 0, "g", Action("change_subtitle_delay", (-0.05,))),
        (KEY.Key_H, SHIFT, "H", Action("change_subtitle_delay", (0.5,))),
        (KEY.Key_G, CTRL, "\x07", Action("change_subtitle_delay", (None,))),
        (KEY.Key_Minus, 0, "-", Action("change_subtitle_scale", (-0.1,))),
        (KEY.Key_R, 0, "r", Action("change_subtitle_position", (-5.0,))),
        (KEY.Key_R, SHIFT, "R", Action("change_subtitle_position", (5.0,))),
        (KEY.Key_T, 0, "t", Action("tap_subtitle_sync")),
        (KEY.Key_T, CTRL, "\x14", Action("toggle_on_top")),
        (KEY.Key_L, CTRL, "\x0c", Action("cycle_ab_loop")),
        (KEY.Key_W, 0, "w", Action("toggle_fit")),
        (KEY.Key_P, 0, "p", Action("toggle_mini")),
        (KEY.Key_D, 0, "d", Action("toggle_panel", ("stats",))),
        (KEY.Key_BracketLeft, 0, "[", Action("change_speed", (-0.1,))),
        (KEY.Key_Less, 0, "<", Action("change_speed", (-0.25,))),
        (KEY.Key_Greater, SHIFT, ">", Action("change_speed", (0.25,))),
        (KEY.Key_Backslash, 0, "\\", Action("set_speed", (1.0,))),
        (KEY.Key_Comma, 0, ",", Action("step_frame", (-1,))),
        (KEY.Key_F11, 0, "", Action("toggle_fullscreen")),
        (KEY.Key_E, 0, "e", Action("toggle_panel", ("episodes",))),
        (KEY.Key_S, CTRL, "\x13", Action("screenshot", (True,))),
        (KEY.Key_S, CTRL | SHIFT, "\x13", Action("screenshot", (False,))),
        (KEY.Key_Question, SHIFT, "?", Action("toggle_panel", ("shortcuts",))),
        (KEY.Key_Slash, CTRL, "", Action("toggle_panel", ("shortcuts",))),
    ],
)
def test_keys_over_the_video(key: Qt.Key, modifiers: int, text: str, action: Action):
    assert action_for(press(key, modifiers, text), VIDEO) == action


@pytest.mark.parametrize(
    ("key", "modifiers", "text"),
    [
        (KEY.Key_N, 0, "n"),
        (KEY.Key_Y, 0, "y"),
        (KEY.Key_Up, CTRL, ""),
        (KEY.Key_S, ALT, "s"),
        (KEY.Key_Q, CTRL, "\x11"),
        (KEY.Key_Tab, 0, "\t"),
        (KEY.Key_Shift, SHIFT, ""),
    ],
)
def test_other_keys_pass_on(key: Qt.Key, modifiers: int, text: str):
    assert action_for(press(key, modifiers, text), VIDEO) is None


def test_the_seek_step_is_a_setting():
    assert action_for(press(KEY.Key_Left), KeyContext(seek_step=15)) == Action("seek_by", (-15.0,))


def test_signs_are_matched_by_character_wherever_the_layout_hides_them():
    german_question_mark = press(KEY.Key_Question, SHIFT, "?", 20)
    french_digit = press(KEY.Key_1, SHIFT, "1", 10)

    assert action_for(german_question_mark, VIDEO) == Action("toggle_panel", ("shortcuts",))
    assert action_for(french_digit, VIDEO) == Action("seek_fraction", (0.1,))


def test_letters_of_other_scripts_are_matched_by_place():
    russian_s_key = KeyPress(key=0x042B, text="ы", scan_code=39)

    assert action_for(russian_s_key, VIDEO) == Action("skip_segment")
    assert action_for(KeyPress(key=0x042B, text="ы"), VIDEO) is None


def test_dvorak_letters_are_matched_by_character_not_by_place():
    assert action_for(press(KEY.Key_S, 0, "s", 47), VIDEO) == Action("skip_segment")


def test_enter_skips_only_while_the_prompt_shows_and_nothing_has_focus():
    enter = press(KEY.Key_Return, 0, "\r")

    assert action_for(enter, VIDEO) == Action("show_controls")
    assert action_for(enter, KeyContext(prompt_visible=True)) == Action("skip_segment")
    offered = KeyContext(prompt_visible=True, next_offered=True)
    assert action_for(enter, offered) == Action("next_episode")
    assert action_for(enter, replace(offered, control_focused=True)) is None
    assert action_for(enter, KeyContext(prompt_visible=True, control_focused=True)) is None


@pytest.mark.parametrize(
    "context", [VIDEO, KeyContext(control_focused=True), KeyContext(modal=True)]
)
def test_space_always_pauses(context: KeyContext):
    assert action_for(press(KEY.Key_Space, 0, " "), context) == Action("press_space")


@pytest.mark.parametrize(
    ("context", "step"),
    [
        (KeyContext(True, True, True, fullscreen=True), "close_panel"),
        (KeyContext(False, True, True, fullscreen=True), "release_focus"),
        (KeyContext(prompt_visible=True, fullscreen=True), "dismiss_prompt"),
        (KeyContext(fullscreen=True), "leave_fullscreen"),
        (KeyContext(fullscreen=True, mini=True), "leave_mini"),
        (KeyContext(asks=True, mini=True), "leave_mini"),
        (KeyContext(asks=True), "ask_leave"),
        (KeyContext(asks=True, modal=True), "leave"),
        (KeyContext(asks=True, panel_open=True, overlay=True), "close_panel"),
        (VIDEO, "leave"),
        (KeyContext(control_focused=True, modal=True), "leave"),
    ],
)
def test_escape_takes_one_step_at_a_time(context: KeyContext, step: str):
    assert action_for(press(KEY.Key_Escape), context) == Action(step)


@pytest.mark.parametrize("key", [KEY.Key_Left, KEY.Key_Up, KEY.Key_Return, KEY.Key_PageDown])
@pytest.mark.parametrize(
    "context",
    [KeyContext(panel_open=True), KeyContext(control_focused=True), KeyContext(modal=True)],
)
def test_a_panel_or_focused_control_keeps_the_keys_it_moves_with(key: Qt.Key, context: KeyContext):
    assert action_for(press(key), context) is None


def test_a_panel_over_the_picture_takes_no_keys():
    context = KeyContext(panel_open=True, overlay=True)

    assert action_for(press(KEY.Key_Left), context) == Action("seek_by", (-5.0,))


@pytest.mark.parametrize("letter", "kjlsumncvaghrtwpdfeoix")
def test_letters_never_fire_while_a_text_field_has_the_focus(letter: str):
    context = KeyContext(typing=True, control_focused=True)

    assert action_for(press(KEY[f"Key_{letter.upper()}"], 0, letter), context) is None
    assert action_for(press(KEY[f"Key_{letter.upper()}"], SHIFT, letter.upper()), context) is None


def test_other_keys_while_typing():
    context = KeyContext(typing=True, control_focused=True)

    assert action_for(press(KEY.Key_Space, 0, " "), context) is None
    assert action_for(press(KEY.Key_5, 0, "5"), context) is None
    assert action_for(press(KEY.Key_Escape), context) == Action("release_focus")
    assert action_for(press(KEY.Key_S, CTRL, "\x13"), context) == Action("screenshot", (True,))


def test_a_held_key_repeats_jumps_but_not_switches():
    held_left = KeyPress(int(KEY.Key_Left), repeated=True)
    held_space = KeyPress(int(KEY.Key_Space), text=" ", repeated=True)
    held_escape = KeyPress(int(KEY.Key_Escape), repeated=True)

    assert action_for(held_left, VIDEO) == Action("seek_by", (-5.0,))
    assert action_for(held_space, VIDEO) == Action(IGNORE)
    assert action_for(held_escape, VIDEO) == Action(IGNORE)


def test_no_two_bindings_share_a_key():
    chords = [(b.mods, b.key) for b in KEYMAP]

    assert len(set(chords)) == len(chords)


def test_every_action_is_a_command_or_one_of_the_page_s_own():
    own = {"seek_to_start", "seek_to_end", "toggle_panel", "toggle_fullscreen", "escape", "enter"}
    own |= {"press_space", "toggle_mini", "toggle_on_top", "leave"}

    for binding in KEYMAP:
        assert binding.action in own or hasattr(PlaybackCommands, binding.action), binding


presses = st.builds(
    KeyPress,
    key=st.sampled_from([int(k.value) for k in Qt.Key]) | st.integers(0, 0x1FFFFFF),
    modifiers=st.sampled_from([0, SHIFT, CTRL, ALT, CTRL | SHIFT, CTRL | ALT, KEYPAD]),
    text=st.text(max_size=2),
    scan_code=st.integers(0, 255),
    repeated=st.booleans(),
)
flags = ("panel_open", "prompt_visible", "control_focused", "modal", "fullscreen", "mini")
flags += ("overlay", "typing", "asks")
contexts = st.builds(KeyContext, **{name: st.booleans() for name in flags})


@given(presses, contexts)
def test_any_key_means_one_thing_at_most_and_the_same_each_time(
    pressed: KeyPress, context: KeyContext
):
    mods, name = chord_of(pressed)
    bindings = [b for b in KEYMAP if (b.mods, b.key) == (mods, name)]
    action = action_for(pressed, context)

    assert len(bindings) <= 1
    assert action == action_for(pressed, context)
    if not bindings:
        assert action is None


@given(presses, contexts)
def test_letters_with_ctrl_do_only_what_the_table_lists(pressed: KeyPress, context: KeyContext):
    mods, name = chord_of(pressed)
    if mods & (Mod.CTRL | Mod.ALT) and name.isalpha() and len(name) == 1:
        listed = (mods, name) in {(b.mods, b.key) for b in KEYMAP}
        assert (action_for(pressed, context) is not None) is listed


def test_the_sheet_lists_each_key_once():
    lines = dict(shortcut_lines())

    assert lines["←  →"] == "Back or forward a step"
    assert lines["Ctrl+Shift+S"] == "Save a picture without subtitles"
    assert len(shortcut_lines()) == len({meaning for _, meaning in shortcut_lines()})
    assert key_label(KEYMAP[0]) == "Space"
