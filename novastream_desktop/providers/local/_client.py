"""The folders in Settings as a catalogue: row, search, details, sources and subtitles."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from novastream_desktop.errors import NotFound, ProviderUnavailable
from novastream_desktop.models import (
    Content,
    ContentType,
    Episode,
    Row,
    SourceType,
    StreamSource,
    SubtitleTrack,
    TitleDetails,
)
from novastream_desktop.providers._language import (
    UNKNOWN,
    language_tag,
    only_signs,
)
from novastream_desktop.providers._likeness import match, plain_title
from novastream_desktop.providers.base import WatchRequest
from novastream_desktop.providers.local._library import Library, Title, Video, build_library
from novastream_desktop.providers.local._names import release_name
from novastream_desktop.providers.local._scan import Entry, scan, shown

if TYPE_CHECKING:
    from novastream_desktop.runtime import Clock

ROW = "local"
_ROW_LENGTH = 60
_FRESH_FOR = 30.0
_ABOUT_HEARING = frozenset({"sdh", "cc", "hi"})
log = logging.getLogger(__name__)


class LocalProvider:
    """What lies in some folders. They are read anew when asked after half a minute."""

    def __init__(self, name: str, folders: Sequence[Path], clock: Clock) -> None:
        self._name = name
        self._folders = tuple(folders)
        self._clock = clock
        self._reading = asyncio.Lock()
        self._library: Library | None = None
        self._read_at = 0.0

    @property
    def name(self) -> str:
        """Its spec's name."""
        return self._name

    @property
    def reads_files(self) -> bool:
        """Its files are this machine's own."""
        return True

    async def rows(self) -> Sequence[Row]:
        """Return the titles, the newest first; no row while there are none."""
        library = await self._read()
        items = tuple(title.details.content for title in library.titles[:_ROW_LENGTH])
        row = Row(id=ROW, title="On this computer", origin=self._name, items=items)
        return (row,) if items else ()

    async def search(self, query: str) -> Sequence[Content]:
        """Return the titles that hold every word of the query."""
        words = plain_title(query).split()
        contents = [title.details.content for title in (await self._read()).titles]
        return tuple(
            content
            for content in contents
            if words and all(word in plain_title(content.title) for word in words)
        )

    def knows(self, content_id: str) -> bool:
        """Whether it may be ours; certain as soon as the folders were read once."""
        if not content_id.startswith("file:"):
            return False
        return self._library is None or self._library.find(content_id) is not None

    async def details(self, content_id: str) -> TitleDetails:
        """Return a title, a series with its episodes."""
        title = (await self._read()).find(content_id)
        if title is None:
            raise NotFound(
                "That file is not on this computer any more",
                why="none of the folders in Settings holds it",
                hint="Check the folders in Settings, or open the file itself",
            )
        return title.details

    async def sources(self, request: WatchRequest) -> Sequence[StreamSource]:
        """Return the files of this, also for the same title of another catalogue."""
        videos = _videos_of(await self._read(), request)
        return tuple(_source(video, request, self._name) for video in videos)

    async def subtitles(self, request: WatchRequest) -> Sequence[SubtitleTrack]:
        """Return the subtitle files beside the files of this."""
        library = await self._read()
        tracks = [
            _track(found, video.entry, self._name)
            for video in _videos_of(library, request)
            for found in library.beside(video.entry)
        ]
        return tuple({track.url: track for track in tracks}.values())

    async def _read(self) -> Library:
        async with self._reading:
            now = self._clock.monotonic()
            if self._library is None or now - self._read_at >= _FRESH_FOR:
                self._library = await asyncio.to_thread(self._scan)
                self._read_at = self._clock.monotonic()
            return self._library

    def _scan(self) -> Library:
        entries: list[Entry] = []
        failures: list[OSError] = []
        for folder in self._folders:
            try:
                entries += scan(folder)
            except OSError as error:
                failures.append(error)
                log.warning("%s cannot be read: %s", folder, error.strerror or error)
        if failures and len(failures) == len(self._folders):
            raise ProviderUnavailable(
                f"The folder {self._folders[0]} cannot be read",
                why=failures[0].strerror or str(failures[0]),
                hint="Plug its disk in, or correct sources.local_folders in Settings",
            )
        return build_library({entry.path: entry for entry in entries}.values(), self._name)


def _videos_of(library: Library, request: WatchRequest) -> tuple[Video, ...]:
    content = request.content
    ours = (library.find(name) for name in (content.id, *content.aliases))
    title = next((found for found in ours if found is not None), None) or _same(library, content)
    if title is None:
        return ()
    if request.episode is None:
        return title.files.get("", ())
    return title.files.get(_episode_id(title, request.episode), ())


def _same(library: Library, asked: Content) -> Title | None:
    """Return our copy of another catalogue's title, by its name and year."""
    is_film = asked.type is ContentType.MOVIE
    best, found = 0.0, None
    for title in library.titles:
        ours = title.details.content
        if (ours.type is ContentType.MOVIE) is is_film:
            score = match(asked, [ours.title], ours.year)
            if score > best:
                best, found = score, title
    return found


def _episode_id(title: Title, asked: Episode) -> str:
    """Return our id of an episode: by its numbers, or by its number in the whole series."""
    numbers = (asked.season, asked.episode_number)
    for episode in title.details.episodes:
        if (episode.season, episode.episode_number) == numbers:
            return episode.id
    seasons = {episode.season for episode in title.details.episodes}
    if asked.absolute_number is not None and len(seasons) == 1:
        for episode in title.details.episodes:
            if episode.episode_number == asked.absolute_number:
                return episode.id
    return "?"


def _source(video: Video, request: WatchRequest, provider: str) -> StreamSource:
    named, entry = video.named, video.entry
    runtime = (request.episode.runtime if request.episode else None) or request.content.runtime
    return StreamSource(
        url=entry.path.as_uri(),
        quality=f"{named.height}p" if named.height else "",
        type=SourceType.MP4,
        provider=provider,
        height=named.height,
        size_bytes=entry.size or None,
        bitrate=entry.size * 8 / runtime if entry.size and runtime else None,
        release_name=release_name(named, shown(entry.parts[-1])),
    )


def _track(found: Entry, video: Entry, provider: str) -> SubtitleTrack:
    rest = shown(found.stem[len(video.stem) :].strip("."))
    words = [word.casefold() for word in rest.split(".") if word]
    tags = [language_tag(word) for word in words if word not in _ABOUT_HEARING]
    lang = next((tag for tag in tags if tag != UNKNOWN), UNKNOWN)
    is_hindi = lang == UNKNOWN and "hi" in words  # `film.en.hi.srt` describes sounds
    return SubtitleTrack(
        lang="hi" if is_hindi else lang,
        url=found.path.as_uri(),
        label=rest or shown(found.parts[-1]),
        format=found.suffix,
        hearing_impaired=not is_hindi and not _ABOUT_HEARING.isdisjoint(words),
        forced=only_signs(" ".join(words)),
        origin=provider,
    )
