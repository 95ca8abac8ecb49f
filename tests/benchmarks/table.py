"""Run every benchmark and print the table of docs/benchmarks.md. Run it on a display.

    python -m tests.benchmarks.table > docs/benchmarks.md

Each figure is a ratio within one run of the same machine; absolute times are only there to show
the order of magnitude. Needs mpv and ffmpeg beside what the application needs.
"""

from __future__ import annotations

import os
import platform
import sys
from datetime import UTC, datetime
from typing import Any

from tests.benchmarks import (
    bench_heartbeat,
    bench_idle,
    bench_open,
    bench_playback_cpu,
    bench_start,
)

Line = tuple[str, str, str, float, float]


def _start() -> list[Line]:
    m = bench_start.measure()
    ours, bare = f"{m['ours'] * 1000:.0f} ms", f"bare window {m['bare'] * 1000:.0f} ms"
    return [("start to first rows painted", ours, bare, m["ratio"], m["limit"])]


def _open() -> list[Line]:
    m: dict[str, Any] = bench_open.measure()
    return [
        (
            f"open to first frame, demo {kind.upper()}",
            f"{m['ours'][kind] * 1000:.0f} ms",
            f"mpv {m['bare'][kind] * 1000:.0f} ms",
            m["ratio"][kind],
            m["limit"],
        )
        for kind in ("mp4", "hls")
    ]


def _playback() -> list[Line]:
    m: dict[str, Any] = bench_playback_cpu.measure()
    ours, bare = min(m["page_cpu_s"]), min(m["mpv_cpu_s"])
    name = f"CPU of {m['seconds']:.0f} s of 720p30, controls hidden"
    return [(name, f"{ours:.1f} s", f"mpv {bare:.1f} s", m["ratio"], m["bar"])]


def _heartbeat() -> list[Line]:
    m: dict[str, Any] = bench_heartbeat.measure()
    ours, bare = f"{m['heartbeat_ms']:.2f} ms", f"WAL commit {m['commit_ms']:.2f} ms"
    return [("heartbeat at 10,000 entries", ours, bare, m["ratio"], m["limit"])]


def _idle() -> list[Line]:
    m = bench_idle.measure()
    return [("idle home page, share of a core", f"{m['share']:.2%}", "", m["share"], m["limit"])]


def main() -> int:
    """Print the table; return 1 if a limit is missed."""
    lines = [line for part in (_start, _open, _playback, _heartbeat, _idle) for line in part()]
    print("# Benchmarks\n")
    print(f"{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, {os.cpu_count()} cores, Python")
    print(f"{platform.python_version()}, software OpenGL on a virtual screen. Made by:\n")
    print("    python -m tests.benchmarks.table\n")
    print("Ratios within one run; each is ours divided by the peer beside it.\n")
    print("| measure | ours | against | ratio | limit | |")
    print("|---|---|---|---|---|---|")
    for name, ours, peer, ratio, limit in lines:
        kept = "kept" if ratio <= limit else "**missed**"
        print(f"| {name} | {ours} | {peer} | {ratio:.2f} | {limit:g} | {kept} |")
    return 0 if all(ratio <= limit for *_, ratio, limit in lines) else 1


if __name__ == "__main__":
    sys.exit(main())
