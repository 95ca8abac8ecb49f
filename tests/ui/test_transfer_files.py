"""The files of a transfer and the limits, as tables and in the window."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from novastream_desktop.torrents.base import TransferFile
from novastream_desktop.ui.transfers._derive import transfer_rows
from novastream_desktop.ui.transfers._files import (
    DOWNLOAD_LIMITS,
    file_rows,
    limit_text,
    next_limit,
)
from tests.fakes import kept
from tests.fakes.backend import FakeBackend
from tests.ui.driving import Shown, until

KEY = Qt.Key
FIRST = TransferFile(0, "Pack/S1/E 2.mkv", 2_000_000, 0.436, wanted=True, playable=True)
FILES = (
    TransferFile(3, "Pack/read me.txt", 70, playable=False),
    TransferFile(2, "Pack/S1/E 10.mkv", 3_000_000, playable=True),
    FIRST,
)


def test_what_plays_comes_first_in_the_order_in_which_people_count():
    rows = file_rows(FILES)
    assert [row.name for row in rows] == ["E 2.mkv", "E 10.mkv", "read me.txt"]
    assert rows[0].detail == "S1 · 2 MB · 43 %"
    assert rows[0].spoken == "E 2.mkv, S1 · 2 MB · 43 %"


@pytest.mark.parametrize(
    ("changes", "wanted", "may_change", "words"),
    [
        ({}, True, True, "43 %"),
        ({"wanted": False}, False, True, "43 %"),
        ({"done": 1.0, "wanted": False}, True, False, "on disk"),
        ({"playing": True, "wanted": False}, True, False, "plays now"),
    ],
)
def test_what_is_there_and_what_plays_stays(
    changes: dict, wanted: bool, may_change: bool, words: str
):
    [row] = file_rows([replace(FIRST, **changes)])
    assert (row.wanted, row.may_change) == (wanted, may_change)
    assert words in row.detail


@pytest.mark.parametrize(
    ("now", "expected"), [(0, 500_000), (5_000_000, 10_000_000), (20_000_000, 0), (700_000, 10**6)]
)
def test_limits_follow_in_turn(now: int, expected: int):
    assert next_limit(now, DOWNLOAD_LIMITS) == expected


def test_limits_in_words():
    assert (limit_text(0), limit_text(5_000_000)) == ("no limit", "5 MB/s")


@pytest.fixture
def transfers(shown: Shown, backend: FakeBackend) -> Shown:
    backend.transfers.there = kept.transfers()
    backend.transfers.listed["a" * 40] = FILES
    shown.app.openRoom("transfers")
    until(lambda: shown.app.transfers.state == "ready")
    until(lambda: str(shown.says()).startswith("Pause"))
    return shown


def test_a_file_is_asked_for_by_keys(transfers: Shown, backend: FakeBackend):
    name = "Paper.Moons.S01E03.2160p.WEB.h265-NOVA"
    transfers.press(KEY.Key_Right)
    until(lambda: transfers.says() == f"Files of {name}")
    transfers.press(KEY.Key_Return)
    until(lambda: transfers.app.transfers.files.rows.rowCount() == 3)
    until(lambda: transfers.says() == "E 2.mkv")
    transfers.press(KEY.Key_Down)
    until(lambda: transfers.says() == "E 10.mkv")
    transfers.press(KEY.Key_Return)
    until(lambda: ("fetch", "a" * 40, 2, True) in backend.transfers.calls)
    until(lambda: transfers.app.transfers.files.rows.items[1].wanted)
    transfers.press(KEY.Key_Space)
    until(lambda: ("fetch", "a" * 40, 2, False) in backend.transfers.calls)
    transfers.press(KEY.Key_Down, KEY.Key_Down)
    until(lambda: transfers.says("text") == "Done")
    transfers.press(KEY.Key_Escape)
    until(lambda: transfers.app.transfers.files.title == "")
    until(lambda: transfers.says() == f"Files of {name}")
    assert transfers.app.page == "transfers"
    assert transfers.warnings == []


def test_files_nobody_told_of_yet(transfers: Shown):
    transfers.app.transfers.files.open("b" * 40, "Night Harbour")
    until(lambda: transfers.app.transfers.files.known)
    assert transfers.app.transfers.files.rows.rowCount() == 0
    transfers.press(KEY.Key_Escape)
    until(lambda: transfers.app.transfers.files.title == "")
    assert transfers.warnings == []


def test_limits_change_at_once_by_keys(transfers: Shown, backend: FakeBackend):
    transfers.press(KEY.Key_Up)
    until(lambda: transfers.says() == "Download limit: no limit")
    transfers.press(KEY.Key_Return)
    until(lambda: transfers.says() == "Download limit: 500 KB/s")
    assert backend.settings.torrents.download_limit == 500_000
    transfers.press(KEY.Key_Right, KEY.Key_Return)
    until(lambda: transfers.says() == "Upload limit: 100 KB/s")
    transfers.press(KEY.Key_Down)
    until(lambda: "Paper.Moons" in str(transfers.says()))
    assert transfers.warnings == []


@pytest.mark.parametrize(
    ("swarm", "words"), [(None, "14 with all"), (48, "14 of 48 with all"), (3, "14 of 14 with all")]
)
def test_a_transfer_tells_how_large_its_swarm_is(swarm: int | None, words: str):
    [row, *_] = transfer_rows([replace(kept.transfers()[0], swarm_seeds=swarm)])
    assert words in row.detail
