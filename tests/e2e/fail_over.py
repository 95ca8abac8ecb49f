"""What a person sees while the server that plays is killed. Run as a module, see `stage`."""

from __future__ import annotations

import sys
import time
import urllib.request
from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.e2e.stage import Stage, play_scenario

if TYPE_CHECKING:
    from novastream_desktop.playback.state import SessionState

BEFORE, AFTER = 2.0, 1.5
"""Seconds to be seen of the first and of the second source."""


class TimeLine:
    """Notes each movement of the picture: when, where, and from which source."""

    def __init__(self, stage: Stage) -> None:
        self.points: list[tuple[float, float, int]] = []
        self._stage = stage
        stage.on_loop(self._watch)

    def _watch(self) -> None:
        session = self._stage.desktop.session
        assert session is not None
        session.state.watch(self._note)

    def _note(self, state: SessionState) -> None:
        player = state.player
        last = self.points[-1] if self.points else None
        moves = player.phase == "playing" and player.has_picture
        if moves and (last is None or last[1:] != (player.position, state.source_index)):
            self.points.append((time.monotonic(), player.position, state.source_index))


def source_dies(stage: Stage, control: str) -> dict[str, object]:
    """The picture moves; its server is killed; the picture goes on from another one."""
    stage.wait("the services", lambda: stage.desktop.session)
    line = TimeLine(stage)
    first = stage.playing(BEFORE)
    plays = first.sources[first.source_index].url
    urllib.request.urlopen(f"{control}?{plays}").read()
    second = stage.wait(
        "the standby",
        lambda: (
            s
            if (s := stage.session()).source_index != first.source_index
            and s.player.phase == "playing"
            and s.player.has_picture
            and s.player.position > s.resumed_from + AFTER
            else None
        ),
    )
    points = list(line.points)
    change = next(i for i, p in enumerate(points) if p[2] == second.source_index)
    # a load sets the position before its first frame is there: movement is what counts
    before, after = points[change - 1], points[change + 1]
    return {
        "kinds": [s.type for s in second.sources],
        "from": first.sources[first.source_index].url,
        "to": second.sources[second.source_index].url,
        "leftAt": before[1],
        "wentOnAt": points[change][1],
        "gap": round(after[0] - before[0], 2),
        "phase": second.phase,
        "notice": second.notice.code if second.notice else None,
        "trace": [(a.outcome, a.why, a.first_frame) for a in second.trace],
        "muted": second.player.muted,
    }


SCENARIOS: dict[str, Callable[[Stage, str], dict[str, object]]] = {
    f.__name__: f for f in (source_dies,)
}

if __name__ == "__main__":
    name, target, control = sys.argv[1:4]
    sys.exit(play_scenario(lambda stage: SCENARIOS[name](stage, control), target))
