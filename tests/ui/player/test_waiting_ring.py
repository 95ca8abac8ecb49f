"""The ring over the picture."""

from __future__ import annotations

from PySide6.QtQuick import QQuickItem

from novastream_desktop.player.base import PlayerPhase
from tests.ui.player.conftest import Page
from tests.ui.player.player_states_data import PLAYING, playing

SEEKING = playing(seeking=True)


def ring(page: Page) -> QQuickItem:
    found = page.item.findChild(QQuickItem, "waiting")
    assert found is not None
    return found


def test_a_short_wait_shows_nothing_over_the_picture(page: Page):
    page.stage.play(PLAYING)
    page.stage.show(SEEKING)
    assert page.stage.player.props.waiting
    assert not ring(page).isVisible()
    page.stage.show(PLAYING)
    assert not ring(page).isVisible()


def test_a_longer_one_brings_the_ring_and_its_end_takes_it(page: Page):
    page.stage.play(PLAYING)
    page.stage.show(SEEKING)
    page.stage.until(lambda: ring(page).opacity() == 1)
    page.stage.show(PLAYING)
    page.stage.until(lambda: not ring(page).isVisible())
    page.stage.show(SEEKING)
    assert not ring(page).isVisible()
    assert page.complaints == []


def test_before_the_first_picture_the_ring_is_there_at_once(page: Page):
    page.stage.play(playing(phase=PlayerPhase.LOADING, has_picture=False))
    page.stage.until(lambda: ring(page).opacity() > 0)
    assert page.complaints == []
