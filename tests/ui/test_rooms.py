"""Search, library, transfers and shortcuts in the window."""

from __future__ import annotations

import asyncio

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from novastream_desktop.errors import ProviderUnavailable, TorrentError
from novastream_desktop.models import Content, ContentType
from tests.fakes import kept, shelf
from tests.fakes.backend import FakeBackend
from tests.ui.driving import Shown, until

KEY, CONTROL = Qt.Key, Qt.KeyboardModifier.ControlModifier
NO = ProviderUnavailable("TMDB does not answer", hint="Try again later")


def type_(shown: Shown, text: str) -> None:
    shown.press(*(KEY(ord(letter.upper())) for letter in text))


@pytest.fixture
def search(shown: Shown, backend: FakeBackend) -> Shown:
    """The window at its search page."""
    backend.library.found["moon"] = (shelf.content(2), shelf.content(0), shelf.content(1))
    backend.library.queries = ("lantern", "moon")
    shown.app.openRoom("search")
    until(lambda: shown.app.search.recent == ["lantern", "moon"])
    until(lambda: shown.focused.property("selectedText") is not None)
    return shown


def test_typing_searches_and_enter_leads_to_the_title_and_back(search: Shown, backend: FakeBackend):
    type_(search, "moon")
    until(lambda: search.app.search.state == "ready")
    assert backend.library.called("search") == [("moon",)]
    rows = search.app.search.rows.items
    assert [(row.title, row.note) for row in rows] == [
        ("Anime", "1 title"),
        ("Series", "1 title"),
        ("Films", "1 title"),
    ]
    search.press(KEY.Key_Return)
    until(lambda: search.says("title") == "Moon Courier")
    search.press(KEY.Key_Down)
    card = search.focused
    assert card.property("title") == "Paper Moons"
    search.press(KEY.Key_Return)
    until(lambda: search.app.page == "title" and search.app.title.title == "Paper Moons")
    until(lambda: backend.library.called("remember_search") == [("moon",)])
    search.press(KEY.Key_Escape)
    until(lambda: search.focused is card)
    search.press(KEY.Key_Up, KEY.Key_Up)
    until(lambda: search.says("text") == "moon")
    search.press(KEY.Key_Escape)
    until(lambda: search.app.search.state == "idle")
    assert search.app.search.recent == ["moon", "lantern"]
    search.press(KEY.Key_Escape)
    until(lambda: search.app.page == "home")
    assert search.warnings == []


def test_only_the_last_of_many_queries_is_answered(search: Shown, backend: FakeBackend):
    type_(search, "moonlight")
    for _ in range(5):
        search.press(KEY.Key_Backspace)
    until(lambda: search.app.search.state == "ready")
    assert backend.library.called("search") == [("moon",)]


def test_what_one_catalogue_found_is_there_while_others_are_asked(
    search: Shown, backend: FakeBackend
):
    backend.library.first = ((shelf.content(0),),)
    backend.library.gate = asyncio.Event()
    type_(search, "moon")
    until(lambda: search.app.search.state == "ready")
    assert search.app.search.busy
    assert [row.title for row in search.app.search.rows.items] == ["Series"]
    search.press(KEY.Key_Down)
    until(lambda: search.says("title") == shelf.content(0).title)
    card = search.focused
    backend.loop.post(backend.library.gate.set)
    until(lambda: not search.app.search.busy)
    assert [row.title for row in search.app.search.rows.items] == ["Series", "Anime", "Films"]
    assert search.focused is card
    assert search.warnings == []


