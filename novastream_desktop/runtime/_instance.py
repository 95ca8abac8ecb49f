"""One window per data folder: a second start hands its target to the first and ends.

A lock on a file says who is first (the kernel releases it whatever happens to the process); a
Unix socket beside it carries the request. Where there is no `fcntl` every start is the first.
"""

from __future__ import annotations

import contextlib
import json
import logging
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO, TYPE_CHECKING

try:
    import fcntl
except ImportError:  # pragma: no cover  (Windows)
    fcntl = None  # type: ignore[assignment]

if TYPE_CHECKING:
    import asyncio

log = logging.getLogger(__name__)

_ANSWER_SECONDS = 2.0
_ASK_AGAIN_SECONDS = 0.1
_LONGEST_REQUEST = 65_536
_LONGEST_SOCKET_PATH = 100


class SingleInstance:
    """The claim of this process on a folder.

    Args:
        folder: where the lock and the socket lie; it exists.
    """

    def __init__(self, folder: Path) -> None:
        self._lock_file = folder / "instance.lock"
        self._socket = folder / "instance.sock"
        self._held: IO[bytes] | None = None
        self._server: asyncio.Server | None = None
        self._answering: set[asyncio.Task[None]] = set()

    def claim(self) -> bool:
        """Return whether this process is the first; the claim holds until `release`."""
        if fcntl is None:
            return True
        lock = self._lock_file.open("ab")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.close()
            return False
        self._held = lock
        return True

    def hand_over(self, target: str | None, *, patience: float = 5.0) -> bool:
        """Ask the first process to open a target (None: to come to the front).

        Args:
            target: what to open.
            patience: seconds in which it is asked again: it may just be starting.

        Returns:
            Whether it answered.
        """
        end = time.monotonic() + patience
        while not self._ask(target):
            if time.monotonic() >= end:
                return False
            time.sleep(_ASK_AGAIN_SECONDS)
        return True

    def _ask(self, target: str | None) -> bool:
        import socket  # noqa: PLC0415  (the first process does not ask)

        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(_ANSWER_SECONDS)
            connection.connect(str(self._socket))
            connection.sendall(json.dumps({"open": target}).encode() + b"\n")
            return connection.recv(16) == b"ok\n"
        return False

    async def listen(self, receive: Callable[[str | None], object]) -> None:
        """Call `receive` on this loop with what later starts hand over."""
        if self._held is None or len(str(self._socket)) > _LONGEST_SOCKET_PATH:
            return

        import asyncio  # noqa: PLC0415  (a process that does not listen needs none)

        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.current_task()
            assert task is not None
            self._answering.add(task)
            task.add_done_callback(self._answering.discard)
            await _answer(reader, writer, receive)

        self._socket.unlink(missing_ok=True)
        self._server = await asyncio.start_unix_server(
            serve, str(self._socket), limit=_LONGEST_REQUEST
        )
        self._socket.chmod(0o600)

    async def close(self) -> None:
        """Hear nothing more."""
        if self._server is None:
            return
        import asyncio  # noqa: PLC0415  (as above)

        from novastream_desktop.runtime.listeners import stop_accepting  # noqa: PLC0415  (as above)

        self._socket.unlink(missing_ok=True)
        await stop_accepting(self._server)
        for task in tuple(self._answering):
            task.cancel()
        await asyncio.gather(*self._answering, return_exceptions=True)

    def release(self) -> None:
        """Give the claim up."""
        if self._held is not None:
            self._held.close()
            self._held = None


async def _answer(
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    receive: Callable[[str | None], object],
) -> None:
    """Read one request and confirm it."""
    import asyncio  # noqa: PLC0415  (a process that does not listen needs none)

    try:
        line = await asyncio.wait_for(reader.readline(), _ANSWER_SECONDS)
        request = json.loads(line)
        target = request.get("open") if isinstance(request, dict) else None
        receive(target if isinstance(target, str) else None)
        writer.write(b"ok\n")
        await writer.drain()
    except (ValueError, OSError, TimeoutError) as error:
        log.info("A second start could not be understood: %s", error)
    finally:
        writer.close()
