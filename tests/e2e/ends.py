"""The window is closed at moments at which much is still going on."""

from __future__ import annotations

import sys
from collections.abc import Callable

from PySide6.QtCore import Qt

from tests.e2e.stage import Stage, play_scenario

ANIME, FILM = "nova:moon-courier", "nova:lantern-bay"  # a torrent and an MP4


def painted(_stage: Stage) -> dict[str, object]:
    """Nothing behind the window may be there yet."""
    return {}


def services(stage: Stage) -> dict[str, object]:
    """The services have just come."""
    stage.wait("the services", lambda: stage.desktop.session)
    return {}


def opening(stage: Stage) -> dict[str, object]:
    """Something is being opened; the player may just be made."""
    stage.wait("the services", lambda: stage.desktop.session)
    stage.open_target(FILM)
    stage.wait("the opening", lambda: stage.session().phase != "idle")
    return {}


def playing(stage: Stage) -> dict[str, object]:
    """A film plays, and small pictures of other places are drawn."""
    stage.open_target(FILM)
    stage.playing()
    stage.key(Qt.Key.Key_Right)
    return {}


def torrent(stage: Stage) -> dict[str, object]:
    """A torrent plays."""
    stage.open_target(ANIME)
    stage.playing()
    return {}


def leaving(stage: Stage) -> dict[str, object]:
    """What played is being left."""
    stage.open_target(FILM)
    stage.playing()
    stage.key(Qt.Key.Key_Escape)
    return {}


SCENARIOS: dict[str, Callable[[Stage], dict[str, object]]] = {
    f.__name__: f for f in (painted, services, opening, playing, torrent, leaving)
}

if __name__ == "__main__":
    sys.exit(play_scenario(SCENARIOS[sys.argv[1]], None))
