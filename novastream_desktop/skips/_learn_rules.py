"""Which openings and endings the episodes of a season share. Pure.

The opening is looked for in the first twelve minutes and the ending in the last six, never
behind or before the middle: the user-experience document's section 5, row 1.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from novastream_desktop.models import SkipRange, SkipType
from novastream_desktop.skips._fingerprint import STEP, Stretch, borders, common, locate

CONFIDENCE = 0.9
"""Of the user-experience document's section 3b, row (b)."""
ORIGIN = "fingerprint"
HEAD = 12 * 60.0
TAIL = 6 * 60.0
MOST_THEMES = 4
"""Of each kind that are kept of a season: an opening changes from one part of it to the next."""
MOST_EPISODES = 8
"""Whose fingerprints are kept of a season."""
SAME_LENGTH = 2.0

Numbers = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Print:
    """The ends of one file's fingerprint.

    Attributes:
        file: tells one file from another, see `_learn_store.file_key`.
        duration: seconds of the whole file.
        head: its first twelve minutes.
        tail: its last six minutes.
        tail_at: how many numbers come before the tail.
    """

    file: str
    duration: float
    head: Numbers
    tail: Numbers
    tail_at: int


@dataclass(frozen=True, slots=True)
class Theme:
    """The sound of a known opening or ending."""

    type: SkipType
    numbers: Numbers

    @property
    def name(self) -> str:
        """What tells it from other themes."""
        return hashlib.sha256(repr(self.numbers).encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Found:
    """Openings and endings of one file, for a file of that length only."""

    duration: float
    ranges: tuple[SkipRange, ...]


@dataclass(frozen=True, slots=True)
class Season:
    """What is known of a season; the newest come last.

    Attributes:
        prints: by episode's id.
        found: by episode's id.
    """

    themes: tuple[Theme, ...] = ()
    prints: dict[str, Print] = field(default_factory=dict)
    found: dict[str, Found] = field(default_factory=dict)


def cut(file: str, numbers: Sequence[int], duration: float) -> Print:
    """Return the ends of a fingerprint."""
    half = len(numbers) // 2
    head = min(half, int(HEAD / STEP))
    tail_at = len(numbers) - min(half, int(TAIL / STEP))
    return Print(file, duration, tuple(numbers[:head]), tuple(numbers[tail_at:]), tail_at)


def with_print(season: Season, episode: str, made: Print) -> Season:
    """Return a season that knows one more file, and what was learned from it.

    A known theme is located in it; only where there is none, its sound is compared with that
    of the other episodes. A new theme is located in every episode that still lacks one.
    """
    prints = {key: known for key, known in season.prints.items() if key != episode}
    ranges = {r.type: r for r in ranges_of(made, reversed(season.themes))}
    new: list[Theme] = []
    for kind in (SkipType.OP, SkipType.ED):
        if kind not in ranges:
            new += _new_theme(kind, made, reversed(prints.values()))
    prints[episode] = made
    found = {key: known for key, known in season.found.items() if key != episode}
    if ranges:
        found[episode] = Found(made.duration, tuple(ranges.values()))
    for key, known_print in prints.items():
        before = found[key].ranges if key in found else ()
        lacking = [theme for theme in new if all(r.type is not theme.type for r in before)]
        if more := ranges_of(known_print, lacking):
            found[key] = Found(known_print.duration, (*before, *more))
    while len(prints) > MOST_EPISODES:
        del prints[next(iter(prints))]
    return Season(_bounded((*season.themes, *new)), prints, found)


def ranges_of(made: Print, themes: Iterable[Theme]) -> tuple[SkipRange, ...]:
    """Return where a file has known themes: at most one opening and one ending."""
    ranges: dict[SkipType, SkipRange] = {}
    for theme in themes:
        if theme.type not in ranges and (at := _at(theme, made)) is not None:
            start, end = borders(at.at, at.length)
            end = min(end, made.duration)
            ranges[theme.type] = SkipRange(
                type=theme.type,
                start=round(start, 2),
                end=round(end, 2),
                confidence=CONFIDENCE,
                origin=ORIGIN,
                reference=theme.name,
            )
    return tuple(ranges.values())


def told(found: Found | None, duration: float | None) -> tuple[SkipRange, ...]:
    """Return the ranges of a file of this length: another release of it may be cut otherwise."""
    if found is None or not duration or abs(found.duration - duration) > SAME_LENGTH:
        return ()
    return found.ranges


def _at(theme: Theme, made: Print) -> Stretch | None:
    if theme.type is SkipType.OP:
        return locate(theme.numbers, made.head)
    at = locate(theme.numbers, made.tail)
    return replace(at, at=at.at + made.tail_at) if at is not None else None


def _new_theme(kind: SkipType, made: Print, others: Iterable[Print]) -> list[Theme]:
    """Return what a file shares with the first of the others that shares anything, or nothing."""
    sound = made.head if kind is SkipType.OP else made.tail
    for other in others:
        shared = common(sound, other.head if kind is SkipType.OP else other.tail)
        if shared:
            best = shared[0]
            return [Theme(kind, sound[best.at : best.at + best.length])]
    return []


def _bounded(themes: Iterable[Theme]) -> tuple[Theme, ...]:
    kept: list[Theme] = []
    for theme in reversed(tuple(themes)):
        if sum(known.type is theme.type for known in kept) < MOST_THEMES:
            kept.append(theme)
    return tuple(reversed(kept))