def test_arrows_walk_the_lines_of_posters_and_from_kind_to_kind(
    search: Shown, backend: FakeBackend
):
    def named(letter: str, count: int, kind: ContentType) -> list[Content]:
        names = [f"{letter}{number}" for number in range(count)]
        return [shelf.content(0, id=f"nova:{n}", title=n, type=kind) for n in names]

    films, anime = named("F", 11, ContentType.MOVIE), named("A", 3, ContentType.ANIME)
    backend.library.found["moon"] = (*films, *anime)
    search.window.resize(1280, 720)  # seven in a line
    type_(search, "moon")
    until(lambda: search.app.search.state == "ready")
    walk = [
        (KEY.Key_Down, "F0"), (KEY.Key_Right, "F1"), (KEY.Key_Down, "F8"), (KEY.Key_Right, "F9"),
        (KEY.Key_Right, "F10"), (KEY.Key_Right, "F10"), (KEY.Key_Down, "A2"), (KEY.Key_Down, "A2"),
        (KEY.Key_Left, "A1"), (KEY.Key_Up, "F8"), (KEY.Key_Up, "F1"),
    ]  # fmt: skip
    for key, title in walk:
        search.press(key)
        until(lambda title=title: search.says("title") == title)
    search.press(KEY.Key_Up)
    until(lambda: search.says("text") == "moon")
    assert search.warnings == []


def test_nothing_found_and_a_failure_are_told_and_can_be_tried_again(
    search: Shown, backend: FakeBackend
):
    type_(search, "zzz")
    until(lambda: search.app.search.state == "none")
    assert search.app.search.sentence == "Nothing was found for “zzz”"
    backend.library.failures["search"] = NO
    search.press(KEY.Key_Backspace)
    until(lambda: search.app.search.state == "failed")
    assert search.app.search.sentence == "TMDB does not answer. Try again later."
    search.press(KEY.Key_Down)
    until(lambda: search.says("text") == "Try again")
    backend.library.failures.clear()
    search.press(KEY.Key_Return)
    until(lambda: search.app.search.state == "none")
    assert search.warnings == []


def test_a_recent_search_is_made_again_and_all_can_be_forgotten(
    search: Shown, backend: FakeBackend
):
    search.press(KEY.Key_Down, KEY.Key_Down)
    until(lambda: search.says() == "moon")
    search.press(KEY.Key_Return)
    until(lambda: search.app.search.state == "ready")
    assert search.app.search.query == "moon"
    search.app.search.forget()
    until(lambda: search.app.search.recent == [])


@pytest.fixture
def library(shown: Shown, backend: FakeBackend) -> Shown:
    """The window at its library."""
    backend.library.kept = kept.library_page()
    shown.app.openRoom("library")
    until(lambda: shown.app.library.state == "ready")
    until(lambda: shown.says() == "Shelf")
    return shown


def test_the_library_has_shelves_that_arrows_walk(library: Shown):
    assert library.app.library.shelves == [
        "Watching  2",
        "Planned  10",
        "Finished  1",
        "History  5",
    ]
    library.press(KEY.Key_Down)
    until(lambda: library.says() == "Paper Moons, S1E3 · 25 min left")
    library.press(KEY.Key_Up, KEY.Key_Right, KEY.Key_Down)
    until(lambda: library.says("title") == "Moon Courier")
    library.press(KEY.Key_Down)
    below = library.says("title")
    assert below != "Moon Courier"
    library.press(KEY.Key_Up, KEY.Key_Right)
    until(lambda: library.says("title") == "The Lantern Boat")
    card = library.focused
    library.press(KEY.Key_Return)
    until(lambda: library.app.page == "title")
    library.press(KEY.Key_Escape)
    until(lambda: library.focused is card)
    library.press(KEY.Key_Left, KEY.Key_Left)
    until(lambda: library.says("text") == "Library")
    assert library.warnings == []


def test_a_line_of_the_history_is_taken_out_and_put_back(library: Shown, backend: FakeBackend):
    library.press(KEY.Key_Right, KEY.Key_Right, KEY.Key_Right)
    until(lambda: library.app.library.historic)
    library.press(KEY.Key_Down, KEY.Key_Down)
    until(lambda: library.says().startswith("Paper Moons, S1E4"))
    library.press(KEY.Key_Delete)
    until(lambda: backend.library.called("forget") == [("nova:title-0", "s1e4")])
    until(lambda: library.app.messages.notice == "Taken out of the history")
    until(lambda: library.app.library.history.rowCount() == 4)
    until(lambda: library.says().startswith("Paper Moons, S1E"))
    QTest.keyClick(library.window, KEY.Key_Z, CONTROL)
    until(lambda: backend.library.called("put_back"))
    gone: set[object] = set()
    for left in (3, 2, 1, 0):
        until(lambda: str(library.says()).startswith("Paper") and library.says() not in gone)
        gone.add(library.says())
        library.press(KEY.Key_Delete)
        until(lambda left=left: library.app.library.history.rowCount() == left)
    until(lambda: library.says() == "Shelf")
    assert library.warnings == []


