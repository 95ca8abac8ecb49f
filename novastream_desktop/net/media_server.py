"""The HTTP server on loopback that hands media to the player, with byte ranges.

Torrents and bundled media are mounted under a prefix each. It binds 127.0.0.1 on a free port,
answers only to its own name, and never maps the text of an address to a path by itself.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from urllib.parse import quote

from novastream_desktop.errors import BugError, EnvironmentUnusable
from novastream_desktop.net._media_body import RUN, FileRun, ResourceReader
from novastream_desktop.net._media_connection import Connection, Resource, ServerLimits
from novastream_desktop.net._media_files import (
    CHUNK,
    FolderResource,
    content_type_of,
    folder_resolver,
    open_inside,
    read_at,
)
from novastream_desktop.runtime.listeners import stop_accepting

__all__ = [
    "CHUNK",
    "RUN",
    "FileRun",
    "FolderResource",
    "MediaServer",
    "Resolver",
    "Resource",
    "ResourceReader",
    "ServerLimits",
    "content_type_of",
    "folder_resolver",
    "open_inside",
    "read_at",
]

Resolver = Callable[[str], Resource | None]


class MediaServer:
    """Serves mounted resources over HTTP to this machine only; used on one event loop."""

    def __init__(self, *, limits: ServerLimits | None = None) -> None:
        self._limits = limits or ServerLimits()
        self._mounts: dict[str, Resolver] = {}
        self._connections: set[Connection] = set()
        self._server: asyncio.Server | None = None
        self._port = 0

    async def start(self) -> None:
        """Listen on a free port of 127.0.0.1.

        Raises:
            EnvironmentUnusable: this machine has no loopback to listen on.
        """
        if self._server is not None:
            return
        loop = asyncio.get_running_loop()
        try:
            self._server = await loop.create_server(
                lambda: Connection(self._find, lambda: self._port, self._limits, self._connections),
                "127.0.0.1",
                0,
            )
        except OSError as error:
            raise EnvironmentUnusable(
                "The local media server cannot start",
                why=error.strerror or str(error),
                hint="Allow programs to listen on 127.0.0.1",
            ) from error
        self._port = self._server.sockets[0].getsockname()[1]

    @property
    def port(self) -> int:
        """The port it listens on.

        Raises:
            BugError: it was not started.
        """
        if self._server is None:
            raise BugError("the media server was not started")
        return self._port

    def mount(self, prefix: str, resolver: Resolver) -> None:
        """Serve `/prefix/...` by asking `resolver` for what follows the prefix (decoded).

        Args:
            prefix: one or more path segments without outer slashes.
            resolver: returns a resource, or None for 404; called on the loop, so it is quick.
        """
        self._mounts[prefix.strip("/")] = resolver

    def unmount(self, prefix: str) -> None:
        """Stop to serve a prefix; answers under way go on."""
        self._mounts.pop(prefix.strip("/"), None)

    def url(self, prefix: str, path: str) -> str:
        """Return the address of a path under a prefix; an empty path gives the base, with `/`."""
        return f"http://127.0.0.1:{self.port}/{quote(prefix.strip('/'))}/{quote(path)}"

    async def close(self) -> None:
        """Cut every connection and stop to listen."""
        if self._server is None:
            return
        await stop_accepting(self._server)
        tasks = [c.task for c in self._connections if c.task is not None]
        for connection in tuple(self._connections):
            connection.abort()
        if tasks:
            await asyncio.wait(tasks)
        await self._server.wait_closed()
        self._server = None

    def _find(self, path: str) -> Resource | None:
        for prefix in sorted(self._mounts, key=len, reverse=True):
            if path.startswith(f"/{prefix}/"):
                return self._mounts[prefix](path[len(prefix) + 2 :])
        return None
