"""Curated lists: files with films by title and year, matched with what the catalogues know.

A list is a TOML file, shipped under `resources/editorial/` or put by a person into the `lists`
folder of the configuration:

```toml
id = "a24"                  # also the collection that mirrors and catalogues may name
title = "A24"
[[film]]
title = "Moonlight"
year = 2016
note = "One sentence or two of your own."
tmdb_id = 376867            # optional; else title and year decide
```
"""

from __future__ import annotations

import logging
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from novastream_desktop.catalog._search import fold
from novastream_desktop.models import Content, ContentType

log = logging.getLogger(__name__)

_YEARS_APART = 1
"""Festival and cinema may lie a year apart."""
_BIGGEST = 4_000_000
"""Bytes; what lies behind is not read."""
_ARTICLE = re.compile(r"^(the|a|an) ")


class Listed(BaseModel):
    """A film of a list. `note`: a programme note in the list's own words."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    title: str = Field(min_length=1)
    year: int | None = None
    note: str = ""
    tmdb_id: int | None = None


class ListFile(BaseModel):
    """A list as its file has it."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")
    title: str = Field(min_length=1)
    about: str = ""
    film: tuple[Listed, ...] = ()


@dataclass(frozen=True, slots=True)
class EditorialList:
    """A row of every known title that belongs to a collection or is listed by name.

    Attributes:
        collection: as `Content.collections` has it.
        films: what is listed by name.
    """

    row_id: str
    title: str
    collection: str
    films: tuple[Listed, ...] = ()
    _places: Mapping[object, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        places: dict[object, int] = {}
        for at, film in enumerate(self.films):
            if film.tmdb_id is not None:
                places.setdefault(film.tmdb_id, at)
            places.setdefault((_name(film.title), film.year), at)
        object.__setattr__(self, "_places", places)

    def place_of(self, content: Content) -> int | None:
        """Return where a film stands in the list, None if it is not listed by name."""
        if content.type is not ContentType.MOVIE:
            return None
        if content.tmdb_id is not None and content.tmdb_id in self._places:
            return self._places[content.tmdb_id]
        for title in filter(None, (content.title, content.original_title)):
            for year in _years(content.year):
                found = self._places.get((_name(title), year))
                if found is not None:
                    return found
        return None

    def belongs(self, content: Content) -> bool:
        """Whether a title belongs to this list."""
        return self.collection in content.collections or self.place_of(content) is not None

    def note_on(self, content: Content) -> str:
        """Return the programme note on a title, empty if there is none."""
        place = self.place_of(content)
        return self.films[place].note if place is not None else ""


A24 = EditorialList("a24", "A24", "a24")


def marked(content: Content, lists: Iterable[EditorialList]) -> Content:
    """Return a title with the collections that it belongs to, and the note on it."""
    collections, note = list(content.collections), content.programme_note
    for wanted in lists:
        if wanted.belongs(content):
            collections.append(wanted.collection)
            note = note or wanted.note_on(content) or None
    found = tuple(dict.fromkeys(collections))
    if (found, note) == (content.collections, content.programme_note):
        return content
    return content.with_(collections=found, programme_note=note)


def in_order(wanted: EditorialList, items: Iterable[Content]) -> tuple[Content, ...]:
    """Return a list's titles: those that are listed by name first, as the list has them."""
    last = len(wanted.films)

    def place(content: Content) -> int:
        found = wanted.place_of(content)
        return last if found is None else found

    return tuple(sorted(items, key=place))


def load_lists(folders: Sequence[Path]) -> tuple[EditorialList, ...]:
    """Return the lists in some folders, read on this thread; a later file of an id replaces it.

    A file that cannot be read is logged and left out.
    """
    lists = {A24.row_id: A24}
    for folder in folders:
        for file in sorted(folder.glob("*.toml")) if folder.is_dir() else ():
            found = _load(file)
            if found is not None:
                lists[found.row_id] = found
    return tuple(lists.values())


def _load(file: Path) -> EditorialList | None:
    try:
        with file.open("rb") as opened:
            text = opened.read(_BIGGEST).decode()
        parsed = ListFile.model_validate(tomllib.loads(text))
    except (OSError, ValueError, ValidationError) as error:
        log.warning("The list %s is left out: %s", file, error)
        return None
    return EditorialList(parsed.id, parsed.title, parsed.id, parsed.film)


def _name(title: str) -> str:
    return _ARTICLE.sub("", fold(title.replace("&", " and ").replace("'", "")))


def _years(year: int | None) -> tuple[int | None, ...]:
    if year is None:
        return ()
    apart = range(1, _YEARS_APART + 1)
    return (year, *(year - n for n in apart), *(year + n for n in apart), None)
