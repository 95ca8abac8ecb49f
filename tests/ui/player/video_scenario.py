"""Plays a file with real libmpv under the real page, and prints what was on the screen as JSON.

A process of its own, since it needs an X display with OpenGL: `video_scenario.py MEDIA PICTURES`.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEventLoop, QPointF
from PySide6.QtGui import QColor
from PySide6.QtQuick import QQuickItem, QQuickWindow

from novastream_desktop.player import create_mpv_player
from novastream_desktop.player.base import Fit, LoadRequest, PlayerPhase, PlayerState
from novastream_desktop.ui.app import make_application, make_engine
from novastream_desktop.ui.player.player_viewmodel import PlayerViewModel
from novastream_desktop.ui.tasks import Tasks
from tests.fakes.backend import FakeBackend
from tests.fakes.playback import FakePlayback
from tests.ui.player.player_states_data import PLAYING

HOST = b"""
import QtQuick
import NovaStream.Core
import NovaStream.Player
Window {
    id: window
    required property PlayerViewModel player
    width: 640; height: 360; visible: true; color: "black"
    PlayerPage { anchors.fill: parent; focus: true; player: window.player }
}
"""
PATIENCE = 60.0


def until(condition: Callable[[], object], what: str) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > end:
            raise SystemExit(f"waited in vain for {what}")
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 20)


class Scene:
    """The page over a real player; the session only relays the player's state."""

    def __init__(self, media: str, pictures: Path) -> None:
        self.pictures = pictures
        self.backend = FakeBackend()
        self.backend.loop.start()
        self.commands = self.backend.commands = FakePlayback(self.backend.loop)
        self.mpv = self.backend.renderer = create_mpv_player(self.backend.loop, {"ao": "null"})
        self.tasks = Tasks(self.backend.loop)
        self.player = PlayerViewModel(self.backend, self.tasks)
        self.engine = make_engine()
        self.engine.setInitialProperties({"player": self.player})
        self.engine.loadData(HOST)
        window = self.engine.rootObjects()[0]
        assert isinstance(window, QQuickWindow)
        self.window = window
        self.media = media

    def relay(self, state: PlayerState) -> None:
        self.commands.state.set(replace(PLAYING, player=state, skip_ranges=()))

    def colour(self, name: str, x: int, y: int) -> str:
        image = self.window.grabWindow()
        image.save(str(self.pictures / f"{name}.png"))
        return QColor(image.pixel(x, y)).name()

    def play_button(self) -> tuple[int, int]:
        """Return a place on the button's disc, beside its icon."""
        button = self.window.findChild(QQuickItem, "play")
        assert button is not None
        place = button.mapToScene(QPointF(button.width() / 4, button.height() / 2))
        return round(place.x()), round(place.y())

    def size(self) -> list[int]:
        return [self.window.width(), self.window.height()]

    def settle(self, position: float) -> None:
        def there() -> bool:
            now = self.mpv.state.value
            return now.has_picture and not now.seeking and abs(now.position - position) < 0.3

        until(there, f"the picture at {position} s")
        for _ in range(2):  # nothing else asks for frames of a still page
            drawn = self.player.framesDrawn
            self.window.update()
            self.wait_for_frame_after(drawn, "a frame")

    def wait_for_frame_after(self, drawn: int, what: str) -> None:
        until(lambda: self.player.framesDrawn > drawn, what)

    def go_to(self, position: float) -> None:
        drawn = self.player.framesDrawn
        self.backend.loop.post(self.mpv.seek, position)
        self.wait_for_frame_after(drawn, "the player to ask for a frame")
        self.settle(position)


def run(media: str, pictures: Path) -> dict[str, object]:
    scene = Scene(media, pictures)
    until(scene.window.isExposed, "the window")
    seen: dict[str, object] = {"frames_before": scene.player.framesDrawn}
    scene.player.playTitle("nova:x", "")
    scene.backend.loop.post(lambda: scene.mpv.state.watch(scene.relay))
    scene.backend.loop.post(scene.mpv.load, LoadRequest(media, start=1.0, paused=True))
    scene.settle(1.0)
    until(lambda: scene.player.props.hasPicture, "the page to know of the picture")
    until(lambda: not scene.player.props.waiting, "the ring to go")
    scene.window.grabWindow()
    seen["early"] = scene.colour("early", 320, 60)
    button = scene.play_button()
    seen["button"] = scene.colour("button", *button)
    scene.go_to(4.0)
    seen["late"] = scene.colour("late", 320, 60)
    seen["window"] = scene.size()
    scene.player.toggleMini()
    until(lambda: scene.window.width() < 600, "the mini player")
    scene.settle(4.0)
    seen["mini"] = [scene.size(), scene.colour("mini", scene.window.width() // 2, 12)]
    scene.player.toggleMini()
    scene.settle(4.0)
    seen["back"] = [scene.size(), scene.colour("back", 320, 60)]
    scene.window.setHeight(480)
    for fit in (Fit.FIT, Fit.FILL, Fit.STRETCH):
        scene.backend.loop.post(scene.mpv.set_fit, fit)
        scene.go_to(4.0 + 0.1 * len(fit))
        seen[fit.value] = scene.colour(fit.value, 320, 40)
    scene.window.setHeight(360)
    scene.backend.loop.post(scene.mpv.set_fit, Fit.FIT)
    scene.go_to(4.0)
    scene.backend.loop.post(scene.mpv.set_paused, False)
    until(lambda: scene.mpv.state.value.phase is PlayerPhase.PLAYING, "it to play")
    until(lambda: not scene.player.props.paused, "the page to know that it plays")
    scene.player._hide_controls()
    until(lambda: not _bar_is_visible(scene.window), "the controls to fade")
    seen["bare"] = scene.colour("bare", *button)
    scene.player.close()
    drawn = scene.player.framesDrawn
    scene.window.grabWindow()
    seen["frames_after_close"] = scene.player.framesDrawn - drawn
    seen["closed"] = scene.colour("closed", 320, 60)
    scene.player.release()
    scene.mpv.close()
    scene.window.close()
    scene.tasks.cancel_all()
    scene.backend.loop.stop()
    return seen


def _bar_is_visible(window: QQuickWindow) -> bool:
    return any(
        item.property("objectName") == "controls" and item.isVisible()
        for item in window.contentItem().childItems()[0].childItems()
    )


if __name__ == "__main__":
    application = make_application()
    sys.stdout.write(json.dumps(run(sys.argv[1], Path(sys.argv[2]))) + "\n")
