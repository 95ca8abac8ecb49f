"""One torrent against a handle that writes down what it is told."""

from __future__ import annotations

import asyncio
import errno
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from novastream_desktop.errors import SourceUnavailable, TorrentError
from novastream_desktop.torrents import _port as port
from novastream_desktop.torrents import _reader
from novastream_desktop.torrents._here import HereResource
from novastream_desktop.torrents._pieces import BLOCK
from novastream_desktop.torrents._progress import Swarm
from novastream_desktop.torrents._reader import StreamReader
from novastream_desktop.torrents._stream import FileStream
from novastream_desktop.torrents._torrent import Torrent
from novastream_desktop.torrents.base import TorrentFile, TorrentPhase

PIECE = 1 << 20
COUNT = 32
FILM = port.FileEntry(0, "film.mkv", 0, COUNT * PIECE)
METADATA = port.Metadata("film", PIECE, COUNT * PIECE, (FILM,))


class HeldClock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.time = 1000.0

    def now(self) -> datetime:
        return datetime(2026, 1, 1, tzinfo=UTC)

    def monotonic(self) -> float:
        return self.time


class RecordingHandle:
    """Implements `Handle`; every call goes to `calls`."""

    def __init__(self) -> None:
        self.key = 1
        self.calls: list[tuple[str, object]] = []
        self.info: port.Metadata | None = METADATA

    def metadata(self) -> port.Metadata | None:
        return self.info

    def snapshot(self) -> tuple[list[bool], list[tuple[int, tuple[int, ...]]]]:
        return [False] * COUNT, []

    def __getattr__(self, name: str) -> object:
        def record(*args: object, **options: object) -> None:
            self.calls.append((name, args or options))

        return record

    def names(self) -> list[str]:
        return [name for name, _ in self.calls]


