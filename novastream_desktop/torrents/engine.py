"""The torrent engine: opens torrents for streaming, and sleeps when nobody uses one."""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import logging
import secrets
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path, PurePosixPath

from novastream_desktop.errors import NotFound, TorrentError
from novastream_desktop.net import HttpClient
from novastream_desktop.net.media_server import MediaServer, Resource
from novastream_desktop.runtime import Clock, Observable
from novastream_desktop.settings import TorrentsSettings
from novastream_desktop.torrents import _port as port
from novastream_desktop.torrents._demand import span_of
from novastream_desktop.torrents._disk import TorrentDisk
from novastream_desktop.torrents._files import choose_file, is_extra, is_playable, safe_renames
from novastream_desktop.torrents._host import SessionHost, session_options
from novastream_desktop.torrents._magnet import (
    MagnetLink,
    clean_peers,
    clean_trackers,
    clean_web_seeds,
)
from novastream_desktop.torrents._plan import Situation, full_priorities, make_plan
from novastream_desktop.torrents._stream import FileStream
from novastream_desktop.torrents._target import Target, parse_target, torrent_bytes
from novastream_desktop.torrents._torrent import Torrent
from novastream_desktop.torrents.base import TorrentFile, TorrentStream

log = logging.getLogger(__name__)

PREFIX = "stream"
_CHECK_SECONDS = 10.0


