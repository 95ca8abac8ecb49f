"""Consumet's answers as our models. Nothing here does I/O."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AliasChoices, BeforeValidator, Field

from novastream_desktop.models import (
    SkipRange,
    SkipType,
    SourceType,
    StreamSource,
    SubtitleTrack,
)
from novastream_desktop.providers._language import (
    for_hard_of_hearing,
    language_tag,
    only_signs,
)
from novastream_desktop.providers._wire import (
    CamelWire,
    Count,
    Seconds,
    SentHeaders,
    WebUrl,
    each,
    read,
)
from novastream_desktop.providers.consumet._routes import DUB, SUB, Instance

SKIP_CONFIDENCE = 0.7
_YEAR = re.compile(r"(?:19|20)\d\d")
_HEIGHT = re.compile(r"(\d{3,4})p?")
_NOT_SUBTITLES = frozenset({"thumbnails", "thumbnail", "sprite"})
_SUBTITLE_FORMATS = frozenset({"vtt", "srt", "ass", "ssa"})
_LANGUAGES = {SUB: ("ja",), DUB: ("en",)}


def _names(value: object) -> object:
    """Take a title as text or as `{romaji, english, native, userPreferred}`."""
    if isinstance(value, str):
        return (value,)
    if isinstance(value, dict):
        return tuple(name for name in value.values() if isinstance(name, str) and name.strip())
    raise ValueError("not a title")


def _year(value: object) -> object:
    found = _YEAR.search(str(value)) if isinstance(value, str | int) else None
    return int(found.group()) if found else None


Id = Annotated[str, Field(min_length=1, coerce_numbers_to_str=True)]
Names = Annotated[tuple[str, ...], BeforeValidator(_names), Field(min_length=1)]
Year = Annotated[int | None, BeforeValidator(_year)]
Number = Annotated[float, Field(ge=0, lt=1e6)]


class Listed(CamelWire):
    """One of a search's `results`."""

    id: Id
    title: Names
    type: str = ""
    release_date: Year = None
    mal_id: Count | None = None


class Page(CamelWire):
    """A search page."""

    results: Annotated[tuple[Listed, ...], each(Listed, needed=True)]


class Part(CamelWire):
    """One of `episodes`; a film has a single one without number."""

    id: Id
    number: Annotated[Number | None, Field(validation_alias=AliasChoices("number", "episode"))] = (
        None
    )
    season: Count | None = None
    is_dubbed: bool | None = None
    is_filler: bool = False


class Info(CamelWire):
    """A title with its episodes."""

    id: Id
    title: Names
    type: str = ""
    release_date: Year = None
    mal_id: Count | None = None
    has_dub: bool | None = None
    sub_or_dub: str = ""
    episodes: Annotated[tuple[Part, ...], each(Part)] = ()


class Address(CamelWire):
    """One of `sources`."""

    url: WebUrl
    quality: str = ""
    is_m3u8: Annotated[bool, Field(alias="isM3U8")] = False
    is_dash: Annotated[bool, Field(alias="isDASH")] = False
    size: Count | None = None


class Subtitle(CamelWire):
    """One of `subtitles`."""

    url: WebUrl
    lang: str = ""


class Span(CamelWire):
    """`intro` or `outro`; two zeros mean that it is not known."""

    start: Seconds = 0.0
    end: Seconds = 0.0


class Watch(CamelWire):
    """How something is watched."""

    sources: Annotated[tuple[Address, ...], each(Address, needed=True)]
    headers: SentHeaders = Field(default_factory=dict)
    subtitles: Annotated[tuple[Subtitle, ...], each(Subtitle)] = ()
    intro: Span = Span()
    outro: Span = Span()


class Server(CamelWire):
    """One of the servers."""

    name: Annotated[str, Field(min_length=1)]


class Servers(CamelWire):
    """The list of servers, put under a key of ours."""

    servers: Annotated[tuple[Server, ...], each(Server)] = ()


