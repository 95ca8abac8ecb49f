"""Which episodes the name of a file tells. Own patterns first; parsett reads what they do not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import PurePosixPath
from typing import Any

_STRICT = (
    re.compile(r"(?i)s(\d{1,2})[ ._-]*e(\d{1,4})((?:[ ._-]*e\d{1,4}|-\d{1,3}(?![\dp]))*)"),
    re.compile(r"(?i)(?<![\d])(\d{1,2})x(\d{1,3})(?!\d)((?:-\d{1,2}x\d{1,3})*)"),
    re.compile(r"(?i)season[ ._-]*(\d{1,2})[ ._/\-]+episode[ ._-]*(\d{1,4})()"),
)
_MORE = re.compile(r"(?i)(-?)(?:\d{1,2}x|[ ._-]*e|)(\d{1,4})$")
_LOOSE = (
    re.compile(r"(?i)(?:^|[ ._\-\[(])(?:e|ep|episode)[ ._-]*(\d{1,4})(?!\d)"),
    re.compile(r" - (\d{1,4})(?:v\d)?(?=[ .\[(]|$)"),
    re.compile(r"^(?:\[[^\]]*\][ ._]*)?(\d{1,3})(?=[ ._\-]|$)"),
    re.compile(r"[ ._](\d{2,3})(?:v\d)?(?=[ ._]*(?:\[|\(|$))"),
)
_SEASON_FOLDER = re.compile(r"(?i)(?:season|s)[ ._-]*(\d{1,2})(?:[ ._/\-]|$)")
_HINT = re.compile(r"(?i)s(\d{1,3})[ ._-]*e(\d{1,4})|e?(\d{1,4})")
_LONGEST_RUN = 30


@dataclass(frozen=True, slots=True)
class Told:
    """What a name tells: the season (None if unsaid) and its episodes, in order."""

    season: int | None
    episodes: tuple[int, ...]

    def fits(self, season: int | None, episode: int) -> bool:
        """Whether it can be that episode; an unsaid season fits any."""
        same = season is None or self.season is None or self.season == season
        return same and episode in self.episodes


def parse_hint(hint: str) -> tuple[int | None, int] | None:
    """Return season (None if unsaid) and episode of `S01E02`, `E02` or `2`."""
    match = _HINT.fullmatch(hint.strip())
    if match is None:
        return None
    season, episode, alone = match.groups()
    return (None, int(alone)) if alone else (int(season), int(episode))


def told_by(path: str) -> Told | None:
    """Return what a path tells, None for nothing. The first folder is the pack's own name."""
    inner = path.partition("/")[2] or path
    for pattern in _STRICT:
        found = list(pattern.finditer(inner))
        if found:
            season, first, rest = found[-1].groups()
            return Told(int(season), _run(int(first), rest))
    stem = PurePosixPath(path).stem
    for pattern in _LOOSE:
        match = pattern.search(stem)
        if match:
            return Told(_folder_season(path), (int(match[1]),))
    return _parsett(path)


def season_of_pack(name: str) -> int | None:
    """Return the one season that a pack's own name tells."""
    facts = facts_of(name)
    seasons = facts.get("seasons") or []
    return int(seasons[0]) if len(seasons) == 1 else None


def _run(first: int, rest: str) -> tuple[int, ...]:
    """Return the episodes of `E01E02` or `E01-E03`."""
    more = _MORE.search(rest) if rest else None
    if more is None:
        return (first,)
    last = int(more[2])
    if not first < last <= first + _LONGEST_RUN:
        return (first,)
    return tuple(range(first, last + 1))


def _folder_season(path: str) -> int | None:
    folder = _SEASON_FOLDER.search(str(PurePosixPath(path).parent) + "/")
    return int(folder[1]) if folder else None


def _parsett(path: str) -> Told | None:
    facts = facts_of(PurePosixPath(path).name)
    episodes = tuple(int(number) for number in facts.get("episodes") or ())
    if not episodes:
        return None
    seasons = facts.get("seasons") or []
    season = int(seasons[0]) if len(seasons) == 1 else _folder_season(path)
    return Told(season, episodes)


@cache
def facts_of(name: str) -> dict[str, Any]:
    """Return what parsett reads of a release name."""
    import PTT  # noqa: PLC0415  (100 ms, and most names need none of it)

    facts: dict[str, Any] = PTT.parse_title(name)
    return facts
