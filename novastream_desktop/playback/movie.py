"""Watching a film."""

from __future__ import annotations

from novastream_desktop.models import Episode, TitleDetails
from novastream_desktop.playback.titles import TitlePlaybackService
from novastream_desktop.providers.base import WatchRequest


class MoviePlaybackService(TitlePlaybackService):
    """Unified watch metadata of films: never an episode, nothing comes next."""

    def request(self, details: TitleDetails, episode: Episode | None) -> WatchRequest:
        """Return what the providers are asked for; an episode of a film is dropped."""
        del episode
        return WatchRequest(details.content)
