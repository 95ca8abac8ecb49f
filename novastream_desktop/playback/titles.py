"""What the three playback services share: unified watch metadata of one film or episode."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from novastream_desktop.errors import UserFacingError
from novastream_desktop.models import (
    Episode,
    SkipRange,
    StreamSource,
    SubtitleTrack,
    TitleDetails,
    WatchInfo,
)
from novastream_desktop.playback.plan import next_episode
from novastream_desktop.playback.ports import Skips, Sources, Subtitles
from novastream_desktop.player.base import Chapter
from novastream_desktop.progress.base import ProgressStore
from novastream_desktop.providers.base import WatchRequest


class TitlePlaybackService:
    """Sources, subtitles, skip ranges and progress of one thing to watch."""

    def __init__(
        self, *, sources: Sources, subtitles: Subtitles, skips: Skips, progress: ProgressStore
    ) -> None:
        self._sources = sources
        self._subtitles = subtitles
        self._skips = skips
        self._progress = progress

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

    async def fresh(self, source: StreamSource, request: WatchRequest) -> StreamSource:
        """Return the source, resolved again if it has expired."""
        return await self._sources.fresh(source, request)

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
            self._progress.get(details.content.id, episode.id if episode else None),
        )
        return WatchInfo(
            content=details.content,
            episode=request.episode,
            next_episode=next_episode(details.episodes, episode),
            sources=tuple(sources),
            subtitles=tuple(await self.subtitles(request, sources)),
            skip_ranges=tuple(skip_ranges),
            progress=progress,
        )
