"""The Internet Archive: its most watched films, search, details, sources and subtitles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from novastream_desktop.errors import NotFound, ProviderUnavailable
from novastream_desktop.models import (
    Content,
    ContentType,
    Row,
    StreamSource,
    SubtitleTrack,
    TitleDetails,
)
from novastream_desktop.providers._answers import must_be_there
from novastream_desktop.providers.archive._files import (
    File,
    main_film,
    parse_files,
    sources_of,
    subtitles_of,
)
from novastream_desktop.providers.archive._items import (
    Archive,
    best_match,
    content_of,
    identifier_of,
    parse_facts,
    parse_found,
    words_of,
)
from novastream_desktop.providers.base import WatchRequest

if TYPE_CHECKING:
    from novastream_desktop.net import HttpClient

_LISTS = 3_600.0
_ITEM = 86_400.0
_SEARCH_TIMEOUT = 30.0
"""Searches take long at times."""

_ROW_LENGTH = 40
_FILMS = "mediatype:movies AND collection:(feature_films OR short_films OR silent_films)"
_FREE = "licenseurl:*creativecommons.org* AND -access-restricted-item:true"
_FIELDS = (
    "identifier,title,mediatype,year,date,description,subject,runtime,avg_rating,licenseurl,"
    "external-identifier"
)
#: Films of other catalogues are looked for here if they came out before: later ones are never
#: free for want of a notice or renewal (United States, 17 U.S.C. 405).
_BEFORE = 1978


class ArchiveProvider:
    """Free films."""

    def __init__(self, archive: Archive, http: HttpClient) -> None:
        self._archive = archive
        self._http = http
        self._has_answered = False

    @property
    def name(self) -> str:
        """Its spec's name."""
        return self._archive.provider

    async def rows(self) -> Sequence[Row]:
        """Return the films that were watched most this week.

        Without a network there is simply no such row, unless one was shown before.
        """
        try:
            items = await self._search(f"{_FILMS} AND {_FREE}", _ROW_LENGTH, sort="week desc")
        except ProviderUnavailable as error:
            unreachable = error.__cause__ is not None  # it is the connection that failed
            if unreachable and not self._has_answered:
                return ()
            raise
        self._has_answered = True
        row = Row(id="archive-films", title="Internet Archive films", origin=self.name, items=items)
        return (row,)

    async def check(self) -> None:
        """Search for one film: unlike the row this tells that there is no network."""
        await self._search(f"{_FILMS} AND {_FREE}", 1)

    async def search(self, query: str) -> Sequence[Content]:
        """Return free films whose titles hold every word."""
        words = words_of(query)
        if not words:
            return ()
        return await self._search(f"title:({words}) AND {_FILMS} AND {_FREE}", 25)

    def knows(self, content_id: str) -> bool:
        """Whether it is `ia:IDENTIFIER`."""
        return identifier_of(content_id) is not None

    async def details(self, content_id: str) -> TitleDetails:
        """Return an item as a film."""
        identifier = identifier_of(content_id)
        if identifier is None:
            raise _no_film(content_id)
        raw = await self._item(identifier)
        facts = parse_facts(raw, self._archive, identifier)
        if facts is None:
            raise _no_film(identifier)
        content = content_of(facts, self._archive)
        if content.runtime is None:
            film = main_film(parse_files(raw, self._archive))
            content = content.with_(runtime=film.length)
        return TitleDetails(content=content)

    async def sources(self, request: WatchRequest) -> Sequence[StreamSource]:
        """Return the files and the torrent of a film that it has."""
        identifier = await self._identifier(request)
        files = await self._files(identifier)
        return sources_of(files, self._archive, identifier) if identifier else ()

    async def subtitles(self, request: WatchRequest) -> Sequence[SubtitleTrack]:
        """Return the subtitle files beside a film that it has."""
        identifier = await self._identifier(request)
        files = await self._files(identifier)
        return subtitles_of(files, self._archive, identifier) if identifier else ()

    async def _identifier(self, request: WatchRequest) -> str:
        content = request.content
        if request.episode is not None or content.type is not ContentType.MOVIE:
            return ""
        ours = (identifier_of(name) for name in (content.id, *content.aliases))
        known = next((name for name in ours if name), None)
        if known or content.year is None or content.year >= _BEFORE:
            return known or ""
        words = words_of(content.title)
        if not words:
            return ""
        span = f"year:[{content.year - 1} TO {content.year + 1}]"
        found = await self._search(f"title:({words}) AND {span} AND {_FILMS} AND {_FREE}", 10)
        return best_match(tuple(found), content) or ""

    async def _files(self, identifier: str) -> tuple[File, ...]:
        if not identifier:
            return ()
        try:
            raw = await self._item(identifier)
        except NotFound:
            return ()
        return parse_files(raw, self._archive)

    async def _item(self, identifier: str) -> bytes:
        """Return an item that is a film.

        Raises:
            NotFound: it is unknown, dark, or something else.
        """
        url = f"{self._archive.base}/metadata/{identifier}"
        sound = partial(self._check_item, identifier)
        try:
            return await self._http.get_json(url, max_age=_ITEM, sound=sound)
        except NotFound as error:
            raise _no_film(identifier) from error

    def _check_item(self, identifier: str, raw: bytes) -> None:
        if parse_facts(raw, self._archive, identifier) is None:
            raise _no_film(identifier)
        parse_files(raw, self._archive)

    async def _search(self, query: str, most: int, *, sort: str = "") -> tuple[Content, ...]:
        params: dict[str, str | int | float | list[str]] = {
            "q": query,
            "fl[]": _FIELDS.split(","),
            "rows": most,
            "page": 1,
            "output": "json",
        }
        if sort:
            params["sort[]"] = sort
        raw = await self._ask(params)
        return parse_found(raw, self._archive)

    async def _ask(self, params: Mapping[str, str | int | float | list[str]]) -> bytes:
        wrong = f"{self._archive.host} is not the Internet Archive"
        with must_be_there(wrong, "archive.base_url"):
            return await self._http.get_json(
                f"{self._archive.base}/advancedsearch.php",
                params=params,
                max_age=_LISTS,
                timeout=_SEARCH_TIMEOUT,
                sound=partial(parse_found, archive=self._archive),
            )


def _no_film(identifier: str) -> NotFound:
    return NotFound(
        f"The Internet Archive has no film {identifier}",
        why="the item is unknown, withdrawn or something else",
        hint="Search for it by its title",
    )
