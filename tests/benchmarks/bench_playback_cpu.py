"""CPU of the player page with hidden controls against bare mpv, on one display in one run.

`python tests/benchmarks/bench_playback_cpu.py` prints the numbers as JSON. Needs Xvfb, mpv and
ffmpeg. Each way plays the same 720p30 H.264 file in a 1280x720 window; counted are the CPU
seconds of the whole process over eight seconds, once it plays and the controls have faded.
"""

from __future__ import annotations

import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from novastream_desktop.player._mpv import MpvPlayer

HERE = Path(__file__).resolve()
ROOT = HERE.parents[2]
SECONDS = 8.0
"""How long is counted."""
WARM_UP = 6.0
"""Until it plays and the controls, which fade after 2.5 s, are gone."""
RATE, FEW = 30, 5
"""Frames a second, and how many may be lost: on a busy machine `ratio` means little."""
BAR = 1.25
"""The page may cost this much of bare mpv."""
_STATUS = (
    "--msg-level=all=no,statusline=status",
    "--term-status-msg=dropped ${frame-drop-count}",
)
_TICKS = os.sysconf("SC_CLK_TCK")


def measure(pairs: int = 2) -> dict[str, object]:
    """Return CPU seconds of both, and how many times bare mpv the page costs."""
    with tempfile.TemporaryDirectory() as folder, _display() as display:
        media = _make_media(Path(folder) / "720p30.mp4")
        environment = {
            **os.environ,
            "DISPLAY": display,
            "QT_QPA_PLATFORM": "xcb",
            "QT_SCALE_FACTOR": "1",
            "NOVASTREAM_HOME": folder,
            "PYTHONPATH": str(ROOT),
        }
        ours = [sys.executable, str(HERE), "--page", str(media)]
        bare, page = [], []
        for _ in range(pairs):
            bare.append(_run(_bare_mpv(media), environment, Path(folder) / "mpv.txt"))
            page.append(_run(ours, environment, Path(folder) / "page.txt"))
    ratio = statistics.median(p[0] / b[0] for p, b in zip(page, bare, strict=True))
    per_frame = statistics.median(_frame(p) / _frame(b) for p, b in zip(page, bare, strict=True))
    return {
        "mpv_cpu_s": [cpu for cpu, _ in bare],
        "page_cpu_s": [cpu for cpu, _ in page],
        "mpv_dropped": [dropped for _, dropped in bare],
        "page_dropped": [dropped for _, dropped in page],
        "ratio": round(ratio, 3),
        "ratio_per_frame": round(per_frame, 3),
        "comparable": all(dropped <= FEW for _, dropped in (*bare, *page)),
        "bar": BAR,
        "seconds": SECONDS,
    }


def _frame(run: tuple[float, int]) -> float:
    """Return CPU seconds for each frame that was shown."""
    return run[0] / max(1.0, SECONDS * RATE - run[1])


def _bare_mpv(media: Path) -> Sequence[str]:
    options = ["--no-config", "--vo=gpu", "--gpu-context=x11egl", "--ao=null", "--hwdec=no"]
    return ["mpv", *options, "--geometry=1280x720", *_STATUS, str(media)]


def _make_media(path: Path) -> Path:
    source = "testsrc2=s=1280x720:r=30:d=40"
    command = ["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", source]
    subprocess.run([*command, "-c:v", "libx264", "-pix_fmt", "yuv420p", str(path)], check=True)
    return path


def _run(command: Sequence[str], environment: dict[str, str], report: Path) -> tuple[float, int]:
    """Return CPU seconds and frames dropped while counted; the process writes those to stdout."""
    with report.open("w") as out:
        process = subprocess.Popen(
            command, env=environment, cwd=ROOT, stdout=out, stderr=subprocess.STDOUT
        )
    try:
        time.sleep(WARM_UP)
        before, dropped = _cpu_seconds(process.pid), _dropped(report)
        time.sleep(SECONDS)
        spent = _cpu_seconds(process.pid) - before
        if process.poll() is not None:
            raise RuntimeError(f"{command[0]} ended early")
        return round(spent, 2), _dropped(report) - dropped
    finally:
        process.terminate()
        process.wait(20)


def _dropped(report: Path) -> int:
    found = re.findall(r"dropped (\d+)", report.read_text())
    if not found:
        raise RuntimeError("nothing plays")
    return int(found[-1])


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


@contextmanager
def _display() -> Iterator[str]:
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x720x24", "-nolisten", "tcp"],
        pass_fds=(write,),
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    try:
        with os.fdopen(read) as answer:
            yield f":{answer.readline().strip()}"
    finally:
        server.terminate()
        server.wait(10)


def _play_in_page(media: str) -> None:
    """Play in the real page until this process is ended."""
    from PySide6.QtCore import QTimer

    from novastream_desktop.player.base import LoadRequest
    from novastream_desktop.ui.app import make_application
    from tests.ui.player.video_scenario import Scene, until

    application = make_application()
    scene = Scene(media, Path())
    scene.window.resize(1280, 720)
    until(scene.window.isExposed, "the window")
    scene.player.playTitle("nova:bench", "")
    scene.backend.loop.post(lambda: scene.mpv.state.watch(scene.relay))
    scene.backend.loop.post(scene.mpv.load, LoadRequest(media))
    timer = QTimer(interval=500)
    timer.timeout.connect(lambda: _say_dropped(scene.mpv))
    timer.start()
    application.exec()


def _say_dropped(player: MpvPlayer) -> None:
    count = player._handle.frame_drop_count or 0
    sys.stdout.write(f"dropped {count}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--page"]:
        _play_in_page(sys.argv[2])
    else:
        json.dump(measure(), sys.stdout, indent=1)
        sys.stdout.write("\n")