@dataclass(frozen=True, slots=True)
class Watched:
    """What an answer of a watch route holds."""

    sources: tuple[StreamSource, ...] = ()
    skips: tuple[SkipRange, ...] = ()


def parse_page(raw: bytes, instance: Instance) -> tuple[Listed, ...]:
    """Return what a search found."""
    return read(Page, raw, instance.host).results


def parse_info(raw: bytes, instance: Instance) -> Info:
    """Return a title with its episodes."""
    return read(Info, raw, instance.host)


def parse_servers(raw: bytes, instance: Instance) -> tuple[str, ...]:
    """Return the names of the servers that have something."""
    text = raw.strip()
    if text.startswith(b"["):  # the documented answer is a bare list
        raw = b'{"servers": ' + text + b"}"
    return tuple(server.name for server in read(Servers, raw, instance.host).servers)


def parse_watch(raw: bytes, instance: Instance, audio: str) -> Watched:
    """Return the sources of one film or episode with their subtitles, and its skip ranges.

    Args:
        raw: the answer.
        instance: who gave it.
        audio: `sub` or `dub` of an anime, else ''.
    """
    watch = read(Watch, raw, instance.host)
    tracks = tuple(_track(one, instance) for one in watch.subtitles if _is_track(one))
    playable = (address for address in watch.sources if address.url and not address.is_dash)
    sources = {
        address.url: _source(address, watch.headers, tracks, audio, instance)
        for address in playable
    }
    skips = ((SkipType.OP, watch.intro), (SkipType.ED, watch.outro))
    return Watched(
        tuple(sorted(sources.values(), key=lambda source: -(source.height or 0))),
        tuple(_skip(kind, span, instance) for kind, span in skips if span.end > span.start),
    )


def _source(
    address: Address,
    headers: dict[str, str],
    tracks: tuple[SubtitleTrack, ...],
    audio: str,
    instance: Instance,
) -> StreamSource:
    height = _HEIGHT.fullmatch(address.quality.strip().casefold())
    path = urlsplit(address.url).path.casefold()
    is_hls = address.is_m3u8 or path.endswith((".m3u8", ".m3u"))
    return StreamSource(
        url=address.url,
        quality=f"{height.group(1)}p" if height else address.quality or "auto",
        type=SourceType.HLS if is_hls else SourceType.MP4,
        provider=instance.provider,
        headers=headers or None,
        height=int(height.group(1)) if height else None,
        size_bytes=address.size or None,
        languages=_LANGUAGES.get(audio, ()),
        subtitles=tracks,
    )


def _is_track(subtitle: Subtitle) -> bool:
    return bool(subtitle.url) and subtitle.lang.casefold() not in _NOT_SUBTITLES


def _track(subtitle: Subtitle, instance: Instance) -> SubtitleTrack:
    suffix = urlsplit(subtitle.url).path.rpartition(".")[2].casefold()
    return SubtitleTrack(
        lang=language_tag(subtitle.lang),
        url=subtitle.url,
        label=subtitle.lang or "Unknown",
        format=suffix if suffix in _SUBTITLE_FORMATS else None,
        hearing_impaired=for_hard_of_hearing(subtitle.lang),
        forced=only_signs(subtitle.lang),
        origin=instance.provider,
    )


def _skip(kind: SkipType, span: Span, instance: Instance) -> SkipRange:
    return SkipRange(
        type=kind,
        start=span.start,
        end=span.end,
        confidence=SKIP_CONFIDENCE,
        origin=instance.provider,
    )


def within(skips: tuple[SkipRange, ...], duration: float | None) -> tuple[SkipRange, ...]:
    """Return the ranges that lie in a file of this length, cut at its end."""
    if duration is None:
        return skips
    cut = (skip.with_(end=min(skip.end, duration)) for skip in skips)
    return tuple(skip for skip in cut if skip.end > skip.start)
