"""A disk that fills up, and a process that is killed, while a torrent streams."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
import subprocess
import sys
from hashlib import sha1
from pathlib import Path

import pytest

from novastream_desktop.settings import TorrentsSettings
from novastream_desktop.torrents.base import TorrentPhase
from tests.torrents.swarm import Fetch, MakeEngine, MakePayload, MakeSeeder

SLOW = os.environ.get("NOVASTREAM_SLOW") == "1"
LIMIT = 1_500_000

ENGINE = """
import asyncio, errno, sys
from hashlib import sha1
from pathlib import Path
from novastream_desktop.net.media_server import MediaServer
from novastream_desktop.runtime import SystemClock
from novastream_desktop.settings import TorrentsSettings
from novastream_desktop.torrents import _upkeep
from novastream_desktop.torrents.engine import LibtorrentEngine

async def begin(target, home, host, port, limit):
    server = MediaServer()
    await server.start()
    engine = LibtorrentEngine(
        settings=TorrentsSettings(download_limit=int(limit)), media_server=server,
        data_dir=Path(home, "data"), cache_dir=Path(home, "cache"), clock=SystemClock(),
        known_peers=lambda _: [(host, int(port))], discovery=False)
    stream = await engine.open(target)
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    path = stream.url.partition(str(server.port))[2]
    writer.write(f"GET {path} HTTP/1.1\\r\\nHost: 127.0.0.1:{server.port}\\r\\n\\r\\n".encode())
    await reader.readuntil(b"\\r\\n\\r\\n")
    stream.client = writer
    return server, engine, stream, reader
"""

STREAMS = (
    ENGINE
    + """
async def main(every, *words):
    _upkeep._SAVE_EVERY = float(every)
    server, engine, stream, reader = await begin(*words)
    stream.progress.watch(lambda p: print(p.fraction, flush=True))
    while await reader.read(1 << 16):
        pass

asyncio.run(main(*sys.argv[1:]))
"""
)


async def test_killed_while_it_streams_it_goes_on_where_it_was(
    payload_maker: MakePayload,
    make_seeder: MakeSeeder,
    make_engine: MakeEngine,
    fetch: Fetch,
    tmp_path: Path,
):
    every, size, stop_at = (10, 60 << 20, 0.6) if SLOW else (0.5, 9 << 20, 0.4)
    film = payload_maker({"film.mkv": size})
    host, port = make_seeder(film).endpoint(film.info_hash)[0]
    words = (str(every), film.magnet, str(tmp_path), host, str(port), str(LIMIT))
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-c", STREAMS, *words, stdout=asyncio.subprocess.PIPE
    )
    assert child.stdout is not None
    fraction = 0.0
    while fraction < stop_at:
        fraction = float(await asyncio.wait_for(child.stdout.readline(), 60))
    child.send_signal(signal.SIGKILL)
    await child.wait()
    child.stdout._transport.close()
    kept = json.loads((tmp_path / "data" / "transfers.json").read_bytes())
    assert kept["torrents"][0]["info_hash"] == film.info_hash
    # Were a piece checked again that was known good, these bytes would be found out.
    with (tmp_path / "cache" / film.info_hash / "show" / "film.mkv").open("r+b") as file:
        file.write(b"unnoticed")

    engine = make_engine(known_peers=lambda _: [(host, port)])
    phases: set[TorrentPhase] = set()
    stream = await engine.open(film.magnet)
    stream.progress.watch(lambda p: phases.add(p.phase))
    body = (await fetch(stream.url)).body
    assert body == b"unnoticed" + film.files["film.mkv"][9:]
    assert TorrentPhase.CHECKING not in phases
    fetched = stream.torrent.handle.raw.status().total_payload_download
    twice = fetched - (1 - fraction) * size
    assert twice <= (every + 2) * LIMIT  # both ends of an interval are told once a second
    assert every + 2 <= 30


FULL_DISK = (
    ENGINE
    + """
