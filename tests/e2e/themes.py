"""A season on disk without any marks: its opening is found by its sound while it plays.

python -m tests.e2e.themes episodes
"""

from __future__ import annotations

import sys

from PySide6.QtCore import Qt

from tests.e2e.stage import Stage, play_scenario


def episodes(stage: Stage) -> dict[str, object]:
    """Play the first episode, skip its opening by S, and look at the second one's."""

    def local() -> str:
        rows = stage.on_loop(lambda: stage.desktop.home.value).rows
        return next((row.items[0].id for row in rows if row.id == "local" and row.items), "")

    stage.open_target(stage.wait("the row of what is on this computer", local))
    first = heard(stage, "s1e1")
    stage.wait("the skip prompt", lambda: stage.session().prompt)
    stage.key(Qt.Key.Key_S)
    jumped = stage.playing(first[1] - 0.5).player.position
    stage.key(Qt.Key.Key_N, Qt.KeyboardModifier.ShiftModifier)
    return {"first": first, "jumpedTo": jumped, "second": heard(stage, "s1e2")}


def heard(stage: Stage, episode: str) -> tuple[float, float, str]:
    """Return the opening of an episode that plays, once there is one."""

    def opening() -> tuple[float, float, str] | None:
        state = stage.session()
        if state.episode is None or state.episode.id != episode or not state.player.has_picture:
            return None
        found = (r for r in state.skip_ranges if r.type == "op")
        return next(((r.start, r.end, r.origin) for r in found), None)

    return stage.wait(f"the opening of {episode}", opening)


if __name__ == "__main__":
    sys.exit(play_scenario(episodes, None))
