"""The life of the library's session: made late, ticking while used, gone when idle."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import replace

from novastream_desktop.runtime import Clock, Observable
from novastream_desktop.torrents import _port as port
from novastream_desktop.torrents._gate import Detail, EventGate
from novastream_desktop.torrents._guard import InterfaceGuard, interface_present
from novastream_desktop.torrents._keeping import Keeper
from novastream_desktop.torrents._network import interface_gone, make_session
from novastream_desktop.torrents._peers import PeerRules
from novastream_desktop.torrents._torrent import Torrent
from novastream_desktop.torrents._upkeep import Upkeep
from novastream_desktop.torrents.base import StallReason

log = logging.getLogger(__name__)

_TICK = 1.0
_TCP_FIRST = 5.0
_REST_AFTER = 20.0  # the next episode of a pack finds its peers still connected


class SessionHost:
    """Owns the session and its torrents; everything but making and ending it is on the loop.

    Attributes:
        torrents: by info-hash.
        awake: whether there is a session.
        options: how the session meets the network.
    """

    def __init__(
        self,
        options: port.SessionOptions,
        keeper: Keeper,
        clock: Clock,
        *,
        linger: float,
        on_tick: Callable[[], None],
        make_session: Callable[[port.SessionOptions], port.Session] = make_session,
        present: Callable[[str], bool] = interface_present,
    ) -> None:
        self.torrents: dict[str, Torrent] = {}
        self.awake = Observable(False)
        self.options = options
        self._keeper = keeper
        self._clock = clock
        self._linger = linger
        self._on_tick = on_tick
        self._make_session = make_session
        self._present = present
        self._guard = InterfaceGuard(options.outgoing, self._interface_changed, present)
        self._session: port.Session | None = None
        self._gate: EventGate | None = None
        self._detail = Detail()
        self._by_key: dict[int, Torrent] = {}
        self._peers = PeerRules()
        self._lock = asyncio.Lock()
        self._users = 0
        self._ticking: asyncio.Task[None] | None = None
        self._ending: asyncio.TimerHandle | None = None
        self._end_task: asyncio.Task[None] | None = None
        self._resting: dict[str, asyncio.TimerHandle] = {}
        self._utp_at: float | None = None

    @contextlib.asynccontextmanager
    async def use(self) -> AsyncIterator[port.Session]:
        """Have the session, made if need be, and keep it until the end of the block.

        Raises:
            TorrentError: the interface that torrents are bound to is not there.
        """
        self._users += 1
        try:
            async with self._lock:
                if not self._guard.there():
                    raise interface_gone(self._guard.name)
                if self._session is None:
                    await self._begin()
            self._stay_awake()
            assert self._session is not None
            yield self._session
        finally:
            self._users -= 1
            self._maybe_sleep()

    async def _begin(self) -> None:
        options = replace(self.options, state=await self._keeper.load_state())
        self._session = await asyncio.to_thread(self._make_session, options)
        self._gate = EventGate(self._session.fileno(), self._on_events)
        self._detail = Detail()
        self._guard.start()
        self.awake.set(True)

    def adopt(self, torrent: Torrent) -> None:
        """Follow a torrent that was just added."""
        self.torrents[torrent.info_hash] = torrent
        self._by_key[torrent.handle.key] = torrent

    def wake(self, torrent: Torrent) -> None:
        """Let a torrent take part again, calling peers by TCP first."""
        if (resting := self._resting.pop(torrent.info_hash, None)) is not None:
            resting.cancel()
        torrent.awaken()
        self._call_by_tcp_first()

    def _call_by_tcp_first(self) -> None:
        if self._session is not None:
            self._session.set_outgoing_utp(False)
            self._utp_at = self._clock.monotonic() + _TCP_FIRST

    def trust(self, hosts: Iterable[str]) -> None:
        """Call these hosts although they are on this machine."""
        if self._peers.trust(hosts) and self._session is not None:
            self._peers.put_into(self._session)

    def cut(self, handle: port.Handle, peers: Iterable[port.Endpoint]) -> None:
        """Have nothing to do with these peers for a while."""
        self._peers.cut(handle, peers, self._clock.monotonic())
        if self._session is not None:
            self._peers.put_into(self._session)

    def count_cut(self, handle: port.Handle) -> int:
        """Return how many peers of a torrent are cut off now."""
        return self._peers.count(handle)

    def ask_dht(self, info_hash: str) -> None:
        """Let the hash table count a swarm; the torrent's census gets the answers."""
        if self._session is not None:
            self._session.ask_dht(info_hash)

    async def release(self, torrent: Torrent) -> None:
        """Let a torrent sleep soon if nobody uses it; forget one whose details never came."""
        if torrent.active or torrent.info_hash not in self.torrents:
            return
        if not torrent.metadata.done():
            self.drop(torrent)
        else:
            self._keeper.note(torrent)
            self._rest_soon(torrent)
            await self._keeper.save(torrent)
            await self._keeper.save_ledger()
        self._on_tick()
        self._maybe_sleep()

    def _rest_soon(self, torrent: Torrent) -> None:
        def rest() -> None:
            self._resting.pop(torrent.info_hash, None)
            if not torrent.active:
                torrent.sleep()

        if (before := self._resting.get(torrent.info_hash)) is not None:
            before.cancel()
        loop = asyncio.get_running_loop()
        self._resting[torrent.info_hash] = loop.call_later(_REST_AFTER, rest)

    def drop(self, torrent: Torrent) -> None:
        """Forget a torrent; its files stay."""
        if self._session is not None and torrent.info_hash in self.torrents:
            self._session.remove(torrent.handle)
            self._forget(torrent)

    def _forget(self, torrent: Torrent) -> None:
        del self.torrents[torrent.info_hash]
        self._by_key.pop(torrent.handle.key, None)
        self._peers.forget(torrent.handle)
        if (resting := self._resting.pop(torrent.info_hash, None)) is not None:
            resting.cancel()
        torrent.abandon()

    def apply(self, options: port.SessionOptions) -> None:
        """Meet the network in another way from now on."""
        if options == self.options:
            return
        moved = options.outgoing != self.options.outgoing
        self.options = options
        if self._session is not None and not moved:
            self._session.apply(options)
        if moved:
            if self._session is not None:
                self._guard.stop()
                self._interface_changed(False)
            self._guard = InterfaceGuard(options.outgoing, self._interface_changed, self._present)
            if self._session is not None:
                self._guard.start()
                if self._guard.there():
                    self._interface_changed(True)

    async def close(self) -> None:
        """Keep what is needed to resume, and end the session."""
        self._cancel_ending()
        async with self._lock:
            await self._end()

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
        self._guard.stop()
        for torrent in self.torrents.values():
            self._keeper.note(torrent)
        await asyncio.gather(*map(self._keeper.save, self.torrents.values()))
        await self._keeper.save_ledger()
        await self._keeper.save_state(await asyncio.to_thread(session.state))
        for torrent in tuple(self.torrents.values()):
            self._forget(torrent)
        if self._gate is not None:
            self._gate.close()
        self._session, self._peers = None, PeerRules()
        await asyncio.to_thread(session.close)
        self.awake.set(False)
        log.info("The torrent session has ended")

    def _interface_changed(self, there: bool) -> None:
        assert self._session is not None
        self._session.set_online(there, self.options)
        for torrent in self.torrents.values():
            (torrent.unhold if there else torrent.hold)(StallReason.INTERFACE)
        self._on_tick()

    # -- events and time ------------------------------------------------------------------

    def _on_events(self) -> int:
        if self._session is None:
            return 0
        batches: dict[int, list[port.Event]] = {}
        events = self._session.take_events()
        for event in events:
            if not isinstance(event, port.DhtCounted):
                batches.setdefault(event.torrent, []).append(event)
            elif (counted := self.torrents.get(event.info_hash)) is not None:
                counted.news.census.take_dht(event.peers)
        for key, batch in batches.items():
            if isinstance(batch[0], port.EventsLost):
                for torrent in self.torrents.values():
                    torrent.apply(batch)
            elif (owner := self._by_key.get(key)) is not None:
                owner.apply(batch)
        self._detail.choose(self._session, self.torrents.values())
        return len(events)

    async def _tick_while_busy(self) -> None:
        upkeep = Upkeep(self._keeper, self._clock.monotonic())
        while self._busy and self._session is not None:
            self._session.ask_status()
            now = self._clock.monotonic()
            self._call_back(self._session, now)
            used = [torrent for torrent in self.torrents.values() if torrent.active]
            for torrent in used:
                torrent.tick()
            self._detail.choose(self._session, used)
            upkeep.look(used, since=now - _TICK)
            if await upkeep.beat(self._session, used, self.torrents, now):
                self._by_key = {t.handle.key: t for t in self.torrents.values()}
                self._call_by_tcp_first()
            self._on_tick()
            await asyncio.sleep(_TICK)

    def _call_back(self, session: port.Session, now: float) -> None:
        """Call peers by uTP too, and those that were cut off, once it is time."""
        if self._utp_at is not None and now >= self._utp_at:
            session.set_outgoing_utp(True)
            self._utp_at = None
        self._peers.pardon(session, now)
