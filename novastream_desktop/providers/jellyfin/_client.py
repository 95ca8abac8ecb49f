"""The user's own Jellyfin server: rows, search, details, sources, subtitles and segments."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from novastream_desktop.errors import BadResponse, NotFound
from novastream_desktop.models import (
    Content,
    Row,
    SkipRange,
    StreamSource,
    SubtitleTrack,
    TitleDetails,
)
from novastream_desktop.providers._answers import must_be_there
from novastream_desktop.providers.base import WatchRequest
from novastream_desktop.providers.jellyfin._match import Library, library, own_id, pick_episode
from novastream_desktop.providers.jellyfin._media import (
    PROFILE,
    Playback,
    parse_old_segments,
    parse_playback,
    parse_segments,
    sources_of,
    tracks_of,
)
from novastream_desktop.providers.jellyfin._parse import (
    FIELDS,
    ID,
    PREFIX,
    Item,
    content_of,
    contents,
    episodes_of,
    parse_item,
    parse_items,
    parse_page,
    parse_user,
)
from novastream_desktop.providers.jellyfin._reports import PATHS, item_of, report_of
from novastream_desktop.providers.jellyfin._server import Server
from novastream_desktop.providers.telling import PlaybackEvent

if TYPE_CHECKING:
    from novastream_desktop.net import HttpClient
    from novastream_desktop.runtime import Clock

T = TypeVar("T")
Params = Mapping[str, str | int | float | list[str]]

_ROW = 30
_PAGE = 1_000
_MOST_PAGES = 20
_LISTS = 60.0
_DETAILS = 300.0
_USER = 3_600.0
_LIBRARY = 600.0
_PLAYBACK = 60.0
_KEPT = 32
_SEGMENTS = ["Intro", "Outro", "Recap", "Preview"]
_TITLES = {"recursive": "true", "includeItemTypes": "Movie,Series"}


class JellyfinProvider:
    """One server, with an access token of a user or an API key."""

    def __init__(
        self, name: str, base_url: str, token: str, http: HttpClient, clock: Clock
    ) -> None:
        self._server = Server.at(base_url, token, name)
        self._http = http
        self._clock = clock
        self._library: tuple[float, Library] | None = None
        self._reading = asyncio.Lock()
        self._playbacks: dict[str, tuple[float, Playback]] = {}
        self._whose: str | None = None

    @property
    def name(self) -> str:
        """Its spec's name."""
        return self._server.provider

    async def rows(self) -> Sequence[Row]:
        """Return what the user has begun, and the newest films and series."""
        newest = {"recursive": "true", "sortBy": "DateCreated", "sortOrder": "Descending"}
        user = await self._user()
        asked: list[tuple[str, str, str, dict[str, str | int]]] = [
            ("movies", "New films", "/Items", {**newest, "includeItemTypes": "Movie"}),
            ("series", "New series", "/Items", {**newest, "includeItemTypes": "Series"}),
        ]
        if user:
            begun: dict[str, str | int] = {"mediaTypes": "Video"}
            asked.insert(0, ("resume", "Begun", "/UserItems/Resume", begun))
        answers = await asyncio.gather(
            *(self._items(path, {**params, "limit": _ROW}) for _, _, path, params in asked),
            return_exceptions=True,
        )
        failed = [answer for answer in answers if isinstance(answer, BaseException)]
        if len(failed) == len(answers):
            raise failed[0]
        return [
            self._row(key, title, answer)
            for (key, title, *_), answer in zip(asked, answers, strict=True)
        ]

    async def search(self, query: str) -> Sequence[Content]:
        """Return films and series by text."""
        items = await self._items("/Items", {**_TITLES, "searchTerm": query, "limit": 25})
        return contents(items, self._server)

    def knows(self, content_id: str) -> bool:
        """Whether it is `jellyfin:ID`."""
        return content_id.startswith(PREFIX) and bool(ID.fullmatch(content_id.removeprefix(PREFIX)))

    async def details(self, content_id: str) -> TitleDetails:
        """Return a film, or a series with its episodes."""
        item = await self._item(content_id.removeprefix(PREFIX))
        content = content_of(item, self._server)
        if content is None:
            raise NotFound(
                f"{self._server.who} has no film or series {content_id}",
                why=f"it is a {item.type[:40].lower()}",
            )
        content = content.with_(id=content_id)
        if item.type.lower() != "series":
            return TitleDetails(content=content)
        episodes = episodes_of(await self._episodes(item.id), content_id, self._server)
        return TitleDetails(content=content, episodes=episodes)

    async def sources(self, request: WatchRequest) -> Sequence[StreamSource]:
        """Return the files of a title that the server has, whoever described it."""
        found = await self._playback(request)
        return sources_of(*found, self._server) if found else ()

    async def subtitles(self, request: WatchRequest) -> Sequence[SubtitleTrack]:
        """Return the subtitle files beside them."""
        found = await self._playback(request)
        return tracks_of(*found, self._server) if found else ()

    async def skips(self, request: WatchRequest, duration: float | None) -> Sequence[SkipRange]:
        """Return the segments that the server's plug-ins found; films have some too."""
        item = await self._wanted(request)
        if item is None:
            return ()
        parse = partial(parse_segments, who=self._server.who, duration=duration)
        try:
            params = {"includeSegmentTypes": _SEGMENTS}
            return await self._read(f"/MediaSegments/{item}", params, _DETAILS, parse)
        except NotFound:  # older than 10.10
            older = partial(parse_old_segments, who=self._server.who, duration=duration)
        try:
            return await self._read(f"/Episode/{item}/IntroSkipperSegments", {}, _DETAILS, older)
        except NotFound:
            return ()

    def hears_of(self, source: StreamSource) -> bool:
        """Whether it is one of the server's own files."""
        own = source.provider == self.name and source.url.startswith(self._server.base + "/")
        return own and bool(item_of(source))

    async def report_playback(
        self, source: StreamSource, event: PlaybackEvent, position: float, *, paused: bool
    ) -> None:
        """Tell the server, which goes on at the same place on its other devices."""
        if await self._user():  # an API key is nobody's
            body = report_of(source, event, position, paused=paused)
            url = self._server.base + PATHS[event]
            await self._http.tell(url, body, headers=self._server.greeting())

    def _row(self, key: str, title: str, answer: Sequence[Item] | BaseException) -> Row:
        row = Row(id=f"jellyfin-{key}", title=f"Jellyfin: {title}", origin=self.name)
        if isinstance(answer, BaseException):
            return row.with_(problem=str(answer))
        return row.with_(items=contents(answer, self._server))

    async def _wanted(self, request: WatchRequest) -> str | None:
        """Return the server's id of what is to be played."""
        title = own_id(request.content) or (await self._titles()).find(request.content)
        if title is None or request.episode is None:
            return title
        try:
            return pick_episode(await self._episodes(title), request.episode)
        except NotFound:
            return None

    async def _titles(self) -> Library:
        """Return all that the server has; it cannot be asked for a catalogue's number."""
        async with self._reading:
            now = self._clock.monotonic()
            if self._library is None or now - self._library[0] > _LIBRARY:
                items = await self._all_titles()
                self._library = (now, await asyncio.to_thread(library, items))
            return self._library[1]

    async def _all_titles(self) -> list[Item]:
        fixed: dict[str, str | int | float | list[str]] = {
            **_TITLES,
            "fields": "ProviderIds,OriginalTitle",
            "enableImages": "false",
            "limit": _PAGE,
            **await self._as_user(),
        }
        parse = partial(parse_page, who=self._server.who)
        found: list[Item] = []
        for page in range(_MOST_PAGES):
            params = {**fixed, "startIndex": page * _PAGE}
            items, total = await self._read("/Items", params, _LISTS, parse)
            found += items
            if not items or (page + 1) * _PAGE >= total:
                break
        return found

    async def _item(self, item: str) -> Item:
        who = self._server.who
        params = await self._as_user()
        try:
            return await self._read(
                f"/Items/{item}", params, _DETAILS, partial(parse_item, who=who)
            )
        except NotFound as error:  # 10.8 knows it in lists only
            listed = await self._items("/Items", {"ids": item})
            if not listed:
                raise NotFound(f"{who} has no title {PREFIX}{item}", why=error.why) from error
            return listed[0]

    async def _episodes(self, series: str) -> tuple[Item, ...]:
        params = {"fields": "Overview", **await self._as_user()}
        parse = partial(parse_items, who=self._server.who)
        return await self._read(f"/Shows/{series}/Episodes", params, _DETAILS, parse)

    async def _items(self, path: str, params: Params) -> tuple[Item, ...]:
        wanted = {**params, "fields": FIELDS, **await self._as_user()}
        parse = partial(parse_items, who=self._server.who)
        wrong = f"{self._server.who} does not answer as a Jellyfin server does"
        with must_be_there(wrong, "jellyfin.base_url"):
            return await self._read(path, wanted, _LISTS, parse)

    async def _playback(self, request: WatchRequest) -> tuple[Playback, str] | None:
        """Return what can be played of the wanted item, and its id; None if there is none."""
        item = await self._wanted(request)
        if item is None:
            return None
        now = self._clock.monotonic()
        kept = self._playbacks.get(item)
        if kept is not None and now - kept[0] < _PLAYBACK:
            return kept[1], item
        try:
            found = await self._ask_for_playback(item)
        except NotFound:
            return None
        self._playbacks[item] = (now, found)
        while len(self._playbacks) > _KEPT:
            del self._playbacks[next(iter(self._playbacks))]
        return found, item

    async def _ask_for_playback(self, item: str) -> Playback:
        user = await self._user()
        raw = await self._http.post_json(
            f"{self._server.base}/Items/{item}/PlaybackInfo" + (f"?userId={user}" if user else ""),
            {**PROFILE, **({"UserId": user} if user else {})},
            headers=self._server.greeting(),
        )
        return parse_playback(raw, self._server.who)

    async def _user(self) -> str:
        """Return whose token it is, '' for an API key, which is nobody's."""
        if self._whose is None:
            parse = partial(parse_user, who=self._server.who)
            try:
                self._whose = await self._read("/Users/Me", {}, _USER, parse)
            except (BadResponse, NotFound):
                self._whose = ""
        return self._whose

    async def _as_user(self) -> dict[str, str]:
        user = await self._user()
        return {"userId": user} if user else {}

    async def _read(
        self, path: str, params: Params, max_age: float, parse: Callable[[bytes], T]
    ) -> T:
        raw = await self._http.get_json(
            self._server.base + path,
            params=params,
            headers=self._server.greeting(),
            max_age=max_age,
            sound=parse,
        )
        return parse(raw)
