"""Limits that change while torrents run, giving back, and an engine that sleeps."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import libtorrent as lt
import pytest

from novastream_desktop.settings import TorrentsSettings
from novastream_desktop.torrents.base import TorrentPhase
from novastream_desktop.torrents.engine import LibtorrentEngine
from tests.torrents.outside import Leecher
from tests.torrents.swarm import Fetch, MakeEngine, MakePayload, MakeSeeder, Payload

FILES = Path("/proc/self/fd")


async def until(done: Callable[[], bool]) -> None:
    async with asyncio.timeout(40):
        while not done():  # noqa: ASYNC110  (others tell nobody)
            await asyncio.sleep(0.02)


def endpoint(engine: LibtorrentEngine) -> tuple[str, int]:
    return "127.0.0.1", engine._host._session.listen_port()


def sockets() -> set[str]:
    """Return the sockets of this process."""
    found = set()
    for entry in FILES.iterdir():
        with contextlib.suppress(OSError):  # the one that lists them
            found.add(str(entry.readlink()))
    return {name for name in found if name.startswith("socket:")}


def threads() -> int:
    """Return how many threads are not Python's."""
    return sum(1 for _ in Path("/proc/self/task").iterdir()) - threading.active_count()


@pytest.fixture
def leech(tmp_path: Path) -> Iterator[Callable[[Payload], Leecher]]:
    made: list[Leecher] = []

    def make(payload: Payload) -> Leecher:
        number = len(made)
        made.append(Leecher(f"127.0.0.{61 + number}", payload, tmp_path / f"leech-{number}"))
        return made[-1]

    yield make
    for leecher in made:
        leecher.close()


async def test_the_upload_limit_holds_and_changes_at_once(
    payload_maker: MakePayload,
    make_seeder: MakeSeeder,
    make_engine: MakeEngine,
    fetch: Fetch,
    leech: Callable[[Payload], Leecher],
):
    film = payload_maker({"film.mkv": 4 << 20})
    settings = TorrentsSettings(upload_limit=100_000, seed_ratio=9)
    seeder = make_seeder(film)
    engine = make_engine(settings, known_peers=seeder.endpoint, allow_local=True)
    stream = await engine.open(film.magnet)
    await fetch(stream.url)
    seeder.close()  # else it is told of
    leecher = leech(film)
    leecher.call(endpoint(engine))
    await until(lambda: stream.progress.value.upload_rate > 0)
    assert leecher.fraction < 0.5  # 4 MiB would take a fraction of a second
    await engine.apply(settings.model_copy(update={"upload_limit": 0}))
    await until(lambda: leecher.fraction == 1)  # 40 s more at the old limit


async def test_the_download_limit_changes_at_once(
    payload_maker: MakePayload, make_seeder: MakeSeeder, make_engine: MakeEngine, fetch: Fetch
):
    film = payload_maker({"film.mkv": 8 << 20})
    slow = TorrentsSettings(download_limit=100_000)
    engine = make_engine(slow, known_peers=make_seeder(film).endpoint)
    stream = await engine.open(film.magnet)
    await until(lambda: stream.progress.value.download_rate > 0)
    assert stream.progress.value.fraction < 0.5
    await engine.apply(TorrentsSettings())
    assert (await fetch(stream.url)).body == film.files["film.mkv"]  # 80 s at the old limit


async def test_enough_given_back_ends_the_giving(
    payload_maker: MakePayload,
    make_seeder: MakeSeeder,
    make_engine: MakeEngine,
    fetch: Fetch,
    leech: Callable[[Payload], Leecher],
):
    film = payload_maker({"film.mkv": 2 << 20})
    settings = TorrentsSettings(seed_ratio=0.9)
    seeder = make_seeder(film)
    engine = make_engine(settings, known_peers=seeder.endpoint, allow_local=True)
    stream = await engine.open(film.magnet)
    await fetch(stream.url)
    seeder.close()
    await until(lambda: stream.progress.value.phase is TorrentPhase.COMPLETE)
    assert not stream.torrent.asleep
    first = leech(film)
    first.call(endpoint(engine))
    await until(lambda: first.fraction == 1)
    await until(lambda: stream.torrent.asleep)
    assert stream.torrent.handle.raw.status().flags & lt.torrent_flags.paused
    second = leech(film)
    second.call(endpoint(engine))
    await until(lambda: stream.torrent.news.swarm.peers == 0)
    assert second.fraction == 0
    assert (await fetch(stream.url)).body == film.files["film.mkv"]  # asleep, it still plays


@pytest.mark.skipif(not FILES.exists(), reason="sockets and threads are counted in /proc")
@pytest.mark.parametrize("how", ["idle", "switched off", "closed"])
async def test_an_engine_that_is_not_used_has_no_socket_and_no_thread(
    how: str, payload_maker: MakePayload, make_engine: MakeEngine
):
    film = payload_maker({"film.mkv": 1 << 20})
    engine = make_engine(linger=0.05)
    await asyncio.to_thread(lambda: None)  # the loop's own threads and sockets are there now
    before, others = sockets(), threads()
    stream = await engine.open(film.torrent_file.read_bytes())
    assert len(sockets() - before) > 2
    assert threads() > others
    if how == "idle":
        await stream.close()
    elif how == "switched off":
        await engine.apply(TorrentsSettings(enabled=False))
    else:
        await engine.close()
    await until(lambda: not engine.awake.value)
    assert sockets() == before
    await until(lambda: threads() == others)
    assert engine._host._ticking.done()


@pytest.mark.skipif(not FILES.exists(), reason="sockets are counted in /proc")
async def test_a_switched_off_engine_never_opens_a_socket(
    payload_maker: MakePayload, make_engine: MakeEngine, monkeypatch: pytest.MonkeyPatch
):
    film = payload_maker({"film.mkv": 1 << 20})
    before = sockets()
    engine = make_engine(TorrentsSettings(enabled=False), discovery=True)
    await engine.prefetch(film.magnet)
    await engine.apply(TorrentsSettings(enabled=False, upload_limit=5))
    assert sockets() == before
    assert not engine.awake.value
