"""TMDB's answers (v3) as our models. Nothing here does I/O."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from novastream_desktop.models import Content, ContentType, Episode
from novastream_desktop.providers._wire import Count, Seconds, Wire, each, read

WHO = "TMDB"
A24 = 41077
ANIME = 210024
ANIMATION = 16

Kind = Literal["movie", "tv"]
_YEAR = re.compile(r"(\d{4})-")
_PATH = re.compile(r"/[\w.-]+")


class Named(Wire):
    """`{id, name}`: a genre, keyword or company."""

    id: Count
    name: str = ""


class Title(Wire):
    """A film or series in a list; `title` and `name` are of films and series."""

    id: Annotated[Count, Field(ge=1)]
    title: str = ""
    name: str = ""
    original_title: str = ""
    original_name: str = ""
    original_language: str = ""
    overview: str = ""
    poster_path: str = ""
    backdrop_path: str = ""
    genre_ids: Annotated[tuple[int, ...], each(Count)] = ()
    vote_average: Annotated[float, Field(ge=0, le=10)] = 0.0
    release_date: str = ""
    first_air_date: str = ""
    origin_country: Annotated[tuple[str, ...], each(str)] = ()
    adult: bool = False
    media_type: str = ""


class Page(Wire):
    """A page of a list."""

    results: Annotated[tuple[Title, ...], each(Title, needed=True)]


class Genres(Wire):
    """`/genre/{kind}/list`."""

    genres: Annotated[tuple[Named, ...], each(Named, needed=True)]


class Keywords(Wire):
    """Keywords; films list them under `keywords`, series under `results`."""

    keywords: Annotated[tuple[Named, ...], each(Named)] = ()
    results: Annotated[tuple[Named, ...], each(Named)] = ()


class ExternalIds(Wire):
    """Ids elsewhere."""

    imdb_id: str | None = None


class Season(Wire):
    """A season in a series' details."""

    season_number: Annotated[int, Field(ge=0, lt=10_000)]


class Details(Title):
    """`/movie/{id}` and `/tv/{id}` with `external_ids,keywords` appended."""

    genres: Annotated[tuple[Named, ...], each(Named)] = ()
    imdb_id: str | None = None
    runtime: Count | None = None
    episode_run_time: Annotated[tuple[int, ...], each(Count)] = ()
    production_companies: Annotated[tuple[Named, ...], each(Named)] = ()
    seasons: Annotated[tuple[Season, ...], each(Season)] = ()
    external_ids: ExternalIds = ExternalIds()
    keywords: Keywords = Keywords()


class WireEpisode(Wire):
    """An episode in a season's details."""

    episode_number: Annotated[int, Field(ge=0, lt=1_000_000)]
    season_number: Annotated[int, Field(ge=0, lt=10_000)] | None = None
    name: str = ""
    overview: str = ""
    air_date: str | None = None
    runtime: Seconds | None = None
    still_path: str = ""


class SeasonDetails(Wire):
    """`/tv/{id}/season/{n}`."""

    episodes: Annotated[tuple[WireEpisode, ...], each(WireEpisode, needed=True)]


@dataclass(frozen=True, slots=True)
class Images:
    """Where pictures are, such as `https://image.tmdb.org/t/p`."""

    base: str

    def url(self, size: str, path: str) -> str:
        """Return a picture's address, '' without one."""
        return f"{self.base.rstrip('/')}/{size}{path}" if _PATH.fullmatch(path) else ""


def parse_page(
    raw: bytes, images: Images, genres: Mapping[int, str], kind: Kind | None = None
) -> tuple[Content, ...]:
    """Return a list's films and series; people, adult titles and repeats are left out.

    Args:
        raw: the answer.
        images: where pictures are.
        genres: names by id.
        kind: what the list holds; None for mixed lists, which say it of each item.
    """
    found: dict[str, Content] = {}
    for title in read(Page, raw, WHO).results:
        its_kind = kind or title.media_type
        if title.adult or its_kind not in {"movie", "tv"} or not (title.title or title.name):
            continue
        names = tuple(genres[number] for number in title.genre_ids if number in genres)
        content = _content(title, "movie" if its_kind == "movie" else "tv", images, names)
        found.setdefault(content.id, content)
    return tuple(found.values())


def parse_genres(raw: bytes) -> dict[int, str]:
    """Return genre names by id."""
    return {genre.id: genre.name for genre in read(Genres, raw, WHO).genres if genre.name}


def parse_details(raw: bytes, kind: Kind, images: Images) -> tuple[Content, tuple[int, ...]]:
    """Return a title and the numbers of its seasons in watching order (specials last)."""
    details = read(Details, raw, WHO)
    names = tuple(genre.name for genre in details.genres if genre.name)
    content = _content(details, kind, images, names)
    minutes = details.runtime or next(iter(details.episode_run_time), 0)
    companies = {company.id for company in details.production_companies}
    words = {word.id for word in (*details.keywords.keywords, *details.keywords.results)}
    if kind == "tv" and ANIME in words:
        content = content.with_(type=ContentType.ANIME)
    content = content.with_(
        runtime=minutes * 60.0 if minutes else None,
        imdb_id=details.imdb_id or details.external_ids.imdb_id or None,
        collections=("a24",) if A24 in companies else (),
    )
    numbers = {season.season_number for season in details.seasons}
    return content, tuple(sorted(numbers, key=lambda number: (number == 0, number)))


def parse_season(raw: bytes, content_id: str, season: int, images: Images) -> tuple[Episode, ...]:
    """Return a season's episodes as TMDB numbers them (not always from 1, not always all)."""
    found = sorted(read(SeasonDetails, raw, WHO).episodes, key=lambda one: one.episode_number)
    return tuple(
        Episode(
            id=f"{content_id}:{season}:{one.episode_number}",
            content_id=content_id,
            season=season,
            episode_number=one.episode_number,
            title=one.name,
            thumbnail_url=images.url("w300", one.still_path) or None,
            overview=one.overview or None,
            air_date=one.air_date or None,
            runtime=one.runtime * 60 if one.runtime else None,
        )
        for one in found
    )


def _content(title: Title, kind: Kind, images: Images, genres: tuple[str, ...]) -> Content:
    name = title.title or title.name or title.original_title or title.original_name
    original = title.original_title or title.original_name
    date = _YEAR.match(title.release_date or title.first_air_date)
    return Content(
        id=f"tmdb:{kind}:{title.id}",
        title=name,
        type=ContentType.MOVIE if kind == "movie" else _series_type(title, genres),
        backdrop_url=images.url("w1280", title.backdrop_path),
        poster_url=images.url("w500", title.poster_path),
        genres=genres,
        year=int(date.group(1)) if date else None,
        tmdb_id=title.id,
        overview=title.overview or None,
        rating=title.vote_average or None,
        original_title=original if original and original != name else None,
        origin="tmdb",
    )


def _series_type(title: Title, genres: tuple[str, ...]) -> ContentType:
    animated = ANIMATION in title.genre_ids or "Animation" in genres
    japanese = title.original_language == "ja" or "JP" in title.origin_country
    return ContentType.ANIME if animated and japanese else ContentType.SERIES
