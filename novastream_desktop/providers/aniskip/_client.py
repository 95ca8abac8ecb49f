"""AniSkip: skip ranges of anime episodes, by their number within a MyAnimeList entry."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from novastream_desktop.errors import NotFound, ProviderError
from novastream_desktop.models import SkipRange
from novastream_desktop.providers.aniskip._parse import Rule, parse_rules, parse_skips, related
from novastream_desktop.providers.base import WatchRequest

if TYPE_CHECKING:
    from novastream_desktop.net import HttpClient

log = logging.getLogger(__name__)

_TYPES = ["op", "ed", "mixed-op", "mixed-ed", "recap"]
_AGE = 30 * 86_400.0
_RULES_AGE = 7 * 86_400.0
_MISS_AGE = 86_400.0
"""Somebody may enter what was not on file yesterday."""
_MOST_MISSES = 1_000
_TIMEOUT = 5.0


class AniSkipProvider:
    """Skip ranges that viewers have entered."""

    def __init__(
        self,
        name: str,
        base_url: str,
        http: HttpClient,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._name = name
        self._base_url = base_url.rstrip("/")
        self._http = http
        self._now = now
        self._misses: dict[tuple[int, float, str], float] = {}
        self._unrelated: set[int] = set()

    @property
    def name(self) -> str:
        """Its spec's name."""
        return self._name

    async def skips(self, request: WatchRequest, duration: float | None) -> Sequence[SkipRange]:
        """Return ranges for a file of this length; if there are none, those of any length.

        An episode that its entry does not have may be counted by a later one: the relation
        rules say so, and are asked only then.
        """
        entry = mal_entry(request)
        if entry is None:
            return ()
        found = await self._of_entry(entry, duration)
        if found is not None:
            return found
        other = related(*entry, await self._rules(entry[0]))
        return (await self._of_entry(other, duration) or ()) if other != entry else ()

    async def report_skip(self, skip: SkipRange) -> None:
        """Vote against a range."""
        url = f"{self._base_url}/v2/skip-times/vote/{skip.reference}"
        await self._http.post_json(url, {"voteType": "downvote"}, timeout=_TIMEOUT)

    async def _of_entry(
        self, entry: tuple[int, float], duration: float | None
    ) -> tuple[SkipRange, ...] | None:
        for length in [f"{duration:.3f}", "0"] if duration else ["0"]:
            missed = (*entry, length)
            if self._now() - self._misses.get(missed, -_MISS_AGE) < _MISS_AGE:
                continue
            try:
                raw = await self._get(*entry, length)
            except NotFound:  # nothing is on file: the normal answer, and not asked again soon
                self._remember_miss(missed)
                continue
            return parse_skips(raw, duration or None)
        return None

    def _remember_miss(self, missed: tuple[int, float, str]) -> None:
        while len(self._misses) >= _MOST_MISSES:
            del self._misses[next(iter(self._misses))]
        self._misses[missed] = self._now()

    async def _rules(self, mal_id: int) -> tuple[Rule, ...]:
        if mal_id in self._unrelated:
            return ()
        try:
            raw = await self._http.get_json(
                f"{self._base_url}/v2/relation-rules/{mal_id}",
                max_age=_RULES_AGE,
                timeout=_TIMEOUT,
                sound=parse_rules,
            )
        except NotFound:
            self._unrelated.add(mal_id)
            return ()
        except ProviderError as error:  # without rules there is only no second place to look
            log.info("%s", error)
            return ()
        return parse_rules(raw)

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