class Bench:
    """A torrent, its only file as a stream, and everything around them in hand."""

    def __init__(self, folder: Path, *, verify_first: bool = False) -> None:
        self.clock = HeldClock()
        self.handle = RecordingHandle()
        self.torrent = Torrent(self.handle, "a" * 40, folder, self.clock, verify_first=verify_first)
        self.torrent.start([])
        self.stream = FileStream(
            self.torrent,
            FILM,
            [TorrentFile(0, "film.mkv", FILM.size, True)],
            "http://x/",
            clock=self.clock,
            on_close=self._closed,
        )
        self.readers: list[StreamReader] = []
        self.torrent.demand.play(FILM)
        self.handle.calls.clear()
        path = folder / "film.mkv"
        path.write_bytes(bytes(FILM.size))

    async def _closed(self, stream: FileStream) -> None:
        self.closed = stream

    async def reader(self, start: int) -> StreamReader:
        self.readers.append(await self.stream.main.open_reader(start, FILM.size))
        return self.readers[-1]

    def close(self) -> None:
        for reader in self.readers:
            if reader._file is not None:
                reader._file.close()

    def blocks(self, piece: int, count: int = PIECE // BLOCK) -> None:
        self.torrent.apply([port.BlockWritten(1, piece, block) for block in range(count)])


@pytest.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    bench = Bench(tmp_path)
    yield bench
    bench.close()


async def test_a_jump_cancels_what_was_asked_for(bench: Bench):
    await bench.reader(0)
    assert "clear_deadlines" not in bench.handle.names()  # it was expected there
    bench.handle.calls.clear()
    await bench.reader(20 * PIECE + 5)
    assert bench.handle.names()[:3] == ["clear_deadlines", "set_all_priorities", "set_deadline"]
    assert bench.handle.calls[2][1] == (20, 0)


async def test_coming_back_to_the_same_place_is_no_jump(bench: Bench):
    reader = await bench.reader(10 * PIECE)
    await reader.close()
    bench.handle.calls.clear()
    await bench.reader(10 * PIECE + 100)
    assert "clear_deadlines" not in bench.handle.names()


async def test_a_forgotten_place_is_a_jump(bench: Bench):
    reader = await bench.reader(10 * PIECE)
    await reader.close()
    bench.clock.time += 11
    bench.handle.calls.clear()
    await bench.reader(10 * PIECE)
    assert "clear_deadlines" in bench.handle.names()


async def test_steady_reading_sends_only_differences(bench: Bench):
    reader = await bench.reader(0)
    bench.handle.calls.clear()
    bench.blocks(0)
    bench.torrent.apply([port.PiecePassed(1, 0)])
    assert await reader.read()
    assert set(bench.handle.names()) == {"set_priority"}


async def test_blocks_are_handed_out_before_the_piece_is_whole(bench: Bench):
    reader = await bench.reader(0)
    waiting = asyncio.create_task(reader.read())
    await asyncio.sleep(0)
    assert reader.waiting
    bench.blocks(0, 2)
    assert len(await waiting) == 2 * BLOCK


async def test_with_verify_first_only_whole_pieces_are(tmp_path: Path):
    bench = Bench(tmp_path, verify_first=True)
    bench.blocks(0)
    assert bench.torrent.available(0, PIECE) == 0
    bench.torrent.apply([port.PiecePassed(1, 0)])
    assert bench.torrent.available(0, PIECE) == PIECE


async def test_a_lie_ends_the_trust_for_ten_minutes(bench: Bench):
    bench.torrent.apply([port.PieceFailed(1, 5)])
    bench.blocks(0)
    assert bench.torrent.available(0, PIECE) == 0
    bench.clock.time += 601
    assert bench.torrent.available(0, PIECE) == PIECE


async def test_a_full_disk_holds_the_reader_until_there_is_room(bench: Bench):
    reader = await bench.reader(0)
    waiting = asyncio.create_task(reader.read())
    await asyncio.sleep(0)
    bench.torrent.apply([port.StorageFailed(1, errno.ENOSPC, "no space")])
    bench.stream.report(0)
    progress = bench.stream.progress.value
    assert (progress.phase, bench.torrent.recovers) == (TorrentPhase.STALLED, True)
    assert "full" in progress.error
    bench.torrent.retry()
    bench.blocks(0, 1)
    assert len(await waiting) == BLOCK
    bench.stream.report(0)
    assert bench.stream.progress.value.error == ""


async def test_a_disk_that_refuses_ends_the_reader(bench: Bench):
    reader = await bench.reader(0)
    waiting = asyncio.create_task(reader.read())
    await asyncio.sleep(0)
    bench.torrent.apply([port.StorageFailed(1, errno.EROFS, "read-only")])
    with pytest.raises(TorrentError, match="cannot be saved"):
        await waiting
    bench.stream.report(0)
    assert bench.stream.progress.value.phase is TorrentPhase.FAILED


async def test_opening_again_tries_again(bench: Bench):
    bench.torrent.apply([port.StorageFailed(1, errno.EROFS, "read-only")])
    bench.torrent.awaken()
    assert bench.torrent.error is None
    assert "retry" in bench.handle.names()


async def test_a_deleted_file_ends_the_reader(bench: Bench, tmp_path: Path):
    reader = await bench.reader(0)
    bench.blocks(0)
    assert await reader.read()
    (tmp_path / "film.mkv").unlink()
    with pytest.raises(TorrentError, match="file is gone"):
        await reader.read()
    await reader.close()


async def test_a_closed_stream_ends_its_readers(bench: Bench):
    reader = await bench.reader(0)
    waiting = asyncio.create_task(reader.read())
    await asyncio.sleep(0)
    await bench.stream.close()
    with pytest.raises(SourceUnavailable):
        await waiting
    with pytest.raises(SourceUnavailable):
        await bench.reader(0)


async def test_a_file_whose_move_nobody_tells_of_is_waited_for_once(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(_reader, "_MOVE_PATIENCE", 0.1)
    bench.torrent.demand.moving = {0}
    bench.blocks(0)
    here = HereResource(bench.stream.main)
    with pytest.raises(SourceUnavailable):
        await here.open_reader(0, PIECE)  # what it would read may be holes
    first, second = await bench.reader(0), await bench.reader(0)
    async with asyncio.timeout(5):
        assert len(await first.read())
    assert bench.torrent.demand.moving == set()
    monkeypatch.setattr(_reader, "_MOVE_PATIENCE", 60.0)
    async with asyncio.timeout(5):
        assert len(await second.read())
    assert (await here.open_reader(0, PIECE)).here()


async def test_sixteen_readers_are_enough(bench: Bench):
    for _ in range(16):
        await bench.reader(0)
    with pytest.raises(SourceUnavailable, match="too many"):
        await bench.reader(0)


async def test_not_every_piece_of_a_fast_swarm_is_planned_for(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
):
    plans: list[int] = []
    plan = bench.torrent.demand.plan
    monkeypatch.setattr(bench.torrent.demand, "plan", lambda: (plans.append(1), plan()))

    def planned(*pieces: int) -> bool:
        plans.clear()
        bench.torrent.apply([port.PiecePassed(1, piece) for piece in pieces])
        return bool(plans)

    assert planned(0)
    assert planned(1)
    bench.clock.time += 0.5
    assert planned(*range(2, 29))  # 56 MB/s
    assert not planned(29)
    bench.clock.time += 0.03
    assert planned(30)


async def test_a_piece_is_readable_without_news_of_its_blocks(bench: Bench):
    bench.torrent.apply([port.PiecePassed(1, 0)])
    assert bench.torrent.available(0, PIECE) == PIECE
    bench.clock.time += 1
    bench.torrent.tick()
    assert bench.torrent.demand.rate == PIECE  # they count all the same


async def test_priorities_are_told_anew_after_those_of_files(bench: Bench):
    bench.torrent.apply([port.FilePrioritiesSet(1)])
    assert bench.handle.names() == ["set_all_priorities"]


async def test_a_complete_torrent_rests_when_enough_was_given_back(bench: Bench):
    assert not bench.torrent.may_rest(1.0)
    for piece in range(COUNT):
        bench.blocks(piece)
    bench.torrent.apply([port.PiecePassed(1, piece) for piece in range(COUNT)])
    assert not bench.torrent.may_rest(0.0)  # nothing is known yet of what was given back
    half = COUNT * PIECE // 2
    # What libtorrent tells of what came lags behind.
    bench.torrent.apply([port.StatusArrived(1, Swarm(uploaded=half, downloaded=10))])
    assert not bench.torrent.may_rest(1.0)
    assert bench.torrent.may_rest(0.5)
    bench.torrent.apply([port.StatusArrived(1, Swarm(uploaded=half, downloaded=4 * half))])
    assert not bench.torrent.may_rest(0.5)  # with what came on earlier days
    bench.torrent.sleep()
    bench.torrent.sleep()
    assert bench.handle.names().count("pause") == 1
    assert not bench.torrent.may_rest(0.25)


async def test_an_abandoned_torrent_lets_go_of_everybody(tmp_path: Path):
    handle = RecordingHandle()
    handle.info = None
    torrent = Torrent(handle, "a" * 40, tmp_path, HeldClock(), verify_first=False)
    torrent.start([("1.1.1.1", 1)])
    assert handle.names() == ["connect"]
    torrent.abandon()
    with pytest.raises(TorrentError):
        await torrent.metadata
    with pytest.raises(TorrentError):
        await torrent.changed()
