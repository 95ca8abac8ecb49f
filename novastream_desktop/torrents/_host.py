"""The life of the library's session: made late, ticking while used, gone when idle."""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import logging
from collections.abc import AsyncIterator, Callable, Iterable

from novastream_desktop.runtime import Clock, Observable
from novastream_desktop.settings import TorrentsSettings
from novastream_desktop.torrents import _port as port
from novastream_desktop.torrents._disk import TorrentDisk
from novastream_desktop.torrents._torrent import Torrent

log = logging.getLogger(__name__)

_TICK = 0.5
_TCP_FIRST = 5.0
_SAVE_EVERY = 10.0
_RETRY_EVERY = 2.0
_RESUME_TIMEOUT = 3.0
_GIGABYTE = 1e9


def session_options(
    settings: TorrentsSettings, *, discovery: bool, allow_local: bool
) -> port.SessionOptions:
    """Return how to meet the network, by the settings.

    A `bind_interface` on loopback (`lo`, `127.0.0.1`) keeps to this machine: its peers are
    allowed then, and nobody else is looked for.
    """
    name = settings.bind_interface.strip()
    loopback = name == "lo" or _is_loopback(name)
    listen = f"[{name}]:0" if ":" in name else f"{name}:0"
    return port.SessionOptions(
        listen=listen if name else "0.0.0.0:0,[::]:0",
        outgoing=name,
        discovery=discovery and not loopback,
        allow_local=allow_local or loopback,
        download_limit=settings.download_limit,
        upload_limit=settings.upload_limit,
        max_connections=settings.max_connections,
    )


def _is_loopback(name: str) -> bool:
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def _make_session(options: port.SessionOptions) -> port.Session:
    from novastream_desktop.torrents._libtorrent import LtSession  # noqa: PLC0415  (heavy)

    return LtSession(options)


