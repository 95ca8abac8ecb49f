"""What every front end may ask: the window, the HTTP API and the command line use this one core."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from novastream_desktop.errors import UserFacingError
from novastream_desktop.models import (
    Content,
    ContentType,
    Episode,
    HomeRows,
    StreamSource,
    SubtitleTrack,
    TitleDetails,
    WatchInfo,
    WatchProgress,
)
from novastream_desktop.models.doctor import ProviderState
from novastream_desktop.playback._history import progress_of, recall
from novastream_desktop.playback._numbers import of_season, pick_episode
from novastream_desktop.playback._subtitle_desk import SubtitleDesk
from novastream_desktop.playback.answering import Answering
from novastream_desktop.playback.commands import PlaybackCommands
from novastream_desktop.playback.fitting import FittedSubtitles, FittedTitle, fit_subtitles
from novastream_desktop.playback.home import continue_watching
from novastream_desktop.playback.plan import start_point
from novastream_desktop.playback.state import ShowSkips
from novastream_desktop.playback.target import DIRECT, direct_of_id
from novastream_desktop.playback.titles import TitlePlaybackService
from novastream_desktop.progress import OpenedProgressStore
from novastream_desktop.providers.base import WatchRequest
from novastream_desktop.runtime import Clock, Observable
from novastream_desktop.settings import Settings
from novastream_desktop.subtitles import ReadSubtitle
from novastream_desktop.torrents.base import TorrentEngine, TorrentStream

MOST_SEEN = 30
"""Titles whose episodes are kept at hand, so that their sequels' progress is found."""
ROWS_FRESH = 15.0
"""Seconds in which a repeated question for the rows, which needs no token, asks no provider."""


