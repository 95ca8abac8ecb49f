"""What a Jellyfin server can play of one item, with its subtitles and segments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath, PureWindowsPath
from typing import Annotated
from urllib.parse import urlencode

from pydantic import Field

from novastream_desktop.models import (
    SkipRange,
    SkipType,
    SourceType,
    StreamSource,
    SubtitleTrack,
)
from novastream_desktop.providers._wire import Count, Seconds, each, read
from novastream_desktop.providers.jellyfin._parse import TICKS, PascalWire, Ticks
from novastream_desktop.providers.jellyfin._server import Server

SKIP_CONFIDENCE = 0.85
_TEXT_FORMATS = {
    "subrip": "srt",
    "srt": "srt",
    "vtt": "vtt",
    "webvtt": "vtt",
    "ass": "ass",
    "ssa": "ssa",
}
_SEGMENTS = {
    "intro": SkipType.OP,
    "outro": SkipType.ED,
    "recap": SkipType.RECAP,
    "preview": SkipType.PREVIEW,
}
_OLDER = {
    "introduction": SkipType.OP,
    "credits": SkipType.ED,
    "recap": SkipType.RECAP,
    "preview": SkipType.PREVIEW,
}
_LADDER = (2160, 1440, 1080, 720, 576, 480, 360)
_FITS = 0.9


class MediaStream(PascalWire):
    """A video, audio or subtitle stream of a file."""

    type: str
    index: Annotated[int, Field(ge=0, lt=10_000)]
    codec: str = ""
    language: str = ""
    title: str = ""
    display_title: str = ""
    is_forced: bool = False
    is_hearing_impaired: bool = False
    is_external: bool = False
    delivery_url: str = ""
    width: Annotated[int, Field(ge=0, lt=100_000)] = 0
    height: Annotated[int, Field(ge=0, lt=100_000)] = 0
    video_range_type: str = ""


class MediaSource(PascalWire):
    """A file of an item."""

    id: Annotated[str, Field(min_length=1, max_length=128)]
    name: str = ""
    path: str = ""
    container: str = ""
    size: Count = 0
    bitrate: Count = 0
    e_tag: str = Field(default="", alias="ETag")
    supports_direct_play: bool = True
    supports_direct_stream: bool = True
    transcoding_url: str = ""
    media_streams: Annotated[tuple[MediaStream, ...], each(MediaStream)] = ()


class Playback(PascalWire):
    """`/Items/{id}/PlaybackInfo`."""

    media_sources: Annotated[tuple[MediaSource, ...], each(MediaSource, needed=True)] = ()


class Segment(PascalWire):
    """One of `/MediaSegments/{id}`."""

    type: str
    start_ticks: Ticks
    end_ticks: Ticks


class Segments(PascalWire):
    """`/MediaSegments/{id}`."""

    items: Annotated[tuple[Segment, ...], each(Segment, needed=True)]


class OldSegment(PascalWire):
    """A part as the older plug-in tells it, in seconds."""

    valid: bool = True
    intro_start: Seconds = 0.0
    intro_end: Seconds = 0.0


class OldSegments(PascalWire):
    """`/Episode/{id}/IntroSkipperSegments`."""

    introduction: OldSegment | None = None
    credits: OldSegment | None = None
    recap: OldSegment | None = None
    preview: OldSegment | None = None


PROFILE: dict[str, object] = {
    "EnableDirectPlay": True,
    "EnableDirectStream": True,
    "EnableTranscoding": True,
    "AutoOpenLiveStream": False,
    "DeviceProfile": {
        "Name": "NovaStream",
        "MaxStreamingBitrate": 1_000_000_000,
        "DirectPlayProfiles": [{"Type": "Video"}, {"Type": "Audio"}],
        "SubtitleProfiles": [
            {"Format": format_, "Method": method}
            for format_ in ("srt", "subrip", "vtt", "ass", "ssa", "pgssub", "dvdsub")
            for method in ("External", "Embed")
        ],
    },
}
"""libmpv plays every container and codec, so nothing has to be converted."""


def parse_playback(raw: bytes, who: str) -> Playback:
    """Return what can be played of an item."""
    return read(Playback, raw, who)


def sources_of(playback: Playback, item: str, server: Server) -> tuple[StreamSource, ...]:
    """Return an item's files as they lie, or converted where the server allows only that."""
    found = (_source(media, item, server) for media in playback.media_sources)
    return tuple(source for source in found if source is not None)


def tracks_of(playback: Playback, item: str, server: Server) -> tuple[SubtitleTrack, ...]:
    """Return the subtitle files beside an item; those inside its file come with the file."""
    each_once: dict[str, SubtitleTrack] = {}
    for media in playback.media_sources:
        each_once.update((track.url, track) for track in _tracks(media, item, server))
    return tuple(each_once.values())


