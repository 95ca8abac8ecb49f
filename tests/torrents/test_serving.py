"""How bytes of a torrent reach the player: from the disk past Python, or a little at a time."""

from __future__ import annotations

import asyncio
import os
import socket

import pytest

from novastream_desktop.net.media_server import MediaServer
from novastream_desktop.settings import TorrentsSettings
from tests.torrents.swarm import Fetch, MakeEngine, MakePayload, MakeSeeder

MIB = 1 << 20


@pytest.mark.skipif(not hasattr(os, "sendfile"), reason="this system sends no files")
async def test_what_is_on_disk_goes_past_python(
    payload_maker: MakePayload,
    make_seeder: MakeSeeder,
    make_engine: MakeEngine,
    fetch: Fetch,
    monkeypatch: pytest.MonkeyPatch,
):
    film = payload_maker({"film.mkv": 20 * MIB + 5})
    engine = make_engine(known_peers=make_seeder(film).endpoint)
    stream = await engine.open(film.magnet)
    await fetch(stream.url)
    calls: list[int] = []
    send = os.sendfile

    def counted(out: int, source: int, offset: int, count: int) -> int:
        calls.append(send(out, source, offset, count))
        return calls[-1]

    monkeypatch.setattr("os.sendfile", counted)
    assert (await fetch(stream.url)).body == film.files["film.mkv"]
    assert sum(calls) == 20 * MIB + 5
    assert len(calls) < 20 * 64  # it has that many blocks


async def test_a_player_that_waits_gets_small_buffers(
    payload_maker: MakePayload,
    make_seeder: MakeSeeder,
    make_engine: MakeEngine,
    media_server: MediaServer,
):
    """What lies in buffers hides where the player really reads."""
    film = payload_maker({"film.mkv": 8 * MIB})
    engine = make_engine(
        TorrentsSettings(download_limit=400_000), known_peers=make_seeder(film).endpoint
    )
    stream = await engine.open(film.magnet)
    reader, writer = await asyncio.open_connection("127.0.0.1", media_server.port)
    path = stream.url.partition(str(media_server.port))[2]
    writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{media_server.port}\r\n\r\n".encode())
    await reader.readuntil(b"\r\n\r\n")
    assert await reader.readexactly(400_000) == film.files["film.mkv"][:400_000]
    (connection,) = media_server._connections
    ours = connection._transport.get_extra_info("socket")
    room = ours.getsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF)
    assert room <= 2 * 128 * 1024  # Linux doubles what is asked for
    writer.close()
