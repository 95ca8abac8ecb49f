"""The media server over real sockets."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import pytest

from novastream_desktop.errors import BugError, SourceUnavailable
from novastream_desktop.net.media_server import MediaServer, ServerLimits, folder_resolver

BODY = bytes(range(256)) * 4  # 1024 bytes


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


class Client:
    """Speaks HTTP by hand, so that nothing tidies up what the server sends."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.reader: asyncio.StreamReader
        self.writer: asyncio.StreamWriter

    async def __aenter__(self) -> Self:
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        return self

    async def __aexit__(self, *_: object) -> None:
        self.writer.close()

    def send(self, path: str, method: str = "GET", **headers: str) -> None:
        fields = {"Host": f"127.0.0.1:{self.port}"} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        lines = [f"{method} {path} HTTP/1.1", *(f"{k}: {v}" for k, v in fields.items())]
        self.writer.write(("\r\n".join(lines) + "\r\n\r\n").encode())

    async def head(self) -> Answer:
        raw = (await self.reader.readuntil(b"\r\n\r\n")).decode()
        first, *rest = raw.strip().split("\r\n")
        headers = dict(line.lower().split(": ", 1) for line in rest)
        return Answer(int(first.split()[1]), headers, b"")

    async def answer(self, method: str = "GET") -> Answer:
        got = await self.head()
        if method != "HEAD":
            got.body = await self.reader.readexactly(int(got.headers.get("content-length", "0")))
        return got

    async def ask(self, path: str, method: str = "GET", **headers: str) -> Answer:
        self.send(path, method, **headers)
        return await self.answer(method)


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[MediaServer]:
    folder = tmp_path / "public"
    (folder / "sub dir").mkdir(parents=True)
    (folder / "film.mkv").write_bytes(BODY)
    (folder / "empty.srt").write_bytes(b"")
    (folder / "sub dir" / "ä.vtt").write_text("WEBVTT")
    (tmp_path / "secret.txt").write_text("secret")
    (folder / "out.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "up").symlink_to(tmp_path)
    os.mkfifo(folder / "pipe.mkv")
    server = MediaServer()
    await server.start()
    server.mount("demo/token", folder_resolver(folder))
    yield server
    await server.close()


FILM = "/demo/token/film.mkv"


@pytest.mark.parametrize(
    ("wish", "status", "span"),
    [
        (None, 200, None),
        ("bytes=0-", 206, (0, 1023)),
        ("bytes=0-0", 206, (0, 0)),
        ("bytes=100-199", 206, (100, 199)),
        ("bytes=1000-9999", 206, (1000, 1023)),
        ("bytes=-24", 206, (1000, 1023)),
        ("bytes=-9999", 206, (0, 1023)),
        ("bytes=1-2,5-6", 200, None),
        ("bytes=x", 200, None),
        ("bytes=9-3", 200, None),
        ("bytes=1024-", 416, None),
        ("bytes=-0", 416, None),
    ],
)
async def test_ranges(server: MediaServer, wish: str | None, status: int, span: tuple | None):
    async with Client(server.port) as client:
        got = await client.ask(FILM, **({"Range": wish} if wish else {}))
    assert got.status == status
    if status == 416:
        assert (got.body, got.headers["content-range"]) == (b"", "bytes */1024")
    elif span is None:
        assert got.body == BODY
        assert "content-range" not in got.headers
    else:
        first, last = span
        assert got.body == BODY[first : last + 1]
        assert got.headers["content-range"] == f"bytes {first}-{last}/1024"


async def test_headers_of_an_answer(server: MediaServer):
    async with Client(server.port) as client:
        got = await client.ask(FILM)
    assert got.headers["content-type"] == "video/x-matroska"
    assert got.headers["accept-ranges"] == "bytes"
    assert got.headers["cache-control"] == "no-store"
    assert got.headers["x-content-type-options"] == "nosniff"
    assert got.headers["etag"].startswith('"')
    assert not [name for name in got.headers if name.startswith("access-control")]


async def test_head_has_no_body_and_keeps_the_connection(server: MediaServer):
    async with Client(server.port) as client:
        head = await client.ask(FILM, "HEAD")
        got = await client.ask(FILM)
    assert (head.status, head.headers["content-length"]) == (200, "1024")
    assert got.body == BODY


async def test_validators(server: MediaServer):
    async with Client(server.port) as client:
        etag = (await client.ask(FILM, "HEAD")).headers["etag"]
        same = await client.ask(FILM, If_None_Match=etag)
        kept = await client.ask(FILM, If_Range=etag, Range="bytes=0-1")
        changed = await client.ask(FILM, If_Range='"older"', Range="bytes=0-1")
    assert (same.status, kept.status, changed.status) == (304, 206, 200)


async def test_an_empty_file(server: MediaServer):
    async with Client(server.port) as client:
        whole = await client.ask("/demo/token/empty.srt")
        part = await client.ask("/demo/token/empty.srt", Range="bytes=0-")
    assert (whole.status, whole.body) == (200, b"")
    assert (part.status, part.headers["content-range"]) == (416, "bytes */0")


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/demo/token",
        "/demo/token/",
        "/demo/token/sub%20dir",
        "/demo/token/nothing",
        "/demo/other/film.mkv",
        "/demo/token/../token/film.mkv",
        "/demo/token/%2e%2e/secret.txt",
        "/demo/token/..%2fsecret.txt",
        "/demo/token/out.txt",
        "/demo/token/up/secret.txt",
        "/demo/token/up/public/../secret.txt",
        "/demo/token//film.mkv",
        "/demo/token/pipe.mkv",
        "/demo/token/film.mkv/",
        "/demo/token/" + "x" * 3000,
    ],
)
async def test_nothing_but_files_of_the_folder_is_served(server: MediaServer, path: str):
    async with Client(server.port) as client:
        got = await client.ask(path)
    assert (got.status, got.body) == (404, b"")


