"""Where peers and details come from: trackers, the hash table, web seeds; and private torrents."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from novastream_desktop.errors import TorrentError
from novastream_desktop.models import SourceType, StreamSource
from novastream_desktop.net.media_server import MediaServer, folder_resolver
from novastream_desktop.torrents import _libtorrent
from novastream_desktop.torrents._port import SessionOptions
from novastream_desktop.torrents.engine import LibtorrentEngine
from tests.torrents.outside import QUIET, HashTableNode, HttpTracker, OddPeer, compact
from tests.torrents.swarm import Fetch, MakeEngine, MakePayload, MakeSeeder

FILM = {"film.mkv": 3 << 20}


async def until(done: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not done():  # noqa: ASYNC110  (others tell nobody)
            await asyncio.sleep(0.02)


@pytest.fixture
async def tracker() -> AsyncIterator[HttpTracker]:
    tracker = HttpTracker([])
    yield tracker
    await tracker.close()


@pytest.fixture
async def hash_table(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[HashTableNode]:
    """The only node of the hash table; `introduce` it to an engine."""
    _, node = await asyncio.get_running_loop().create_datagram_endpoint(
        HashTableNode, ("127.0.0.1", 0)
    )
    settings_of = _libtorrent.session_settings

    def on_loopback(options: SessionOptions) -> dict[str, int | bool | str]:
        if not options.discovery:
            return settings_of(options)
        here = {"listen_interfaces": "127.0.0.22:0", "enable_dht": True, "dht_bootstrap_nodes": ""}
        return settings_of(options) | QUIET | here

    monkeypatch.setattr(_libtorrent, "session_settings", on_loopback)
    yield node
    node.close()


async def introduce(node: HashTableNode, engine: LibtorrentEngine) -> None:
    async with engine._host.use() as session:
        session._session.add_dht_node(node.endpoint)
        await until(lambda: bool(node.heard))


async def test_a_tracker_alone_leads_to_peers(
    tracker: HttpTracker,
    payload_maker: MakePayload,
    make_seeder: MakeSeeder,
    make_engine: MakeEngine,
    fetch: Fetch,
):
    film = payload_maker(FILM, tracker=await tracker.start(), private=True)
    tracker.peers = list(make_seeder(film).endpoint(film.info_hash))
    stream = await make_engine(allow_local=True).open(film.torrent_file.read_bytes())
    assert (await fetch(stream.url)).body == film.files["film.mkv"]
    assert set(tracker.heard) == {film.info_hash}


async def test_the_hash_table_alone_leads_from_a_link_to_peers(
    hash_table: HashTableNode,
    payload_maker: MakePayload,
    make_seeder: MakeSeeder,
    make_engine: MakeEngine,
    fetch: Fetch,
):
    film = payload_maker(FILM)
    hash_table.peers = list(make_seeder(film).endpoint(film.info_hash))
    engine = make_engine(allow_local=True, discovery=True)
    await introduce(hash_table, engine)
    stream = await engine.open(film.magnet)
    assert (await fetch(stream.url)).body == film.files["film.mkv"]


async def test_known_nodes_of_the_hash_table_outlive_the_session(
    hash_table: HashTableNode, payload_maker: MakePayload, make_engine: MakeEngine, tmp_path: Path
):
    film = payload_maker(FILM)
    engine = make_engine(allow_local=True, discovery=True)
    await introduce(hash_table, engine)
    await engine.open(film.torrent_file.read_bytes())
    await until(lambda: hash_table.about(film.info_hash))
    await engine.close()
    assert compact(hash_table.endpoint) in (tmp_path / "data" / "session.state").read_bytes()


async def test_a_private_torrent_is_told_to_its_trackers_only(
    hash_table: HashTableNode, payload_maker: MakePayload, make_engine: MakeEngine
):
    """The same with a public one shows that it would have been heard."""
    private, public = payload_maker(FILM, private=True), payload_maker({"other.mkv": 1 << 20})
    peers = [OddPeer(private.info_hash), OddPeer(public.info_hash)]
    ends = {peer: await peer.start() for peer in peers}
    known = {private.info_hash: [ends[peers[0]]], public.info_hash: [ends[peers[1]]]}
    engine = make_engine(allow_local=True, discovery=True, known_peers=known.get)
    await introduce(hash_table, engine)
    streams = [await engine.open(p.torrent_file.read_bytes()) for p in (private, public)]
    for peer in peers:
        await asyncio.wait_for(peer.greeted.wait(), 30)
    for stream in streams:
        stream.torrent.handle.reannounce()
    await engine.health(StreamSource(url=str(private.torrent_file), type=SourceType.TORRENT))
    await until(lambda: hash_table.about(public.info_hash))
    assert not hash_table.about(private.info_hash)
    assert "ut_pex" in peers[1].offered
    assert "ut_pex" not in peers[0].offered
    for peer in peers:
        await peer.close()


async def test_a_link_adds_no_tracker_to_a_private_torrent(
    tracker: HttpTracker, payload_maker: MakePayload, make_engine: MakeEngine
):
    film = payload_maker(FILM, private=True)
    stranger = await tracker.start()
    engine = make_engine(allow_local=True)
    await engine.open(film.torrent_file.read_bytes())
    await engine.close()
    again = make_engine(allow_local=True)
    stream = await again.open(f"{film.magnet}&tr={stranger}")
    assert stream.torrent.metadata.result().private
    assert not stream.torrent.handle.raw.trackers()


@pytest.mark.parametrize(
    ("sizes", "wanted"),
    [
        ({"film.mkv": 3 << 20}, "film.mkv"),
        ({"S.S01E01.mkv": 2_000_001, "e.srt": 0, "S.S01E02.mkv": 3_000_000}, "S.S01E02.mkv"),
    ],
)
async def test_a_web_seed_alone_is_enough(  # noqa: PLR0917  (fixtures)
    sizes: dict[str, int],
    wanted: str,
    payload_maker: MakePayload,
    make_engine: MakeEngine,
    fetch: Fetch,
    tmp_path: Path,
):
    seed = MediaServer()
    await seed.start()
    try:
        pack = payload_maker(sizes, web_seed=seed.url("seed", ""))
        seed.mount("seed", folder_resolver(pack.folder.parent))
        engine = make_engine(allow_local=True)
        stream = await engine.open(pack.torrent_file.read_bytes(), episode_hint="S01E02")
        data = pack.files[wanted]
        jump = await fetch(stream.url, f"{len(data) - 70_000}-")
        assert jump.body == data[-70_000:]
        assert (await fetch(stream.url)).body == data
    finally:
        await seed.close()


@pytest.mark.parametrize("details", [b"", b"d4:name4:evil12:piece lengthi16384ee" * 10])
async def test_a_peer_without_right_details_ends_in_an_error(
    details: bytes, payload_maker: MakePayload, make_engine: MakeEngine
):
    film = payload_maker(FILM)
    peer = OddPeer(film.info_hash, details)
    endpoint = await peer.start()
    engine = make_engine(metadata_timeout=1.5, known_peers=lambda _: [endpoint])
    with pytest.raises(TorrentError, match="did not arrive in 2 s") as caught:
        await engine.open(film.magnet)
    assert "asked: 1 peer" in caught.value.why
    assert peer.greeted.is_set()
    assert bool(peer.asked) is bool(details)
    assert engine.transfers.value == ()
    await peer.close()
