"""What a mirror has of the thing that is to be watched."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import PurePosixPath
from typing import Protocol, TypeVar
from urllib.parse import urlsplit

from novastream_desktop.models import (
    Content,
    ContentType,
    Episode,
    Row,
    SkipRange,
    SourceType,
    StreamSource,
    SubtitleTrack,
)
from novastream_desktop.providers.base import WatchRequest
from novastream_desktop.providers.mirrors._parse import (
    Index,
    Item,
    WireSkip,
    WireSource,
    WireSubtitle,
)

LISTED_BY_THE_CATALOGUE = frozenset({"a24"})
_SEPARATORS = re.compile(r"[\s_-]+")
SKIP_ORIGIN = "mirror"
SKIP_CONFIDENCE = 0.9
_SUBTITLE_FORMATS = frozenset({"vtt", "srt", "ass", "ssa", "sub", "ttml"})


class _OfAnEpisode(Protocol):
    @property
    def episode_id(self) -> str | None: ...


P = TypeVar("P", bound=_OfAnEpisode)
Place = Callable[[str], str]


def search_index(index: Index, query: str) -> tuple[Content, ...]:
    """Return the titles that hold every word of the query, those that begin with it first."""
    words = query.casefold().split()
    found: list[tuple[bool, str, Content]] = []
    for item in index.items:
        names = [item.content.title, item.content.original_title or ""]
        text = " ".join(names).casefold()
        if words and all(word in text for word in words):
            later = not item.content.title.casefold().startswith(words[0])
            found.append((later, item.content.title.casefold(), item.content))
    return tuple(content for _later, _title, content in sorted(found, key=lambda hit: hit[:2]))


def collection_rows(items: Iterable[Content], origin: str) -> tuple[Row, ...]:
    """Return a row for each collection that titles name, in the order in which they name them.

    Mirrors that name the same collection fill one row. What the catalogue keeps a list of
    itself is left to it: it gathers those titles wherever they come from.
    """
    members: dict[str, list[Content]] = {}
    for item in items:
        for name in {
            _SEPARATORS.sub("-", one.strip().casefold()): None for one in item.collections
        }:
            members.setdefault(name, []).append(item)
    return tuple(
        Row(
            id=f"collection-{name}",
            title=name[:1].upper() + name[1:].replace("-", " "),
            origin=origin,
            items=tuple(found),
        )
        for name, found in members.items()
        if name and name not in LISTED_BY_THE_CATALOGUE
    )


def find_item(index: Index, content_id: str) -> Item | None:
    """Return the title with this id."""
    return next((item for item in index.items if item.content.id == content_id), None)


def sources_for(
    index: Index, request: WatchRequest, provider: str, place: Place
) -> tuple[StreamSource, ...]:
    """Return what plays this; `place` makes addresses absolute ('' where it must not be used)."""
    found: list[StreamSource] = []
    for item in index.items:
        wanted = _wanted((item,), request, lambda item: item.wire.sources)
        placed = ((source, place(source.url)) for source in wanted)
        carried = item.content.collections
        found += (_source(s, url, provider).with_(editorial=carried) for s, url in placed if url)
    return tuple(found)


def subtitles_for(
    index: Index, request: WatchRequest, origin: str, place: Place
) -> tuple[SubtitleTrack, ...]:
    """Return the subtitle tracks for this."""
    wanted = _wanted(index.items, request, lambda item: item.wire.subtitles)
    placed = ((track, place(track.url)) for track in wanted)
    return tuple(
        _subtitle(track, url, origin)
        for track, url in placed
        if url and not url.startswith("magnet:")
    )


def skips_for(index: Index, request: WatchRequest, duration: float | None) -> tuple[SkipRange, ...]:
    """Return the skip ranges for this, within the file."""
    wanted = _wanted(index.items, request, lambda item: item.wire.skip_ranges)
    ranges = (_skip(skip, duration) for skip in wanted)
    return tuple(found for found in ranges if found is not None)


def _wanted(
    items: Iterable[Item], request: WatchRequest, part: Callable[[Item], Iterable[P]]
) -> Iterator[P]:
    for item in items:
        if same_work(item.content, request.content):
            episode_id = _episode_id(item, request.episode)
            if request.episode is None or episode_id is not None:
                yield from (entry for entry in part(item) if entry.episode_id == episode_id)


def same_work(ours: Content, asked: Content) -> bool:
    """Whether a mirror's title is the asked one, by any id that both carry."""
    if ours.id == asked.id or ours.id in asked.aliases or asked.id in ours.aliases:
        return True
    if (ours.type is ContentType.MOVIE) != (asked.type is ContentType.MOVIE):
        return False
    pairs = (
        (ours.tmdb_id, asked.tmdb_id),
        (ours.imdb_id, asked.imdb_id),
        (ours.mal_id, asked.mal_id),
        (ours.anilist_id, asked.anilist_id),
    )
    return any(one and one == other for one, other in pairs)


def _episode_id(item: Item, asked: Episode | None) -> str | None:
    """Return our id of an episode: by its id if the title is ours, else by its numbers."""
    if asked is None:
        return None
    if asked.content_id == item.content.id:
        for episode in item.episodes:
            if episode.id == asked.id:
                return episode.id
    numbers = (asked.season, asked.episode_number)
    same = (e.id for e in item.episodes if (e.season, e.episode_number) == numbers)
    return next(same, None)


def _source(source: WireSource, url: str, provider: str) -> StreamSource:
    described = source.model_dump(exclude={"url", "episode_id", "type", "height", "headers"})
    height = source.height
    if height is None and (match := re.search(r"(\d{3,4})p", source.quality)):
        height = int(match.group(1))
    return StreamSource(
        **described,
        url=url,
        type=source.type or _type_of(url),
        provider=provider,
        height=height,
        headers=source.headers or None,
    )


def _type_of(url: str) -> SourceType:
    path = urlsplit(url).path.lower()
    if url.startswith("magnet:") or path.endswith(".torrent"):
        return SourceType.TORRENT
    return SourceType.HLS if path.endswith((".m3u8", ".m3u")) else SourceType.MP4


def _subtitle(track: WireSubtitle, url: str, origin: str) -> SubtitleTrack:
    suffix = PurePosixPath(urlsplit(url).path).suffix.lower().removeprefix(".")
    return SubtitleTrack(
        lang=track.lang,
        url=url,
        label=track.label or track.lang,
        format=track.format or (suffix if suffix in _SUBTITLE_FORMATS else None),
        encoding=track.encoding,
        hearing_impaired=track.hearing_impaired,
        forced=track.forced,
        origin=origin,
    )


def _skip(skip: WireSkip, duration: float | None) -> SkipRange | None:
    end = skip.end if duration is None else min(skip.end, duration)
    if end <= skip.start:
        return None
    return SkipRange(
        type=skip.type,
        start=skip.start,
        end=end,
        confidence=SKIP_CONFIDENCE,
        origin=SKIP_ORIGIN,
    )
