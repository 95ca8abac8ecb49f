"""Subtitle tracks from every provider, and any of them as clean WebVTT."""

from __future__ import annotations

import asyncio
import hashlib
import locale
import os
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from urllib.parse import unquote, urlsplit

from novastream_desktop.errors import (
    BadResponse,
    InvalidInput,
    NotFound,
    SourceUnavailable,
    StoreError,
)
from novastream_desktop.models import StreamSource, SubtitleTrack
from novastream_desktop.net import HttpClient
from novastream_desktop.providers.base import SupportsSubtitles, WatchRequest, having
from novastream_desktop.providers.boundary import Troubles, ask
from novastream_desktop.settings import SubtitlesSettings
from novastream_desktop.subtitles._encoding import decode
from novastream_desktop.subtitles._merge import UNKNOWN, merge_tracks, tag_of
from novastream_desktop.subtitles._unpack import LARGEST, not_too_large, unpacked
from novastream_desktop.subtitles._vtt import to_vtt

TIMEOUT = 8.0
_FRESH_FOR = 86_400.0
_LONGEST_NAME = 120


class SubtitleService:
    """Ask every provider for tracks, and make UTF-8 WebVTT of the one that is chosen.

    Args:
        providers: all providers; those with `SupportsSubtitles` are asked.
        http: fetches tracks, without any source's headers.
        settings: preferred languages; empty means the system's.
        cache_dir: where `file_for` writes.
        timeout: seconds that one provider may take.
        troubles: is told which provider fails.
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
    ) -> None:
        self._providers = having(providers, SupportsSubtitles)  # type: ignore[type-abstract]
        self._http = http
        self._languages = settings.languages or system_languages()
        self._cache_dir = cache_dir
        self._timeout = timeout
        self._troubles = troubles or Troubles()

    async def tracks(
        self, request: WatchRequest, sources: Sequence[StreamSource] = ()
    ) -> tuple[SubtitleTrack, ...]:
        """Return every track once, preferred languages first; providers that fail are left out.

        Args:
            request: what is watched.
            sources: their own tracks join.
        """
        answers = await asyncio.gather(
            *(
                ask(
                    p.name,
                    partial(p.subtitles, request),
                    timeout=self._timeout,
                    note=self._troubles.noting(p),
                )
                for p in self._providers
            )
        )
        own = [track for source in sources for track in source.subtitles]
        said = [track for answer in answers for track in answer.value or ()]
        return merge_tracks([*own, *said], self._languages)

    async def load(
        self, url_or_path: str, lang: str = UNKNOWN, *, encoding: str | None = None
    ) -> str:
        """Return a track as WebVTT.

        Args:
            url_or_path: `http(s):`, `file:` or a path; gzip is opened.
            lang: BCP 47; helps to tell code pages apart.
            encoding: as the giver says, believed if it fits.

        Raises:
            NotFound: there is no such file.
            SourceUnavailable: the file cannot be read, or is not subtitles.
            BadResponse: what its host gave is not subtitles.
            ProviderError: its host did not give it.
        """
        path = _local(url_or_path)
        if path is not None:
            return await asyncio.to_thread(_of_file, path, url_or_path, lang, encoding)
        data = (await self._http.get(url_or_path, max_age=_FRESH_FOR)).content
        return await asyncio.to_thread(_normalised, data, url_or_path, lang, encoding)

    async def file_for(self, track: SubtitleTrack, cache_dir: Path | None = None) -> Path:
        """Return a file with the track as WebVTT in UTF-8, written anew.

        Raises:
            StoreError: the disk refuses; and all that `load` raises.
        """
        text = await self.load(track.url, track.lang, encoding=track.encoding)
        folder = cache_dir or self._cache_dir
        if folder is None:
            raise InvalidInput("There is no folder for subtitle files")
        name = hashlib.sha1(track.url.encode(), usedforsecurity=False).hexdigest()[:20]
        path = folder / f"{name}.{tag_of(track.lang)}.vtt"
        await asyncio.to_thread(_write, path, text)
        return path


def system_languages(environ: Mapping[str, str] = os.environ) -> tuple[str, ...]:
    """Return the languages that the system is set to, best first."""
    names = environ.get("LANGUAGE", "").split(":")
    names += [environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    names.append(locale.getlocale()[0] or "")
    plain = (name.partition(".")[0].partition("@")[0] for name in names)
    tags = (tag_of(name) for name in plain if name not in ("", "C", "POSIX"))
    return tuple(dict.fromkeys(tag for tag in tags if tag != UNKNOWN))


def _local(url_or_path: str) -> Path | None:
    scheme = urlsplit(url_or_path).scheme.lower()
    if scheme in ("http", "https"):
        return None
    return Path(url_or_path if scheme != "file" else unquote(urlsplit(url_or_path).path))


def _of_file(path: Path, name: str, lang: str, encoding: str | None) -> str:
    """Return a file of this machine as WebVTT; nobody else is to blame for what is in it."""
    try:
        return _normalised(_read(path), name, lang, encoding)
    except BadResponse as error:
        raise SourceUnavailable(error.what, why=error.why, hint=error.hint) from error


def _normalised(data: bytes, name: str, lang: str, encoding: str | None) -> str:
    shown = name if len(name) <= _LONGEST_NAME else f"...{name[-_LONGEST_NAME:]}"
    text = decode(unpacked(data, shown), lang, encoding).text
    return to_vtt(text, shown)


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return not_too_large(file.read(LARGEST + 1), str(path))
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        missing = isinstance(error, FileNotFoundError | NotADirectoryError | ValueError)
        kind = NotFound if missing else SourceUnavailable
        raise kind(
            f"The subtitles {path} cannot be opened", why=why, hint="Check the path"
        ) from error


def _write(path: Path, text: str) -> None:
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_text(text, encoding="utf-8", newline="\n")
        temporary.replace(path)
    except OSError as error:
        raise StoreError(
            "The subtitles could not be written",
            why=f"{path}: {error.strerror or error}",
            hint="Make room on the disk",
        ) from error