def parse_segments(raw: bytes, who: str, duration: float | None) -> tuple[SkipRange, ...]:
    """Return an item's segments as skip ranges within the file."""
    found = read(Segments, raw, who).items
    parts = ((_SEGMENTS.get(s.type.lower()), s.start_ticks, s.end_ticks) for s in found)
    return tuple(_ranges(((kind, a / TICKS, b / TICKS) for kind, a, b in parts), duration))


def parse_old_segments(raw: bytes, who: str, duration: float | None) -> tuple[SkipRange, ...]:
    """Return the same as the older plug-in tells it."""
    found = read(OldSegments, raw, who)
    parts = ((kind, getattr(found, name)) for name, kind in _OLDER.items())
    valid = ((kind, p.intro_start, p.intro_end) for kind, p in parts if p is not None and p.valid)
    return tuple(_ranges(valid, duration))


def _ranges(
    parts: Iterable[tuple[SkipType | None, float, float]], duration: float | None
) -> Iterator[SkipRange]:
    for kind, start, end in parts:
        stop = min(end, duration) if duration else end
        if kind is not None and stop > start:
            yield SkipRange(
                type=kind,
                start=start,
                end=stop,
                confidence=SKIP_CONFIDENCE,
                origin="jellyfin",
            )


def _source(media: MediaSource, item: str, server: Server) -> StreamSource | None:
    direct = media.supports_direct_play or media.supports_direct_stream
    if not direct and not media.transcoding_url:
        return None
    video = next((s for s in media.media_streams if s.type.lower() == "video"), None)
    height = _height(video) if video else None
    spoken = (s.language for s in media.media_streams if s.type.lower() == "audio" and s.language)
    hdr = video.video_range_type if video and video.video_range_type.upper() != "SDR" else ""
    return StreamSource(
        url=_direct(media, item, server) if direct else server.address(media.transcoding_url),
        quality=f"{height}p" if height else "",
        type=SourceType.MP4 if direct else SourceType.HLS,
        provider=server.provider,
        headers=server.media_headers(),
        height=height,
        bitrate=float(media.bitrate) if media.bitrate else None,
        size_bytes=media.size or None,
        codec=(video.codec.lower() or None) if video else None,
        hdr=hdr or None,
        languages=tuple(dict.fromkeys(filter(None, map(_tag, spoken)))),
        release_name=_file_name(media.path) or media.name or None,
        subtitles=tuple(_tracks(media, item, server)),
    )


def _direct(media: MediaSource, item: str, server: Server) -> str:
    container = media.container.split(",")[0].strip().lower()
    suffix = f".{container}" if container.isalnum() and container.isascii() else ""
    query = {"static": "true", "mediaSourceId": media.id}
    if media.e_tag:
        query["tag"] = media.e_tag
    return f"{server.base}/Videos/{item}/stream{suffix}?{urlencode(query)}"


def _tracks(media: MediaSource, item: str, server: Server) -> Iterator[SubtitleTrack]:
    for stream in media.media_streams:
        form = _TEXT_FORMATS.get(stream.codec.lower())
        if stream.type.lower() != "subtitle" or not stream.is_external or form is None:
            continue
        query = urlencode({"s": media.id})[2:]
        path = f"/Videos/{item}/{query}/Subtitles/{stream.index}/Stream.{form}"
        given = stream.delivery_url
        own = given.startswith("/") and not given.startswith("//")
        yield SubtitleTrack(
            lang=stream.language or "und",
            url=server.with_key(server.address(given if own else path)),
            label=stream.title or stream.display_title or stream.language,
            format=form,
            hearing_impaired=stream.is_hearing_impaired,
            forced=stream.is_forced,
            origin=server.provider,
        )


def _height(video: MediaStream) -> int | None:
    """Return the usual name of a picture's size: a wide film of 1920 x 800 is one of 1080."""
    lines = max(video.height, video.width * 9 / 16)
    if not lines:
        return None
    return next((step for step in _LADDER if lines >= step * _FITS), video.height or None)


def _tag(language: str) -> str:
    """Return the BCP 47 tag of an ISO 639-2 code, '' if it is none."""
    from langcodes import standardize_tag  # noqa: PLC0415  (only where a file is described)

    try:
        return standardize_tag(language)
    except ValueError:
        return ""


def _file_name(path: str) -> str:
    name = PureWindowsPath(path).name if "\\" in path else PurePosixPath(path).name
    return name.rpartition(".")[0] or name
