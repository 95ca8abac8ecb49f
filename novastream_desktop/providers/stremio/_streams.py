"""Add-ons' streams as sources: an address, or an info-hash made into a magnet link."""

from __future__ import annotations

import re
from typing import Annotated, Any
from urllib.parse import quote, urlsplit

from pydantic import BeforeValidator, Field, ValidationError

from novastream_desktop.models import SourceType, StreamSource
from novastream_desktop.models.info_hash import info_hash_v1
from novastream_desktop.net import points_inward
from novastream_desktop.providers._wire import CamelWire, Count, Texts, each, read, sent_headers
from novastream_desktop.providers.stremio._manifest import anything
from novastream_desktop.providers.stremio._parse import Subtitle, tracks

MOST_TRACKERS = 32
_PEER = re.compile(r"(?:peer:)([^\s&]{3,60}:\d{1,5})")
_HEIGHT = re.compile(r"(?<!\d)(2160|1440|1080|720|576|540|480|360)[pi]?(?!\d)", re.IGNORECASE)
_FOUR_K = re.compile(r"(?<![a-z0-9])(?:4k|uhd)(?![a-z0-9])", re.IGNORECASE)
_SEEDERS = re.compile(
    r"(?:\N{BUST IN SILHOUETTE}|\N{BUSTS IN SILHOUETTE}|seed\w*:?)\s*(\d{1,7})", re.IGNORECASE
)
_SIZE = re.compile(
    r"(?:\N{FLOPPY DISK}|size:?)\s*(\d{1,6}(?:[.,]\d{1,3})?)\s*([KMGT])i?B", re.IGNORECASE
)
_UNITS = {"K": 1 << 10, "M": 1 << 20, "G": 1 << 30, "T": 1 << 40}
_HLS = (".m3u8", ".m3u")


class StreamHints(CamelWire):
    """`behaviorHints` of a stream."""

    binge_group: str = ""
    filename: str = ""
    video_size: Count = 0
    proxy_headers: Any = None


class Stream(CamelWire):
    """One stream; only those with `url` or `infoHash` can be played here."""

    url: str = ""
    info_hash: str = ""
    file_idx: Count | None = None
    sources: Texts = ()
    announce: Texts = ()
    name: str = ""
    title: str = ""
    description: str = ""
    subtitles: Annotated[tuple[Subtitle, ...], each(Subtitle)] = ()
    behavior_hints: StreamHints = StreamHints()

    @property
    def about(self) -> str:
        """What it says of itself to people."""
        return "\n".join(filter(None, (self.name, self.description or self.title)))


class Streams(CamelWire):
    """`/stream/...`; items are looked at one by one."""

    streams: Annotated[
        tuple[dict[str, Any], ...],
        each(dict[str, Any], needed=True),
        BeforeValidator(lambda value: [] if value is None else value),
    ]
    cache_max_age: Annotated[float, Field(ge=0, lt=1e9)] | None = None
    stale_error: Annotated[float, Field(ge=0, lt=1e9)] = 0


def parse_streams(
    raw: bytes, who: str, provider: str, given_by: str = ""
) -> tuple[StreamSource, ...]:
    """Return what can be played; pages, archives and YouTube are left out."""
    return read_streams(read(Streams, raw, who).streams, provider, given_by)


def cache_times(raw: bytes, who: str) -> tuple[float | None, float]:
    """Return for how many seconds a stream answer holds, and how long more if asking fails."""
    answer = read(Streams, raw, who)
    return answer.cache_max_age, answer.stale_error


def read_streams(items: Any, provider: str, given_by: str = "") -> tuple[StreamSource, ...]:
    """Return what can be played of a list of streams.

    Args:
        items: the list.
        provider: the provider's name.
        given_by: the add-on's address; one on the internet may not point into the user's own
            network. '' allows all.
    """
    found: dict[tuple[str, int | None], StreamSource] = {}
    for item in items if isinstance(items, list | tuple) else ():
        try:
            source = _source(Stream.model_validate(item), provider)
        except (ValidationError, ValueError):  # also headers that cannot be sent
            continue
        if source is not None and not (given_by and points_inward(source.url, given_by)):
            found.setdefault((source.url, source.file_index), source)
    return tuple(found.values())


def _source(stream: Stream, provider: str) -> StreamSource | None:
    place = _address(stream)
    if place is None:
        return None
    url, kind = place
    hints, about = stream.behavior_hints, stream.about
    height = _height(about) or _height(hints.filename)
    torrent = kind is SourceType.TORRENT
    headers = sent_headers(anything(hints.proxy_headers).get("request"))
    return StreamSource(
        url=url,
        quality=f"{height}p" if height else "",
        type=kind,
        provider=provider,
        headers=None if torrent else headers or None,
        height=height,
        size_bytes=hints.video_size or _size(about),
        seeders=_seeders(about) if torrent else None,
        release_name=hints.filename or _release(stream) or None,
        file_index=stream.file_idx if torrent else None,
        binge_group=hints.binge_group or None,
        subtitles=tracks(stream.subtitles, provider),
    )


def _address(stream: Stream) -> tuple[str, SourceType] | None:
    if stream.url.lower().startswith("magnet:?"):
        return (stream.url, SourceType.TORRENT) if "urn:bt" in stream.url.lower() else None
    if stream.url:
        parts = urlsplit(stream.url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            return None
        names = (parts.path.lower(), stream.behavior_hints.filename.lower())
        if names[0].endswith(".torrent"):
            return stream.url, SourceType.TORRENT
        return stream.url, SourceType.HLS if any(
            n.endswith(_HLS) for n in names
        ) else SourceType.MP4
    info_hash = info_hash_v1(stream.info_hash)
    if not info_hash:
        return None
    name = stream.behavior_hints.filename or _release(stream)
    return magnet(info_hash, name, (*stream.sources, *stream.announce)), SourceType.TORRENT


def magnet(info_hash: str, name: str, places: tuple[str, ...]) -> str:
    """Return a magnet link from an info-hash and `tracker:URL` and `peer:HOST:PORT` entries."""
    trackers = (p.removeprefix("tracker:") for p in places)
    kept = [t for t in dict.fromkeys(trackers) if t.startswith(("udp://", "http://", "https://"))]
    peers = [match.group(1) for place in places if (match := _PEER.fullmatch(place))]
    parts = [f"xt=urn:btih:{info_hash}"]
    parts += [f"dn={quote(name[:200], safe='', errors='replace')}"] if name else []
    parts += [f"tr={quote(t, safe='', errors='replace')}" for t in kept[:MOST_TRACKERS]]
    parts += [f"x.pe={peer}" for peer in dict.fromkeys(peers)]
    return "magnet:?" + "&".join(parts)


def _release(stream: Stream) -> str:
    first = (stream.description or stream.title).strip().partition("\n")[0].strip()
    return first[:300]


def _height(text: str) -> int | None:
    found = _HEIGHT.search(text)
    if found:
        return int(found.group(1))
    return 2160 if _FOUR_K.search(text) else None


def _seeders(text: str) -> int | None:
    found = _SEEDERS.search(text)
    return int(found.group(1)) if found else None


def _size(text: str) -> int | None:
    found = _SIZE.search(text)
    if found is None:
        return None
    return int(float(found.group(1).replace(",", ".")) * _UNITS[found.group(2).upper()])
