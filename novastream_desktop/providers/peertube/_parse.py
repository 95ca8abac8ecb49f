"""PeerTube's answers as our models. Nothing here does I/O."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urljoin, urlsplit

from pydantic import Field

from novastream_desktop.models import (
    Content,
    ContentType,
    SourceType,
    StreamSource,
    SubtitleTrack,
)
from novastream_desktop.providers._wire import CamelWire, Count, Seconds, WebUrl, each, read

_UUID = re.compile(r"[0-9a-fA-F-]{36}")
_YEAR = re.compile(r"(\d{4})-")
_FORMATS = frozenset({"vtt", "srt", "ass"})


@dataclass(frozen=True, slots=True)
class Instance:
    """A PeerTube server.

    Attributes:
        base: its address without a trailing slash.
        provider: the provider's name.
    """

    base: str
    provider: str

    @property
    def host(self) -> str:
        """Return the part of content ids that names it, with a port if it has one."""
        return urlsplit(self.base).netloc.rpartition("@")[2].lower()

    @property
    def prefix(self) -> str:
        """Return how its content ids begin."""
        return f"peertube:{self.host}:"

    def url(self, path: str) -> str:
        """Return a path of the server as an address, '' for none or one not on the web."""
        try:
            found = urljoin(self.base + "/", path) if path else ""
        except ValueError:
            return ""
        return found if found.startswith(("https://", "http://")) else ""


class Label(CamelWire):
    """`{id, label}`."""

    id: Annotated[str, Field(coerce_numbers_to_str=True)] | None = None
    label: str = ""


class Resolution(CamelWire):
    """Its id is the height in pixels, 0 for sound alone."""

    id: Count
    label: str = ""


class File(CamelWire):
    """One of `files`."""

    resolution: Resolution
    size: Count = 0
    has_audio: bool = True
    has_video: bool = True
    magnet_uri: str = ""
    file_url: WebUrl = ""


class Playlist(CamelWire):
    """One of `streamingPlaylists`."""

    playlist_url: WebUrl = ""
    files: Annotated[tuple[File, ...], each(File)] = ()


class Thumbnail(CamelWire):
    """One of `thumbnails` (newer servers)."""

    file_url: str = ""
    path: str = ""
    width: Count = 0


class Video(CamelWire):
    """A video in a list, or with its files."""

    uuid: Annotated[str, Field(pattern=_UUID.pattern)]
    name: Annotated[str, Field(min_length=1)]
    description: str | None = None
    duration: Seconds = 0.0
    published_at: str = ""
    originally_published_at: str = ""
    category: Label = Label()
    nsfw: bool = False
    is_live: bool = False
    thumbnail_path: str = ""
    preview_path: str = ""
    thumbnails: Annotated[tuple[Thumbnail, ...], each(Thumbnail)] = ()
    files: Annotated[tuple[File, ...], each(File)] = ()
    streaming_playlists: Annotated[tuple[Playlist, ...], each(Playlist)] = ()


class Videos(CamelWire):
    """A list of videos."""

    data: Annotated[tuple[Video, ...], each(Video, needed=True)]


class Caption(CamelWire):
    """One of the captions."""

    language: Label = Label()
    caption_path: str = ""
    file_url: str = ""


class Captions(CamelWire):
    """`/videos/{id}/captions`."""

    data: Annotated[tuple[Caption, ...], each(Caption, needed=True)]


def parse_list(raw: bytes, instance: Instance) -> tuple[Content, ...]:
    """Return a list's videos; live streams and those not safe for work are left out."""
    videos = read(Videos, raw, instance.host).data
    contents = (_content(one, instance) for one in videos if not one.nsfw and not one.is_live)
    return tuple({content.id: content for content in contents}.values())


def parse_video(raw: bytes, instance: Instance) -> Content:
    """Return a video."""
    return _content(read(Video, raw, instance.host), instance)


def parse_sources(raw: bytes, instance: Instance) -> tuple[StreamSource, ...]:
    """Return a video's files, playlists and magnets, the largest picture first."""
    video = read(Video, raw, instance.host)
    inside = tuple(file for playlist in video.streaming_playlists for file in playlist.files)
    files = _watchable(video.files) or _watchable(inside)
    direct = _watchable(video.files)
    sources = [
        _of_file(file, video, instance, SourceType.MP4, file.file_url)
        for file in direct
        if file.file_url
    ]
    sources += [
        _of_playlist(playlist, instance)
        for playlist in video.streaming_playlists
        if playlist.playlist_url
    ]
    sources += [
        _of_file(file, video, instance, SourceType.TORRENT, file.magnet_uri)
        for file in files
        if file.magnet_uri.startswith("magnet:?")
    ]
    return tuple({source.url: source for source in sources}.values())


def parse_captions(raw: bytes, instance: Instance) -> tuple[SubtitleTrack, ...]:
    """Return a video's subtitle tracks."""
    tracks = (_track(one, instance) for one in read(Captions, raw, instance.host).data)
    return tuple(track for track in tracks if track.url)


def _watchable(files: Iterable[File]) -> list[File]:
    good = [file for file in files if file.resolution.id and file.has_video and file.has_audio]
    return sorted(good, key=lambda file: -file.resolution.id)


def _of_file(
    file: File, video: Video, instance: Instance, kind: SourceType, url: str
) -> StreamSource:
    bits = file.size * 8 / video.duration if file.size and video.duration else None
    return StreamSource(
        url=url,
        quality=file.resolution.label or f"{file.resolution.id}p",
        type=kind,
        provider=instance.provider,
        height=file.resolution.id,
        bitrate=bits,
        size_bytes=file.size or None,
    )


def _of_playlist(playlist: Playlist, instance: Instance) -> StreamSource:
    height = max((file.resolution.id for file in playlist.files), default=0)
    return StreamSource(
        url=playlist.playlist_url,
        quality=f"{height}p" if height else "auto",
        type=SourceType.HLS,
        provider=instance.provider,
        height=height or None,
    )


def _track(caption: Caption, instance: Instance) -> SubtitleTrack:
    url = instance.url(caption.file_url or caption.caption_path)
    suffix = urlsplit(url).path.rpartition(".")[2].lower()
    return SubtitleTrack(
        lang=caption.language.id or "und",
        url=url,
        label=caption.language.label or caption.language.id or "Unknown",
        format=suffix if suffix in _FORMATS else None,
        origin=instance.provider,
    )


def _content(video: Video, instance: Instance) -> Content:
    wide = sorted(video.thumbnails, key=lambda one: -one.width)
    largest = next((url for one in wide if (url := instance.url(one.file_url or one.path))), "")
    small = instance.url(video.thumbnail_path)
    backdrop = instance.url(video.preview_path) or largest or small
    year = _YEAR.match(video.originally_published_at or video.published_at)
    return Content(
        id=instance.prefix + video.uuid.lower(),
        title=video.name,
        type=ContentType.MOVIE,
        backdrop_url=backdrop,
        poster_url=small or largest or backdrop,
        genres=(video.category.label,) if video.category.id and video.category.label else (),
        year=int(year.group(1)) if year else None,
        overview=video.description or None,
        runtime=video.duration or None,
        origin=instance.provider,
    )
