"""The window's figures: start and idling. Run it on a display.

`python -m tests.benchmarks.window` prints a table in Markdown.
"""

from __future__ import annotations

from collections.abc import Iterator

from tests.benchmarks import bench_idle, bench_start
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
    idle = bench_idle.measure()
    yield Bar(
        "idle home page, share of a core", f"{idle['share']:.2%}", "", idle["share"], idle["limit"]
    )


if __name__ == "__main__":
    print(bars(found()))
