"""What the three playback services share: unified watch metadata of one film or episode."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from pathlib import Path

from novastream_desktop.errors import UserFacingError
from novastream_desktop.models import (
    Episode,
    SkipRange,
    SkipType,
    StreamSource,
    SubtitleTrack,
    TitleDetails,
    WatchInfo,
    WatchProgress,
)
from novastream_desktop.net import HttpClient
from novastream_desktop.playback._alive import why_dead
from novastream_desktop.playback.plan import next_episode
from novastream_desktop.playback.ports import (
    LearnsSkips,
    LearnsThemes,
    RemembersSources,
    Skips,
    Sources,
    Subtitles,
)
from novastream_desktop.playback.state import ShowSkips
from novastream_desktop.player.base import Chapter
from novastream_desktop.progress.base import ProgressStore
from novastream_desktop.providers.base import WatchRequest
from novastream_desktop.sources import Resolution


class TitlePlaybackService:
    """Sources, subtitles, skip ranges and progress of one thing to watch.

    Args:
        sources: finds ways to play.
        subtitles: finds subtitle tracks.
        skips: finds skip ranges.
        progress: how far things were watched.
        http: asks a source that runs low whether it still answers; None asks nobody.
        room: returns the bytes that a torrent may take; None: not known.
    """

    def __init__(
        self,
        *,
        sources: Sources,
        subtitles: Subtitles,
        skips: Skips,
        progress: ProgressStore,
        http: HttpClient | None = None,
        room: Callable[[], int] | None = None,
    ) -> None:
        self._sources = sources
        self._memory = sources if isinstance(sources, RemembersSources) else None
        self._subtitles = subtitles
        self._skips = skips
        self._progress = progress
        self._http = http
        self._room = room

    def request(self, details: TitleDetails, episode: Episode | None) -> WatchRequest:
        """Return what the providers are asked for."""
        return WatchRequest(details.content, episode)

    async def sources(self, request: WatchRequest) -> Sequence[StreamSource]:
        """Return ways to play, best first.

        Raises:
            ProviderError: nothing was found, and a provider failed.
        """
        return await self._sources.resolve(request)

    async def sources_if_any(self, request: WatchRequest) -> Sequence[StreamSource]:
        """Return ways to play, none where `sources` fails: what else is known is still told."""
        try:
            return await self.sources(request)
        except UserFacingError:  # the provider boundary has logged it
            return ()

    def stream(self, request: WatchRequest) -> AsyncGenerator[Resolution, None]:
        """Yield what is known of ways to play each time that more is, best first."""
        return self._sources.stream(request)

    async def fresh(
        self, source: StreamSource, request: WatchRequest, *, force: bool = False
    ) -> StreamSource:
        """Return the source, resolved again if it has expired or `force` asks for it."""
        return await self._sources.fresh(source, request, force=force)

    async def why_dead(self, source: StreamSource) -> str:
        """Return why a source that played does not answer any more, empty if it does."""
        return await why_dead(source, self._http) if self._http is not None else ""

    def note_failure(self, source: StreamSource, request: WatchRequest, why: str) -> None:
        """Remember that a source failed."""
        if self._memory is not None:
            self._memory.note_failure(source, request, why)

    def has_ended(self, source: StreamSource, why: str) -> bool:
        """Whether a failure says that the source's address has only run out by its age."""
        return self._memory is not None and self._memory.has_ended(source, why)

    def note_choice(self, source: StreamSource, request: WatchRequest) -> None:
        """Remember that the person picked a source."""
        if self._memory is not None:
            self._memory.note_choice(source, request)

    def note_start(self, source: StreamSource, request: WatchRequest, seconds: float) -> None:
        """Remember how long a source took to its first frame, in seconds."""
        if self._memory is not None:
            self._memory.note_start(source, request, seconds)

    async def subtitles(
        self, request: WatchRequest, sources: Sequence[StreamSource]
    ) -> Sequence[SubtitleTrack]:
        """Return the merged subtitle tracks."""
        return await self._subtitles.tracks(request, sources)

    async def skip_ranges(
        self, request: WatchRequest, duration: float | None, chapters: Sequence[Chapter] = ()
    ) -> Sequence[SkipRange]:
        """Return the merged skip ranges."""
        return await self._skips.ranges(request, duration, chapters)

    async def note_undo(self, request: WatchRequest, skip: SkipRange) -> None:
        """Learn that somebody went back to a part that was skipped."""
        if isinstance(self._skips, LearnsSkips):
            await self._skips.note_undo(request, skip)

    async def learn_skips(
        self, request: WatchRequest, path: Path, episodes: Sequence[Episode]
    ) -> bool:
        """Find openings and endings by sound; return whether `skip_ranges` may say more now.

        Args:
            request: what is watched.
            path: its file, all of which is on this machine.
            episodes: all of the title.
        """
        if not isinstance(self._skips, LearnsThemes):
            return False
        return await self._skips.learn(request, path, episodes)

    async def learn_next(self, request: WatchRequest, episodes: Sequence[Episode]) -> bool:
        """Learn from one more file of the season on this machine; return if there was one."""
        if not isinstance(self._skips, LearnsThemes):
            return False
        return await self._skips.learn_next(request, episodes)

    async def shift_skips(self, request: WatchRequest, by: float | None) -> float:
        """Shift the show's skip ranges by seconds, None: not at all; return the new sum."""
        return await self._skips.shift(request, by) if isinstance(self._skips, LearnsSkips) else 0.0

    async def note_heard(self, request: WatchRequest, theme: str) -> None:
        """Keep that a theme of the show was heard."""
        if isinstance(self._skips, LearnsSkips):
            await self._skips.note_heard(request, theme)

    async def keep_skips_quiet(self, request: WatchRequest, *, quiet: bool) -> None:
        """Never skip by itself in the show, or as the settings say again."""
        if isinstance(self._skips, LearnsSkips):
            await self._skips.keep_quiet(request, quiet=quiet)

    async def report_skip(
        self,
        request: WatchRequest,
        kind: str,
        origin: str,
        *,
        wrong: bool,
        ranges: Sequence[SkipRange] = (),
    ) -> bool:
        """Leave out this episode's ranges of a kind and origin, or take them in again.

        Returns whether the origin was told, see `LearnsSkips.report`.
        """
        if not isinstance(self._skips, LearnsSkips):
            return False
        return await self._skips.report(request, kind, origin, wrong=wrong, ranges=ranges)

    async def show_skips(self, request: WatchRequest) -> ShowSkips:
        """Return what holds for the skips of the show, and of this episode of it."""
        if not isinstance(self._skips, LearnsSkips):
            return ShowSkips()
        taught = await self._skips.show(request)
        wrong = taught.wrong_in(request.episode.id if request.episode else "")
        kinds = {kind.value: kind for kind in SkipType}
        known = tuple((kinds[kind], origin) for kind, origin in wrong if kind in kinds)
        return ShowSkips(taught.offset, taught.quiet, known, taught.heard)

    async def watch(
        self, details: TitleDetails, episode: Episode | None, duration: float | None = None
    ) -> WatchInfo:
        """Return all that is needed to watch this.

        Args:
            details: the title.
            episode: one of its episodes, None for a film.
            duration: the file's length in seconds, if known; skip ranges depend on it.
        """
        request = self.request(details, episode)
        runtime = duration or (episode.runtime if episode else None) or details.content.runtime
        sources, skip_ranges, progress = await asyncio.gather(
            self.sources_if_any(request),
            self.skip_ranges(request, runtime),
            self._progress_of(details, episode),
        )
        return WatchInfo(
            content=details.content,
            episode=request.episode,
            next_episode=next_episode(details.episodes, request.episode),
            sources=tuple(sources),
            subtitles=tuple(await self.subtitles(request, sources)),
            skip_ranges=tuple(skip_ranges),
            progress=progress,
        )

    async def _progress_of(
        self, details: TitleDetails, episode: Episode | None
    ) -> WatchProgress | None:
        """Return how far this was watched, under the title or under its sequel's own entry."""
        part = episode.id if episode else None
        entries = {details.content.id, episode.content_id if episode else details.content.id}
        found = [await self._progress.get(entry, part) for entry in entries]
        there = [progress for progress in found if progress is not None]
        return max(there, key=lambda progress: progress.updated_at, default=None)
