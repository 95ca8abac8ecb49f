"""Transfers, prefetch, health, subtitles and live settings, with real sessions on loopback."""

from __future__ import annotations

import asyncio
import struct
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import libtorrent as lt
import pytest

from novastream_desktop.errors import TorrentError
from novastream_desktop.models import HealthStatus, SourceType, StreamSource
from novastream_desktop.runtime import Observable
from novastream_desktop.settings import TorrentsSettings
from novastream_desktop.torrents import _host
from novastream_desktop.torrents._background import Background
from novastream_desktop.torrents._stream import FileStream
from novastream_desktop.torrents.base import (
    StallReason,
    TorrentPhase,
    Transfer,
    TransferFile,
    TransferState,
)
from novastream_desktop.torrents.demo_seeder import DemoSeeder
from tests.torrents.swarm import Fetch, MakeEngine, MakePayload, MakeSeeder, Payload

E1, E2 = "Show.S01E01.mkv", "Show.S01E02.mkv"


async def until(watched: Observable, wanted: Callable[[object], bool]) -> None:
    async with asyncio.timeout(60):
        while not wanted(watched.value):  # noqa: ASYNC110  (some look at what nobody tells)
            await asyncio.sleep(0.02)


def source(url: str, **facts: object) -> StreamSource:
    return StreamSource(url=url, type=SourceType.TORRENT, **facts)


def only(transfers: tuple[Transfer, ...]) -> Transfer:
    (transfer,) = transfers
    return transfer


async def test_a_transfer_is_listed_kept_and_removed(
    show: Payload, seeder: DemoSeeder, make_engine: MakeEngine, fetch: Fetch, tmp_path: Path
):
    engine = make_engine(known_peers=seeder.endpoint)
    assert engine.transfers.value == ()
    stream = await engine.open(show.magnet, episode_hint="S01E02")
    await fetch(stream.url)
    await until(engine.transfers, lambda all_: only(all_).state is TransferState.COMPLETE)
    found = only(engine.transfers.value)
    assert (found.name, found.playing, found.fraction) == ("show", True, 1.0)
    assert found.path == tmp_path / "cache" / show.info_hash
    await stream.close()
    assert only(engine.transfers.value).state is TransferState.IDLE
    await engine.close()

    again = make_engine()
    kept = only(again.transfers.value)
    assert (kept.id, kept.state, kept.size) == (show.info_hash, TransferState.IDLE, found.size)
    assert not again.awake.value
    await again.remove(show.info_hash, delete_data=True)
    assert again.transfers.value == ()
    assert not found.path.exists()
    assert make_engine().transfers.value == ()


async def test_removing_without_data_keeps_the_files(
    show: Payload, seeder: DemoSeeder, make_engine: MakeEngine, fetch: Fetch
):
    engine = make_engine(known_peers=seeder.endpoint)
    stream = await engine.open(show.magnet, episode_hint="S01E02")
    await fetch(stream.url)
    folder = only(engine.transfers.value).path
    await engine.remove(show.info_hash, delete_data=False)
    assert engine.transfers.value == ()
    assert (folder / "show" / E2).read_bytes() == show.files[E2]
    assert (await fetch(stream.url)).status == 404


async def test_a_paused_transfer_waits_and_goes_on(
    payload_maker: MakePayload, make_seeder: MakeSeeder, make_engine: MakeEngine, fetch: Fetch
):
    film = payload_maker({"film.mkv": 6 << 20})
    engine = make_engine(
        TorrentsSettings(download_limit=1_000_000), known_peers=make_seeder(film).endpoint
    )
    stream = await engine.open(film.magnet)
    await engine.pause(film.info_hash)
    await until(stream.progress, lambda p: p.phase is TorrentPhase.STALLED)
    assert stream.progress.value.reason is StallReason.PAUSED
    assert only(engine.transfers.value).state is TransferState.PAUSED
    reading = asyncio.create_task(fetch(stream.url, "-100000"))
    await engine.resume(film.info_hash)
    await engine.apply(TorrentsSettings())  # no limit
    assert (await reading).body == film.files["film.mkv"][-100_000:]
    assert (await fetch(stream.url)).body == film.files["film.mkv"]
    await engine.pause("f" * 40)
    await engine.resume("f" * 40)


async def test_the_rest_is_fetched_although_nobody_plays(
    payload_maker: MakePayload, make_seeder: MakeSeeder, make_engine: MakeEngine
):
    film = payload_maker({"film.mkv": 4 << 20})
    seeder = make_seeder(film)
    engine = make_engine(TorrentsSettings(download_limit=300_000), known_peers=seeder.endpoint)
    stream = await engine.open(film.magnet)
    await stream.close()
    assert only(engine.transfers.value).fraction < 1
    await engine.apply(TorrentsSettings())
    await engine.resume(film.info_hash)
    assert not only(engine.transfers.value).playing
    await until(
        engine.transfers,
        lambda all_: only(all_).fraction == 1 and only(all_).state is TransferState.IDLE,
    )


