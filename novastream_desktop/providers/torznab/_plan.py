"""Which searches to try for what is to be watched, the best first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from novastream_desktop.models import Content, ContentType, Episode
from novastream_desktop.providers.base import WatchRequest
from novastream_desktop.providers.torznab._parse import Caps

MOVIES, TV, ANIME = 2000, 5000, 5070
_IMDB = re.compile(r"tt\d{5,12}")
_NOISE = re.compile(r"[^\w\s'-]+")


@dataclass(frozen=True, slots=True)
class Search:
    """One question: `t` and its parameters, as they are sent."""

    kind: str
    params: Mapping[str, str]


def searches(caps: Caps, request: WatchRequest) -> tuple[Search, ...]:
    """Return the searches that an indexer can do for this: by id first, then by words.

    A later one is for when those before it found nothing.
    """
    content, episode = request.content, request.episode
    if episode is None:
        found = _of_film(caps, content)
    elif content.type is ContentType.ANIME:
        found = _of_anime(caps, content, episode)
    else:
        found = _of_episode(caps, content, episode)
    extra = _common(caps, _categories(caps, request))
    each = {(one.kind, *sorted(one.params.items())): one for one in found}
    return tuple(Search(one.kind, {**one.params, **extra}) for one in each.values())


def _of_film(caps: Caps, content: Content) -> Iterator[Search]:
    movie = caps.searches.get("movie")
    if movie is not None and (ids := _ids(movie, content)):
        yield Search("movie", ids)
    for title in _titles(content):
        words = f"{title} {content.year}" if content.year else title
        if movie is not None and "year" in movie and content.year:
            yield Search("movie", {"q": title, "year": str(content.year)})
        elif movie is not None:
            yield Search("movie", {"q": words})
        elif "search" in caps.searches:
            yield Search("search", {"q": words})


def _of_episode(caps: Caps, content: Content, episode: Episode) -> Iterator[Search]:
    tv = caps.searches.get("tvsearch")
    season, number = str(episode.season), f"{episode.episode_number:g}"
    numbered = tv is not None and {"season", "ep"} <= tv
    if tv is not None and numbered and (ids := _ids(tv, content)):
        yield Search("tvsearch", {**ids, "season": season, "ep": number})
    for title in _titles(content):
        words = f"{title} S{episode.season:02d}E{_padded(episode.episode_number)}"
        if numbered:
            yield Search("tvsearch", {"q": title, "season": season, "ep": number})
        elif tv is not None:
            yield Search("tvsearch", {"q": words})
        elif "search" in caps.searches:
            yield Search("search", {"q": words})
    if tv is not None and numbered:  # at last whole seasons, which hold the episode too
        named = [_ids(tv, content), *({"q": title} for title in _titles(content))]
        yield from (Search("tvsearch", {**one, "season": season}) for one in named[:2] if one)


def _of_anime(caps: Caps, content: Content, episode: Episode) -> Iterator[Search]:
    """Anime releases count the episodes of one title through; broadcasters' ones by season."""
    number = episode.absolute_number or episode.episode_number
    kind = "search" if "search" in caps.searches else "tvsearch"
    if kind in caps.searches and (episode.season == 1 or episode.absolute_number):
        for title in _titles(content):
            yield Search(kind, {"q": f"{title} {_padded(number)}"})
    yield from _of_episode(caps, content, episode)


def _ids(supported: frozenset[str], content: Content) -> dict[str, str]:
    if "imdbid" in supported and content.imdb_id and _IMDB.fullmatch(content.imdb_id):
        return {"imdbid": content.imdb_id}
    if "tmdbid" in supported and content.tmdb_id:
        return {"tmdbid": str(content.tmdb_id)}
    return {}


def _titles(content: Content) -> Iterator[str]:
    for title in dict.fromkeys((content.title, content.original_title or "")):
        words = " ".join(_NOISE.sub(" ", title).split())
        if words:
            yield words[:200]


def _padded(number: float) -> str:
    return f"{number:02d}" if isinstance(number, int) else f"{number:04.1f}"


def _categories(caps: Caps, request: WatchRequest) -> list[int]:
    anime = request.content.type is ContentType.ANIME
    if request.episode is None:
        wanted = [MOVIES, ANIME] if anime else [MOVIES]
    else:
        wanted = [ANIME] if anime and ANIME in caps.categories else [TV]
    return [number for number in wanted if number in caps.categories]


def _common(caps: Caps, categories: list[int]) -> dict[str, str]:
    found = {"limit": str(min(caps.limit or 100, 200)), "extended": "1"}
    if categories:
        found["cat"] = ",".join(map(str, categories))
    return found
