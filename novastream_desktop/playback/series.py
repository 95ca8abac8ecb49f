"""Watching a series."""

from __future__ import annotations

from novastream_desktop.errors import NotFound
from novastream_desktop.models import Episode, TitleDetails
from novastream_desktop.playback.titles import TitlePlaybackService
from novastream_desktop.providers.base import WatchRequest


class SeriesPlaybackService(TitlePlaybackService):
    """Unified watch metadata of episodes."""

    def request(self, details: TitleDetails, episode: Episode | None) -> WatchRequest:
        """Return what the providers are asked for; without an episode, the first.

        Raises:
            NotFound: the title has no episodes.
        """
        if episode is None:
            if not details.episodes:
                raise NotFound(
                    f"{details.content.title} has no episodes yet",
                    hint="Try again after its first air date",
                )
            episode = details.episodes[0]
        return WatchRequest(details.content, episode)
