"""Players that seek a lot, read in several places, stop reading, or sleep for hours.

With NOVASTREAM_SLOW=1 the long forms run too.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from hashlib import sha1
from pathlib import Path

import pytest

from novastream_desktop.net.media_server import MediaServer, ServerLimits
from tests.torrents.lines import MakeLines
from tests.torrents.swarm import Fetch, MakeEngine, MakePayload, MakeSeeder

SLOW = os.environ.get("NOVASTREAM_SLOW") == "1"
SEEKS = 1000 if SLOW else 60
MIB = 1 << 20


async def until(done: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not done():  # noqa: ASYNC110  (readers tell nobody that they left)
            await asyncio.sleep(0.01)


async def connect(
    server: MediaServer, url: str, start: int = 0
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Ask for a file, and read nothing of it but the head's first byte."""
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port, limit=1)
    path = url.partition(str(server.port))[2]
    head = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nRange: bytes={start}-\r\n\r\n"
    writer.write(head.encode())
    await reader.readexactly(1)
    return reader, writer


async def digest(server: MediaServer, url: str) -> str:
    """Read a whole file and keep none of it."""
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    path = url.partition(str(server.port))[2]
    head = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nConnection: close\r\n\r\n"
    writer.write(head.encode())
    await reader.readuntil(b"\r\n\r\n")
    total = sha1(usedforsecurity=False)
    while data := await reader.read(1 << 16):
        total.update(data)
    writer.close()
    return total.hexdigest()


def resident() -> int:
    """Return this process's memory in bytes."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


async def test_three_readers_at_different_places(
    payload_maker: MakePayload, make_lines: MakeLines, make_engine: MakeEngine, fetch: Fetch
):
    film = payload_maker({"film.mkv": 12 * MIB})
    lines = await make_lines(film, 3, rate=3000)
    stream = await make_engine(known_peers=lines.peers).open(film.magnet)
    data, third = film.files["film.mkv"], 4 * MIB
    parts = await asyncio.gather(
        *(fetch(stream.url, f"{n * third}-{(n + 1) * third - 1}") for n in range(3))
    )
    assert b"".join(part.body for part in parts) == data


async def test_many_quick_seeks(
    payload_maker: MakePayload, make_seeder: MakeSeeder, make_engine: MakeEngine, fetch: Fetch
):
    film = payload_maker({"film.mkv": 16 * MIB})
    stream = await make_engine(known_peers=make_seeder(film).endpoint).open(film.magnet)
    data = film.files["film.mkv"]
    for number in range(SEEKS):
        at = (number * 7_654_321) % (len(data) - 100)
        got = await fetch(stream.url, f"{at}-", count=100 if number % 4 == 0 else 0)
        assert got.body == data[at : at + len(got.body)]
    await until(lambda: not len(stream.torrent.demand.audience))
    assert (await fetch(stream.url)).body == data


async def test_clients_that_hang_disturb_nobody(
    payload_maker: MakePayload,
    make_lines: MakeLines,
    make_engine: MakeEngine,
    fetch: Fetch,
    media_server: MediaServer,
):
    """While the pieces still come."""
    film = payload_maker({"film.mkv": 8 * MIB})
    lines = await make_lines(film, 2, rate=4000)
    stream = await make_engine(known_peers=lines.peers).open(film.magnet)
    starts = [0, 0, 2 * MIB, 5 * MIB, 7 * MIB]
    hanging = [await connect(media_server, stream.url, start) for start in starts]
    assert (await fetch(stream.url)).body == film.files["film.mkv"]
    for _, writer in hanging:
        writer.close()
    await until(lambda: not len(stream.torrent.demand.audience))


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is read from /proc")
async def test_clients_that_hang_cost_no_memory(
    payload_maker: MakePayload,
    make_seeder: MakeSeeder,
    make_engine: MakeEngine,
    media_server: MediaServer,
):
    """Ten of them on 32 MiB: were only a tenth of each answer kept, it would show."""
    film = payload_maker({"film.mkv": 32 * MIB}, piece=MIB)
    right = sha1(film.files["film.mkv"], usedforsecurity=False).hexdigest()
    stream = await make_engine(known_peers=make_seeder(film).endpoint).open(film.magnet)
    hanging = [await connect(media_server, stream.url) for _ in range(2)]
    assert await digest(media_server, stream.url) == right
    before = resident()
    hanging += [await connect(media_server, stream.url, n * MIB) for n in range(8)]
    assert await digest(media_server, stream.url) == right
    assert resident() - before < 16 * MIB
    for connection in media_server._connections:
        assert connection._transport.get_write_buffer_size() < MIB // 2
    for _, writer in hanging:
        writer.close()


async def test_a_pause_of_hours(
    payload_maker: MakePayload, make_lines: MakeLines, make_engine: MakeEngine, fetch: Fetch
):
    """The server lets go of a client that takes nothing, the peers leave; then both return."""
    film = payload_maker({"film.mkv": 16 * MIB})
    lines = await make_lines(film, 1, rate=3000)
    server = MediaServer(limits=ServerLimits(stall_seconds=0.3))
    await server.start()
    engine = make_engine(media_server=server, known_peers=lines.peers)
    stream = await engine.open(film.magnet)
    _, writer = await connect(server, stream.url)
    audience = stream.torrent.demand.audience
    await until(lambda: len(audience) == 1)
    await until(lambda: len(audience) == 0)
    lines.do("kill all")
    await until(lambda: stream.torrent.news.swarm.peers == 0)
    assert stream.progress.value.fraction < 1
    lines.do("accept all")
    at = 5 * MIB + 17
    assert (await fetch(stream.url, f"{at}-")).body == film.files["film.mkv"][at:]
    assert (await fetch(stream.url)).body == film.files["film.mkv"]
    writer.close()
    await engine.close()
    await server.close()
