"""The body of an answer: bytes as a reader has them, or straight from a file."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import IO, Protocol

from novastream_desktop.errors import UserFacingError

log = logging.getLogger(__name__)

RUN = 8 << 20
"""Bytes of a file that are sent in one go."""
# A discarded probe of the player had swallowed 3.9 MB into default kernel buffers, 0.33 MB into
# these; what lies in buffers also hides where the player really reads. What is on disk already
# costs no swarm's bandwidth: there the system's own buffers take a third of the processor time.
_NARROW = 128 * 1024
_WIDE = 4 << 20


@dataclass(frozen=True, slots=True)
class FileRun:
    """Bytes that lie in a file as they are to be sent."""

    file: IO[bytes]
    offset: int
    count: int


class ResourceReader(Protocol):
    """Reads one range once, from its start to its end."""

    async def read(self) -> bytes:
        """Return the next bytes as soon as there are some; empty at the end.

        Raises:
            OSError: the bytes cannot be read.
            UserFacingError: they will never come.
        """
        ...

    async def run(self) -> FileRun | None:
        """Return the next bytes as a place in a file if many are there, else None.

        What is returned counts as read. Raises as `read` does.
        """
        ...

    async def close(self) -> None:
        """Give up; called once, also when the client went away in the middle of a read."""
        ...


class Body:
    """Sends bodies on one connection.

    Args:
        transport: the connection.
        drained: waits until the client took what was written.
        stall_seconds: how long the client may take nothing.
    """

    def __init__(
        self,
        transport: asyncio.Transport,
        drained: Callable[[], Awaitable[None]],
        stall_seconds: float,
    ) -> None:
        self._transport = transport
        self._drained = drained
        self._stall_seconds = stall_seconds
        self._pipe: _Pipe | None = None
        self._buffer = 0

    async def send(self, reader: ResourceReader, length: int) -> int:
        """Send at most `length` bytes; return how many are missing.

        Raises:
            TimeoutError: the client takes nothing.
        """
        try:
            while length > 0:
                # What was written before has to be gone, or the file's bytes would overtake it.
                direct = hasattr(os, "sendfile") and not self._transport.get_write_buffer_size()
                run = await reader.run() if direct else None
                if run is not None:
                    count = min(run.count, length)
                    sent = await self._send_run(run, count)
                    length -= sent
                    if sent < count:
                        break
                    continue
                chunk = await reader.read()
                self._set_buffer(_NARROW)
                if not chunk:
                    break
                self._transport.write(chunk[:length])
                length -= len(chunk)
                await self._drained()
        except (OSError, UserFacingError) as error:
            if isinstance(error, TimeoutError):
                raise
            log.warning("A stream ended early: %s", error)
        finally:
            if self._pipe is not None:
                self._pipe.close()
            await reader.close()
        return length

    async def _send_run(self, run: FileRun, count: int) -> int:
        if self._buffer:
            self._set_buffer(_WIDE)
        if self._pipe is None:
            self._pipe = _Pipe(self._transport.get_extra_info("socket"))
        fd, sent = run.file.fileno(), 0
        if not _in_memory(fd, run.offset + count - 1):
            await asyncio.to_thread(_warm, fd, run.offset, count)
        while sent < count:
            try:
                passed = os.sendfile(self._pipe.fd, fd, run.offset + sent, count - sent)
            except BlockingIOError:
                async with asyncio.timeout(self._stall_seconds):
                    await self._pipe.writable()
                continue
            if not passed:
                break
            sent += passed
        return sent

    def _set_buffer(self, size: int) -> None:
        if self._buffer != size:
            self._buffer = size
            connection = self._transport.get_extra_info("socket")
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, size)


class _Pipe:
    """The connection once more, under a number of its own: the loop lets nobody else watch its."""

    def __init__(self, connection: socket.socket) -> None:
        self.fd = os.dup(connection.fileno())
        self._loop = asyncio.get_running_loop()

    async def writable(self) -> None:
        """Wait until the client takes more."""
        ready = asyncio.Event()
        self._loop.add_writer(self.fd, ready.set)
        try:
            await ready.wait()
        finally:
            self._loop.remove_writer(self.fd)

    def close(self) -> None:
        """Give the number back."""
        os.close(self.fd)
        self.fd = -1


def _in_memory(fd: int, offset: int) -> bool:
    """Whether a byte can be read without waiting for the disk; True where nobody can tell."""
    nowait = getattr(os, "RWF_NOWAIT", 0)  # Linux
    if not nowait:
        return True
    try:
        return os.preadv(fd, [bytearray(1)], offset, nowait) == 1
    except BlockingIOError:
        return False
    except OSError:
        return True


def _warm(fd: int, offset: int, count: int) -> None:
    """Read a part of a file into the system's memory, so that sending it does not block."""
    end = offset + count
    while offset < end and (data := os.pread(fd, min(1 << 18, end - offset), offset)):
        offset += len(data)
