"""A resolver's answer as our models, whichever of the known wrappers it comes in. No I/O."""

from __future__ import annotations

import ipaddress
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any
from urllib.parse import urljoin, urlsplit

from pydantic import Field, ValidationError

from novastream_desktop.errors import ProviderUnavailable
from novastream_desktop.models import SourceType, StreamSource, SubtitleTrack
from novastream_desktop.providers._language import (
    UNKNOWN,
    for_hard_of_hearing,
    language_tag,
    only_signs,
)
from novastream_desktop.providers._wire import (
    CamelWire,
    SentHeaders,
    Texts,
    Wire,
    bad_shape,
    each,
    read_object,
)
from novastream_desktop.providers.vidlink._paths import DUB

IP_LOCKED = "ip-locked"
IP_LOCKED_NOTE = "works only from the address of the resolver that found it"
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


@dataclass(frozen=True, slots=True)
class Asked:
    """Who was asked for what.

    Attributes:
        audio: `sub` or `dub` if that was asked for, else ''.
        now: when the answer came, for its lifetime.
    """

    resolver: Resolver
    audio: str
    now: datetime


@dataclass(frozen=True, slots=True)
class _Found:
    url: str
    kind: SourceType
    height: int | None
    quality: str
    headers: dict[str, str]


def parse_sources(raw: bytes, asked: Asked) -> tuple[StreamSource, ...]:
    """Return the sources of an answer, the largest picture first; none if it has no stream.

    Raises:
        BadResponse: it is not an answer of this family.
        ProviderUnavailable: it tells an error instead.
    """
    data = read_object(raw, asked.resolver.host)
    nested = data.get("data")
    outer = {**data, **nested} if isinstance(nested, dict) else data
    sources: list[StreamSource] = []
    known = False
    for key in ("stream", "streams", "sources"):
        if key in outer:
            known = True
            sources += _of(outer, outer[key], asked)
    if not known:
        _raise_what_it_tells(outer, asked.resolver)
    best_first = sorted(sources, key=lambda source: -(source.height or 0))
    return tuple({source.url: source for source in best_first}.values())


def _raise_what_it_tells(outer: dict[str, Any], resolver: Resolver) -> None:
    for key in ("error", "message"):
        if isinstance(outer.get(key), str) and outer[key].strip():
            raise ProviderUnavailable(
                f"{resolver.host} has a problem",
                why=" ".join(outer[key].split())[:200],
                hint="Try again later, or choose another source",
            )
    raise bad_shape(resolver.host, "it has none of `stream`, `streams` and `sources`")


def _of(outer: dict[str, Any], value: object, asked: Asked) -> Iterator[StreamSource]:
    if value is None:
        return
    if not isinstance(value, dict | list):
        raise bad_shape(asked.resolver.host, "its streams are no list")
    common = _read(Common, outer) or Common()
    for entry in value if isinstance(value, list) else [value]:
        if isinstance(entry, dict):
            yield from _of_entry(entry, outer, common, asked)


def _of_entry(
    entry: dict[str, Any], outer: dict[str, Any], common: Common, asked: Asked
) -> Iterator[StreamSource]:
    resolver = asked.resolver
    if isinstance(entry.get("stream"), dict | list):  # `streams: [{stream: {...}}]`
        yield from _of(outer, entry["stream"], asked)
        return
    stream = _read(Stream, entry) or Stream()
    headers = {**common.headers, **stream.preferred_headers, **stream.headers}
    tracks = (*stream.captions, *common.captions, *common.subtitles)
    flags = {flag.casefold() for flag in (*stream.flags, *common.flags)}
    locked = IP_LOCKED in flags and not resolver.is_this_machine
    languages = _languages(asked.audio or stream.id)
    expires = _expiry(entry, asked.now) or _expiry(outer, asked.now)
    subtitles = tuple(track for one in tracks if (track := _track(one, resolver)) is not None)
    for found in (*_of_stream(stream, headers), *_of_plain(entry, headers)):
        url = resolver.url(found.url)
        if url:
            yield StreamSource(
                url=url,
                quality=found.quality,
                type=found.kind,
                provider=resolver.provider,
                headers=found.headers or None,
                height=found.height,
                languages=languages,
                expires_at=expires,
                subtitles=subtitles,
                note=IP_LOCKED_NOTE if locked else None,
            )


def _of_stream(stream: Stream, headers: dict[str, str]) -> Iterator[_Found]:
    if stream.playlist:
        height = _height(stream.id)
        yield _Found(stream.playlist, SourceType.HLS, height, _label(height, "auto"), headers)
    for name, value in stream.qualities.items():
        file = _read(File, value)
        if file is not None and file.type.casefold() not in {"dash", "mpd"}:
            height = _height(name)
            kind = _kind(file.url, file.type)
            yield _Found(file.url, kind, height, _label(height, ""), {**headers, **file.headers})


def _of_plain(entry: dict[str, Any], headers: dict[str, str]) -> Iterator[_Found]:
    plain = _read(Plain, entry)
    if plain is None or plain.type.casefold() in {"dash", "mpd"}:
        return
    height = _height(plain.quality)
    kind = SourceType.HLS if plain.is_m3u8 else _kind(plain.url, plain.type)
    quality = _label(height, plain.quality)
    yield _Found(plain.url, kind, height, quality, {**headers, **plain.headers})


def _read(shape: type[Any], value: object) -> Any:
    try:
        return shape.model_validate(value)
    except ValidationError:
        return None


def _kind(url: str, said: str) -> SourceType:
    if said.casefold() in {"hls", "m3u8"}:
        return SourceType.HLS
    try:
        path = urlsplit(url).path.casefold()
    except ValueError:
        return SourceType.MP4
    return SourceType.HLS if path.endswith((".m3u8", ".m3u")) else SourceType.MP4


def _height(text: str) -> int | None:
    plain = text.strip().casefold()
    if plain in _LINES:
        return _LINES[plain]
    match = _NUMBER.fullmatch(plain)
    return int(match.group(1)) if match else None


def _label(height: int | None, otherwise: str) -> str:
    return f"{height}p" if height else otherwise


def _languages(audio: str) -> tuple[str, ...]:
    """A dub is spoken in English and a sub in Japanese, unless a resolver says otherwise."""
    plain = audio.casefold()
    if DUB in re.split(r"\W+", plain):
        return ("en",)
    return ("ja",) if "sub" in re.split(r"\W+", plain) else ()


def _track(caption: Caption, resolver: Resolver) -> SubtitleTrack | None:
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


def _expiry(holder: dict[str, Any], now: datetime) -> datetime | None:
    """Return when a lifetime ends. Its unit is stated nowhere: told apart by its size.

    From 1e12 on it is a moment in milliseconds, from 1e9 on one in seconds, from 1e6 on a span
    in milliseconds, below that a span in seconds.
    """
    read = _read(Lifetime, holder)
    ttl = read.ttl if read is not None else None
    if ttl is None or not math.isfinite(ttl) or ttl <= 0:
        return None
    try:
        if ttl >= _EPOCH:
            return datetime.fromtimestamp(ttl / 1000 if ttl >= _EPOCH_MS else ttl, UTC)
        return now + timedelta(seconds=ttl / 1000 if ttl >= _MS else ttl)
    except (OverflowError, OSError, ValueError):
        return None
