"""Twelve hours of play in fast-forward: loads, seeks and switches in the real window.

    python -m tests.benchmarks.bench_soak [STEPS] [EVERY]

A step is a load of another episode, an exact seek, a change of source or track, or a pause, each
waited for until its picture is there. Real are the window, the services, libmpv with our renderer,
and HTTP on loopback; the clips are tiny. Compared is the middle of the first fifth of samples
after the warm-up with that of the last fifth. Run it on a display; 10,000 steps take a quarter of
an hour.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from novastream_desktop.net.media_server import MediaServer, folder_resolver
from novastream_desktop.runtime import ServiceLoop

ROOT = Path(__file__).resolve().parents[2]
MOST = 1.10
"""Memory may grow by so much."""
WARM_UP = 0.1
"""Share of the samples that is not counted: caches fill, code is loaded."""
FIFTH = 5
EPISODES = 3
SECONDS = 20
_QUIET = {
    "NOVASTREAM_ANILIST__ENABLED": "false",
    "NOVASTREAM_ANISKIP__ENABLED": "false",
    "NOVASTREAM_ARCHIVE__ENABLED": "false",
    "NOVASTREAM_PEERTUBE__INSTANCES": "[]",
    "NOVASTREAM_MPV_AO": "null",
    "QT_QPA_PLATFORM": "xcb",
    "PYTHONPATH": str(ROOT),
}
_SUBTITLES = "1\n00:00:01,000 --> 00:00:18,000\nA line\n"


def make_clips(folder: Path) -> list[str]:
    """Write a clip as MP4, Matroska and HLS, each with two sounds; return their paths."""
    words = folder / "lines.srt"
    words.write_text(_SUBTITLES)
    clip = folder / "clip.mkv"
    inputs = ["-f", "lavfi", "-i", f"testsrc2=s=64x36:r=10:d={SECONDS}"]
    for pitch in (440, 660):
        inputs += ["-f", "lavfi", "-i", f"sine=f={pitch}:d={SECONDS}"]
    maps = ["-map", "0:v", "-map", "1:a", "-map", "2:a"]
    coded = ["-c:v", "libx264", "-preset", "ultrafast", "-g", "10", "-pix_fmt", "yuv420p"]
    coded += ["-c:a", "aac", "-b:a", "32k"]
    _ffmpeg(*inputs, "-i", str(words), *maps, "-map", "3:s", *coded, "-c:s", "srt", str(clip))
    copied = ["-i", str(clip), "-c", "copy"]
    _ffmpeg(*copied, "-sn", "-movflags", "+faststart", "-map", "0", str(folder / "clip.mp4"))
    hls = folder / "hls"
    hls.mkdir()
    listed = ["-f", "hls", "-hls_time", "4", "-hls_list_size", "0", "-hls_playlist_type", "vod"]
    _ffmpeg(*copied, "-sn", "-map", "0:v", "-map", "0:a:0", *listed, str(hls / "clip.m3u8"))
    return ["clip.mp4", "clip.mkv", "hls/clip.m3u8"]


def _ffmpeg(*words: str) -> None:
    subprocess.run(["ffmpeg", "-v", "error", "-y", *words], check=True)


def write_mirror(folder: Path, urls: Sequence[str]) -> None:
    """Write the index of a series whose every episode is at all of these addresses."""
    numbers = range(1, EPISODES + 1)
    sources = [
        {"url": f"{url}?episode={n}", "episodeId": f"e{n}", "height": 720 - at, "type": kind}
        for n in numbers
        for at, (url, kind) in enumerate(zip(urls, ("mp4", "mp4", "hls"), strict=True))
    ]
    item = {
        "content": {"id": "soak", "title": "Soak", "type": "series", "year": 2026},
        "episodes": [{"id": f"e{n}", "episodeNumber": n, "title": f"Part {n}"} for n in numbers],
        "sources": sources,
    }
    folder.mkdir()
    index = {"name": "soak", "version": 1, "items": [item]}
    (folder / "index.json").write_text(json.dumps(index))


def run_soak(steps: int, every: int, folder: Path) -> dict[str, Any]:
    """Return the samples of one run; the folder holds its clips and its home."""
    clips = folder / "clips"
    clips.mkdir()
    paths = make_clips(clips)
    loop, server = ServiceLoop(), MediaServer()
    loop.start()
    try:
        loop.submit(server.start()).result()
        server.mount("clips", folder_resolver(clips))
        write_mirror(folder / "mirror", [server.url("clips", path) for path in paths])
        environment = {
            **os.environ,
            **_QUIET,
            "NOVASTREAM_HOME": str(folder / "home"),
            "HOME": str(folder / "home"),
            "NOVASTREAM_SOURCES__MIRRORS": json.dumps([str(folder / "mirror")]),
        }
        words = [sys.executable, "-m", "tests.benchmarks.soaking", str(steps), str(every)]
        done = subprocess.run(
            [*words, "mirror:soak:soak"],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    finally:
        loop.submit(server.close()).result()
        loop.stop()
    facts: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    if "error" in facts:
        raise RuntimeError(facts["error"])
    return facts


def growth(samples: Sequence[Mapping[str, float]], name: str) -> tuple[float, float]:
    """Return the middle of the first and of the last fifth of what was held after warm-up."""
    counted = [sample[name] for sample in samples[round(len(samples) * WARM_UP) :]]
    size = max(1, len(counted) // FIFTH)
    return statistics.median(counted[:size]), statistics.median(counted[-size:])


def report(facts: Mapping[str, Any]) -> str:
    """Return what was found as lines of Markdown."""
    done = facts["done"]
    counts = ", ".join(f"{number:,} of {kind}" for kind, number in done.items())
    lines = [f"{sum(done.values()):,} steps ({counts}) in {facts['seconds'] / 60:.1f} min.", ""]
    lines += ["| held | after warm-up | at the end | ratio | limit | |", "| --- " * 6 + "|"]
    units = {"rss": "MiB resident", "uss": "MiB of its own", "fds": "files", "threads": "threads"}
    for name, unit in units.items():
        first, last = growth(facts["samples"], name)
        verdict = "kept" if last <= first * MOST else "**missed**"
        lines.append(
            f"| {unit} | {first:.0f} | {last:.0f} | {last / first:.2f} | {MOST:g} | {verdict} |"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    steps = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    every = int(sys.argv[2]) if len(sys.argv) > 2 else max(10, steps // 100)
    with tempfile.TemporaryDirectory() as temporary:
        print(report(run_soak(steps, every, Path(temporary))))
