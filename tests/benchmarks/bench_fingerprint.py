"""What it costs to find an opening by sound, and how exact it is. Needs fpcalc and ffmpeg.

python -m tests.benchmarks.bench_fingerprint
"""

from __future__ import annotations

import asyncio
import math
import random
import resource
import subprocess
import sys
import tempfile
import time
import wave
from array import array
from functools import cache
from pathlib import Path

from novastream_desktop.skips._fingerprint import common
from novastream_desktop.skips._fingerprint_tool import Fingerprint, find_fpcalc, fingerprint
from novastream_desktop.skips._learn_rules import Season, cut, with_print
from tests.benchmarks.report import table

RATE = 11_025
EPISODE = 24 * 60
THEME = 90.0
TURNS = 8
CODECS = ("wav", "-c:a libmp3lame -b:a 64k|mp3", "-c:a aac -b:a 96k -ac 2|m4a")


@cache
def tone(number: int, samples: int) -> tuple[float, ...]:
    """Return a note that fades."""
    pitch = 2 * math.pi * 220 * 2 ** (number / 12) / RATE
    return tuple(6000 * math.sin(pitch * at) * math.exp(-2 * at / RATE) for at in range(samples))


@cache
def noise() -> tuple[float, ...]:
    """Return a second of noise."""
    made = random.Random(0)
    return tuple(made.gauss(0, 250) for _ in range(RATE))


def song(seconds: float, seed: int) -> array[int]:
    """Return chords that fade, with some noise: no two seeds sound alike."""
    made, samples = random.Random(seed), array("h")
    while len(samples) < seconds * RATE:
        length = int(RATE * made.choice((0.2, 0.3, 0.45)))
        notes = (tone(made.randrange(36), length) for _ in range(3))
        samples.extend(int(sum(parts)) for parts in zip(*notes, noise()[:length], strict=True))
    return samples[: int(seconds * RATE)]


def written(file: Path, sound: array[int], codec: str) -> Path:
    """Write a sound as a codec's file."""
    with wave.open(str(file), "wb") as opened:
        opened.setnchannels(1)
        opened.setsampwidth(2)
        opened.setframerate(RATE)
        opened.writeframes(sound.tobytes())
    options, _, suffix = codec.partition("|")
    if not suffix:
        return file
    other = file.with_suffix(f".{suffix}")
    command = ["ffmpeg", "-v", "error", "-y", "-i", str(file), *options.split(), str(other)]
    subprocess.run(command, check=True)
    return other


def made_print(file: Path) -> Fingerprint:
    """Return a file's fingerprint."""
    made = asyncio.run(fingerprint(file))
    assert made is not None
    return made


def errors(folder: Path) -> list[float]:
    """Return by how many seconds borders of shared sound were missed, over codecs and places."""
    found: list[float] = []
    for turn in range(TURNS):
        shared = song(30.0, 100 + turn)
        places = (17.3 + 0.37 * turn, 9.1 + 0.83 * turn)
        prints = []
        for side, place in enumerate(places):
            around = song(place, 200 + 10 * turn + side), song(25.0, 300 + 10 * turn + side)
            sound = around[0] + shared + around[1]
            codec = CODECS[(turn + side) % len(CODECS)]
            prints.append(made_print(written(folder / f"{turn}{side}.wav", sound, codec)))
        (stretch,) = common(prints[0].numbers, prints[1].numbers)
        for place, (start, end) in zip(
            places, (stretch.seconds, stretch.other_seconds), strict=True
        ):
            found += [abs(start - place), abs(end - place - 30.0)]
    return found


def main() -> int:
    """Measure and print."""
    if find_fpcalc() is None:
        print("fpcalc is not installed", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory(prefix="novastream-") as name:
        folder = Path(name)
        missed = errors(folder)
        minutes = song(120.0, 1)
        episode = written(folder / "e.wav", minutes * (EPISODE // 120), CODECS[2])
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        began = time.perf_counter()
        whole = made_print(episode)
        wall = time.perf_counter() - began
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    rows = [
        ("opening's borders missed by, median", f"{sorted(missed)[len(missed) // 2]:.2f} s"),
        (f"the most, of {len(missed)}", f"{max(missed):.2f} s"),
        ("fingerprint of a 24 min AAC episode", f"{wall:.1f} s, {cpu:.1f} s CPU"),
        *((label, f"{ms:.0f} ms CPU") for label, ms in comparing(len(whole.numbers))),
    ]
    print(table(("measure", "found"), rows))
    return 0


def comparing(length: int) -> list[tuple[str, float]]:
    """Return what comparing costs, with sounds that share an opening and ones that do not."""

    def episode(seed: int, theme: int | None) -> tuple[int, ...]:
        made = random.Random(seed)
        numbers = [made.getrandbits(32) for _ in range(length)]
        if theme is not None:
            same = random.Random(theme)
            numbers[500 * seed : 500 * seed + 727] = [same.getrandbits(32) for _ in range(727)]
        return tuple(numbers)

    found = []
    known = with_print(Season(), "1", cut("1", episode(1, 7), EPISODE))
    for label, other in (("compare with one episode", 7), ("compare in vain with one", None)):
        began = time.process_time()
        season = with_print(known, "2", cut("2", episode(2, other), EPISODE))
        found.append((label, 1000 * (time.process_time() - began)))
        known = season if other is not None else known
        if other is not None:
            began = time.process_time()
            with_print(season, "3", cut("3", episode(3, 7), EPISODE))
            found.append(("locate the known opening", 1000 * (time.process_time() - began)))
            known = with_print(Season(), "1", cut("1", episode(1, 7), EPISODE))
    return found


if __name__ == "__main__":
    sys.exit(main())
