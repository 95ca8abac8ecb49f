"""The API's server, run on the service loop."""

from __future__ import annotations

import asyncio
import errno
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from novastream_desktop.api.app import create_app
from novastream_desktop.api.base import ApiServices
from novastream_desktop.errors import BugError, EnvironmentUnusable
from novastream_desktop.runtime.listeners import stop_accepting

_SHUTDOWN_SECONDS = 2


class _Server(uvicorn.Server):
    """uvicorn without signal handlers and polling, that says when it is ready."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = asyncio.Event()
        self._stopping = asyncio.Event()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals to whoever runs the loop."""
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then say so."""
        await super().startup(sockets)
        self.ready.set()

    async def main_loop(self) -> None:
        """Wait to be stopped; uvicorn's own loop wakes ten times a second."""
        await self._stopping.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop, also for who has just come in and for who does not go in time."""
        for server in self.servers:
            await stop_accepting(server)
        await super().shutdown(sockets)
        for connection in list(self.server_state.connections):
            connection.transport.abort()

    def stop(self) -> None:
        """End `serve`."""
        self.should_exit = True
        self._stopping.set()


class ApiServer:
    """Serve the API until closed.

    Args:
        services: what the routes ask.
        host: address or name to bind; loopback unless the user wants otherwise.
        port: TCP port, 0 for any free one.
        token: the bearer token.
    """

    def __init__(self, services: ApiServices, *, host: str, port: int, token: str) -> None:
        self._services = services
        self._host = host
        self._port = port
        self._token = token
        self._server: _Server | None = None
        self._serving: asyncio.Task[None] | None = None

    async def start(self) -> str:
        """Start and return the address, such as `http://127.0.0.1:8765`.

        Raises:
            EnvironmentUnusable: the port is taken or the host is not this machine's.
        """
        bound = await asyncio.to_thread(_bound_socket, self._host, self._port)
        app = create_app(self._services, token=self._token, host=self._host)
        config = uvicorn.Config(
            app,
            loop="none",
            http="h11",
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            date_header=False,  # uvicorn's polling would keep it right
            timeout_graceful_shutdown=_SHUTDOWN_SECONDS,
        )
        self._server = server = _Server(config)
        self._serving = asyncio.create_task(server.serve([bound]), name="api-server")
        ready = asyncio.create_task(server.ready.wait())
        await asyncio.wait({ready, self._serving}, return_when=asyncio.FIRST_COMPLETED)
        if not ready.done():
            ready.cancel()
            await self._serving
            raise BugError("The API's server ended before it had begun")
        name = f"[{self._host}]" if ":" in self._host else self._host
        return f"http://{name}:{bound.getsockname()[1]}"

    async def close(self) -> None:
        """Stop taking requests and end those that run (at most 2 s); twice is allowed."""
        if self._server is None or self._serving is None:
            return
        self._server.stop()
        await self._serving
        self._server = self._serving = None


def _bound_socket(host: str, port: int) -> socket.socket:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        bound = socket.socket(family, kind, protocol)
    except OSError as error:
        raise _cannot_listen(host, port, error) from error
    try:
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):  # Windows would let two servers share a port
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(address)
        bound.listen(128)  # a second server on this port has to fail now, not later
        bound.setblocking(False)
    except OSError as error:
        bound.close()
        raise _cannot_listen(host, port, error) from error
    return bound


def _cannot_listen(host: str, port: int, error: OSError) -> EnvironmentUnusable:
    if error.errno == errno.EADDRINUSE:
        return EnvironmentUnusable(
            f"The HTTP API cannot use port {port}",
            why="another program has it",
            hint="Close it, or set api.port (or --port) to another number; 0 is any free one",
        )
    if error.errno == errno.EACCES:
        return EnvironmentUnusable(
            f"The HTTP API cannot use port {port}",
            why="the system does not allow it",
            hint="Set api.port (or --port) to a number above 1023",
        )
    return EnvironmentUnusable(
        f"The HTTP API cannot listen on {host}",
        why=error.strerror or str(error),
        hint="Set api.host (or --host) to 127.0.0.1 or to an address of this machine",
    )
