"""Open to first frame, against mpv on the same address and display. Run it on a display.

    python -m tests.benchmarks.bench_open [RUNS]

Ours: the application stands on its home page; from the command to open an address to the first
frame swapped with the file's picture in it. The peer is measured in two ways: `cold`, from the
start of the process `mpv FILE` to its event playback-restart, which is what somebody waits for
who opens a file with mpv; and `warm`, in an mpv that stands there with its window open, from the
command `loadfile` to the same event. Local is a path; MP4 and HLS come by HTTP from one server on
loopback.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from novastream_desktop.net.media_server import MediaServer, folder_resolver
from novastream_desktop.runtime import ServiceLoop
from tests.benchmarks.bare_mpv import LOOKS, WINDOW, BareMpv
from tests.benchmarks.report import Bar

ROOT = Path(__file__).resolve().parents[2]
DEMO = ROOT / "resources" / "demo"
LIMIT = 1.25
_SCRIPT = """
mp.register_event("playback-restart", function()
  io.stdout:write("shown\\n") io.stdout:flush() mp.command("quit")
end)
"""


def quiet_environment(home: str) -> dict[str, str]:
    """Return the variables of a run that asks nobody on the network."""
    return {
        **os.environ,
        "NOVASTREAM_HOME": home,
        "NOVASTREAM_MPV_AO": "null",
        "NOVASTREAM_ANILIST__ENABLED": "false",
        "NOVASTREAM_ARCHIVE__ENABLED": "false",
        "NOVASTREAM_PEERTUBE__INSTANCES": "[]",
        "QT_QPA_PLATFORM": "xcb",
        "PYTHONPATH": str(ROOT),
    }


def _cold(url: str, script: Path) -> float:
    words = ["mpv", *LOOKS, WINDOW, "--msg-level=all=error", f"--script={script}", url]
    begun = time.perf_counter()
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        elapsed = time.perf_counter() - begun
    if "shown" not in line:
        raise RuntimeError(f"mpv showed nothing: {line}")
    return elapsed


def _warm(urls: Sequence[str], runs: int) -> list[list[float]]:
    with BareMpv("--idle=yes", "--force-window=immediate") as mpv:
        time.sleep(1.0)
        return [[_load_into(mpv, url) for _ in range(runs)] for url in urls]


def _load_into(mpv: BareMpv, url: str) -> float:
    seconds = mpv.seconds_to("playback-restart", "loadfile", url)
    mpv.seconds_to("idle", "stop")
    time.sleep(0.5)
    return seconds


def _ours(urls: Sequence[str], home: str, runs: int) -> list[list[float]]:
    words = [sys.executable, "-m", "tests.benchmarks.opening", str(runs), *urls]
    run = subprocess.run(
        words, cwd=ROOT, env=quiet_environment(home), capture_output=True, text=True, check=True
    )
    facts = json.loads(run.stdout.splitlines()[-1])
    if "error" in facts:
        raise RuntimeError(facts["error"])
    times: list[list[float]] = facts["times"]
    return times


def measure(runs: int = 5) -> dict[str, dict[str, float]]:
    """Return medians in seconds by way and kind; the first of each run is not counted."""
    loop, server = ServiceLoop(), MediaServer()
    loop.start()
    loop.submit(server.start()).result()
    server.mount("demo", folder_resolver(DEMO))
    film = next(DEMO.glob("lantern-bay/*720p.mp4"))
    urls = {
        "local MP4": str(film),
        "MP4": server.url("demo", str(film.relative_to(DEMO))),
        "HLS": server.url("demo", "paper-boats/s1e1/master.m3u8"),
    }
    addresses = list(urls.values())
    with tempfile.TemporaryDirectory() as home:
        script = Path(home) / "shown.lua"
        script.write_text(_SCRIPT)
        times = {
            "cold": [[_cold(url, script) for _ in range(runs + 1)] for url in addresses],
            "warm": _warm(addresses, runs + 1),
            "ours": _ours(addresses, home, runs + 1),
        }
    loop.submit(server.close()).result()
    loop.stop()
    return {
        way: {
            kind: statistics.median(of_one[1:]) for kind, of_one in zip(urls, of_way, strict=True)
        }
        for way, of_way in times.items()
    }


def found(runs: int = 5) -> Iterator[Bar]:
    """Measure and yield each figure."""
    m: dict[str, Any] = measure(runs)
    peers = {"cold": "`mpv FILE`", "warm": "a running mpv"}
    for way, peer in peers.items():
        for kind, ours in m["ours"].items():
            bare = m[way][kind]
            yield Bar(
                f"open to first frame, {kind}",
                f"{ours * 1000:.0f} ms",
                f"{peer} {bare * 1000:.0f} ms",
                ours / bare,
                LIMIT,
            )


if __name__ == "__main__":
    from tests.benchmarks.report import bars

    print(bars(found(int(sys.argv[1]) if len(sys.argv) > 1 else 5)))
