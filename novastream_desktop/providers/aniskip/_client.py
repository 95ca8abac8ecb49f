"""AniSkip: skip ranges of anime episodes, by their number within a MyAnimeList entry."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from novastream_desktop.errors import NotFound
from novastream_desktop.models import SkipRange
from novastream_desktop.providers.aniskip._parse import parse_skips
from novastream_desktop.providers.base import WatchRequest

if TYPE_CHECKING:
    from novastream_desktop.net import HttpClient

_TYPES = ["op", "ed", "mixed-op", "mixed-ed", "recap"]
_AGE = 30 * 86_400.0
_TIMEOUT = 5.0


class AniSkipProvider:
    """Skip ranges that viewers have entered."""

    def __init__(self, name: str, base_url: str, http: HttpClient) -> None:
        self._name = name
        self._base_url = base_url.rstrip("/")
        self._http = http

    @property
    def name(self) -> str:
        """Its spec's name."""
        return self._name

    async def skips(self, request: WatchRequest, duration: float | None) -> Sequence[SkipRange]:
        """Return ranges for a file of this length; if there are none, those of any length."""
        entry = mal_entry(request)
        if entry is None:
            return ()
        lengths = [f"{duration:.3f}", "0"] if duration else ["0"]
        for length in lengths:
            try:
                raw = await self._get(*entry, length)
            except NotFound:  # nothing is on file
                continue
            return parse_skips(raw, duration or None)
        return ()

    async def _get(self, mal_id: int, episode: float, length: str) -> bytes:
        return await self._http.get_json(
            f"{self._base_url}/v2/skip-times/{mal_id}/{episode:g}",
            params={"types": _TYPES, "episodeLength": length},
            max_age=_AGE,
            timeout=_TIMEOUT,
            sound=partial(parse_skips, duration=None),
        )


def mal_entry(request: WatchRequest) -> tuple[int, float] | None:
    """Return MyAnimeList's id and episode number, or None where they are not certain.

    A title's id stands for its first season only: a wrong skip is worse than none.
    """
    content, episode = request.content, request.episode
    if episode is None:
        return (content.mal_id, 1) if content.mal_id else None
    if episode.mal_id:
        number = episode.mal_episode
        return episode.mal_id, episode.episode_number if number is None else number
    if content.mal_id and episode.season == 1:
        number = episode.mal_episode
        return content.mal_id, episode.episode_number if number is None else number
    return None
