"""Transfers that nobody watches: the rest of a file is fetched all the same."""

from __future__ import annotations

import asyncio

from novastream_desktop.torrents._stream import FileStream


class Background:
    """Streams that are open only to fetch their file, at most one a torrent."""

    def __init__(self) -> None:
        self._streams: dict[str, FileStream] = {}
        self._ending: set[asyncio.Task[None]] = set()

    def begin(self, info_hash: str, stream: FileStream) -> None:
        """Fetch all of a stream's file."""
        stream.torrent.demand.background = True
        self._streams[info_hash] = stream

    def of(self, info_hash: str) -> FileStream | None:
        """Return the stream that fetches a torrent's file, if one does."""
        return self._streams.get(info_hash)

    async def end(self, info_hash: str) -> None:
        """Fetch no more than is watched."""
        stream = self._streams.pop(info_hash, None)
        if stream is not None:
            stream.torrent.demand.background = False
            await stream.close()

    def end_complete(self) -> None:
        """Close the streams whose file is whole."""
        for info_hash, stream in tuple(self._streams.items()):
            if stream.progress.value.fraction >= 1:
                task = asyncio.get_running_loop().create_task(self.end(info_hash))
                self._ending.add(task)
                task.add_done_callback(self._ending.discard)

    def clear(self) -> None:
        """Forget the streams; their owner closes them."""
        self._streams.clear()