async def test_an_address_survives_odd_names(server: MediaServer):
    url = server.url("demo/token", "sub dir/ä.vtt")
    base = f"http://127.0.0.1:{server.port}"
    assert url == f"{base}/demo/token/sub%20dir/%C3%A4.vtt"
    assert server.url("demo/token", "") == f"{base}/demo/token/"
    async with Client(server.port) as client:
        got = await client.ask(url.removeprefix(base))
    assert (got.body, got.headers["content-type"]) == (b"WEBVTT", "text/vtt")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE"])
async def test_other_methods_are_refused(server: MediaServer, method: str):
    async with Client(server.port) as client:
        got = await client.ask(FILM, method)
    assert (got.status, got.headers["allow"]) == (405, "get, head")


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "127.0.0.1:1"},
        {"Origin": "https://evil.example"},
        {"Sec_Fetch_Site": "cross-site"},
    ],
)
async def test_strangers_are_refused(server: MediaServer, headers: dict[str, str]):
    async with Client(server.port) as client:
        got = await client.ask(FILM, **headers)
        rest = await client.reader.read()
    assert (got.status, got.body, rest) == (403, b"", b"")


async def test_localhost_is_our_name_too(server: MediaServer):
    async with Client(server.port) as client:
        got = await client.ask(FILM, Host=f"localhost:{server.port}")
    assert got.status == 200


async def test_pipelined_requests_are_answered_in_order(server: MediaServer):
    async with Client(server.port) as client:
        client.send(FILM, Range="bytes=0-1")
        client.send(FILM, Range="bytes=2-3")
        bodies = [(await client.answer()).body for _ in range(2)]
    assert bodies == [BODY[0:2], BODY[2:4]]


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        (b"nonsense\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nX: " + b"x" * 9000, 431),
        (b"GET / HTTP/1.1\r\nX: " + b"x" * 9000 + b"\r\n\r\n", 431),
    ],
)
async def test_bad_heads_end_the_connection(server: MediaServer, raw: bytes, status: int):
    async with Client(server.port) as client:
        client.writer.write(raw)
        got = await client.head()
        rest = await client.reader.read()
    assert (got.status, rest) == (status, b"")


