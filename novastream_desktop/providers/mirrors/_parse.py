"""A mirror's index: what it says, checked item by item."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, Field, ValidationError

from novastream_desktop.errors import BadResponse, InvalidInput
from novastream_desktop.models import (
    Content,
    ContentType,
    Episode,
    SkipType,
    SourceType,
    check_content_id,
)
from novastream_desktop.providers._wire import (
    CamelWire,
    Count,
    Seconds,
    Texts,
    each,
    read_object,
    what_is_wrong,
)

log = logging.getLogger(__name__)

NEWEST_VERSION = 1
_LINE_BREAK = re.compile(r"[\x00-\x1f\x7f]")


def _utc(moment: datetime) -> datetime:
    try:
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except OverflowError as error:  # near the years 1 and 9999
        raise ValueError("not a usable date") from error


def _one_line_each(headers: dict[str, str]) -> dict[str, str]:
    pairs = headers.items()
    return {name: text for name, text in pairs if not _LINE_BREAK.search(name + text)}


class WireContent(CamelWire):
    """`content` of an item."""

    id: Annotated[str, Field(min_length=1, max_length=200, coerce_numbers_to_str=True)]
    title: Annotated[str, Field(min_length=1)]
    type: ContentType
    backdrop_url: str = ""
    poster_url: str = ""
    genres: Texts = ()
    year: Count | None = None
    tmdb_id: Count | None = None
    imdb_id: str | None = None
    mal_id: Count | None = None
    anilist_id: Count | None = None
    overview: str | None = None
    rating: Annotated[float, Field(ge=0, le=10)] | None = None
    runtime: Seconds | None = None
    original_title: str | None = None
    collections: Texts = ()
    aliases: Texts = ()
    credit: str | None = None


class WireEpisode(CamelWire):
    """One of `episodes`."""

    id: Annotated[str, Field(min_length=1, max_length=200, coerce_numbers_to_str=True)]
    season: Count = 1
    episode_number: Annotated[float, Field(ge=0, lt=1e6)]
    title: str = ""
    thumbnail_url: str | None = None
    overview: str | None = None
    air_date: str | None = None
    runtime: Seconds | None = None
    absolute_number: Count | None = None
    mal_id: Count | None = None
    mal_episode: Annotated[float, Field(ge=0, lt=1e6)] | None = None


class WireSource(CamelWire):
    """One of `sources`."""

    url: Annotated[str, Field(min_length=1)]
    episode_id: Annotated[str, Field(coerce_numbers_to_str=True)] | None = None
    type: SourceType | None = None
    quality: str = ""
    headers: Annotated[dict[str, str], AfterValidator(_one_line_each)] | None = None
    expires_at: Annotated[datetime, AfterValidator(_utc)] | None = None
    height: Count | None = None
    bitrate: Annotated[float, Field(gt=0)] | None = None
    size_bytes: Count | None = None
    seeders: Count | None = None
    codec: str | None = None
    hdr: str | None = None
    languages: Texts = ()
    release_name: str | None = None
    release_group: str | None = None
    file_index: Count | None = None


class WireSubtitle(CamelWire):
    """One of `subtitles`."""

    url: Annotated[str, Field(min_length=1)]
    episode_id: Annotated[str, Field(coerce_numbers_to_str=True)] | None = None
    lang: Annotated[str, Field(min_length=1)] = "und"
    label: str = ""
    format: str | None = None
    encoding: str | None = None
    hearing_impaired: bool = False
    forced: bool = False


class WireSkip(CamelWire):
    """One of `skipRanges`."""

    type: SkipType
    start: Seconds
    end: Seconds
    episode_id: Annotated[str, Field(coerce_numbers_to_str=True)] | None = None


class WireItem(CamelWire):
    """One of `items`."""

    content: WireContent
    episodes: Annotated[tuple[WireEpisode, ...], each(WireEpisode)] = ()
    sources: Annotated[tuple[WireSource, ...], each(WireSource)] = ()
    subtitles: Annotated[tuple[WireSubtitle, ...], each(WireSubtitle)] = ()
    skip_ranges: Annotated[tuple[WireSkip, ...], each(WireSkip)] = ()
    collections: Texts = ()


@dataclass(frozen=True, slots=True)
class Item:
    """A title of a mirror: as others see it, and what the index says of how to play it."""

    content: Content
    episodes: tuple[Episode, ...]
    wire: WireItem


@dataclass(frozen=True, slots=True)
class Index:
    """A mirror's index."""

    name: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Naming:
    """How a mirror's titles are called.

    Attributes:
        prefix: of content ids, such as `nova:`; None makes `mirror:NAME:`.
        origin: of contents.
        art: makes a picture's address absolute, '' if it cannot be used.
    """

    prefix: str | None
    origin: str
    art: Callable[[str], str]


