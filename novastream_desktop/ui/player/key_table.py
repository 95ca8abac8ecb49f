"""The player's keys: what each action asks for, and the table of the settings in force."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from novastream_desktop.settings import (
    DIGITS,
    Chord,
    KeyPreset,
    KeysSettings,
    Mod,
    parse_chord,
    preset_keys,
)

Args = tuple[object, ...]
STEP = "step"  # stands for the seek step of the settings


@dataclass(frozen=True, slots=True)
class Binding:
    """A key and what it does. Bindings of one `shown` share a line of the sheet."""

    key: str
    action: str
    args: Args = ()
    mods: Mod = Mod.NONE
    shown: str = ""


class Meaning(NamedTuple):
    """What an action of the settings is.

    Attributes:
        name: in the list of the settings.
        shown: its line of the shortcut sheet, which related ones share.
        command: a command of the session, or one of the page's own.
    """

    name: str
    shown: str
    command: str
    args: Args = ()


def _m(name: str, shown: str, command: str, *args: object) -> Meaning:
    return Meaning(name, shown or name, command, args)


_STEP, _ONE = "Back or forward a step", "Back or forward 1 s"
_TEN, _MINUTE = "Back or forward 10 s", "Back or forward 1 min"
_ENDS, _CHAPTER = "To the start, to the last 10 s", "Next or previous chapter"
_EPISODE, _FRAME = "Next or previous episode", "Previous or next frame"
_SLOW, _MUCH = "Slower or faster", "Much slower or faster"
_LOUD, _LINE = "Louder or quieter", "Previous or next subtitle line"
_LATE, _LATER = "Subtitles earlier or later", "Subtitles much earlier or later"
_SIZE, _PLACE = "Smaller or larger subtitles", "Subtitles up or down"

#: In the order of the settings; the headings are those of the Keys page.
GROUPS: Mapping[str, Mapping[str, Meaning]] = {
    "Playing": {
        "pause": _m("Play or pause", "", "toggle_pause"),
        "skip": _m("Skip intro, credits or recap", "", "skip_segment"),
        "undo": _m("Undo the last jump or skip", "", "undo"),
        "episode_next": _m("Next episode", _EPISODE, "next_episode"),
        "episode_previous": _m("Previous episode", _EPISODE, "previous_episode"),
        "slower": _m("Slower", _SLOW, "change_speed", -0.1),
        "faster": _m("Faster", _SLOW, "change_speed", 0.1),
        "much_slower": _m("Much slower", _MUCH, "change_speed", -0.25),
        "much_faster": _m("Much faster", _MUCH, "change_speed", 0.25),
        "speed_normal": _m("Normal speed", "", "set_speed", 1.0),
        "leave": _m("Leave the player", "", "leave"),
    },
    "Moving about": {
        "seek_back": _m("Back a step", _STEP, "seek_by", -1.0, STEP),
        "seek_forward": _m("Forward a step", _STEP, "seek_by", 1.0, STEP),
        "seek_back_1": _m("Back 1 s", _ONE, "seek_by", -1.0),
        "seek_forward_1": _m("Forward 1 s", _ONE, "seek_by", 1.0),
        "seek_back_10": _m("Back 10 s", _TEN, "seek_by", -10.0),
        "seek_forward_10": _m("Forward 10 s", _TEN, "seek_by", 10.0),
        "seek_back_60": _m("Back 1 min", _MINUTE, "seek_by", -60.0),
        "seek_forward_60": _m("Forward 1 min", _MINUTE, "seek_by", 60.0),
        "seek_percent": _m("To 0 to 90 %", "To the start, to 90 %", "seek_fraction"),
        "seek_start": _m("To the start", _ENDS, "seek_to_start"),
        "seek_end": _m("To the last 10 s", _ENDS, "seek_to_end"),
        "chapter_next": _m("Next chapter", _CHAPTER, "step_chapter", 1),
        "chapter_previous": _m("Previous chapter", _CHAPTER, "step_chapter", -1),
        "frame_back": _m("Previous frame", _FRAME, "step_frame", -1),
        "frame_next": _m("Next frame", _FRAME, "step_frame", 1),
        "ab_loop": _m("Loop: its start, its end, off", "", "cycle_ab_loop"),
    },
    "Sound": {
        "volume_up": _m("Louder", _LOUD, "change_volume", 5.0),
        "volume_down": _m("Quieter", _LOUD, "change_volume", -5.0),
        "mute": _m("Sound off or on", "", "toggle_mute"),
        "audio_next": _m("Next sound track", "", "cycle_audio"),
    },
    "Subtitles": {
        "subtitles": _m("Subtitles off or on", "", "toggle_subtitles"),
        "subtitle_next": _m("Next subtitle track", "", "cycle_subtitle"),
        "sub_line_back": _m("Previous subtitle line", _LINE, "sub_seek", -1),
        "sub_line_forward": _m("Next subtitle line", _LINE, "sub_seek", 1),
        "sub_earlier": _m("50 ms earlier", _LATE, "change_subtitle_delay", -0.05),
        "sub_later": _m("50 ms later", _LATE, "change_subtitle_delay", 0.05),
        "sub_earlier_more": _m("500 ms earlier", _LATER, "change_subtitle_delay", -0.5),
        "sub_later_more": _m("500 ms later", _LATER, "change_subtitle_delay", 0.5),
        "sub_in_time": _m("Subtitles in time again", "", "change_subtitle_delay", None),
        "sub_tap": _m("Sync: when you hear, then when you read it", "", "tap_subtitle_sync"),
        "sub_smaller": _m("Smaller subtitles", _SIZE, "change_subtitle_scale", -0.1),
        "sub_larger": _m("Larger subtitles", _SIZE, "change_subtitle_scale", 0.1),
        "sub_up": _m("Subtitles up", _PLACE, "change_subtitle_position", -5.0),
        "sub_down": _m("Subtitles down", _PLACE, "change_subtitle_position", 5.0),
    },
    "Panels": {
        "subtitle_panel": _m("Subtitle tracks", "", "toggle_panel", "subtitles"),
        "audio_panel": _m("Sound tracks", "", "toggle_panel", "audio"),
        "speed_panel": _m("Speeds", "", "toggle_panel", "speed"),
        "episodes": _m("Episodes", "", "toggle_panel", "episodes"),
        "sources": _m("Sources", "", "toggle_panel", "sources"),
        "info": _m("What is playing", "", "toggle_panel", "info"),
        "stats": _m("Statistics and transfer", "", "toggle_panel", "stats"),
        "shortcuts": _m("These shortcuts", "", "toggle_panel", "shortcuts"),
    },
    "Picture and window": {
        "fit": _m("Fit, fill or stretch the picture", "", "toggle_fit"),
        "fullscreen": _m("Full screen", "", "toggle_fullscreen"),
        "mini": _m("Mini player", "", "toggle_mini"),
        "on_top": _m("Window stays on top", "", "toggle_on_top"),
        "screenshot": _m("Save a picture", "", "screenshot", True),
        "screenshot_clean": _m("Save a picture without subtitles", "", "screenshot", False),
    },
}
MEANINGS: Mapping[str, Meaning] = {
    action: meaning for group in GROUPS.values() for action, meaning in group.items()
}
#: What no setting changes.
FIXED: tuple[Binding, ...] = (
    Binding("Media Play", "toggle_pause"),
    Binding("Media Next", "next_episode"),
    Binding("Media Previous", "previous_episode"),
    Binding("Media Stop", "leave"),
    Binding("Escape", "escape", shown="One step back"),
    Binding("Return", "enter"),
)


def keys_in_force(settings: KeysSettings) -> Mapping[str, tuple[Chord, ...]]:
    """Return the keys of every action: its own, else the preset's that no other has as its own."""
    own, taken = _own(settings)
    preset = preset_keys(settings.preset)
    return {
        action: own[action]
        if action in own
        else tuple(chord for chord in preset[action] if not taken.issuperset(chord.pressed()))
        for action in MEANINGS
    }