def test_an_empty_library_says_how_to_fill_it_and_a_broken_one_why(
    shown: Shown, backend: FakeBackend
):
    backend.library.failures["open"] = NO
    shown.app.openRoom("library")
    until(lambda: shown.app.library.state == "failed")
    backend.library.failures.clear()
    shown.app.refresh("")
    until(lambda: shown.app.library.state == "ready")
    assert shown.app.library.sentence.startswith("What you begin to watch")
    shown.app.library.choose(1)
    assert "Press L" in shown.app.library.sentence
    assert shown.warnings == []


@pytest.fixture
def transfers(shown: Shown, backend: FakeBackend) -> Shown:
    """The window at its transfers."""
    backend.transfers.there = kept.transfers()
    shown.app.openRoom("transfers")
    until(lambda: shown.app.transfers.state == "ready")
    until(lambda: str(shown.says()).startswith("Pause"))
    return shown


def test_a_transfer_is_paused_resumed_and_removed_by_keys(transfers: Shown, backend: FakeBackend):
    transfers.press(KEY.Key_Return)
    until(lambda: backend.transfers.calls == [("pause", "a" * 40)])
    transfers.press(KEY.Key_Down, KEY.Key_Down, KEY.Key_Down)
    until(lambda: transfers.says() == "Files of Moon Courier - Season 1")  # not the bin
    transfers.press(KEY.Key_Down)
    until(lambda: transfers.says() == "Resume The Lantern Boat 720p")
    transfers.press(KEY.Key_Return)
    until(lambda: ("resume", "e" * 40) in backend.transfers.calls)
    transfers.press(KEY.Key_Delete)
    until(lambda: transfers.says("text") == "Cancel")
    transfers.press(KEY.Key_Escape)
    until(lambda: transfers.says() == "Resume The Lantern Boat 720p")
    transfers.press(KEY.Key_Delete)
    until(lambda: transfers.says("text") == "Cancel")
    transfers.press(KEY.Key_Right, KEY.Key_Return)
    until(lambda: ("remove", "e" * 40, False) in backend.transfers.calls)
    until(lambda: transfers.app.transfers.rows.rowCount() == 5)
    until(lambda: transfers.app.messages.notice == "The Lantern Boat 720p was removed")
    until(lambda: transfers.says() == "Resume Ferry to Elsewhere")
    transfers.press(KEY.Key_Delete)
    until(lambda: transfers.says("text") == "Cancel")
    transfers.press(KEY.Key_Right, KEY.Key_Right, KEY.Key_Return)
    until(lambda: backend.transfers.calls[-1][0] == "remove" and backend.transfers.calls[-1][2])
    until(lambda: transfers.app.messages.notice.startswith("Ferry to Elsewhere"))
    transfers.app.openHome()
    assert transfers.app.messages.notice == ""
    assert transfers.warnings == []


def test_no_transfers_and_no_engine_are_told(shown: Shown, backend: FakeBackend):
    backend.transfers.failure = TorrentError("Torrents are switched off")
    shown.app.openRoom("transfers")
    until(lambda: shown.app.transfers.state == "failed")
    until(lambda: shown.says("text") == "Try again")
    backend.transfers.failure = None
    shown.press(KEY.Key_Return)
    until(lambda: shown.app.transfers.state == "empty")
    assert shown.app.transfers.summary == ""
    assert shown.warnings == []


def test_shortcuts_tell_the_keys_of_both_halves(shown: Shown):
    shown.press(KEY.Key_Question)
    until(lambda: shown.app.page == "shortcuts")
    keys = {item.meaning: item.keys for item in shown.app.shortcuts.browsing.items}
    assert keys["Search"] == "/  Ctrl+F"
    assert shown.app.shortcuts.player.rowCount() > 20
    shown.press(KEY.Key_Escape)
    until(lambda: shown.app.page == "home")
    assert shown.warnings == []