def parse_index(raw: bytes, mirror: str, fallback_name: str, naming: Naming) -> Index:
    """Return an index; items that are not as documented are left out and logged.

    Raises:
        BadResponse: it is not an index, is made for a newer program, or has no good item at all.
    """
    data = read_object(raw, mirror)
    version = data.get("version", 1)
    if isinstance(version, int) and version > NEWEST_VERSION:
        raise BadResponse(
            f"{mirror} cannot be read",
            why=f"its index is of version {version}",
            hint="Look for a newer NovaStream",
        )
    listed = data.get("items")
    if not isinstance(listed, list):
        raise BadResponse(
            f"{mirror} cannot be read",
            why="index.json has no list `items`",
            hint="Check its address in Settings",
        )
    name = _plain_name(data.get("name")) or _plain_name(fallback_name) or "mirror"
    prefix = naming.prefix or f"mirror:{name}:"
    items: dict[str, Item] = {}
    faults: list[str] = []
    for number, entry in enumerate(listed, start=1):
        try:
            item = _item(entry, prefix, naming)
        except (ValidationError, InvalidInput) as error:
            why = what_is_wrong(error) if isinstance(error, ValidationError) else error.what
            faults.append(f"item {number} of index.json: {why}")
            log.warning("%s: %s", mirror, faults[-1])
        else:
            items.setdefault(item.content.id, item)
    if faults and not items:
        raise BadResponse(
            f"{mirror} cannot be read", why=faults[0], hint="Ask who keeps it, or correct the file"
        )
    return Index(name, tuple(items.values()))


def _plain_name(name: object) -> str:
    return re.sub(r"[:\x00-\x1f/]", "-", name).strip() if isinstance(name, str) else ""


def _item(entry: Any, prefix: str, naming: Naming) -> Item:
    wire = WireItem.model_validate(entry)
    found = wire.content
    content_id = check_content_id(prefix + found.id)
    described = found.model_dump(exclude={"id", "backdrop_url", "poster_url"})
    described["collections"] = tuple(dict.fromkeys((*found.collections, *wire.collections)))
    described["aliases"] = _aliases(found, content_id)
    content = Content(
        **described,
        id=content_id,
        backdrop_url=naming.art(found.backdrop_url),
        poster_url=naming.art(found.poster_url),
        origin=naming.origin,
    )
    episodes = (_episode(episode, content_id, naming) for episode in wire.episodes)
    return Item(content, tuple(sorted(episodes, key=_watching_order)), wire)


def _aliases(found: WireContent, own: str) -> tuple[str, ...]:
    aliases = list(found.aliases)
    if found.tmdb_id:
        kind = "movie" if found.type is ContentType.MOVIE else "tv"
        aliases.append(f"tmdb:{kind}:{found.tmdb_id}")
    if found.anilist_id:
        aliases.append(f"anilist:{found.anilist_id}")
    return tuple(alias for alias in dict.fromkeys(aliases) if alias != own)


def _episode(found: WireEpisode, content_id: str, naming: Naming) -> Episode:
    described = found.model_dump(exclude={"thumbnail_url"})
    thumbnail = naming.art(found.thumbnail_url or "") or None
    return Episode(**described, content_id=content_id, thumbnail_url=thumbnail)


def _watching_order(episode: Episode) -> tuple[bool, int, float]:
    """Specials (season 0) come last."""
    return (episode.season == 0, episode.season, episode.episode_number)
