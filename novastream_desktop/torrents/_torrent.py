"""One torrent: follows its events, plans its pieces, and lets readers wait for bytes."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable
from pathlib import Path

from novastream_desktop.errors import TorrentError
from novastream_desktop.runtime import Clock
from novastream_desktop.torrents import _port as port
from novastream_desktop.torrents._census import Census
from novastream_desktop.torrents._demand import Demand, span_of
from novastream_desktop.torrents._disk import disk_error, passes_by_itself
from novastream_desktop.torrents._pieces import BLOCK, Layout, PieceMap
from novastream_desktop.torrents._plan import Span
from novastream_desktop.torrents._progress import Swarm, fraction_on_disk
from novastream_desktop.torrents._rescue import Rescue
from novastream_desktop.torrents._waiting import WaitingRoom
from novastream_desktop.torrents.base import StallReason

log = logging.getLogger(__name__)

_DISTRUST_SECONDS = 600.0
_EARLY_PIECE = 512 * 1024
_MAX_PEERS = 200
_MEASURE_SECONDS = 0.5


def _cut_nobody(_: tuple[port.Endpoint, ...]) -> None:
    pass


def _none_cut() -> int:
    return 0


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
        census: what trackers and the hash table counted.
    """

    def __init__(
        self,
        handle: port.Handle,
        info_hash: str,
        folder: Path,
        clock: Clock,
        *,
        verify_first: bool,
        on_cut: Callable[[tuple[port.Endpoint, ...]], None] = _cut_nobody,
        count_cut: Callable[[], int] = _none_cut,
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
        self.swarm = Swarm()
        self._counted = False
        self.tracker_problem = self._tracker_ok = False
        self.error: TorrentError | None = None
        self.recovers = False
        self.resume_requested: asyncio.Future[bytes | None] | None = None
        self.renames: dict[int, str] = {}
        self.asleep = self.opened = False
        self.holds: set[StallReason] = set()
        self.census = Census()
        self.name = ""
        self._rescue = Rescue(handle, self.demand, clock, on_cut=on_cut, count_cut=count_cut)
        self._peers: tuple[port.Endpoint, ...] = ()
        self._call_at_once = False
        self._clock = clock
        self.verify_first = verify_first
        self._distrust_until = 0.0
        self._room = WaitingRoom(self.demand.hunger, self._starve)
        self._rate_at = clock.monotonic()
        self._blocks = 0
        self._snapshot: asyncio.Task[None] | None = None
        self._unsettled = False

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
                    self._blocks += 1
                    changed |= self.pieces.block_written(piece, block)
                case port.PiecePassed(piece=piece) if self.pieces:
                    self.pieces.piece_passed(piece)
                    replan = changed = True
                case port.PieceFailed(piece=piece) if self.pieces:
                    self.pieces.piece_failed(piece)
                    self._distrust_until = self._clock.monotonic() + _DISTRUST_SECONDS
                    log.warning("A peer of %s sent wrong bytes", self.info_hash)
                    replan = True
                case port.Flushed() if self.pieces and self._unsettled:
                    self.pieces.settle_all()
                    changed = True
                case port.FilePrioritiesSet():
                    self.demand.priorities_lost()
                case _:
                    self._apply_rare(event)
        self._measure()
        if replan:
            self.demand.plan()
        if changed or self.error:
            self._room.wake()

    def _apply_rare(self, event: port.Event) -> None:
        match event:
            case port.MetadataArrived():
                metadata = self.handle.metadata()
                if metadata is not None:
                    self._take_metadata(metadata)
            case port.Checked() if self.pieces:
                self._call_peers()
                self._resync()
            case port.EventsLost():
                self._resync()
            case port.StorageFailed(number=number, message=message):
                self._disk_refused(number, message)
            case _:
                self._apply_report(event)

    def _apply_report(self, event: port.Event) -> None:
        match event:
            case port.StatusArrived(swarm=swarm):
                self.swarm, self._counted = swarm, True
            case port.TrackerAnswered(ok=ok):
                self._tracker_ok |= ok  # others fail over addresses that lead nowhere
                self.tracker_problem = not self._tracker_ok
            case port.Scraped(seeds=seeds, peers=number):
                self.census.take_scrape(seeds, number)
            case port.ResumeData(data=data):
                if self.resume_requested and not self.resume_requested.done():
                    self.resume_requested.set_result(data)

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
        pads = tuple(
            (file.offset, file.offset + file.size)
            for file in metadata.files
            if file.hidden and file.size
        )
        layout = Layout(metadata.piece_length, metadata.total_size, pads)
        self.pieces = PieceMap(layout)
        self.demand.attach(metadata, self.pieces)
        self.metadata.set_result(metadata)

    def _resync(self) -> None:
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
        self._measure()
        if self.pieces is not None:
            unsettled = self.pieces.unsettled()
            if unsettled and self._unsettled:
                self.handle.flush()
            self._unsettled = unsettled
            if self.demand.reader_count and not self.asleep:
                self._rescue.look()
            self.demand.plan()

    def _measure(self) -> None:
        now = self._clock.monotonic()
        passed = now - self._rate_at
        if passed < _MEASURE_SECONDS:
            return
        rate = self._blocks * BLOCK / passed
        before = self.demand.rate
        self.demand.rate = (before + rate) / 2 if before else rate
        self._rate_at, self._blocks = now, 0

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
        if not self._counted:  # nothing is known yet of what was given back
            return False
        spans = [self.span_of(file) for file in self.demand.played if file.size]
        complete = all(not self.pieces.ready.count(0, s.first, s.last + 1) for s in spans)
        return complete and self.swarm.uploaded >= ratio * self.swarm.downloaded

    def sleep(self) -> None:
        """Drop its peers and ask for nothing."""
        self._change(asleep=True)

    def awaken(self) -> None:
        """Take part again, also after the disk refused."""
        if self.error is not None:
            self.retry()
        self._change(asleep=False)
        if self.checked.done() or not self.metadata.done():
            self._call_peers()

    def hold(self, reason: StallReason) -> None:
        """Stand still for a reason; its readers wait."""
        self._change(holds=self.holds | {reason})

    def unhold(self, reason: StallReason) -> None:
        """Let one reason to stand still go."""
        self._change(holds=self.holds - {reason})

    def _change(self, *, asleep: bool | None = None, holds: set[StallReason] | None = None) -> None:
        before = self.asleep or bool(self.holds)
        self.asleep = self.asleep if asleep is None else asleep
        self.holds = self.holds if holds is None else holds
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
        early = (
            not self.verify_first
            and self.pieces.layout.piece_length >= _EARLY_PIECE
            and self._clock.monotonic() >= self._distrust_until
        )
        return self.pieces.available(position, limit, early=early)

    def proven(self, position: int, limit: int) -> int:
        """Return how many bytes are on disk whose hash was right."""
        return 0 if self.pieces is None else self.pieces.available(position, limit, early=False)

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
