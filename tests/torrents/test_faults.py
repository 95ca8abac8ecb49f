"""What goes wrong in swarms and in torrents, with real sessions on loopback.

With NOVASTREAM_SLOW=1 the long forms run too.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from hashlib import sha1
from pathlib import Path

import libtorrent as lt
import pytest

from novastream_desktop.errors import InvalidInput
from novastream_desktop.settings import TorrentsSettings
from novastream_desktop.torrents.base import StallReason, TorrentPhase
from novastream_desktop.torrents.demo_seeder import DemoSeeder
from tests.torrents.lines import MakeLines
from tests.torrents.swarm import Fetch, MakeEngine, MakePayload, MakeSeeder, Payload

SLOW = os.environ.get("NOVASTREAM_SLOW") == "1"


async def until(done: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not done():  # noqa: ASYNC110  (readers tell nobody that they left)
            await asyncio.sleep(0.01)


def files_of(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if path.is_file()}


async def phase(stream: object, wanted: TorrentPhase) -> None:
    done = asyncio.Event()
    unwatch = stream.progress.watch(lambda p: done.set() if p.phase is wanted else None)
    await asyncio.wait_for(done.wait(), 40)
    unwatch()


async def test_a_seeder_dies_and_returns(
    payload_maker: MakePayload, make_lines: MakeLines, make_engine: MakeEngine, fetch: Fetch
):
    film = payload_maker({"film.mkv": 6 << 20})
    lines = await make_lines(film, 1, rate=2000)
    stream = await make_engine(known_peers=lines.peers).open(film.magnet)
    reading = asyncio.create_task(fetch(stream.url))
    await fetch(stream.url, "0-", count=1 << 20)
    lines.do("kill all")
    await asyncio.sleep(0.5)
    assert not reading.done()
    lines.do("accept all")
    assert (await reading).body == film.files["film.mkv"]


async def test_a_silent_peer_does_not_hold_the_stream_up(
    payload_maker: MakePayload, make_lines: MakeLines, make_engine: MakeEngine, fetch: Fetch
):
    film = payload_maker({"film.mkv": 8 << 20})
    lines = await make_lines(film, 2, rate=1500)
    stream = await make_engine(known_peers=lines.peers).open(film.magnet)
    await fetch(stream.url, "0-", count=1 << 20)
    lines.do("stall 0")
    assert (await fetch(stream.url)).body == film.files["film.mkv"]


@pytest.mark.skipif(not SLOW, reason="takes ten seconds; NOVASTREAM_SLOW=1 runs it")
async def test_all_peers_silent_is_told_and_passes(
    payload_maker: MakePayload, make_lines: MakeLines, make_engine: MakeEngine, fetch: Fetch
):
    film = payload_maker({"film.mkv": 6 << 20})
    lines = await make_lines(film, 1, rate=2000)
    stream = await make_engine(known_peers=lines.peers).open(film.magnet)
    await fetch(stream.url, "0-", count=1 << 20)
    lines.do("stall all")
    reading = asyncio.create_task(fetch(stream.url))
    await phase(stream, TorrentPhase.STALLED)
    assert stream.progress.value.reason in (StallReason.SLOW_PEERS, StallReason.NO_PEERS)
    lines.do("resume all")
    assert (await reading).body == film.files["film.mkv"]


@pytest.mark.parametrize("piece", [64 << 10, 1 << 20])
async def test_a_corrupt_piece_is_never_delivered_when_verified_first(
    piece: int,
    payload_maker: MakePayload,
    make_lines: MakeLines,
    make_engine: MakeEngine,
    fetch: Fetch,
):
    film = payload_maker({"film.mkv": 6 << 20}, piece=piece)
    lines = await make_lines(film, 2, rate=6000)
    settings = TorrentsSettings(verify_first=True)
    stream = await make_engine(settings, known_peers=lines.peers).open(
        film.torrent_file.read_bytes()
    )
    lines.do("corrupt 0 3")
    assert (await fetch(stream.url)).body == film.files["film.mkv"]


async def test_honest_peers_are_not_lost_for_the_lies_of_one(
    payload_maker: MakePayload, make_lines: MakeLines, make_engine: MakeEngine, fetch: Fetch
):
    film = payload_maker({"film.mkv": 24 << 20}, piece=1 << 20)
    lines = await make_lines(film, 3, rate=1500)
    settings = TorrentsSettings(verify_first=True)
    stream = await make_engine(settings, known_peers=lines.peers).open(
        film.torrent_file.read_bytes()
    )
    await fetch(stream.url, "0-", count=10 << 20)
    lines.do("corrupt 0 40")  # libtorrent bans all three for it
    assert (await fetch(stream.url)).body == film.files["film.mkv"]


async def test_the_only_peer_lies_always(
    payload_maker: MakePayload, make_lines: MakeLines, make_engine: MakeEngine, fetch: Fetch
):
    film = payload_maker({"film.mkv": 3 << 20})
    lines = await make_lines(film, 1, rate=4000)
    lines.do("corrupt all 100000")
    stream = await make_engine(known_peers=lines.peers).open(film.torrent_file.read_bytes())
    reading = asyncio.create_task(fetch(stream.url))
    await phase(stream, TorrentPhase.STALLED)
    assert stream.progress.value.reason in (StallReason.NO_PEERS, StallReason.SLOW_PEERS)
    assert not reading.done()
    await stream.close()
    with pytest.raises((asyncio.IncompleteReadError, ConnectionError)):
        await reading


async def test_a_dead_tracker_and_a_peer_hint(
    show: Payload, seeder: DemoSeeder, make_engine: MakeEngine, fetch: Fetch
):
    host, port = seeder.endpoint(show.info_hash)[0]
    engine = make_engine(allow_local=True)
    uri = f"{show.magnet}&tr=http://127.0.0.1:9/announce&tr=udp://127.0.0.1:9&x.pe={host}:{port}"
    stream = await engine.open(uri, episode_hint="S01E02")
    assert (await fetch(stream.url)).body == show.files["Show.S01E02.mkv"]


HOSTILE = [
    ["..", "..", "up.mkv"],
    ["/etc", "abs.mkv"],
    ["CON", "aux.mkv"],
    ["ä" * 150, "long.mkv"],
    ["ev\u202eil\u2066", "bidi.mkv"],
    ["back\\slash", "b.mkv"],
    ["twice.mkv"],
    ["Twice.mkv"],
    ["x" * 300 + ".mkv"],
]


async def test_hostile_names_stay_inside_the_folder(
    make_engine: MakeEngine, fetch: Fetch, tmp_path: Path
):
    size = 1000
    data = bytes(range(250)) * (size // 250) * len(HOSTILE)
    piece = 16 * 1024
    hashes = b"".join(
        sha1(data[at : at + piece], usedforsecurity=False).digest()
        for at in range(0, len(data), piece)
    )
    files = [{b"length": size, b"path": [part.encode() for part in path]} for path in HOSTILE]
    info = {b"name": b"../../evil", b"piece length": piece, b"pieces": hashes, b"files": files}
    torrent = lt.bencode({b"info": info})
    source = tmp_path / "seed"
    session = lt.session(
        {"listen_interfaces": "127.0.0.5:0", "enable_dht": False, "enable_lsd": False,
         "enable_upnp": False, "enable_natpmp": False, "webtorrent_stun_server": ""}
    )  # fmt: skip
    params = lt.load_torrent_buffer(torrent)
    params.save_path = str(source)
    params.renamed_files = {index: f"f{index}" for index in range(len(HOSTILE))}
    source.mkdir()
    for index in range(len(HOSTILE)):
        (source / f"f{index}").write_bytes(data[index * size : (index + 1) * size])
    params.flags = lt.torrent_flags.seed_mode
    session.add_torrent(params)
    engine = make_engine(known_peers=lambda _: [("127.0.0.5", session.listen_port())])
    before = files_of(tmp_path)
    for index in range(len(HOSTILE)):
        stream = await engine.open(torrent, file_index=index)
        assert (await fetch(stream.url)).body == data[index * size : (index + 1) * size]
        await stream.close()
    await engine.close()
    cache = tmp_path / "cache"
    written = files_of(tmp_path) - before
    written = {path for path in written if not path.is_relative_to(tmp_path / "data")}
    assert written
    assert all(path.resolve().is_relative_to(cache.resolve()) for path in written)
    session.pause()


async def test_pieces_of_16_mb(
    payload_maker: MakePayload, make_seeder: MakeSeeder, make_engine: MakeEngine, fetch: Fetch
):
    film = payload_maker({"film.mkv": 40 << 20}, piece=16 << 20)
    stream = await make_engine(known_peers=make_seeder(film).endpoint).open(film.magnet)
    tail = await fetch(stream.url, "-70000")
    assert tail.body == film.files["film.mkv"][-70_000:]
    start = 17 << 20
    middle = await fetch(stream.url, f"{start}-", count=300_000)
    assert middle.body == film.files["film.mkv"][start : start + 300_000]


@pytest.mark.parametrize(
    "data",
    [b"i" * 50, b"d4:infod" + b"4:name" * 40, b"d4:infoi1ee", b"\xff" * 4096, b"d" * 5000],
)
async def test_bogus_bencoding(data: bytes, make_engine: MakeEngine):
    with pytest.raises(InvalidInput):
        await make_engine().open(data)
