"""What a stream tells of a real swarm: what nobody has, what bounds it, how long it takes."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

import libtorrent as lt
import pytest

from novastream_desktop.settings import TorrentsSettings
from novastream_desktop.torrents.base import StallReason, TorrentProgress, TorrentStream
from tests.torrents.swarm import Fetch, MakeEngine, MakePayload, MakeSeeder, Payload

HALF = 512 * 1024


async def told(stream: TorrentStream, holds: Callable[[TorrentProgress], bool]) -> TorrentProgress:
    """Wait until a stream's progress is as wanted."""
    reached: asyncio.Future[TorrentProgress] = asyncio.get_running_loop().create_future()

    def look(progress: TorrentProgress) -> None:
        if holds(progress) and not reached.done():
            reached.set_result(progress)

    unwatch = stream.progress.watch(look)
    try:
        return await asyncio.wait_for(reached, 20)
    finally:
        unwatch()


@pytest.fixture
def half_a_peer(tmp_path: Path) -> Iterator[Callable[[Payload], tuple[str, int]]]:
    """Serve only the first half of a film's bytes."""
    sessions: list[lt.session] = []

    def serve(film: Payload) -> tuple[str, int]:
        folder = tmp_path / "half" / "show"
        folder.mkdir(parents=True)
        whole = film.files["film.mkv"]
        (folder / "film.mkv").write_bytes(whole[:HALF] + bytes(len(whole) - HALF))
        session = lt.session(
            {
                "listen_interfaces": "127.0.0.3:0",
                "enable_dht": False,
                "enable_lsd": False,
                "enable_upnp": False,
                "enable_natpmp": False,
            }
        )
        params = lt.load_torrent_file(str(film.torrent_file))
        params.save_path = str(folder.parent)
        handle = session.add_torrent(params)
        sessions.append(session)
        while handle.status().state.name != "downloading":  # it looks what it has first
            session.wait_for_alert(50)
            session.pop_alerts()
        return "127.0.0.3", session.listen_port()

    yield serve
    for session in sessions:
        session.pause()


async def test_what_nobody_connected_has_is_marked(
    payload_maker: MakePayload,
    make_engine: MakeEngine,
    half_a_peer: Callable[[Payload], tuple[str, int]],
):
    film = payload_maker({"film.mkv": 2 * HALF}, piece=1 << 15)
    peer = half_a_peer(film)
    engine = make_engine(known_peers=lambda _: [peer])
    stream = await engine.open(film.torrent_file.read_bytes())
    seen = await told(stream, lambda p: p.pieces.startswith("2" * 16) and "x" in p.pieces)
    assert seen.pieces == "2" * 16 + "x" * 16
    assert seen.peers == 1


async def test_the_limit_bounds_the_rate_and_tells_how_long(
    payload_maker: MakePayload, make_seeder: MakeSeeder, make_engine: MakeEngine, fetch: Fetch
):
    film = payload_maker({"film.mkv": 8 * HALF})
    slow = TorrentsSettings(download_limit=150_000)
    engine = make_engine(slow, known_peers=make_seeder(film).endpoint)
    stream = await engine.open(film.magnet)
    reading = asyncio.create_task(fetch(stream.url))
    try:
        seen = await told(stream, lambda p: p.limited_by is StallReason.YOUR_LIMIT)
        assert seen.seconds_to_jump is not None
        assert seen.seconds_to_jump > 1  # a quarter MiB at 150 kB/s
        assert seen.seconds_to_jump < 60
    finally:
        reading.cancel()
        with contextlib.suppress(asyncio.CancelledError, asyncio.IncompleteReadError):
            await reading


async def test_a_start_is_told_in_per_cent(
    payload_maker: MakePayload, make_seeder: MakeSeeder, make_engine: MakeEngine
):
    film = payload_maker({"film.mkv": 8 * HALF}, piece=1 << 15)
    slow = TorrentsSettings(download_limit=100_000)
    engine = make_engine(slow, known_peers=make_seeder(film).endpoint)
    stream = await engine.open(film.magnet)
    begun = await told(stream, lambda p: 0 < p.ready < 1)
    assert begun.seconds_to_play is None or begun.seconds_to_play < 60
    done = await told(stream, lambda p: p.ready == 1)
    assert done.seconds_to_play == 0
    assert done.fraction < 1
