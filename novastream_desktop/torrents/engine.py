"""The torrent engine: opens torrents for streaming, and sleeps when nobody uses one."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable
from pathlib import Path

from novastream_desktop.errors import TorrentError
from novastream_desktop.models import SourceHealth, StreamSource
from novastream_desktop.net import HttpClient
from novastream_desktop.net.media_server import MediaServer
from novastream_desktop.runtime import Clock, Observable
from novastream_desktop.settings import TorrentsSettings
from novastream_desktop.torrents import _port as port
from novastream_desktop.torrents._disk import TorrentDisk
from novastream_desktop.torrents._files import safe_renames
from novastream_desktop.torrents._guard import interface_present
from novastream_desktop.torrents._health import SwarmHealth
from novastream_desktop.torrents._host import SessionHost
from novastream_desktop.torrents._keeping import Keeper
from novastream_desktop.torrents._ledger import Ledger
from novastream_desktop.torrents._network import session_options
from novastream_desktop.torrents._opening import KnownPeers, Opener, Wish
from novastream_desktop.torrents._prefetch import Prefetching
from novastream_desktop.torrents._serving import StreamShelf
from novastream_desktop.torrents._stream import FileStream
from novastream_desktop.torrents._torrent import Torrent
from novastream_desktop.torrents._transfer_control import TransferControl
from novastream_desktop.torrents.base import StallReason, TorrentStream, Transfer, TransferFile

log = logging.getLogger(__name__)

_CHECK_SECONDS = 10.0


def _no_peers(_: str) -> tuple[port.Endpoint, ...]:
    return ()


class LibtorrentEngine:
    """Implements `TorrentEngine` with libtorrent, which is loaded at the first `open`.

    Args:
        settings: limits and folders.
        media_server: serves the streams; started by its owner.
        data_dir: for what is needed to resume.
        cache_dir: where torrents are saved if the settings name no folder.
        clock: time.
        http: fetches `.torrent` addresses; None refuses them.
        known_peers: peers on this machine by info-hash; called in a thread.
        discovery: look for peers by DHT, local discovery and port mapping.
        allow_local: keep trackers, web seeds and peers of this machine and its network.
        metadata_timeout: seconds to wait for a magnet's details.
        linger: seconds that an unused session stays.
        interface_present: whether an interface can be used.
    """

    def __init__(
        self,
        *,
        settings: TorrentsSettings,
        media_server: MediaServer,
        data_dir: Path,
        cache_dir: Path,
        clock: Clock,
        http: HttpClient | None = None,
        known_peers: KnownPeers = _no_peers,
        discovery: bool = True,
        allow_local: bool = False,
        metadata_timeout: float = 30.0,
        linger: float = 60.0,
        interface_present: Callable[[str], bool] = interface_present,
    ) -> None:
        self._settings = settings
        self._cache_dir = cache_dir
        self._discovery, self._allow_local = discovery, allow_local
        disk = TorrentDisk(data_dir, *self._save_dir(settings))
        ledger = Ledger.open(data_dir / "transfers.json")
        self._keeper = Keeper(disk, ledger, settings, clock)
        self._host = SessionHost(
            session_options(settings, discovery=discovery, allow_local=allow_local),
            self._keeper,
            clock,
            linger=linger,
            on_tick=self._report,
            present=interface_present,
        )
        self._opener = Opener(
            self._host,
            self._keeper,
            clock,
            http=http,
            known_peers=known_peers,
            metadata_timeout=metadata_timeout,
        )
        self._health = SwarmHealth(self._opener, self._host, clock, ledger.get)
        self._shelf = StreamShelf(media_server, clock, self._stream_closed)
        self._prefetching = Prefetching(self._opener, self._host, ledger)
        self._control = TransferControl(
            self._host,
            self._keeper,
            self._shelf,
            self._prefetching,
            open_stream=self._open,
            report=self._report,
        )
        self._transfers = Observable(self._control.list())

    def _save_dir(self, settings: TorrentsSettings) -> tuple[Path, bool]:
        chosen = Path(settings.save_dir).expanduser() if settings.save_dir else None
        return chosen or self._cache_dir, chosen is None

    @property
    def awake(self) -> Observable[bool]:
        """Whether a session exists: none before the first `open`, none when long unused."""
        return self._host.awake

    @property
    def transfers(self) -> Observable[tuple[Transfer, ...]]:
        """Every torrent in use or kept, newest first."""
        return self._transfers

    # -- opening --------------------------------------------------------------------------

    async def open(
        self,
        target: str | bytes,
        *,
        file_index: int | None = None,
        episode_hint: str = "",
        by_hand: bool = False,
    ) -> TorrentStream:
        """Open one file of a torrent for streaming (see `TorrentEngine.open`)."""
        wish = Wish(file_index, episode_hint, firm=by_hand, learn=by_hand)
        return await self._open(target, wish)

    async def _open(self, target: str | bytes, wish: Wish) -> FileStream:
        if not self._settings.enabled:
            raise TorrentError(
                "Torrents are switched off",
                why="torrents.enabled is false in the settings",
                hint="Switch them on in Settings, Torrents",
            )
        async with self._opener.joined(target, wish) as torrent:
            self._keeper.note(torrent)
            self._keeper.ledger.note(torrent.info_hash, paused=False)
            torrent.unhold(StallReason.PAUSED)
            return await self._open_file(torrent, wish)

    async def _open_file(self, torrent: Torrent, wish: Wish) -> FileStream:
        metadata = torrent.metadata.result()
        choices = self._keeper.ledger.get(torrent.info_hash).choices
        entry = await asyncio.to_thread(wish.file_of, metadata, choices)
        if wish.learn and wish.index is not None:
            self._keeper.ledger.choose(torrent.info_hash, wish.hint, wish.index)
            await self._keeper.save_ledger()
        if not torrent.renames:
            torrent.renames = safe_renames([file.path for file in metadata.files])
            torrent.handle.rename_files(torrent.renames)
        with contextlib.ExitStack() as undo:
            torrent.demand.play(entry)
            undo.callback(torrent.demand.stop, entry)
            with contextlib.suppress(TimeoutError):  # a long check shows in the progress
                async with asyncio.timeout(_CHECK_SECONDS):
                    await asyncio.shield(torrent.checked)
            await self._have_room(torrent, entry)
            undo.pop_all()
        stream = self._shelf.add(torrent, entry)
        torrent.active += 1
        self._prefetching.opened(torrent, entry)
        self._keeper.note(torrent)
        self._keeper.ledger.note(torrent.info_hash, last_file=entry.index)
        self._keeper.touch(torrent.info_hash)
        self._report()
        return stream

    async def _have_room(self, torrent: Torrent, entry: port.FileEntry) -> None:
        disk, present = self._keeper.disk, torrent.bytes_on_disk(entry)
        lacking = await asyncio.to_thread(disk.missing_room, entry.size, present)
        if lacking:
            await self._keeper.make_room(lacking, self._host.torrents)
            if await asyncio.to_thread(disk.missing_room, entry.size, present):
                raise disk.no_room(entry.size, present)

    async def _stream_closed(self, stream: FileStream) -> None:
        self._keeper.note(stream.torrent)
        stream.torrent.demand.stop(stream.entry)
        stream.torrent.active -= 1
        await self._host.release(stream.torrent)

    # -- others ---------------------------------------------------------------------------

    async def prefetch(
        self, target: str | bytes, *, file_index: int | None = None, episode_hint: str = ""
    ) -> None:
        """Fetch the head and tail of a file that will be opened next; returns at once."""
        if self._settings.enabled:
            self._prefetching.begin(target, Wish(file_index, episode_hint))

    async def health(self, source: StreamSource) -> SourceHealth:
        """Return how a source's swarm does, without downloading."""
        if not self._settings.enabled:
            return SourceHealth(detail="torrents are switched off")
        return await self._health.health(source)

    async def pause(self, transfer_id: str) -> None:
        """Stop a transfer until it is resumed; its readers wait."""
        await self._control.pause(transfer_id)

    async def resume(self, transfer_id: str) -> None:
        """Go on with a paused transfer, or fetch the rest of one that is kept."""
        await self._control.resume(transfer_id)

    async def files(self, transfer_id: str) -> tuple[TransferFile, ...]:
        """Return the files of a transfer; nothing while its details are not known."""
        return await self._control.files(transfer_id)

    async def fetch(self, transfer_id: str, file_index: int, on: bool) -> None:
        """Fetch all of one file although nobody plays it, or fetch it no more."""
        await self._control.fetch(transfer_id, file_index, on)

    async def remove(self, transfer_id: str, *, delete_data: bool) -> None:
        """Forget a transfer and end its streams, with or without its files."""
        await self._control.remove(transfer_id, delete_data=delete_data)

    async def apply(self, settings: TorrentsSettings) -> None:
        """Heed other settings from now on; switching off ends everything."""
        self._settings = self._keeper.settings = settings
        self._keeper.disk.move_to(*self._save_dir(settings))
        for torrent in self._host.torrents.values():
            torrent.trust.verify_first = settings.verify_first
        if not settings.enabled:
            await self._end_all()
        self._host.apply(
            session_options(settings, discovery=self._discovery, allow_local=self._allow_local)
        )
        if self._host.awake.value:
            await self._keeper.prune(self._host.torrents)
        self._report()

    async def close(self) -> None:
        """End all streams and the session; keep what is needed to resume."""
        await self._end_all()
        self._shelf.close()

    async def _end_all(self) -> None:
        await self._prefetching.close()
        self._control.clear()
        for stream in self._shelf.all():
            await stream.close()
        await self._host.close()

    # -- telling --------------------------------------------------------------------------

    def _report(self) -> None:
        for stream in self._shelf.all():
            stream.report(self._settings.download_limit)
        self._transfers.set(self._control.list())
        self._prefetching.look()
