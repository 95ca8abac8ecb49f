"""Soft synthesised music: chords under everything, and one tune that is the anime's opening."""

from __future__ import annotations

import math
import sys
from array import array
from functools import cache
from typing import NamedTuple, TypeAlias

# 32 kHz: an AAC frame (1024 samples) is 32 ms, so that the two openings, 4 s apart in their
# episodes, fall on the same place in a frame and are coded almost alike.
RATE = 32_000

Track: TypeAlias = "array[float]"


class Song(NamedTuple):
    """What is played: chords as semitones from A3, one every `bar` seconds, and melody notes."""

    chords: tuple[tuple[int, ...], ...]
    bar: float
    melody: tuple[int | None, ...] = ()
    beat: float = 0.5


HARBOUR = Song(((-12, 0, 3, 7), (-16, -4, 0, 3), (-9, -5, 3, 7), (-14, -2, 2, 5)), 6.0)
RAIN = Song(
    ((-7, 0, 5, 9), (-12, 0, 4, 7), (-10, 2, 5, 9), (-14, -2, 2, 5)),
    4.0,
    (17, None, 16, None, 12, None, None, None, 14, None, 12, None, 9, None, None, None),
)
RIDE = Song(
    ((-12, 0, 3, 7), (-14, -2, 2, 5), (-16, -4, 0, 3), (-17, -5, -1, 2)),
    4.0,
    (12, None, 15, None, 14, None, 10, None, 7, None, 10, None, 12, None, None, None),
)
FAR_SIDE = Song(
    ((-15, -3, 0, 4), (-10, -5, 2, 5), (-8, -1, 4, 7), (-12, -3, 0, 4)),
    4.0,
    (None, 9, None, 12, None, 16, None, 12, None, 11, None, 7, None, 9, None, None),
)
CREDITS = Song(((-12, 0, 4, 7), (-7, 0, 5, 9), (-5, -1, 2, 7), (-12, 0, 4, 7)), 3.5)
OPENING = Song(
    ((-12, 0, 3, 7), (-16, -4, 0, 3), (-9, -5, 3, 7), (-14, -2, 2, 5)),
    1.5,
    (
        *(12, 12, 15, 17, 19, None, 17, 15, 12, 10, 12, None, 15, 17, 19, 22),
        *(24, None, 22, 19, 17, 19, 15, None, 12, 15, 17, 19, 22, 19, 17, 15),
        *(12, 12, 15, 17, 19, None, 24, 22, 19, 17, 15, 17, 12, None, None, None),
    ),
    0.375,
)


def silence(seconds: float) -> Track:
    """Return a silent track."""
    return array("f", bytes(4 * round(seconds * RATE)))


@cache
def _note(pitch: int, seconds: float, attack: float, bright: float) -> Track:
    step = 2 * math.pi * 220.0 * 2 ** (pitch / 12) / RATE
    total, rise = round(seconds * RATE), round(attack * RATE)
    made = silence(seconds)
    for n in range(total):
        swell = min(1.0, n / rise) * math.exp(-2.6 * n / total) * min(1.0, (total - n) / 800)
        phase = step * n
        made[n] = swell * (
            math.sin(phase) + bright * math.sin(2 * phase) + bright * 0.4 * math.sin(3 * phase)
        )
    return made


def add(track: Track, part: Track, at: float, gain: float) -> None:
    """Mix `part` into `track` from `at` seconds; what hangs over the end is cut."""
    start = round(at * RATE)
    for n, value in enumerate(part[: max(0, len(track) - start)]):
        track[start + n] += value * gain


def play(song: Song, seconds: float) -> Track:
    """Return `song`, repeated for `seconds`, with a fade at both ends."""
    track = silence(seconds)
    for bar in range(math.ceil(seconds / song.bar)):
        for pitch in song.chords[bar % len(song.chords)]:
            add(track, _note(pitch, song.bar * 1.25, song.bar * 0.18, 0.22), bar * song.bar, 0.11)
    beats = math.ceil(seconds / song.beat) if song.melody else 0
    for beat in range(beats):
        pitch = song.melody[beat % len(song.melody)]
        if pitch is not None:
            add(track, _note(pitch, 1.2, 0.008, 0.3), beat * song.beat, 0.17)
    ramp = RATE // 4
    for n in range(ramp):
        track[n] *= n / ramp
        track[-1 - n] *= n / ramp
    return track


def joined(*parts: Track) -> Track:
    """Return the parts one after another."""
    track = array("f")
    for part in parts:
        track.extend(part)
    return track


def pcm(track: Track) -> bytes:
    """Return signed 16 bit little-endian mono samples."""
    made = array("h", (round(max(-1.0, min(1.0, value)) * 32_000) for value in track))
    if sys.byteorder == "big":
        made.byteswap()
    return made.tobytes()
