"""Pictures on disk: each is fetched once and kept while there is room."""

from __future__ import annotations

import asyncio
import hashlib
import os
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from novastream_desktop.catalog.snapshot import path_of_file_url
from novastream_desktop.errors import InvalidInput, NotFound
from novastream_desktop.net import HttpClient

ROOM = 300 * 1024 * 1024
LARGEST = 12 * 1024 * 1024
_AT_ONCE = 6
_KEPT_SHARE = 0.9
_SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".gif", ".svg", ".avif"})


class ArtStore:
    """Fetch pictures into a folder; the least recently used ones make room for new ones.

    Args:
        http: fetches.
        folder: where pictures are kept; made when needed.
        room: bytes that all pictures together may take.
    """

    def __init__(self, http: HttpClient, folder: Path, *, room: int = ROOM) -> None:
        self._http = http
        self._folder = folder
        self._room = room
        self._running: dict[str, asyncio.Task[Path]] = {}
        self._slots = asyncio.Semaphore(_AT_ONCE)

    async def local(self, url: str) -> Path:
        """Return the path of a picture, fetching it first if it is not here yet.

        Raises:
            InvalidInput: the address is neither `file:` nor `http(s):`.
            NotFound: there is no such picture.
            ProviderError: its host did not give it.
        """
        scheme = urlsplit(url).scheme
        if scheme == "file":
            path = path_of_file_url(url)
            if not await asyncio.to_thread(path.is_file):
                raise NotFound(f"The picture {path} is missing")
            return path
        if scheme not in ("http", "https"):
            raise InvalidInput(
                f"{url[:80]!r} is no picture's address", why="it is neither file: nor http(s):"
            )
        task = self._running.get(url)
        if task is None:
            task = asyncio.create_task(self._fetch(url))
            self._running[url] = task
            task.add_done_callback(lambda done: self._forget(url, done))
        return await asyncio.shield(task)

    def known(self, urls: Iterable[str]) -> dict[str, str]:
        """Return the paths of those pictures that are here already (reads the folder)."""
        try:
            present = {entry.name for entry in os.scandir(self._folder)}
        except OSError:
            present = set()
        found: dict[str, str] = {}
        for url in urls:
            if url.startswith("file:"):
                found[url] = str(path_of_file_url(url))
            elif self._path(url).name in present:
                found[url] = str(self._path(url))
        return found

    async def close(self) -> None:
        """Stop what is being fetched."""
        running = list(self._running.values())
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    def _path(self, url: str) -> Path:
        suffix = PurePosixPath(urlsplit(url).path).suffix.lower()
        name = hashlib.sha1(url.encode(), usedforsecurity=False).hexdigest()
        return self._folder / (name + (suffix if suffix in _SUFFIXES else ".img"))

    async def _fetch(self, url: str) -> Path:
        path = self._path(url)
        if await asyncio.to_thread(_touch, path):
            return path
        async with self._slots:
            await asyncio.to_thread(self._folder.mkdir, parents=True, exist_ok=True)
            await self._http.download(url, path, max_bytes=LARGEST)
        await asyncio.to_thread(self._make_room, path)
        return path

    def _forget(self, url: str, task: asyncio.Task[Path]) -> None:
        self._running.pop(url, None)
        if not task.cancelled():
            task.exception()  # whoever waited has it; nobody else has to

    def _make_room(self, newest: Path) -> None:
        entries = [(e, e.stat()) for e in os.scandir(self._folder) if e.is_file()]
        total = sum(stat.st_size for _, stat in entries)
        if total <= self._room:
            return
        for entry, stat in sorted(entries, key=lambda pair: pair[1].st_mtime_ns):
            if total <= self._room * _KEPT_SHARE:
                return
            if entry.name != newest.name:
                Path(entry.path).unlink(missing_ok=True)
                total -= stat.st_size


def _touch(path: Path) -> bool:
    try:
        os.utime(path)
    except OSError:
        return False
    return True
