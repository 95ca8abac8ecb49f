"""From what a person hands over to a torrent in the session whose details are known."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from novastream_desktop.errors import TorrentError
from novastream_desktop.net import HttpClient
from novastream_desktop.runtime import Clock
from novastream_desktop.torrents import _port as port
from novastream_desktop.torrents._choice import pick_file
from novastream_desktop.torrents._files import safe_renames
from novastream_desktop.torrents._host import SessionHost
from novastream_desktop.torrents._keeping import Keeper
from novastream_desktop.torrents._magnet import (
    MagnetLink,
    clean_peers,
    clean_trackers,
    clean_web_seeds,
)
from novastream_desktop.torrents._plan import Situation, full_priorities, make_plan
from novastream_desktop.torrents._rescue import Cuts
from novastream_desktop.torrents._spans import span_of
from novastream_desktop.torrents._target import Target, fetched, parse_target
from novastream_desktop.torrents._torrent import Torrent

KnownPeers = Callable[[str], Sequence[port.Endpoint]]


@dataclass(frozen=True, slots=True)
class Wish:
    """Which file of a torrent is meant; a number counts more than an episode.

    `firm`: the number counts more than what a person chose before. `learn`: a person chose it.
    """

    index: int | None = None
    hint: str = ""
    firm: bool = False
    learn: bool = False

    def file_of(self, metadata: port.Metadata, choices: Mapping[str, int]) -> port.FileEntry:
        """Return the file; see `pick_file`."""
        return pick_file(metadata, self.index, self.hint, choices, firm=self.firm)


class Opener:
    """Brings torrents into the session.

    Args:
        host: the session.
        keeper: resume data, and where torrents are saved.
        clock: time.
        http: fetches `.torrent` addresses; None refuses them.
        known_peers: peers on this machine by info-hash; called in a thread.
        metadata_timeout: seconds to wait for a magnet's details.
    """

    def __init__(
        self,
        host: SessionHost,
        keeper: Keeper,
        clock: Clock,
        *,
        http: HttpClient | None,
        known_peers: KnownPeers,
        metadata_timeout: float,
    ) -> None:
        self._host = host
        self._keeper = keeper
        self._clock = clock
        self._http = http
        self._known_peers = known_peers
        self._metadata_timeout = metadata_timeout
        self._opening: dict[str, asyncio.Lock] = {}

    async def read(self, target: str | bytes) -> tuple[Target, bytes]:
        """Return what a target is, and the content of its `.torrent` if it has one.

        Raises:
            InvalidInput: it is no torrent.
            NotFound: there is no such file.
            ProviderError: its address does not answer.
        """
        local = self._host.options.allow_local
        return await fetched(parse_target(target, allow_local=local), self._http, allow_local=local)

    def info_hash(self, target: str) -> str:
        """Return the info-hash of a link, "" for what has to be read first.

        Raises:
            InvalidInput: it is no torrent.
        """
        parsed = parse_target(target, allow_local=self._host.options.allow_local)
        return parsed.info_hash if isinstance(parsed, MagnetLink) else ""

    @contextlib.asynccontextmanager
    async def joined(self, target: str | bytes, wish: Wish) -> AsyncIterator[Torrent]:
        """Have the torrent in the session, its details known.

        Raises:
            TorrentError: no details came in time, or the disk or the interface refuses.
            UserFacingError: see `read`.
        """
        parsed, data = await self.read(target)
        async with self._host.use() as session:
            draft = await asyncio.to_thread(self._draft, session, parsed, data)
            async with self._member(session, draft, wish) as torrent:
                torrent.opened = True
                self._host.wake(torrent)
                await asyncio.to_thread(self._keeper.disk.prepare, torrent.folder)
                await self._wait_for_metadata(torrent, len(draft.trackers))
                yield torrent

    @contextlib.asynccontextmanager
    async def counted(self, target: str) -> AsyncIterator[tuple[Torrent, bool]]:
        """Have the torrent in the session, asleep unless it is used already.

        Yields:
            The torrent, and whether it names trackers.
        """
        parsed, data = await self.read(target)
        async with self._host.use() as session:
            draft = await asyncio.to_thread(self._draft, session, parsed, data)
            async with self._member(session, draft, None) as torrent:
                yield torrent, bool(draft.trackers)

    def _draft(self, session: port.Session, target: Target, data: bytes) -> port.Draft:
        draft = (
            session.from_magnet(target.uri())
            if isinstance(target, MagnetLink)
            else session.from_torrent(data)
        )
        local = self._host.options.allow_local
        draft.trackers = list(clean_trackers(draft.trackers, allow_local=local))
        draft.web_seeds = list(clean_web_seeds(draft.web_seeds, allow_local=local))
        draft.peers = list(clean_peers(draft.peers, allow_local=local))
        return draft

    @contextlib.asynccontextmanager
    async def _member(
        self, session: port.Session, draft: port.Draft, wish: Wish | None
    ) -> AsyncIterator[Torrent]:
        info_hash = draft.info_hash
        async with self._opening.setdefault(info_hash, asyncio.Lock()):
            torrent = self._host.torrents.get(info_hash)
            if torrent is None:
                torrent = await self._add(session, draft, wish)
            torrent.active += 1
        try:
            yield torrent
        finally:
            torrent.active -= 1
            await self._host.release(torrent)

    async def _add(self, session: port.Session, draft: port.Draft, wish: Wish | None) -> Torrent:
        """Add a torrent; without a wish it is only counted, and sleeps."""
        info_hash = draft.info_hash
        folder = self._keeper.folder(info_hash)
        kept = await asyncio.to_thread(self._keeper.disk.load_resume, info_hash)
        resumed = await asyncio.to_thread(session.from_resume, kept) if kept else None
        if resumed is not None:
            if draft.metadata or not (resumed.metadata and resumed.metadata.private):
                trackers = dict.fromkeys([*draft.trackers, *resumed.trackers])
                resumed.trackers = list(trackers)
            resumed.peers = [*draft.peers, *resumed.peers]
            draft = resumed if resumed.metadata or not draft.metadata else draft
        known = await asyncio.to_thread(self._known_peers, info_hash) if wish else ()
        self._host.trust(host for host, _ in known)
        if draft.metadata is not None:
            draft.renames = safe_renames([file.path for file in draft.metadata.files])
            draft.file_priorities = [0] * len(draft.metadata.files)
            if wish is not None:
                choices = self._keeper.ledger.get(info_hash).choices
                entry = wish.file_of(draft.metadata, choices)
                draft.file_priorities[entry.index] = 4
                draft.piece_priorities = _first_priorities(draft.metadata, entry)
                await asyncio.to_thread(self._keeper.disk.prepare, folder)
        handle = session.add(draft, str(folder.absolute()), asleep=wish is None)
        torrent = Torrent(
            handle,
            info_hash,
            folder,
            self._clock,
            verify_first=self._keeper.settings.verify_first,
            cuts=Cuts(partial(self._host.cut, handle), partial(self._host.count_cut, handle)),
        )
        torrent.renames = draft.renames
        torrent.asleep = wish is None
        torrent.demand.file_priorities = draft.file_priorities
        self._host.adopt(torrent)
        torrent.start([*known, *draft.peers])
        return torrent

    async def _wait_for_metadata(self, torrent: Torrent, trackers: int) -> None:
        try:
            async with asyncio.timeout(self._metadata_timeout):
                await asyncio.shield(torrent.metadata)
        except TimeoutError:
            peers = torrent.news.swarm.peers
            asked = ["the distributed hash table"] if self._host.options.discovery else []
            asked += [_count(trackers, "tracker")] if trackers else []
            asked += [_count(torrent.peer_hints, "peer")] if torrent.peer_hints else []
            answered = f"{_count(peers, 'peer')} connected" if peers else "no peer answered"
            raise TorrentError(
                f"The torrent's details did not arrive in {self._metadata_timeout:.0f} s",
                why=f"{answered}; asked: {', '.join(asked) or 'nobody'}",
                hint="Check the connection, or choose a source with more seeders",
            ) from None


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _first_priorities(metadata: port.Metadata, entry: port.FileEntry) -> list[int]:
    """Return what to fetch before anybody reads: the start of a file, and its index."""
    count = -(-metadata.total_size // metadata.piece_length)
    span = span_of(entry, metadata.piece_length)
    hints = (span.first, span.last)
    plan = make_plan(Situation(metadata.piece_length, (span,), (span,), hints), bytes(count))
    return full_priorities(plan, count)
