"""One Consumet instance: from a title to its episode, and from there to its sources."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

from novastream_desktop.errors import (
    BadResponse,
    NotFound,
    ProviderError,
    ProviderUnavailable,
    RateLimited,
)
from novastream_desktop.models import Content, ContentType, SkipRange, StreamSource
from novastream_desktop.providers._answers import must_be_there
from novastream_desktop.providers.base import WatchRequest
from novastream_desktop.providers.consumet._choose import (
    has_dub,
    is_title,
    pick_listed,
    pick_part,
)
from novastream_desktop.providers.consumet._parse import (
    Info,
    Watched,
    parse_info,
    parse_page,
    parse_servers,
    parse_watch,
    within,
)
from novastream_desktop.providers.consumet._routes import Instance, Place, Route

if TYPE_CHECKING:
    from novastream_desktop.net import HttpClient, Sound
    from novastream_desktop.runtime import Clock

_PAGES = 3_600.0
_KEPT_FOR = 600.0
"""Seconds for which an instance's own cache calls a watch answer good."""

_KEPT = 16
_MOST_PAGES_READ = 2
_MORE_SERVERS = 2
_ANILIST = re.compile(r"anilist:(\d{1,9})")


@dataclass(frozen=True, slots=True)
class _Kept:
    at: float
    skips: tuple[SkipRange, ...]


