"""The program behind the API and the command line, with what a test puts into it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from novastream_desktop.api import ProviderState, ProviderStatus
from novastream_desktop.models import (
    Content,
    ContentType,
    Episode,
    HomeRows,
    Row,
    SkipRange,
    SkipType,
    SourceType,
    StreamSource,
    SubtitleTrack,
    WatchInfo,
    WatchProgress,
)
from novastream_desktop.paths import AppPaths
from novastream_desktop.playback.commands import PlaybackCommands
from novastream_desktop.playback.fitting import FittedSubtitles
from novastream_desktop.playback.state import SessionState
from novastream_desktop.runtime import Observable
from novastream_desktop.settings import Settings
from novastream_desktop.subtitles import ReadSubtitle, Timing
from novastream_desktop.torrents.base import TorrentFile, TorrentProgress, TorrentSubtitle

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
FILM = Content(id="nova:moon", title="Moon Courier", type=ContentType.MOVIE, year=2024)
SERIES = Content(id="mirror:home:paper/moons", title="Paper Moons", type=ContentType.SERIES)
SOURCE = StreamSource(url="https://x/a.m3u8", quality="1080p", type=SourceType.HLS, provider="m")
TRACK = SubtitleTrack(lang="de", url="https://x/de.vtt", label="Deutsch")
HOME = HomeRows(rows=(Row(id="r", title="Row", items=(FILM,)),), generated_at=NOON)


class FakeProgressStore:
    """Keeps entries in memory."""

    def __init__(self) -> None:
        self.entries: dict[tuple[str, str], WatchProgress] = {}
        self.problems: tuple[str, ...] = ()

    async def save(self, items: Sequence[WatchProgress]) -> tuple[WatchProgress, ...]:
        stored = []
        for item in items:
            there = self.entries.get(item.key)
            if there is None or there.updated_at <= item.updated_at:
                self.entries[item.key] = item
            stored.append(self.entries[item.key])
        return tuple(stored)

    async def recent(self, limit: int | None = None) -> tuple[WatchProgress, ...]:
        newest = sorted(self.entries.values(), key=lambda e: e.updated_at, reverse=True)
        return tuple(newest[:limit])

    async def latest_titles(self, titles: int, each: int = 20) -> tuple[WatchProgress, ...]:
        return await self.recent(titles * each)

    async def since(self, moment: datetime) -> tuple[WatchProgress, ...]:
        later = (e for e in self.entries.values() if e.updated_at > moment)
        return tuple(sorted(later, key=lambda e: e.updated_at))


class RecordingPlayback:
    """Notes the commands that it is given."""

    def __init__(self) -> None:
        self.state = Observable(SessionState(content=FILM, sources=(SOURCE,)))
        self.calls: list[tuple[str, dict[str, object]]] = []

    def __getattr__(self, name: str) -> Callable[..., None]:
        if not hasattr(PlaybackCommands, name):
            raise AttributeError(name)
        return lambda **arguments: self.calls.append((name, arguments))


class FakeTorrentStream:
    """A stream that a test moves on."""

    url = "http://127.0.0.1:9/stream/s/h/0/film.mp4"
    info_hash = "a" * 40
    file = TorrentFile(0, "film.mp4", 10, playable=True)
    files = (file,)
    subtitles: tuple[TorrentSubtitle, ...] = ()

    def __init__(self) -> None:
        self.progress = Observable(TorrentProgress())
        self.closed = False
        self.duration = 0.0

    def note_duration(self, seconds: float) -> None:
        self.duration = seconds

    async def close(self) -> None:
        self.closed = True


@dataclass
class FakeServices:
    """Implements `CommandServices`. `error` is raised by whatever is asked next."""

    home: HomeRows = HOME
    found_sources: Sequence[StreamSource] = (SOURCE,)
    found: Sequence[Content] = (FILM,)
    tracks: Sequence[SubtitleTrack] = (TRACK,)
    states: Sequence[ProviderState] = (
        ProviderState(name="archive", title="Internet Archive"),
        ProviderState(name="tmdb", status=ProviderStatus.OFF, detail="no token"),
    )
    session: RecordingPlayback | None = None
    error: Exception | None = None
    store: FakeProgressStore = field(default_factory=FakeProgressStore)
    stream: FakeTorrentStream = field(default_factory=FakeTorrentStream)
    asked: list[tuple[object, ...]] = field(default_factory=list)
    opened: list[tuple[AppPaths, Settings]] = field(default_factory=list)
    closed: int = 0

    @asynccontextmanager
    async def open(self, paths: AppPaths, settings: Settings) -> AsyncIterator[FakeServices]:
        self.opened.append((paths, settings))
        try:
            yield self
        finally:
            self.closed += 1

    def _ask(self, *question: object) -> None:
        self.asked.append(question)
        if self.error is not None:
            raise self.error

    async def home_rows(self) -> HomeRows:
        self._ask("home_rows")
        return self.home

    async def watch(
        self,
        content_id: str,
        *,
        season: int | None = None,
        episode: float | None = None,
        duration: float | None = None,
    ) -> WatchInfo:
        self._ask("watch", content_id, season, episode, duration)
        return WatchInfo(
            content=FILM,
            episode=Episode(id="s1e1", content_id=content_id, episode_number=1, title="One"),
            sources=(SOURCE,),
            subtitles=(TRACK,),
            skip_ranges=(SkipRange(type=SkipType.MIXED_OP, start=30, end=60),),
        )

    async def sources(
        self, content_id: str, *, season: int | None = None, episode: float | None = None
    ) -> Sequence[StreamSource]:
        self._ask("sources", content_id, season, episode)
        return self.found_sources

    async def save_progress(self, items: Sequence[WatchProgress]) -> Sequence[WatchProgress]:
        self._ask("save_progress", *items)
        return await self.store.save(items)

    async def progress_since(self, moment: datetime | None) -> Sequence[WatchProgress]:
        self._ask("progress_since", moment)
        return await self.store.since(moment or datetime(1970, 1, 1, tzinfo=UTC))

    async def provider_states(self) -> Sequence[ProviderState]:
        self._ask("provider_states")
        return self.states

    async def checked_provider_states(self) -> Sequence[ProviderState]:
        self._ask("checked_provider_states")
        return self.states

    def playback(self) -> RecordingPlayback | None:
        return self.session

    async def search(self, query: str) -> Sequence[Content]:
        self._ask("search", query)
        return self.found

    async def subtitles(
        self, content_id: str, *, season: int | None = None, episode: float | None = None
    ) -> Sequence[SubtitleTrack]:
        self._ask("subtitles", content_id, season, episode)
        return self.tracks

    async def subtitle_file(self, url_or_path: str, *, lang: str | None = None) -> ReadSubtitle:
        self._ask("subtitle_file", url_or_path, lang)
        return ReadSubtitle("WEBVTT\n\n00:01.000 --> 00:02.000\nÄ\n", "cp1252", 0.973)

    async def fit_subtitles(
        self,
        content_id: str,
        wanted: str,
        progress: Callable[[float], None],
        *,
        season: int | None = None,
        episode: float | None = None,
    ) -> FittedSubtitles:
        self._ask("fit_subtitles", content_id, wanted, season, episode)
        progress(0.5)
        return FittedSubtitles(TRACK, Timing(-1.5, 1.0427), "Film.WEB")

    async def open_stream(self, target: str, *, file_index: int | None = None) -> FakeTorrentStream:
        self._ask("open_stream", target, file_index)
        return self.stream

    async def progress_store(self) -> FakeProgressStore:
        return self.store
