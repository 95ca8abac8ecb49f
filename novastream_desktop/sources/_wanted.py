"""What is looked for, and what the person and this machine can take."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from novastream_desktop.models import ContentType
from novastream_desktop.providers.base import WatchRequest
from novastream_desktop.settings import Ability, SourcesSettings

_ANY_HEIGHT = 4320
_TYPICAL_RUNTIME = {ContentType.MOVIE: None, ContentType.SERIES: None, ContentType.ANIME: 1440.0}
_APART = re.compile(r"[^\w]+|_+")
_ARTICLES = frozenset({"the", "a", "an"})
_SAID_NUMBERS = {
    "ii": "2",
    "iii": "3",
    "iv": "4",
    "v": "5",
    "vi": "6",
    "vii": "7",
    "viii": "8",
    "ix": "9",
    "one": "1",
    "two": "2",
    "three": "3",
    "four": "4",
    "five": "5",
    "six": "6",
}


class Abilities(NamedTuple):
    """What this machine plays without dropping frames: the most lines by codec, and HDR."""

    hevc: int = _ANY_HEIGHT
    av1: int = _ANY_HEIGHT
    hdr: bool = True


class Wanted(NamedTuple):
    """One request in the words of release names.

    Attributes:
        titles: every known name, as `plain` makes it.
        numbers: by which a series' episode may go (season's, absolute, MyAnimeList's).
        runtime: seconds.
    """

    titles: tuple[str, ...] = ()
    kind: ContentType | None = None
    year: int | None = None
    season: int | None = None
    numbers: frozenset[int] = frozenset()
    runtime: float | None = None
    max_height: int = 0
    max_gb_per_hour: float = 0.0
    languages: tuple[str, ...] = ()
    abilities: Abilities = Abilities()


ANYTHING = Wanted()


def wanted_of(request: WatchRequest, settings: SourcesSettings) -> Wanted:
    """Return what a request looks for under a person's settings."""
    content, episode = request.content, request.episode
    numbers: set[int] = set()
    if episode is not None:
        given = (episode.episode_number, episode.absolute_number, episode.mal_episode)
        numbers = {int(number) for number in given if number is not None and number == int(number)}
    names = (content.title, content.original_title or "")
    runtime = (episode.runtime if episode else None) or content.runtime
    return Wanted(
        titles=tuple(dict.fromkeys(name for name in map(plain, names) if name)),
        kind=content.type,
        year=content.year,
        season=episode.season if episode else None,
        numbers=frozenset(numbers),
        runtime=runtime or _TYPICAL_RUNTIME[content.type],
        max_height=settings.max_height,
        max_gb_per_hour=settings.max_gb_per_hour,
        languages=tuple(language.lower() for language in settings.languages),
        abilities=abilities(settings, *this_machine()),
    )


def abilities(settings: SourcesSettings, cores: int, graphics: bool) -> Abilities:
    """Return what a machine can take.

    The guesses are for a machine without a graphics decoder: software decodes 1080p HEVC on two
    cores and 2160p on eight, AV1 (dav1d) needs about twice as much, and HDR needs a GPU to be
    mapped to an ordinary screen at 2160p.

    Args:
        settings: yes and no count more than the guess.
        cores: of the processor.
        graphics: whether there is a GPU that is no software.
    """
    hevc = 2160 if graphics or cores >= 8 else 1080 if cores >= 2 else 720  # noqa: PLR2004
    av1 = 2160 if cores >= 8 or (graphics and cores >= 4) else 1080 if cores >= 4 else 720  # noqa: PLR2004
    return Abilities(
        hevc=_lines(settings.hevc, hevc),
        av1=_lines(settings.av1, av1),
        hdr=graphics if settings.hdr is Ability.AUTO else settings.hdr is Ability.YES,
    )


@cache
def this_machine() -> tuple[int, bool]:
    """Return the processor's cores and whether there is a GPU."""
    graphics = any(Path("/dev/dri").glob("renderD*")) if os.name == "posix" else True
    return os.cpu_count() or 1, graphics or os.uname().sysname == "Darwin"


def plain(title: str) -> str:
    """Return a title for comparing: no accents, case, punctuation, articles in front.

    Numbers that are words or Roman become digits, so that `Part II` is `part 2`.
    """
    spread = unicodedata.normalize("NFKD", title.replace("&", " and ")).casefold()
    kept = "".join(letter for letter in spread if not unicodedata.combining(letter))
    words = [_SAID_NUMBERS.get(word, word) for word in _APART.split(kept) if word]
    if len(words) > 1 and words[0] in _ARTICLES:
        words = words[1:]
    return unicodedata.normalize("NFC", " ".join(words))


def scripts(text: Iterable[str]) -> frozenset[str]:
    """Return the scripts of a text's letters: LATIN, CYRILLIC, CJK, ..."""
    return frozenset(_script(letter) for letter in set(text) if letter.isalpha())


@cache
def _script(letter: str) -> str:
    return "LATIN" if letter.isascii() else unicodedata.name(letter, "OTHER").partition(" ")[0]


def _lines(ability: Ability, guess: int) -> int:
    return {Ability.AUTO: guess, Ability.YES: _ANY_HEIGHT, Ability.NO: 0}[ability]