async def test_switching_off_ends_everything_at_once(
    show: Payload, seeder: DemoSeeder, make_engine: MakeEngine, fetch: Fetch
):
    engine = make_engine(known_peers=seeder.endpoint)
    stream = await engine.open(show.magnet, episode_hint="S01E02")
    await engine.apply(TorrentsSettings(enabled=False))
    assert not engine.awake.value
    assert (await fetch(stream.url)).status == 404
    with pytest.raises(TorrentError, match="switched off"):
        await engine.open(show.magnet)
    assert (await engine.health(source(show.magnet))).status is HealthStatus.UNKNOWN
    assert not engine.awake.value


async def test_no_socket_without_the_interface(
    show: Payload, seeder: DemoSeeder, make_engine: MakeEngine
):
    engine = make_engine(TorrentsSettings(bind_interface="nsvpn77"), known_peers=seeder.endpoint)
    with pytest.raises(TorrentError, match="nsvpn77"):
        await engine.open(show.magnet)
    assert not engine.awake.value


async def test_losing_the_interface_holds_everything_until_it_is_back(
    payload_maker: MakePayload, make_seeder: MakeSeeder, make_engine: MakeEngine, fetch: Fetch
):
    film = payload_maker({"film.mkv": 8 << 20})
    there = True
    settings = TorrentsSettings(bind_interface="127.0.0.3", download_limit=1_000_000)
    engine = make_engine(
        settings, known_peers=make_seeder(film).endpoint, interface_present=lambda _: there
    )
    stream = await engine.open(film.magnet)
    await fetch(stream.url, "0-", count=1000)
    there = False
    engine._host._guard.look()  # what the system's news lead to
    assert stream.progress.value.reason is StallReason.INTERFACE
    assert only(engine.transfers.value).state is TransferState.STALLED
    assert engine._host._session.listen_port() == 0
    with pytest.raises(TorrentError, match=r"127\.0\.0\.3"):
        await engine.open(film.magnet)
    there = True
    engine._host._guard.look()
    await engine.apply(settings.model_copy(update={"download_limit": 0}))
    assert (await fetch(stream.url)).body == film.files["film.mkv"]


async def test_the_ends_of_the_next_episode_are_fetched_when_this_one_is_safe(
    payload_maker: MakePayload, make_seeder: MakeSeeder, make_engine: MakeEngine, fetch: Fetch
):
    sizes = {"S.S01E01.mkv": 2 << 20, "S.S01E02.mkv": 24 << 20}
    pack = payload_maker(sizes)
    engine = make_engine(known_peers=make_seeder(pack).endpoint)
    first = await engine.open(pack.magnet, episode_hint="S01E01")
    await engine.prefetch(pack.magnet, episode_hint="S01E02")
    await fetch(first.url)
    torrent = first.torrent
    entry = torrent.metadata.result().files[1 if "E02" in first.files[1].path else 0]

    def have() -> int:
        return torrent.bytes_on_disk(entry)

    await until(engine.transfers, lambda _: have() >= (9 << 20))
    assert have() < 12 << 20  # head and tail, not all
    second = await engine.open(pack.magnet, episode_hint="S01E02")
    await first.close()
    assert (await fetch(second.url, "-1000")).body == pack.files["S.S01E02.mkv"][-1000:]


async def test_the_next_torrent_is_fetched_ahead_too(
    payload_maker: MakePayload, make_seeder: MakeSeeder, make_engine: MakeEngine, fetch: Fetch
):
    one, two = payload_maker({"one.mkv": 1 << 20}), payload_maker({"two.mkv": 3 << 20})
    seeders = [make_seeder(one), make_seeder(two)]
    engine = make_engine(known_peers=lambda h: [p for s in seeders for p in s.endpoint(h)])
    stream = await engine.open(one.magnet)
    await fetch(stream.url)
    await engine.prefetch(two.magnet)
    await engine.prefetch("magnet:?xt=urn:btih:" + "ef" * 20)  # replaces it
    await engine.prefetch(two.magnet)
    await until(
        engine.transfers,
        lambda _: (
            (t := engine._host.torrents.get(two.info_hash)) is not None
            and t.metadata.done()
            and t.bytes_on_disk(t.metadata.result().files[0]) == 3 << 20
        ),
    )


