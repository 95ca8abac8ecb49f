from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest

from novastream_desktop.models import HomeSnapshot
from novastream_desktop.settings import InterfaceSettings, Settings
from tests.fakes import kept, shelf
from tests.fakes.backend import FakeBackend
from tests.ui.driving import Shown, find, until

ROOT = Path(__file__).resolve().parents[2]
KEY = Qt.Key


def test_qml_fits_the_types_that_python_gives_it():
    lint = subprocess.run(
        [sys.executable, ROOT / "packaging" / "lint_qml.py"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert lint.returncode == 0, lint.stdout + lint.stderr


def test_the_window_opens_with_focus_on_the_hero_and_no_complaint(shown: Shown):
    assert shown.says("text") == "Resume"
    assert shown.warnings == []


def test_arrows_move_through_hero_rows_and_cards(shown: Shown):
    shown.press(KEY.Key_Right)
    assert shown.says("text") == "Details"
    shown.press(KEY.Key_Down)
    assert shown.says() == "Paper Moons, S1E3 · 25 min left"
    shown.press(KEY.Key_Right)
    assert shown.says("title") == "Night Harbour"
    shown.press(KEY.Key_Down, KEY.Key_Right, KEY.Key_Right)
    assert shown.says() == "Moon Courier, anime, 2023, rated 8.4"
    shown.press(KEY.Key_Up)
    assert shown.says("title") == "Night Harbour"
    shown.press(KEY.Key_Up)
    assert shown.says("text") in {"Resume", "Details"}
    assert shown.warnings == []


def test_a_failed_row_offers_retry_on_the_way(shown: Shown):
    shown.press(KEY.Key_Down, KEY.Key_Down, KEY.Key_Down)
    assert shown.says("title") == "Salt and Static"
    shown.press(KEY.Key_Up)
    assert shown.says("text") == "Retry"
    shown.press(KEY.Key_Return)
    until(lambda: ("trending-series",) in shown.backend.called("refresh_home"))
    shown.press(KEY.Key_Down, KEY.Key_Down)
    assert shown.says("text") == "Retry"
    shown.press(KEY.Key_Down)
    assert shown.says("title") == "Glass Meridian"


def test_left_of_the_first_card_is_the_rail_and_right_leads_back(shown: Shown):
    shown.press(KEY.Key_Down, KEY.Key_Left)
    assert shown.says("text") == "Home"
    rooms = [shown.says("text")]
    for _ in range(6):
        shown.press(KEY.Key_Down)
        rooms.append(shown.says("text"))
    assert rooms == [
        *("Home", "Search", "Library", "Transfers", "Settings", "Shortcuts", "Shortcuts")
    ]
    shown.press(KEY.Key_Right)
    assert shown.says("title") == "Paper Moons"
    shown.press(KEY.Key_Left, *[KEY.Key_Down] * 4, KEY.Key_Return)
    until(lambda: shown.app.page == "settings")
    until(lambda: shown.says() == "Playback")


@pytest.mark.parametrize("back", [KEY.Key_Escape, KEY.Key_Backspace])
def test_enter_opens_a_title_and_back_returns_to_the_same_card(shown: Shown, back: Qt.Key):
    shown.press(KEY.Key_Down, KEY.Key_Down, KEY.Key_Right, KEY.Key_Right, KEY.Key_Right)
    card = shown.focused
    assert card.property("title") == "The Lantern Boat"
    shown.press(KEY.Key_Return)
    until(lambda: shown.says("text") == "Play")
    assert shown.app.title.title == "The Lantern Boat"
    shown.press(back)
    until(lambda: shown.focused is card)
    assert shown.app.page == "home"
    assert shown.warnings == []


def test_alt_left_goes_back_and_control_comma_opens_settings(shown: Shown):
    shown.press(KEY.Key_Right)
    QTest.keyClick(shown.window, KEY.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    until(lambda: shown.app.page == "settings")
    QTest.keyClick(shown.window, KEY.Key_Left, Qt.KeyboardModifier.AltModifier)
    until(lambda: shown.app.page == "home")
    until(lambda: shown.says("text") == "Details")


def test_f5_refreshes_and_control_q_asks_to_quit(shown: Shown):
    asked = []
    shown.app.quitRequested.connect(lambda: asked.append(True))
    QTest.keyClick(shown.window, KEY.Key_F5)
    until(lambda: shown.backend.called("refresh_home"))
    QTest.keyClick(shown.window, KEY.Key_Q, Qt.KeyboardModifier.ControlModifier)
    until(lambda: asked)


def test_full_screen_and_esc_out_of_it(shown: Shown):
    shown.press(KEY.Key_F11)
    until(lambda: shown.window.visibility() == shown.window.Visibility.FullScreen)
    shown.press(KEY.Key_Escape)
    until(lambda: shown.window.visibility() == shown.window.Visibility.Windowed)
    shown.press(KEY.Key_F)
    until(lambda: shown.window.visibility() == shown.window.Visibility.FullScreen)


def test_a_titles_page_walks_from_buttons_to_seasons_to_episodes(
    shown: Shown, backend: FakeBackend
):
    show = shelf.content(0)
    backend.progress[show.id] = (shelf.watched(show, "s1e3", 1500.0),)
    backend.streams[show.id, "s1e3"] = shelf.streams()
    shown.app.openTitle(show.id)
    until(lambda: shown.says("text") == "Resume S1E3 · 25 min left")
    shown.press(KEY.Key_Down)
    assert shown.says() == "Season"
    shown.press(KEY.Key_Right)
    until(lambda: shown.app.title.seasonIndex == 1)
    shown.press(KEY.Key_Down)
    assert shown.says().startswith("Episode 1, Ballast")
    shown.press(KEY.Key_Down, KEY.Key_Up, KEY.Key_Up, KEY.Key_Up, KEY.Key_Right)
    assert shown.says("text") == "Sources"
    shown.press(KEY.Key_Return)
    until(lambda: shown.app.title.sourcesState == "ready")
    shown.press(KEY.Key_Down)
    assert shown.says().startswith("1080p, Stream, Home mirror, first choice")
    shown.press(KEY.Key_Escape)
    until(lambda: shown.app.title.view == "episodes")
    assert shown.app.page == "title"
    shown.press(KEY.Key_Escape)
    assert shown.app.page == "home"
    assert shown.warnings == []


def test_a_title_that_failed_can_be_asked_again_by_keys(shown: Shown, backend: FakeBackend):
    shown.app.openTitle("nova:nothing")
    until(lambda: shown.app.title.state == "failed")
    shown.press(KEY.Key_Down)
    assert shown.says("text") == "Try again"
    backend.titles["nova:nothing"] = shelf.details(shelf.content(1))
    shown.press(KEY.Key_Return)
    until(lambda: shown.app.title.state == "ready")
    assert shown.warnings == []


def test_every_setting_is_reached_by_down_and_changed_by_keys(shown: Shown, backend: FakeBackend):
    shown.app.openSettings()
    until(lambda: shown.says() == "Playback")
    shown.press(KEY.Key_Right)
    until(lambda: shown.says() == "Skip openings")
    shown.press(KEY.Key_Right)
    until(lambda: backend.settings.playback.skip.op == "auto")
    names: list[object] = []
    categories = [item.id for item in shown.app.settings.categories.items]
    entries = find(
        shown.window.contentItem(), lambda i: "CategoryList" in i.metaObject().className()
    )
    for category in categories:
        entries.forceActiveFocus()
        if category != categories[0]:
            shown.press(KEY.Key_Down)
        until(lambda category=category: shown.says() == category)
        shown.press(KEY.Key_Right)
        until(lambda: not entries.hasActiveFocus())
        for _ in range(40):
            names.append(shown.says() or shown.focused.parentItem().property("name"))
            before = shown.focused
            shown.press(KEY.Key_Down)
            if shown.focused is before:
                break
    assert names[-1] == "Run checks"
    assert {"Play the next episode", "Torrents", "HTTP API", "Jellyfin address"} <= set(names)
    shown.press(KEY.Key_Return)
    until(lambda: shown.app.settings.doctorState == "ready")
    assert shown.warnings == []


def test_the_light_theme_is_there_at_once(shown: Shown, backend: FakeBackend):
    ground = shown.window.color().name()
    shown.app.settings.choose("interface.theme", 1)
    until(lambda: shown.window.color().name() != ground)
    shown.app.settings.choose("interface.theme", 0)
    until(lambda: shown.window.color().name() == ground)


def test_rows_that_come_later_do_not_take_the_focus_away(show: Callable[[FakeBackend], Shown]):
    fake = FakeBackend(HomeSnapshot(rows=shelf.full_home().rows[:1]))
    fake.loop.start()
    shown = show(fake)
    shown.press(KEY.Key_Down, KEY.Key_Right)
    card = shown.focused
    assert card.property("title") == "Night Harbour"
    fake.show_home(shelf.full_home())
    until(lambda: shown.app.home.rows.rowCount() == 5)
    assert shown.focused is card


def test_rows_that_come_above_leave_the_focused_row_in_its_place(
    show: Callable[[FakeBackend], Shown],
):
    full = shelf.full_home()
    still = Settings(interface=InterfaceSettings(reduced_motion=True))  # measured at rest
    fake = FakeBackend(HomeSnapshot(rows=full.rows), still)  # nothing to go on with yet
    fake.loop.start()
    shown = show(fake)
    shown.press(KEY.Key_Down, KEY.Key_Down)
    card = shown.focused
    place = card.mapToScene(QPointF())
    fake.show_home(full)
    until(lambda: shown.app.home.rows.rowCount() == len(full.rows) + 1)
    until(lambda: card.mapToScene(QPointF()) == place)
    assert shown.focused is card


def test_skeletons_then_an_empty_page_that_says_what_to_do_then_rows(
    show: Callable[[FakeBackend], Shown],
):
    fake = FakeBackend()
    fake.loop.start()
    shown = show(fake)
    assert shown.app.home.state == "loading"
    shown.app.home.refresh()
    until(lambda: shown.says("text") == "Add in Settings")
    fake.show_home(shelf.full_home())
    until(lambda: shown.says("text") == "Resume")
    assert shown.warnings == []


def test_what_was_wrong_at_the_start_is_told_and_can_be_put_away(
    show: Callable[[FakeBackend], Shown],
):
    fake = FakeBackend(shelf.full_home())
    fake.problems = ("config.toml line 3: no such key", "The API's port is taken.")
    fake.loop.start()
    shown = show(fake)
    assert shown.app.messages.banner == "config.toml line 3: no such key"
    dismiss = find(shown.window.contentItem(), lambda i: i.property("name") == "Dismiss")
    QTest.mouseClick(
        shown.window,
        Qt.MouseButton.LeftButton,
        pos=dismiss.mapToScene(dismiss.boundingRect().center()).toPoint(),
    )
    until(lambda: shown.app.messages.banner == "The API's port is taken.")


def test_a_card_opens_by_click_and_a_picture_is_asked_for_when_it_shows(
    shown: Shown, backend: FakeBackend
):
    until(lambda: ("https://pictures.test/p0.jpg",) in backend.called("art"))
    assert ("https://pictures.test/p11.jpg",) not in backend.called("art")[:0]
    card = find(
        shown.window.contentItem(),
        lambda i: str(i.property("spoken") or "").startswith("Night Harbour, film"),
    )
    shown.press(KEY.Key_Down, KEY.Key_Down)
    until(lambda: card.mapToScene(card.boundingRect().center()).y() < 700)
    QTest.mouseClick(
        shown.window,
        Qt.MouseButton.LeftButton,
        pos=card.mapToScene(card.boundingRect().center()).toPoint(),
    )
    until(lambda: shown.app.page == "title")
    assert shown.app.title.title == "Night Harbour"


FOCUSABLE_ROLES = {
    QAccessible.Role.Button,
    QAccessible.Role.CheckBox,
    QAccessible.Role.ComboBox,
    QAccessible.Role.EditableText,
    QAccessible.Role.Heading,
    QAccessible.Role.List,
    QAccessible.Role.MenuItem,
    QAccessible.Role.RadioButton,
    QAccessible.Role.StaticText,
}


def walk(interface: QAccessibleInterface):
    """Yield an accessible interface and all below it."""
    yield interface
    for place in range(interface.childCount()):
        child = interface.child(place)
        if child is not None and child.isValid():
            yield from walk(child)


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize(
    "page",
    [
        *("home", "title", "settings", "search", "library", "history", "transfers"),
        *("shortcuts", "preview", "menu"),
    ],
)
def test_a_screen_reader_finds_a_name_and_a_role_for_everything(
    show: Callable[[FakeBackend], Shown], page: str, theme: str
):
    QAccessible.setActive(True)
    fake = FakeBackend(
        shelf.full_home(),
        Settings.model_validate(
            {
                "interface": {"theme": theme},
                "sources": {"mirrors": ["/m"]},
                "api": {"enabled": True},
            }
        ),
    )
    fake.titles["nova:title-0"] = shelf.details(shelf.content(0))
    fake.library.kept = kept.library_page()
    fake.library.found["moon"] = (shelf.content(0),)
    fake.transfers.there = kept.transfers()
    fake.loop.start()
    shown = show(fake)
    if page == "title":
        shown.app.openTitle("nova:title-0")
        until(lambda: shown.app.title.state == "ready")
    elif page in {"preview", "menu"}:
        shown.app.actOn(page, "nova:title-0", "")
        until(lambda: shown.app.overlay == page)
    elif page == "history":
        shown.app.openRoom("library")
        shown.app.library.choose(3)
        until(lambda: shown.app.library.state == "ready")
    elif page != "home":
        shown.app.openRoom(page)
    if page == "search":
        shown.app.search.setQuery("moon")
        until(lambda: shown.app.search.state == "ready")
    unnamed = {"search", "shortcuts"}  # a text field and a page: their names are accessible ones
    until(lambda: page in unnamed or shown.focused.property("name"))
    incubating = shown.window.incubationController().incubatingObjectCount
    until(lambda: incubating() == 0)  # rows below the edge are made while nothing else is done
    found = 0
    for interface in walk(QAccessible.queryAccessibleInterface(shown.window)):
        state = interface.state()
        if state.invisible or not state.focusable:
            continue
        where = f"{interface.object()} on {page}"
        if interface.role() in {QAccessible.Role.Client, QAccessible.Role.Window}:
            continue
        found += 1
        assert interface.text(QAccessible.Text.Name), where
        assert interface.role() in FOCUSABLE_ROLES, where
    assert found >= 5


def test_what_a_change_of_settings_leads_to_is_told(shown: Shown, backend: FakeBackend):
    shown.app.openSettings()
    until(lambda: shown.says() == "Playback")
    backend.problems = ("The HTTP API cannot use port 1: the system does not allow it.",)
    shown.app.settings.choose("interface.theme", 1)
    until(lambda: "HTTP API" in shown.app.messages.banner)


def test_a_row_goes_on_where_somebody_comes_near_its_end(shown: Shown, backend: FakeBackend):
    shown.press(KEY.Key_Down, KEY.Key_Down)
    row = shown.app.home.rows.items[1].id
    for _ in range(12):
        shown.press(KEY.Key_Right)
    until(lambda: (row,) in backend.called("more_of_row"))
    assert shown.warnings == []
