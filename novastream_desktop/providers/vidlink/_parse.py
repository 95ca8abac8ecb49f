"""A resolver's answer as our models, whichever of the known wrappers it comes in. No I/O."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from novastream_desktop.errors import ProviderUnavailable
from novastream_desktop.models import SourceType, StreamSource
from novastream_desktop.providers._wire import (
    bad_shape,
    read_object,
)
from novastream_desktop.providers.vidlink._paths import DUB
from novastream_desktop.providers.vidlink._shapes import (
    Common,
    File,
    Plain,
    Resolver,
    Stream,
    expiry_of,
    height_of,
    kind_of,
    label_of,
    read_as,
    track_of,
)

IP_LOCKED = "ip-locked"
IP_LOCKED_NOTE = "works only from the address of the resolver that found it"


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
    common = read_as(Common, outer) or Common()
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
    stream = read_as(Stream, entry) or Stream()
    headers = {**common.headers, **stream.preferred_headers, **stream.headers}
    tracks = (*stream.captions, *common.captions, *common.subtitles)
    flags = {flag.casefold() for flag in (*stream.flags, *common.flags)}
    locked = IP_LOCKED in flags and not resolver.is_this_machine
    languages = _languages(asked.audio or stream.id)
    expires = expiry_of(entry, asked.now) or expiry_of(outer, asked.now)
    subtitles = tuple(track for one in tracks if (track := track_of(one, resolver)) is not None)
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
        height = height_of(stream.id)
        yield _Found(stream.playlist, SourceType.HLS, height, label_of(height, "auto"), headers)
    for name, value in stream.qualities.items():
        file = read_as(File, value)
        if file is not None and file.type.casefold() not in {"dash", "mpd"}:
            height = height_of(name)
            kind = kind_of(file.url, file.type)
            yield _Found(file.url, kind, height, label_of(height, ""), {**headers, **file.headers})


def _of_plain(entry: dict[str, Any], headers: dict[str, str]) -> Iterator[_Found]:
    plain = read_as(Plain, entry)
    if plain is None or plain.type.casefold() in {"dash", "mpd"}:
        return
    height = height_of(plain.quality)
    kind = SourceType.HLS if plain.is_m3u8 else kind_of(plain.url, plain.type)
    quality = label_of(height, plain.quality)
    yield _Found(plain.url, kind, height, quality, {**headers, **plain.headers})


def _languages(audio: str) -> tuple[str, ...]:
    """A dub is spoken in English and a sub in Japanese, unless a resolver says otherwise."""
    plain = audio.casefold()
    if DUB in re.split(r"\W+", plain):
        return ("en",)
    return ("ja",) if "sub" in re.split(r"\W+", plain) else ()
