"""The engine with real libtorrent sessions on loopback."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import libtorrent as lt
import pytest

from novastream_desktop.errors import InvalidInput, NotFound, TorrentError
from novastream_desktop.net.media_server import MediaServer
from novastream_desktop.settings import TorrentsSettings
from novastream_desktop.torrents.base import TorrentPhase, TorrentProgress, TorrentStream
from novastream_desktop.torrents.demo_seeder import DemoSeeder
from tests.torrents.swarm import Fetch, MakeEngine, MakePayload, MakeSeeder, Payload

E2 = "Show.S01E02.mkv"


async def until(stream: TorrentStream, wanted: Callable[[TorrentProgress], bool]) -> None:
    done = asyncio.Event()
    unwatch = stream.progress.watch(lambda p: done.set() if wanted(p) else None)
    await asyncio.wait_for(done.wait(), 30)
    unwatch()


@pytest.mark.parametrize("form", ["magnet", "hash", "path", "bytes"])
async def test_a_torrent_becomes_an_address_with_its_bytes(
    form: str, show: Payload, seeder: DemoSeeder, make_engine: MakeEngine, fetch: Fetch
):
    target = {
        "magnet": show.magnet,
        "hash": show.info_hash,
        "path": str(show.torrent_file),
        "bytes": show.torrent_file.read_bytes(),
    }[form]
    engine = make_engine(known_peers=seeder.endpoint)
    stream = await engine.open(target, episode_hint="S01E02")
    got = await fetch(stream.url)
    assert got.body == show.files[E2]
    assert got.headers["content-type"] == "video/x-matroska"
    assert stream.url.endswith(f"/{show.info_hash}/{stream.file.index}/{E2}")
    assert stream.info_hash == show.info_hash
    assert {Path(file.path).name for file in stream.files} == {Path(n).name for n in show.files}


async def test_a_jump_is_served_before_the_rest(
    payload_maker: MakePayload, make_seeder: MakeSeeder, make_engine: MakeEngine, fetch: Fetch
):
    film = payload_maker({"film.mkv": 24 << 20})
    engine = make_engine(known_peers=make_seeder(film).endpoint)
    stream = await engine.open(film.magnet)
    start = int(0.9 * (24 << 20))
    got = await fetch(stream.url, f"{start}-", count=100_000)
    assert got.status == 206
    assert got.body == film.files["film.mkv"][start : start + 100_000]


async def test_two_readers_at_once(
    show: Payload, seeder: DemoSeeder, make_engine: MakeEngine, fetch: Fetch
):
    engine = make_engine(known_peers=seeder.endpoint)
    stream = await engine.open(show.magnet, file_index=1)
    data = show.files[Path(stream.file.path).name]
    half = len(data) // 2
    head, tail = await asyncio.gather(
        fetch(stream.url, f"0-{half - 1}"), fetch(stream.url, f"{half}-")
    )
    assert head.body + tail.body == data


async def test_two_files_of_one_torrent(
    show: Payload, seeder: DemoSeeder, make_engine: MakeEngine, fetch: Fetch
):
    engine = make_engine(known_peers=seeder.endpoint)
    first = await engine.open(show.magnet, episode_hint="S01E01")
    second = await engine.open(show.magnet, episode_hint="S01E02")
    bodies = [(await fetch(stream.url)).body for stream in (first, second)]
    assert bodies == [show.files["Show.S01E01.mkv"], show.files[E2]]


async def test_only_the_played_file_is_fetched(
    show: Payload, seeder: DemoSeeder, make_engine: MakeEngine, fetch: Fetch, tmp_path: Path
):
    engine = make_engine(known_peers=seeder.endpoint)
    stream = await engine.open(show.magnet, episode_hint="S01E02")
    await fetch(stream.url)
    await until(stream, lambda p: p.phase is TorrentPhase.COMPLETE)
    saved = tmp_path / "cache" / show.info_hash / "show"
    assert [path.name for path in saved.rglob("*") if path.is_file()] == [E2]


@pytest.mark.parametrize(
    "kind", [lt.create_torrent.v1_only, 0, lt.create_torrent.v2_only], ids=["v1", "hybrid", "v2"]
)
async def test_every_kind_of_torrent(
    kind: int,
    payload_maker: MakePayload,
    make_seeder: MakeSeeder,
    make_engine: MakeEngine,
    fetch: Fetch,
):
    sizes = {"a.mkv": 200_001, "b.mkv": 500_003, "empty.srt": 0, "c.txt": 7}
    pack = payload_maker(sizes, kind=kind)
    engine = make_engine(known_peers=make_seeder(pack).endpoint)
    for name in ("b.mkv", "a.mkv"):
        listed = (await engine.open(pack.torrent_file.read_bytes())).files
        index = next(file.index for file in listed if file.path.endswith(name))
        stream = await engine.open(pack.magnet, file_index=index)
        assert (await fetch(stream.url)).body == pack.files[name]


@pytest.mark.parametrize("piece", [1 << 14, 1 << 20])
async def test_small_and_large_pieces(
    piece: int,
    payload_maker: MakePayload,
    make_seeder: MakeSeeder,
    make_engine: MakeEngine,
    fetch: Fetch,
):
    film = payload_maker({"film.mp4": 5_000_123}, piece=piece)
    engine = make_engine(known_peers=make_seeder(film).endpoint)
    stream = await engine.open(film.magnet)
    tail = await fetch(stream.url, "-1000")
    assert tail.body == film.files["film.mp4"][-1000:]
    assert (await fetch(stream.url)).body == film.files["film.mp4"]


@pytest.mark.parametrize("kind", [lt.create_torrent.v1_only, 0, lt.create_torrent.v2_only])
@pytest.mark.parametrize("empty", ["a.srt", "c.srt"])
async def test_an_empty_file(
    kind: int, empty: str, payload_maker: MakePayload, make_engine: MakeEngine, fetch: Fetch
):
    pack = payload_maker({"b.mkv": 2 << 16, empty: 0}, kind=kind, piece=1 << 16)
    engine = make_engine()
    data = pack.torrent_file.read_bytes()
    files = (await engine.open(data)).files
    index = next(file.index for file in files if file.path.endswith(empty))
    stream = await engine.open(data, file_index=index)
    assert (await fetch(stream.url)).body == b""
    assert (await fetch(stream.url, "0-")).status == 416
    assert stream.progress.value.phase is TorrentPhase.COMPLETE


async def test_nothing_is_fetched_twice_after_a_restart(
    show: Payload, seeder: DemoSeeder, make_engine: MakeEngine, fetch: Fetch
):
    first = make_engine(known_peers=seeder.endpoint)
    stream = await first.open(show.magnet, episode_hint="S01E02")
    await fetch(stream.url)
    await first.close()
    again = make_engine()  # knows no peer
    stream = await again.open(show.magnet, episode_hint="S01E02")
    assert (await fetch(stream.url)).body == show.files[E2]
    assert stream.progress.value.phase is TorrentPhase.COMPLETE


async def test_a_part_is_kept_and_the_rest_is_fetched(
    payload_maker: MakePayload, make_seeder: MakeSeeder, make_engine: MakeEngine, fetch: Fetch
):
    film = payload_maker({"film.mkv": 6 << 20})
    first_seeder = make_seeder(film)
    first = make_engine(
        TorrentsSettings(download_limit=2_000_000), known_peers=first_seeder.endpoint
    )
    stream = await first.open(film.magnet)
    await fetch(stream.url, "0-", count=500_000)
    await first.close()
    second = make_engine(known_peers=first_seeder.endpoint)
    stream = await second.open(film.magnet)
    assert 0 < stream.progress.value.fraction < 1
    assert (await fetch(stream.url)).body == film.files["film.mkv"]


async def test_kept_data_that_was_deleted_is_fetched_again(
    show: Payload, seeder: DemoSeeder, make_engine: MakeEngine, fetch: Fetch, tmp_path: Path
):
    first = make_engine(known_peers=seeder.endpoint)
    await fetch((await first.open(show.magnet, episode_hint="S01E02")).url)
    await first.close()
    (tmp_path / "cache" / show.info_hash / "show" / E2).unlink()
    second = make_engine(known_peers=seeder.endpoint)
    stream = await second.open(show.magnet, episode_hint="S01E02")
    assert (await fetch(stream.url)).body == show.files[E2]


async def test_progress_tells_how_it_goes(
    show: Payload, seeder: DemoSeeder, make_engine: MakeEngine, fetch: Fetch
):
    engine = make_engine(known_peers=seeder.endpoint)
    stream = await engine.open(show.magnet, episode_hint="S01E02")
    await fetch(stream.url)
    await until(stream, lambda p: p.phase is TorrentPhase.COMPLETE)
    assert stream.progress.value.fraction == 1
    assert set(stream.progress.value.pieces) == {"2"}
    assert len(stream.progress.value.pieces) <= 200


async def test_only_the_whole_address_opens_a_stream(
    show: Payload, seeder: DemoSeeder, make_engine: MakeEngine, fetch: Fetch
):
    engine = make_engine(known_peers=seeder.endpoint)
    stream = await engine.open(show.magnet, episode_hint="S01E02")
    base, secret, info_hash, index, name = stream.url.rsplit("/", 4)
    other = "0" * len(secret)
    for path in (
        f"{other}/{info_hash}/{index}/{name}",
        f"/{info_hash}/{index}/{name}",
        f"{secret}/{'0' * 40}/{index}/{name}",
        f"{secret}/{info_hash}/99/{name}",
        f"{secret}/{info_hash}/+{index}/{name}",
        f"{secret}/{info_hash}",
        f"{secret}",
    ):
        assert (await fetch(f"{base}/{path}")).status == 404
    assert (await fetch(stream.url, host="evil.example")).status == 403
    assert (await fetch(f"{base}/{secret}/{info_hash}/{index}/..%2f..%2fetc", "0-9")).status == 206


async def test_a_closed_stream_is_gone(
    show: Payload, seeder: DemoSeeder, make_engine: MakeEngine, fetch: Fetch
):
    engine = make_engine(known_peers=seeder.endpoint)
    stream = await engine.open(show.magnet, episode_hint="S01E02")
    await stream.close()
    await stream.close()
    assert (await fetch(stream.url)).status == 404


async def test_closing_ends_a_reader_that_waits(
    payload_maker: MakePayload, make_engine: MakeEngine, media_server: MediaServer
):
    film = payload_maker({"film.mkv": 3 << 20})
    engine = make_engine()
    stream = await engine.open(film.torrent_file.read_bytes())
    reader, writer = await asyncio.open_connection("127.0.0.1", media_server.port)
    path = stream.url.partition(str(media_server.port))[2]
    writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost:{media_server.port}\r\n\r\n".encode())
    await reader.readuntil(b"\r\n\r\n")
    await stream.close()
    assert await _rest(reader) == b""
    writer.close()


async def _rest(reader: asyncio.StreamReader) -> bytes:
    try:
        return await reader.read()
    except ConnectionError:
        return b""


async def test_a_stream_opens_again_after_a_pause(
    show: Payload, seeder: DemoSeeder, make_engine: MakeEngine, fetch: Fetch
):
    engine = make_engine(known_peers=seeder.endpoint)
    stream = await engine.open(show.magnet, episode_hint="S01E01")
    await stream.close()
    stream = await engine.open(show.magnet, episode_hint="S01E02")
    assert (await fetch(stream.url)).body == show.files[E2]


async def test_an_unused_session_ends_and_comes_back(
    show: Payload, seeder: DemoSeeder, make_engine: MakeEngine, fetch: Fetch
):
    engine = make_engine(known_peers=seeder.endpoint, linger=0)
    stream = await engine.open(show.magnet, episode_hint="S01E01")
    ended = asyncio.Event()
    engine.awake.watch(lambda awake: None if awake else ended.set())
    await stream.close()
    await asyncio.wait_for(ended.wait(), 30)
    stream = await engine.open(show.magnet, episode_hint="S01E02")
    assert (await fetch(stream.url)).body == show.files[E2]


async def test_nothing_is_loaded_before_the_first_torrent(make_engine: MakeEngine):
    assert not make_engine().awake.value


async def test_a_switched_off_engine_says_so(show: Payload, make_engine: MakeEngine):
    engine = make_engine(TorrentsSettings(enabled=False))
    with pytest.raises(TorrentError, match="switched off"):
        await engine.open(show.magnet)
    assert not engine.awake.value


async def test_details_that_never_come_end_the_wait(make_engine: MakeEngine):
    engine = make_engine(metadata_timeout=0.1)
    with pytest.raises(TorrentError, match="did not arrive") as caught:
        await engine.open("magnet:?xt=urn:btih:" + "ab" * 20 + "&tr=udp%3A%2F%2Fexample.org%3A1")
    assert "1 tracker" in caught.value.why


@pytest.mark.parametrize("data", [b"", b"d", b"garbage", b"d4:info" + b"l" * 500 + b"e" * 501])
async def test_a_damaged_torrent_is_refused(data: bytes, make_engine: MakeEngine):
    with pytest.raises(InvalidInput):
        await make_engine().open(data)


@pytest.mark.parametrize("index", [-1, 3, 99])
async def test_a_file_that_is_not_there(index: int, show: Payload, make_engine: MakeEngine):
    with pytest.raises(NotFound):
        await make_engine().open(show.torrent_file.read_bytes(), file_index=index)


async def test_an_episode_that_is_not_there(show: Payload, make_engine: MakeEngine):
    with pytest.raises(TorrentError, match="S01E07"):
        await make_engine().open(show.torrent_file.read_bytes(), episode_hint="S01E07")


async def test_a_missing_file_and_address_are_refused(make_engine: MakeEngine, tmp_path: Path):
    for target in ("https://example.org/x.torrent", "words", str(tmp_path / "folder.torrent")):
        (tmp_path / "folder.torrent").mkdir(exist_ok=True)
        with pytest.raises(InvalidInput):
            await make_engine().open(target)
    for target in (tmp_path / "none.torrent", tmp_path / "no" / "none.torrent"):
        with pytest.raises(NotFound, match="There is no file"):
            await make_engine().open(str(target))


async def test_a_folder_that_cannot_be_made_is_told(
    show: Payload, make_engine: MakeEngine, tmp_path: Path
):
    (tmp_path / "plain").write_text("a file")
    engine = make_engine(cache_dir=tmp_path / "plain" / "cache")
    with pytest.raises(TorrentError, match="cannot be saved"):
        await engine.open(show.torrent_file.read_bytes())


async def test_too_little_room_is_told_before_the_start(
    show: Payload, make_engine: MakeEngine, monkeypatch: pytest.MonkeyPatch
):
    class Usage:
        free = 1000

    monkeypatch.setattr("shutil.disk_usage", lambda _: Usage)
    with pytest.raises(TorrentError, match="not enough room"):
        await make_engine().open(show.torrent_file.read_bytes())


async def test_a_loopback_interface_keeps_to_this_machine(
    show: Payload, seeder: DemoSeeder, make_engine: MakeEngine, fetch: Fetch
):
    host, port = seeder.endpoint(show.info_hash)[0]
    engine = make_engine(TorrentsSettings(bind_interface="127.0.0.2"), discovery=True)
    stream = await engine.open(f"{show.magnet}&x.pe={host}:{port}", episode_hint="S01E02")
    assert (await fetch(stream.url)).body == show.files[E2]


async def test_a_link_cannot_make_us_call_this_machine(
    show: Payload, seeder: DemoSeeder, make_engine: MakeEngine
):
    host, port = seeder.endpoint(show.info_hash)[0]
    engine = make_engine(metadata_timeout=0.5)
    with pytest.raises(TorrentError, match="did not arrive"):
        await engine.open(f"{show.magnet}&x.pe={host}:{port}")
