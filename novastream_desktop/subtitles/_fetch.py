"""The bytes of a track, wherever it lies, and the text in them."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from novastream_desktop.errors import (
    BadResponse,
    InvalidInput,
    NotFound,
    SourceUnavailable,
    StoreError,
)
from novastream_desktop.net import HttpClient
from novastream_desktop.providers.base import ServesSubtitles
from novastream_desktop.subtitles._encoding import Decoded, decode, decode_as
from novastream_desktop.subtitles._kept import read_kept
from novastream_desktop.subtitles._unpack import LARGEST, not_too_large, unpacked

_FRESH_FOR = 86_400.0
_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Fetched:
    """A track's text. `digest` tells it from other files; `own`: a file of this machine."""

    decoded: Decoded
    digest: str
    name: str
    own: bool


class Fetcher:
    """Gets tracks.

    Args:
        http: fetches them, without any source's headers.
        servers: providers that give out tracks of their own addresses.
        kept: where those are kept, since they may cost quota; None keeps none.
    """

    def __init__(
        self, http: HttpClient, servers: Sequence[ServesSubtitles], kept: Path | None
    ) -> None:
        self._http = http
        self._servers = servers
        self._kept = kept

    def serves(self, url: str) -> bool:
        """Whether a provider gives out this address."""
        return any(server.serves(url) for server in self._servers)

    async def fetch(
        self,
        url_or_path: str,
        lang: str,
        *,
        declared: str | None = None,
        chosen: str | None = None,
        hint: str = "",
    ) -> Fetched:
        """Return the text of a track.

        Args:
            url_or_path: `http(s):`, `file:`, a path, or a provider's own address.
            lang: BCP 47; helps to tell code pages apart.
            declared: its encoding as the giver says, believed if it fits.
            chosen: its encoding as the person says.
            hint: such as `S01E02`, for archives of many files.

        Raises:
            NotFound: there is no such file.
            SourceUnavailable: a file of this machine cannot be read.
            BadResponse: it is packed and cannot be unpacked, or too large.
            ProviderError: its host did not give it.
        """
        path = self._local(url_or_path)
        name = _short(url_or_path)
        data = await (self._remote(url_or_path) if path is None else asyncio.to_thread(_read, path))
        own = path is not None
        plain = await asyncio.to_thread(_unpacked, data, name, hint, own)
        decoded = await asyncio.to_thread(_decoded, plain, lang, declared, chosen)
        return Fetched(decoded, digest_of(plain), name, own)

    def _local(self, url_or_path: str) -> Path | None:
        if self.serves(url_or_path):
            return None
        scheme = urlsplit(url_or_path).scheme.lower()
        if scheme in ("http", "https"):
            return None
        return Path(url_or_path if scheme != "file" else unquote(urlsplit(url_or_path).path))

    async def _remote(self, url: str) -> bytes:
        server = next((one for one in self._servers if one.serves(url)), None)
        if server is None:
            return (await self._http.get(url, max_age=_FRESH_FOR)).content
        file = self._kept / digest_of(url.encode()) if self._kept is not None else None
        if file is not None and (data := await asyncio.to_thread(read_kept, file)):
            return data
        data = await server.subtitle_file(url)
        if file is not None:
            await asyncio.to_thread(write_bytes, file, data)
        return data


def digest_of(data: bytes) -> str:
    """Return what tells one file from another."""
    return hashlib.sha1(data, usedforsecurity=False).hexdigest()[:20]


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file in one step.

    Raises:
        StoreError: the disk refuses.
    """
    temporary = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(data)
        temporary.replace(path)
    except OSError as error:
        raise StoreError(
            "The subtitles could not be written",
            why=f"{path}: {error.strerror or error}",
            hint="Make room on the disk",
        ) from error


def _unpacked(data: bytes, name: str, hint: str, own: bool) -> bytes:
    try:
        return unpacked(data, name, hint=hint)
    except BadResponse as error:
        raise (own_fault(error) if own else error) from error


def _decoded(data: bytes, lang: str, declared: str | None, chosen: str | None) -> Decoded:
    if not chosen:
        return decode(data, lang, declared)
    try:
        return decode_as(data, chosen)
    except LookupError as error:
        raise InvalidInput(
            f"{chosen!r} is no encoding", hint="Use a name such as windows-1251 or shift_jis"
        ) from error


def own_fault(error: BadResponse) -> SourceUnavailable:
    """Return what a file of this machine fails with: no provider is to blame for it."""
    return SourceUnavailable(error.what, why=error.why, hint=error.hint)


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else f"...{name[-_LONGEST_NAME:]}"


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return not_too_large(file.read(LARGEST + 1), str(path))
    except BadResponse as error:
        raise own_fault(error) from error
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        missing = isinstance(error, FileNotFoundError | NotADirectoryError | ValueError)
        kind = NotFound if missing else SourceUnavailable
        raise kind(
            f"The subtitles {path} cannot be opened", why=why, hint="Check the path"
        ) from error
