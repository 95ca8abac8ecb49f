"""Whether a release is what was asked for; what speaks against it, with the words for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from rapidfuzz import fuzz

from novastream_desktop.models import ContentType
from novastream_desktop.sources._release import Release
from novastream_desktop.sources._wanted import Wanted, plain, scripts

SAME_TITLE = 85.0
LIKE_TITLE = 62.0
"""Of 100, as rapidfuzz counts likeness: under the first it may be another title, under the second
it is one."""

_LEAST_BITS = ((2160, 900_000.0), (1080, 250_000.0), (720, 120_000.0), (0, 40_000.0))
_MOST_BITS = 200_000_000.0
_NUMBER = re.compile(r"\d+")
_INSIDE = 80.0  # of 100, for a title that holds the other one whole

Flaw = tuple[str, str]
"""A name in the table of weights, and the words for it."""


def flaws(release: Release, wanted: Wanted) -> Iterator[Flaw]:
    """Yield what is wrong with a release as an answer to a request."""
    if release.no_video:
        yield ("no video", "it is no video file")
    if wanted.kind is None:
        return
    yield from _title(release, wanted)
    yield from _year(release, wanted)
    if wanted.kind is ContentType.MOVIE:
        if release.seasons:
            yield ("wrong episode", "it is a series, not the film")
    else:
        yield from _episode(release, wanted)


def size_flaw(bitrate: float | None, height: int | None) -> Flaw | None:
    """Return what is wrong with a size for its picture and the title's length, else None."""
    if not bitrate:
        return None
    least = next(bits for lines, bits in _LEAST_BITS if (height or 0) >= lines)
    if bitrate < least:
        return ("impossible size", f"too small to be {height}p" if height else "too small")
    if bitrate > _MOST_BITS:
        return ("impossible size", "too large for its length")
    return None


@lru_cache(4096)
def likeness(title: str, titles: tuple[str, ...]) -> float | None:
    """Return 0 to 100 for how a plain title resembles the nearest of others.

    None where they cannot be compared, as a name in another script.
    """
    if not title or not titles or not any(scripts(title) & scripts(other) for other in titles):
        return None
    return max(_alike(title, other) for other in titles)


def _alike(one: str, other: str) -> float:
    if one == other:
        return 100.0
    sorted_words = fuzz.token_sort_ratio(one, other)
    shorter = min(one, other, key=len)
    if " " in shorter and fuzz.token_set_ratio(one, other) == 100.0:  # noqa: PLR2004
        return max(sorted_words, _INSIDE)
    return sorted_words


@lru_cache(4096)
def _plain(title: str) -> str:
    return plain(title)


def _title(release: Release, wanted: Wanted) -> Iterator[Flaw]:
    title = _plain(release.title)
    alike = likeness(title, wanted.titles)
    if alike is None:
        return
    anime = wanted.kind is ContentType.ANIME  # has as many names as languages
    if alike < LIKE_TITLE:
        yield ("other name" if anime else "wrong title", f"named {release.title[:40]}")
    elif wanted.kind is ContentType.MOVIE and not any(
        set(_NUMBER.findall(title)) == set(_NUMBER.findall(other)) for other in wanted.titles
    ):
        yield ("wrong title", f"another part: {release.title[:40]}")
    elif alike < SAME_TITLE:
        yield ("other name", f"named {release.title[:40]}")


def _year(release: Release, wanted: Wanted) -> Iterator[Flaw]:
    told, year = release.year, wanted.year
    if told is None or year is None:
        return
    movie = wanted.kind is ContentType.MOVIE
    if (abs(told - year) <= 1 if movie else told >= year - 1) or any(
        str(told) in title for title in wanted.titles
    ):
        return
    yield ("wrong year", f"of {told}, not {year}" if movie else f"of {told}, before it began")


def _episode(release: Release, wanted: Wanted) -> Iterator[Flaw]:
    if wanted.season is None:
        return
    anime = wanted.kind is ContentType.ANIME
    if release.seasons and wanted.season not in release.seasons:
        by_number = bool(wanted.numbers & set(release.episodes))
        if not anime:
            yield ("wrong episode", f"season {_listed(release.seasons)}, not {wanted.season}")
            return
        if not by_number:
            yield ("other season", f"season {_listed(release.seasons)}")
    if release.episodes and wanted.numbers and not wanted.numbers & set(release.episodes):
        asked = _listed(tuple(sorted(wanted.numbers)))
        yield ("wrong episode", f"episode {_listed(release.episodes)}, not {asked}")
    elif not release.episodes and not release.seasons and not release.complete:
        yield ("no episode", "names no episode")


def _listed(numbers: tuple[int, ...]) -> str:
    if len(numbers) > 2:  # noqa: PLR2004  (a range says it shorter)
        return f"{numbers[0]} to {numbers[-1]}"
    return " or ".join(map(str, numbers))
