"""What of a file is on disk, served without asking anybody for more: for a second look at it."""

from __future__ import annotations

import asyncio
import os
from typing import IO

from novastream_desktop.errors import SourceUnavailable
from novastream_desktop.net.media_server import CHUNK, FileRun, open_inside, read_at
from novastream_desktop.torrents._reader import TorrentResource

SUFFIX = ".here"
"""Ends the file number in the address of what is here: `.../INFOHASH/3.here/NAME`."""


class HereResource:
    """A file of a torrent that ends where its bytes on disk end.

    Args:
        whole: the file as it is served to the player.
    """

    def __init__(self, whole: TorrentResource) -> None:
        self.whole = whole

    @property
    def size(self) -> int:
        """Bytes of the whole file."""
        return self.whole.size

    @property
    def etag(self) -> str:
        """As the whole file's."""
        return self.whole.etag

    @property
    def content_type(self) -> str:
        """As the whole file's."""
        return self.whole.content_type

    async def open_reader(self, start: int, end: int) -> HereReader:
        """Return a reader that never waits.

        Raises:
            SourceUnavailable: the first byte is not on disk.
        """
        reader = HereReader(self.whole, start, end)
        if start < end and not reader.here():
            raise SourceUnavailable("This part is not on disk", why="it was not fetched yet")
        return reader


class HereReader:
    """Hands out a range of the file as far as it is on disk; the plan does not hear of it."""

    def __init__(self, whole: TorrentResource, start: int, end: int) -> None:
        self._whole = whole
        self._position, self._end = start, end
        self._file: IO[bytes] | None = None

    async def run(self) -> FileRun | None:
        """Return nothing: what is read here is little."""
        return None

    async def read(self) -> bytes:
        """Return the next bytes, nothing where what is on disk ends.

        Raises:
            OSError: the file cannot be read.
        """
        count = self.here()
        if not count:
            return b""
        if self._file is None:
            torrent = self._whole.torrent
            path = torrent.path_of(self._whole.entry)
            fd = await asyncio.to_thread(open_inside, torrent.folder, path)
            self._file = os.fdopen(fd, "rb", buffering=0)
        data = await read_at(self._file.fileno(), count, self._position)
        self._position += len(data)
        return data

    async def close(self) -> None:
        """Close the file."""
        if self._file is not None:
            self._file.close()

    def here(self) -> int:
        """Return how many of the next bytes are on disk."""
        whole, limit = self._whole, min(CHUNK, self._end - self._position)
        moving = whole.entry.index in whole.torrent.demand.moving  # the file has holes still
        if whole.closed or limit <= 0 or moving:
            return 0
        return whole.torrent.available(whole.entry.offset + self._position, limit)
