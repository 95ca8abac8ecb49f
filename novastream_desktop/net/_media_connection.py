"""One connection to the media server: reads heads, writes answers, ends with its client."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from novastream_desktop.errors import UserFacingError
from novastream_desktop.net._http_ranges import (
    BadHead,
    ByteRange,
    RequestHead,
    Unsatisfiable,
    not_modified,
    parse_head,
    refuses_caller,
    wanted_range,
)
from novastream_desktop.net._media_body import Body, ResourceReader

log = logging.getLogger(__name__)

_WRITE_HIGH = 64 * 1024
_END_OF_HEAD = b"\r\n\r\n"

_REASONS = {
    200: "OK",
    206: "Partial Content",
    304: "Not Modified",
    400: "Bad Request",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    408: "Request Timeout",
    416: "Range Not Satisfiable",
    431: "Request Header Fields Too Large",
    503: "Service Unavailable",
}


class Resource(Protocol):
    """Something with a known size that can be read from anywhere."""

    @property
    def size(self) -> int:
        """Bytes."""
        ...

    @property
    def etag(self) -> str:
        """A strong validator, in its quotes."""
        ...

    @property
    def content_type(self) -> str:
        """As the header says it."""
        ...

    async def open_reader(self, start: int, end: int) -> ResourceReader:
        """Return a reader of the bytes `start` up to but without `end`.

        Raises:
            OSError: it cannot be opened (answered 404).
            UserFacingError: it cannot be read now (answered 503).
        """
        ...


@dataclass(frozen=True, slots=True)
class ServerLimits:
    """What one client may cost. Times in seconds.

    Attributes:
        head_seconds: for sending a whole head, from its first byte.
        idle_seconds: between two requests of one connection.
        stall_seconds: without the client taking any byte.
    """

    head_bytes: int = 8 * 1024
    head_seconds: float = 10.0
    idle_seconds: float = 30.0
    stall_seconds: float = 120.0
    connections: int = 64


class Connection(asyncio.Protocol):
    """Serves one client until it leaves; leaving cancels whatever is waited for."""

    def __init__(
        self,
        resolve: Callable[[str], Resource | None],
        port: Callable[[], int],
        limits: ServerLimits,
        connections: set[Connection],
    ) -> None:
        self._resolve = resolve
        self._port = port
        self._limits = limits
        self._connections = connections
        self._buffer = bytearray()
        self._arrived = asyncio.Event()
        self._writable = asyncio.Event()
        self._writable.set()
        self._transport: asyncio.Transport
        self.task: asyncio.Task[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Start to serve, or turn away what is too much."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        if len(self._connections) >= self._limits.connections:
            transport.abort()
            return
        transport.set_write_buffer_limits(high=_WRITE_HIGH)
        self._connections.add(self)
        self.task = asyncio.get_running_loop().create_task(self._serve())

    def data_received(self, data: bytes) -> None:
        """Keep what came for the next head; a flood ends the connection."""
        self._buffer += data
        self._arrived.set()
        if len(self._buffer) > 2 * self._limits.head_bytes:
            self._transport.pause_reading()

    def connection_lost(self, exc: Exception | None) -> None:
        """End the work for a client that is gone."""
        del exc
        self._connections.discard(self)
        if self.task is not None:
            self.task.cancel()

    def pause_writing(self) -> None:
        """Hold back: the client takes less than is offered."""
        self._writable.clear()

    def resume_writing(self) -> None:
        """Go on."""
        self._writable.set()

    def abort(self) -> None:
        """Cut the connection now."""
        self._transport.abort()

    async def _serve(self) -> None:
        try:
            idle = self._limits.head_seconds
            while await self._one_request(idle):
                idle = self._limits.idle_seconds
            await self._drained()
        except TimeoutError:
            self._transport.abort()
        finally:
            self._transport.close()

    async def _one_request(self, idle: float) -> bool:
        """Answer one request; return whether another may follow."""
        raw = await self._read_head(idle)
        if not raw:
            return False
        try:
            head = parse_head(raw)
        except BadHead as error:
            return self._refuse(400, str(error))
        if (why := refuses_caller(head.headers, self._port())) is not None:
            return self._refuse(403, why)
        if head.method not in ("GET", "HEAD"):
            return self._refuse(405, "only GET and HEAD", Allow="GET, HEAD")
        resource = self._resolve(head.path)
        if resource is None:
            return self._answer_empty(404, head)
        return await self._answer(resource, head)

    async def _read_head(self, idle: float) -> bytes:
        """Return the next head without its empty line; empty when there will be none."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(idle):
                await self._more_than(0)
        if not self._buffer:
            return b""
        try:
            async with asyncio.timeout(self._limits.head_seconds):
                while (end := self._buffer.find(_END_OF_HEAD)) < 0:
                    if len(self._buffer) > self._limits.head_bytes:
                        break
                    await self._more_than(len(self._buffer))
        except TimeoutError:
            self._refuse(408, "the head took too long")
            return b""
        if not 0 <= end <= self._limits.head_bytes:
            self._refuse(431, "the head is too large")
            return b""
        raw = bytes(self._buffer[:end])
        del self._buffer[: end + len(_END_OF_HEAD)]
        self._transport.resume_reading()
        return raw

    async def _more_than(self, length: int) -> None:
        while len(self._buffer) <= length:
            self._arrived.clear()
            await self._arrived.wait()

    async def _answer(self, resource: Resource, head: RequestHead) -> bool:
        size = resource.size
        if not_modified(head.headers, resource.etag):
            return self._answer_empty(304, head, ETag=resource.etag)
        try:
            part = wanted_range(head.method, head.headers, size, resource.etag)
        except Unsatisfiable:
            return self._answer_empty(416, head, **{"Content-Range": f"bytes */{size}"})
        span = part or ByteRange(0, size)
        fields = {
            "Content-Type": resource.content_type,
            "Content-Length": str(span.length),
            "Accept-Ranges": "bytes",
            "ETag": resource.etag,
        }
        if part is not None:
            fields["Content-Range"] = f"bytes {span.start}-{span.end - 1}/{size}"
        status = 200 if part is None else 206
        if head.method == "HEAD" or not span.length:
            self._write_head(status, head.keep_alive, fields)
            return head.keep_alive
        try:
            reader = await resource.open_reader(span.start, span.end)
        except OSError:
            return self._answer_empty(404, head)
        except UserFacingError as error:
            log.info("Not served: %s", error)
            return self._answer_empty(503, head, **{"Retry-After": "2"})
        self._write_head(status, head.keep_alive, fields)
        return await self._send_body(reader, span.length) and head.keep_alive

    async def _send_body(self, reader: ResourceReader, length: int) -> bool:
        """Send exactly `length` bytes, or cut the connection so that the client knows."""
        body = Body(self._transport, self._drained, self._limits.stall_seconds)
        left = await body.send(reader, length)
        if left > 0:
            self._transport.abort()
        return left <= 0

    async def _drained(self) -> None:
        async with asyncio.timeout(self._limits.stall_seconds):
            await self._writable.wait()

    def _refuse(self, status: int, why: str, **fields: str) -> bool:
        log.debug("Refused with %d: %s", status, why)
        self._write_head(status, False, {"Content-Length": "0", **fields})
        return False

    def _answer_empty(self, status: int, head: RequestHead, **fields: str) -> bool:
        length = {} if status == 304 else {"Content-Length": "0"}  # noqa: PLR2004  (Not Modified)
        self._write_head(status, head.keep_alive, {**length, **fields})
        return head.keep_alive

    def _write_head(self, status: int, keep_alive: bool, fields: dict[str, str]) -> None:
        fields = {
            **fields,
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
            "Connection": "keep-alive" if keep_alive else "close",
        }
        lines = [f"HTTP/1.1 {status} {_REASONS[status]}", *(f"{k}: {v}" for k, v in fields.items())]
        self._transport.write("\r\n".join(lines).encode("latin-1") + _END_OF_HEAD)
