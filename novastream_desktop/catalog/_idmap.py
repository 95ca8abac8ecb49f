"""Which MyAnimeList entry an episode of a TMDB series is, by the anime lists' mapping.

The list (Fribb/anime-lists) is fetched at run time and kept by the HTTP cache; without it titles
stay as they are. A wrong number is worse than none, so what is not certain is left out.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from novastream_desktop.errors import BadResponse, UserFacingError
from novastream_desktop.models import ContentType, Episode, TitleDetails
from novastream_desktop.net import HttpClient

log = logging.getLogger(__name__)

AGE = 7 * 86_400.0
WAIT = 1.5
"""Seconds that a title page waits for the list; later it is there."""
TRY_AGAIN = 3_600.0
_EARLIEST_KINDS = ("TV", "ONA")


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the list.

    Attributes:
        season: TMDB's season, None for shows that are numbered through.
        offset: added to the entry's episode numbers it gives TMDB's.
        kind: `TV`, `ONA`, `OVA`, `SPECIAL`, ...
    """

    mal_id: int
    season: int | None = None
    offset: int = 0
    kind: str = "TV"


Table = Mapping[int, tuple[Entry, ...]]


def parse_table(raw: bytes) -> Table:
    """Return the entries of each TMDB series; rows of another shape are left out.

    Raises:
        ValueError: it is not the list, or of a form that is not known.
    """
    rows = json.loads(raw)
    if not isinstance(rows, list):
        raise TypeError("it is no list")
    table: dict[int, list[Entry]] = {}
    for row in rows:
        ids = row.get("themoviedb_id") if isinstance(row, dict) else None
        show = ids.get("tv") if isinstance(ids, dict) else None  # older copies have a bare number
        mal_id = row.get("mal_id") if isinstance(row, dict) else None
        if isinstance(show, int) and isinstance(mal_id, int):
            season, offset = _of_tmdb(row.get("season")), _of_tmdb(row.get("episode_offset"))
            kind = str(row.get("type") or "TV")
            table.setdefault(show, []).append(Entry(mal_id, season, offset or 0, kind))
    if not table:
        raise ValueError("it names no series in the form that is known")
    return {show: tuple(entries) for show, entries in table.items()}


def _of_tmdb(value: object) -> int | None:
    number = value.get("tmdb") if isinstance(value, dict) else None
    return number if isinstance(number, int) else None


def entry_of(
    entries: Iterable[Entry], season: int, episode: float, absolute: int | None = None
) -> tuple[int, float] | None:
    """Return MyAnimeList's id and number of an episode, None where that is not certain.

    Of the rows of its season the one with the greatest offset below the number counts; of equal
    ones a series comes before its extras. A show with one row and no seasons is numbered through.
    """
    rows = list(entries)
    of_season = [e for e in rows if e.season == season and e.offset < episode]
    if of_season:
        best = max(of_season, key=lambda e: (e.kind in _EARLIEST_KINDS, e.offset))
        rivals = {e.mal_id for e in of_season if (e.kind, e.offset) == (best.kind, best.offset)}
        return (best.mal_id, episode - best.offset) if len(rivals) == 1 else None
    through = [e for e in rows if e.season is None and e.kind in _EARLIEST_KINDS]
    if len(through) == 1 and len(rows) == 1 and season != 0 and absolute is not None:
        return through[0].mal_id, float(absolute)
    return None


def annotated(details: TitleDetails, entries: Iterable[Entry]) -> TitleDetails:
    """Return a title with numbers of MyAnimeList where they are certain, and counted through."""
    rows = tuple(entries)
    episodes: list[Episode] = []
    count = 0
    for episode in details.episodes:
        absolute = episode.absolute_number
        if episode.season != 0:
            count += 1
            absolute = absolute or count
        found = entry_of(rows, episode.season, episode.episode_number, absolute)
        changes: dict[str, object] = {"absolute_number": absolute}
        if found is not None and episode.mal_id is None:
            changes |= {"mal_id": found[0], "mal_episode": found[1]}
        episodes.append(episode.with_(**changes))
    return details.with_(episodes=tuple(episodes))


class IdMap:
    """Holds the list once it is there.

    Args:
        http: fetches it.
        url: where it lies; empty: there is none.
    """

    def __init__(self, http: HttpClient, url: str) -> None:
        self._http = http
        self._url = url
        self._table: Table | None = None
        self._loading: asyncio.Task[None] | None = None
        self._not_before = 0.0

    async def annotate(self, details: TitleDetails) -> TitleDetails:
        """Return an anime of TMDB with MyAnimeList's numbers, as far as they are known."""
        content = details.content
        if content.type is not ContentType.ANIME or content.tmdb_id is None or not self._url:
            return details
        if all(episode.mal_id is not None for episode in details.episodes):
            return details
        if self._table is None:
            await self._wait_for_table()
        entries = (self._table or {}).get(content.tmdb_id)
        return annotated(details, entries) if entries else details

    async def close(self) -> None:
        """Stop fetching."""
        if self._loading is not None:
            self._loading.cancel()
            await asyncio.gather(self._loading, return_exceptions=True)

    async def _wait_for_table(self) -> None:
        loop = asyncio.get_running_loop()
        if self._loading is None:
            if loop.time() < self._not_before:
                return
            self._loading = loop.create_task(self._load())
        await asyncio.wait({self._loading}, timeout=WAIT)
        if self._loading.done():
            self._loading = None

    async def _load(self) -> None:
        try:
            answer = await self._http.get(self._url, max_age=AGE, sound=parse_soundly)
            self._table = await asyncio.to_thread(parse_table, answer.content)
        except UserFacingError as error:
            log.info("Anime are not mapped: %s", error)
            self._not_before = asyncio.get_running_loop().time() + TRY_AGAIN


def parse_soundly(raw: bytes) -> object:
    """Raise a sentence if an answer is not the list."""
    try:
        return parse_table(raw)
    except (ValueError, TypeError) as error:
        raise BadResponse("The list of anime numbers is not usable", why=str(error)) from error