class ConsumetProvider:
    """Sources with subtitles, and the skip ranges that come with them."""

    def __init__(self, instance: Instance, http: HttpClient, clock: Clock) -> None:
        self._instance = instance
        self._http = http
        self._clock = clock
        self._kept: dict[tuple[str, str], _Kept] = {}
        self._locks: WeakValueDictionary[tuple[str, str], asyncio.Lock] = WeakValueDictionary()
        self._is_page: Sound = partial(parse_page, instance=instance)
        self._is_info: Sound = partial(parse_info, instance=instance)

    @property
    def name(self) -> str:
        """Its spec's name."""
        return self._instance.provider

    async def check(self) -> None:
        """Ask for its front page, which says what it is.

        Raises:
            BadResponse: something else answers there.
        """
        answer = await self._http.get(f"{self._instance.base}/")
        if b"consumet" not in answer.content[:2_000].lower():
            raise BadResponse(
                f"{self._instance.host} is not a Consumet instance",
                why="its front page does not say so",
                hint="Check sources.consumet.base_url in Settings",
            )

    async def sources(self, request: WatchRequest) -> Sequence[StreamSource]:
        """Return what it can play of this. Addresses die soon, so they are asked for anew."""
        async with self._lock(request):
            return (await self._watched(request)).sources

    async def skips(self, request: WatchRequest, duration: float | None) -> Sequence[SkipRange]:
        """Return the opening and ending that came with the sources, asking if none came yet."""
        async with self._lock(request):  # the sources of the same may be on their way
            kept = self._kept.get(_key(request))
            if kept is not None and self._clock.monotonic() - kept.at < _KEPT_FOR:
                return within(kept.skips, duration)
            return within((await self._watched(request)).skips, duration)

    async def marks(self, content: Content, entry: str) -> tuple[Iterable[float], Iterable[float]]:
        """Return the numbers of filler episodes within an AniList entry."""
        info = await self._anime(content, entry)
        parts = info.episodes if info is not None else ()
        return [p.number for p in parts if p.is_filler and p.number is not None], ()

    def _lock(self, request: WatchRequest) -> asyncio.Lock:
        return self._locks.setdefault(_key(request), asyncio.Lock())

    async def _watched(self, request: WatchRequest) -> Watched:
        places = await self._places(request)
        answers = await asyncio.gather(
            *(self._watch(place) for place in places), return_exceptions=True
        )
        good = [answer for answer in answers if isinstance(answer, Watched)]
        bad = [answer for answer in answers if isinstance(answer, BaseException)]
        sources = tuple(source for answer in good for source in answer.sources)
        if bad and not sources:
            raise bad[0]
        skips = next((answer.skips for answer in good if answer.skips), ())
        self._keep(_key(request), skips)
        return Watched(sources, skips)

    def _keep(self, key: tuple[str, str], skips: tuple[SkipRange, ...]) -> None:
        self._kept.pop(key, None)
        while len(self._kept) >= _KEPT:
            del self._kept[next(iter(self._kept))]
        self._kept[key] = _Kept(self._clock.monotonic(), skips)

    # -- from a title to where it is watched ---------------------------------------------------

    async def _places(self, request: WatchRequest) -> Sequence[Place]:
        if request.content.type is ContentType.ANIME:
            return await self._anime_places(request)
        found = await self._movie(request.content)
        if found is None:
            return ()
        episode = request.episode
        part = pick_part(
            found,
            episode.season if episode else None,
            float(episode.episode_number) if episode else None,
        )
        return (self._instance.movie_place(found.id, part.id),) if part else ()

    async def _movie(self, content: Content) -> Info | None:
        for title in dict.fromkeys((content.title, content.original_title or content.title)):
            wrong = f"{self._instance.host} has no movie provider {self._instance.movie_provider}"
            with must_be_there(wrong, "sources.consumet"):
                route = self._instance.movie_search(title)
                listed = parse_page(await self._get(route, _PAGES, self._is_page), self._instance)
            for one in pick_listed(listed, content)[:_MOST_PAGES_READ]:
                info = await self._info(self._instance.movie_info(one.id))
                if info is not None and is_title(info, one, content):
                    return info.model_copy(update={"id": one.id})
        return None

    async def _anime_places(self, request: WatchRequest) -> Sequence[Place]:
        episode = request.episode
        info = await self._anime(request.content, episode.content_id if episode else "")
        if info is None:
            return ()
        number = 1.0 if episode is None else float(episode.mal_episode or episode.episode_number)
        part = pick_part(info, None, number)
        if part is None:
            return ()
        sub = self._instance.anime_place(part.id)
        dub = self._instance.dub_place(part.id) if has_dub(info, part) else None
        return (sub, dub) if dub is not None else (sub,)

    async def _anime(self, content: Content, entry: str = "") -> Info | None:
        """Return a title, or the sequel of it that is the catalogue's `entry`."""
        anilist_id = _anilist_number(entry) or content.anilist_id or _anilist_id(content)
        if anilist_id is not None:
            return await self._info(self._instance.anime_info(anilist_id))
        for title in dict.fromkeys((content.title, content.original_title or content.title)):
            route = self._instance.anime_search(title)
            try:
                listed = parse_page(await self._get(route, _PAGES, self._is_page), self._instance)
            except NotFound:
                continue
            for one in pick_listed(listed, content)[:_MOST_PAGES_READ]:
                info = None
                if one.id.isdecimal():
                    info = await self._info(self._instance.anime_info(int(one.id)))
                if info is not None and is_title(info, one, content):
                    return info
        return None

    async def _info(self, route: Route) -> Info | None:
        try:
            return parse_info(await self._get(route, _PAGES, self._is_info), self._instance)
        except NotFound:
            return None

    # -- from there to its sources -------------------------------------------------------------

    async def _watch(self, place: Place) -> Watched:
        """Ask the usual server, and if it fails or has nothing, at most two others, once each."""
        failure: ProviderError | None = None
        routes = [place.watch]
        asked_for_others = False
        while routes:
            try:
                found = await self._watch_by(routes.pop(0), place.audio)
            except (ProviderUnavailable, BadResponse) as error:
                failure = failure or error
            else:
                if found.sources:
                    return found
            if not asked_for_others:
                asked_for_others = True
                routes = [place.by(name) for name in await self._other_servers(place)]
        if failure is not None:
            raise failure
        return Watched()

    async def _watch_by(self, route: Route, audio: str) -> Watched:
        parse = partial(parse_watch, instance=self._instance, audio=audio)
        try:
            return parse(await self._get(route, 0, parse))
        except NotFound:
            return Watched()

    async def _other_servers(self, place: Place) -> Sequence[str]:
        try:
            raw = await self._http.get_json(
                place.servers.url, params=place.servers.params, max_age=_PAGES
            )
            names = parse_servers(raw, self._instance)
        except RateLimited:
            raise
        except (ProviderError, NotFound):
            return ()
        return [name for name in names if name != place.default_server][:_MORE_SERVERS]

    async def _get(self, route: Route, max_age: float, sound: Sound) -> bytes:
        return await self._http.get_json(
            route.url, params=route.params, max_age=max_age, sound=sound
        )


def _key(request: WatchRequest) -> tuple[str, str]:
    return request.content.id, request.episode.id if request.episode else ""


def _anilist_id(content: Content) -> int | None:
    found = (_anilist_number(name) for name in (content.id, *content.aliases))
    return next((number for number in found if number is not None), None)


def _anilist_number(name: str) -> int | None:
    match = _ANILIST.fullmatch(name)
    return int(match.group(1)) if match else None
