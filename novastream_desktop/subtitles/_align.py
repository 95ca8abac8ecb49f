"""Where subtitles belong, by the sound: their lines should lie where somebody speaks. Pure.

The level of speech frequencies, against its surroundings, is summed under all lines, for every
shift and customary speed; the best sum wins if it stands out from the others.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from novastream_desktop.subtitles._timing import SPEEDS, Timing

FRAME = 0.05
"""Seconds of one level."""
FARTHEST = 90.0
"""Seconds of the largest shift that is looked for."""
STANDS_OUT = 5.0
"""Standard deviations by which the best shift must beat an average one."""
FEWEST = 10
_AROUND = 15.0
_COARSE = 4
_COARSE_CUES = 500
_LOUDEST = 2.0
_CANDIDATES = 3
_APART = 20
_BEGINNING, _NEARBY, _FINE = 0.4, 0.4, 0.02


@dataclass(frozen=True, slots=True)
class Alignment:
    """The timing that fits the sound best, and by how much it stands out."""

    timing: Timing
    certainty: float

    @property
    def certain(self) -> bool:
        """Whether it can be believed."""
        return self.certainty >= STANDS_OUT


def levels_of(file: Path, rate: int) -> list[float]:
    """Return the level of each frame of a file of 16-bit samples, as a logarithm."""
    size = int(rate * FRAME)
    levels: list[float] = []
    with file.open("rb") as opened:
        while len(data := opened.read(2 * size)) == 2 * size:
            levels.append(math.log1p(sum(map(abs, array("h", data))) / size))
    return levels


def activity(levels: Sequence[float]) -> list[float]:
    """Return how much louder each frame is than its surroundings; on average 0."""
    if not levels:
        return []
    sums = [0.0, *accumulate(levels)]
    reach, count = int(_AROUND / FRAME), len(levels)
    found = []
    for place, level in enumerate(levels):
        low, high = max(0, place - reach), min(count, place + reach + 1)
        found.append(level - (sums[high] - sums[low]) / (high - low))
    clipped = [min(_LOUDEST, max(-_LOUDEST, value)) for value in found]
    mean = sum(clipped) / count
    return [value - mean for value in clipped]


def align(levels: Sequence[float], lines: Sequence[tuple[float, float]]) -> Alignment:
    """Return how lines (start and end in seconds) fit the sound.

    Args:
        levels: of the whole film, one every `FRAME` seconds.
        lines: in the subtitle's own time.
    """
    if len(lines) < FEWEST or len(levels) < FARTHEST / FRAME:
        return Alignment(Timing(), 0.0)
    farthest = int(FARTHEST / FRAME)
    heard = [0.0, *accumulate(activity(levels))]
    # Beyond both ends nothing is heard: the sums go on as they are.
    longest = math.ceil(max(end for _, end in lines) * max(SPEEDS) / FRAME)
    rest = max(0, longest - len(levels)) + farthest + 2
    padded = [0.0] * farthest + heard + [heard[-1]] * rest
    few = lines[:: max(1, len(lines) // _COARSE_CUES)]
    best = Alignment(Timing(), -math.inf)
    best_sum = -math.inf
    for speed in (1.0, *SPEEDS):
        shifts = range(0, 2 * farthest + 1, _COARSE)
        coarse = _sums(padded, few, speed, shifts)
        mean = sum(coarse) / len(coarse)
        spread = math.sqrt(sum((value - mean) ** 2 for value in coarse) / len(coarse)) or 1.0
        for shift in _tops(coarse, shifts):
            around = range(max(0, shift - _COARSE), min(2 * farthest, shift + _COARSE) + 1)
            fine = _sums(padded, lines, speed, around)
            top = max(fine)
            if top > best_sum:
                delay = (around[fine.index(top)] - farthest) * FRAME
                delay += _onset(padded, [speed * start + delay for start, _ in few])
                certainty = (coarse[shifts.index(shift)] - mean) / spread
                best_sum = top
                best = Alignment(Timing(round(delay, 3), round(speed, 6)), certainty)
    return best


def _onset(padded: Sequence[float], starts: Sequence[float]) -> float:
    """Return by how many seconds later speech begins than lines do.

    Lines often stay after what was said, which draws the best sum forwards; they begin with it.
    """
    reach = _BEGINNING / FRAME
    places = [FARTHEST / FRAME + start / FRAME for start in starts]

    def rise(shift: int) -> float:
        by = shift * _FINE / FRAME
        return sum(
            _heard(padded, place + by + reach)
            - 2 * _heard(padded, place + by)
            + _heard(padded, place + by - reach)
            for place in places
        )

    farthest = round(_NEARBY / _FINE)
    return _FINE * max(range(-farthest, farthest + 1), key=rise)


def _heard(padded: Sequence[float], place: float) -> float:
    """Return the sum up to a place between frames."""
    whole = min(len(padded) - 2, max(0, int(place)))
    return padded[whole] + (place - whole) * (padded[whole + 1] - padded[whole])


def _sums(
    padded: Sequence[float],
    lines: Sequence[tuple[float, float]],
    speed: float,
    shifts: Iterable[int],
) -> list[float]:
    """Return what is heard under the lines for each shift, in frames."""
    starts = [round(start * speed / FRAME) for start, _ in lines]
    ends = [round(end * speed / FRAME) for _, end in lines]
    return [
        sum(padded[end + shift] for end in ends) - sum(padded[start + shift] for start in starts)
        for shift in shifts
    ]


def _tops(values: Sequence[float], shifts: Sequence[int]) -> list[int]:
    """Return the best shifts that are not beside each other."""
    tops: list[int] = []
    for place in sorted(range(len(values)), key=lambda at: -values[at]):
        if all(abs(shifts[place] - top) > _APART for top in tops):
            tops.append(shifts[place])
        if len(tops) == _CANDIDATES:
            break
    return tops


def align_file(file: Path, rate: int, lines: Sequence[tuple[float, float]]) -> Alignment:
    """Do it all for a file of samples; for a worker process."""
    return align(levels_of(file, rate), lines)
