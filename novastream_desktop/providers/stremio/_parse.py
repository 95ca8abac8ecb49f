"""Add-ons' titles and episodes as our models. Nothing here does I/O."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, ValidationError

from novastream_desktop.errors import NotFound
from novastream_desktop.models import Content, ContentType, Episode, SubtitleTrack, TitleDetails
from novastream_desktop.providers._wire import (
    CamelWire,
    Texts,
    WebUrl,
    bad_shape,
    each,
    read,
    what_is_wrong,
)

KINDS = {"movie": ContentType.MOVIE, "series": ContentType.SERIES, "anime": ContentType.ANIME}
PREFIX = "stremio:"
IMDB = re.compile(r"tt\d{5,12}")
_OF_ANIME = ("kitsu:", "mal:", "anilist:", "anidb:")
_YEAR = re.compile(r"(\d{4})")
_MINUTES = re.compile(r"(?:(\d+)\s*h\w*)?\s*(?:(\d+)(?:\s*m\w*)?)?\s*$", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,15}")
_FORMATS = frozenset({"vtt", "srt", "ass", "ssa"})
_MOST_SECONDS = 100_000


def _as_text(value: object) -> object:
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


#: A text that some add-ons send as a number.
Loose = Annotated[str, BeforeValidator(_as_text)]
Number = Annotated[int, Field(ge=0, lt=1_000_000)]


class Link(CamelWire):
    """A genre, a person or a page that a title names."""

    name: str = ""
    category: str = ""


class Video(CamelWire):
    """One of a series' videos."""

    id: Annotated[str, Field(min_length=1)]
    title: str = ""
    name: str = ""
    released: str = ""
    thumbnail: WebUrl = ""
    overview: str = ""
    description: str = ""
    season: Number | None = None
    episode: Number | None = None
    number: Number | None = None
    streams: Any = None


class Meta(CamelWire):
    """A title, in a list or with all that is known of it."""

    id: Annotated[str, Field(min_length=1)]
    type: str
    name: Annotated[str, Field(min_length=1)]
    poster: WebUrl = ""
    background: WebUrl = ""
    description: str = ""
    release_info: Loose = ""
    year: Loose = ""
    released: Loose = ""
    imdb_rating: Loose = ""
    runtime: Loose = ""
    genres: Texts = ()
    genre: Texts = ()
    links: Annotated[tuple[Link, ...], each(Link)] = ()
    imdb_id: str = Field(default="", alias="imdb_id")
    moviedb_id: Loose = Field(default="", alias="moviedb_id")
    videos: Annotated[tuple[Video, ...], each(Video)] = ()


def _no_list(value: object) -> object:
    return [] if value is None else value


class Metas(CamelWire):
    """`/catalog/...`."""

    metas: Annotated[tuple[Meta, ...], each(Meta, needed=True), BeforeValidator(_no_list)]


class OneMeta(CamelWire):
    """`/meta/...`."""

    meta: Any = None


class Subtitle(CamelWire):
    """One subtitle track."""

    url: Annotated[WebUrl, Field(min_length=1)]
    lang: str = ""
    id: Loose = ""


class Subtitles(CamelWire):
    """`/subtitles/...`."""

    subtitles: Annotated[
        tuple[Subtitle, ...], each(Subtitle, needed=True), BeforeValidator(_no_list)
    ]


def content_id(kind: str, thing: str) -> str:
    """Return our id of an add-on's title."""
    return f"{PREFIX}{kind}:{thing}"


def parse_list(raw: bytes, who: str) -> tuple[Content, ...]:
    """Return a catalogue's films, series and anime, each once."""
    found = (_content(meta) for meta in read(Metas, raw, who).metas if meta.type in KINDS)
    return tuple({content.id: content for content in found}.values())


def parse_meta(raw: bytes, who: str) -> TitleDetails:
    """Return a title with its episodes in watching order (specials last).

    Raises:
        NotFound: the add-on does not know it.
        BadResponse: the answer has another shape.
    """
    meta = whole_meta(raw, who)
    content = _content(meta)
    if content.type is ContentType.MOVIE:
        return TitleDetails(content=content)
    return TitleDetails(content=content, episodes=_episodes(meta.videos, content.id))