def bindings(settings: KeysSettings) -> tuple[Binding, ...]:
    """Return one binding for each key of the settings, then those that are always there."""
    own, taken = _own(settings)
    found = [
        _binding(MEANINGS[action], one, chord.key == DIGITS)
        for action, chords in keys_in_force(settings).items()
        for chord in chords
        for one in chord.pressed()
        if action in own or one not in taken
    ]
    return (*found, *FIXED)


def _own(settings: KeysSettings) -> tuple[dict[str, tuple[Chord, ...]], frozenset[Chord]]:
    own = {action: tuple(map(parse_chord, texts)) for action, texts in settings.player.items()}
    return own, frozenset(
        one for chords in own.values() for chord in chords for one in chord.pressed()
    )


def _binding(meaning: Meaning, chord: Chord, tenths: bool) -> Binding:
    command, args, shown = meaning.command, meaning.args, meaning.shown
    if tenths:  # the sheet has the first and the last of them; the others go without saying
        shown = shown if chord.key in {"0", "9"} else ""
        args = (int(chord.key) / 10,)
    if command == "toggle_pause" and (chord.mods, chord.key) == (Mod.NONE, "Space"):
        command = "press_space"  # held, it plays faster
    return Binding(chord.key, command, args, chord.mods, shown)


KEYMAP = bindings(KeysSettings(preset=KeyPreset.NOVASTREAM))
"""The keys of ux 2b."""
