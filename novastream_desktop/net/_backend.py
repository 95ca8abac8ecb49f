"""Connections as httpcore makes them, with what it forgets: to close one given up half-way."""

from __future__ import annotations

import ssl
from collections.abc import Iterable
from typing import Any

import httpcore
import httpx
from httpcore._backends.auto import AutoBackend


class ClosingBackend(httpcore.AsyncNetworkBackend):
    """Makes connections that are closed when their TLS handshake is cancelled.

    httpcore closes them where the handshake fails, not where its asker has gone meanwhile.
    """

    def __init__(self) -> None:
        self._below = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect."""
        stream = await self._below.connect_tcp(host, port, timeout, local_address, socket_options)
        return _ClosingStream(stream)

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await self._below.sleep(seconds)


class _ClosingStream(httpcore.AsyncNetworkStream):
    def __init__(self, stream: httpcore.AsyncNetworkStream) -> None:
        self._stream = stream

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return await self._stream.read(max_bytes, timeout)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        await self._stream.write(buffer, timeout)

    async def aclose(self) -> None:
        await self._stream.aclose()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.AsyncNetworkStream:
        try:
            safe = await self._stream.start_tls(ssl_context, server_hostname, timeout)
        except BaseException:
            await self._stream.aclose()
            raise
        return _ClosingStream(safe)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def with_closing_backend(client: httpx.AsyncClient) -> httpx.AsyncClient:
    """Return a client whose own connections are made by `ClosingBackend`."""
    # httpx takes no network backend, and makes the pools for the environment's proxies itself.
    for transport in (client._transport, *client._mounts.values()):  # noqa: SLF001
        if isinstance(transport, httpx.AsyncHTTPTransport):
            use_closing_backend(transport)
    return client


def use_closing_backend(transport: httpx.AsyncHTTPTransport) -> None:
    """Let a transport make its connections by `ClosingBackend`, if it has none of its own."""
    pool = transport._pool  # noqa: SLF001
    if isinstance(pool._network_backend, AutoBackend):  # noqa: SLF001
        pool._network_backend = ClosingBackend()  # noqa: SLF001
