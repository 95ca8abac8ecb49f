"""The application's side of `bench_open`: open addresses in a running window and time them."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from PySide6.QtCore import Qt

from tests.e2e.stage import Stage, play_scenario


def opening(runs: int, urls: list[str]) -> Callable[[Stage], dict[str, object]]:
    """Return a scenario that opens each address some times."""

    def scenario(stage: Stage) -> dict[str, object]:
        stage.wait("the services", lambda: stage.desktop.session)
        stage.wait("rows", lambda: stage.on_loop(lambda: stage.desktop.home.value.rows))
        time.sleep(2.0)  # as a person would: the page has settled
        return {"times": [[_open(stage, url) for _ in range(runs)] for url in urls]}

    return scenario


def _open(stage: Stage, url: str) -> float:
    shown: list[float] = []

    def swapped() -> None:
        session = stage.desktop.session
        if not shown and session is not None and session.state.value.player.has_picture:
            shown.append(time.perf_counter())

    window = stage.on_gui(lambda: stage.window)
    stage.on_gui(lambda: window.frameSwapped.connect(swapped, Qt.ConnectionType.DirectConnection))
    begun = time.perf_counter()
    stage.open_target(url)
    stage.wait("the picture", lambda: shown)
    stage.on_gui(lambda: window.frameSwapped.disconnect(swapped))
    stage.on_loop(lambda: stage.desktop.session and stage.desktop.session.close_title())
    stage.wait("the end", lambda: stage.session().phase == "idle")
    time.sleep(0.5)
    return shown[0] - begun


if __name__ == "__main__":
    sys.exit(play_scenario(opening(int(sys.argv[1]), sys.argv[2:]), None))
