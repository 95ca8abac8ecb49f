"""Jellyfin's titles and episodes as our models. Nothing here does I/O."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, TypeAdapter
from pydantic import ValidationError as _Invalid
from pydantic.alias_generators import to_pascal

from novastream_desktop.models import Content, ContentType, Episode
from novastream_desktop.providers._wire import (
    Texts,
    Wire,
    bad_shape,
    each,
    read,
    what_is_wrong,
)
from novastream_desktop.providers.jellyfin._server import Server

TICKS = 10_000_000
"""In one second."""

PREFIX = "jellyfin:"
ID = re.compile(r"[\w-]{1,64}", re.ASCII)
FIELDS = "ProviderIds,Overview,Genres,OriginalTitle"
_KINDS = {"movie": ContentType.MOVIE, "series": ContentType.SERIES}
_NUMBER = re.compile(r"[1-9]\d{0,14}", re.ASCII)
_IMDB = re.compile(r"tt\d{5,12}", re.ASCII)


def _plain_id(text: str) -> str:
    if not ID.fullmatch(text):
        raise ValueError("not an id")
    return text.replace("-", "").lower()


ItemId = Annotated[str, AfterValidator(_plain_id)]
Ticks = Annotated[int, Field(ge=0, lt=10**15)]
Number = Annotated[int, Field(ge=0, lt=1_000_000)]


def _texts_by_name(value: object) -> dict[str, str]:
    pairs = value.items() if isinstance(value, dict) else ()
    return {k.lower(): str(v).strip() for k, v in pairs if isinstance(k, str) and v is not None}


#: `{"Tmdb": "603", ...}` with names in lower case.
Named = Annotated[dict[str, str], BeforeValidator(_texts_by_name)]


class PascalWire(Wire):
    """A `Wire` whose keys are PascalCase."""

    model_config = ConfigDict(alias_generator=to_pascal)


class Item(PascalWire):
    """A film, series or episode."""

    id: ItemId
    name: Annotated[str, Field(min_length=1)]
    type: str
    original_title: str = ""
    production_year: Annotated[int, Field(gt=1800, lt=2200)] | None = None
    premiere_date: str = ""
    overview: str = ""
    genres: Texts = ()
    community_rating: Annotated[float, Field(gt=0, le=10)] | None = None
    run_time_ticks: Ticks = 0
    provider_ids: Named = Field(default_factory=dict)
    image_tags: Named = Field(default_factory=dict)
    backdrop_image_tags: Texts = ()
    series_id: ItemId | None = None
    series_name: str = ""
    series_primary_image_tag: str = ""
    parent_backdrop_image_tags: Texts = ()
    index_number: Number | None = None
    index_number_end: Number | None = None
    parent_index_number: Number | None = None


class Items(PascalWire):
    """A list of items."""

    items: Annotated[tuple[Item, ...], each(Item, needed=True)]
    total_record_count: Annotated[int, Field(ge=0)] = 0


class User(PascalWire):
    """`/Users/Me`."""

    id: ItemId


_BARE = TypeAdapter(Annotated[tuple[Item, ...], each(Item, needed=True)])


def parse_user(raw: bytes, who: str) -> str:
    """Return the id of whom the token belongs to."""
    return read(User, raw, who).id


def parse_items(raw: bytes, who: str) -> tuple[Item, ...]:
    """Return a list's items; some routes send it bare."""
    if raw.lstrip()[:1] == b"[":
        try:
            return _BARE.validate_json(raw)
        except _Invalid as error:
            raise bad_shape(who, what_is_wrong(error)) from error
    return read(Items, raw, who).items


def parse_page(raw: bytes, who: str) -> tuple[tuple[Item, ...], int]:
    """Return a page of items and how many there are in all."""
    found = read(Items, raw, who)
    return found.items, found.total_record_count


def parse_item(raw: bytes, who: str) -> Item:
    """Return one item."""
    return read(Item, raw, who)


def contents(items: Iterable[Item], server: Server) -> tuple[Content, ...]:
    """Return films and series, each once; an episode stands for its series."""
    found: dict[str, Content] = {}
    for item in items:
        made = content_of(item, server) or series_of(item, server)
        if made is not None:
            found.setdefault(made.id, made)
    return tuple(found.values())


def content_of(item: Item, server: Server) -> Content | None:
    """Return a film or series, None for anything else."""
    kind = _KINDS.get(item.type.lower())
    if kind is None:
        return None
    ids = item.provider_ids
    words = {genre.casefold() for genre in item.genres}
    if kind is ContentType.SERIES and ("anime" in words or {"anilist", "anidb"} & ids.keys()):
        kind = ContentType.ANIME
    poster, backdrop = _pictures(item, server)
    imdb = ids.get("imdb", "")
    original = item.original_title
    return Content(
        id=PREFIX + item.id,
        title=item.name,
        type=kind,
        backdrop_url=backdrop or poster,
        poster_url=poster or backdrop,
        genres=item.genres,
        year=item.production_year,
        tmdb_id=number_of(ids.get("tmdb", "")),
        imdb_id=imdb if _IMDB.fullmatch(imdb) else None,
        mal_id=number_of(ids.get("myanimelist", "") or ids.get("mal", "")),
        anilist_id=number_of(ids.get("anilist", "")),
        overview=item.overview or None,
        rating=item.community_rating,
        runtime=item.run_time_ticks / TICKS or None,
        original_title=original if original and original != item.name else None,
        origin=server.provider,
    )


def series_of(item: Item, server: Server) -> Content | None:
    """Return the series of an episode, as far as the episode tells."""
    if item.type.lower() != "episode" or item.series_id is None or not item.series_name:
        return None
    tag, backdrops = item.series_primary_image_tag, item.parent_backdrop_image_tags
    poster = server.image(item.series_id, "Primary", tag, 400) if tag else ""
    backdrop = server.image(item.series_id, "Backdrop/0", backdrops[0], 1280) if backdrops else ""
    return Content(
        id=PREFIX + item.series_id,
        title=item.series_name,
        type=ContentType.SERIES,
        poster_url=poster or backdrop,
        backdrop_url=backdrop or poster,
        origin=server.provider,
    )


def episodes_of(items: Iterable[Item], content_id: str, server: Server) -> tuple[Episode, ...]:
    """Return a series' episodes in watching order, specials last."""
    found = [
        Episode(
            id=PREFIX + item.id,
            content_id=content_id,
            season=1 if item.parent_index_number is None else item.parent_index_number,
            episode_number=item.index_number,
            title=item.name,
            thumbnail_url=_pictures(item, server)[0] or None,
            overview=item.overview or None,
            air_date=item.premiere_date[:10] or None,
            runtime=item.run_time_ticks / TICKS or None,
        )
        for item in items
        if item.type.lower() == "episode" and item.index_number is not None
    ]
    return tuple(sorted(found, key=lambda e: (e.season == 0, e.season, e.episode_number)))


def number_of(text: str) -> int | None:
    """Return an id of another catalogue as a number, None if it is none."""
    return int(text) if _NUMBER.fullmatch(text) else None


def _pictures(item: Item, server: Server) -> tuple[str, str]:
    tag = item.image_tags.get("primary", "")
    poster = server.image(item.id, "Primary", tag, 400) if tag else ""
    tags = item.backdrop_image_tags
    return poster, server.image(item.id, "Backdrop/0", tags[0], 1280) if tags else ""


def anything(value: Any) -> dict[str, Any]:
    """Return an object, or an empty one in place of anything else."""
    return value if isinstance(value, dict) else {}
