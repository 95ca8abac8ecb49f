"""What menu, search, library and transfers show, as tables."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from novastream_desktop.models.library import LibraryPage, TitleMarks
from novastream_desktop.torrents.base import StallReason, Transfer, TransferState
from novastream_desktop.ui.browse._menu import menu_items
from novastream_desktop.ui.library._derive import SHELVES, derive
from novastream_desktop.ui.search._derive import result_rows
from novastream_desktop.ui.transfers._derive import summary, transfer_rows
from tests.fakes import kept, shelf

HALF = Transfer("a" * 40, "Film", TransferState.DOWNLOADING, 2_000_000_000, 1_000_000_000)


@pytest.mark.parametrize(
    ("marks", "of_episode", "ids"),
    [
        (TitleMarks(), False, ["play", "open", "library", "watched"]),
        (TitleMarks(begun=True), False, ["play", "start", "open", "library", "watched"]),
        (TitleMarks(going=True), True, ["play", "open", "library", "watched", "aside"]),
        (TitleMarks(), True, ["play", "library", "watched"]),
    ],
)
def test_the_menu_offers_what_makes_sense(marks: TitleMarks, of_episode: bool, ids: list[str]):
    assert [item.id for item in menu_items(marks, of_episode=of_episode)] == ids


def test_the_menu_says_what_it_will_do():
    labels = {item.label for item in menu_items(TitleMarks(saved=True, watched=True, begun=True))}
    assert {"Play", "Remove from library", "Mark as not watched"} <= labels


def test_results_are_grouped_by_type_the_best_match_first():
    found = [shelf.content(place) for place in (1, 2, 3, 0)]
    rows = result_rows(found, {})
    assert [(row.title, len(row.cards)) for row in rows] == [
        ("Films", 2),
        ("Anime", 1),
        ("Series", 1),
    ]
    assert result_rows([], {}) == ()


def test_what_is_shown_keeps_its_place_while_others_answer():
    shown = result_rows([shelf.content(3), shelf.content(1)], {})
    later = [shelf.content(place) for place in (0, 2, 1, 3, 5)]
    rows = result_rows(later, {}, shown)
    before = {row.id: [card.id for card in row.cards] for row in shown}
    for row in rows:
        kept_ids = before.get(row.id, [])
        assert [card.id for card in row.cards][: len(kept_ids)] == kept_ids
    assert [row.id for row in rows][: len(shown)] == [row.id for row in shown]
    assert sum(len(row.cards) for row in rows) == len(later)


def test_every_shelf_shows_its_own_or_says_why_it_is_empty():
    page = kept.library_page()
    for shelf_name in SHELVES:
        shown = derive(page, shelf_name, {}, shelf.NOW)
        assert bool(shown.cards or shown.history) != bool(shown.empty)
        assert derive(LibraryPage(), shelf_name, {}, shelf.NOW).empty
    watching = derive(page, "watching", {}, shelf.NOW).cards
    assert [card.detail for card in watching] == ["S1E3 · 25 min left", "40 min left"]
    line = derive(page, "history", {}, shelf.NOW).history[1]
    assert (line.detail, line.when) == ("S1E4 · Low Tide · Watched", "5 hours ago")


@pytest.mark.parametrize(
    ("changes", "status", "detail"),
    [
        (
            {"download_rate": 2e6, "peers": 3, "seeds": 1},
            "Downloading",
            "1.0 GB of 2.0 GB · 2 MB/s · 8 min left · 3 peers, 1 with all of it",
        ),
        (
            {"state": TransferState.STALLED, "reason": StallReason.YOUR_LIMIT},
            "Waiting: your download limit",
            "1.0 GB of 2.0 GB · 0 peers",
        ),
        (
            {"state": TransferState.PAUSED, "reason": StallReason.PAUSED},
            "Paused",
            "1.0 GB of 2.0 GB",
        ),
        ({"state": TransferState.FAILED, "error": "The disk is full."}, "The disk is full.", None),
        ({"playing": True}, "Playing", None),
        (
            {"state": TransferState.COMPLETE, "done": 2_000_000_000, "upload_rate": 5e4},
            "On disk",
            "2.0 GB · 50 KB/s up",
        ),
    ],
)
def test_a_transfer_tells_how_it_is(changes: dict, status: str, detail: str | None):
    [row] = transfer_rows([replace(HALF, **changes)])
    assert row.status == status
    assert detail is None or row.detail == detail


@pytest.mark.parametrize("state", list(TransferState))
def test_each_state_has_words_and_at_most_one_switch(state: TransferState):
    [row] = transfer_rows([replace(HALF, state=state, path=Path("/films"))])
    assert row.status
    assert not (row.pausable and row.resumable)
    assert row.folder == "/films"


def test_each_reason_that_is_a_persons_business_has_words():
    for reason in StallReason:
        [row] = transfer_rows([replace(HALF, state=TransferState.STALLED, reason=reason)])
        assert ":" in row.status or reason is StallReason.PAUSED


def test_all_transfers_in_one_line():
    assert summary([]) == ""
    both = [replace(HALF, download_rate=1e6), replace(HALF, download_rate=2e6, upload_rate=1e5)]
    assert summary(both) == "2 transfers · 3 MB/s down · 100 KB/s up · 2.0 GB on disk"
