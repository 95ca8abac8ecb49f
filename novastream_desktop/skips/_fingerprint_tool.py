"""Chromaprint's `fpcalc`, which makes a file's fingerprint in a process of its own."""

from __future__ import annotations

import json
import logging
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from novastream_desktop.runtime.children import output_of

log = logging.getLogger(__name__)

LONGEST_FILE = 3 * 3600
"""Seconds that are read of a file at most."""
TIMEOUT = 180.0


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """A whole file's numbers, and its length in seconds."""

    numbers: tuple[int, ...]
    duration: float


def find_fpcalc() -> str | None:
    """Return where `fpcalc` is, None if it is not installed."""
    return shutil.which("fpcalc")


def command(fpcalc: str, file: Path, nice: str | None) -> tuple[str, ...]:
    """Return the words that make a fingerprint, at the lowest priority where there is one."""
    first = (nice, "-n", "19") if nice else ()
    asked = ("-raw", "-json", "-length", str(LONGEST_FILE))
    return (*first, fpcalc, *asked, str(file.absolute()))


def read_answer(answer: bytes) -> Fingerprint | None:
    """Return what `fpcalc` printed, None if it is no fingerprint.

    Its exit status does not count: it is not 0 for a good file whose last frame is cut off.
    """
    try:
        said = json.loads(answer)
        numbers = tuple(int(number) & 0xFFFF_FFFF for number in said["fingerprint"])
        duration = float(said["duration"])
    except (ValueError, TypeError, KeyError):
        return None
    return Fingerprint(numbers, duration) if numbers and duration > 0 else None


async def fingerprint(
    file: Path,
    *,
    find: Callable[[], str | None] = find_fpcalc,
    timeout: float = TIMEOUT,
) -> Fingerprint | None:
    """Return the fingerprint of a file's first sound, None if there is no way to one."""
    fpcalc = find()
    if fpcalc is None:
        return None
    try:
        ended = await output_of(command(fpcalc, file, shutil.which("nice")), timeout)
    except TimeoutError:
        log.info("fpcalc took too long for %s", file.name)
        return None
    except OSError as error:
        log.info("fpcalc cannot be started: %s", error)
        return None
    return read_answer(ended.output)
