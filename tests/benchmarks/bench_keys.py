"""From a key to the picture: S against mpv's own exact seek on the same file, Space to the pause.

    python -m tests.benchmarks.bench_keys [RUNS]

S: from the key event in the window to the first frame swapped after mpv said that playback goes
on behind the opening. Bare: in a running mpv, from the command `seek END absolute+exact` to its
event playback-restart, so that what its frame takes to the screen is not counted. The file is
720p24 with a key frame every ten seconds. Space and K: from the key event (for Space: let go at
once, since a held one plays at twice the speed) to mpv's property `pause`. Run it on a display.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.benchmarks.bare_mpv import BareMpv, make_film
from tests.benchmarks.bench_open import ROOT, quiet_environment
from tests.benchmarks.report import Bar

START, END, LENGTH = 4.0, 95.0, 130
SKIP_LIMIT, PAUSE_LIMIT = 1.2, 0.05
_CHAPTERS = f""";FFMETADATA1
[CHAPTER]
TIMEBASE=1/1000
START=0
END={START * 1000:.0f}
title=Cold open
[CHAPTER]
TIMEBASE=1/1000
START={START * 1000:.0f}
END={END * 1000:.0f}
title=Opening
[CHAPTER]
TIMEBASE=1/1000
START={END * 1000:.0f}
END={LENGTH * 1000}
title=Part A
"""


def _make_file(folder: Path) -> Path:
    bare = make_film(
        folder / "bare.mkv",
        ["s=1280x720", "r=24"],
        seconds=LENGTH,
        codec=["-preset", "veryfast", "-g", "240", "-keyint_min", "240", "-sc_threshold", "0"],
    )
    chapters, made = folder / "chapters.txt", folder / "episode.mkv"
    chapters.write_text(_CHAPTERS)
    words = ["-i", str(bare), "-i", str(chapters), "-map_metadata", "1", "-c", "copy", str(made)]
    subprocess.run(["ffmpeg", "-v", "error", "-y", *words], check=True)
    return made


def _bare_seeks(file: Path, runs: int) -> list[float]:
    times = []
    with BareMpv(str(file), f"--start={START + 1}") as mpv:
        mpv.await_event("playback-restart")
        for _ in range(runs):
            time.sleep(3.0)
            times.append(mpv.seconds_to("playback-restart", "seek", END, "absolute+exact"))
            mpv.seconds_to("playback-restart", "seek", START + 1, "absolute+exact")
    return times


def measure(runs: int = 7) -> dict[str, Any]:
    """Return medians in seconds; the first of each is not counted."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        file = _make_file(folder)
        bare = _bare_seeks(file, runs + 1)[1:]
        words = [sys.executable, "-m", "tests.benchmarks.pressing", str(runs + 1), str(file)]
        done = subprocess.run(
            [*words, str(END)],
            cwd=ROOT,
            env=quiet_environment(str(folder / "home")),
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    facts = json.loads(done.stdout.splitlines()[-1])
    if "error" in facts:
        raise RuntimeError(facts["error"])
    ours = statistics.median(facts["skips"][1:])
    return {
        "skip": ours,
        "bare": statistics.median(bare),
        "ratio": ours / statistics.median(bare),
        "restart": statistics.median(facts["restarts"][1:]),
        "space": statistics.median(facts["space"][1:]),
        "space_worst": max(facts["space"]),
        "k": statistics.median(facts["k"][1:]),
        "k_worst": max(facts["k"]),
    }


def found(runs: int = 7) -> Iterator[Bar]:
    """Measure and yield each figure."""
    m = measure(runs)
    yield Bar(
        "S to the first frame behind the opening",
        f"{m['skip'] * 1000:.0f} ms",
        f"mpv's exact seek {m['bare'] * 1000:.0f} ms",
        m["ratio"],
        SKIP_LIMIT,
    )
    for key, name in (("space", "Space let go"), ("k", "K")):
        worst = m[f"{key}_worst"]
        yield Bar(
            f"{name} to the pause, worst of {runs + 1}, in seconds",
            f"{m[key] * 1000:.0f} ms, worst {worst * 1000:.0f} ms",
            "",
            worst,
            PAUSE_LIMIT,
        )


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]) if len(sys.argv) > 1 else 7)))
