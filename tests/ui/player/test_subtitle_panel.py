"""The subtitle panel and its tools."""

from __future__ import annotations

from dataclasses import replace

import pytest

from novastream_desktop.models import SubtitleTrack
from novastream_desktop.playback.state import SessionState, SubtitleFacts
from novastream_desktop.player.base import PlayerState, Track, TrackKind
from novastream_desktop.ui.player._subtitle_rows import subtitle_panel_rows, subtitle_tool_rows
from novastream_desktop.ui.player.player_window import PlayerWindow

SUB = TrackKind.SUBTITLE
STATE = SessionState(
    player=PlayerState(
        tracks=(
            Track(SUB, 1, "Deutsch", "de", selected=True, external=True, source="/a.vtt"),
            Track(SUB, 2, "", "en", second=True),
        )
    ),
    subtitles=(
        SubtitleTrack(lang="de", url="https://h/a", label="Deutsch", origin="h"),
        SubtitleTrack(
            lang="ja", url="opensubtitles:7", label="Film.WEB", origin="opensubtitles", exact=True
        ),
    ),
    subtitle_notes=("bad is down.",),
    subtitle_facts=SubtitleFacts("https://h/a", "cp1252", 0.97),
)


def test_the_panel_lists_what_is_there_what_can_be_fetched_and_why_some_is_not():
    rows = [(r.key, r.name, r.current) for r in subtitle_panel_rows(STATE)]
    assert rows == [
        ("", "Off", False),
        ("1", "Deutsch (German)", True),
        ("2", "English", False),
        ("opensubtitles:7", "Japanese · Film.WEB", False),
        ("note:", "bad is down.", False),
        ("panel:subtitle-tools", "Letters, timing, a second line", False),
    ]
    assert subtitle_panel_rows(STATE)[3].note == "opensubtitles · for this very file"
    assert [r.name for r in subtitle_panel_rows(SessionState())] == ["Off"]


def test_the_tools():
    rows = {r.key: r for r in subtitle_tool_rows(STATE)}
    assert list(rows)[:4] == ["sync:", "second:", "second:2", "speed:1.0"]
    assert rows["second:2"].current
    assert rows["encoding:"].note == "now cp1252, 97 % certain"
    on = ["second:2", "speed:1.0", "encoding:cp1252"]
    assert [key for key, row in rows.items() if row.current] == on
    assert list(dict.fromkeys(row.section for row in rows.values())) == [
        "Timing", "A second line above", "Speed", "Letters, where they are wrong",
    ]  # fmt: skip
    fast = {r.key: r for r in subtitle_tool_rows(replace(STATE, subtitle_speed=25 / 24))}
    assert not any(row.current for key, row in fast.items() if key.startswith("speed:"))
    running = {r.key: r for r in subtitle_tool_rows(replace(STATE, subtitle_sync=0.42))}
    assert (running["sync:"].name, running["sync:"].badge) == ("Stop fitting to the sound", "42 %")
    inside = subtitle_tool_rows(replace(STATE, subtitle_facts=None))
    assert [row.key for row in inside] == ["second:", "second:2"]


@pytest.mark.parametrize(
    ("key", "command"),
    [
        ("", ("select_subtitle", None)),
        ("3", ("select_subtitle", 3)),
        ("second:2", ("select_second_subtitle", 2)),
        ("second:", ("select_second_subtitle", None)),
        ("speed:1.0427", ("set_subtitle_speed", 1.0427)),
        ("encoding:cp1251", ("set_subtitle_encoding", "cp1251")),
        ("encoding:", ("set_subtitle_encoding", None)),
        ("opensubtitles:7", ("choose_subtitle", "opensubtitles:7")),
        ("https://h/a.srt", ("choose_subtitle", "https://h/a.srt")),
        ("file:///a.srt", ("choose_subtitle", "file:///a.srt")),
        ("note:", None),
    ],
)
def test_a_row_is_a_command(key: str, command: tuple[object, ...] | None):
    class Window:
        given: tuple[object, ...] | None = None

        def _run(self, *given: object) -> None:
            self.given = given

    window = Window()
    PlayerWindow._choose_subtitle(window, key)  # type: ignore[arg-type]
    assert window.given == command