class Program:
    """The services behind every front end. Lives on the service loop."""

    def __init__(
        self,
        answering: Answering,
        *,
        store: OpenedProgressStore,
        torrents: TorrentEngine,
        clock: Clock,
    ) -> None:
        self.answering = answering
        self.session: PlaybackCommands | None = None
        self._services = dict(answering.services)
        self._store = store
        self._torrents = torrents
        self._clock = clock
        self._asked_for_rows: float | None = None
        self._seen: dict[str, TitleDetails] = {}
        self._used_at = clock.monotonic()

    async def reconfigure(self, answering: Answering) -> None:
        """Answer from other services from now on."""
        self._asked_for_rows = None
        before, self.answering = self.answering, answering
        self._services.update(answering.services)
        await before.catalog.close()

    async def close(self) -> None:
        """Stop asking providers."""
        await self.answering.catalog.close()

    def playback(self) -> PlaybackCommands | None:
        """Return the session of the open window, None without a window."""
        return self.session

    async def provider_states(self) -> Sequence[ProviderState]:
        """Return every provider, switched off ones too, and what failed last at it."""
        return tuple(map(self.answering.troubles.added_to, self.answering.states))

    async def checked_provider_states(self) -> Sequence[ProviderState]:
        """Return the same after each that is switched on was asked."""
        await self.answering.check()
        return await self.provider_states()

    async def progress_store(self) -> OpenedProgressStore:
        """Return the watch history."""
        return self._store

    @property
    def torrents(self) -> TorrentEngine:
        """Turns magnets into addresses."""
        return self._torrents

    @property
    def services(self) -> Mapping[ContentType, TitlePlaybackService]:
        """The playback service of each type; the same mapping also after `reconfigure`."""
        return self._services

    def unused_for(self) -> float:
        """Return the seconds since somebody asked for a title, a search or what was watched."""
        return self._clock.monotonic() - self._used_at

    # -- titles --------------------------------------------------------------------------------

    async def home_rows(self) -> HomeRows:
        """Return the home page's rows, asking their providers first unless that was just done."""
        now = self._clock.monotonic()
        if self._asked_for_rows is None or now - self._asked_for_rows > ROWS_FRESH:
            self._asked_for_rows = now
            await self.answering.catalog.refresh()
            await self.answering.catalog.keep(await continue_watching(self._store))
        rows = self.answering.catalog.rows.value
        return HomeRows(rows=rows, generated_at=self._clock.now())

    async def search(
        self, query: str, into: Observable[tuple[Content, ...]] | None = None
    ) -> Sequence[Content]:
        """Return titles that match; `into` fills as providers answer."""
        self._used_at = self._clock.monotonic()
        return await self.answering.catalog.search(query, into)

    async def details(self, content_id: str) -> TitleDetails:
        """Return a title and its episodes; what is remembered when nobody can be asked."""
        self._used_at = self._clock.monotonic()
        try:
            found = await self.answering.catalog.details(content_id)
            self._seen[content_id] = found
            while len(self._seen) > MOST_SEEN:
                del self._seen[next(iter(self._seen))]
            return found  # noqa: TRY300  (what raises is the asking alone)
        except UserFacingError:
            kept = await recall(self._store, content_id) or direct_of_id(content_id)
            if kept is None:
                raise
            return kept.details

    async def find(
        self, content_id: str, *, season: int | None, number: float | None
    ) -> tuple[TitleDetails, Episode | None]:
        """Return a title and the episode asked for.

        Without a number: the resume point, else the first unwatched episode (None for a film).

        Raises:
            NotFound: the title has no such episode.
        """
        details = await self.details(content_id)
        if number is None and season is not None:
            details = of_season(details, season)
        if number is None:
            progress = await progress_of(self._store, details)
            return details, start_point(details, progress, self._clock.now()).episode
        return details, pick_episode(details, season, number)

    # -- watching ------------------------------------------------------------------------------

    async def watch(
        self,
        content_id: str,
        *,
        season: int | None = None,
        episode: float | None = None,
        duration: float | None = None,
    ) -> WatchInfo:
        """Return all that is needed to watch this; `duration` in seconds."""
        details, found = await self.find(content_id, season=season, number=episode)
        return await self._services[details.content.type].watch(details, found, duration)

    async def sources(
        self, content_id: str, *, season: int | None = None, episode: float | None = None
    ) -> Sequence[StreamSource]:
        """Return the ranked sources."""
        details, found = await self.find(content_id, season=season, number=episode)
        return await self.sources_of(details, found)

    async def sources_of(
        self, details: TitleDetails, episode: Episode | None
    ) -> Sequence[StreamSource]:
        """Return the ranked sources of a title that is at hand."""
        content_id = details.content.id
        if content_id.startswith(DIRECT):
            kept = await recall(self._store, content_id) or direct_of_id(content_id)
            if kept is not None and kept.source is not None:
                return [kept.source]
        service = self._services[details.content.type]
        return await service.sources(service.request(details, episode))

    async def subtitles(
        self, content_id: str, *, season: int | None = None, episode: float | None = None
    ) -> Sequence[SubtitleTrack]:
        """Return the merged subtitle tracks."""
        details, found = await self.find(content_id, season=season, number=episode)
        service = self._services[details.content.type]
        request = service.request(details, found)
        return await service.subtitles(request, await service.sources_if_any(request))

    async def tracks(
        self, request: WatchRequest, sources: Sequence[StreamSource] = ()
    ) -> Sequence[SubtitleTrack]:
        """See `ports.Subtitles`."""
        return await self.answering.subtitles.tracks(request, sources)

    async def file_for(self, track: SubtitleTrack) -> Path:
        """See `ports.Subtitles`."""
        return await self.answering.subtitles.file_for(track)

    def subtitle_desk(self) -> SubtitleDesk:
        """Return the subtitle service in force, for playback."""
        return self.answering.subtitles

    async def subtitle_file(self, url_or_path: str, *, lang: str | None = None) -> ReadSubtitle:
        """Return one track as WebVTT in UTF-8, and what it came in."""
        return await self.answering.subtitles.read(url_or_path, lang or "und")

    async def fit_subtitles(
        self,
        content_id: str,
        wanted: str,
        progress: Callable[[float], None],
        *,
        season: int | None = None,
        episode: float | None = None,
    ) -> FittedSubtitles:
        """Fit one of `subtitles` to the sound; see `fitting.fit_subtitles`."""
        details, found = await self.find(content_id, season=season, number=episode)
        sources = await self.sources_of(details, found)
        service = self._services[details.content.type]
        title = FittedTitle(service, service.request(details, found), sources)
        return await fit_subtitles(title, self.answering.subtitles, wanted, progress)

    async def open_stream(self, target: str, *, file_index: int | None = None) -> TorrentStream:
        """Open a torrent for streaming; a file that is named is remembered for it."""
        by_hand = file_index is not None
        return await self._torrents.open(target, file_index=file_index, by_hand=by_hand)

    # -- progress ------------------------------------------------------------------------------

    async def save_progress(self, items: Iterable[WatchProgress]) -> Sequence[WatchProgress]:
        """Store progress; older never overwrites newer."""
        return await self._store.save(items)

    async def progress_since(self, moment: datetime | None) -> Sequence[WatchProgress]:
        """Return progress updated after a moment, or all."""
        if moment is None:
            return (await self._store.recent())[::-1]
        return await self._store.since(moment)

    async def progress_of(self, content_id: str) -> Sequence[WatchProgress]:
        """Return how far each part of a title was watched, also under its sequels' own entries."""
        self._used_at = self._clock.monotonic()
        details = self._seen.get(content_id)
        if details is None:
            kept = await recall(self._store, content_id)
            details = kept.details if kept is not None else None
        if details is None:
            return await self._store.of_content(content_id)
        return await progress_of(self._store, details)

    # -- the skips of a show -------------------------------------------------------------------

    async def show_skips(self, content_id: str) -> ShowSkips:
        """Return what holds for the skips of a show, beside the settings."""
        return await self._any_service.show_skips(_of_show(content_id))

    async def shift_skips(self, content_id: str, by: float | None) -> float:
        """Shift a show's skips by seconds, None: not at all; return the sum that holds now."""
        return await self._any_service.shift_skips(_of_show(content_id), by)

    async def keep_skips_quiet(self, content_id: str, *, quiet: bool) -> None:
        """Never skip by itself in a show, or as the settings say again."""
        await self._any_service.keep_skips_quiet(_of_show(content_id), quiet=quiet)

    @property
    def _any_service(self) -> TitlePlaybackService:
        return self._services[ContentType.SERIES]


def _of_show(content_id: str) -> WatchRequest:
    return WatchRequest(Content(id=content_id, title="", type=ContentType.SERIES))


@dataclass(frozen=True, slots=True)
class Services:
    """The running services behind every front end.

    Attributes:
        store: where progress is kept; says what was found wrong when it was opened.
        reconfigure: builds the answering services for other settings.
    """

    program: Program
    store: OpenedProgressStore
    reconfigure: Callable[[Settings], Answering]
