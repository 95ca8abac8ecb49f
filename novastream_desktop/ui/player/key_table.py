"""The player's keys: the one table."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntFlag

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


_S, _C = Mod.SHIFT, Mod.CTRL
STEP = "step"  # stands for the seek step of the settings

#: ux 2b.
KEYMAP: tuple[Binding, ...] = (
    Binding("Space", "press_space", shown="Play or pause"),
    Binding("k", "toggle_pause", shown="Play or pause"),
    Binding("Media Play", "toggle_pause"),
    Binding("Media Next", "next_episode"),
    Binding("Media Previous", "previous_episode"),
    Binding("Media Stop", "leave"),
    Binding("Left", "seek_by", (-1.0, STEP), shown="Back or forward a step"),
    Binding("Right", "seek_by", (1.0, STEP), shown="Back or forward a step"),
    Binding("Left", "seek_by", (-1.0,), _S, shown="Back or forward 1 s"),
    Binding("Right", "seek_by", (1.0,), _S, shown="Back or forward 1 s"),
    Binding("j", "seek_by", (-10.0,), shown="Back or forward 10 s"),
    Binding("l", "seek_by", (10.0,), shown="Back or forward 10 s"),
    Binding("Left", "sub_seek", (-1,), _C, shown="Previous or next subtitle line"),
    Binding("Right", "sub_seek", (1,), _C, shown="Previous or next subtitle line"),
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
    Binding("r", "change_subtitle_position", (-5.0,), shown="Subtitles up or down"),
    Binding("r", "change_subtitle_position", (5.0,), _S, shown="Subtitles up or down"),
    Binding("t", "tap_subtitle_sync", shown="Sync: when you hear, then when you read it"),
    Binding("[", "change_speed", (-0.1,), shown="Slower or faster"),
    Binding("]", "change_speed", (0.1,), shown="Slower or faster"),
    Binding("<", "change_speed", (-0.25,), shown="Much slower or faster"),
    Binding(">", "change_speed", (0.25,), shown="Much slower or faster"),
    Binding("\\", "set_speed", (1.0,), shown="Normal speed"),
    Binding(",", "step_frame", (-1,), shown="Previous or next frame"),
    Binding(".", "step_frame", (1,), shown="Previous or next frame"),
    Binding("l", "cycle_ab_loop", (), _C, shown="Loop: its start, its end, off"),
    Binding("w", "toggle_fit", shown="Fit, fill or stretch the picture"),
    Binding("p", "toggle_mini", shown="Mini player"),
    Binding("t", "toggle_on_top", (), _C, shown="Window stays on top"),
    Binding("f", "toggle_fullscreen", shown="Full screen"),
    Binding("F11", "toggle_fullscreen", shown="Full screen"),
    Binding("e", "toggle_panel", ("episodes",), shown="Episodes"),
    Binding("o", "toggle_panel", ("sources",), shown="Sources"),
    Binding("i", "toggle_panel", ("info",), shown="What is playing"),
    Binding("d", "toggle_panel", ("stats",), shown="Statistics and transfer"),
    Binding("s", "screenshot", (True,), _C, shown="Save a picture"),
    Binding("s", "screenshot", (False,), _C | _S, shown="Save a picture without subtitles"),
    Binding("x", "screenshot", (True,), shown="Save a picture"),
    Binding("?", "toggle_panel", ("shortcuts",), shown="These shortcuts"),
    Binding("/", "toggle_panel", ("shortcuts",), _C),
    Binding("Escape", "escape", shown="One step back"),
    Binding("Return", "enter"),
)
