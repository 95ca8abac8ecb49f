"""Take the pictures of every screen, from the real application playing the demo.

    NOVASTREAM_HOME=$(mktemp -d) python -m tests.e2e.screenshots FOLDER

Run it on a display; `NOVASTREAM_INTERFACE__THEME=light` and `QT_SCALE_FACTOR=2` do what they say.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt

from tests.e2e.scenarios import ANIME, find_by_arrows
from tests.e2e.stage import Stage, play_scenario


def screenshots(folder: Path, stage: Stage) -> dict[str, object]:
    """Walk through the application as a newcomer does and keep what is seen."""
    taken: list[str] = []

    def take(name: str) -> None:
        stage.rest()
        stage.picture().save(str(folder / f"{name}.png"))
        taken.append(name)

    def leave() -> None:
        """Press Esc until nothing plays, and not once more: that would leave the title, too."""
        for _press in range(5):
            stage.key(Qt.Key.Key_Escape)
            for _look in range(20):
                if stage.session().phase == "idle":
                    return
                time.sleep(0.1)

    stage.wait("the services", lambda: stage.desktop.session)
    take("home-first")
    find_by_arrows(stage, ANIME)
    take("home-rows")
    stage.key(Qt.Key.Key_Return)
    stage.rest()
    take("title")
    stage.key(Qt.Key.Key_Return)
    stage.playing()
    stage.wait("the skip prompt", lambda: stage.session().prompt)
    stage.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    stage.key(Qt.Key.Key_Tab)
    take("player")
    for name, key in _PANELS.items():
        stage.key(key)
        take(name)
        stage.key(Qt.Key.Key_Escape)
    stage.key(Qt.Key.Key_S)
    take("player-skipped")
    stage.key(Qt.Key.Key_9)
    take("player-end")
    leave()
    stage.wait("the end of playback", lambda: stage.session().phase == "idle")
    take("title-watched")
    stage.key(Qt.Key.Key_Escape)
    stage.rest()
    for _row in range(4):
        stage.key(Qt.Key.Key_Up)
    take("home")
    stage.key(Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    take("settings")
    rooms(stage, take)
    return {"taken": taken}


def rooms(stage: Stage, take: Callable[[str], None]) -> None:
    """Walk through the other rooms, with a title kept, previewed and searched for."""
    control = Qt.KeyboardModifier.ControlModifier
    stage.key(Qt.Key.Key_1, control)
    stage.rest()
    stage.key(Qt.Key.Key_Down)
    stage.key(Qt.Key.Key_L)
    take("notice")
    stage.key(Qt.Key.Key_Space)
    take("preview")
    stage.key(Qt.Key.Key_Escape)
    stage.key(Qt.Key.Key_Menu)
    take("menu")
    stage.key(Qt.Key.Key_Escape)
    stage.key(Qt.Key.Key_Slash)
    stage.rest()
    for letter in "E":
        stage.key(Qt.Key(ord(letter)))
    stage.rest()  # what is typed is searched for a moment later
    take("search")
    for place, name in ((3, "library"), (4, "transfers"), (6, "shortcuts")):
        stage.key(Qt.Key(ord(str(place))), control)
        take(name)


_PANELS = {
    "player-subtitles": Qt.Key.Key_V,
    "player-episodes": Qt.Key.Key_E,
    "player-sources": Qt.Key.Key_O,
    "player-keys": Qt.Key.Key_Question,
}

if __name__ == "__main__":
    scenario: Callable[[Stage], dict[str, object]] = partial(screenshots, Path(sys.argv[1]))
    sys.exit(play_scenario(scenario, None))