async def test_a_slow_head_is_cut_off():
    server = MediaServer(limits=ServerLimits(head_seconds=0.05))
    await server.start()
    async with Client(server.port) as client:
        client.writer.write(b"GET / HT")
        got = await client.head()
        rest = await client.reader.read()
    await server.close()
    assert (got.status, rest) == (408, b"")


async def test_too_many_clients_are_turned_away():
    server = MediaServer(limits=ServerLimits(connections=1))
    await server.start()
    async with Client(server.port) as first:
        assert (await first.ask("/x")).status == 404
        async with Client(server.port) as second:
            with pytest.raises((ConnectionError, asyncio.IncompleteReadError)):
                await second.ask("/x")
    await server.close()


@dataclass
class SlowResource:
    """Gives one chunk, then waits for `more`; tells when it was closed."""

    size: int = 1 << 30
    etag: str = '"slow"'
    content_type: str = "video/mp4"
    given: int = 0
    chunk: bytes = b"x"
    problem: Exception | None = None
    more: asyncio.Event = field(default_factory=asyncio.Event)
    waiting: asyncio.Event = field(default_factory=asyncio.Event)
    closed: asyncio.Event = field(default_factory=asyncio.Event)

    async def open_reader(self, start: int, end: int) -> SlowResource:
        if self.problem is not None and not self.chunk:
            raise self.problem
        return self

    async def run(self) -> None:
        return None

    async def read(self) -> bytes:
        if self.given and self.problem is not None:
            raise self.problem
        if self.given:
            self.waiting.set()
            await self.more.wait()
        self.given += 1
        return self.chunk

    async def close(self) -> None:
        self.closed.set()


async def _serving(resource: SlowResource, limits: ServerLimits | None = None) -> MediaServer:
    server = MediaServer(limits=limits)
    await server.start()
    server.mount("slow", lambda path: resource if path == "film" else None)
    return server


async def test_a_reader_ends_as_soon_as_its_client_leaves():
    resource = SlowResource()
    server = await _serving(resource)
    async with Client(server.port) as client:
        client.send("/slow/film")
        await resource.waiting.wait()
    await asyncio.wait_for(resource.closed.wait(), 5)
    await server.close()
    assert not resource.more.is_set()


async def test_closing_the_server_ends_its_readers():
    resource = SlowResource()
    server = await _serving(resource)
    async with Client(server.port) as client:
        client.send("/slow/film")
        await resource.waiting.wait()
        await server.close()
        assert resource.closed.is_set()
        with pytest.raises(BugError):
            _ = server.port


async def test_a_client_that_does_not_read_holds_the_reader_back():
    resource = SlowResource(chunk=b"x" * 65_536)
    resource.more.set()
    server = await _serving(resource, ServerLimits(stall_seconds=0.3))
    async with Client(server.port) as client:
        client.writer.transport.pause_reading()
        client.send("/slow/film")
        await asyncio.wait_for(resource.closed.wait(), 10)  # given up: no byte was taken
    await server.close()
    assert resource.given * 65_536 < 8 << 20


async def test_a_failing_reader_cuts_the_connection_short():
    resource = SlowResource(problem=SourceUnavailable("gone"))
    server = await _serving(resource)
    async with Client(server.port) as client:
        client.send("/slow/film")
        assert (await client.head()).status == 200
        with pytest.raises((ConnectionError, asyncio.IncompleteReadError)):
            await client.reader.readexactly(1000)
    await server.close()
    assert resource.closed.is_set()


@pytest.mark.parametrize(
    ("problem", "status"), [(SourceUnavailable("busy"), 503), (FileNotFoundError(), 404)]
)
async def test_what_cannot_be_opened_has_a_status(problem: Exception, status: int):
    server = await _serving(SlowResource(chunk=b"", problem=problem))
    async with Client(server.port) as client:
        got = await client.ask("/slow/film")
    await server.close()
    assert got.status == status


async def test_an_unmounted_prefix_is_gone(server: MediaServer):
    server.unmount("demo/token")
    async with Client(server.port) as client:
        assert (await client.ask(FILM)).status == 404
