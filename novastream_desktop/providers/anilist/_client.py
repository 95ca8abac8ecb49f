"""AniList: what is trending in anime, search, and details with numbered episodes."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from novastream_desktop.errors import (
    NotFound,
    ProviderError,
    ProviderRefused,
    ProviderUnavailable,
)
from novastream_desktop.models import Content, Row, TitleDetails
from novastream_desktop.providers._answers import must_be_there
from novastream_desktop.providers.anilist._order import MOST_ENTRIES, in_one_order, sequel_of
from novastream_desktop.providers.anilist._parse import (
    Media,
    details_of,
    parse_details,
    parse_media,
    parse_page,
)
from novastream_desktop.providers.anilist._queries import DETAILS, LIST

if TYPE_CHECKING:
    from novastream_desktop.net import HttpClient, Sound

log = logging.getLogger(__name__)

_ID = re.compile(r"anilist:(\d{1,9})")
_LISTS = 3_600.0
_DETAILS = 6 * 3_600.0


class AniListProvider:
    """The anime catalogue. It needs no key."""

    def __init__(self, name: str, base_url: str, http: HttpClient) -> None:
        self._name = name
        self._base_url = base_url
        self._http = http

    @property
    def name(self) -> str:
        """Its spec's name."""
        return self._name

    async def rows(self) -> Sequence[Row]:
        """Return what is trending."""
        raw = await self._ask(LIST, {"sort": ["TRENDING_DESC", "POPULARITY_DESC"]}, _LISTS)
        items = parse_page(raw)
        return (Row(id="trending-anime", title="Trending anime", origin=self._name, items=items),)

    async def search(self, query: str) -> Sequence[Content]:
        """Return titles by text, as AniList ranks them."""
        return parse_page(
            await self._ask(LIST, {"sort": ["SEARCH_MATCH"], "search": query}, _LISTS)
        )

    def knows(self, content_id: str) -> bool:
        """Whether it is `anilist:ID`."""
        return _ID.fullmatch(content_id) is not None

    async def details(self, content_id: str) -> TitleDetails:
        """Return a title, its episodes, and those of its sequels as further seasons.

        A sequel that does not come leaves the order shorter.
        """
        match = _ID.fullmatch(content_id)
        if match is None:
            raise NotFound(f"AniList has no title {content_id}")
        media = await self._entry(int(match.group(1)), content_id)
        found = details_of(media, content_id)
        entries = [(media, found.episodes)]
        seen = {media.id}
        while len(entries) < MOST_ENTRIES and (following := sequel_of(media, seen)) is not None:
            seen.add(following)
            try:
                media = await self._entry(following, f"anilist:{following}")
            except (NotFound, ProviderError) as error:
                log.info("The watch order of %s ends early: %s", content_id, error)
                break
            if media.id != following:
                break
            entries.append((media, details_of(media, f"anilist:{following}").episodes))
        return in_one_order(found.content, entries)

    async def _entry(self, number: int, content_id: str) -> Media:
        try:
            sound = partial(parse_details, content_id=content_id)
            raw = await self._post(DETAILS, {"id": number}, _DETAILS, sound)
        except NotFound as error:
            raise NotFound(f"AniList has no title {content_id}", why=error.why) from error
        return parse_media(raw, content_id)

    async def _ask(self, query: str, variables: dict[str, object], max_age: float) -> bytes:
        with must_be_there("AniList's address leads to something else", "anilist.base_url"):
            return await self._post(query, variables, max_age, parse_page)

    async def _post(
        self, query: str, variables: dict[str, object], max_age: float, sound: Sound
    ) -> bytes:
        body = {"query": query, "variables": variables}
        try:
            return await self._http.post_json(self._base_url, body, max_age=max_age, sound=sound)
        except ProviderRefused as error:  # no key is used: 403 means that the service is off
            raise ProviderUnavailable(
                "AniList does not answer at present", why=error.why, hint="Try again later"
            ) from error
