"""Titles, their episodes, and the rows of the home page."""

from __future__ import annotations

import re
from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator, Field

from novastream_desktop.errors import InvalidInput
from novastream_desktop.models._base import Model


class ContentType(StrEnum):
    """What kind of title it is."""

    MOVIE = "movie"
    SERIES = "series"
    ANIME = "anime"


_CONTENT_ID = re.compile(
    r"tmdb:(?:movie|tv):\d+|anilist:\d+|ia:[\w.-]+|peertube:[\w.:-]+:[\w-]+|mirror:[^:]+:.+"
    r"|nova:[\w.-]+|jellyfin:[\w-]+|stremio:[^:]+:.+|magnet:[0-9a-fA-F]{40,64}|file:[0-9a-f]{40}"
)


def check_content_id(text: str) -> str:
    """Return a well-formed content id unchanged.

    Raises:
        InvalidInput: it has none of the forms that NovaStream knows.
    """
    if _CONTENT_ID.fullmatch(text):
        return text
    raise InvalidInput(
        f"{text!r} is not a content id",
        why="an id looks like nova:SLUG, tmdb:movie:603, tmdb:tv:1399 or anilist:154587",
        hint="Copy one from `novastream-desktop trending`",
    )


class Content(Model):
    """A film, series or anime, as rows and title pages show it.

    Attributes:
        id: `tmdb:movie:603`, `anilist:154587`, `nova:SLUG`, ... (see `check_content_id`).
        rating: 0 to 10.
        runtime: seconds, of the film or of one episode.
        origin: the provider that described it.
        aliases: other content ids of the same work.
        programme_note: what a curated list says about it.
        credit: whose it is and under which licence, in one line.
    """

    id: str
    title: str
    type: ContentType
    backdrop_url: str = ""
    poster_url: str = ""
    genres: tuple[str, ...] = ()
    year: int | None = None
    tmdb_id: int | None = None
    imdb_id: str | None = None
    mal_id: int | None = None
    anilist_id: int | None = None
    overview: str | None = None
    rating: float | None = None
    runtime: float | None = None
    original_title: str | None = None
    collections: tuple[str, ...] = ()
    origin: str = ""
    aliases: tuple[str, ...] = ()
    programme_note: str | None = None
    credit: str | None = None


def _whole(number: object) -> object:
    return int(number) if isinstance(number, float) and number.is_integer() else number


EpisodeNumber = Annotated[int | float, BeforeValidator(_whole)]
"""Whole numbers stay whole on the wire; 6.5 exists too."""


class Episode(Model):
    """One episode. `season` and `episode_number` count from 1; season 0 holds specials.

    `content_id` is the catalogue entry that it belongs to, which may be a sequel's of the title
    in whose watch order it stands. `filler`, `recap`: known to be one; `mark_confidence`: how
    certain that is, 0 to 1, where it is not certain.
    """

    id: str
    content_id: str
    season: int = 1
    episode_number: EpisodeNumber
    title: str = ""
    thumbnail_url: str | None = None
    overview: str | None = None
    air_date: str | None = None
    runtime: float | None = None
    absolute_number: int | None = None
    mal_id: int | None = None
    mal_episode: EpisodeNumber | None = None
    filler: bool = False
    recap: bool = False
    mark_confidence: float | None = None


class TitleDetails(Model):
    """A title with its episodes in watching order (none for a film)."""

    content: Content
    episodes: tuple[Episode, ...] = ()


class Row(Model):
    """A titled list on the home page.

    Attributes:
        origin: the provider or service that filled it.
        stale: it is the last good answer, not today's.
        fetched_at: when it was answered.
        problem: one sentence on why it could not be refreshed, else None.
    """

    id: str
    title: str
    origin: str = ""
    stale: bool = False
    items: tuple[Content, ...] = ()
    fetched_at: datetime | None = None
    problem: str | None = None


class HomeRows(Model):
    """The body of `GET /api/content/trending` and of the rows kept on disk."""

    rows: tuple[Row, ...] = ()
    generated_at: datetime = Field()
