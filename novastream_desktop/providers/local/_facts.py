"""Title, year and numbers in one name. Pure.

parsett reads any name but takes 0.7 ms for it, and a library holds thousands: the usual shapes
(`Title (2024)`, `Title.2024.1080p...`, `Title.S01E02...`) are read here, the rest by parsett.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

END_OF_NAME = re.compile(
    r"[\[(]|\b(?:\d{3,4}[pi]|4k|uhd|web(?:-?dl|rip)?|blu-?ray|bdrip|brrip|dvd(?:rip)?|hdtv"
    r"|[xh][ .]?26[45]|hevc|av1|aac|proper|repack|multi|remux)\b",
    re.IGNORECASE,
)
_YEAR = r"(?:18[89]\d|19\d\d|20[0-3]\d)"
_A_YEAR = re.compile(rf"(?<!\d){_YEAR}(?![\dpi])")
_FILM = re.compile(rf"(?P<title>\w[^\[\]()]*?)[ ._-]+[(]?(?P<year>{_YEAR})[)]?(?=$|[ ._\[-])")
_EPISODE = re.compile(
    rf"(?P<title>\w[^\[\]()]*?)[ ._-]+(?:[(]?(?P<year>{_YEAR})[)]?[ ._-]+)?"
    r"(?:s(?P<season>\d{1,2})(?P<numbers>(?:e\d{1,4})+)|(?P<by>\d{1,2})x(?P<number>\d{2,3}))"
    r"(?=$|[ ._\[(])",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"s\d{1,3}\b|s\d+[ ._-]?e\d|\d+x\d|\be(?:p|pisode)?[ ._]?\d| - \d", re.IGNORECASE
)
_LINES = re.compile(r"(?<!\d)(2160|1440|1080|720|576|540|480|360)[pi]\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a name tells.

    Attributes:
        height: lines of the picture.
    """

    title: str = ""
    year: int | None = None
    seasons: tuple[int, ...] = ()
    episodes: tuple[int, ...] = ()
    height: int | None = None


def plain(text: str) -> str:
    """Return a name with its dots and underscores as spaces."""
    return " ".join(re.sub(r"[._]+", " ", text).split()).strip(" -\u2013") or text


@lru_cache(maxsize=32_768)
def facts_of(name: str) -> Facts:
    """Return what the name of a file (without its ending) or of a folder tells."""
    return usual(name) or by_parsett(name)


def usual(name: str) -> Facts | None:
    """Return what a name of a usual shape tells, None for any other."""
    lines = _LINES.search(name)
    height = int(lines.group(1)) if lines else None
    if episode := _EPISODE.match(name):
        season = episode.group("season") or episode.group("by")
        numbers = re.findall(r"\d+", episode.group("numbers") or episode.group("number"))
        return Facts(
            title=plain(episode.group("title")),
            year=int(episode.group("year")) if episode.group("year") else None,
            seasons=(int(season),),
            episodes=tuple(map(int, numbers)),
            height=height,
        )
    if _NUMBERED.search(name):
        return None
    film = _FILM.match(name)
    if film and len(_A_YEAR.findall(name)) == 1 and not END_OF_NAME.search(film.group("title")):
        return Facts(plain(film.group("title")), int(film.group("year")), height=height)
    if not re.search(r"[\d\[\]()._]", name) and not END_OF_NAME.search(name):
        return Facts(plain(name))
    return None


def by_parsett(name: str) -> Facts:
    """Return what parsett reads."""
    import PTT  # noqa: PLC0415  (100 ms, and only for who has folders)

    found: dict[str, Any] = PTT.parse_title(name)
    lines = re.match(r"(\d{3,4})p", str(found.get("resolution", "")))
    return Facts(
        title=str(found.get("title") or "").strip(),
        year=found.get("year") if isinstance(found.get("year"), int) else None,
        seasons=tuple(found.get("seasons") or ()),
        episodes=tuple(found.get("episodes") or ()),
        height=int(lines.group(1)) if lines else None,
    )
