"""A small HTTP/1.1 server on loopback, for tests of anything that speaks HTTP.

async with FakeServer() as server:
    server.route("GET", "/list", json_answer({"a": 1}))
    server.route("GET", "/video.mp4", media(b"..."))           # answers Range with 206
    server.route("GET", "/slow", Hang())                       # never answers
    server.route("GET", "/flaky", in_turn(Answer(503), Answer(200, b"ok")))
    server.route("POST", "/", lambda request: Answer(200, request.body))
    server.route("GET", "/tree/*", handler)                    # a prefix
    ... server.url + "/list" ...
    assert server.requests[0].headers["user-agent"]
"""

from __future__ import annotations

import asyncio
import contextlib
import inspect
import json
import re
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Self, TypeAlias
from urllib.parse import parse_qs, unquote, urlsplit

from novastream_desktop.runtime.listeners import stop_accepting


@dataclass(frozen=True, slots=True)
class Request:
    """What a client sent. Header names are lower case; `path` is decoded, without the query."""

    method: str
    path: str
    raw_target: str
    query: Mapping[str, list[str]]
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        """Return the body as JSON."""
        return json.loads(self.body)


@dataclass(frozen=True, slots=True)
class Answer:
    """A complete answer.

    Attributes:
        headers: may override Content-Length and Content-Type.
        chunks: if given, sent chunked instead of `body`.
        keep_open: False closes the connection after it.
    """

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    content_type: str = "application/octet-stream"
    chunks: Sequence[bytes] | None = None
    keep_open: bool = True


@dataclass(frozen=True, slots=True)
class Hang:
    """Never answer (after `first`, raw bytes that are still sent)."""

    first: bytes = b""


@dataclass(frozen=True, slots=True)
class Raw:
    """Send these bytes as they are (garbage, a cut body) and close."""

    data: bytes = b""


@dataclass(frozen=True, slots=True)
class Huge:
    """A body of `size` bytes, sent in pieces as long as the client reads."""

    size: int
    declared: bool = True
    content_type: str = "application/octet-stream"


Reply: TypeAlias = Answer | Hang | Raw | Huge
Handler: TypeAlias = Callable[[Request], Reply | Awaitable[Reply]]


def json_answer(
    data: object, status: int = 200, headers: Mapping[str, str] | None = None
) -> Answer:
    """Return JSON with its content type; bytes and str are sent as they are."""
    body = data if isinstance(data, bytes) else json.dumps(data).encode()
    return Answer(status, body, headers or {}, "application/json; charset=utf-8")


def html_answer(status: int = 200, text: str = "<!doctype html><title>Gateway</title>") -> Answer:
    """Return a page, as proxies and portals send where JSON belongs."""
    return Answer(status, text.encode(), {}, "text/html; charset=utf-8")


def too_many(retry_after: float | str | None = 1) -> Answer:
    """Return 429 with Retry-After (None leaves the header out)."""
    headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
    return json_answer({"message": "Too Many Requests."}, 429, headers)


def redirect(location: str, status: int = 302) -> Answer:
    """Return a redirect."""
    return Answer(status, b"", {"Location": location})


def in_turn(*replies: Reply) -> Handler:
    """Return a handler that gives one reply after the other and stays at the last."""
    left = list(replies)

    def handler(_request: Request) -> Reply:
        return left.pop(0) if len(left) > 1 else left[0]

    return handler


def media(data: bytes, content_type: str = "video/mp4", **headers: str) -> Handler:
    """Return a handler for a file that answers `Range: bytes=a-b` with 206, else 200."""

    def handler(request: Request) -> Reply:
        common = {"Accept-Ranges": "bytes", **headers}
        match = re.fullmatch(r"bytes=(\d*)-(\d*)", request.headers.get("range", ""))
        if match is None or match.group(0) == "bytes=-":
            return Answer(200, data, common, content_type)
        first, last = match.groups()
        start = int(first) if first else max(0, len(data) - int(last))
        end = min(int(last), len(data) - 1) if first and last else len(data) - 1
        if start > end:
            return Answer(416, b"", {**common, "Content-Range": f"bytes */{len(data)}"})
        span = {**common, "Content-Range": f"bytes {start}-{end}/{len(data)}"}
        return Answer(206, data[start : end + 1], span, content_type)

    return handler


