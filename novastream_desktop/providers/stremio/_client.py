"""One Stremio add-on: its catalogues, search, details, streams and subtitles.

An add-on's address may hold the person's keys, so no sentence and no log line names more of it
than the host.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

from novastream_desktop.errors import BadResponse, NotFound, ProviderError
from novastream_desktop.models import Content, Row, StreamSource, SubtitleTrack, TitleDetails
from novastream_desktop.providers._answers import must_be_there
from novastream_desktop.providers.base import WatchRequest
from novastream_desktop.providers.stremio._ids import Candidate, candidates, split_id
from novastream_desktop.providers.stremio._manifest import (
    Catalog,
    Manifest,
    component,
    manifest_address,
    parse_manifest,
    resource_address,
)
from novastream_desktop.providers.stremio._parse import (
    parse_list,
    parse_meta,
    parse_subtitles,
    whole_meta,
)
from novastream_desktop.providers.stremio._streams import (
    cache_times,
    parse_streams,
    read_streams,
)

if TYPE_CHECKING:
    from novastream_desktop.net import HttpClient, Sound
    from novastream_desktop.runtime import Clock

log = logging.getLogger(__name__)
T = TypeVar("T")

MOST_ROWS = 8
_PAGE = 100
MOST_SEARCHES = 4
_MANIFEST_AGE = 6 * 3_600.0
_LISTS = 900.0
_DETAILS = 3_600.0
_SUBTITLES = 3_600.0
_STREAMS = 60.0
_LONGEST = 6 * 3_600.0
_KEPT = 64
_KIND_WORDS = {"movie": "films", "series": "series", "anime": "anime"}


class StremioProvider:
    """One add-on, by its manifest's address."""

    def __init__(self, name: str, entry: str, http: HttpClient, clock: Clock) -> None:
        self._name = name
        self._http = http
        self._clock = clock
        self._kept: dict[str, tuple[float, float, bytes]] = {}
        self._wrong: BadResponse | None = None
        try:
            self._address = manifest_address(entry)
        except BadResponse as error:  # told whenever it is asked, as any other failure
            self._address, self._wrong = "", error
        self._who = f"The add-on at {urlsplit(self._address).hostname or 'an unknown host'}"

    @property
    def name(self) -> str:
        """Its spec's name."""
        return self._name

    async def rows(self) -> Sequence[Row]:
        """Return the catalogues that need no parameter; one that fails tells its `problem`."""
        manifest = await self._manifest()
        catalogs = manifest.lists()[:MOST_ROWS]
        answers = await asyncio.gather(*map(self._list, catalogs), return_exceptions=True)
        _raise_if_all_failed(answers)
        return [
            self._row(manifest, catalog, answer)
            for catalog, answer in zip(catalogs, answers, strict=True)
        ]

    async def more(self, row_id: str, known: int) -> Sequence[Content]:
        """Return the next page of a catalogue; pages are counted in hundreds."""
        manifest = await self._manifest()
        named = {_row_id(manifest, catalog): catalog for catalog in manifest.lists()}
        catalog = named.get(row_id)
        if catalog is None or "skip" not in catalog.supported:
            return ()
        return await self._list(catalog, f"skip={-(-known // _PAGE) * _PAGE}")

    async def search(self, query: str) -> Sequence[Content]:
        """Return titles of every catalogue that can be searched, each once."""
        catalogs = (await self._manifest()).searches()[:MOST_SEARCHES]
        extra = f"search={component(query)}"
        answers = await asyncio.gather(
            *(self._list(catalog, extra) for catalog in catalogs), return_exceptions=True
        )
        _raise_if_all_failed(answers)
        found = (c for answer in answers if not isinstance(answer, BaseException) for c in answer)
        return tuple({content.id: content for content in found}.values())

    def knows(self, content_id: str) -> bool:
        """Whether it is `stremio:TYPE:ID`; `details` tells add-ons apart by their prefixes."""
        return not self._wrong and split_id(content_id) is not None

    async def details(self, content_id: str) -> TitleDetails:
        """Return a title with its episodes."""
        kind, thing = split_id(content_id) or ("", "")
        manifest = await self._manifest()
        if not manifest.allows("meta", kind, thing):
            raise NotFound(f"{self._who} has no title {content_id}")
        found = parse_meta(await self._meta(kind, thing), self._who)
        episodes = tuple(e.with_(content_id=content_id) for e in found.episodes)
        return TitleDetails(content=found.content.with_(id=content_id), episodes=episodes)

    async def sources(self, request: WatchRequest) -> Sequence[StreamSource]:
        """Return the streams of the first id under which the add-on has any."""
        manifest = await self._manifest()
        for one in self._asked(manifest, "stream", request):
            raw = await self._streams(one)
            if raw is not None and (found := self._playable(raw)):
                return found
        return await self._inside_meta(manifest, request)

    async def subtitles(self, request: WatchRequest) -> Sequence[SubtitleTrack]:
        """Return the tracks of the first id under which the add-on has any."""
        sound = partial(parse_subtitles, who=self._who, origin=self._name)
        for one in self._asked(await self._manifest(), "subtitles", request):
            url = resource_address(self._address, "subtitles", one.kind, one.video)
            raw = await _or_none(self._get(url, _SUBTITLES, sound))
            if raw is not None and (found := sound(raw)):
                return found
        return ()

    def _asked(
        self, manifest: Manifest, resource: str, request: WatchRequest
    ) -> Iterator[Candidate]:
        for one in dict.fromkeys(candidates(request)):
            if manifest.allows(resource, one.kind, one.video, named=one.named):
                yield one

    async def _inside_meta(
        self, manifest: Manifest, request: WatchRequest
    ) -> tuple[StreamSource, ...]:
        """Return the streams that an add-on gives with its own titles instead of on request."""
        own = {i for i in (request.content.id, *request.content.aliases) if split_id(i)}
        for one in candidates(request) if own else ():
            if not manifest.allows("meta", one.kind, one.title):
                continue
            raw = await _or_none(self._meta(one.kind, one.title))
            videos = whole_meta(raw, self._who).videos if raw is not None else ()
            streams = next((video.streams for video in videos if video.id == one.video), None)
            if found := read_streams(streams, self._name, self._address):
                return found
        return ()

    def _row(
        self, manifest: Manifest, catalog: Catalog, answer: tuple[Content, ...] | BaseException
    ) -> Row:
        name = catalog.name or catalog.id
        alike = [one for one in manifest.lists() if (one.name or one.id) == name]
        kind = f", {_KIND_WORDS[catalog.type]}" if len(alike) > 1 else ""
        row = Row(
            id=_row_id(manifest, catalog),
            title=f"{manifest.name or manifest.id}: {name}{kind}",
            origin=self._name,
        )
        if isinstance(answer, BaseException):
            return row.with_(problem=str(answer))
        return row.with_(items=answer)

    async def _manifest(self) -> Manifest:
        if self._wrong is not None:
            raise self._wrong
        sound = partial(parse_manifest, who=self._who)
        with must_be_there(f"{self._who} has no manifest there", "sources.stremio_addons"):
            return sound(await self._get(self._address, _MANIFEST_AGE, sound))

    async def _list(self, catalog: Catalog, extra: str = "") -> tuple[Content, ...]:
        url = resource_address(self._address, "catalog", catalog.type, catalog.id, extra)
        sound = partial(parse_list, who=self._who)
        return sound(await self._get(url, _LISTS, sound))

    async def _meta(self, kind: str, thing: str) -> bytes:
        url = resource_address(self._address, "meta", kind, thing)
        return await self._get(url, _DETAILS, partial(whole_meta, who=self._who))

    async def _streams(self, one: Candidate) -> bytes | None:
        """Return an answer about streams; it is kept for as long as it says of itself."""
        url = resource_address(self._address, "stream", one.kind, one.video)
        now = self._clock.monotonic()
        until, usable, raw = self._kept.get(url, (0.0, 0.0, b""))
        if raw and now < until:
            return raw
        sound = self._playable
        try:
            fresh = await _or_none(self._get(url, 0, sound))
        except ProviderError:
            if raw and now < usable:
                log.info("%s fails; its last answer still holds", self._who)
                return raw
            raise
        if fresh is not None:
            self._keep(url, fresh, now)
        return fresh

    def _playable(self, raw: bytes) -> tuple[StreamSource, ...]:
        return parse_streams(raw, self._who, self._name, self._address)

    def _keep(self, url: str, raw: bytes, now: float) -> None:
        said, on_error = cache_times(raw, self._who)
        until = now + min(_STREAMS if said is None else said, _LONGEST)
        self._kept.pop(url, None)
        self._kept[url] = (until, until + min(on_error, _LONGEST), raw)
        while len(self._kept) > _KEPT:
            del self._kept[next(iter(self._kept))]

    async def _get(self, url: str, max_age: float, sound: Sound) -> bytes:
        return await self._http.get_json(url, max_age=max_age, sound=sound)


def _row_id(manifest: Manifest, catalog: Catalog) -> str:
    return f"stremio-{manifest.id}-{catalog.type}-{catalog.id}"


async def _or_none(asking: Awaitable[bytes]) -> bytes | None:
    try:
        return await asking
    except NotFound:
        return None


def _raise_if_all_failed(answers: Sequence[object]) -> None:
    failed = [answer for answer in answers if isinstance(answer, BaseException)]
    other = next(
        (error for error in failed if not isinstance(error, ProviderError | NotFound)), None
    )
    if other is not None:
        raise other
    if failed and len(failed) == len(answers):
        raise failed[0]
