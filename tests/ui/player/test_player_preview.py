"""The small picture over the seek bar."""

from __future__ import annotations

from base64 import b64decode
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from novastream_desktop.playback.state import SessionState
from novastream_desktop.player.base import Thumbnail
from novastream_desktop.torrents.base import TorrentPhase, TorrentProgress
from novastream_desktop.ui.player.player_preview import (
    KEPT,
    STEPS,
    data_url,
    may_preview,
    preview_position,
)
from tests.ui.player.conftest import Page, Stage
from tests.ui.player.player_states_data import EPISODES, PLAYING, playing
from tests.ui.player.test_player_page import named

ON_ITS_WAY = replace(PLAYING, torrent=TorrentProgress(phase=TorrentPhase.PLAYING))
ON_DISK = replace(PLAYING, torrent=TorrentProgress(phase=TorrentPhase.COMPLETE))


@pytest.mark.parametrize(
    ("state", "may"),
    [
        (PLAYING, True),
        (ON_DISK, True),
        (ON_ITS_WAY, False),
        (playing(has_picture=False), False),
        (playing(duration=0.0), False),
        (playing(width=0), False),
        (SessionState(), False),
    ],
)
def test_a_second_look_never_asks_peers_or_a_blank_player(state: SessionState, may: object):
    assert may_preview(state, 0.5) is may


@pytest.mark.parametrize(
    ("pieces", "may"),
    [
        ("2222222222", True),
        ("2001222102", True),
        ("2001122102", False),  # a neighbour is not there: time and bytes do not run evenly
        ("2001221002", False),
        ("0001222102", False),  # its head, and so perhaps its index
        ("2001222101", False),
        ("", False),
    ],
)
def test_a_torrent_on_its_way_is_looked_at_where_it_is_on_disk(pieces: str, may: object):
    torrent = TorrentProgress(phase=TorrentPhase.PLAYING, pieces=pieces)
    assert may_preview(replace(PLAYING, torrent=torrent), 0.55) is may


def test_a_place_that_failed_while_it_comes_in_is_looked_at_again(stage: Stage):
    stage.video.here = False
    torrent = TorrentProgress(phase=TorrentPhase.PLAYING, pieces="2222")
    stage.play(replace(PLAYING, torrent=torrent))
    stage.until(lambda: stage.player._drawer)
    for _ in range(2):
        stage.player.pointAt(0.5)
        stage.player.pointAway()
        stage.player.pointAt(0.9)
        stage.settle()
    stage.until(lambda: len(stage.video.thumbnails) >= 2)
    assert stage.player._previews == {}


@given(st.floats(-1, 2), st.floats(1, 1e5))
def test_places_are_few_and_near(share: float, duration: float):
    position = preview_position(share, duration)
    step = max(2.0, duration / STEPS)

    assert abs(position - min(1.0, max(0.0, share)) * duration) <= step / 2 + 1e-6
    assert abs(position / step - round(position / step)) < 1e-6


def test_a_picture_is_an_address_that_shows_it():
    red = Thumbnail(4, 4, 16, bytes((0, 0, 255, 0)) * 16)
    image = QImage()

    header, _, body = data_url(red).partition(",")
    assert header == "data:image/jpeg;base64"
    assert image.loadFromData(b64decode(body))
    colour = image.pixelColor(2, 2)
    assert colour.red() > 230
    assert max(colour.green(), colour.blue()) < 30


def test_pointing_draws_once_and_remembers(stage: Stage):
    stage.play(PLAYING)
    stage.until(lambda: stage.player._drawer)

    stage.player.pointAt(0.5)
    stage.until(lambda: stage.player.preview)
    first = stage.player.preview
    stage.player.pointAt(0.9)
    stage.until(lambda: len(stage.video.thumbnails) == 2)
    stage.player.pointAt(0.5)

    assert stage.player.preview == first
    assert stage.video.thumbnails == [720.0, 1296.0]
    stage.player.pointAway()
    assert stage.player.preview == ""


def test_what_has_no_picture_is_asked_for_once(stage: Stage):
    stage.video.here = False
    stage.play(PLAYING)
    stage.until(lambda: stage.player._drawer)

    for share in (0.5, 0.9, 0.5):
        stage.player.pointAt(share)
        stage.until(lambda: stage.video.thumbnails)
        stage.until(lambda: not stage.tasks.running("player-thumbnail"))

    assert stage.video.thumbnails == [720.0, 1296.0]
    assert stage.player.preview == ""


def test_a_torrent_on_its_way_is_not_asked(stage: Stage):
    stage.play(ON_ITS_WAY)
    stage.until(lambda: stage.player._drawer)

    stage.player.pointAt(0.5)
    stage.settle()

    assert stage.video.thumbnails == []


def test_another_episode_is_drawn_anew(stage: Stage):
    stage.play(PLAYING)
    stage.until(lambda: stage.player._drawer)
    stage.player.pointAt(0.5)
    stage.until(lambda: stage.player.preview)

    stage.player.pointAway()
    stage.show(replace(PLAYING, episode=EPISODES[2]))
    stage.player.pointAt(0.5)

    stage.until(lambda: stage.video.thumbnails == [720.0, 720.0])


def test_only_so_many_are_kept(stage: Stage):
    stage.play(PLAYING)
    for number in range(KEPT + 20):
        stage.player._keep(float(number), None)

    assert len(stage.player._previews) == KEPT


def test_the_pointer_over_the_seek_bar_shows_the_picture(page: Page):
    page.stage.play(PLAYING)
    page.stage.until(lambda: page.stage.player._drawer)
    bar = named(page, "Position")
    middle = bar.mapToScene(QPoint(round(bar.width() / 2), 14)).toPoint()

    QTest.mouseMove(page.window, middle)
    page.stage.until(lambda: page.stage.player.preview)
    page.window.grabWindow()
    QTest.mouseMove(page.window, QPoint(600, 200))

    page.stage.until(lambda: page.stage.player.preview == "")
    assert page.complaints == []