class FakeServer:
    """Answer on 127.0.0.1 at a free port; everything that was asked is in `requests`."""

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self._routes: dict[tuple[str, str], Handler] = {}
        self._server: asyncio.Server | None = None
        self._connections: dict[asyncio.Task[None], asyncio.StreamWriter] = {}
        self._arrived = asyncio.Condition()
        self.port = 0

    async def start(self) -> str:
        """Listen, and return the address without a trailing slash."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]
        return self.url

    async def stop(self) -> None:
        """Stop listening and end every connection."""
        if self._server is not None:
            await stop_accepting(self._server)
        connections = dict(self._connections)
        for task, writer in connections.items():
            writer.transport.abort()  # closing would wait for a client that does not read
            task.cancel()
        await asyncio.gather(*connections, return_exceptions=True)

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_exc: object) -> None:
        await self.stop()

    @property
    def url(self) -> str:
        """`http://127.0.0.1:PORT`."""
        return f"http://127.0.0.1:{self.port}"

    def route(self, method: str, path: str, handler: Handler | Reply) -> None:
        """Answer `path` (exact, or a prefix that ends in `*`); a later call replaces it.

        GET routes answer HEAD too.
        """
        if isinstance(handler, Answer | Hang | Raw | Huge):
            reply = handler
            self._routes[method.upper(), path] = lambda _request: reply
        else:
            self._routes[method.upper(), path] = handler

    def paths(self) -> list[str]:
        """Return the paths that were asked for, in order."""
        return [request.path for request in self.requests]

    async def wait_for_requests(self, count: int) -> None:
        """Wait until that many requests have arrived in all."""
        async with self._arrived:
            await self._arrived.wait_for(lambda: len(self.requests) >= count)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._connections[task] = writer
        try:
            while await self._one(reader, writer):
                pass
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # the client left, or the test ended
        finally:
            writer.close()
            with contextlib.suppress(OSError, asyncio.CancelledError):
                await writer.wait_closed()
            del self._connections[task]

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        request = await _read_request(reader)
        if request is None:
            return False
        async with self._arrived:
            self.requests.append(request)
            self._arrived.notify_all()
        reply = self._find(request)(request)
        if inspect.isawaitable(reply):
            reply = await reply
        return await _send(writer, reply, head=request.method == "HEAD")

    def _find(self, request: Request) -> Handler:
        method = "GET" if request.method == "HEAD" else request.method
        exact = self._routes.get((method, request.path))
        if exact is not None:
            return exact
        prefixes = [
            (len(path), handler)
            for (known, path), handler in self._routes.items()
            if known == method and path.endswith("*") and request.path.startswith(path[:-1])
        ]
        if prefixes:
            return max(prefixes, key=lambda pair: pair[0])[1]
        return lambda _request: json_answer({"message": "no such route"}, 404)


async def _read_request(reader: asyncio.StreamReader) -> Request | None:
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return None
    line, *fields = head.decode("latin-1").rstrip("\r\n").split("\r\n")
    method, target, _version = line.split(" ", 2)
    pairs = (item.partition(":") for item in fields)
    headers = {name.strip().lower(): value.strip() for name, _, value in pairs}
    body = b""
    if headers.get("transfer-encoding", "").lower() == "chunked":
        body = await _read_chunks(reader)
    elif "content-length" in headers:
        body = await reader.readexactly(int(headers["content-length"]))
    parts = urlsplit(target)
    query = parse_qs(parts.query, keep_blank_values=True)
    return Request(method, unquote(parts.path), target, query, headers, body)


async def _read_chunks(reader: asyncio.StreamReader) -> bytes:
    pieces: list[bytes] = []
    while size := int((await reader.readline()).split(b";")[0], 16):
        pieces.append(await reader.readexactly(size))
        await reader.readline()
    await reader.readline()
    return b"".join(pieces)


async def _send(writer: asyncio.StreamWriter, reply: Reply, *, head: bool) -> bool:
    """Send one reply; return whether the connection stays open."""
    if isinstance(reply, Hang | Raw):
        writer.write(reply.first if isinstance(reply, Hang) else reply.data)
        await writer.drain()
        if isinstance(reply, Hang):
            await asyncio.Event().wait()
        return False
    if isinstance(reply, Huge):
        extra = {"Content-Length": str(reply.size)} if reply.declared else {"Connection": "close"}
        writer.write(_head(200, {"Content-Type": reply.content_type, **extra}))
        piece = b"x" * 65_536
        for start in range(0, 0 if head else reply.size, len(piece)):
            writer.write(piece[: reply.size - start])
            await writer.drain()
        return False
    headers = {"Content-Type": reply.content_type}
    if reply.chunks is not None:
        headers["Transfer-Encoding"] = "chunked"
    elif reply.status not in {204, 304}:
        headers["Content-Length"] = str(len(reply.body))
    if not reply.keep_open:
        headers["Connection"] = "close"
    writer.write(_head(reply.status, {**headers, **reply.headers}))
    if not head:
        writer.writelines(_chunked(reply.chunks) if reply.chunks is not None else [reply.body])
    await writer.drain()
    return reply.keep_open


def _chunked(chunks: Iterable[bytes]) -> list[bytes]:
    framed = [b"%x\r\n%s\r\n" % (len(chunk), chunk) for chunk in chunks if chunk]
    return [*framed, b"0\r\n\r\n"]


def _head(status: int, headers: Mapping[str, str]) -> bytes:
    known = {int(item): item.phrase for item in HTTPStatus}
    lines = [f"HTTP/1.1 {status} {known.get(status, 'Unknown')}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")
