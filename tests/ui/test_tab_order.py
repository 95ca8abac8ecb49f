"""Every page can be walked through by Tab, and shows where one is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtQuick import QQuickItem

from novastream_desktop.settings import Settings
from tests.fakes import kept, shelf
from tests.fakes.backend import FakeBackend
from tests.ui.driving import Shown, descendants, until

MOST = 90
EPISODE = "Episode 1, Fog Signal, 11 Jan 2024 · 49 min"
RAIL = ["Home", "Search", "Library", "Transfers", "Settings", "Shortcuts"]


def page_of(show: Callable[[FakeBackend], Shown], page: str) -> Shown:
    still = {"interface": {"reduced_motion": True}, "sources": {"mirrors": ["/m"]}}
    fake = FakeBackend(shelf.full_home(), Settings.model_validate(still))
    fake.titles["nova:title-0"] = shelf.details(shelf.content(0))
    fake.library.kept = kept.library_page()
    fake.library.found["moon"] = tuple(shelf.content(place) for place in range(9))
    fake.transfers.there = kept.transfers()
    fake.loop.start()
    shown = show(fake)
    if page == "title":
        shown.app.openTitle("nova:title-0")
        until(lambda: shown.app.title.state == "ready")
        until(lambda: str(shown.says()).startswith("Play"))
    elif page != "home":
        shown.app.openRoom(page)
    if page == "search":
        shown.app.search.setQuery("moon")
        shown.app.search.retry()
        until(lambda: shown.app.search.state == "ready")
    incubating = shown.window.incubationController().incubatingObjectCount
    until(lambda: incubating() == 0)
    return shown


def name_of(item: QQuickItem) -> str:
    return QAccessible.queryAccessibleInterface(item).text(QAccessible.Text.Name)


def is_marked(item: QQuickItem) -> bool:
    """Whether a ring shows round what has the focus; a room on the rail is filled instead."""
    if item.metaObject().className().startswith("RailItem"):
        return True
    around = item.parentItem() if item.inherits("QQuickTextInput") else item
    return any(
        below.metaObject().className().startswith("FocusRing") and below.property("shown")
        for below in descendants(around)
    )


@pytest.mark.parametrize(
    ("page", "stops"),
    [
        ("home", ["Details", "Paper Moons, S1E3 · 25 min left", "Retry"]),
        ("title", ["Play S1E1", "Library", "Season: Season 1", EPISODE]),
        ("settings", ["Skip openings: Ask", "AniSkip"]),
        ("search", ["Paper Moons, series, 2025, rated 7.9"]),
        ("library", ["Paper Moons, S1E3 · 25 min left"]),
        ("transfers", ["Remove Moon Courier - Season 1"]),
        ("shortcuts", ["Shortcuts"]),
    ],
)
def test_tab_goes_round_a_page_and_the_rail_and_nowhere_else(
    show: Callable[[FakeBackend], Shown], page: str, stops: list[str]
):
    QAccessible.setActive(True)
    shown = page_of(show, page)
    shown.press(Qt.Key.Key_Tab)
    first = shown.focused
    met: list[str] = []
    for _ in range(MOST):
        item = shown.focused
        assert name_of(item), f"{item} on {page}"
        if item.metaObject().className().startswith("QQuick") is item.inherits("QQuickTextInput"):
            assert is_marked(item), f"{name_of(item)} on {page} shows no focus"
        met.append(name_of(item))
        shown.press(Qt.Key.Key_Tab)
        if shown.focused is first:
            break
    assert shown.focused is first, f"it does not come round: {met}"
    assert set(RAIL) <= set(met)
    for stop in stops:
        assert stop in met
    if page != "home":
        assert "Resume" not in met  # a page that is not shown is passed over
    shown.press(Qt.Key.Key_Backtab)
    assert name_of(shown.focused) == met[-1]
