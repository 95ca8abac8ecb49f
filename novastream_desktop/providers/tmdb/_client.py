"""TMDB: rows of what is trending, search, and details with seasons and episodes."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from novastream_desktop.errors import BadResponse, NotFound, ProviderError
from novastream_desktop.models import Content, Episode, Row, TitleDetails
from novastream_desktop.providers._answers import must_be_there
from novastream_desktop.providers.tmdb._parse import (
    A24,
    Images,
    Kind,
    parse_details,
    parse_genres,
    parse_page,
    parse_season,
)
from novastream_desktop.settings import Settings

if TYPE_CHECKING:
    from novastream_desktop.net import HttpClient, Sound

log = logging.getLogger(__name__)
T = TypeVar("T")

_ID = re.compile(r"tmdb:(movie|tv):(\d{1,15})")
_V3_KEY = re.compile(r"[0-9a-fA-F]{32}")
_LISTS = 300.0
_DETAILS = 12 * 3_600.0
_GENRES = 7 * 86_400.0
_ROWS: tuple[tuple[str, str, Kind], ...] = (
    ("trending-movies", "Trending films", "movie"),
    ("trending-series", "Trending series", "tv"),
)
_LIST_OF_A24 = "tmdb-a24"
"""Feeds the curated list `a24`; shown under that name."""
_OF_A24 = {"with_companies": str(A24), "sort_by": "popularity.desc", "include_adult": "false"}


class TmdbProvider:
    """The movie and series catalogue, with the user's own key."""

    def __init__(self, name: str, settings: Settings, http: HttpClient) -> None:
        self._name = name
        self._http = http
        self._base = settings.tmdb.base_url.rstrip("/")
        self._images = Images(settings.tmdb.image_base_url)
        token = settings.tmdb.access_token.strip()
        key = _V3_KEY.fullmatch(token) is not None
        self._params = {"api_key": token} if key else {}
        self._headers = {} if key else {"authorization": f"Bearer {token}"}

    @property
    def name(self) -> str:
        """Its spec's name."""
        return self._name

    async def rows(self) -> Sequence[Row]:
        """Return this week's films and series, and what A24 brought to cinemas.

        A list that did not come tells its `problem`.

        Raises:
            ProviderError: no list came.
        """
        answers = await asyncio.gather(
            *(self._row(*row) for row in _ROWS), self._a24(), return_exceptions=True
        )
        _good(answers)
        names = [*((row_id, title) for row_id, title, _ in _ROWS), (_LIST_OF_A24, "A24")]
        return [
            Row(id=row_id, title=title, origin=self._name, problem=str(answer))
            if isinstance(answer, BaseException)
            else answer
            for (row_id, title), answer in zip(names, answers, strict=True)
        ]

    async def search(self, query: str) -> Sequence[Content]:
        """Return films and series by text, as TMDB ranks them."""
        params = {"query": query, "include_adult": "false"}
        raw, genres = await asyncio.gather(self._list("/search/multi", params), self._genres())
        return parse_page(raw, self._images, genres)

    def knows(self, content_id: str) -> bool:
        """Whether it is `tmdb:movie:ID` or `tmdb:tv:ID`."""
        return _ID.fullmatch(content_id) is not None

    async def details(self, content_id: str) -> TitleDetails:
        """Return a film, or a series with the episodes of every season that could be read."""
        match = _ID.fullmatch(content_id)
        if match is None:
            raise NotFound(f"TMDB has no title {content_id}")
        kind: Kind = "movie" if match.group(1) == "movie" else "tv"
        number = int(match.group(2))
        append = {"append_to_response": "external_ids,keywords"}
        sound = partial(parse_details, kind=kind, images=self._images)
        try:
            raw = await self._get(f"/{kind}/{number}", append, _DETAILS, sound)
        except NotFound as error:
            raise NotFound(f"TMDB has no title {content_id}", why=error.why) from error
        found, seasons = parse_details(raw, kind, self._images)
        content = found.with_(id=content_id)
        episodes = await self._episodes(content, number, seasons) if kind == "tv" else ()
        return TitleDetails(content=content, episodes=episodes)

    async def _episodes(
        self, content: Content, number: int, seasons: tuple[int, ...]
    ) -> tuple[Episode, ...]:
        if not seasons:
            return ()
        answers = await asyncio.gather(
            *(self._season(content.id, number, season) for season in seasons),
            return_exceptions=True,
        )
        return tuple(episode for season in _good(answers) for episode in season)

    async def _season(self, content_id: str, number: int, season: int) -> tuple[Episode, ...]:
        parse = partial(parse_season, content_id=content_id, season=season, images=self._images)
        try:
            return parse(await self._get(f"/tv/{number}/season/{season}", {}, _DETAILS, parse))
        except NotFound:
            return ()

    async def _row(self, row_id: str, title: str, kind: Kind) -> Row:
        raw, genres = await asyncio.gather(self._list(f"/trending/{kind}/week", {}), self._genres())
        items = parse_page(raw, self._images, genres, kind)
        return Row(id=row_id, title=title, origin=self._name, items=items)

    async def _a24(self) -> Row:
        raw, genres = await asyncio.gather(self._list("/discover/movie", _OF_A24), self._genres())
        items = parse_page(raw, self._images, genres, "movie")
        own = tuple(item.with_(collections=("a24",)) for item in items)
        return Row(id=_LIST_OF_A24, title="A24", origin=self._name, items=own)

    async def _genres(self) -> dict[int, str]:
        """Return genre names of films and series; without them titles are still shown."""
        answers = await asyncio.gather(
            *(
                self._get(f"/genre/{kind}/list", {}, _GENRES, parse_genres)
                for kind in ("movie", "tv")
            ),
            return_exceptions=True,
        )
        names: dict[int, str] = {}
        for answer in answers:
            if isinstance(answer, bytes):
                try:
                    names |= parse_genres(answer)
                except BadResponse as error:
                    log.info("No genre names: %s", error)
            elif not isinstance(answer, ProviderError | NotFound):
                raise answer
        return names

    async def _list(self, path: str, params: Mapping[str, str]) -> bytes:
        sound = partial(parse_page, images=self._images, genres={})
        with must_be_there("TMDB's address leads to something else", "tmdb.base_url"):
            return await self._get(path, params, _LISTS, sound)

    def _get(
        self, path: str, params: Mapping[str, str], max_age: float, sound: Sound
    ) -> Awaitable[bytes]:
        return self._http.get_json(
            self._base + path,
            params={**self._params, **params},
            headers=self._headers,
            max_age=max_age,
            sound=sound,
        )


def _good(answers: Sequence[T | BaseException]) -> list[T]:
    """Return the answers that came; raise the first error if none did, or if it is a bug."""
    good: list[T] = []
    failed: list[BaseException] = []
    for answer in answers:
        if isinstance(answer, BaseException):
            failed.append(answer)
        else:
            good.append(answer)
    for error in failed:
        if not good or not isinstance(error, ProviderError):
            raise error
        log.warning("%s", error)
    return good
