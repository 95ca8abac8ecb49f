"""What two sounds have in common, told from their Chromaprint fingerprints. Pure.

A raw fingerprint is a row of 32-bit numbers, one every `STEP` seconds; numbers of like sound
differ in few bits, those of unlike sound in half of them. Equal upper halves vote for a shift
between the two; along the most voted shifts, stretches of few different bits are what both have.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

STEP = 1365 / 11025
"""Seconds between two numbers: Chromaprint's frames of 4096 samples at 11025 Hz overlap by two
thirds (its `kDefaultSampleRate`, `kDefaultFrameSize` and `kDefaultFrameOverlap`)."""
SHORTEST = 15.0
LONGEST = 180.0
SILENCE = 627964279
"""The number that silence has."""

_LEAD = 0.5
_TRAIL = 1.25
"""Seconds by which the first and last alike numbers miss the borders: each speaks for 2.6 s,
mostly for the beginning of it. Measured on sounds with known borders; the rest is within 0.7 s."""
_ALIKE = 9
"""Different bits of 32 at a border; unlike sound has 16 on average and 12 rarely."""
_SHARP = 5
_ALIKE_ON_AVERAGE = 10.5
_AVERAGE_OVER = 9
_GAP = 16
_VOTING_BITS = 16
_MOST_PLACES = 32
_SHIFTS = 8
_FEWEST_VOTES = 4
_LEAST_VARIETY = 0.2
_SHIFT_BLUR = 3


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part that two fingerprints share.

    Attributes:
        at: its first number in the one fingerprint.
        other_at: its first number in the other one.
        length: how many numbers it has.
    """

    at: int
    other_at: int
    length: int

    @property
    def seconds(self) -> tuple[float, float]:
        """Start and end of the sound in the first fingerprint's time."""
        return borders(self.at, self.length)

    @property
    def other_seconds(self) -> tuple[float, float]:
        """Start and end of the sound in the second fingerprint's time."""
        return borders(self.other_at, self.length)


def borders(at: int, length: int) -> tuple[float, float]:
    """Return where the sound starts and ends that so many numbers from `at` on speak for."""
    start = 0.0 if at == 0 else at * STEP + _LEAD
    return start, (at + length - 1) * STEP + _TRAIL


def common(one: Sequence[int], other: Sequence[int]) -> tuple[Stretch, ...]:
    """Return what both have, the longest first; stretches of 15 to 180 s that do not overlap.

    Sound without variety, such as silence or hum, is not taken for common.
    """
    found = [stretch for shift in _shifts(one, other) for stretch in _along(one, other, shift)]
    found.sort(key=lambda stretch: (-stretch.length, stretch.at, stretch.other_at))
    kept: list[Stretch] = []
    for stretch in found:
        if not any(_overlap(stretch, known) for known in kept):
            kept.append(stretch)
    return tuple(s for s in kept if s.seconds[1] - s.seconds[0] <= LONGEST)


def locate(theme: Sequence[int], sound: Sequence[int], share: float = 0.8) -> Stretch | None:
    """Return where a known theme is in a sound, None if less than a share of it is there.

    The whole theme is returned then, as far as it lies inside the sound: voices over its ends
    do not make it shorter.
    """
    for stretch in common(sound, theme):
        if stretch.length >= share * len(theme):
            first = stretch.at - stretch.other_at
            last = min(len(sound), first + len(theme))
            cut = max(0, -first)
            return Stretch(first + cut, cut, last - first - cut)
    return None


def _shifts(one: Sequence[int], other: Sequence[int]) -> list[int]:
    """Return by how much `one` may lag behind `other`, the most voted first."""
    places: dict[int, list[int]] = {}
    for place, number in enumerate(other):
        if number != SILENCE:
            places.setdefault(number >> (32 - _VOTING_BITS), []).append(place)
    votes: Counter[int] = Counter()
    for place, number in enumerate(one):
        here = places.get(number >> (32 - _VOTING_BITS), ())
        if number != SILENCE and len(here) <= _MOST_PLACES:
            votes.update(place - there for there in here)
    chosen: list[int] = []
    for shift, count in sorted(votes.items(), key=lambda vote: (-vote[1], vote[0])):
        if count < _FEWEST_VOTES or len(chosen) == _SHIFTS:
            break
        if all(abs(shift - known) > _SHIFT_BLUR for known in chosen):
            chosen.append(shift)
    return chosen


def _along(one: Sequence[int], other: Sequence[int], shift: int) -> Iterator[Stretch]:
    first, last = max(0, shift), min(len(one), len(other) + shift)
    differing = [(one[at] ^ other[at - shift]).bit_count() for at in range(first, last)]
    for begin, end in _alike_runs(differing):
        at = first + begin
        stretch = Stretch(at, at - shift, end - begin)
        start, stop = stretch.seconds
        if stop - start >= SHORTEST and _varied(one[at : at + end - begin]):
            yield stretch


def _alike_runs(differing: Sequence[int]) -> list[tuple[int, int]]:
    """Return the runs of few different bits, as first and behind the last."""
    half = _AVERAGE_OVER // 2
    sums = [0]
    for bits in differing:
        sums.append(sums[-1] + bits)
    runs: list[tuple[int, int]] = []
    for at in range(len(differing)):
        low, high = max(0, at - half), min(len(differing), at + half + 1)
        if sums[high] - sums[low] <= _ALIKE_ON_AVERAGE * (high - low):
            if runs and at - runs[-1][1] <= _GAP:
                runs[-1] = (runs[-1][0], at + 1)
            else:
                runs.append((at, at + 1))
    return [_trimmed(differing, run) for run in runs]


def _trimmed(differing: Sequence[int], run: tuple[int, int]) -> tuple[int, int]:
    """Return a run without what is less alike at its ends.

    A number speaks mostly for the beginning of its 2.6 s, so that it is alike for certain only
    where all of it is shared: the first one must be nearly as alike as the middle one.
    """
    begin, end = run
    sharp = min(_ALIKE, max(_SHARP, sorted(differing[begin:end])[(end - begin) // 2] + 4))
    while begin < end and not _is_border(differing[begin : min(end, begin + 4)], sharp):
        begin += 1
    while end > begin and not _is_border(differing[max(begin, end - 4) : end][::-1], _ALIKE):
        end -= 1
    return begin, end


def _is_border(inward: Sequence[int], most: int) -> bool:
    return inward[0] <= most and sum(inward) <= most * len(inward)


def _varied(numbers: Sequence[int]) -> bool:
    telling = [number for number in numbers if number != SILENCE]
    return 2 * len(telling) >= len(numbers) and len(set(telling)) >= _LEAST_VARIETY * len(numbers)


def _overlap(one: Stretch, other: Stretch) -> bool:
    return _meet(one.at, other.at, one, other) or _meet(one.other_at, other.other_at, one, other)


def _meet(at: int, other_at: int, one: Stretch, other: Stretch) -> bool:
    return at < other_at + other.length and other_at < at + one.length
