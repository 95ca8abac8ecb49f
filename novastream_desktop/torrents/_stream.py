"""One file of a torrent as a resource of the media server, and what it tells of itself."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable, Sequence

from novastream_desktop.errors import SourceUnavailable, TorrentError
from novastream_desktop.net.media_server import CHUNK, content_type_of, open_inside, read_at
from novastream_desktop.runtime import Clock, Observable
from novastream_desktop.torrents._port import FileEntry
from novastream_desktop.torrents._progress import (
    StreamView,
    describe,
    fraction_on_disk,
    missing_to_start,
    piece_strip,
)
from novastream_desktop.torrents._torrent import Torrent
from novastream_desktop.torrents.base import TorrentFile, TorrentProgress

_MAX_READERS = 16


class FileStream:
    """Implements `TorrentStream`, and `Resource` of the media server."""

    def __init__(
        self,
        torrent: Torrent,
        entry: FileEntry,
        files: Sequence[TorrentFile],
        url: str,
        *,
        clock: Clock,
        on_close: Callable[[FileStream], Awaitable[None]],
    ) -> None:
        self.torrent = torrent
        self.entry = entry
        self.clock = clock
        self.closed = False
        self.delivered = False
        self._files = tuple(files)
        self._url = url
        self._on_close = on_close
        self._readers: set[StreamReader] = set()
        self._progress = Observable(TorrentProgress())

    @property
    def url(self) -> str:
        """Where it is served."""
        return self._url

    @property
    def info_hash(self) -> str:
        """Hex, v1 if there is one."""
        return self.torrent.info_hash

    @property
    def file(self) -> TorrentFile:
        """The file that is streamed."""
        return self._files[self.entry.index]

    @property
    def files(self) -> Sequence[TorrentFile]:
        """All files of the torrent."""
        return self._files

    @property
    def progress(self) -> Observable[TorrentProgress]:
        """How it goes."""
        return self._progress

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
        if self.closed or self.torrent.demand.reader_count >= _MAX_READERS:
            why = "it was closed" if self.closed else "too many programs read it at once"
            raise SourceUnavailable("This torrent cannot be read now", why=why)
        reader = StreamReader(self, start, end)
        self._readers.add(reader)
        self.torrent.demand.add_reader(reader)
        return reader

    def forget(self, reader: StreamReader) -> None:
        """Drop a reader that is done."""
        self._readers.discard(reader)
        self.torrent.demand.remove_reader(reader)

    async def close(self) -> None:
        """End this stream and its readers."""
        if self.closed:
            return
        self.closed = True
        self.torrent.wake()
        await self._on_close(self)

    def report(self, download_limit: int) -> None:
        """Set `progress` anew."""
        pieces = self.torrent.pieces
        if pieces is None or self.closed:
            return
        span = self.torrent.span_of(self.entry)
        fraction = fraction_on_disk(pieces, span) if self.entry.size else 1.0
        now = self.clock.monotonic()
        error = self.torrent.error
        view = StreamView(
            waited=max((now - r.waiting_since for r in self._readers if r.waiting), default=0.0),
            delivered=self.delivered,
            complete=fraction >= 1,
            missing_to_start=missing_to_start(pieces, span),
            error=error.sentence() if error else "",
            recovers=self.torrent.recovers,
        )
        self._progress.set(
            describe(
                view,
                self.torrent.swarm,
                download_limit=download_limit,
                tracker_problem=self.torrent.tracker_problem,
                fraction=fraction,
                pieces=piece_strip(pieces, span, self.torrent.demand.wanted),
            )
        )


class StreamReader:
    """Hands out a range of the file as its bytes arrive; ends with its connection."""

    def __init__(self, stream: FileStream, start: int, end: int) -> None:
        self.position = stream.entry.offset + start
        self.end = stream.entry.offset + end
        self.last_read = stream.clock.monotonic()
        self.waiting = False
        self.waiting_since = self.last_read
        self._stream = stream
        self._fd = -1

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
        offset = self.position - self._stream.entry.offset
        data = await read_at(await self._open(), count, offset)
        if not data or os.fstat(self._fd).st_nlink == 0:
            error = TorrentError(
                "The torrent's file is gone",
                why="it was deleted or cut short while it played",
                hint="Open it again to fetch it anew",
            )
            self._stream.torrent.fail(error)
            raise error
        self._advance(len(data))
        return data

    async def close(self) -> None:
        """Leave the plan."""
        self._stream.forget(self)
        if self._fd >= 0:
            os.close(self._fd)

    async def _wait(self) -> int:
        torrent = self._stream.torrent
        self.waiting, self.waiting_since = True, self._stream.clock.monotonic()
        try:
            while not self._stream.closed:
                limit = min(CHUNK, self.end - self.position)
                count = torrent.available(self.position, limit)
                if count > 0 or limit <= 0:
                    return count
                await torrent.changed()
        finally:
            self.waiting = False
        raise SourceUnavailable("This torrent cannot be read now", why="it was closed")

    async def _open(self) -> int:
        if self._fd < 0:
            torrent = self._stream.torrent
            path = torrent.path_of(self._stream.entry)
            self._fd = await asyncio.to_thread(open_inside, torrent.folder, path)
        return self._fd

    def _advance(self, count: int) -> None:
        torrent = self._stream.torrent
        length = torrent.metadata.result().piece_length
        before = self.position // length
        self.position += count
        self.last_read = self._stream.clock.monotonic()
        self._stream.delivered = True
        if self.position // length != before:
            torrent.demand.plan()
