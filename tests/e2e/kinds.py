"""A whole evening by keyboard, in two lives of the program: the first one is killed.

Run as a module, see `stage`. The test serves the media and hears `/kill?URL` (a server dies) and
`/at?SECONDS` (here the program is to be killed).
"""

from __future__ import annotations

import sys
import threading
import time
import urllib.request
from collections.abc import Callable

from PySide6.QtCore import Qt

from tests.e2e.fail_over import TimeLine
from tests.e2e.stage import Stage, play_scenario

TITLE = "Two Hosts"


def down_to_its_row(stage: Stage) -> str:
    """Press Down until the title has the focus: it is alone in the mirror's row."""

    def listed() -> bool:
        rows = stage.on_loop(lambda: stage.desktop.home.value.rows)
        return any(item.title == TITLE for row in rows for item in row.items)

    stage.wait("the mirror's row", listed)
    stage.wait("a focused card", lambda: stage.focused() not in {"", "Home"})
    for _row in range(12):
        if (here := stage.focused()).startswith(TITLE):
            return here
        stage.key(Qt.Key.Key_Down)
        time.sleep(0.1)
    raise AssertionError(f"the focus is on {stage.focused()}")


def first_life(stage: Stage, control: str) -> dict[str, object]:
    """From home to a place in the first part; the source is killed on the way, then this."""
    card = down_to_its_row(stage)
    stage.key(Qt.Key.Key_Return)
    stage.wait("the title page", lambda: stage.focused() not in {"", card})
    stage.key(Qt.Key.Key_Return)
    first = stage.playing(0.0 if stage.session().episode else 4.0)  # less is not worth a place
    if first.episode is not None:
        opening = stage.wait(
            "the opening", lambda: [r for r in stage.session().skip_ranges if r.type == "op"]
        )[0]
        stage.wait("the skip prompt", lambda: stage.session().prompt)
        stage.key(Qt.Key.Key_S)
        first = stage.playing(opening.end - 0.5)
    plays = first.sources[first.source_index].url
    tell(f"{control}/kill?{plays}")
    stage.wait(
        "the other source",
        lambda: s if (s := stage.session()).source_index != first.source_index else None,
    )
    seen = stage.playing(stage.session().resumed_from + 1.0)
    tell(f"{control}/at?{seen.player.position}")
    threading.Event().wait()  # the test ends this process here
    return {}


def second_life(stage: Stage, control: str) -> dict[str, object]:
    """Go on with what was killed, to the end of the last part."""
    shelf = stage.wait("Continue watching", stage.continue_watching)
    stage.wait("a focused control", stage.focused)
    stage.key(Qt.Key.Key_Return)
    begun = stage.playing()
    line = TimeLine(stage)
    facts: dict[str, object] = {"shelf": shelf, "resumedAt": begun.player.position}
    if begun.next_episode is not None:
        following = begun.next_episode.id
        stage.key(Qt.Key.Key_9)
        state = stage.wait(
            "the next episode",
            lambda: (
                s
                if (s := stage.session()).episode
                and s.episode.id == following
                and s.player.has_picture
                and s.player.position > 1.0
                else None
            ),
        )
        facts["next"] = following
        facts["nextGap"] = round(gap_before_last(line), 2)
        stage.wait("the skip prompt", lambda: stage.session().prompt)
        stage.key(Qt.Key.Key_S)
        state = stage.playing(stage.session().skip_ranges[0].end - 0.5)
        facts["skippedTo"] = state.player.position
    stage.key(Qt.Key.Key_9)
    over = stage.wait("the end", lambda: s if (s := stage.session()).phase == "ended" else None)
    facts["endedAt"] = over.player.position
    facts["duration"] = over.player.duration
    tell(f"{control}/at?{over.player.position}")
    return facts


def gap_before_last(line: TimeLine) -> float:
    """Return the seconds from the last movement before a jump to the beginning until after it."""
    points = list(line.points)
    starts = [i for i in range(1, len(points)) if points[i][1] < points[i - 1][1] - 5.0]
    change = starts[-1]
    return points[change][0] - points[change - 1][0]


def tell(url: str) -> None:
    """Tell the test something."""
    urllib.request.urlopen(url).read()
    time.sleep(0)


SCENARIOS: dict[str, Callable[[Stage, str], dict[str, object]]] = {
    f.__name__: f for f in (first_life, second_life)
}

if __name__ == "__main__":
    name, control = sys.argv[1:3]
    sys.exit(play_scenario(lambda stage: SCENARIOS[name](stage, control), None))
