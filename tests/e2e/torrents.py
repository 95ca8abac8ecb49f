"""Magnets in the window: one that is certain, one whose file has to be chosen. See `stage`."""

from __future__ import annotations

import sys
from collections.abc import Callable

from PySide6.QtCore import Qt

from tests.e2e.stage import Stage, play_scenario


def certain(stage: Stage) -> dict[str, object]:
    """Play what was opened for a second; tell what is seen."""
    state = stage.playing(1.0)
    return {
        "file": state.torrent_file.path if state.torrent_file else "",
        "asked": False,
        "colours": stage.colours(),
    }


def asked(stage: Stage) -> dict[str, object]:
    """Answer by keys which file is meant: the second one."""
    question = stage.wait("the question", lambda: stage.session().question)
    names = [file.path for file in question.files]
    stage.wait("the panel", lambda: stage.focused().startswith("one moon.mkv"))
    stage.key(Qt.Key.Key_Down)
    stage.wait("the second file", lambda: stage.focused().startswith("other moon.mkv"))
    stage.key(Qt.Key.Key_Return)
    return {**certain(stage), "asked": True, "names": names}


SCENARIOS: dict[str, Callable[[Stage], dict[str, object]]] = {
    f.__name__: f for f in (certain, asked)
}

if __name__ == "__main__":
    name, target = sys.argv[1:3]
    sys.exit(play_scenario(SCENARIOS[name], target))