async def test_subtitles_beside_the_video_are_served(
    payload_maker: MakePayload, make_seeder: MakeSeeder, make_engine: MakeEngine, fetch: Fetch
):
    sizes = {E1: 2_000_000, E2: 2_000_000, "Show.S01E02.en.srt": 70_000, "Show.S01E01.srt": 50}
    pack = payload_maker(sizes)
    engine = make_engine(known_peers=make_seeder(pack).endpoint)
    stream = await engine.open(pack.magnet, episode_hint="S01E02")
    (track,) = stream.subtitles
    assert (track.lang, track.label, track.size) == ("en", "en", 70_000)
    video, text = await asyncio.gather(fetch(stream.url), fetch(track.url))
    assert text.body == pack.files["Show.S01E02.en.srt"]
    assert video.body == pack.files[E2]


async def test_a_chosen_file_is_remembered(
    payload_maker: MakePayload, make_seeder: MakeSeeder, make_engine: MakeEngine
):
    pack = payload_maker({"a/X - 02.mkv": 90_000, "b/Y - 02.mkv": 80_000, "b/Y - 03.mkv": 70_000})
    engine = make_engine(known_peers=make_seeder(pack).endpoint)
    with pytest.raises(TorrentError, match="Which file") as caught:
        await engine.open(pack.magnet, episode_hint="S02E02")
    wanted = caught.value.candidates[-1]
    stream = await engine.open(
        pack.magnet, file_index=wanted.index, episode_hint="S02E02", by_hand=True
    )
    await stream.close()
    await engine.close()
    later = make_engine(known_peers=make_seeder(pack).endpoint)
    again = await later.open(pack.magnet, episode_hint="S02E02")
    assert again.file.index == wanted.index
    # it counts more than what a provider says, and for the episodes beside it
    said = await later.open(pack.magnet, file_index=0, episode_hint="S02E02")
    assert said.file.index == wanted.index
    beside = await later.open(pack.magnet, episode_hint="S02E03")
    assert beside.file.path == "show/b/Y - 03.mkv"


async def test_a_file_is_fetched_by_its_own(
    payload_maker: MakePayload, make_seeder: MakeSeeder, make_engine: MakeEngine
):
    sizes = {"S.S01E01.mkv": 200_000, "S.S01E02.mkv": 300_000, "S.S01E03.mkv": 250_000}
    pack = payload_maker(sizes, piece=1 << 14)
    engine = make_engine(known_peers=make_seeder(pack).endpoint)
    assert await engine.files(pack.info_hash) == ()
    await (await engine.open(pack.magnet, episode_hint="S01E01")).close()
    [_, second, third] = sorted(await engine.files(pack.info_hash), key=lambda f: f.path)
    assert (second.playable, second.wanted, second.done) == (True, False, 0)
    await engine.fetch(pack.info_hash, second.index, on=True)
    await engine.fetch(pack.info_hash, third.index, on=True)
    await engine.fetch(pack.info_hash, third.index, on=False)

    async def told(index: int) -> TransferFile:
        return next(f for f in await engine.files(pack.info_hash) if f.index == index)

    changed = asyncio.Event()
    unwatch = engine.transfers.watch(lambda _: changed.set())
    while (await told(second.index)).done < 1:
        await changed.wait()
        changed.clear()
    unwatch()
    assert (await told(second.index)).wanted
    assert not (await told(third.index)).wanted
    await engine.close()
    later = make_engine()
    [kept] = [f for f in await later.files(pack.info_hash) if f.index == second.index]
    assert kept.done == 1
    assert not later.awake.value


async def test_a_file_that_is_asked_for_twice_or_taken_back_at_once_leaves_nothing_open(
    payload_maker: MakePayload, make_seeder: MakeSeeder, make_engine: MakeEngine
):
    pack = payload_maker({"S.S01E01.mkv": 200_000, "S.S01E02.mkv": 4_000_000}, piece=1 << 14)
    slow = TorrentsSettings(download_limit=64_000)
    engine = make_engine(slow, known_peers=make_seeder(pack).endpoint)
    await (await engine.open(pack.magnet, episode_hint="S01E01")).close()
    [_, second] = sorted(await engine.files(pack.info_hash), key=lambda f: f.path)
    twice = [engine.fetch(pack.info_hash, second.index, on=True) for _ in range(2)]
    await asyncio.gather(*twice)
    assert len(engine._shelf.all()) == 1
    await engine.pause(pack.info_hash)
    assert engine._shelf.all() == ()
    await asyncio.gather(
        engine.fetch(pack.info_hash, second.index, on=True),
        engine.fetch(pack.info_hash, second.index, on=False),
    )
    assert engine._shelf.all() == ()


