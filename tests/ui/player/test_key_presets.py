"""From the settings to the table of the player's keys."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novastream_desktop.playback.commands import PlaybackCommands
from novastream_desktop.settings import ACTIONS, KeyPreset, KeysSettings, parse_chord
from novastream_desktop.ui.player.key_table import FIXED, MEANINGS, bindings, keys_in_force
from novastream_desktop.ui.player.keys import Mod, shortcut_lines, table_of

OWN = {"seek_to_start", "seek_to_end", "toggle_panel", "toggle_fullscreen", "press_space"}
OWN |= {"toggle_mini", "toggle_on_top", "leave", "escape", "enter"}
PRESETS = list(KeyPreset)
FREE = ("F2", "F4", "Ctrl+Alt+X", "S", "K", "Up", "5", "Ctrl+Shift+Left", "?", ",")


def test_every_action_of_the_settings_has_a_meaning():
    assert set(MEANINGS) == set(ACTIONS)


@pytest.mark.parametrize("preset", PRESETS)
def test_every_action_is_reached_by_a_key_of_its_own(preset: KeyPreset):
    found = bindings(KeysSettings(preset=preset))
    assert len(table_of(found)) == len(found)
    for action, meaning in MEANINGS.items():
        commands = {meaning.command, "press_space"} if action == "pause" else {meaning.command}
        assert any(b.action in commands for b in found), action
    assert set(FIXED) <= set(found)
    for binding in found:
        assert binding.action in OWN or hasattr(PlaybackCommands, binding.action), binding


@pytest.mark.parametrize("preset", PRESETS)
def test_the_sheet_has_a_line_for_all_that_can_be_done(preset: KeyPreset):
    meanings = {meaning for _, meaning in shortcut_lines(bindings(KeysSettings(preset=preset)))}
    assert {meaning.shown for meaning in MEANINGS.values()} <= meanings


def test_an_own_key_takes_the_place_of_the_preset_s_and_is_taken_from_others():
    keys = KeysSettings(player={"undo": ("S",), "seek_start": ("5",), "fit": ()})
    table = table_of(bindings(keys))
    assert table[Mod.NONE, "s"].action == "undo"
    assert (Mod.NONE, "u") not in table
    assert table[Mod.NONE, "5"].action == "seek_to_start"
    assert table[Mod.NONE, "6"].args == (0.6,)
    assert (Mod.NONE, "w") not in table
    assert keys_in_force(keys)["skip"] == ()


def test_only_the_bare_space_bar_plays_faster_while_held():
    table = table_of(bindings(KeysSettings(player={"pause": ("Ctrl+Space", "P")})))
    assert table[Mod.CTRL, "Space"].action == "toggle_pause"
    assert table[Mod.NONE, "p"].action == "toggle_pause"
    assert (Mod.NONE, "Space") not in table
    assert table_of(bindings(KeysSettings()))[Mod.NONE, "Space"].action == "press_space"


@given(
    st.sampled_from(PRESETS),
    st.lists(st.sampled_from(FREE), unique=True),
    st.lists(st.sampled_from(sorted(set(ACTIONS) - {"seek_percent"})), unique=True),
)
def test_whatever_is_chosen_no_key_does_two_things(
    preset: KeyPreset, keys: list[str], actions: list[str]
):
    own = dict(zip(actions, ((key,) for key in keys), strict=False))
    settings = KeysSettings(preset=preset, player=own)
    found = bindings(settings)
    assert len(table_of(found)) == len(found)
    for action, (key,) in own.items():
        chord = parse_chord(key)
        assert table_of(found)[chord.mods, chord.key].action == MEANINGS[action].command
