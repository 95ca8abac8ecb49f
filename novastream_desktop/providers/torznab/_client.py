"""One Torznab indexer: asks what it can search, then the best search that it has.

Its address may hold the key, and the links that it gives do: no sentence names more than hosts.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, quote, urlsplit

from novastream_desktop.errors import ProviderError, UserFacingError
from novastream_desktop.models import SourceType, StreamSource
from novastream_desktop.net import points_inward
from novastream_desktop.providers._answers import must_be_there
from novastream_desktop.providers.base import WatchRequest
from novastream_desktop.providers.torznab._parse import (
    Caps,
    Release,
    most_seeded,
    parse_caps,
    parse_results,
)
from novastream_desktop.providers.torznab._plan import Search, searches
from novastream_desktop.providers.torznab._torrent import magnet_of

if TYPE_CHECKING:
    from novastream_desktop.net import HttpClient

_CAPS_AGE = 24 * 3_600.0
_RESULTS_AGE = 900.0
_TIMEOUT = 30.0
_MOST_SEARCHES = 3
_MOST_LINKS = 8
_LINK_TIMEOUT = 2.5
_REMEMBERED = 500


class TorznabProvider:
    """One indexer, by its address and key."""

    def __init__(self, name: str, url: str, api_key: str, http: HttpClient) -> None:
        self._name = name
        self._http = http
        address, _, query = url.strip().partition("?")
        self._url = address if "://" in address else f"http://{address}"
        self._key = api_key.strip() or parse_qs(query).get("apikey", [""])[0]
        self._who = f"The indexer at {_host(self._url)}"
        self._magnets: dict[str, str] = {}

    @property
    def name(self) -> str:
        """Its spec's name."""
        return self._name

    async def sources(self, request: WatchRequest) -> Sequence[StreamSource]:
        """Return the torrents of the first search that finds any, the best seeded first.

        Release names are told as they are; whoever ranks reads them, and must check the year,
        season and episode, since trackers match loosely.
        """
        found: tuple[Release, ...] = ()
        failure: ProviderError | None = None
        for search in searches(await self._caps(), request)[:_MOST_SEARCHES]:
            try:
                found = await self._search(search)
            except ProviderError as error:  # an id search may fail where words do not
                failure = failure or error
                continue
            if found:
                break
        if not found and failure is not None:
            raise failure
        releases = await self._with_magnets(most_seeded(found))
        sources = (self._source(release) for release in releases)
        return tuple({s.url: s for s in reversed([s for s in sources if s])}.values())[::-1]

    async def _caps(self) -> Caps:
        sound = partial(parse_caps, who=self._who)
        with must_be_there(f"{self._who} has no Torznab feed there", "sources.torznab"):
            return sound(await self._get({"t": "caps"}, _CAPS_AGE, sound))

    async def _search(self, search: Search) -> tuple[Release, ...]:
        sound = partial(parse_results, who=self._who)
        return sound(await self._get({"t": search.kind, **search.params}, _RESULTS_AGE, sound))

    async def _get(self, params: dict[str, str], max_age: float, sound: object) -> bytes:
        asked = {**params, "apikey": self._key} if self._key else params
        answer = await self._http.get(
            self._url,
            params=asked,
            headers={"accept": "application/rss+xml, application/xml, text/xml"},
            max_age=max_age,
            timeout=_TIMEOUT,
            sound=sound,  # type: ignore[arg-type]
        )
        return answer.content

    async def _with_magnets(self, releases: list[Release]) -> list[Release]:
        """Fetch the links of the best ones that say no info-hash; a link may be a magnet."""
        unknown = [r for r in releases if not (r.magnet or r.private or _bare(r))]
        asked = [r for r in unknown if r.link and self._may_fetch(r.link)][:_MOST_LINKS]
        await asyncio.gather(*(self._learn(release.link) for release in asked))
        return [
            replace(r, magnet=self._magnets.get(r.link, "")) if not r.magnet and r.link else r
            for r in releases
        ]

    def _may_fetch(self, link: str) -> bool:
        return link not in self._magnets and not points_inward(link, self._url)

    async def _learn(self, link: str) -> None:
        """Note the magnet that a link leads to, '' where its `.torrent` is needed itself."""
        try:
            answer = await self._http.follow(link, timeout=_LINK_TIMEOUT)
        except UserFacingError:
            return  # it may answer when it is played
        magnet = answer.url if answer.url.startswith("magnet:") else ""
        self._magnets[link] = magnet or await asyncio.to_thread(magnet_of, answer.content)
        while len(self._magnets) > _REMEMBERED:
            del self._magnets[next(iter(self._magnets))]

    def _source(self, release: Release) -> StreamSource | None:
        url = release.magnet
        if not url and _bare(release):
            name = quote(release.title[:200], safe="", errors="replace")
            url = f"magnet:?xt=urn:btih:{release.info_hash}&dn={name}"
        if not url and release.link and not points_inward(release.link, self._url):
            url = release.link
        if not url:
            return None
        return StreamSource(
            url=url,
            type=SourceType.TORRENT,
            provider=self._name,
            size_bytes=release.size,
            seeders=release.seeders,
            release_name=release.title,
        )


def _bare(release: Release) -> bool:
    """Whether the info-hash alone is enough: on public trackers, whose swarms DHT knows."""
    return bool(release.info_hash) and not (release.private and release.link)


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or "an unknown host"
    except ValueError:
        return "an unknown host"
