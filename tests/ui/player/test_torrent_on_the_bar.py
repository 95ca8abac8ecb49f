"""A torrent on the seek bar: its runs, its waits, and the question about its files."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from novastream_desktop.playback.state import FileQuestion, SessionPhase
from novastream_desktop.player.base import PlayerPhase
from novastream_desktop.torrents.base import (
    StallReason,
    TorrentFile,
    TorrentPhase,
    TorrentProgress,
)
from novastream_desktop.ui.player._bar import SHADES, bucket_at, piece_runs, wait_text
from novastream_desktop.ui.player._facts import limited_by, stats_rows
from novastream_desktop.ui.player._file_rows import file_rows, other_file_row, question_words
from novastream_desktop.ui.player._page import ViewState
from novastream_desktop.ui.player._props import derive, is_waiting, may_hide
from novastream_desktop.ui.player._words import waiting_share, waiting_text
from tests.ui.player.conftest import Page
from tests.ui.player.player_states_data import PLAYING, playing

LOADING = TorrentProgress(
    phase=TorrentPhase.BUFFERING, pieces="2210x0", seconds_to_jump=3.2, ready=0.431
)
FILES = (
    TorrentFile(0, "Box/Season 1/Show - 13.mkv", 1_300_000_000, playable=True, episode="E13"),
    TorrentFile(4, "Box/Season 1/Show - 14.mkv", 1_200_000_000, playable=True, episode="E14"),
)
QUESTION = FileQuestion("Box", FILES, "S02E01")
ASKED = replace(
    playing(phase=PlayerPhase.LOADING, has_picture=False),
    phase=SessionPhase.BUFFERING,
    question=QUESTION,
)


@given(st.text("012x", max_size=200))
def test_runs_of_pieces_cover_exactly_what_has_a_shade(pieces: str):
    runs = piece_runs(pieces)
    names = {shade: bucket for bucket, shade in SHADES.items()}
    painted = ["0"] * len(pieces)
    for start, end, shade in zip(runs[::3], runs[1::3], runs[2::3], strict=True):
        assert end > start
        for i in range(round(start * len(pieces)), round(end * len(pieces))):
            painted[i] = names[shade]
    assert "".join(painted) == pieces


@given(st.text("012x", min_size=1, max_size=200), st.floats(-1, 2))
def test_a_place_of_the_bar_is_in_the_run_that_is_drawn_there(pieces: str, share: float):
    bucket = bucket_at(pieces, share)
    inside = min(max(share, 0.0), 1.0)
    runs = piece_runs(pieces)
    shades = [
        shade
        for start, end, shade in zip(runs[::3], runs[1::3], runs[2::3], strict=True)
        if start <= inside < end or (inside == 1.0 and end == 1.0)
    ]
    edge = inside * len(pieces) == int(inside * len(pieces))  # floats round either way there
    assert edge or shades == ([SHADES[bucket]] if bucket in SHADES else [])


@pytest.mark.parametrize(
    ("share", "seconds", "expected"),
    [
        (0.1, 3.2, ""),
        (0.4, 3.2, "about 4 s"),
        (0.99, 0.2, "about 1 s"),
        (0.4, 200.0, "about 3 min"),
        (0.4, None, "not on disk yet"),
        (0.7, 3.2, "nobody connected has it"),
    ],
)
def test_the_wait_at_a_place(share: float, seconds: float | None, expected: str):
    assert wait_text(replace(LOADING, seconds_to_jump=seconds), share) == expected


def test_nothing_waits_on_disk_and_without_a_torrent():
    assert wait_text(None, 0.5) == ""
    assert wait_text(replace(LOADING, phase=TorrentPhase.COMPLETE), 0.7) == ""
    assert wait_text(replace(LOADING, pieces=""), 0.7) == ""


@pytest.mark.parametrize(
    ("torrent", "text", "share"),
    [
        (None, "", -1.0),
        (replace(LOADING, seconds_to_play=4.2), "5 s", 0.431),
        (replace(LOADING, seconds_to_play=300.0), "5 min", 0.431),
        (replace(LOADING, seconds_to_play=None), "", 0.431),
        (replace(LOADING, seconds_to_play=0.0, ready=1.0), "", -1.0),
        (replace(LOADING, phase=TorrentPhase.METADATA), "", -1.0),
        (replace(LOADING, phase=TorrentPhase.COMPLETE, seconds_to_play=0.0), "", -1.0),
        (replace(LOADING, seconds_to_play=None, ready=1.0), "", 0.99),
    ],
)
def test_what_stands_in_the_ring(torrent: TorrentProgress | None, text: str, share: float):
    assert (waiting_text(torrent), waiting_share(torrent)) == (text, share)


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (StallReason.NO_PEERS, "Nobody"),
        (StallReason.YOUR_LIMIT, "limit"),
        (StallReason.DISK, "disk"),
        (StallReason.TRACKER, "tracker"),
    ],
)
def test_the_reason_comes_after_two_seconds(reason: StallReason, words: str):
    state = replace(playing(buffering=True), torrent=replace(LOADING, reason=reason))
    assert derive(state, ViewState()).waitingReason == ""
    assert words in derive(state, ViewState(waited_long=True)).waitingReason


def test_a_question_is_a_panel_and_no_wait():
    assert not is_waiting(ASKED)
    assert not may_hide(replace(PLAYING, question=QUESTION), ViewState())
    props = derive(ASKED, ViewState(panel="stats"))
    assert props.panel == "files"
    assert props.questionTitle == "Which file is S02E01?"
    assert "Box" in props.questionText
    rows = file_rows(ASKED)
    assert [(r.key, r.name, r.badge, r.current) for r in rows] == [
        ("0", "Show - 13.mkv", "E13", False),
        ("4", "Show - 14.mkv", "E14", False),
    ]
    assert rows[0].note == "1.3 GB · Season 1"
    alone = replace(ASKED, sources=ASKED.sources[:1])
    assert question_words(alone)["questionNone"] == "None of these"


def test_a_correction_marks_what_plays():
    state = replace(PLAYING, question=replace(QUESTION, current=4))
    assert [row.current for row in file_rows(state)] == [False, True]
    assert question_words(state)["questionNone"] == "The one that plays is right"
    assert file_rows(PLAYING) == ()
    assert question_words(PLAYING) == {}


@pytest.mark.parametrize(("number", "rows"), [(0, 0), (1, 0), (2, 1)])
def test_another_file_is_offered_where_there_is_one(number: int, rows: int):
    state = replace(PLAYING, torrent_file=FILES[0], torrent_files=number)
    found = other_file_row(state)
    assert len(found) == rows
    assert all("Show - 13.mkv" in row.note for row in found)


@pytest.mark.parametrize(
    ("torrent", "peers", "limited"),
    [
        (TorrentProgress(peers=5, seeds=2), "5 connected, 2 of them with all of it", "nothing"),
        (
            TorrentProgress(peers=5, seeds=2, swarm_seeds=40, swarm_peers=9),
            "2 of 40 with all of it connected, 3 of 9 others",
            "nothing",
        ),
        (
            TorrentProgress(peers=5, seeds=5, swarm_seeds=1, limited_by=StallReason.YOUR_LIMIT),
            "5 of 5 with all of it connected, 0 of 0 others",
            "your download limit",
        ),
    ],
)
def test_the_statistics_tell_the_swarm_and_what_bounds_it(
    torrent: TorrentProgress, peers: str, limited: str
):
    state = replace(PLAYING, torrent=torrent, torrent_file=FILES[0])
    told = {row.name: row.note for row in stats_rows(state)}
    assert told["Peers"] == peers
    assert told["Limited by"].startswith(limited)
    assert "Show - 13.mkv" in told["Source"]


@pytest.mark.parametrize("reason", StallReason)
def test_every_bound_has_words(reason: StallReason):
    assert limited_by(TorrentProgress(limited_by=reason))


def test_the_statistics_count_what_nobody_has():
    told = {r.name: r.note for r in stats_rows(replace(PLAYING, torrent=LOADING))}
    assert told["Pieces"] == "2 of 6 parts on disk, 1 on their way, 1 that nobody connected has"


def test_a_question_is_answered_by_keyboard(page: Page):
    page.stage.play(ASKED)
    page.stage.until(lambda: page.stage.player.props.panel == "files")
    page.stage.until(lambda: page.window.activeFocusItem() is not None)
    page.stage.until(lambda: page.stage.player.rowsOf("files").rowCount() == 2)
    QTest.keyClick(page.window, Qt.Key.Key_Down)
    QTest.keyClick(page.window, Qt.Key.Key_Return)
    assert page.stage.called("choose_file") == [(4,)]
    page.stage.show(PLAYING)
    assert page.stage.player.props.panel == ""
    assert page.complaints == []


def test_escape_is_not_this_source(page: Page):
    page.stage.play(ASKED)
    page.stage.until(lambda: page.stage.player.props.panel == "files")
    QTest.keyClick(page.window, Qt.Key.Key_Escape)
    assert page.stage.called("choose_file") == [(None,)]
    assert page.complaints == []


def test_no_other_key_gives_the_source_up(page: Page):
    page.stage.play(ASKED)
    page.stage.until(lambda: page.stage.player.props.panel == "files")
    for key in (Qt.Key.Key_E, Qt.Key.Key_V, Qt.Key.Key_D, Qt.Key.Key_O):
        QTest.keyClick(page.window, key)
    assert page.stage.player.props.panel == "files"
    page.stage.player.choose("4")
    assert page.stage.called("choose_file")[0] == (4,)


def test_the_sources_panel_asks_for_another_file(page: Page):
    several = replace(PLAYING, torrent_file=FILES[0], torrent_files=2)
    page.stage.play(several)
    page.stage.player.togglePanel("sources")
    page.stage.player.choose("file:")
    assert page.stage.called("ask_file") == [()]


def test_the_hint_tells_the_wait(page: Page):
    page.stage.play(replace(PLAYING, torrent=LOADING))
    assert page.stage.player.waitAt(0.4) == "about 4 s"
    found = page.item.findChild(QQuickItem, "wait")
    assert found is not None
    assert page.complaints == []
