"""What a file's name and folders tell. Pure.

What a name alone tells is in `_facts`; what only its folders tell is decided here: a number at
the beginning is an episode only where the folders say that it is a series.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from novastream_desktop.providers._likeness import plain_title
from novastream_desktop.providers.local._facts import END_OF_NAME, Facts, facts_of, plain

_SEASON_FOLDER = re.compile(
    r"(?:season|series|staffel|saison|temporada|stagione|сезон|s)[ ._-]*(\d{1,3})\b.*"
    r"|第(\d{1,3})[季期]|(specials?)",
    re.IGNORECASE,
)
_LEADING = re.compile(r"(\d{1,4})(?:v\d)?(?:\s*[-\u2013._)\]]\s*(?P<name>.*)|$)")
_LEADING_LOOSE = re.compile(r"(\d{1,3})\b[\s._-]*(?P<name>.*)")
_SPOKEN = re.compile(r"(?P<title>.*?)[\s._-]*第\s*(\d{1,4})\s*[話话集回](?P<name>.*)")
_TAG = re.compile(
    r"(?:s\d{1,3}[ ._-]?e\d{1,4}(?:[ ._-]?e\d{1,4}|-\d{1,3}\b)*|\d{1,2}x\d{1,3}"
    r"|(?:ep?|episode)[ ._]?\d{1,4}|(?<=- )\d{1,4}(?:v\d)?(?=$|[\s\[(._-]))",
    re.IGNORECASE,
)
_ODD_EPISODE = 1900


@dataclass(frozen=True, slots=True)
class Named:
    """What a video file is.

    Attributes:
        title: of the film or the series.
        season: None for a film.
        numbers: its episodes, empty for a film.
        name: the episode's own title, '' if the name has none.
        height: lines, if the name tells.
        series_parts: the folder of its series, () if that is the folder in Settings itself.
    """

    title: str
    year: int | None = None
    season: int | None = None
    numbers: tuple[int, ...] = ()
    name: str = ""
    height: int | None = None
    series_parts: tuple[str, ...] = ()

    @property
    def is_episode(self) -> bool:
        """Whether it belongs to a series."""
        return bool(self.numbers)


def read_name(parts: tuple[str, ...], root_name: str) -> Named:
    """Return what a path below a folder says.

    Args:
        parts: folders and the file's name.
        root_name: the folder in Settings, which may be a series' own.
    """
    folders, stem = parts[:-1], parts[-1].rpartition(".")[0] or parts[-1]
    facts = facts_of(stem)
    season, above = _season_folder(folders, root_name)
    series = facts_of(above[-1] if above else root_name) if season is not None or folders else None
    numbers, name = _episode(stem, facts, season, in_folder=bool(folders))
    if not numbers:
        return _film(stem, facts, folders)
    own = facts.title if _TAG.search(stem) or facts.seasons else ""
    spoken = _SPOKEN.match(stem)
    if spoken:
        own = spoken.group("title").strip(" ._-")
    title = own.strip() or (series.title if series else "") or plain(stem)
    number = season if season is not None else facts.seasons[0] if facts.seasons else 1
    return Named(
        title=title,
        year=facts.year or (series.year if series else None),
        season=number,
        numbers=numbers,
        name=name,
        height=facts.height,
        series_parts=above,
    )


def release_name(named: Named, file_name: str) -> str:
    """Return a name that tells by itself what the file is: its own, or one with its folders'.

    `02 - High Tide.mkv` in `Paper Moons/Season 1` is `Paper Moons S01E02 High Tide.mkv`.
    """
    stem, dot, suffix = file_name.rpartition(".")
    stem = stem or file_name
    if plain_title(named.title) in plain_title(stem) and (not named.numbers or _TAG.search(stem)):
        return file_name
    if not named.numbers:
        year = f" ({named.year})" if named.year else ""
        return f"{named.title}{year} - {file_name}"
    numbers = "".join(f"E{number:02}" for number in named.numbers)
    name = f" {named.name}" if named.name else ""
    height = f" {named.height}p" if named.height else ""
    return f"{named.title} S{named.season or 0:02}{numbers}{name}{height}{dot}{suffix}"


def _film(stem: str, facts: Facts, folders: tuple[str, ...]) -> Named:
    title, year = facts.title, facts.year
    if not title:  # `2012.mkv`: the year is the title
        title, year = plain(stem), None
    if year is None and folders:  # `Paper Boat (2024)/film.mkv`
        above = facts_of(folders[-1])
        if above.year is not None and above.title:
            title, year = above.title, above.year
    return Named(title, year, height=facts.height)


def _season_folder(folders: tuple[str, ...], root_name: str) -> tuple[int | None, tuple[str, ...]]:
    """Return the season that the nearest folder names, and the folders of the series."""
    name = folders[-1] if folders else root_name
    match = _SEASON_FOLDER.fullmatch(name.strip())
    if match is None:
        return None, folders
    season = 0 if match.group(3) else int(match.group(1) or match.group(2))
    return season, folders[:-1]


def _episode(
    stem: str, facts: Facts, season: int | None, *, in_folder: bool
) -> tuple[tuple[int, ...], str]:
    """Return the numbers that a name gives, and the episode's own title."""
    spoken = _SPOKEN.match(stem)
    if spoken:
        return (int(spoken.group(2)),), _own_name(spoken.group("name"))
    leading = _LEADING.fullmatch(stem)
    tag = _TAG.search(stem)
    if tag and facts.episodes and (facts.seasons or tag.start() > 0 or season is not None):
        return facts.episodes, _own_name(stem[tag.end() :])
    if leading and (season is not None or (in_folder and leading.group("name"))):
        number = int(leading.group(1))
        if season is not None or number < _ODD_EPISODE:
            return (number,), _own_name(leading.group("name") or "")
    if season is not None and (loose := _LEADING_LOOSE.match(stem)):
        return (int(loose.group(1)),), _own_name(loose.group("name"))
    return (), ""


def _own_name(rest: str) -> str:
    end = END_OF_NAME.search(rest)
    name = plain(rest[: end.start()] if end else rest)
    return name if re.search(r"\w", name) else ""
