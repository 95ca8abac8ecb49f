"""What a torrent meets besides its seeders, on loopback: trackers, the hash table, odd peers."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

import libtorrent

from novastream_desktop.torrents._port import Endpoint
from tests.torrents.swarm import Payload

lt: Any = libtorrent
QUIET = {
    "enable_dht": False,
    "enable_lsd": False,
    "enable_upnp": False,
    "enable_natpmp": False,
    "webtorrent_stun_server": "",
    "min_reconnect_time": 1,
}


def compact(peer: Endpoint) -> bytes:
    """Return an address as trackers and the hash table write it."""
    return socket.inet_aton(peer[0]) + struct.pack("!H", peer[1])


class HttpTracker:
    """Names peers to whoever announces.

    Attributes:
        heard: info-hashes in hex, with `events` beside them.
        silent: it takes calls and says nothing.
    """

    def __init__(self, peers: list[Endpoint]) -> None:
        self.peers = peers
        self.heard: list[str] = []
        self.events: list[str] = []
        self.silent = False
        self._server: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()

    async def start(self) -> str:
        """Return its address."""
        self._server = await asyncio.start_server(self._answer, "127.0.0.1", 0)
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}/announce"

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).split(b" ")[1]
        query = dict(part.partition(b"=")[::2] for part in head.partition(b"?")[2].split(b"&"))
        self.heard.append(unquote_to_bytes(query.get(b"info_hash", b"")).hex())
        self.events.append(query.get(b"event", b"").decode())
        self._writers.add(writer)
        if self.silent:
            return
        peers = b"".join(map(compact, self.peers))
        body = lt.bencode({b"interval": 1800, b"peers": peers})
        writer.write(
            b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % len(body)
        )
        writer.write(body)
        writer.close()

    async def close(self) -> None:
        for writer in self._writers:
            writer.close()
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()


class HashTableNode(asyncio.DatagramProtocol):
    """A node of the hash table that knows no other; `heard` holds (question, info-hash).

    `peers`: whom it names for every info-hash.
    """

    def __init__(self) -> None:
        self.peers: list[Endpoint] = []
        self.heard: list[tuple[str, str]] = []
        self.endpoint: Endpoint = ("", 0)
        self._transport: asyncio.DatagramTransport

    def connection_made(self, transport: asyncio.DatagramTransport) -> None:
        self._transport = transport
        self.endpoint = transport.get_extra_info("sockname")

    def datagram_received(self, data: bytes, addr: Endpoint) -> None:
        message = lt.bdecode(data)
        if message.get(b"y") != b"q":
            return
        question = message[b"q"]
        about = message[b"a"].get(b"info_hash", b"")
        self.heard.append((question.decode(), about.hex()))
        answer: dict[bytes, object] = {b"id": b"n" * 20, b"nodes": b"", b"token": b"t"}
        if question == b"get_peers":
            answer[b"values"] = [compact(peer) for peer in self.peers]
        reply = {b"t": message[b"t"], b"y": b"r", b"r": answer}
        self._transport.sendto(lt.bencode(reply), addr)

    def about(self, info_hash: str) -> bool:
        """Whether somebody named this info-hash."""
        return any(about == info_hash for _, about in self.heard)

    def close(self) -> None:
        self._transport.close()


class OddPeer:
    """A peer that shakes hands and then gives no usable details.

    Attributes:
        offered: extensions that were offered to it.
        asked: how many pieces of the details were asked for.

    Args:
        info_hash: in hex.
        details: bytes that it sends for the details, empty to stay silent.
    """

    def __init__(self, info_hash: str, details: bytes = b"") -> None:
        self.offered: set[str] = set()
        self.greeted = asyncio.Event()
        self.asked = 0
        self._hash = bytes.fromhex(info_hash)
        self._details = details
        self._server: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()

    async def start(self) -> Endpoint:
        """Return its address."""
        self._server = await asyncio.start_server(self._meet, "127.0.0.41", 0)
        host, port = self._server.sockets[0].getsockname()
        return host, port

    async def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.add(writer)
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            if await reader.readexactly(1) == b"\x13":  # else it wants to talk in secret
                await self._talk(reader, writer)
        writer.close()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readexactly(67)
        extended = b"\0\0\0\0\0\x10\0\0"
        writer.write(b"\x13BitTorrent protocol" + extended + self._hash + b"-XX0001-" + b"x" * 12)
        hello = {b"m": {b"ut_metadata": 2}, b"metadata_size": len(self._details)}
        self._send(writer, 0, lt.bencode(hello if self._details else {b"m": {}}))
        theirs = 0
        while True:
            body = await reader.readexactly(struct.unpack("!I", await reader.readexactly(4))[0])
            if body[:2] == b"\x14\0":
                names = lt.bdecode(body[2:])[b"m"]
                self.offered |= {name.decode() for name in names}
                theirs = names.get(b"ut_metadata", 0)
                self.greeted.set()
            elif body[:2] == b"\x14\x02":
                self.asked += 1
                answer = {b"msg_type": 1, b"piece": 0, b"total_size": len(self._details)}
                self._send(writer, theirs, lt.bencode(answer) + self._details)

    def _send(self, writer: asyncio.StreamWriter, kind: int, body: bytes) -> None:
        writer.write(struct.pack("!IBB", len(body) + 2, 20, kind) + body)

    async def close(self) -> None:
        for writer in self._writers:
            writer.close()
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()


class Leecher:
    """Somebody else who wants the files, straight from us."""

    def __init__(self, host: str, payload: Payload, folder: Path) -> None:
        self._session = lt.session({**QUIET, "listen_interfaces": f"{host}:0"})
        params = lt.load_torrent_file(str(payload.torrent_file))
        folder.mkdir()
        params.save_path = str(folder)
        params.flags &= ~(lt.torrent_flags.auto_managed | lt.torrent_flags.paused)
        self._handle = self._session.add_torrent(params)

    def call(self, endpoint: Endpoint) -> None:
        self._handle.connect_peer(endpoint)

    @property
    def fraction(self) -> float:
        return float(self._handle.status().progress)

    def close(self) -> None:
        self._session.pause()
