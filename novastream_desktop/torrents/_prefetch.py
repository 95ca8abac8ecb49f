"""The next episode: its head and tail are fetched while what plays now is safe."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, field

from novastream_desktop.errors import UserFacingError
from novastream_desktop.torrents import _port as port
from novastream_desktop.torrents._host import SessionHost
from novastream_desktop.torrents._ledger import Ledger
from novastream_desktop.torrents._opening import Opener, Wish
from novastream_desktop.torrents._torrent import Torrent

log = logging.getLogger(__name__)

_KEEP_SECONDS = 3600.0


@dataclass(slots=True, eq=False)
class _Wait:
    """One prefetch. `done`: it was opened, or is not wanted any more."""

    safe: asyncio.Event = field(default_factory=asyncio.Event)
    done: asyncio.Event = field(default_factory=asyncio.Event)
    torrent: Torrent | None = None
    entry: port.FileEntry | None = None


class Prefetching:
    """Runs the prefetches, one at a time: a new one replaces the last."""

    def __init__(self, opener: Opener, host: SessionHost, ledger: Ledger) -> None:
        self._opener = opener
        self._host = host
        self._ledger = ledger
        self._wait: _Wait | None = None
        self._task: asyncio.Task[None] | None = None

    def begin(self, target: str | bytes, wish: Wish) -> None:
        """Fetch a file's ends as soon as what plays now is safe."""
        self._end()
        self._wait = _Wait()
        self._task = asyncio.get_running_loop().create_task(
            self._run(self._wait, target, wish), name="prefetch"
        )
        self.look()

    def look(self) -> None:
        """Let it begin if all that plays is safe; called every second."""
        if self._wait is None or self._wait.safe.is_set():
            return
        if all(torrent.demand.safe() for torrent in self._host.torrents.values()):
            self._wait.safe.set()

    def opened(self, torrent: Torrent, entry: port.FileEntry) -> None:
        """Note that a file is open: if it was fetched ahead, that is over."""
        wait = self._wait
        if wait is not None and wait.torrent is torrent and wait.entry == entry:
            wait.done.set()

    def drop(self, info_hash: str) -> None:
        """Stop to fetch ahead from a torrent."""
        if self._wait and self._wait.torrent and self._wait.torrent.info_hash == info_hash:
            self._end()

    async def close(self) -> None:
        """Stop."""
        task = self._task
        self._end()
        if task is not None:
            await asyncio.wait([task])

    def _end(self) -> None:
        if self._wait is not None:
            self._wait.done.set()
        if self._task is not None and self._wait is not None and self._wait.torrent is None:
            self._task.cancel()
        self._wait = self._task = None

    async def _run(self, wait: _Wait, target: str | bytes, wish: Wish) -> None:
        try:
            await wait.safe.wait()
            async with self._opener.joined(target, wish) as torrent:
                metadata = torrent.metadata.result()
                choices = self._ledger.get(torrent.info_hash).choices
                entry = await asyncio.to_thread(wish.file_of, metadata, choices)
                wait.torrent, wait.entry = torrent, entry
                torrent.demand.expect(entry)
                try:
                    async with asyncio.timeout(_KEEP_SECONDS):
                        await wait.done.wait()
                finally:
                    torrent.demand.expect_no_more(entry)
        except TimeoutError:
            pass
        except UserFacingError as error:
            log.info("Nothing is fetched ahead: %s", error)
