"""The application's side of `bench_playback_cpu`: play a file and tell what it cost.

    python -m tests.benchmarks.playing FILE SECONDS [HOST_FACTS FOLDER]

With what `load_host` printed, the load runs in this process meanwhile.
"""

from __future__ import annotations

import json
import logging
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtQml import QQmlComponent, QQmlEngine

from tests.e2e.stage import Stage, play_scenario

if TYPE_CHECKING:
    from tests.benchmarks.loading import Load

SETTLE = 5.0
"""Seconds until the controls, which fade after 2.5 s, are gone."""
DROPS = ("frame-drop-count", "decoder-frame-drop-count")
_POSTER = b"""
import QtQuick
Image { asynchronous: true; sourceSize: Qt.size(180, 0); visible: false }
"""


class Posters(QObject):
    """Shows pictures in the window as its cards do, but behind the video."""

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self._stage = stage
        window = stage.window
        engine = QQmlEngine.contextForObject(window).engine()
        self._component = QQmlComponent(engine, self)
        self._component.setData(_POSTER, QUrl())
        self._made: list[Any] = []

    @Slot(str)
    def show(self, path: str) -> None:
        """Load one; on the GUI thread."""
        item: Any = self._component.create()
        item.setParentItem(self._stage.window.contentItem())
        item.setProperty("source", QUrl.fromLocalFile(path))
        self._made.append(item)


def playing(file: str, seconds: float, facts: str, folder: str) -> Callable[[Stage], Any]:
    """Return a scenario that plays for so long and counts."""

    def scenario(stage: Stage) -> dict[str, object]:
        stage.wait("the services", lambda: stage.desktop.session)
        stage.wait("rows", lambda: stage.on_loop(lambda: stage.desktop.home.value.rows))
        stage.open_target(file)
        stage.playing()
        player: Any = stage.desktop.loop.submit(stage.desktop.player()).result()
        load = _begin_load(stage, facts, folder) if facts else None
        time.sleep(SETTLE)
        stage.playing(stage.session().player.position)
        cpu, wall, drops = time.process_time(), time.perf_counter(), _drops(player)
        time.sleep(seconds)
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        stage.playing(stage.session().player.position)
        late, left_out = (now - then for now, then in zip(_drops(player), drops, strict=True))
        found: dict[str, object] = {
            "cpu": cpu,
            "wall": wall,
            "late": late,
            "left_out": left_out,
            "position": stage.session().player.position,
        }
        if load is not None:
            found["load"] = stage.desktop.loop.submit(load.end()).result()
        return found

    return scenario


def _drops(player: Any) -> list[int]:
    return [int(getattr(player._handle, name.replace("-", "_")) or 0) for name in DROPS]


def _begin_load(stage: Stage, facts: str, folder: str) -> Load:
    from tests.benchmarks.loading import Load

    logging.disable()  # that providers fail is the point
    posters = stage.on_gui(lambda: Posters(stage))
    load = Load(
        json.loads(facts),
        Path(folder),
        lambda path: stage._gui.called.emit(lambda: posters.show(path)),
    )
    stage.desktop.loop.submit(load.begin()).result()
    return load


if __name__ == "__main__":
    file, length, facts, folder = (*sys.argv[1:], "", "")[:4]
    sys.exit(play_scenario(playing(file, float(length), facts, folder), None, hangs=300.0))
