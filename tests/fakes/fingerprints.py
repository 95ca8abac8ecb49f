"""Synthetic fingerprints."""

from __future__ import annotations

import random
from collections.abc import Sequence

from novastream_desktop.skips._fingerprint import STEP

MINUTE = int(60 / STEP)
OP = 90 * MINUTE // 60


def sound(length: int, seed: object) -> list[int]:
    made = random.Random(str(seed))
    return [made.getrandbits(32) for _ in range(length)]


def noisy(numbers: Sequence[int], bits: int, seed: object) -> list[int]:
    made = random.Random(str(seed))
    for _ in range(bits):
        numbers = [number ^ (1 << made.randrange(32)) for number in numbers]
    return list(numbers)
