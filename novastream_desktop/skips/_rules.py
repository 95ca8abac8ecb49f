"""Which skip ranges a file has, decided from all that was said about it.

The rules and their numbers are the user-experience document's section 3b; those on chapter
names follow what fansub and disc releases write.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Protocol

from novastream_desktop.models import SkipRange, SkipType

CHAPTER_CONFIDENCE = 0.95
AUTOMATIC_CONFIDENCE = 0.85
SHORTEST = 5.0
LONGEST_OPENING = 180.0
THEME_LENGTH = (60.0, 120.0)
SHORT_FILE = 300.0
_OVERSHOOT = 2.0
_TOUCHING = 1.0

_OPENING = re.compile(
    r"(nc)?op\s*\d*[a-z]?|opening(\s+(theme|song|credits|titles?))?\s*\d*", re.IGNORECASE
)
_ENDING = re.compile(
    r"(nc)?ed\s*\d*[a-z]?|ending(\s+(theme|song|credits))?\s*\d*|(end\s+)?credits(\s+roll)?",
    re.IGNORECASE,
)
_PREVIEW = re.compile(r"(next\s+)?(episode\s+)?preview|(next|following)\s+episode", re.IGNORECASE)
_RECAP = re.compile(r"recap(itulation)?|previously(\s+on\b.*)?", re.IGNORECASE)
_INTRO = re.compile(r"intro(duction)?", re.IGNORECASE)
_NAMES = (
    (_OPENING, SkipType.OP),
    (_ENDING, SkipType.ED),
    (_PREVIEW, SkipType.PREVIEW),
    (_RECAP, SkipType.RECAP),
)
_OPENINGS = frozenset({SkipType.OP, SkipType.MIXED_OP})
_ENDINGS = frozenset({SkipType.ED, SkipType.MIXED_ED})
_MIXED = frozenset({SkipType.MIXED_OP, SkipType.MIXED_ED})


class ChapterLike(Protocol):
    """A chapter: `start` in seconds and its title."""

    @property
    def start(self) -> float:
        """Seconds from the beginning of the file."""
        ...

    @property
    def title(self) -> str:
        """As the file says it."""
        ...


def same_theme(one: SkipType, other: SkipType) -> bool:
    """Whether two types name the same part: `op` and `mixed-op`, `ed` and `mixed-ed`."""
    if one is other:
        return True
    return {one, other} <= _OPENINGS or {one, other} <= _ENDINGS


def overlap(one: SkipRange, other: SkipRange) -> bool:
    """Whether two ranges share more than a point."""
    return one.start < other.end and other.start < one.end


def ranges_of_chapters(
    chapters: Sequence[ChapterLike], duration: float | None
) -> tuple[SkipRange, ...]:
    """Return the ranges that chapter names tell; a chapter ends where the next one starts."""
    ordered = sorted(chapters, key=lambda chapter: chapter.start)
    if not ordered:
        return ()
    ends = [*(chapter.start for chapter in ordered[1:]), duration or 0.0]
    spans = [(c.title.strip(), c.start, end) for c, end in zip(ordered, ends, strict=True)]
    named = [(_type_of(title), start, end) for title, start, end in spans]
    if not any(kind is SkipType.OP for kind, _, _ in named):
        named += [
            (SkipType.OP, start, end)
            for title, start, end in spans
            if _INTRO.fullmatch(title) and _may_be_opening(end - start, duration)
        ]
    return tuple(
        SkipRange(type=kind, start=start, end=end, confidence=CHAPTER_CONFIDENCE, origin="chapters")
        for kind, start, end in named
        if kind is not None and 0 <= start < end
    )


def combine(ranges: Iterable[SkipRange], duration: float | None) -> tuple[SkipRange, ...]:
    """Return the ranges to offer, in the order of the file, none overlapping another.

    The most confident origin speaks for each part; a less confident range of another kind
    keeps what does not overlap. Sets `automatic`.
    """
    sound = [r for given in ranges if (r := _sound(given, duration)) is not None]
    sound.sort(key=lambda r: (-r.confidence, r.start, r.end, r.type, r.origin))
    kept: list[SkipRange] = []
    for candidate in sound:
        spoken = [r for r in kept if same_theme(r.type, candidate.type)]
        if any(not _alike(r, candidate) or overlap(r, candidate) for r in spoken):
            _stretch(kept, candidate)
            continue
        rest = _without(candidate, kept)
        if rest is not None:
            kept.append(rest)
    kept = _in_sensible_order(_joined(kept))
    return tuple(r.with_(automatic=is_automatic(r)) for r in sorted(kept, key=lambda r: r.start))


def is_automatic(skip: SkipRange) -> bool:
    """Whether a range may be jumped without asking, where the person wants that."""
    if skip.confidence < AUTOMATIC_CONFIDENCE or skip.type in _MIXED:
        return False
    if skip.type in (SkipType.OP, SkipType.ED):
        return THEME_LENGTH[0] <= skip.end - skip.start <= THEME_LENGTH[1]
    return True


def _type_of(title: str) -> SkipType | None:
    bare = title.strip(" -:._[]()\t")
    return next((kind for name, kind in _NAMES if name.fullmatch(bare)), None)


def _may_be_opening(length: float, duration: float | None) -> bool:
    if duration and duration < SHORT_FILE:
        return length >= SHORTEST
    return THEME_LENGTH[0] <= length <= THEME_LENGTH[1]


def _sound(skip: SkipRange, duration: float | None) -> SkipRange | None:
    end = skip.end
    if duration:
        if skip.start >= duration or end > duration + _OVERSHOOT:
            return None
        end = min(end, duration)
    length = end - skip.start
    if length < SHORTEST or (skip.type in _OPENINGS and length > LONGEST_OPENING):
        return None
    return skip if end == skip.end else skip.with_(end=end)


def _alike(one: SkipRange, other: SkipRange) -> bool:
    return one.origin == other.origin and one.confidence == other.confidence


def _stretch(kept: list[SkipRange], candidate: SkipRange) -> None:
    """Let an overlapping range of equal type and origin widen the one that is kept."""
    for index, present in enumerate(kept):
        if present.type is candidate.type and _alike(present, candidate):
            if not overlap(present, candidate):
                continue
            others = kept[:index] + kept[index + 1 :]
            wide = present.with_(
                start=min(present.start, candidate.start), end=max(present.end, candidate.end)
            )
            if not any(overlap(wide, other) for other in others) and _sound(wide, None):
                kept[index] = wide
            return


def _without(candidate: SkipRange, kept: Sequence[SkipRange]) -> SkipRange | None:
    """Return the longest part of a range that no kept one covers, None if too short."""
    parts = [(candidate.start, candidate.end)]
    for other in kept:
        parts = [
            piece
            for start, end in parts
            for piece in ((start, min(end, other.start)), (max(start, other.end), end))
            if piece[1] - piece[0] >= SHORTEST
        ]
    if not parts:
        return None
    start, end = max(parts, key=lambda piece: piece[1] - piece[0])
    return candidate.with_(start=start, end=end)


def _joined(ranges: Iterable[SkipRange]) -> list[SkipRange]:
    """Merge ranges of equal type and origin that follow each other without a gap."""
    joined: list[SkipRange] = []
    for skip in sorted(ranges, key=lambda r: r.start):
        last = joined[-1] if joined else None
        if (
            last is not None
            and last.type is skip.type
            and _alike(last, skip)
            and skip.start - last.end <= _TOUCHING
        ):
            wide = last.with_(end=skip.end)
            if _sound(wide, None) is not None:
                joined[-1] = wide
                continue
        joined.append(skip)
    return joined


def _in_sensible_order(ranges: list[SkipRange]) -> list[SkipRange]:
    """Drop an ending that comes before an opening, or that opening if it is the less certain."""
    kept = list(ranges)
    for ending in [r for r in ranges if r.type in _ENDINGS]:
        for opening in [r for r in ranges if r.type in _OPENINGS]:
            if ending in kept and opening in kept and ending.start < opening.start:
                kept.remove(opening if opening.confidence < ending.confidence else ending)
    return kept
