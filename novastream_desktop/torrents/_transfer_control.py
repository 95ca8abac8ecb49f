"""What a person does to transfers: pause, go on, fetch a file, remove."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from novastream_desktop.torrents._background import Background
from novastream_desktop.torrents._host import SessionHost
from novastream_desktop.torrents._keeping import Keeper
from novastream_desktop.torrents._opening import Wish
from novastream_desktop.torrents._prefetch import Prefetching
from novastream_desktop.torrents._serving import StreamShelf
from novastream_desktop.torrents._stream import FileStream
from novastream_desktop.torrents._torrent import Torrent
from novastream_desktop.torrents._transfer_files import files_here, files_kept, standing_of
from novastream_desktop.torrents._transfers import Standing, list_transfers
from novastream_desktop.torrents.base import StallReason, Transfer, TransferFile

Open = Callable[[str, Wish], Awaitable[FileStream]]


class TransferControl:
    """Acts on transfers, and lists them.

    Args:
        host: the session.
        keeper: what outlives it.
        shelf: the open streams.
        prefetching: fetches ahead.
        open_stream: opens a file of a torrent.
        report: tells everybody how things stand.
    """

    def __init__(
        self,
        host: SessionHost,
        keeper: Keeper,
        shelf: StreamShelf,
        prefetching: Prefetching,
        *,
        open_stream: Open,
        report: Callable[[], None],
    ) -> None:
        self._host = host
        self._keeper = keeper
        self._shelf = shelf
        self._prefetching = prefetching
        self._open = open_stream
        self._report = report
        self._background = Background()

    def list(self) -> tuple[Transfer, ...]:
        """Return every transfer, newest first; those in the background end when they are whole."""
        self._background.end_complete()
        opened = {i: self._standing(t) for i, t in self._host.torrents.items() if t.opened}
        return list_transfers(self._keeper.ledger.records, opened)

    def clear(self) -> None:
        """Forget what is fetched in the background; its streams are closed by their owner."""
        self._background.clear()

    async def pause(self, transfer_id: str) -> None:
        """Stop a transfer until it is resumed; its readers wait."""
        if transfer_id not in self._keeper.ledger.records:
            return
        self._keeper.ledger.note(transfer_id, paused=True)
        torrent = self._host.torrents.get(transfer_id)
        if torrent is not None:
            torrent.hold(StallReason.PAUSED)
        await self._background.end(transfer_id)
        self._report()
        await self._keeper.save_ledger()

    async def resume(self, transfer_id: str) -> None:
        """Go on with a paused transfer, or fetch the rest of one that is kept."""
        record = self._keeper.ledger.records.get(transfer_id)
        if record is None:
            return
        self._keeper.ledger.note(transfer_id, paused=False)
        torrent = self._host.torrents.get(transfer_id)
        if torrent is not None:
            torrent.unhold(StallReason.PAUSED)
        missing = {*record.wanted} - {*record.complete}
        if (torrent is None or not torrent.active) and record.missing:
            missing.add(-1 if record.last_file is None else record.last_file)
        for index in sorted(missing):
            await self._fetch(transfer_id, None if index < 0 else index)
        self._report()
        await self._keeper.save_ledger()

    async def files(self, transfer_id: str) -> tuple[TransferFile, ...]:
        """Return the files of a transfer; nothing while its details are not known."""
        torrent, record = self._host.torrents.get(transfer_id), self._keeper.ledger.get(transfer_id)
        if torrent is not None and torrent.metadata.done():
            playing = {stream.entry.index for stream in self._watched(transfer_id)}
            return files_here(torrent, record, playing)
        data = await asyncio.to_thread(self._keeper.disk.load_resume, transfer_id)
        return await asyncio.to_thread(files_kept, data, record) if data else ()

    async def fetch(self, transfer_id: str, file_index: int, on: bool) -> None:
        """Fetch all of one file although nobody plays it, or fetch it no more."""
        wanted = {*self._keeper.ledger.get(transfer_id).wanted} - {file_index}
        wanted |= {file_index} if on else set()
        self._keeper.ledger.note(transfer_id, wanted=tuple(sorted(wanted)))
        if on:
            await self._fetch(transfer_id, file_index)
        if file_index not in self._keeper.ledger.get(transfer_id).wanted:  # also: taken back since
            await self._background.end(transfer_id, file_index)
        self._report()
        await self._keeper.save_ledger()

    async def _fetch(self, transfer_id: str, file_index: int | None) -> None:
        fetched = {stream.entry.index for stream in self._background.of(transfer_id)}
        if file_index not in fetched:
            wish = Wish(file_index, firm=True)
            await self._background.begin(await self._open(transfer_id, wish))

    def _watched(self, transfer_id: str) -> tuple[FileStream, ...]:
        fetched = self._background.of(transfer_id)
        return tuple(s for s in self._shelf.of(transfer_id) if s not in fetched)

    async def remove(self, transfer_id: str, *, delete_data: bool) -> None:
        """Forget a transfer and end its streams, with or without its files."""
        folder = self._keeper.folder(transfer_id)
        await self._background.end(transfer_id)
        self._prefetching.drop(transfer_id)
        for stream in self._shelf.of(transfer_id):
            await stream.close()
        torrent = self._host.torrents.get(transfer_id)
        if torrent is not None:
            self._host.drop(torrent)
        self._keeper.ledger.forget(transfer_id)
        gone = folder if delete_data else None
        await asyncio.to_thread(self._keeper.disk.delete, transfer_id, gone)
        await self._keeper.save_ledger()
        self._report()

    def _standing(self, torrent: Torrent) -> Standing:
        streams, watched = self._shelf.of(torrent.info_hash), self._watched(torrent.info_hash)
        return standing_of(torrent, streams, playing=bool(watched))
