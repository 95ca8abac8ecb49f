"""How keys are written in the file, and the presets."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novastream_desktop.settings import (
    ACTIONS,
    DIGITS,
    Chord,
    KeyPreset,
    Mod,
    load_settings,
    parse_chord,
    preset_keys,
    save_settings,
)

NONE, CTRL, SHIFT = Mod.NONE, Mod.CTRL, Mod.SHIFT


@pytest.mark.parametrize(
    ("text", "chord"),
    [
        ("S", Chord(NONE, "s")),
        ("ctrl+shift+s", Chord(CTRL | SHIFT, "s")),
        ("Alt+Meta+PgDn", Chord(Mod.ALT | Mod.META, "PgDown")),
        ("F11", Chord(NONE, "F11")),
        ("?", Chord(NONE, "?")),
        ("+", Chord(NONE, "+")),
        ("Ctrl++", Chord(CTRL, "+")),
        ("Ctrl+-", Chord(CTRL, "-")),
        (",", Chord(NONE, ",")),
        ("\\", Chord(NONE, "\\")),
        ("Ctrl+0-9", Chord(CTRL, DIGITS)),
        (" Space ", Chord(NONE, "Space")),
    ],
)
def test_keys_are_read_as_a_person_writes_them(text: str, chord: Chord):
    assert parse_chord(text) == chord


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "names no key"),
        ("Foo+S", "'Foo' is no modifier"),
        ("Hyper", "names no key"),
        ("é", "names no key"),
        ("Esc", "Esc goes one step back"),
        ("Shift+Enter", "Enter chooses"),
        ("Ctrl+Q", "Ctrl\\+Q quits"),
        ("Shift+/", "the sign itself"),
    ],
)
def test_what_is_no_key_is_told(text: str, why: str):
    with pytest.raises(ValueError, match=why):
        parse_chord(text)


@given(
    st.sampled_from([Mod(n) for n in range(16)]),
    st.sampled_from([*"abcz059,.-+/?#", "Left", "PgDown", "F12", DIGITS]),
)
def test_what_is_written_is_read_back(mods: Mod, key: str):
    if mods & SHIFT and len(key) == 1 and not key.isalpha():
        mods &= ~SHIFT
    assert parse_chord(str(Chord(mods, key))) == Chord(mods, key)


@pytest.mark.parametrize("preset", list(KeyPreset))
def test_each_preset_reaches_every_action_and_gives_no_key_twice(preset: KeyPreset):
    keys = preset_keys(preset)
    pressed = [one for chords in keys.values() for chord in chords for one in chord.pressed()]
    assert set(keys) == set(ACTIONS)
    assert all(keys.values())
    assert len(pressed) == len(set(pressed))


@pytest.mark.parametrize(
    ("preset", "action", "keys"),
    [
        (KeyPreset.NOVASTREAM, "skip", "S"),
        (KeyPreset.NOVASTREAM, "pause", "Space K"),
        (KeyPreset.NOVASTREAM, "fullscreen", "F F11"),
        (KeyPreset.MPV, "screenshot", "S"),
        (KeyPreset.MPV, "skip", "K"),
        (KeyPreset.MPV, "volume_down", "9 /"),
        (KeyPreset.MPV, "seek_forward_60", "Up"),
        (KeyPreset.MPV, "leave", "Q"),
        (KeyPreset.VLC, "seek_back_60", "Ctrl+Left"),
        (KeyPreset.VLC, "episode_next", "N"),
        (KeyPreset.VLC, "screenshot", "Shift+S"),
        (KeyPreset.VLC, "frame_next", "E"),
        (KeyPreset.STREMIO, "seek_back_10", "Left"),
        (KeyPreset.STREMIO, "subtitle_panel", "S"),
        (KeyPreset.STREMIO, "audio_panel", "A"),
        (KeyPreset.STREMIO, "speed_panel", "R"),
    ],
)
def test_presets_follow_the_players_they_are_named_after(preset: KeyPreset, action: str, keys: str):
    assert " ".join(map(str, preset_keys(preset)[action])) == keys


def loaded(tmp_path: Path, text: str, **environ: str):
    file = tmp_path / "config.toml"
    file.write_text(text)
    return load_settings(file, environ)


def test_own_keys_come_from_the_file(tmp_path: Path):
    text = (
        '[keys]\npreset = "vlc"\n[keys.player]\nskip = ["s", "Ctrl+Alt+K"]\nmute = "F4"\nfit = []\n'
    )
    found = loaded(tmp_path, text)
    assert found.problems == ()
    assert found.settings.keys.preset is KeyPreset.VLC
    assert found.settings.keys.player == {"skip": ("S", "Ctrl+Alt+K"), "mute": ("F4",), "fit": ()}


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('skip_all = ["X"]', "there is no setting keys.player.skip_all"),
        ('skip = ["Foo"]', "keys.player.skip has 'Foo', which names no key"),
        ('skip = ["Esc"]', "keys.player.skip has 'Esc', which cannot be given: Esc goes"),
        ('skip = ["F2"]', "keys.player.skip has 'F2', which undo has already"),
        ('skip = ["0-9"]', "keys.player.skip has '0-9', which only seek_percent takes"),
        ('seek_percent = ["7"]', "keys.player.seek_percent takes nothing but 0-9"),
        ("skip = 3", "keys.player.skip should be a list of keys"),
        ("skip = [3]", "keys.player.skip should be a list of keys"),
    ],
)
def test_a_bad_line_is_named_with_its_number_and_the_others_stand(
    tmp_path: Path, line: str, told: str
):
    found = loaded(tmp_path, f'[keys.player]\nundo = ["F2"]\n{line}\nmute = ["F3"]\n')
    assert len(found.problems) == 1
    assert f"config.toml, line 3: {told}" in found.problems[0]
    assert found.settings.keys.player == {"undo": ("F2",), "mute": ("F3",)}


def test_an_unknown_preset_is_named(tmp_path: Path):
    found = loaded(tmp_path, '[keys]\npreset = "emacs"\n')
    assert "config.toml, line 2: keys.preset should be" in found.problems[0]
    assert found.settings.keys.preset is KeyPreset.NOVASTREAM


def test_the_environment_sets_keys_and_a_clash_with_the_file_is_told(tmp_path: Path):
    found = loaded(
        tmp_path,
        '[keys.player]\nskip = ["F2"]\n',
        NOVASTREAM_KEYS__PLAYER__UNDO='["F2"]',
        NOVASTREAM_KEYS__PLAYER__MUTE='["F3"]',
    )
    assert found.problems == (
        "keys.player.undo has 'F2', which skip has already; its default is used.",
    )
    assert found.settings.keys.player == {"skip": ("F2",), "mute": ("F3",)}


def test_keys_are_saved_and_taken_out_again(tmp_path: Path):
    file = tmp_path / "config.toml"
    save_settings(file, {"keys.preset": "mpv", "keys.player.skip": ("F2",)})
    assert load_settings(file, {}).settings.keys.player == {"skip": ("F2",)}
    save_settings(file, {"keys.player.skip": None})
    assert load_settings(file, {}).settings.keys.player == {}
