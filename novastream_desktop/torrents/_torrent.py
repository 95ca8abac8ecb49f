"""One torrent: follows its events, plans its pieces, and lets readers wait for bytes."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable
from pathlib import Path

from novastream_desktop.errors import TorrentError
from novastream_desktop.runtime import Clock
from novastream_desktop.torrents import _port as port
from novastream_desktop.torrents._demand import Demand
from novastream_desktop.torrents._disk import disk_error, passes_by_itself
from novastream_desktop.torrents._news import News, RateMeter
from novastream_desktop.torrents._pieces import BLOCK, PieceMap
from novastream_desktop.torrents._plan import Span
from novastream_desktop.torrents._progress import fraction_on_disk
from novastream_desktop.torrents._rescue import NO_CUTS, Cuts, Rescue
from novastream_desktop.torrents._spans import layout_of, span_of
from novastream_desktop.torrents._trust import Trust
from novastream_desktop.torrents._waiting import WaitingRoom
from novastream_desktop.torrents.base import StallReason

log = logging.getLogger(__name__)
_MAX_PEERS = 200


class Torrent:
    """State of one torrent on the service loop.

    Attributes:
        active: streams that use it, or openings that wait for it.
        metadata: done when the info dictionary is known.
        checked: done when it is known what is on disk.
        error: the sentence of what stops it, with `recovers` if it may pass by itself.
        renames: new paths of files by index.
        demand: what is asked for.
        asleep: nobody needs it, so it meets no peers.
        opened: somebody wants its files; else it is only looked at.
        holds: why it must not go on, whoever needs it.
        trust: whether bytes are handed out before their hash is known.
        news: what libtorrent and the trackers say of it.
    """

    def __init__(
        self,
        handle: port.Handle,
        info_hash: str,
        folder: Path,
        clock: Clock,
        *,
        verify_first: bool,
        cuts: Cuts = NO_CUTS,
    ) -> None:
        self.handle = handle
        self.info_hash = info_hash
        self.folder = folder
        self.demand = Demand(handle, clock)
        self.active = 0
        loop = asyncio.get_running_loop()
        self.metadata: asyncio.Future[port.Metadata] = loop.create_future()
        self.checked: asyncio.Future[None] = loop.create_future()
        self.pieces: PieceMap | None = None
        self.news = News()
        self.error: TorrentError | None = None
        self.recovers = False
        self.renames: dict[int, str] = {}
        self.asleep = self.opened = False
        self.holds: set[StallReason] = set()
        self.name = ""
        self._rescue = Rescue(handle, self.demand, clock, cuts)
        self._peers: tuple[port.Endpoint, ...] = ()
        self._call_at_once = False
        self._clock = clock
        self.trust = Trust(clock, verify_first=verify_first)
        self._room = WaitingRoom(self.demand.audience.hunger, self._starve)
        self._meter = RateMeter(clock.monotonic())
        self._snapshot: asyncio.Task[None] | None = None

    # -- what happens to it ---------------------------------------------------------------

    def start(self, peers: Iterable[port.Endpoint]) -> None:
        """Begin to follow it, right after it was added, with peers to call at once."""
        self._peers = tuple(dict.fromkeys(peers))[:_MAX_PEERS]
        self._call_at_once = bool(self._peers)
        metadata = self.handle.metadata()
        if metadata is not None:
            self._take_metadata(metadata)
        else:
            self._call_peers()

    def added_anew(self) -> None:
        """Tell a session that knows nothing of it what is wanted, and call its first peers."""
        self._call_at_once = bool(self._peers)
        self.demand.priorities_lost()

    @property
    def peer_hints(self) -> int:
        """How many peers were known when it was added."""
        return len(self._peers)

    def apply(self, events: list[port.Event]) -> None:
        """Take what happened, then plan and wake readers once."""
        replan = changed = False
        for event in events:
            match event:
                case port.BlockWritten(piece=piece, block=block) if self.pieces:
                    self._count(1)
                    changed |= self.pieces.block_written(piece, block)
                case port.PiecePassed(piece=piece) if self.pieces:
                    self._count(self.pieces.lacking(piece))  # those that nobody told of
                    self.pieces.piece_passed(piece)
                    replan = changed = True
                case port.PieceFailed(piece=piece) if self.pieces:
                    self.pieces.piece_failed(piece)
                    self.trust.lose()
                    log.warning("A peer of %s sent wrong bytes", self.info_hash)
                    replan = True
                case port.FilePrioritiesSet():
                    self.demand.priorities_lost()
                    changed = True
                case _:
                    self._apply_rare(event)
        self.demand.rate = self._meter.rate(self._clock.monotonic())
        if replan:
            self.demand.follow()
        if changed or self.error:
            self._room.wake()

    def _count(self, blocks: int) -> None:
        if blocks:
            self._meter.blocks += blocks
            self.news.received += blocks * BLOCK

    def _apply_rare(self, event: port.Event) -> None:
        match event:
            case port.MetadataArrived():
                metadata = self.handle.metadata()
                if metadata is not None:
                    self._take_metadata(metadata)
            case port.Checked() if self.pieces:
                self._call_peers()
                self.resync()
            case port.EventsLost():
                self.resync()
            case port.StorageFailed(number=number, message=message):
                self._disk_refused(number, message)
            case _:
                self.news.take(event)

    def _disk_refused(self, number: int, message: str) -> None:
        self.error = disk_error(number, message)
        self.recovers = passes_by_itself(number)
        if not self.recovers and not self.checked.done():
            self.checked.set_exception(self.error)
            self.checked.exception()  # nobody may be waiting

    def _call_peers(self) -> None:
        """Call the peers that are known, once: a second time would drop those that answered."""
        if self.asleep or self.holds:
            return
        if self._call_at_once:
            self.handle.connect(self._peers, at_once=True)
        self._call_at_once = False

    def _take_metadata(self, metadata: port.Metadata) -> None:
        if self.metadata.done():
            return
        self.pieces = PieceMap(layout_of(metadata))
        self.demand.attach(metadata, self.pieces)
        self.metadata.set_result(metadata)

    def resync(self) -> None:
        """Look afresh at what is on disk."""
        if self._snapshot is None or self._snapshot.done():
            self._snapshot = asyncio.get_running_loop().create_task(self._look_at_disk())

    async def _look_at_disk(self) -> None:
        passed, partial = await asyncio.to_thread(self.handle.snapshot)
        if self.pieces is not None:
            self.pieces.restore(passed, partial)
            self.demand.plan()
            self._room.wake()
            if not self.checked.done():
                self.checked.set_result(None)

    def tick(self) -> None:
        """Measure the rate, and mend what news were lost of; once a second."""
        self.demand.rate = self._meter.rate(self._clock.monotonic())
        if self.pieces is not None:
            if len(self.demand.audience) and not self.asleep:
                self._rescue.look()
            self.demand.plan()

    def _starve(self, hunger: float) -> None:
        if not self.holds:
            self._rescue.feed(hunger)

    def retry(self) -> None:
        """Go on after the disk refused."""
        self.error = None
        self.handle.retry()
        if self.asleep or self.holds:
            self.handle.pause()

    def fail(self, error: TorrentError) -> None:
        """Stop its readers with a sentence."""
        self.error, self.recovers = error, False
        self._room.wake()

    # -- files and readers ----------------------------------------------------------------

    def span_of(self, file: port.FileEntry) -> Span:
        """Return the pieces that a file lies in."""
        return span_of(file, self.metadata.result().piece_length)

    def path_of(self, file: port.FileEntry) -> Path:
        """Return where a file is on disk."""
        return self.folder / self.renames.get(file.index, file.path)

    def bytes_on_disk(self, file: port.FileEntry) -> int:
        """Return about how much of a file can be read, in bytes."""
        if self.pieces is None:
            return 0
        return int(fraction_on_disk(self.pieces, self.span_of(file)) * file.size)

    def may_rest(self, ratio: float) -> bool:
        """Whether all that is played is on disk and as much was given back as promised."""
        if self.pieces is None or self.asleep or not self.demand.played or self.demand.wanted:
            return False
        spans = [self.span_of(file) for file in self.demand.played if file.size]
        complete = all(not self.pieces.passed.count(0, s.first, s.last + 1) for s in spans)
        return complete and self.news.gave_back(ratio)

    def sleep(self) -> None:
        """Drop its peers and ask for nothing."""
        self._change(True, self.holds)

    def awaken(self) -> None:
        """Take part again, also after the disk refused."""
        if self.error is not None:
            self.retry()
        self._change(False, self.holds)
        if self.checked.done() or not self.metadata.done():
            self._call_peers()

    def hold(self, reason: StallReason) -> None:
        """Stand still for a reason; its readers wait."""
        self._change(self.asleep, self.holds | {reason})

    def unhold(self, reason: StallReason) -> None:
        """Let one reason to stand still go."""
        self._change(self.asleep, self.holds - {reason})

    def _change(self, asleep: bool, holds: set[StallReason]) -> None:
        before = self.asleep or bool(self.holds)
        self.asleep, self.holds = asleep, holds
        still = self.asleep or bool(self.holds)
        if still and not before:
            self.handle.pause()
        elif before and not still:
            self.handle.resume()

    def abandon(self) -> None:
        """End everything that waits for it: it left the session."""
        if self._snapshot is not None:
            self._snapshot.cancel()
        self._rescue.close()
        self._room.close()
        gone = TorrentError("The torrent was closed", hint="Open it again")
        for future in (self.metadata, self.checked):
            if not future.done():
                future.set_exception(gone)
                future.exception()  # nobody may be waiting
        self.fail(gone)

    def available(self, position: int, limit: int) -> int:
        """Return how many bytes a reader can have now."""
        if self.pieces is None:
            return 0
        early = self.trust.given(self.pieces.layout.piece_length)
        return self.pieces.available(position, limit, early=early)

    async def changed(self) -> None:
        """Wait until more may be readable.

        Raises:
            TorrentError: nothing will come.
        """
        if self.error is not None and not self.recovers:
            raise self.error
        await self._room.wait()
        if self.error is not None and not self.recovers:
            raise self.error

    def wake(self) -> None:
        """Let waiting readers look again."""
        self._room.wake()
