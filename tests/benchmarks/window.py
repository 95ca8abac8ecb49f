"""The window's figures: start, opening, playing, idling. Run it on a display.

`python -m tests.benchmarks.window` prints a table in Markdown. Needs mpv and ffmpeg beside what
the application needs.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.benchmarks import (
    bench_idle,
    bench_open,
    bench_playback_cpu,
    bench_start,
)
from tests.benchmarks.report import Bar, bars


def found() -> Iterator[Bar]:
    """Measure and yield each figure."""
    start = bench_start.measure()
    yield Bar(
        "start to first rows painted",
        f"{start['ours'] * 1000:.0f} ms",
        f"bare window {start['bare'] * 1000:.0f} ms",
        start["ratio"],
        start["limit"],
    )
    opened: dict[str, Any] = bench_open.measure()
    for kind in ("mp4", "hls"):
        ours, bare = (f"{opened[who][kind] * 1000:.0f} ms" for who in ("ours", "bare"))
        name = f"open to first frame, demo {kind.upper()}"
        yield Bar(name, ours, f"mpv {bare}", opened["ratio"][kind], opened["limit"])
    played: dict[str, Any] = bench_playback_cpu.measure()
    yield Bar(
        f"CPU of {played['seconds']:.0f} s of 720p30, controls hidden",
        f"{min(played['page_cpu_s']):.1f} s",
        f"mpv {min(played['mpv_cpu_s']):.1f} s",
        played["ratio"],
        played["bar"],
    )
    idle = bench_idle.measure()
    yield Bar(
        "idle home page, share of a core", f"{idle['share']:.2%}", "", idle["share"], idle["limit"]
    )


if __name__ == "__main__":
    print(bars(found()))