class SessionHost:
    """Owns the session and its torrents; everything but making and ending it is on the loop.

    Attributes:
        torrents: by info-hash.
        awake: whether there is a session.
    """

    def __init__(
        self,
        options: port.SessionOptions,
        disk: TorrentDisk,
        settings: TorrentsSettings,
        clock: Clock,
        *,
        linger: float,
        on_tick: Callable[[], None],
        make_session: Callable[[port.SessionOptions], port.Session] = _make_session,
    ) -> None:
        self.torrents: dict[str, Torrent] = {}
        self.awake = Observable(False)
        self._options = options
        self._disk = disk
        self._settings = settings
        self._clock = clock
        self._linger = linger
        self._on_tick = on_tick
        self._make_session = make_session
        self._session: port.Session | None = None
        self._by_key: dict[int, Torrent] = {}
        self._trusted: frozenset[str] = frozenset()
        self._lock = asyncio.Lock()
        self._users = 0
        self._ticking: asyncio.Task[None] | None = None
        self._ending: asyncio.TimerHandle | None = None
        self._end_task: asyncio.Task[None] | None = None
        self._utp_at: float | None = None

    @contextlib.asynccontextmanager
    async def use(self) -> AsyncIterator[port.Session]:
        """Have the session, made if need be, and keep it until the end of the block."""
        self._users += 1
        try:
            async with self._lock:
                if self._session is None:
                    self._session = await asyncio.to_thread(self._make_session, self._options)
                    loop = asyncio.get_running_loop()
                    loop.add_reader(self._session.fileno(), self._on_events)
                    self.awake.set(True)
                    await asyncio.to_thread(self._prune)
            self._stay_awake()
            yield self._session
        finally:
            self._users -= 1
            self._maybe_sleep()

    def adopt(self, torrent: Torrent) -> None:
        """Follow a torrent that was just added."""
        self.torrents[torrent.info_hash] = torrent
        self._by_key[torrent.handle.key] = torrent

    def wake(self, torrent: Torrent) -> None:
        """Let a torrent take part again, calling peers by TCP first."""
        assert self._session is not None
        torrent.awaken()
        self._session.set_outgoing_utp(False)
        self._utp_at = self._clock.monotonic() + _TCP_FIRST

    def trust(self, hosts: Iterable[str]) -> None:
        """Call these hosts although they are on this machine."""
        trusted = self._trusted | frozenset(hosts)
        if trusted != self._trusted and self._session is not None:
            self._trusted = trusted
            self._session.allow_peers(trusted)

    async def release(self, torrent: Torrent) -> None:
        """Let a torrent sleep if nobody uses it; forget one whose details never came."""
        if torrent.active or torrent.info_hash not in self.torrents:
            return
        if torrent.metadata.done():
            torrent.sleep()
            await self._save(torrent, only_if_modified=True)
        else:
            self._drop(torrent)
        self._maybe_sleep()

    async def close(self) -> None:
        """Keep what is needed to resume, and end the session."""
        self._cancel_ending()
        async with self._lock:
            await self._end()

    # -- sleeping -------------------------------------------------------------------------

    @property
    def _busy(self) -> bool:
        return self._users > 0 or any(torrent.active for torrent in self.torrents.values())

    def _stay_awake(self) -> None:
        self._cancel_ending()
        if self._ticking is None or self._ticking.done():
            self._ticking = asyncio.get_running_loop().create_task(self._tick_while_busy())

    def _maybe_sleep(self) -> None:
        if self._session is None or self._busy or self._ending is not None:
            return
        self._ending = asyncio.get_running_loop().call_later(self._linger, self._start_end)

    def _cancel_ending(self) -> None:
        if self._ending is not None:
            self._ending.cancel()
            self._ending = None

    def _start_end(self) -> None:
        self._ending = None
        self._end_task = asyncio.get_running_loop().create_task(self._end_if_idle())

    async def _end_if_idle(self) -> None:
        async with self._lock:
            if not self._busy:
                await self._end()

    async def _end(self) -> None:
        session = self._session
        if session is None:
            return
        if self._ticking is not None:
            self._ticking.cancel()
            await asyncio.wait([self._ticking])
        saves = [self._save(t, only_if_modified=True) for t in self.torrents.values()]
        await asyncio.gather(*saves)
        for torrent in tuple(self.torrents.values()):
            self._drop(torrent)
        asyncio.get_running_loop().remove_reader(session.fileno())
        self._session = None
        self._trusted = frozenset()
        await asyncio.to_thread(session.close)
        self.awake.set(False)
        log.info("The torrent session has ended")

    def _drop(self, torrent: Torrent) -> None:
        assert self._session is not None
        self.torrents.pop(torrent.info_hash, None)
        self._by_key.pop(torrent.handle.key, None)
        self._session.remove(torrent.handle)
        torrent.abandon()

    # -- events and time ------------------------------------------------------------------

    def _on_events(self) -> None:
        if self._session is None:
            return
        batches: dict[int, list[port.Event]] = {}
        for event in self._session.take_events():
            batches.setdefault(event.torrent, []).append(event)
        for key, events in batches.items():
            if isinstance(events[0], port.EventsLost):
                for torrent in self.torrents.values():
                    torrent.apply(events)
            elif (owner := self._by_key.get(key)) is not None:
                owner.apply(events)

    async def _tick_while_busy(self) -> None:
        saved_at = retried_at = self._clock.monotonic()
        while self._busy and self._session is not None:
            self._session.ask_status()
            now = self._clock.monotonic()
            if self._utp_at is not None and now >= self._utp_at:
                self._session.set_outgoing_utp(True)
                self._utp_at = None
            used = [torrent for torrent in self.torrents.values() if torrent.active]
            for torrent in used:
                torrent.tick()
            if now - retried_at >= _RETRY_EVERY:
                retried_at = now
                self._retry(used)
            if now - saved_at >= _SAVE_EVERY:
                saved_at = now
                await asyncio.gather(*(self._save(t, only_if_modified=True) for t in used))
            self._on_tick()
            await asyncio.sleep(_TICK)

    def _retry(self, torrents: list[Torrent]) -> None:
        for torrent in torrents:
            if torrent.error is not None and torrent.recovers and self._disk.has_room():
                torrent.retry()
            elif torrent.may_rest(self._settings.seed_ratio):
                torrent.sleep()

    async def _save(self, torrent: Torrent, *, only_if_modified: bool) -> None:
        if not torrent.metadata.done():
            return
        if torrent.resume_requested is None or torrent.resume_requested.done():
            torrent.resume_requested = asyncio.get_running_loop().create_future()
            torrent.handle.ask_resume_data(only_if_modified=only_if_modified)
        try:
            async with asyncio.timeout(_RESUME_TIMEOUT):
                data = await asyncio.shield(torrent.resume_requested)
        except TimeoutError:
            log.warning("No resume data of %s came", torrent.info_hash)
            return
        if data is None:
            return
        try:
            await asyncio.to_thread(self._disk.save_resume, torrent.info_hash, data)
        except OSError as error:
            log.warning("Resume data cannot be kept: %s", error)

    def _prune(self) -> None:
        limit = self._settings.max_cache_gb * _GIGABYTE
        try:
            gone = self._disk.prune(limit, frozenset(self.torrents))
        except OSError as error:
            log.warning("The torrent cache cannot be cleaned: %s", error)
            return
        if gone:
            log.info("Deleted %d torrents from the cache", len(gone))
