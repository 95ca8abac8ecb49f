"""The bar of subtitles that are being fitted to the sound."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from novastream_desktop.playback.state import SubtitleFacts
from tests.ui.player.conftest import Page
from tests.ui.player.player_states_data import PLAYING

FACTS = SubtitleFacts("file:///a.srt", "cp1252", 0.9)


def bar(page: Page) -> QQuickItem:
    found = page.window.findChild(QQuickItem, "fitBar")
    assert found is not None
    return found


def test_a_bar_over_the_picture_and_a_way_to_stop(page: Page):
    page.stage.play(PLAYING)
    assert not bar(page).isVisible()
    page.stage.show(replace(PLAYING, subtitle_sync=0.42))
    page.stage.until(bar(page).isVisible)
    assert bar(page).property("share") == 0.42
    stop = page.window.findChild(QQuickItem, "fitStop")
    assert stop is not None
    middle = stop.mapToScene(stop.boundingRect().center()).toPoint()
    QTest.mouseClick(page.window, Qt.MouseButton.LeftButton, pos=middle)
    assert page.stage.called("sync_subtitles") == [()]
    page.stage.show(PLAYING)
    page.stage.until(lambda: not bar(page).isVisible())
    page.stage.player.stopFitting()  # nothing runs: it would begin anew
    page.stage.settle()
    assert page.stage.called("sync_subtitles") == [()]


def test_its_row_stays_open_and_shows_how_far_it_is(page: Page):
    page.stage.play(replace(PLAYING, subtitle_facts=FACTS))
    page.stage.player.togglePanel("subtitle-tools")
    page.stage.player.choose("sync:")
    assert page.stage.called("sync_subtitles") == [()]
    assert page.stage.player.props.panel == "subtitle-tools"
    page.stage.show(replace(PLAYING, subtitle_facts=FACTS, subtitle_sync=0.5))
    row = next(r for r in page.stage.player.rowsOf("subtitle-tools").items if r.key == "sync:")
    assert (row.share, row.badge) == (0.5, "50 %")
    assert not bar(page).isVisible()  # one bar is enough
