"""The player's figures: opening, keys, CPU and lost frames. Run it on a display.

`python -m tests.benchmarks.playback` prints a table in Markdown. Needs mpv, ffmpeg, curl and Xvfb
beside what the application needs; it takes about eleven minutes.
"""

from __future__ import annotations

from collections.abc import Iterator

from tests.benchmarks import bench_keys, bench_open, bench_playback_cpu
from tests.benchmarks.report import Bar, bars


def found() -> Iterator[Bar]:
    """Measure and yield each figure."""
    yield from bench_open.found()
    yield from bench_keys.found()
    yield from bench_playback_cpu.found()


if __name__ == "__main__":
    print(bars(found()))
