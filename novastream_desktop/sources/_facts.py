"""What counts about one source, gathered once: plain values, so that ranking copies no models."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from urllib.parse import urlsplit

from novastream_desktop.models import SourceType, StreamSource
from novastream_desktop.sources._expiry import expiry_of
from novastream_desktop.sources._identity import TORRENTS, Key, key_of, place_of
from novastream_desktop.sources._quality import codec_of, hdr_of, height_of
from novastream_desktop.sources._release import Release, read_release
from novastream_desktop.sources._wanted import Wanted

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_NO_NAME = Release()
_SHORTEST = 300.0  # seconds; of a clip, size and length say little about each other
_SAME_CODEC = {"avc": "h264", "x264": "h264", "h265": "hevc", "x265": "hevc"}


class Facts(NamedTuple):
    """A source as ranking sees it.

    Attributes:
        place: what fails together, `host`: what is equally fast.
        bitrate: bit/s, told or from size and runtime; None for a whole season's size.
        filmed: it was filmed off a screen.
        here: it needs no network.
    """

    source: StreamSource
    release: Release
    key: Key
    place: str
    host: str
    height: int | None
    codec: str | None
    hdr: str | None
    audio: str | None
    group: str | None
    languages: tuple[str, ...]
    bitrate: float | None
    ends: datetime | None
    filmed: bool
    here: bool
    pack: bool


def facts_of(source: StreamSource, wanted: Wanted) -> Facts:
    """Gather the facts of one source; parses its release name, so never on the loop."""
    name = source.release_name or ""
    release = read_release(name) if name else _NO_NAME
    words = source.quality  # mostly empty where there is a release name
    pack = release.is_pack and source.type is SourceType.TORRENT
    codec = (source.codec or "").lower() or (codec_of(words) if words else None) or release.codec
    torrent = source.type is SourceType.TORRENT
    key = key_of(source)
    place = key[1] if torrent and len(key) > 1 else place_of(source)
    return Facts(
        source=source,
        release=release,
        key=key,
        place=place,
        host=TORRENTS if torrent else place,
        height=source.height or (height_of(words) if words else None) or release.height,
        codec=_SAME_CODEC.get(codec or "", codec),
        hdr=source.hdr or (hdr_of(words) if words else None) or release.hdr,
        audio=source.audio or release.audio,
        group=source.release_group or release.group,
        languages=source.languages or release.languages,
        bitrate=source.bitrate or _bitrate(source, wanted.runtime, pack=pack),
        ends=expiry_of(source),
        filmed=release.source == "cam",
        here=not torrent and is_here(source),
        pack=pack,
    )


def is_here(source: StreamSource) -> bool:
    """Whether a source needs no network: a file, or served on loopback."""
    try:
        parts = urlsplit(source.url)
    except ValueError:
        return False
    return parts.scheme == "file" or (parts.hostname or "") in _LOOPBACK


def _bitrate(source: StreamSource, runtime: float | None, *, pack: bool) -> float | None:
    if not source.size_bytes or not runtime or runtime < _SHORTEST:
        return None
    if pack and source.file_index is None:  # the size of all its episodes
        return None
    return source.size_bytes * 8 / runtime