async def main(*words):
    home = words[1]
    server, engine, stream, reader = await begin(*words)
    got = sha1(await reader.readexactly(1 << 20), usedforsecurity=False)
    ballast = Path(home, "ballast").open("wb", buffering=0)
    try:
        while ballast.write(bytes(1 << 16)):
            pass
    except OSError as error:
        assert error.errno == errno.ENOSPC
    told = asyncio.Event()
    stream.progress.watch(lambda p: told.set() if p.reason == "disk" else None)
    await asyncio.wait_for(told.wait(), 30)
    print(stream.progress.value.phase, stream.progress.value.error, flush=True)
    ballast.truncate(0)
    await engine.apply(TorrentsSettings())
    left = stream.file.size - (1 << 20)
    while left:
        data = await asyncio.wait_for(reader.read(1 << 16), 30)
        assert data
        got.update(data)
        left -= len(data)
    print(got.hexdigest(), flush=True)
    await engine.close()
    await server.close()

asyncio.run(main(*sys.argv[1:]))
"""
)


def test_a_full_disk_is_told_and_when_there_is_room_it_goes_on(
    payload_maker: MakePayload, make_seeder: MakeSeeder, tmp_path: Path
):
    """On a small file system of its own; skipped where this system gives none."""
    small = tmp_path / "small"
    small.mkdir()
    mount = f'mount -t tmpfs -o size=96m none "{small}" && exec "$@"'
    alone = ["unshare", "-rm", "sh", "-c", mount, "sh"]
    if (
        shutil.which("unshare") is None
        or subprocess.run([*alone, "true"], check=False, capture_output=True).returncode
    ):
        pytest.skip("no file system of its own")
    film = payload_maker({"film.mkv": 16 << 20})
    host, port = make_seeder(film).endpoint(film.info_hash)[0]
    words = (film.magnet, str(small), host, str(port), "4000000")
    done = subprocess.run(
        [*alone, sys.executable, "-c", FULL_DISK, *words],
        capture_output=True, text=True, timeout=90, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    told, digest = done.stdout.splitlines()
    assert told.startswith("stalled The disk is full")
    assert digest == sha1(film.files["film.mkv"], usedforsecurity=False).hexdigest()


async def test_what_does_not_fit_evicts_what_was_watched_long_ago(  # noqa: PLR0917
    payload_maker: MakePayload,
    make_seeder: MakeSeeder,
    make_engine: MakeEngine,
    fetch: Fetch,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):
    old, new = payload_maker({"old.mkv": 1 << 20}), payload_maker({"new.mkv": 2 << 20})
    first = make_engine(known_peers=make_seeder(old).endpoint)
    await fetch((await first.open(old.magnet)).url)
    await first.close()
    there = tmp_path / "cache" / old.info_hash
    assert there.is_dir()

    class Usage:
        @property
        def free(self) -> int:
            return (33 << 20) if there.exists() else (1 << 30)

    monkeypatch.setattr("shutil.disk_usage", lambda _: Usage())
    second = make_engine(known_peers=make_seeder(new).endpoint)
    stream = await second.open(new.magnet)
    assert not there.exists()
    assert [transfer.id for transfer in second.transfers.value] == [new.info_hash]
    assert (await fetch(stream.url)).body == new.files["new.mkv"]


async def test_the_cache_keeps_to_its_limit_but_not_at_the_cost_of_what_is_opened(
    payload_maker: MakePayload,
    make_seeder: MakeSeeder,
    make_engine: MakeEngine,
    fetch: Fetch,
    tmp_path: Path,
):
    films = [payload_maker({f"{name}.mkv": 1 << 20}) for name in ("first", "second", "third")]
    for film in films:
        engine = make_engine(known_peers=make_seeder(film).endpoint)
        await fetch((await engine.open(film.magnet)).url)
        await engine.close()
    tight = TorrentsSettings(max_cache_gb=0.0022)
    engine = make_engine(tight)  # knows no peer
    stream = await engine.open(films[0].magnet)
    await engine.apply(tight)
    kept = [film for film in films if (tmp_path / "cache" / film.info_hash).exists()]
    assert kept == [films[0], films[2]]
    assert (await fetch(stream.url)).body == films[0].files["first.mkv"]
