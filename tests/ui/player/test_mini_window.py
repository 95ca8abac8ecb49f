"""The mini player: where it goes, and that the window comes back as it was."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtTest import QTest

from novastream_desktop.ui.player.mini_window import (
    LEAST_WIDTH,
    MARGIN,
    mini_place,
    mini_size,
    usual_place,
)
from tests.ui.player.conftest import Page
from tests.ui.player.player_states_data import PLAYING
from tests.ui.player.test_player_page import named, press

SCREEN = QRect(0, 30, 1920, 1050)


def test_it_goes_to_the_lower_right_corner_in_the_picture_s_shape():
    size = mini_size(420, 16 / 9, SCREEN.size())
    place = mini_place(size, SCREEN)

    assert (size.width(), size.height()) == (420, 236)
    assert place.right() == SCREEN.right() - MARGIN
    assert place.bottom() == SCREEN.bottom() - MARGIN


@given(st.floats(0, 5000), st.floats(0, 20), st.integers(320, 4000), st.integers(240, 4000))
def test_it_never_leaves_the_screen(width: float, aspect: float, wide: int, high: int):
    screen = QRect(10, 20, wide, high)
    size = mini_size(width, aspect, screen.size())

    assert screen.contains(mini_place(size, screen)) or size.width() > wide - 2 * MARGIN
    assert size.width() >= min(LEAST_WIDTH, wide * 0.6) - 1 or size.height() >= high * 0.6 - 1
    assert size.height() <= high * 0.6 + 1


def test_p_makes_the_window_small_and_on_top_and_escape_brings_it_back(page: Page):
    page.stage.play(PLAYING)
    before = page.window.geometry()

    press(page, Qt.Key.Key_P)

    assert page.stage.player.mini
    assert page.stage.player.onTop
    page.stage.until(lambda: page.window.width() < 600)
    assert abs(page.window.width() / page.window.height() - 1280 / 720) < 0.02
    press(page, Qt.Key.Key_Escape)
    page.stage.settle()
    assert not page.stage.player.mini
    assert not page.stage.player.onTop
    page.stage.until(lambda: page.window.geometry() == before)
    assert page.stage.commands.called("close_title") == []
    assert page.complaints == []


def test_a_large_window_becomes_large_again_and_then_of_a_usual_size(page: Page):
    page.stage.play(PLAYING)
    press(page, Qt.Key.Key_F)
    page.stage.until(lambda: page.stage.player.fullscreen)
    press(page, Qt.Key.Key_P)
    assert not page.stage.player.fullscreen
    page.stage.until(lambda: page.window.width() < 600)

    press(page, Qt.Key.Key_P)
    page.stage.until(lambda: page.stage.player.fullscreen)
    press(page, Qt.Key.Key_F)

    page.stage.until(lambda: not page.stage.player.fullscreen)
    assert page.complaints == []


def test_a_usual_window_fits_any_screen():
    assert usual_place(SCREEN) == QRect(320, 195, 1280, 720)
    small = QRect(0, 0, 1024, 600)
    assert usual_place(small) == small


def test_ctrl_t_lets_other_windows_over_it(page: Page):
    page.stage.play(PLAYING)
    press(page, Qt.Key.Key_P)

    press(page, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)

    assert page.stage.player.mini
    assert not page.stage.player.onTop
    assert page.stage.player.props.noticeText == "No longer on top"


def test_its_own_controls_are_there_and_the_large_ones_gone(page: Page):
    page.stage.play(PLAYING)
    press(page, Qt.Key.Key_P)

    button = named(page, "Back to the window")
    assert not page.window.findChild(type(page.item), "controls").isVisible()
    middle = button.mapToScene(QPoint(18, 18)).toPoint()
    QTest.mouseClick(page.window, Qt.MouseButton.LeftButton, pos=middle)

    page.stage.until(lambda: not page.stage.player.mini)


def test_a_panel_brings_the_window_back(page: Page):
    page.stage.play(PLAYING)
    press(page, Qt.Key.Key_P)

    press(page, Qt.Key.Key_E)

    assert not page.stage.player.mini
    assert page.stage.player.props.panel == "episodes"


def test_leaving_the_player_gives_the_window_back(page: Page):
    page.stage.play(PLAYING)
    before = page.window.geometry()
    press(page, Qt.Key.Key_P)

    page.stage.player.close()

    assert not page.stage.player.mini
    page.stage.until(lambda: page.window.geometry() == before)


def test_it_takes_another_width_and_keeps_its_shape_and_corner(page: Page):
    page.stage.play(PLAYING)
    press(page, Qt.Key.Key_P)
    page.stage.until(lambda: page.window.width() < 600)
    corner = page.window.geometry().bottomRight()

    page.stage.player.resizeMini(320)

    page.stage.until(lambda: page.window.size() == QSize(320, 180))
    assert page.window.geometry().bottomRight() == corner
