"""Readers of a file in a torrent: they hand out its bytes as they arrive."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from contextlib import suppress
from typing import IO

from novastream_desktop.errors import SourceUnavailable, TorrentError
from novastream_desktop.net.media_server import (
    CHUNK,
    RUN,
    FileRun,
    content_type_of,
    open_inside,
    read_at,
)
from novastream_desktop.runtime import Clock
from novastream_desktop.torrents._port import FileEntry
from novastream_desktop.torrents._torrent import Torrent

_MAX_READERS = 16
_AT_REST = 0.25
_LEAST_RUN = 256 * 1024
_MOVE_PATIENCE = 5.0


class TorrentResource:
    """One file of a torrent, as the media server sees it.

    Attributes:
        delivered: some reader got bytes already.
        closed: it is served no more.

    Args:
        torrent: the torrent.
        entry: the file.
        clock: time.
        beside: a small file that is read beside the one that plays: it is fetched only while
            somebody reads it, and does not push the player aside.
    """

    def __init__(
        self, torrent: Torrent, entry: FileEntry, clock: Clock, *, beside: bool = False
    ) -> None:
        self.torrent = torrent
        self.entry = entry
        self.clock = clock
        self.beside = beside
        self.delivered = False
        self.closed = False

    @property
    def size(self) -> int:
        """Bytes."""
        return self.entry.size

    @property
    def etag(self) -> str:
        """The same for the same bytes, on every machine."""
        return f'"{self.torrent.info_hash}-{self.entry.index}"'

    @property
    def content_type(self) -> str:
        """By the file's extension."""
        return content_type_of(self.entry.path)

    async def open_reader(self, start: int, end: int) -> StreamReader:
        """Return a reader that waits for its pieces.

        Raises:
            SourceUnavailable: the stream was closed, or has too many readers.
        """
        if self.closed or len(self.torrent.demand.audience) >= _MAX_READERS:
            why = "it was closed" if self.closed else "too many programs read it at once"
            raise SourceUnavailable("This torrent cannot be read now", why=why)
        demand = self.torrent.demand
        if self.beside:
            demand.play_beside(self.entry)
        reader = StreamReader(self, start, end, self._forget)
        demand.add_reader(reader, may_jump=not self.beside)
        return reader

    def _forget(self, reader: StreamReader) -> None:
        self.torrent.demand.remove_reader(reader)
        if self.beside:
            self.torrent.demand.stop_beside(self.entry)


class StreamReader:
    """Hands out a range of the file as its bytes arrive; ends with its connection."""

    def __init__(
        self,
        resource: TorrentResource,
        start: int,
        end: int,
        forget: Callable[[StreamReader], None],
    ) -> None:
        self.position = resource.entry.offset + start
        self.end = resource.entry.offset + end
        self.last_read = resource.clock.monotonic()
        self.waiting = True  # it was opened to be read at once
        self.waiting_since = self.fed_at = self.last_read
        self._fed_position = self.position
        self._resource = resource
        self._forget = forget
        self._file: IO[bytes] | None = None

    async def run(self) -> FileRun | None:
        """Return the next bytes as a place on disk, if a quarter MiB of them is there.

        Raises:
            TorrentError: the file is gone.
            OSError: the file cannot be read.
        """
        torrent = self._resource.torrent
        limit = min(RUN, self.end - self.position)
        if self._resource.closed or limit < _LEAST_RUN:
            return None
        count = torrent.available(self.position, limit)
        if count < _LEAST_RUN:
            return None
        file = await self._open()
        self._refuse_if_gone(file)
        offset = self.position - self._resource.entry.offset
        self.waiting = False
        self._advance(count)
        return FileRun(file, offset, count)

    async def read(self) -> bytes:
        """Return the next bytes, waiting for them.

        Raises:
            SourceUnavailable: the stream was closed.
            TorrentError: the disk or the torrent failed.
            OSError: the file cannot be read.
        """
        count = await self._wait()
        if count <= 0:
            return b""
        offset = self.position - self._resource.entry.offset
        file = await self._open()
        data = await read_at(file.fileno(), count, offset)
        self._refuse_if_gone(file if data else None)
        self._advance(len(data))
        return data

    async def close(self) -> None:
        """Leave the plan."""
        self._forget(self)
        if self._file is not None:
            self._file.close()

    def _refuse_if_gone(self, file: IO[bytes] | None) -> None:
        if file is None or os.fstat(file.fileno()).st_nlink == 0:
            error = TorrentError(
                "The torrent's file is gone",
                why="it was deleted or cut short while it played",
                hint="Open it again to fetch it anew",
            )
            self._resource.torrent.fail(error)
            raise error

    async def _wait(self) -> int:
        torrent = self._resource.torrent
        limit = min(CHUNK, self.end - self.position)
        count = torrent.available(self.position, limit)
        if limit <= 0 or (count > 0 and not self._resource.closed):
            self.waiting = False
            return count
        now = self._resource.clock.monotonic()
        if now - self.last_read > _AT_REST:  # the client was slow, not the swarm
            self.fed_at, self._fed_position = now, self.position
        self.waiting, self.waiting_since = True, now
        try:
            while not self._resource.closed:
                count = torrent.available(self.position, limit)
                if count > 0:
                    return count
                await torrent.changed()
        finally:
            self.waiting = False
        raise SourceUnavailable("This torrent cannot be read now", why="it was closed")

    async def _open(self) -> IO[bytes]:
        if self._file is None:
            torrent = self._resource.torrent
            await self._moved()
            path = torrent.path_of(self._resource.entry)
            fd = await asyncio.to_thread(open_inside, torrent.folder, path)
            self._file = os.fdopen(fd, "rb", buffering=0)
        return self._file

    async def _moved(self) -> None:
        """Wait until libtorrent has put into the file what it had of it elsewhere."""
        torrent, index = self._resource.torrent, self._resource.entry.index
        with suppress(TimeoutError):
            async with asyncio.timeout(_MOVE_PATIENCE):
                while index in torrent.demand.moving:
                    await torrent.changed()
        torrent.demand.moving.discard(index)  # its event was lost: nobody waits for it again

    def _advance(self, count: int) -> None:
        torrent = self._resource.torrent
        length = torrent.metadata.result().piece_length
        before = self.position // length
        self.position += count
        self.last_read = self._resource.clock.monotonic()
        self._resource.delivered = True
        if self.position - self._fed_position >= torrent.demand.bite:
            self.fed_at, self._fed_position = self.last_read, self.position
        if self.position // length != before:
            torrent.demand.follow()
