"""The shapes of a resolver's answers: what its fields are, and what they mean. No I/O."""

from __future__ import annotations

import ipaddress
import math
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any
from urllib.parse import urljoin, urlsplit

from pydantic import Field, ValidationError

from novastream_desktop.models import SourceType, SubtitleTrack
from novastream_desktop.providers._language import (
    UNKNOWN,
    for_hard_of_hearing,
    language_tag,
    only_signs,
)
from novastream_desktop.providers._wire import CamelWire, SentHeaders, Texts, Wire, each

_LINES = {"4k": 2160, "2k": 1440, "8k": 4320}
_NUMBER = re.compile(r"(\d{3,4})p?")
_FORMATS = frozenset({"srt", "vtt", "ass", "ssa"})
_NOT_CAPTIONS = frozenset({"thumbnails", "thumbnail", "sprite"})
_EPOCH, _EPOCH_MS, _MS = 1e9, 1e12, 1e6


@dataclass(frozen=True, slots=True)
class Resolver:
    """The resolver that is asked.

    Attributes:
        base: its address without a trailing slash.
        provider: the provider's name.
    """

    base: str
    provider: str

    @property
    def host(self) -> str:
        """Return what error sentences call it."""
        return urlsplit(self.base).hostname or "the resolver"

    @property
    def is_this_machine(self) -> bool:
        """Whether it asks from the same address as the player."""
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    def url(self, address: str) -> str:
        """Return an address that an answer names, absolute, '' if it is not on the web."""
        try:
            found = urljoin(f"{self.base}/", address.strip()) if address.strip() else ""
            scheme, host = urlsplit(found).scheme, urlsplit(found).hostname
        except ValueError:
            return ""
        return found if scheme in {"http", "https"} and host else ""


class File(CamelWire):
    """One of `qualities`."""

    url: Annotated[str, Field(min_length=1)]
    type: str = "mp4"
    headers: SentHeaders = Field(default_factory=dict)


class Caption(CamelWire):
    """One of `captions` (or a wrapper's `subtitles`)."""

    url: Annotated[str, Field(min_length=1)]
    language: str = ""
    lang: str = ""
    label: str = ""
    type: str = ""


class Stream(CamelWire):
    """One way to play."""

    id: str = ""
    type: str = ""
    playlist: str = ""
    qualities: dict[str, Any] = Field(default_factory=dict)
    captions: Annotated[tuple[Caption, ...], each(Caption)] = ()
    flags: Texts = ()
    headers: SentHeaders = Field(default_factory=dict)
    preferred_headers: SentHeaders = Field(default_factory=dict)


class Plain(CamelWire):
    """One of a wrapper's `sources`: an address with its quality."""

    url: Annotated[str, Field(min_length=1)]
    quality: str = ""
    type: str = ""
    is_m3u8: Annotated[bool, Field(alias="isM3U8")] = False
    headers: SentHeaders = Field(default_factory=dict)


class Lifetime(Wire):
    """`TTL`, of a stream or of the whole answer."""

    ttl: Annotated[float | None, Field(alias="TTL")] = None


class Common(CamelWire):
    """What a wrapper says for all of its sources."""

    headers: SentHeaders = Field(default_factory=dict)
    subtitles: Annotated[tuple[Caption, ...], each(Caption)] = ()
    captions: Annotated[tuple[Caption, ...], each(Caption)] = ()
    flags: Texts = ()


def read_as(shape: type[Any], value: object) -> Any:
    """Return a value in a shape, None if it has another."""
    try:
        return shape.model_validate(value)
    except ValidationError:
        return None


def kind_of(url: str, said: str) -> SourceType:
    """Return how an address is delivered, by what is said of it, else by its ending."""
    if said.casefold() in {"hls", "m3u8"}:
        return SourceType.HLS
    try:
        path = urlsplit(url).path.casefold()
    except ValueError:
        return SourceType.MP4
    return SourceType.HLS if path.endswith((".m3u8", ".m3u")) else SourceType.MP4


def height_of(text: str) -> int | None:
    """Return the lines that a quality means."""
    plain = text.strip().casefold()
    if plain in _LINES:
        return _LINES[plain]
    match = _NUMBER.fullmatch(plain)
    return int(match.group(1)) if match else None


def label_of(height: int | None, otherwise: str) -> str:
    """Return a quality as it is shown."""
    return f"{height}p" if height else otherwise


def track_of(caption: Caption, resolver: Resolver) -> SubtitleTrack | None:
    """Return a caption as a track, None for pictures of the seek bar and unusable addresses."""
    url = resolver.url(caption.url)
    label = caption.label or caption.language or caption.lang
    if not url or label.casefold() in _NOT_CAPTIONS:
        return None
    suffix = urlsplit(url).path.rpartition(".")[2].casefold()
    said = caption.type.casefold()
    form = said if said in _FORMATS else suffix if suffix in _FORMATS else None
    lang = language_tag(caption.language or caption.lang or caption.label)
    return SubtitleTrack(
        lang=lang,
        url=url,
        label=label or ("Unknown" if lang == UNKNOWN else lang),
        format=form,
        hearing_impaired=for_hard_of_hearing(label),
        forced=only_signs(label),
        origin=resolver.provider,
    )


def expiry_of(holder: dict[str, Any], now: datetime) -> datetime | None:
    """Return when a lifetime ends. Its unit is stated nowhere: told apart by its size.

    From 1e12 on it is a moment in milliseconds, from 1e9 on one in seconds, from 1e6 on a span
    in milliseconds, below that a span in seconds.
    """
    read = read_as(Lifetime, holder)
    ttl = read.ttl if read is not None else None
    if ttl is None or not math.isfinite(ttl) or ttl <= 0:
        return None
    try:
        if ttl >= _EPOCH:
            return datetime.fromtimestamp(ttl / 1000 if ttl >= _EPOCH_MS else ttl, UTC)
        return now + timedelta(seconds=ttl / 1000 if ttl >= _MS else ttl)
    except (OverflowError, OSError, ValueError):
        return None