async def test_two_that_end_what_is_fetched_at_once_disturb_nobody():
    closed: list[int] = []

    class Fetched:
        info_hash = "a" * 40

        def __init__(self, index: int) -> None:
            self.entry = SimpleNamespace(index=index)
            self.torrent = SimpleNamespace(demand=SimpleNamespace(background=False))

        async def close(self) -> None:
            await asyncio.sleep(0.01)
            closed.append(self.entry.index)

    background = Background()
    for index in range(2):
        await background.begin(Fetched(index))
    await asyncio.gather(background.end("a" * 40), background.end("a" * 40, 1))
    assert sorted(closed) == [0, 1]


async def test_health_of_what_is_on_disk_needs_no_session(
    show: Payload, seeder: DemoSeeder, make_engine: MakeEngine, fetch: Fetch
):
    engine = make_engine(known_peers=seeder.endpoint)
    stream = await engine.open(show.magnet, episode_hint="S01E02")
    await fetch(stream.url)
    await until(stream.progress, lambda p: p.phase is TorrentPhase.COMPLETE)
    index = stream.file.index
    await engine.close()
    again = make_engine()
    found = await again.health(source(show.magnet, file_index=index))
    assert (found.status, found.detail) == (HealthStatus.HEALTHY, "on disk")
    assert not again.awake.value


async def test_health_by_a_peer_that_answers(
    show: Payload, seeder: DemoSeeder, make_engine: MakeEngine
):
    host, port = seeder.endpoint(show.info_hash)[0]
    engine = make_engine(allow_local=True)
    found = await engine.health(source(f"{show.magnet}&x.pe={host}:{port}"))
    assert found.status is HealthStatus.HEALTHY
    assert found.latency_ms
    assert engine.transfers.value == ()  # it was only looked at
    assert (await engine.health(source("magnet:?dn=nothing"))).status is HealthStatus.UNKNOWN


class UdpTracker(asyncio.DatagramProtocol):
    """Counts swarms (BEP 15); `actions` holds what it was asked."""

    def __init__(self, seeds: int, peers: int) -> None:
        self.counts = (seeds, 0, peers)
        self.actions: list[int] = []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        _, action, number = struct.unpack("!QII", data[:16])
        self.actions.append(action)
        if action == 0:
            self.transport.sendto(struct.pack("!IIQ", 0, number, 7), addr)
        elif action == 2:
            self.transport.sendto(struct.pack("!IIIII", 2, number, *self.counts), addr)


@pytest.mark.parametrize(
    ("seeds", "peers", "status"),
    [(7, 1, HealthStatus.HEALTHY), (1, 0, HealthStatus.DEGRADED), (0, 0, HealthStatus.DEAD)],
)
async def test_health_by_a_scrape(
    seeds: int, peers: int, status: HealthStatus, make_engine: MakeEngine
):
    transport, tracker = await asyncio.get_running_loop().create_datagram_endpoint(
        lambda: UdpTracker(seeds, peers), ("127.0.0.1", 0)
    )
    engine = make_engine(allow_local=True)
    port = transport.get_extra_info("sockname")[1]
    found = await engine.health(
        source(f"magnet:?xt=urn:btih:{'ab' * 20}&tr=udp://127.0.0.1:{port}/announce")
    )
    transport.close()
    assert found.status is status
    assert 2 in tracker.actions
    assert 1 not in tracker.actions  # nobody was told that we are there


async def test_what_is_left_asks_for_nothing_and_meets_nobody_soon_after(
    payload_maker: MakePayload,
    make_seeder: MakeSeeder,
    make_engine: MakeEngine,
    monkeypatch: pytest.MonkeyPatch,
):
    assert _host._REST_AFTER == 20.0  # seconds after the player was left
    monkeypatch.setattr(_host, "_REST_AFTER", 0.5)
    film = payload_maker({"film.mkv": 8 << 20})
    slow = TorrentsSettings(download_limit=200_000)
    engine = make_engine(slow, known_peers=make_seeder(film).endpoint)
    stream = await engine.open(film.magnet)
    assert isinstance(stream, FileStream)
    await until(stream.progress, lambda p: p.download_rate > 0)
    torrent, rests = stream.torrent, asyncio.Event()
    sleep = torrent.sleep
    monkeypatch.setattr(torrent, "sleep", lambda: (sleep(), rests.set()))
    await stream.close()
    assert not torrent.demand.wanted
    assert not torrent.asleep
    again = await engine.open(film.magnet)  # soon enough: its peers are still there
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(rests.wait(), 0.8)
    await again.close()
    await asyncio.wait_for(rests.wait(), 10)
    assert torrent.handle.raw.status().flags & lt.torrent_flags.paused  # type: ignore[attr-defined]
    assert only(engine.transfers.value).state is TransferState.IDLE
