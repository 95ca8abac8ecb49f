"""Watching anime: as a series or film, with the numbers that skip ranges are kept under."""

from __future__ import annotations

from novastream_desktop.models import Episode, TitleDetails
from novastream_desktop.playback.titles import TitlePlaybackService
from novastream_desktop.providers.base import WatchRequest


class AnimePlaybackService(TitlePlaybackService):
    """Unified watch metadata of anime. AniSkip is keyed by MyAnimeList id and episode."""

    def request(self, details: TitleDetails, episode: Episode | None) -> WatchRequest:
        """Return what the providers are asked for, with MyAnimeList numbers filled in.

        A title whose own entry has a MyAnimeList id counts its episodes within that entry.
        """
        content = details.content
        if episode is None and details.episodes:
            episode = details.episodes[0]
        if episode is not None and episode.mal_id is None and content.mal_id is not None:
            episode = episode.with_(
                mal_id=content.mal_id,
                mal_episode=episode.mal_episode
                or episode.absolute_number
                or episode.episode_number,
            )
        return WatchRequest(content, episode)
