"""What outlives the session: resume data, the ledger, and which torrents the cache keeps."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Collection
from pathlib import Path

from novastream_desktop.runtime import Clock
from novastream_desktop.settings import TorrentsSettings
from novastream_desktop.torrents._disk import TorrentDisk
from novastream_desktop.torrents._files import is_playable
from novastream_desktop.torrents._ledger import Ledger
from novastream_desktop.torrents._torrent import Torrent

log = logging.getLogger(__name__)

_RESUME_TIMEOUT = 3.0
_GIGABYTE = 1e9


class Keeper:
    """Writes down how torrents stand, and makes room for others.

    Args:
        disk: the folders.
        ledger: what is known of every torrent.
        settings: the cache's size.
        clock: the time of day, for the order of eviction.
    """

    def __init__(
        self, disk: TorrentDisk, ledger: Ledger, settings: TorrentsSettings, clock: Clock
    ) -> None:
        self.disk = disk
        self.ledger = ledger
        self.settings = settings
        self._clock = clock
        self._writing = asyncio.Lock()

    def folder(self, info_hash: str) -> Path:
        """Return where a torrent's files are, or will be."""
        kept = self.ledger.get(info_hash).folder
        return Path(kept) if kept and Path(kept).is_dir() else self.disk.folder(info_hash)

    def note(self, torrent: Torrent) -> None:
        """Take down how a torrent stands."""
        if not torrent.metadata.done() or torrent.metadata.exception() is not None:
            return
        files = torrent.demand.played
        if not torrent.opened:
            return
        changes: dict[str, object] = {
            "name": torrent.metadata.result().name,
            "folder": str(torrent.folder),
        }
        if files:
            changes["size"] = sum(file.size for file in files)
            done = {file.index: torrent.bytes_on_disk(file) for file in files}
            changes["done"] = sum(done.values())
            whole = {file.index for file in files if done[file.index] >= file.size}
            before = set(self.ledger.get(torrent.info_hash).complete)
            changes["complete"] = tuple(sorted((before - done.keys()) | whole))
            videos = [f.index for f in torrent.metadata.result().files if is_playable(f.path)]
            changes["only_file"] = videos[0] if len(videos) == 1 else None
        self.ledger.note(torrent.info_hash, **changes)

    def touch(self, info_hash: str) -> None:
        """Take down that a torrent is being watched."""
        self.ledger.note(info_hash, used_at=self._clock.now().timestamp())

    async def save(self, torrent: Torrent) -> None:
        """Keep what is needed to go on with a torrent, if there is news."""
        if not torrent.metadata.done() or torrent.metadata.exception() is not None:
            return
        news = torrent.news
        if news.resume_requested is None or news.resume_requested.done():
            news.resume_requested = asyncio.get_running_loop().create_future()
            torrent.handle.ask_resume_data(only_if_modified=not news.resume_lost)
            news.resume_lost = False
        try:
            async with asyncio.timeout(_RESUME_TIMEOUT):
                data = await asyncio.shield(news.resume_requested)
        except TimeoutError:
            log.warning("No resume data of %s came", torrent.info_hash)
            news.resume_requested, news.resume_lost = None, True
            return
        if data is None:
            return
        try:
            await asyncio.to_thread(self.disk.save_resume, torrent.info_hash, data)
        except OSError as error:
            log.warning("Resume data cannot be kept: %s", error)

    async def save_ledger(self) -> None:
        """Write the ledger if it changed."""
        async with self._writing:
            if not self.ledger.dirty:
                return
            snapshot = self.ledger.copy()
            try:
                await asyncio.to_thread(snapshot.save)
            except OSError as error:
                log.warning("What is known of torrents cannot be kept: %s", error)

    async def load_state(self) -> bytes:
        """Return the session's state of last time."""
        return await asyncio.to_thread(self.disk.load_state)

    async def save_state(self, state: bytes) -> None:
        """Keep the session's state."""
        try:
            await asyncio.to_thread(self.disk.save_state, state)
        except OSError as error:
            log.warning("The torrent session's state cannot be kept: %s", error)

    async def prune(self, keep: Collection[str]) -> None:
        """Delete what was longest unwatched until the cache fits its limit."""
        await self._evict(keep, limit=self.settings.max_cache_gb * _GIGABYTE)

    async def make_room(self, needed: int, keep: Collection[str]) -> None:
        """Delete what was longest unwatched until `needed` bytes are free."""
        await self._evict(keep, free=needed)

    async def _evict(self, keep: Collection[str], **how: float) -> None:
        used = dict(self.ledger.used_at)
        try:
            gone = await asyncio.to_thread(self.disk.prune, frozenset(keep), used, **how)
        except OSError as error:
            log.warning("The torrent cache cannot be cleaned: %s", error)
            return
        for info_hash in gone:
            self.ledger.forget(info_hash)
        if gone:
            log.info("Deleted %d torrents from the cache", len(gone))
            await self.save_ledger()
