"""One track, wherever it lies: as WebVTT, or as a file for the player."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar
from urllib.parse import unquote, urlsplit

from novastream_desktop.errors import BadResponse, InvalidInput
from novastream_desktop.models import SubtitleTrack
from novastream_desktop.net import HttpClient
from novastream_desktop.providers.base import ServesSubtitles
from novastream_desktop.subtitles._beside import PICTURES
from novastream_desktop.subtitles._encoding import language_of
from novastream_desktop.subtitles._fetch import Fetched, Fetcher, digest_of, own_fault, write_bytes
from novastream_desktop.subtitles._found import PreparedSubtitle, ReadSubtitle
from novastream_desktop.subtitles._kept import forget_old
from novastream_desktop.subtitles._memory import SubtitleMemory
from novastream_desktop.subtitles._merge import UNKNOWN, tag_of
from novastream_desktop.subtitles._vtt import playable, to_vtt

T = TypeVar("T")


class SubtitleReader:
    """Reads tracks.

    Args:
        http: fetches them, without any source's headers.
        servers: providers that give out tracks of their own addresses.
        cache_dir: where files for the player are written; None: nowhere.
        memory: what people chose about subtitles.
    """

    def __init__(
        self,
        http: HttpClient,
        servers: Sequence[ServesSubtitles],
        cache_dir: Path | None,
        memory: SubtitleMemory,
    ) -> None:
        self._cache_dir = cache_dir
        self._memory = memory
        self._tidied = False
        self._kept = cache_dir / "originals" if cache_dir is not None else None
        self._fetcher = Fetcher(http, servers, self._kept)

    @property
    def memory(self) -> SubtitleMemory:
        """What people chose about subtitles; `load` it before it is asked."""
        return self._memory

    async def read(
        self, url_or_path: str, lang: str = UNKNOWN, *, encoding: str | None = None
    ) -> ReadSubtitle:
        """Return a track as WebVTT, and what it came in.

        Args:
            url_or_path: `http(s):`, `file:`, a path, or a provider's own; may be packed.
            lang: BCP 47; helps to tell code pages apart.
            encoding: as the giver says, believed if it fits.

        Raises:
            NotFound: there is no such file.
            SourceUnavailable: the file cannot be read, or is not subtitles.
            BadResponse: what its host gave is not subtitles.
            ProviderError: its host did not give it.
        """
        fetched = await self._fetch(url_or_path, lang, encoding)
        text = await asyncio.to_thread(_read_as, to_vtt, fetched)
        return ReadSubtitle(text, fetched.decoded.encoding, fetched.decoded.confidence)

    async def prepare(
        self, track: SubtitleTrack, *, fps: float | None = None, hint: str = ""
    ) -> PreparedSubtitle:
        """Return a file with the track for the player; raises as `read` and `file_for` do.

        Args:
            track: one of the list, or any file.
            fps: the video's frames a second, for formats that count frames.
            hint: such as `S01E02`, for archives of many files.
        """
        if self._cache_dir is None:
            raise InvalidInput("There is no folder for subtitle files")
        if Path(urlsplit(track.url).path).suffix.lower() in PICTURES:
            path = Path(unquote(urlsplit(track.url).path))
            return PreparedSubtitle(path, track.url, "pictures")
        fetched = await self._fetch(track.url, track.lang, track.encoding, hint)
        made = await asyncio.to_thread(_read_as, partial(playable, fps=fps), fetched)
        lang = tag_of(track.lang)
        if lang == UNKNOWN:
            lang = await asyncio.to_thread(language_of, fetched.decoded.text)
        if not self._tidied:
            self._tidied = True
            await asyncio.to_thread(forget_old, self._cache_dir, self._kept, time.time())
        data = made.text.encode("utf-8", "replace")
        text = digest_of(data)  # the same from two places, in whatever encoding, is one
        path = self._cache_dir / f"{text}.{lang}.{made.suffix}"
        await asyncio.to_thread(write_bytes, path, data)
        self._memory.note_text(track.url, text)
        found = fetched.decoded
        return PreparedSubtitle(path, fetched.digest, found.encoding, found.confidence, lang)

    async def file_for(self, track: SubtitleTrack) -> Path:
        """Return a file with the track for the player, in UTF-8.

        Raises:
            StoreError: the disk refuses; and all that `read` raises.
        """
        return (await self.prepare(track)).path

    async def _fetch(self, url: str, lang: str, declared: str | None, hint: str = "") -> Fetched:
        await self._memory.load()
        chosen = self._memory.encoding_of(url)
        return await self._fetcher.fetch(url, lang, declared=declared, chosen=chosen, hint=hint)


def _read_as(read: Callable[[str, str], T], fetched: Fetched) -> T:
    try:
        return read(fetched.decoded.text, fetched.name)
    except BadResponse as error:
        raise (own_fault(error) if fetched.own else error) from error
