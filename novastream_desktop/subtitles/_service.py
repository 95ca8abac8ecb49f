"""Subtitle tracks from everybody as one list, and any of them as a file for the player."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from urllib.parse import unquote, urlsplit

from novastream_desktop.models import StreamSource, SubtitleTrack
from novastream_desktop.net import HttpClient
from novastream_desktop.providers.base import (
    ServesSubtitles,
    SupportsSubtitles,
    WatchRequest,
    having,
)
from novastream_desktop.providers.boundary import Answer, Troubles, ask
from novastream_desktop.settings import SubtitlesSettings
from novastream_desktop.subtitles._beside import beside
from novastream_desktop.subtitles._endpoints import VttEndpoint
from novastream_desktop.subtitles._found import FoundTracks, LeftOut, release_of, usable
from novastream_desktop.subtitles._languages import system_languages
from novastream_desktop.subtitles._media import media_file
from novastream_desktop.subtitles._memory import SubtitleMemory
from novastream_desktop.subtitles._merge import merge_tracks
from novastream_desktop.subtitles._reader import SubtitleReader

log = logging.getLogger(__name__)
TIMEOUT = 8.0
LOCAL_PROVIDERS = frozenset({"local", "mirrors"})
"""Who may name files of this machine: what a person opened, and folders in their settings
(`mirrors` itself sees to it that an index on the web names none)."""


class SubtitleService(SubtitleReader):
    """Ask everybody for tracks, and make a file for the player of those that are wanted.

    Args:
        providers: all providers; those with `SupportsSubtitles` are asked.
        http: fetches tracks, without any source's headers.
        settings: preferred languages (empty means the system's), roles, endpoints.
        cache_dir: where files for the player are written.
        timeout: seconds that one provider may take.
        troubles: is told which provider fails.
        memory: what people chose about subtitles.
    """

    def __init__(
        self,
        *,
        providers: Sequence[object],
        http: HttpClient,
        settings: SubtitlesSettings,
        cache_dir: Path | None = None,
        timeout: float = TIMEOUT,
        troubles: Troubles | None = None,
        memory: SubtitleMemory | None = None,
    ) -> None:
        self._languages = tuple(settings.languages) or system_languages()
        endpoints = [VttEndpoint(t, http, self._languages) for t in settings.vtt_endpoints]
        asked: list[SupportsSubtitles] = [
            *having(providers, SupportsSubtitles),  # type: ignore[type-abstract]
            *endpoints,
        ]
        self._asked = asked
        self._servers = having(providers, ServesSubtitles)  # type: ignore[type-abstract]
        self._http = http
        self._roles = tuple(role.value for role in settings.roles)
        self._timeout = timeout
        self._troubles = troubles or Troubles()
        super().__init__(http, self._servers, cache_dir, memory or SubtitleMemory(None))

    async def stream(
        self,
        request: WatchRequest,
        sources: Sequence[StreamSource] = (),
        extra: Sequence[SubtitleTrack] = (),
        *,
        url: str = "",
        headers: Mapping[str, str] | None = None,
    ) -> AsyncGenerator[FoundTracks, None]:
        """Yield the tracks known so far, each time that more are, and at last all of them.

        Args:
            request: what is watched.
            sources: their own tracks join, and files beside a local one.
            extra: tracks known to belong to what plays, such as those inside its torrent.
            url: of what plays: who knows files by their hash is asked with it.
            headers: for that address.
        """
        await self._memory.load()
        release = release_of(request, sources)
        tracks, left_out = await self._own(sources)
        tracks[:0] = extra
        merge = partial(
            merge_tracks,
            preferred=self._languages,
            roles=self._roles,
            release=release,
            texts=self._memory.texts,
        )
        identify = partial(self._identified, request, url, headers)
        asking = {asyncio.ensure_future(self._ask(p, request, identify)) for p in self._asked}
        try:
            while asking:
                if tracks:
                    yield FoundTracks(merge(tracks), tuple(left_out))
                done, asking = await asyncio.wait(asking, return_when=asyncio.FIRST_COMPLETED)
                for one in done:
                    self._take(one.result(), tracks, left_out)
        finally:
            for one in asking:
                one.cancel()
            await asyncio.gather(*asking, return_exceptions=True)
        left_out += [LeftOut(s.name, s.remark) for s in self._servers if s.remark]
        yield FoundTracks(merge(tracks), tuple(left_out), complete=True)

    async def found(
        self, request: WatchRequest, sources: Sequence[StreamSource] = ()
    ) -> FoundTracks:
        """Return every track once, and what was left out; providers that fail are named."""
        known = FoundTracks()
        async for newer in self.stream(request, sources):
            known = newer
        return known

    async def tracks(
        self, request: WatchRequest, sources: Sequence[StreamSource] = ()
    ) -> tuple[SubtitleTrack, ...]:
        """Return every track once, preferred languages first; providers that fail are left out."""
        return (await self.found(request, sources)).tracks

    async def _identified(
        self, request: WatchRequest, url: str, headers: Mapping[str, str] | None
    ) -> WatchRequest:
        """Return the request with the file that plays, as far as that is known soon."""
        if not url:
            return request
        try:
            async with asyncio.timeout(self._timeout / 2):
                return replace(request, file=await media_file(url, self._http, headers))
        except TimeoutError:
            return request

    async def _own(
        self, sources: Sequence[StreamSource]
    ) -> tuple[list[SubtitleTrack], list[LeftOut]]:
        tracks: list[SubtitleTrack] = []
        left_out: list[LeftOut] = []
        for source in sources:
            local = source.provider in LOCAL_PROVIDERS
            parts = urlsplit(source.url)
            if parts.scheme == "file" and local:
                tracks += await asyncio.to_thread(beside, Path(unquote(parts.path)))
            kept, left = usable(source.subtitles, source.provider, local=local)
            tracks += kept
            left_out += left
        return tracks, left_out

    async def _ask(
        self,
        provider: SupportsSubtitles,
        request: WatchRequest,
        identify: Callable[[], Awaitable[WatchRequest]],
    ) -> Answer[Sequence[SubtitleTrack]]:
        async def question() -> Sequence[SubtitleTrack]:
            by_hash = getattr(provider, "uses_hash", False)
            return await provider.subtitles(await identify() if by_hash else request)

        return await ask(
            provider.name,
            question,
            timeout=self._timeout,
            note=self._troubles.noting(provider),
        )

    def _take(
        self,
        answer: Answer[Sequence[SubtitleTrack]],
        tracks: list[SubtitleTrack],
        left_out: list[LeftOut],
    ) -> None:
        local = answer.provider in LOCAL_PROVIDERS
        kept, left = usable(
            answer.value or (), answer.provider, local=local, served=self._fetcher.serves
        )
        tracks += kept
        left_out += left
        for one in left:
            log.warning("%s", one.why)
        if answer.error is not None:
            left_out.append(LeftOut(answer.provider, answer.error.sentence()))
