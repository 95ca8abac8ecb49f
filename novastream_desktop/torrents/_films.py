"""Which files of a pack carry a film's name. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from novastream_desktop.torrents._episodes import facts_of
from novastream_desktop.torrents.base import TorrentFile

_HINT = re.compile(r"(?i)film (?P<title>.+?)(?: (?P<year>(?:18|19|20)\d\d))?")


@dataclass(frozen=True, slots=True)
class Film:
    """What a hint such as `film Sintel 2010` says. `year` is 0 if it is unsaid."""

    title: str
    year: int = 0

    @property
    def spoken(self) -> str:
        """As people write it."""
        return f"{self.title} ({self.year})" if self.year else self.title


def parse_film(hint: str) -> Film | None:
    """Return the film of a hint, None for any other hint."""
    match = _HINT.fullmatch(hint.strip())
    if match is None:
        return None
    return Film(match["title"], int(match["year"] or 0))


def films_of(pool: Sequence[TorrentFile], film: Film) -> list[TorrentFile]:
    """Return the files that are called like the film: exactly if any are, else among others."""
    wanted = _words(film.title)
    if not wanted:
        return []
    named = [file for file in pool if any(_is_called(n, wanted, film) for n in _names(file.path))]
    if named:
        return named
    return [file for file in pool if set(wanted) <= set(_words(file.path))]


def _names(path: str) -> tuple[str, ...]:
    """Return what may carry the title: the file's name, and its folder's inside the pack."""
    inner = PurePosixPath(path.partition("/")[2] or path)
    return (inner.stem, *(part for part in inner.parent.parts[-1:]))


def _is_called(name: str, wanted: Sequence[str], film: Film) -> bool:
    facts = facts_of(name)
    year = facts.get("year")
    other = film.year and year and abs(int(year) - film.year) > 1
    return _words(str(facts.get("title") or "")) == tuple(wanted) and not other


def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[^\W_]+", text.casefold()))
