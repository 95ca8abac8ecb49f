"""Transfers that nobody watches: the rest of a file is fetched all the same."""

from __future__ import annotations

import asyncio

from novastream_desktop.torrents._stream import FileStream


class Background:
    """Streams that are open only to fetch their files, each file once."""

    def __init__(self) -> None:
        self._streams: dict[tuple[str, int], FileStream] = {}
        self._ending: set[asyncio.Task[None]] = set()

    async def begin(self, stream: FileStream) -> None:
        """Fetch all of a stream's file; one that is being fetched already needs no second."""
        known = self._streams.setdefault((stream.info_hash, stream.entry.index), stream)
        if known is not stream:
            await stream.close()
            return
        stream.torrent.demand.background = True

    def of(self, info_hash: str) -> tuple[FileStream, ...]:
        """Return the streams that fetch a torrent's files."""
        return tuple(s for (of, _), s in self._streams.items() if of == info_hash)

    async def end(self, info_hash: str, file_index: int | None = None) -> None:
        """Fetch no more of a torrent, or of one of its files, than is watched."""
        for stream in self.of(info_hash):
            if file_index in (None, stream.entry.index):
                if self._streams.pop((info_hash, stream.entry.index), None) is None:
                    continue  # somebody else ended it while another one closed
                stream.torrent.demand.background = bool(self.of(info_hash))
                await stream.close()

    def end_complete(self) -> None:
        """Close the streams whose file is whole."""
        for (info_hash, file_index), stream in tuple(self._streams.items()):
            if stream.progress.value.fraction >= 1 and not stream.main.closed:
                task = asyncio.get_running_loop().create_task(self.end(info_hash, file_index))
                self._ending.add(task)
                task.add_done_callback(self._ending.discard)

    def clear(self) -> None:
        """Forget the streams; their owner closes them."""
        self._streams.clear()