def whole_meta(raw: bytes, who: str) -> Meta:
    """Return what a `/meta/` answer holds; raises as `parse_meta` does."""
    found = read(OneMeta, raw, who).meta
    if not found:
        raise NotFound(f"{who} has no such title")
    try:
        meta = Meta.model_validate(found)
    except ValidationError as error:
        raise bad_shape(who, what_is_wrong(error)) from error
    if meta.type not in KINDS:
        raise NotFound(f"{who} has no such film or series")
    return meta


def parse_subtitles(raw: bytes, who: str, origin: str) -> tuple[SubtitleTrack, ...]:
    """Return the tracks of an answer."""
    return tracks(read(Subtitles, raw, who).subtitles, origin)


def tracks(subtitles: Iterable[Subtitle], origin: str) -> tuple[SubtitleTrack, ...]:
    """Return an add-on's subtitles as tracks, each once."""
    found: dict[str, SubtitleTrack] = {}
    for one in subtitles:
        suffix = one.url.partition("?")[0].rpartition(".")[2].lower()
        found[one.url] = SubtitleTrack(
            lang=one.lang or "und",
            url=one.url,
            label="",
            format=suffix if suffix in _FORMATS else None,
            origin=origin,
        )
    return tuple(found.values())


def _episodes(videos: Iterable[Video], content: str) -> tuple[Episode, ...]:
    found: dict[str, Episode] = {}
    for place, video in enumerate(videos, start=1):
        number = video.episode if video.episode is not None else video.number
        found[video.id] = Episode(
            id=video.id,
            content_id=content,
            season=1 if video.season is None else video.season,
            episode_number=place if number is None else number,
            title=video.title or video.name,
            thumbnail_url=video.thumbnail or None,
            overview=video.overview or video.description or None,
            air_date=video.released[:10] or None,
        )
    return tuple(sorted(found.values(), key=lambda e: (e.season == 0, e.season, e.episode_number)))


def _content(meta: Meta) -> Content:
    kind = KINDS[meta.type]
    if kind is ContentType.SERIES and meta.id.startswith(_OF_ANIME):
        kind = ContentType.ANIME
    year = next(filter(None, map(_YEAR.match, (meta.release_info, meta.year, meta.released))), None)
    named = tuple(link.name for link in meta.links if link.category.lower() in {"genre", "genres"})
    return Content(
        id=content_id(meta.type, meta.id),
        title=meta.name,
        type=kind,
        backdrop_url=meta.background or meta.poster,
        poster_url=meta.poster or meta.background,
        genres=tuple(dict.fromkeys(filter(None, meta.genres or meta.genre or named))),
        year=int(year.group(1)) if year else None,
        tmdb_id=_number(meta.moviedb_id) or _number(meta.id, "tmdb:"),
        imdb_id=next((i for i in (meta.id, meta.imdb_id) if IMDB.fullmatch(i)), None),
        mal_id=_number(meta.id, "mal:"),
        anilist_id=_number(meta.id, "anilist:"),
        overview=meta.description or None,
        rating=_rating(meta.imdb_rating),
        runtime=_runtime(meta.runtime),
        origin="stremio",
    )


def _number(text: str, prefix: str = "") -> int | None:
    rest = text.removeprefix(prefix) if text.startswith(prefix) else ""
    return int(rest) if _NUMBER.fullmatch(rest) and rest.isascii() else None


def _rating(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if 0 < value <= 10 else None  # noqa: PLR2004  (out of ten)


def _runtime(text: str) -> float | None:
    """Return seconds of `120 min`, `2h 5min` or `95`."""
    match = _MINUTES.match(text.strip())
    if match is None or not any(match.groups()) or not text.isascii():
        return None
    hours, minutes = (int(part[:6]) if part else 0 for part in match.groups())
    seconds = hours * 3_600.0 + minutes * 60.0
    return seconds if 0 < seconds < _MOST_SECONDS else None
