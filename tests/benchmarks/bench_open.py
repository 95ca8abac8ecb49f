"""Open to first frame, against bare mpv on the same address and display. Run it on a display.

    python tests/benchmarks/bench_open.py [RUNS]

Ours: the application stands on its home page; from the command to open an address to the first
frame swapped with the file's picture in it. Bare: from the start of the `mpv` process to its
playback-restart event. `cold` is ours from the start of the process, for information.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from novastream_desktop.net.media_server import MediaServer, folder_resolver
from novastream_desktop.runtime import ServiceLoop

ROOT = Path(__file__).resolve().parents[2]
DEMO = ROOT / "resources" / "demo"
LIMIT = 1.4
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
        "NOVASTREAM_PEERTUBE__INSTANCES": "[]",
        "QT_QPA_PLATFORM": "xcb",
        "PYTHONPATH": str(ROOT),
    }


def _bare(url: str, script: Path) -> float:
    words = ["mpv", "--no-config", "--vo=gpu", "--gpu-context=x11egl", "--ao=null"]
    words += ["--geometry=1280x720", "--ytdl=no", "--msg-level=all=error", f"--script={script}"]
    begun = time.perf_counter()
    with subprocess.Popen([*words, url], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        elapsed = time.perf_counter() - begun
    if "shown" not in line:
        raise RuntimeError(f"mpv showed nothing: {line}")
    return elapsed


def _ours(urls: list[str], home: str, runs: int) -> list[list[float]]:
    """Return for each address its times in seconds, the first of each not counted."""
    words = [sys.executable, "-m", "tests.benchmarks.opening", str(runs + 1), *urls]
    run = subprocess.run(
        words, cwd=ROOT, env=quiet_environment(home), capture_output=True, text=True, check=True
    )
    facts = json.loads(run.stdout.splitlines()[-1])
    if "error" in facts:
        raise RuntimeError(facts["error"])
    times: list[list[float]] = facts["times"]
    return [of_one[1:] for of_one in times]


def measure(runs: int = 5) -> dict[str, object]:
    """Return medians in seconds and ratios for the demo's MP4 and HLS."""
    loop = ServiceLoop()
    loop.start()
    server = MediaServer()
    loop.submit(server.start()).result()
    server.mount("demo", folder_resolver(DEMO))
    film = next(DEMO.glob("lantern-bay/*720p.mp4")).relative_to(DEMO)
    paths = {"mp4": str(film), "hls": "paper-boats/s1e1/master.m3u8"}
    urls = {kind: server.url("demo", path) for kind, path in paths.items()}
    with tempfile.TemporaryDirectory() as home:
        script = Path(home) / "shown.lua"
        script.write_text(_SCRIPT)
        bare = {
            kind: statistics.median([_bare(url, script) for _ in range(runs + 1)][1:])
            for kind, url in urls.items()
        }
        times = _ours(list(urls.values()), home, runs)
    loop.submit(server.close()).result()
    loop.stop()
    ours = {kind: statistics.median(t) for kind, t in zip(urls, times, strict=True)}
    return {
        "bare": bare,
        "ours": ours,
        "ratio": {kind: ours[kind] / bare[kind] for kind in urls},
        "limit": LIMIT,
    }


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]) if len(sys.argv) > 1 else 5)))
