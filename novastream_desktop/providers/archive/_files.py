"""The files of an item as sources and subtitles: one film's, originals and derivatives apart."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Annotated

from pydantic import BeforeValidator, Field

from novastream_desktop.models import SourceType, StreamSource, SubtitleTrack
from novastream_desktop.providers._language import UNKNOWN, language_tag
from novastream_desktop.providers._wire import Wire, each, read
from novastream_desktop.providers.archive._items import Archive, Text, seconds

_SUFFIXES = frozenset(
    {"mp4", "m4v", "mkv", "webm", "ogv", "avi", "mov", "mpg", "mpeg", "m2ts", "ts", "divx"}
)
_SUBTITLES = frozenset({"srt", "vtt", "ass"})
_ORIGINAL = "original"
_TORRENT = "archive bittorrent"
_AS_LONG = 0.9


def _count(value: object) -> object:
    text = str(value).strip() if isinstance(value, str | int) else ""
    return int(text) if text.isascii() and text.isdecimal() and int(text) > 0 else None


Positive = Annotated[int | None, BeforeValidator(_count)]
Length = Annotated[float | None, BeforeValidator(seconds)]


class File(Wire):
    """One of `files`."""

    name: Annotated[str, Field(min_length=1)]
    source: Text = ""
    original: Text = ""
    format: Text = ""
    size: Positive = None
    length: Length = None
    height: Positive = None
    private: Text = ""

    @property
    def suffix(self) -> str:
        """Return its name's ending, in lower case, without the dot."""
        return PurePosixPath(self.name).suffix.casefold().removeprefix(".")

    @property
    def is_video(self) -> bool:
        """Whether it can be played by anybody."""
        return self.suffix in _SUFFIXES and self.private.casefold() != "true"

    @property
    def is_original(self) -> bool:
        """Whether it was uploaded, not made from another."""
        return self.source.casefold() == _ORIGINAL


class Item(Wire):
    """An item's files."""

    files: Annotated[tuple[File, ...], each(File)] = ()
    nodownload: bool = False


@dataclass(frozen=True, slots=True)
class Film:
    """The one film of an item: its video files, the original first."""

    files: tuple[File, ...] = ()

    @property
    def length(self) -> float | None:
        """Return seconds."""
        return max((file.length for file in self.files if file.length), default=None)


def parse_files(raw: bytes, archive: Archive) -> tuple[File, ...]:
    """Return an item's files, none if it must not be downloaded."""
    item = read(Item, raw, archive.host)
    return () if item.nodownload else item.files


def main_film(files: tuple[File, ...]) -> Film:
    """Return the files of the longest film among those of an item.

    An item may hold a trailer, a sample, or several parts: files made from one original belong
    together, and the longest of these families is the film.
    """
    by_name = {file.name: file for file in files}
    families: dict[str, list[File]] = {}
    for file in files:
        if file.is_video:
            families.setdefault(_root(file, by_name), []).append(file)
    if not families:
        return Film()
    longest = max(families.values(), key=_weight)
    whole = max((file.length for file in longest if file.length), default=0.0)
    kept = [file for file in longest if not file.length or file.length >= whole * _AS_LONG]
    best_first = sorted(kept, key=lambda f: (not f.is_original, -(f.height or 0), -(f.size or 0)))
    return Film(tuple(best_first))


def sources_of(
    files: tuple[File, ...], archive: Archive, identifier: str
) -> tuple[StreamSource, ...]:
    """Return the film's files, and the item's torrent, whose bytes come from web seeds."""
    film = main_film(files)
    sources = [_source(file, film, archive, identifier) for file in film.files]
    torrent = next((file for file in files if file.format.casefold() == _TORRENT), None)
    if torrent is not None and film.files:
        best = film.files[0]
        sources.append(
            StreamSource(
                url=archive.file(identifier, torrent.name),
                quality=_quality(best),
                type=SourceType.TORRENT,
                provider=archive.provider,
                height=best.height,
                bitrate=_bitrate(best, film),
                size_bytes=best.size,
            )
        )
    return tuple(sources)


def subtitles_of(
    files: tuple[File, ...], archive: Archive, identifier: str
) -> tuple[SubtitleTrack, ...]:
    """Return the subtitle files whose names begin like one of the film's."""
    stems = {_stem(file.name) for file in main_film(files).files}
    tracks = []
    for file in files:
        stem = _stem(file.name)
        belongs = any(stem == film or stem.startswith(f"{film}.") for film in stems)
        if file.suffix in _SUBTITLES and belongs and file.private.casefold() != "true":
            lang = language_tag(stem.rpartition(".")[2]) if "." in stem else UNKNOWN
            tracks.append(
                SubtitleTrack(
                    lang=lang,
                    url=archive.file(identifier, file.name),
                    label=PurePosixPath(file.name).name,
                    format=file.suffix,
                    origin=archive.provider,
                )
            )
    return tuple(tracks)


def _root(file: File, by_name: dict[str, File]) -> str:
    name, seen = file.name, {file.name}
    while (made_from := by_name[name].original) in by_name and made_from not in seen:
        name = made_from
        seen.add(name)
    return name


def _weight(family: list[File]) -> tuple[float, int, int]:
    return (
        max((file.length or 0.0) for file in family),
        max((file.height or 0) for file in family),
        max((file.size or 0) for file in family),
    )


def _source(file: File, film: Film, archive: Archive, identifier: str) -> StreamSource:
    return StreamSource(
        url=archive.file(identifier, file.name),
        quality=_quality(file),
        type=SourceType.MP4,
        provider=archive.provider,
        height=file.height,
        bitrate=_bitrate(file, film),
        size_bytes=file.size,
        codec="h264" if "h.264" in file.format.casefold() else None,
    )


def _quality(file: File) -> str:
    kind = f"original {file.format}".strip() if file.is_original else file.format
    lines = f"{file.height}p" if file.height else ""
    return " \u00b7 ".join(part for part in (lines, kind or file.suffix) if part)


def _bitrate(file: File, film: Film) -> float | None:
    length = file.length or film.length
    return file.size * 8 / length if file.size and length else None


def _stem(name: str) -> str:
    return PurePosixPath(name).stem.removesuffix(".ia").casefold()
