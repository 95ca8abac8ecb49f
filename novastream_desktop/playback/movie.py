"""Watching a film."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import replace

from novastream_desktop.models import Episode, StreamSource, TitleDetails
from novastream_desktop.playback._hierarchy import Means, film_order, first_of_film, measured_link
from novastream_desktop.playback.titles import TitlePlaybackService
from novastream_desktop.providers.base import WatchRequest
from novastream_desktop.sources import Resolution, paired


class MoviePlaybackService(TitlePlaybackService):
    """Unified watch metadata of films: never an episode, nothing comes next.

    Sources come in the hierarchy of `_hierarchy.py`: editorial ones first, then high-bitrate
    torrents that this link and disk can carry, then the rest by rank.
    """

    def request(self, details: TitleDetails, episode: Episode | None) -> WatchRequest:
        """Return what the providers are asked for; an episode of a film is dropped."""
        del episode
        return WatchRequest(details.content)

    async def sources(self, request: WatchRequest) -> Sequence[StreamSource]:
        """Return ways to play in the hierarchy's order.

        Raises:
            ProviderError: nothing was found, and a provider failed.
        """
        found = await super().sources(request)
        return paired(film_order(found, request.content.runtime, self._means(found)))

    async def stream(self, request: WatchRequest) -> AsyncGenerator[Resolution, None]:
        """Yield what is known of ways to play, in the hierarchy's order."""
        runtime = request.content.runtime
        async with aclosing(super().stream(request)) as resolutions:
            async for resolution in resolutions:
                means = self._means(resolution.sources)
                ordered = paired(film_order(resolution.sources, runtime, means))
                first = first_of_film(ordered, resolution.first, runtime, means)
                yield replace(resolution, sources=ordered, first=first)

    def _means(self, sources: Sequence[StreamSource]) -> Means:
        return Means(link=measured_link(sources), room=self._room() if self._room else None)
