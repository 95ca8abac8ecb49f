"""CPU and lost frames of the player page with hidden controls against bare mpv, in one run.

    python -m tests.benchmarks.bench_playback_cpu [SECONDS [KIND ...]]

KIND is 720p30, 1080p60, or one of them with `+load` (half as long). Each way plays the same H.264
file (ffmpeg's moving test picture, with sound to no device) in a 1280x720 window on an X display
of its own with OpenGL in software. Counted are the CPU seconds of the whole process, and frames:
`late` ones that were not drawn in time and those that the decoder `left out`. Shown are the rest
of what the film has in that time.

`+load`: 20 providers (13 of them bad) resolve over and over, 500 posters load and are decoded, and
a torrent streams at 100 Mbit/s from a seeder on loopback to a reader, in our process. Bare mpv has
beside it an equal load: a process without a window that runs the same services on the same work;
its CPU is counted with mpv's. So both machines do the same, and what is compared is whether doing
it in the player's process costs frames.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.bare_mpv import BareMpv, cpu_of, make_film
from tests.benchmarks.bench_open import ROOT, quiet_environment
from tests.benchmarks.playing import DROPS, SETTLE
from tests.benchmarks.report import Bar

SECONDS = 60.0
LIMIT = 1.2
"""How many times the CPU of bare mpv the page may cost."""
RATES = {"720p30": ("1280x720", 30), "1080p60": ("1920x1080", 60)}
KINDS = ("720p30", "1080p60", "720p30+load", "1080p60+load")
CLIP = 10
SPARE = 12
"""Clips that the film is longer: on a busy machine the start takes its time."""
FEW = 0.01
"""Share of the frames that may be lost for CPU seconds to be compared as they are."""
_SCREEN = "1920x1080x24"


@dataclass(frozen=True, slots=True)
class Played:
    """What one way cost; `cpu` in seconds, `shown` and `frames` in numbers of frames."""

    cpu: float
    late: int
    left_out: int
    frames: float
    load: str = ""

    @property
    def lost(self) -> int:
        """Frames that nobody saw."""
        return self.late + self.left_out

    @property
    def shown(self) -> float:
        """Frames that were seen, at least one."""
        return max(1.0, self.frames - self.lost)


def measure(kind: str, seconds: float = SECONDS) -> tuple[Played, Played]:
    """Return what ours and bare mpv cost."""
    name, _, loaded = kind.partition("+")
    with tempfile.TemporaryDirectory() as temporary, _display() as display:
        folder = Path(temporary)
        media = _make_media(folder, name, seconds)
        environment = {
            **quiet_environment(str(folder / "home")),
            "DISPLAY": display,
            "QT_SCALE_FACTOR": "1",
        }
        frames = RATES[name][1] * seconds
        if not loaded:
            bare = _bare(media, seconds, frames, environment)
            return _ours(media, seconds, frames, environment, ()), bare
        with _load_host(folder) as facts:
            beside = [sys.executable, "-m", "tests.benchmarks.loading", facts, str(folder / "b")]
            bare = _bare(media, seconds, frames, environment, beside)
        with _load_host(folder) as facts:
            mine = (facts, str(folder / "o"))
            return _ours(media, seconds, frames, environment, mine), bare


def _make_media(folder: Path, name: str, seconds: float) -> Path:
    size, rate = RATES[name]
    clip = make_film(
        folder / "clip.mkv",
        [f"s={size}", f"r={rate}"],
        seconds=CLIP,
        codec=["-preset", "veryfast", "-g", "120"],
    )
    rounds = int(seconds // CLIP) + SPARE
    film = folder / "film.mkv"
    words = ["-stream_loop", str(rounds), "-i", str(clip), "-c", "copy", str(film)]
    subprocess.run(["ffmpeg", "-v", "error", "-y", *words], check=True)
    return film


def _ours(
    media: Path,
    seconds: float,
    frames: float,
    environment: dict[str, str],
    load: Sequence[str],
) -> Played:
    words = [sys.executable, "-m", "tests.benchmarks.playing", str(media), str(seconds), *load]
    run = subprocess.run(
        words, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True
    )
    facts = json.loads(run.stdout.splitlines()[-1])
    if "error" in facts:
        raise RuntimeError(facts["error"])
    return Played(
        facts["cpu"],
        facts["late"],
        facts["left_out"],
        frames,
        json.dumps(facts["load"]) if load else "",
    )


def _bare(
    media: Path,
    seconds: float,
    frames: float,
    environment: dict[str, str],
    beside: Sequence[str] = (),
) -> Played:
    with BareMpv(str(media), environment=environment) as mpv, _beside(beside) as load:
        mpv.await_event("playback-restart")
        time.sleep(SETTLE)
        cpu = mpv.cpu + (cpu_of(load.pid) if load else 0.0)
        drops = [mpv.ask(name) or 0 for name in DROPS]
        time.sleep(seconds)
        cpu = mpv.cpu + (cpu_of(load.pid) if load else 0.0) - cpu
        late, left_out = (
            (mpv.ask(name) or 0) - before for name, before in zip(DROPS, drops, strict=True)
        )
        told = load.communicate("")[0].strip() if load else ""
    return Played(cpu, late, left_out, frames, told)


@contextmanager
def _beside(command: Sequence[str]) -> Iterator[subprocess.Popen[str] | None]:
    """Run the equal load; it is on when the block begins."""
    if not command:
        yield None
        return
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as load:
        assert load.stdout is not None
        assert load.stdout.readline().strip() == "LOADED"
        yield load


@contextmanager
def _load_host(folder: Path) -> Iterator[str]:
    words = [sys.executable, "-W", "ignore", "-m", "tests.benchmarks.load_host", str(folder)]
    with subprocess.Popen(
        words, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as host:
        assert host.stdout is not None
        yield host.stdout.readline().strip()
        host.communicate("")


@contextmanager
def _display() -> Iterator[str]:
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", _SCREEN, "-nolisten", "tcp"],
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


def found(seconds: float = SECONDS, kinds: Sequence[str] = KINDS) -> Iterator[Bar]:
    """Measure and yield CPU and frames of each kind.

    Where either way loses frames the machine is at its end, and CPU is held to its limit for each
    frame that was shown: who shows more has to spend more.
    """
    for kind in kinds:
        lasts = seconds / 2 if "+" in kind else seconds
        ours, bare = measure(kind, lasts)
        if ours.load:
            print(f"{kind}: ours {ours.load}, mpv {bare.load}", file=sys.stderr)
        name = f"CPU of {lasts:.0f} s of {kind}, controls hidden"
        if max(ours.lost, bare.lost) <= FEW * ours.frames:
            yield Bar(
                name, f"{ours.cpu:.1f} s", f"mpv {bare.cpu:.1f} s", ours.cpu / bare.cpu, LIMIT
            )
        else:
            each, its = ours.cpu / ours.shown, bare.cpu / bare.shown
            yield Bar(
                f"{name}, for each frame that was shown",
                f"{each * 1000:.1f} ms ({ours.cpu:.1f} s)",
                f"mpv {its * 1000:.1f} ms ({bare.cpu:.1f} s)",
                each / its,
                LIMIT,
            )
        yield Bar(
            f"... frames shown of {ours.frames:.0f}",
            f"{ours.shown:.0f} ({ours.late} late, {ours.left_out} left out)",
            f"mpv {bare.shown:.0f} ({bare.late} late, {bare.left_out} left out)",
            ours.shown / bare.shown,
            1.0,
            least=True,
        )


if __name__ == "__main__":
    from tests.benchmarks.report import bars

    wanted = float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS
    print(bars(found(wanted, sys.argv[2:] or KINDS)))
