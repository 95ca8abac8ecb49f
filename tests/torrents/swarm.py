"""Small payloads, their torrents, and a client that speaks HTTP by hand."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import libtorrent as lt

from novastream_desktop.torrents.demo_seeder import DemoSeeder
from novastream_desktop.torrents.engine import LibtorrentEngine


@dataclass(frozen=True)
class Payload:
    """A folder of files and its torrent."""

    folder: Path
    torrent_file: Path
    info_hash: str
    files: dict[str, bytes]

    @property
    def magnet(self) -> str:
        if len(self.info_hash) == 64:
            return f"magnet:?xt=urn:btmh:1220{self.info_hash}"
        return f"magnet:?xt=urn:btih:{self.info_hash}"


def make_payload(
    root: Path,
    sizes: dict[str, int],
    *,
    piece: int = 64 * 1024,
    name: str = "show",
    kind: int = lt.create_torrent.v1_only,
    private: bool = False,
    tracker: str = "",
    web_seed: str = "",
) -> Payload:
    source = random.Random(f"{name}{sizes}")
    files = {path: source.randbytes(size) for path, size in sizes.items()}
    for path, data in files.items():
        target = root / name / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    creator = lt.create_torrent(lt.list_files(str(root / name)), piece, kind)
    lt.set_piece_hashes(creator, str(root))
    creator.set_priv(private)
    if tracker:
        creator.add_tracker(tracker)
    if web_seed:
        creator.add_url_seed(web_seed)
    data = lt.bencode(creator.generate())
    torrent_file = root / f"{name}.torrent"
    torrent_file.write_bytes(data)
    hashes = lt.load_torrent_buffer(data).ti.info_hashes()
    info_hash = str(hashes.v1) if hashes.has_v1() else str(hashes.v2)
    return Payload(root / name, torrent_file, info_hash, files)


MakePayload = Callable[..., Payload]
MakeSeeder = Callable[[Payload], DemoSeeder]
MakeEngine = Callable[..., LibtorrentEngine]


@dataclass(frozen=True)
class Got:
    status: int
    headers: dict[str, str]
    body: bytes


Fetch = Callable[..., Awaitable[Got]]


async def fetch(url: str, span: str = "", *, count: int | None = None, host: str = "") -> Got:
    """GET by hand; with `count`, read that many bytes and hang up."""
    parts = urlsplit(url)
    reader, writer = await asyncio.open_connection("127.0.0.1", parts.port)
    try:
        lines = [f"GET {parts.path} HTTP/1.1", f"Host: {host or parts.netloc}", "Connection: close"]
        lines += [f"Range: bytes={span}"] if span else []
        writer.write(("\r\n".join(lines) + "\r\n\r\n").encode())
        head = (await reader.readuntil(b"\r\n\r\n")).decode().strip().split("\r\n")
        headers = dict(line.lower().split(": ", 1) for line in head[1:])
        length = int(headers["content-length"]) if count is None else count
        body = await reader.readexactly(length)
    finally:
        writer.close()
    return Got(int(head[0].split()[1]), headers, body)
