"""The page in a window: it loads clean, keys reach the session, everything has a name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations

import pytest
from PySide6.QtCore import QCoreApplication, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QWheelEvent
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from novastream_desktop.playback.state import (
    NextUp,
    Notice,
    NoticeCode,
    SessionPhase,
    SessionState,
    SkipPrompt,
)
from novastream_desktop.player.base import PlayerPhase
from tests.ui.player.conftest import Page
from tests.ui.player.player_states_data import EPISODES, OPENING, PANELS, PLAYING, PROMPTED, playing

STATES = {
    "resolving": SessionState(phase=SessionPhase.RESOLVING),
    "playing": PLAYING,
    "paused": playing(phase=PlayerPhase.PAUSED),
    "buffering": playing(buffering=True),
    "prompt": PROMPTED,
    "jumping": replace(PLAYING, prompt=SkipPrompt(OPENING, auto_in=2.0)),
    "next": replace(PLAYING, next_up=NextUp(EPISODES[2])),
    "credits": replace(PLAYING, next_up=NextUp(EPISODES[2], after_credits=700.0)),
    "still": replace(PLAYING, phase=SessionPhase.ENDED, still_watching=True),
    "counting": replace(PLAYING, next_up=NextUp(EPISODES[2], 5.0)),
    "notice": replace(PLAYING, notice=Notice(NoticeCode.SEEK, 1, 10)),
    "loop": playing(loop_from=100.0, loop_to=200.0, silent=True, volume=130.0),
    "failed": replace(PLAYING, phase=SessionPhase.FAILED, error="It is gone."),
    "ended": replace(PLAYING, phase=SessionPhase.ENDED),
}


def every_item(item: QQuickItem) -> Iterator[QQuickItem]:
    yield item
    for child in item.childItems():
        yield from every_item(child)


@dataclass(frozen=True)
class Seen:
    """What assistive technology sees of one thing."""

    name: str
    role: QAccessible.Role
    focusable: bool
    item: QObject


def reachable(page: Page) -> list[Seen]:
    """Return everything that assistive technology sees.

    Interfaces are let go at once and in no cycle: a wrapper that outlives its interface is taken
    for whatever Qt puts at the same address next.
    """
    QAccessible.setActive(True)
    waiting = [QAccessible.queryAccessibleInterface(page.window)]
    found = []
    while waiting:
        interface = waiting.pop()
        for i in range(interface.childCount()):
            child = interface.child(i)
            if child is not None and not child.state().invisible:
                name = child.text(QAccessible.Text.Name)
                found.append(
                    Seen(name, child.role(), bool(child.state().focusable), child.object())
                )
                waiting.append(child)
    return found


def named(page: Page, name: str) -> QQuickItem:
    """Wait for the visible item that a screen reader calls so."""
    found: list[QObject] = []

    def find() -> bool:
        found[:] = [seen.item for seen in reachable(page) if seen.name == name]
        return bool(found)

    page.stage.until(find)
    item = found[0]
    assert isinstance(item, QQuickItem)
    return item


def press(page: Page, key: Qt.Key, modifiers: Qt.KeyboardModifier | None = None) -> None:
    QTest.keyClick(page.window, key, modifiers or Qt.KeyboardModifier.NoModifier)


@pytest.mark.parametrize("name", STATES)
def test_the_page_shows_each_state_without_a_complaint(page: Page, name: str):
    page.stage.play(STATES[name])
    page.window.grabWindow()

    assert page.complaints == []


@pytest.mark.parametrize("panel", PANELS)
def test_each_panel_opens_without_a_complaint_and_escape_closes_it(page: Page, panel: str):
    page.stage.play(PLAYING)

    page.stage.player.togglePanel(panel)
    page.window.grabWindow()
    press(page, Qt.Key.Key_Escape)

    assert page.stage.player.props.panel == ""
    assert page.complaints == []
    assert page.window.activeFocusItem() is named(page, "Video")


def test_keys_reach_the_session_through_the_window(page: Page):
    page.stage.play(PROMPTED)

    press(page, Qt.Key.Key_S)
    press(page, Qt.Key.Key_Left)
    press(page, Qt.Key.Key_Space)
    press(page, Qt.Key.Key_N, Qt.KeyboardModifier.ShiftModifier)
    page.stage.settle()

    assert page.stage.commands.names[-4:] == [
        "skip_segment",
        "seek_by",
        "toggle_pause",
        "next_episode",
    ]


def test_the_skip_button_shows_and_is_pressed_by_mouse_without_taking_focus(page: Page):
    page.stage.play(PLAYING)
    page.stage.show(PROMPTED)
    button = named(page, "Skip intro")
    page.stage.until(lambda: button.opacity() == 1)
    middle = button.mapToScene(QPoint(20, 20)).toPoint()

    QTest.mouseClick(page.window, Qt.MouseButton.LeftButton, pos=middle)

    assert page.stage.called("skip_segment") == [()]
    assert not button.hasActiveFocus()


def test_space_pauses_though_a_button_has_the_focus(page: Page):
    page.stage.play(PLAYING)
    button = named(page, "Full screen")
    button.forceActiveFocus(Qt.FocusReason.TabFocusReason)

    press(page, Qt.Key.Key_Space)

    assert page.stage.called("toggle_pause") == [()]
    assert not page.stage.player.fullscreen


def test_enter_presses_the_focused_button_and_escape_gives_the_focus_back(page: Page):
    page.stage.play(PLAYING)
    named(page, "Mute").forceActiveFocus(Qt.FocusReason.TabFocusReason)

    press(page, Qt.Key.Key_Return)
    page.stage.called("toggle_mute")
    press(page, Qt.Key.Key_Escape)
    page.stage.settle()

    assert page.window.activeFocusItem() is named(page, "Video")
    assert page.stage.commands.called("close_title") == []


def test_tab_and_arrows_reach_every_control(page: Page):
    page.stage.play(PROMPTED)
    wanted = {"Back", "Position", "Mute", "Volume", "Pause", "Sources", "Full screen", "Skip intro"}
    reached = set()
    for _ in range(40):
        press(page, Qt.Key.Key_Tab)
        item = page.window.activeFocusItem()
        reached.add(QAccessible.queryAccessibleInterface(item).text(QAccessible.Text.Name))

    assert wanted <= reached

    named(page, "Pause").forceActiveFocus(Qt.FocusReason.TabFocusReason)
    press(page, Qt.Key.Key_Right)
    assert page.window.activeFocusItem() is named(page, "Forward 10 seconds")


@pytest.mark.parametrize("series", [True, False])
@pytest.mark.parametrize("width", [480, 620, 640, 700, 900, 1280])
def test_no_control_lies_on_another_in_a_window_of_any_width(page: Page, width: int, series: bool):
    page.window.resize(width, 360)
    page.stage.until(lambda: page.item.width() == width)
    page.stage.play(PLAYING if series else replace(PLAYING, content=None, episode=None))
    named(page, "Pause")

    def apart() -> bool:
        shown = [i for i in every_item(page.item) if i.isVisible()]
        bar = next(i for i in shown if i.property("_roomy") is not None)
        buttons = [i for i in every_item(bar) if i.isVisible() and i.property("glyph") is not None]
        volume = next(i for i in shown if i.property("slider") is not None)
        areas = [
            i.mapRectToScene(i.boundingRect())
            for i in (volume, *buttons)
            if not volume.isAncestorOf(i)
        ]
        return len(areas) > 5 and not any(a.intersects(b) for a, b in combinations(areas, 2))

    page.stage.until(apart)
    assert page.complaints == []


@pytest.mark.parametrize(("width", "beside"), [(1280, 400), (700, 0)])
def test_the_controls_stand_beside_a_panel_where_there_is_room(page: Page, width: int, beside: int):
    page.window.resize(width, 720)
    page.stage.play(PLAYING)
    controls = page.window.findChild(QQuickItem, "controls")
    assert controls is not None
    page.stage.until(lambda: controls.width() == width)
    press(page, Qt.Key.Key_E)
    page.stage.until(lambda: page.stage.player.panel == "episodes")
    page.stage.until(lambda: controls.width() == width - beside)


def test_arrows_choose_in_a_panel(page: Page):
    page.stage.play(PLAYING)
    press(page, Qt.Key.Key_E)
    press(page, Qt.Key.Key_Down)
    press(page, Qt.Key.Key_Return)

    assert page.stage.called("play_episode") == [("s1e3",)]


def test_a_click_pauses_and_a_double_click_fills_the_screen(page: Page):
    page.stage.play(PLAYING)
    middle = QPoint(640, 300)

    QTest.mouseClick(page.window, Qt.MouseButton.LeftButton, pos=middle)
    assert page.stage.called("toggle_pause") == [()]
    QTest.mouseDClick(page.window, Qt.MouseButton.LeftButton, pos=middle)

    page.stage.until(lambda: page.stage.player.fullscreen)
    press(page, Qt.Key.Key_Escape)
    page.stage.until(lambda: not page.stage.player.fullscreen)
    assert page.stage.commands.called("close_title") == []


def test_the_button_held_plays_faster_until_it_is_let_go(page: Page):
    page.stage.play(PLAYING)
    middle = QPoint(640, 300)

    QTest.mousePress(page.window, Qt.MouseButton.LeftButton, pos=middle)
    assert page.stage.called("hold_speed") == [(True,)]
    QTest.mouseRelease(page.window, Qt.MouseButton.LeftButton, pos=middle)
    page.stage.until(lambda: page.stage.commands.called("hold_speed") == [(True,), (False,)])

    assert page.stage.commands.called("toggle_pause") == []


def turn_wheel(page: Page, delta: QPoint, modifiers: Qt.KeyboardModifier) -> None:
    at = QPointF(640, 300)
    event = QWheelEvent(
        at,
        at,
        QPoint(),
        delta,
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QCoreApplication.sendEvent(page.window, event)


def test_the_wheel_is_volume_and_with_shift_it_seeks(page: Page):
    page.stage.play(PLAYING)
    none, shift = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier

    turn_wheel(page, QPoint(0, 120), none)
    turn_wheel(page, QPoint(0, -240), shift)
    turn_wheel(page, QPoint(120, 0), shift)

    page.stage.until(lambda: len(page.stage.commands.called("seek_by")) == 2)
    assert page.stage.commands.called("change_volume") == [(5.0,)]
    assert page.stage.commands.called("seek_by") == [(-10.0,), (5.0,)]


def test_the_sources_offer_the_next_one(page: Page):
    page.stage.play(PLAYING)
    press(page, Qt.Key.Key_O)
    button = named(page, "This one is bad: next source")

    for _row in range(4):
        press(page, Qt.Key.Key_Down)
    assert page.window.activeFocusItem() is button
    press(page, Qt.Key.Key_Space)
    assert page.stage.called("toggle_pause") == [()]
    assert page.stage.commands.called("next_source") == []
    press(page, Qt.Key.Key_Return)

    assert page.stage.called("next_source") == [()]
    assert page.stage.player.props.panel == ""


def test_the_source_in_focus_stays_where_it_is_while_better_ones_come(page: Page):
    page.stage.play(PLAYING)
    press(page, Qt.Key.Key_O)
    press(page, Qt.Key.Key_Down)
    rows = page.stage.player.rowsOf("sources")
    second = rows.items[1]
    better = PLAYING.sources[0].with_(url="https://better/v.mp4")
    page.stage.show(replace(PLAYING, sources=(better, *PLAYING.sources), source_index=1))

    assert rows.items[1].key == second.key
    assert len(rows.items) == len(PLAYING.sources) + 1
    press(page, Qt.Key.Key_Return)
    assert page.stage.called("choose_source") == [(2,)]


def test_a_failure_offers_what_to_do_and_keeps_the_focus_there(page: Page):
    page.stage.play(STATES["failed"])
    page.stage.until(lambda: page.window.activeFocusItem() is named(page, "Try again"))

    press(page, Qt.Key.Key_Return)

    page.stage.until(lambda: len(page.stage.commands.called("open_title")) == 2)


def test_escape_leaves_a_failure(page: Page):
    page.stage.play(STATES["failed"])

    press(page, Qt.Key.Key_Escape)

    assert page.stage.called("close_title") == [()]


@pytest.mark.parametrize(
    ("name", "panel"), [*((n, "") for n in STATES), *(("playing", p) for p in PANELS)]
)
def test_everything_that_takes_focus_has_a_name_and_a_role(page: Page, name: str, panel: str):
    page.stage.play(STATES[name])
    if panel:
        page.stage.player.togglePanel(panel)
    everything = reachable(page)

    assert len(everything) > 3
    for seen in everything:
        if seen.focusable:
            where = f"{seen.item} in {name} {panel}"
            assert seen.name.strip(), where
            assert seen.role not in {QAccessible.Role.NoRole, QAccessible.Role.Client}, where


def test_what_takes_focus_by_tab_is_known_to_screen_readers(page: Page):
    page.stage.play(PROMPTED)
    known = {seen.item for seen in reachable(page)}

    for item in every_item(page.item):
        if item.activeFocusOnTab() and item.isVisible() and item.isEnabled():
            assert item in known, item
