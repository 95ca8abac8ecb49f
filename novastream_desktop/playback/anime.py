"""Watching anime: as a series or film, with the numbers that skip ranges are kept under."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import replace
from typing import Any

from novastream_desktop.models import Episode, HealthStatus, StreamSource, TitleDetails
from novastream_desktop.playback.titles import TitlePlaybackService
from novastream_desktop.providers.base import WatchRequest
from novastream_desktop.settings import AnimeSound
from novastream_desktop.sources import Resolution, paired

ORIGINAL = frozenset({"ja", "jpn"})
_SUNK = 0.0


def sounds_right(source: StreamSource, wanted: AnimeSound) -> int:
    """Return 0 for what is known to have the sound, 1 for what does not tell, 2 for the rest."""
    spoken = {lang.partition("-")[0].casefold() for lang in source.languages}
    if not spoken or wanted is AnimeSound.ANY:
        return 1
    there = spoken & ORIGINAL if wanted is AnimeSound.SUB else spoken - ORIGINAL
    return 0 if there else 2


def by_sound(sources: Sequence[StreamSource], wanted: AnimeSound) -> tuple[StreamSource, ...]:
    """Return sources with the wanted sound first; equals keep their rank, the dead their place.

    Pure. What is dead or has sunk is not lifted: it would not play.
    """
    if wanted is AnimeSound.ANY:
        return tuple(sources)

    def place(source: StreamSource) -> int:
        usable = source.health.status is not HealthStatus.DEAD and source.score >= _SUNK
        return sounds_right(source, wanted) if usable else 2

    return tuple(sorted(sources, key=place))


class AnimePlaybackService(TitlePlaybackService):
    """Unified watch metadata of anime. AniSkip is keyed by MyAnimeList id and episode.

    Args:
        sound: which sound comes first; what was chosen by hand for a show comes before it.
        parts: see `TitlePlaybackService`.
    """

    def __init__(self, *, sound: AnimeSound = AnimeSound.ANY, **parts: Any) -> None:
        super().__init__(**parts)
        self._sound = sound

    async def sources(self, request: WatchRequest) -> Sequence[StreamSource]:
        """Return ways to play, those with the wanted sound first.

        Raises:
            ProviderError: nothing was found, and a provider failed.
        """
        found = await super().sources(request)
        return found if self._sound is AnimeSound.ANY else paired(by_sound(found, self._sound))

    async def stream(self, request: WatchRequest) -> AsyncGenerator[Resolution, None]:
        """Yield what is known of ways to play, those with the wanted sound first.

        Nothing begins with the other sound while not everybody has answered.
        """
        async with aclosing(super().stream(request)) as resolutions:
            async for resolution in resolutions:
                if self._sound is AnimeSound.ANY:
                    yield resolution
                    continue
                ordered = paired(by_sound(resolution.sources, self._sound))
                first = resolution.first
                if first is not None and sounds_right(first, self._sound) > 1:
                    first = None
                yield replace(resolution, sources=ordered, first=first)

    def request(self, details: TitleDetails, episode: Episode | None) -> WatchRequest:
        """Return what the providers are asked for, with MyAnimeList numbers filled in.

        A title whose own entry has a MyAnimeList id counts its episodes within that entry, those
        of later seasons through; where that number is not known, nothing is filled in: a wrong
        skip is worse than none.
        """
        content = details.content
        if episode is None and details.episodes:
            episode = details.episodes[0]
        if episode is not None and episode.mal_id is None and content.mal_id is not None:
            number = episode.mal_episode or _number_through(episode)
            if number is not None:
                episode = episode.with_(mal_id=content.mal_id, mal_episode=number)
        return WatchRequest(content, episode)


def _number_through(episode: Episode) -> float | None:
    """Return an episode's number through all seasons, None if it is not known."""
    if episode.season < 1:
        return None
    first = episode.episode_number if episode.season == 1 else None
    return episode.absolute_number or first
