"""The application's side of `bench_keys`: S and Space in a running window, timed.

    python -m tests.benchmarks.pressing RUNS FILE END

FILE has an opening that ends at END seconds.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt

from tests.e2e.stage import Stage, play_scenario

if TYPE_CHECKING:
    from novastream_desktop.player._mpv import MpvPlayer


class Watched:
    """When mpv said what, and when the window showed a frame afterwards."""

    def __init__(self, stage: Stage) -> None:
        self.restarted: list[float] = []
        self.paused: list[float] = []
        self.shown: list[float] = []
        player: Any = stage.desktop.loop.submit(stage.desktop.player()).result()
        self._listen(player)
        window = stage.on_gui(lambda: stage.window)
        stage.on_gui(
            lambda: window.frameSwapped.connect(self._swapped, Qt.ConnectionType.DirectConnection)
        )

    def clear(self) -> None:
        """Forget what was."""
        self.restarted.clear()
        self.paused.clear()
        self.shown.clear()

    def _listen(self, player: MpvPlayer) -> None:
        kinds: Any = player._mpv.MpvEventID

        def on_event(event: Any) -> None:
            if event.event_id.value == kinds.PLAYBACK_RESTART:
                self.restarted.append(time.perf_counter())

        def on_pause(_name: str, paused: object) -> None:
            if paused:
                self.paused.append(time.perf_counter())

        player._handle.register_event_callback(on_event)
        player._handle.observe_property("pause", on_pause)

    def _swapped(self) -> None:
        if self.restarted and not self.shown:
            self.shown.append(time.perf_counter())


def _press(stage: Stage, key: Qt.Key) -> float:
    begun: list[float] = []
    stage.on_gui(lambda: begun.append(time.perf_counter()))
    stage.key(key)
    return begun[0]


def pressing(runs: int, file: str, end: float) -> Callable[[Stage], dict[str, object]]:
    """Return a scenario that skips the opening, and pauses, some times."""

    def scenario(stage: Stage) -> dict[str, object]:
        session = stage.wait("the services", lambda: stage.desktop.session)
        stage.wait("rows", lambda: stage.on_loop(lambda: stage.desktop.home.value.rows))
        stage.open_target(file)
        opening = stage.wait(
            "the opening", lambda: [r for r in stage.session().skip_ranges if r.type == "op"]
        )[0]
        content = stage.playing(opening.start + 1.0).content
        assert content is not None
        content_id = content.id
        watched = Watched(stage)
        skips, restarts, landed = [], [], []
        for _ in range(runs):
            stage.on_loop(
                lambda: session.open_title(content_id, from_start=True)
            )  # not skipped yet
            stage.wait("the start", lambda: stage.session().player.position < opening.start)
            stage.playing(opening.start + 1.0)
            time.sleep(3.0)  # the controls are gone
            watched.clear()
            begun = _press(stage, Qt.Key.Key_S)
            stage.wait("the frame after the opening", lambda: watched.shown)
            skips.append(watched.shown[0] - begun)
            restarts.append(watched.restarted[0] - begun)
            landed.append(stage.playing(end - 0.5).player.position)
        return {
            "skips": skips,
            "restarts": restarts,
            "landed": landed,
            **_pauses(stage, watched, runs),
        }

    return scenario


def _pauses(stage: Stage, watched: Watched, runs: int) -> dict[str, object]:
    found: dict[str, list[float]] = {"space": [], "k": []}
    for name, key in (("space", Qt.Key.Key_Space), ("k", Qt.Key.Key_K)):
        for _ in range(runs):
            stage.playing()
            time.sleep(0.7)
            watched.clear()
            begun = _press(stage, key)
            stage.wait("the pause", lambda: watched.paused)
            found[name].append(watched.paused[0] - begun)
            stage.wait("the page to know", lambda: stage.session().player.paused)
            stage.key(Qt.Key.Key_K)
    return {**found}


if __name__ == "__main__":
    sys.exit(play_scenario(pressing(int(sys.argv[1]), sys.argv[2], float(sys.argv[3])), None))
