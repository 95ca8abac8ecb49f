"""TCP relays that stand for the links to peers: each with its own round trip and rate.

python -m tests.benchmarks.torrent_lab.relay LISTEN>TARGET,RTT_MS,KIB_PER_S ...

A rate of 0 is unlimited. Commands on standard input: `kill N`, `stall N`, `resume N`,
`corrupt N COUNT`, `accept N`; N may be `all`. Prints READY when it listens.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import sys
from collections import deque
from dataclasses import dataclass, field

_CHUNK = 16 * 1024
_UNLIMITED_CHUNK = 256 * 1024


def _address(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    return host, int(port)


@dataclass(eq=False)
class Link:
    """One peer's line."""

    listen: tuple[str, int]
    target: tuple[str, int]
    one_way: float
    rate: float
    free_at: float = 0.0
    refuse: bool = False
    corrupt: int = 0
    sockets: set[socket.socket] = field(default_factory=set)
    moving: asyncio.Event = field(default_factory=asyncio.Event)

    @classmethod
    def parse(cls, text: str) -> Link:
        ends, rtt, rate = text.split(",")
        listen, target = ends.split(">")
        link = cls(_address(listen), _address(target), float(rtt) / 2000, float(rate) * 1024)
        link.moving.set()
        return link

    def due(self, data: bytes, now: float, *, down: bool) -> tuple[float, bytes]:
        """Return when data arrives, and as what."""
        at = now
        if down and self.rate:
            self.free_at = max(now, self.free_at) + len(data) / self.rate
            at = self.free_at
        if down and self.corrupt > 0 and len(data) > 4096:
            self.corrupt -= 1
            spoiled = bytearray(data)
            spoiled[len(spoiled) // 2] ^= 0x5A
            data = bytes(spoiled)
        return at + self.one_way, data


class Pipe:
    """One direction of one connection: a queue whose entries leave when they are due."""

    def __init__(self, link: Link, source: socket.socket, sink: socket.socket, down: bool) -> None:
        self.link, self.source, self.sink, self.down = link, source, sink, down
        self.queue: deque[tuple[float, bytes]] = deque()
        self.size = 0
        self.news = asyncio.Event()
        self.room = asyncio.Event()
        window = link.rate * (2 * link.one_way + 0.05)
        self.limit = max(65536, int(window)) if link.rate else 4 << 20

    async def run(self) -> None:
        writer = asyncio.create_task(self._write())
        loop = asyncio.get_running_loop()
        try:
            while True:
                while self.size >= self.limit:
                    self.room.clear()
                    await self.room.wait()
                size = _CHUNK if self.link.rate else _UNLIMITED_CHUNK
                data = await loop.sock_recv(self.source, size)
                entry = self.link.due(data, loop.time(), down=self.down)
                self.queue.append(entry)
                self.size += len(data)
                self.news.set()
                if not data:
                    break
            await writer
        finally:
            writer.cancel()

    async def _write(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            while not self.queue:
                self.news.clear()
                await self.news.wait()
            due, data = self.queue.popleft()
            if (wait := due - loop.time()) > 0:
                await asyncio.sleep(wait)
            await self.link.moving.wait()
            if not data:
                with contextlib.suppress(OSError):
                    self.sink.shutdown(socket.SHUT_WR)
                return
            await loop.sock_sendall(self.sink, data)
            self.size -= len(data)
            self.room.set()


async def connect(link: Link, client: socket.socket) -> None:
    """Serve one connection."""
    loop = asyncio.get_running_loop()
    server = socket.socket()
    server.setblocking(False)
    for end in (client, server):
        end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        link.sockets.add(end)
    if link.rate:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65536)
        client.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 65536)
    try:
        await asyncio.sleep(2 * link.one_way)  # the handshake's own round trip
        await loop.sock_connect(server, link.target)
        up, down = Pipe(link, client, server, False), Pipe(link, server, client, True)
        await asyncio.gather(up.run(), down.run())
    except OSError:
        pass
    finally:
        for end in (client, server):
            link.sockets.discard(end)
            end.close()


async def serve(link: Link) -> None:
    """Accept for one link until it is cancelled."""
    loop = asyncio.get_running_loop()
    tasks: set[asyncio.Task[None]] = set()
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(link.listen)
        listener.listen(64)
        listener.setblocking(False)
        try:
            while True:
                client, _ = await loop.sock_accept(listener)
                client.setblocking(False)
                if link.refuse:
                    client.close()
                    continue
                task = asyncio.create_task(connect(link, client))
                tasks.add(task)
                task.add_done_callback(tasks.discard)
        finally:
            for task in tasks:
                task.cancel()
            if tasks:
                await asyncio.wait(tasks)


def obey(links: list[Link], words: list[str]) -> None:
    """Do what one command says."""
    chosen = links if words[1] == "all" else [links[int(words[1])]]
    for link in chosen:
        match words[0]:
            case "kill":
                link.refuse = True
                for end in tuple(link.sockets):
                    with contextlib.suppress(OSError):
                        end.shutdown(socket.SHUT_RDWR)
            case "accept":
                link.refuse = False
            case "stall":
                link.moving.clear()
            case "resume":
                link.moving.set()
            case "corrupt":
                link.corrupt += int(words[2])


async def main() -> None:
    links = [Link.parse(text) for text in sys.argv[1:]]
    servers = [asyncio.create_task(serve(link)) for link in links]
    await asyncio.sleep(0.05)
    for server in servers:
        if server.done():
            server.result()
    print("READY", flush=True)
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while line := await reader.readline():
        obey(links, line.decode().split())
        print("OK", flush=True)


if __name__ == "__main__":
    asyncio.run(main())
