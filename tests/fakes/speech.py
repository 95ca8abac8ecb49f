"""A film's sound with people who really speak in it, by a speech synthesiser, and music below."""

from __future__ import annotations

import math
import random
import shutil
import subprocess
import wave
from array import array
from dataclasses import dataclass
from pathlib import Path

RATE = 11_025
_SYNTHESISED = 2 * RATE
SPEAKER = "espeak-ng"
_SILENT, _LOUDEST = 300, 12_000
VOICES = (("en-us", 45), ("en-gb+f3", 60), ("en-us+m3", 35), ("en-gb+f2", 55))
SAID = (
    "Where have you been all night?", "I told you, the boat was late.", "No.", "Come in, come in.",
    "The lamp on the pier went out at nine, and nobody lit it again before the storm was over.",
    "Then who did I see up there?", "You saw somebody?", "A man in a grey coat, with a suitcase.",
    "We should tell your mother.", "She knows. She has known since the summer.", "Wait!",
    "Do you hear that?", "It is only the wind in the old sails, it does that every year.",
    "I don't believe you any more.", "Give me the key, please.", "There never was a key.",
)  # fmt: skip


def can_speak() -> bool:
    """Whether the synthesiser is installed."""
    return shutil.which(SPEAKER) is not None


@dataclass(frozen=True)
class Spoken:
    """Where each line is spoken: from and to, in seconds."""

    lines: tuple[tuple[float, float], ...]
    seconds: float


def make_film(file: Path, folder: Path, seconds: float, *, music: float, seed: int = 1) -> Spoken:
    """Write a WAV file of people who speak, with pauses, over music.

    Args:
        file: where to.
        folder: for pieces of it.
        seconds: how long it is, about.
        music: how loud it is, against the speech's loudest.
    """
    chance = random.Random(seed)
    pieces = [_piece(folder, number) for number in range(len(SAID))]
    bed = _music(music)
    samples, lines = array("h"), []
    while len(samples) < seconds * RATE:
        pause = round(chance.choice((0.25, 0.5, 0.9, 1.5, 4.0, 12.0)) * RATE)
        samples += _cut(bed, len(samples), pause)
        piece = chance.choice(pieces)
        lines.append((len(samples) / RATE, (len(samples) + len(piece)) / RATE))
        below = _cut(bed, len(samples), len(piece))
        samples += array("h", (a + b for a, b in zip(piece, below, strict=True)))
    with wave.open(str(file), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(samples.tobytes())
    return Spoken(tuple(lines), len(samples) / RATE)


def written(
    spoken: Spoken, *, shift: float, speed: float = 1.0, seed: int = 3
) -> list[tuple[float, float]]:
    """Return the lines as a person would have written them for another release.

    A line of the result belongs at `speed * time + shift`. People are off by a tenth of a second,
    let lines stand to be read, and leave some out.
    """
    chance = random.Random(seed)
    lines = []
    for start, end in spoken.lines:
        if chance.random() < 0.12:
            continue
        begun = start + chance.gauss(0, 0.06)
        over = max(end + chance.uniform(0.1, 0.6), begun + 1.0)
        lines.append(((begun - shift) / speed, (over - shift) / speed))
    ends = (*(start - 0.04 for start, _ in lines[1:]), math.inf)
    return [(start, min(end, last)) for (start, end), last in zip(lines, ends, strict=True)]


def _piece(folder: Path, number: int) -> array[int]:
    """Return what is said, without the silence around it, at half its loudness."""
    voice, pitch = VOICES[number % len(VOICES)]
    file = folder / f"said-{number}.wav"
    command = [SPEAKER, "-v", voice, "-p", str(pitch), "-s", "165", "-w", str(file), SAID[number]]
    subprocess.run(command, check=True, capture_output=True)
    with wave.open(str(file), "rb") as said:
        assert said.getframerate() == _SYNTHESISED
        fine = array("h", said.readframes(said.getnframes()))
    pairs = zip(fine[::2], fine[1::2], strict=False)
    samples = array("h", ((a + b) // 4 for a, b in pairs))
    loud = [at for at in range(0, len(samples), 32) if abs(samples[at]) > _SILENT]
    return samples[loud[0] : loud[-1]]


def _music(loud: float) -> array[int]:
    """Return some bars of music: four voices that change, and a drum."""
    bars = array("h")
    for root in (110.0, 146.8, 98.0, 130.8):
        for at in range(2 * RATE):
            time = at / RATE
            tone = sum(math.sin(2 * math.pi * root * k * time) / k for k in (2, 3, 5, 6))
            beat = time % 0.5
            drum = math.exp(-18 * beat) * math.sin(2 * math.pi * 70 * beat)
            bars.append(round(_LOUDEST * loud * (0.3 * tone + 0.6 * drum)))
    return bars


def _cut(bed: array[int], start: int, length: int) -> array[int]:
    at = start % len(bed)
    return (bed * (1 + (at + length) // len(bed)))[at : at + length]
