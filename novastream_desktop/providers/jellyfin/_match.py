"""Which of a server's titles is meant, for titles that other catalogues describe."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from novastream_desktop.models import Content, ContentType, Episode
from novastream_desktop.providers.jellyfin._parse import ID, PREFIX, Item, number_of

_KINDS: dict[ContentType, tuple[str, ...]] = {
    ContentType.MOVIE: ("movie",),
    ContentType.SERIES: ("series",),
    ContentType.ANIME: ("series", "movie"),
}


@dataclass(frozen=True, slots=True)
class Library:
    """A server's films and series by what they go by."""

    ids: Mapping[str, str] = field(default_factory=dict)

    def find(self, content: Content) -> str | None:
        """Return the id of the same work: by catalogue numbers, then by title and year.

        A title without a year is no match: a wrong film is worse than none.
        """
        return next((self.ids[key] for key in _keys_of(content) if key in self.ids), None)


def library(items: Iterable[Item]) -> Library:
    """Return the index of a server's titles; the first of two that are alike counts."""
    ids: dict[str, str] = {}
    for item in items:
        kind = item.type.lower()
        if kind not in {"movie", "series"}:
            continue
        for name in ("tmdb", "imdb", "anilist"):
            if value := item.provider_ids.get(name, ""):
                ids.setdefault(f"{kind}:{name}:{value.lower()}", item.id)
        for title in (item.name, item.original_title):
            if item.production_year and (folded := fold(title)):
                ids.setdefault(f"{kind}:title:{folded}:{item.production_year}", item.id)
    return Library(ids)


def own_id(content: Content) -> str | None:
    """Return the server's id of a title that the server itself gave out."""
    names = (content.id, *content.aliases)
    own = (one.removeprefix(PREFIX) for one in names if one.startswith(PREFIX))
    return next((one for one in own if ID.fullmatch(one)), None)


def pick_episode(items: Iterable[Item], episode: Episode) -> str | None:
    """Return the id of the wanted episode among those of a series.

    A file may hold several episodes.
    """
    listed = [item for item in items if item.type.lower() == "episode"]
    own = episode.id.removeprefix(PREFIX).replace("-", "").lower()
    if episode.id.startswith(PREFIX) and any(item.id == own for item in listed):
        return own
    for item in listed:
        first, season = item.index_number, item.parent_index_number
        if first is None or (1 if season is None else season) != episode.season:
            continue
        if first <= episode.episode_number <= max(first, item.index_number_end or first):
            return item.id
    return None


def fold(title: str) -> str:
    """Return a title without case, accents, punctuation and spaces."""
    plain = unicodedata.normalize("NFKD", title.casefold())
    return "".join(c for c in plain if c.isalnum())


def _keys_of(content: Content) -> Iterable[str]:
    kinds = _KINDS[content.type]
    for kind in kinds:
        if content.tmdb_id and number_of(str(content.tmdb_id)):
            yield f"{kind}:tmdb:{content.tmdb_id}"
        if content.imdb_id:
            yield f"{kind}:imdb:{content.imdb_id.lower()}"
        if content.anilist_id:
            yield f"{kind}:anilist:{content.anilist_id}"
    for kind in kinds:
        for title in (content.title, content.original_title or ""):
            if content.year and (folded := fold(title)):
                yield f"{kind}:title:{folded}:{content.year}"
