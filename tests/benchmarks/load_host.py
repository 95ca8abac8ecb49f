"""What a busy evening asks of others: 20 providers, 500 posters and one seeder, on loopback.

    python -m tests.benchmarks.load_host FOLDER

Prints where they are as one line of JSON, and ends with its standard input.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import libtorrent

from tests.benchmarks.torrent_lab.seeder import SETTINGS
from tests.fakes.http_server import (
    Answer,
    FakeServer,
    Handler,
    Hang,
    Reply,
    Request,
    html_answer,
    json_answer,
    media,
)

RATE = 12_500_000
"""Bytes a second that the seeder sends: 100 Mbit/s."""
SIZE = 1_300_000_000
GOOD, HANGING, GARBAGE, BROKEN = 7, 5, 5, 3
POSTERS = 500
_POSTER = "s=500x750"
lt: Any = libtorrent


def _later(seconds: float, reply: Reply) -> Handler:
    async def answer(_request: Request) -> Reply:
        await asyncio.sleep(seconds)
        return reply

    return answer


async def serve_providers(stack: AsyncExitStack) -> list[str]:
    """Start the providers; return the address of each one's list."""
    urls = []

    async def serve(reply: Handler | Reply) -> FakeServer:
        server = await stack.enter_async_context(FakeServer())
        server.route("GET", "/list", reply)
        urls.append(f"{server.url}/list")
        return server

    for _ in range(HANGING):
        await serve(Hang())
    for _ in range(GARBAGE):
        await serve(Answer(200, b'{"cut": [', {}, "application/json"))
    for _ in range(BROKEN):
        await serve(html_answer(500))
    for at in range(GOOD):
        server = await stack.enter_async_context(FakeServer())
        listed = json_answer([{"url": f"{server.url}/film.mp4", "height": 720 + at}])
        server.route("GET", "/list", _later(0.15 + 0.04 * at, listed))
        server.route("GET", "/film.mp4", media(b"\0\0\0\x18ftypisom" + bytes(400_000)))
        urls.append(f"{server.url}/list")
    return urls


def draw_poster(folder: Path) -> bytes:
    """Return a picture as JPEG."""
    picture = folder / "poster.jpg"
    words = ["-f", "lavfi", "-i", f"testsrc2={_POSTER}", "-frames:v", "1", "-q:v", "2"]
    subprocess.run(["ffmpeg", "-v", "error", "-y", *words, str(picture)], check=True)
    return picture.read_bytes()


async def serve_posters(stack: AsyncExitStack, data: bytes) -> list[str]:
    """Serve one picture under 500 addresses; return them."""
    server = await stack.enter_async_context(FakeServer())
    server.route("GET", "/poster/*", Answer(200, data, {}, "image/jpeg"))
    return [f"{server.url}/poster/{number}.jpg" for number in range(POSTERS)]


def seed(folder: Path) -> tuple[Any, Path, int]:
    """Seed a file of zeros; return the session, the torrent and the port."""
    payload = folder / "Load.2026.1080p.mkv"
    with payload.open("wb") as file:
        file.truncate(SIZE)
    storage = lt.file_storage()
    lt.add_files(storage, str(payload))
    made = lt.create_torrent(storage, 2 * 1024 * 1024)
    lt.set_piece_hashes(made, str(folder))
    torrent = folder / "load.torrent"
    torrent.write_bytes(lt.bencode(made.generate()))
    session = lt.session(
        {**SETTINGS, "listen_interfaces": "127.0.0.1:0", "upload_rate_limit": RATE}
    )
    params = lt.load_torrent_file(str(torrent))
    params.save_path = str(folder)
    params.flags = lt.torrent_flags.seed_mode
    session.add_torrent(params)
    local = lt.session.local_peer_class_id  # loopback is not limited unless it is asked for
    session.set_peer_class(local, {**session.get_peer_class(local), "upload_limit": RATE})
    return session, torrent, int(session.listen_port())


async def main(folder: Path) -> None:
    """Serve until standard input ends."""
    async with AsyncExitStack() as stack:
        providers = await serve_providers(stack)
        posters = await serve_posters(stack, await asyncio.to_thread(draw_poster, folder))
        session, torrent, port = await asyncio.to_thread(seed, folder)
        facts = {
            "providers": providers,
            "posters": posters,
            "torrent": str(torrent),
            "port": port,
        }
        print(json.dumps(facts), flush=True)
        await asyncio.to_thread(sys.stdin.read)
        session.pause()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