def _no_peers(_: str) -> Sequence[port.Endpoint]:
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
        known_peers: Callable[[str], Sequence[port.Endpoint]] = _no_peers,
        discovery: bool = True,
        allow_local: bool = False,
        metadata_timeout: float = 30.0,
        linger: float = 60.0,
    ) -> None:
        self._settings = settings
        self._server = media_server
        self._clock = clock
        self._http = http
        self._known_peers = known_peers
        self._metadata_timeout = metadata_timeout
        self._secret = secrets.token_urlsafe(24)
        save_dir = Path(settings.save_dir).expanduser() if settings.save_dir else cache_dir
        self._disk = TorrentDisk(data_dir, save_dir, is_cache=not settings.save_dir)
        self._options = session_options(settings, discovery=discovery, allow_local=allow_local)
        self._host = SessionHost(
            self._options, self._disk, settings, clock, linger=linger, on_tick=self._report
        )
        self._streams: list[FileStream] = []
        self._opening: dict[str, asyncio.Lock] = {}
        media_server.mount(PREFIX, self._resolve)

    # -- TorrentEngine --------------------------------------------------------------------

    async def open(
        self, target: str | bytes, *, file_index: int | None = None, episode_hint: str = ""
    ) -> TorrentStream:
        """Open one file of a torrent for streaming (see `TorrentEngine.open`)."""
        if not self._settings.enabled:
            raise TorrentError(
                "Torrents are switched off",
                why="torrents.enabled is false in the settings",
                hint="Switch them on in Settings, Torrents",
            )
        parsed = parse_target(target, allow_local=self._options.allow_local)
        data = await torrent_bytes(parsed, self._http)
        async with self._host.use() as session:
            draft = await asyncio.to_thread(self._draft, session, parsed, data)
            async with self._joined(session, draft, file_index, episode_hint) as torrent:
                return await self._open_file(torrent, file_index, episode_hint)

    async def close(self) -> None:
        """End all streams and the session; keep what is needed to resume."""
        for stream in tuple(self._streams):
            await stream.close()
        self._server.unmount(PREFIX)
        await self._host.close()

    @property
    def awake(self) -> Observable[bool]:
        """Whether a session exists: none before the first `open`, none when long unused."""
        return self._host.awake

    # -- opening --------------------------------------------------------------------------

    def _draft(self, session: port.Session, target: Target, data: bytes) -> port.Draft:
        draft = (
            session.from_magnet(target.uri())
            if isinstance(target, MagnetLink)
            else session.from_torrent(data)
        )
        local = self._options.allow_local
        draft.trackers = list(clean_trackers(draft.trackers, allow_local=local))
        draft.web_seeds = list(clean_web_seeds(draft.web_seeds, allow_local=local))
        draft.peers = list(clean_peers(draft.peers, allow_local=local))
        return draft

    @contextlib.asynccontextmanager
    async def _joined(
        self, session: port.Session, draft: port.Draft, file_index: int | None, hint: str
    ) -> AsyncIterator[Torrent]:
        """Have the torrent in the session, its details known and its disk checked."""
        info_hash = draft.info_hash
        async with self._opening.setdefault(info_hash, asyncio.Lock()):
            torrent = self._host.torrents.get(info_hash)
            if torrent is None:
                torrent = await self._add(session, draft, file_index, hint)
            torrent.active += 1
        try:
            self._host.wake(torrent)
            await self._wait_for_metadata(torrent, len(draft.trackers))
            yield torrent
        finally:
            torrent.active -= 1
            await self._host.release(torrent)

    async def _add(
        self, session: port.Session, draft: port.Draft, file_index: int | None, hint: str
    ) -> Torrent:
        info_hash = draft.info_hash
        await asyncio.to_thread(self._disk.prepare, info_hash)
        kept = await asyncio.to_thread(self._disk.load_resume, info_hash)
        resumed = await asyncio.to_thread(session.from_resume, kept) if kept else None
        if resumed is not None:
            trackers = dict.fromkeys([*draft.trackers, *resumed.trackers])
            resumed.trackers = list(trackers)
            resumed.peers = [*draft.peers, *resumed.peers]
            draft = resumed if resumed.metadata or not draft.metadata else draft
        known = await asyncio.to_thread(self._known_peers, info_hash)
        self._host.trust(host for host, _ in known)
        if draft.metadata is not None:
            entry = _choose(draft.metadata, file_index, hint)
            draft.renames = safe_renames([file.path for file in draft.metadata.files])
            draft.file_priorities = [4 if f is entry else 0 for f in draft.metadata.files]
            draft.piece_priorities = _first_priorities(draft.metadata, entry)
        handle = session.add(draft, str(self._disk.folder(info_hash).absolute()))
        torrent = Torrent(
            handle,
            info_hash,
            self._disk.folder(info_hash),
            self._clock,
            verify_first=self._settings.verify_first,
        )
        torrent.renames = draft.renames
        torrent.demand.file_priorities = draft.file_priorities
        self._host.adopt(torrent)
        torrent.start([*known, *draft.peers])
        return torrent

    async def _wait_for_metadata(self, torrent: Torrent, trackers: int) -> None:
        try:
            async with asyncio.timeout(self._metadata_timeout):
                await asyncio.shield(torrent.metadata)
        except TimeoutError:
            peers = torrent.swarm.peers
            asked = ["the distributed hash table"] if self._options.discovery else []
            asked += [_count(trackers, "tracker")] if trackers else []
            asked += [_count(torrent.peer_hints, "peer")] if torrent.peer_hints else []
            answered = f"{_count(peers, 'peer')} connected" if peers else "no peer answered"
            raise TorrentError(
                f"The torrent's details did not arrive in {self._metadata_timeout:.0f} s",
                why=f"{answered}; asked: {', '.join(asked) or 'nobody'}",
                hint="Check the connection, or choose a source with more seeders",
            ) from None

    async def _open_file(self, torrent: Torrent, index: int | None, hint: str) -> FileStream:
        metadata = torrent.metadata.result()
        entry = _choose(metadata, index, hint)
        if not torrent.renames:
            torrent.renames = safe_renames([file.path for file in metadata.files])
            torrent.handle.rename_files(torrent.renames)
        with contextlib.ExitStack() as undo:
            torrent.demand.play(entry)
            undo.callback(torrent.demand.stop, entry)
            with contextlib.suppress(TimeoutError):  # a long check shows in the progress
                async with asyncio.timeout(_CHECK_SECONDS):
                    await asyncio.shield(torrent.checked)
            present = torrent.bytes_on_disk(entry)
            await asyncio.to_thread(self._disk.check_room, torrent.info_hash, entry.size, present)
            undo.pop_all()
        return self._add_stream(torrent, entry)

    def _add_stream(self, torrent: Torrent, entry: port.FileEntry) -> FileStream:
        metadata = torrent.metadata.result()
        files = [_as_file(file) for file in metadata.files]
        name = PurePosixPath(entry.path).name
        url = self._server.url(PREFIX, f"{self._secret}/{torrent.info_hash}/{entry.index}/{name}")
        stream = FileStream(
            torrent, entry, files, url, clock=self._clock, on_close=self._stream_closed
        )
        torrent.active += 1
        self._streams.append(stream)
        stream.report(self._settings.download_limit)
        return stream

    async def _stream_closed(self, stream: FileStream) -> None:
        self._streams.remove(stream)
        stream.torrent.demand.stop(stream.entry)
        stream.torrent.active -= 1
        await self._host.release(stream.torrent)

    # -- serving --------------------------------------------------------------------------

    def _resolve(self, path: str) -> Resource | None:
        """Return the stream of `SECRET/INFOHASH/FILEINDEX[/NAME]`; the name means nothing."""
        secret, _, rest = path.partition("/")
        if not hmac.compare_digest(secret.encode(), self._secret.encode()):
            return None
        info_hash, _, rest = rest.partition("/")
        index = rest.partition("/")[0]
        for stream in self._streams:
            if stream.info_hash == info_hash and str(stream.entry.index) == index:
                return stream
        return None

    def _report(self) -> None:
        for stream in tuple(self._streams):
            stream.report(self._settings.download_limit)


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _as_file(entry: port.FileEntry) -> TorrentFile:
    playable = not entry.hidden and is_playable(entry.path) and not is_extra(entry.path)
    return TorrentFile(entry.index, entry.path, entry.size, playable)


def _choose(metadata: port.Metadata, index: int | None, hint: str) -> port.FileEntry:
    if index is not None:
        if 0 <= index < len(metadata.files) and not metadata.files[index].hidden:
            return metadata.files[index]
        raise NotFound(
            f"The torrent has no file number {index}",
            why=f"it has {len(metadata.files)} files, counted from 0",
        )
    chosen = choose_file([_as_file(file) for file in metadata.files], hint)
    if chosen is None:
        raise TorrentError(
            f"The torrent {metadata.name} has nothing to play" + (f" for {hint}" if hint else ""),
            why="none of its files is that video",
            hint="Choose another source",
        )
    return metadata.files[chosen.index]


def _first_priorities(metadata: port.Metadata, entry: port.FileEntry) -> list[int]:
    """Return what to fetch before anybody reads: the start of a file, and its index."""
    count = -(-metadata.total_size // metadata.piece_length)
    span = span_of(entry, metadata.piece_length)
    hints = (span.first, span.last)
    plan = make_plan(Situation(metadata.piece_length, (span,), (span,), hints), bytes(count))
    return full_priorities(plan, count)
