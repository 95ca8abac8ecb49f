"""A gamepad in the real window: from the home page to a playing title and back."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import shiboken6

from novastream_desktop.ui.gamepad._pad import AXIS, BUTTON, EVENT, FULL
from novastream_desktop.ui.gamepad.app_target import AppTarget
from novastream_desktop.ui.gamepad.gamepad import Gamepads
from tests.fakes.playback import FakePlayback, FakeVideo
from tests.ui.driving import Shown, until
from tests.ui.player.player_states_data import PLAYING

A, B, X = 0, 1, 2


@pytest.fixture
def push(shown: Shown, tmp_path: Path) -> Iterator[Callable[[int], None]]:
    """Push a button of a gamepad that is plugged in."""
    os.mkfifo(tmp_path / "js0")
    end = os.open(tmp_path / "js0", os.O_RDWR)
    pads = Gamepads(AppTarget(shown.app), shown.window, lambda: True, tmp_path)

    def push(number: int) -> None:
        for down in (1, 0):
            os.write(end, EVENT.pack(0, down, BUTTON, number))

    push.end = end  # type: ignore[attr-defined]
    yield push
    pads.stop()
    os.close(end)
    shiboken6.delete(pads)


def test_a_title_is_opened_played_and_left(shown: Shown, push: Callable[[int], None]):
    commands = shown.backend.commands = FakePlayback(shown.backend.loop)
    shown.backend.renderer = FakeVideo()
    before = shown.says("name")
    os.write(push.end, EVENT.pack(0, FULL, AXIS, 7) + EVENT.pack(0, 0, AXIS, 7))  # type: ignore[attr-defined]
    until(lambda: shown.says("name") != before)
    push(A)
    until(lambda: shown.app.page == "title" or shown.app.playerActive)
    shown.app.playTarget("magnet:x")
    until(lambda: commands.called("open_target"))
    commands.show(PLAYING)
    until(lambda: shown.app.player.props.hasPicture)
    push(X)
    until(lambda: commands.called("skip_segment"))
    push(B)
    until(lambda: "again to leave" in shown.app.player.props.noticeText)
    push(B)
    until(lambda: not shown.app.playerActive)
    assert shown.warnings == []
