"""Names to addresses: by the system, or by a DNS-over-HTTPS service (RFC 8484)."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Iterable, Sequence
from typing import Any
from urllib.parse import urlsplit
from weakref import WeakValueDictionary

import httpcore
import httpx

from novastream_desktop.net import _dns_wire as wire
from novastream_desktop.net._addresses import is_private
from novastream_desktop.net._backend import ClosingBackend, with_closing_backend

_TYPE = "application/dns-message"
_LONGEST = 65_536
_TIMEOUT = 5.0
_SHORTEST_TTL, _LONGEST_TTL = 30, 3_600
_MOST_KEPT = 512
_ONE_TRY = 2.0
_OWN_SUFFIXES = (".local", ".lan", ".home.arpa", ".internal", ".localhost")


class NameLookupFailed(OSError):
    """The resolver in the settings did not answer; nobody else is asked instead."""

    def __init__(self, resolver: str) -> None:
        super().__init__(f"{resolver} did not resolve the name")
        self.resolver = resolver


async def system_names(host: str) -> Sequence[str]:
    """Return a host's addresses as the system says, none if it does not know the name."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return ()
    return [str(address[0]) for *_rest, address in found]


def is_own_name(host: str) -> bool:
    """Whether only the user's own network can know a name, so that no service is asked."""
    name = host.rstrip(".").lower()
    return is_private(name) or ":" in name or "." not in name or name.endswith(_OWN_SUFFIXES)


class DohNames:
    """Asks one DNS-over-HTTPS service; answers are kept for as long as they hold.

    Args:
        address: the service's address, such as `https://dns.example/dns-query`.
        context: how its certificate is checked.
    """

    def __init__(self, address: str, context: Any) -> None:
        self._address = address
        self._host = urlsplit(address).hostname or ""
        self._client = with_closing_backend(
            httpx.AsyncClient(
                verify=context, timeout=_TIMEOUT, trust_env=False, follow_redirects=False
            )
        )
        self._kept: dict[str, tuple[float, tuple[str, ...]]] = {}
        self._asking: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def __call__(self, host: str) -> Sequence[str]:
        """Return a host's addresses, those of IPv4 first; none if there is no such name.

        Raises:
            NameLookupFailed: the service does not say.
        """
        if is_own_name(host):
            return await system_names(host)
        name = host.rstrip(".").lower()
        lock = self._asking.setdefault(name, asyncio.Lock())
        async with lock:
            now = asyncio.get_running_loop().time()
            until, addresses = self._kept.get(name, (0.0, ()))
            if now >= until:
                addresses, ttl = await self._ask(name)
                self._keep(name, now + ttl, addresses)
            return addresses

    async def close(self) -> None:
        """Close its connections."""
        await self._client.aclose()

    def _keep(self, name: str, until: float, addresses: tuple[str, ...]) -> None:
        self._kept.pop(name, None)
        self._kept[name] = (until, addresses)
        while len(self._kept) > _MOST_KEPT:
            del self._kept[next(iter(self._kept))]

    async def _ask(self, name: str) -> tuple[tuple[str, ...], float]:
        try:
            async with asyncio.timeout(_TIMEOUT):
                found = await _both(self._one(name, wire.A), self._one(name, wire.AAAA))
        except (httpx.HTTPError, ValueError, TimeoutError) as error:
            raise NameLookupFailed(self._host) from error
        addresses = tuple(address for one in found for address in one.addresses)
        ttls = [one.ttl for one in found if one.addresses]
        return addresses, max(_SHORTEST_TTL, min(min(ttls, default=0), _LONGEST_TTL))

    async def _one(self, name: str, kind: int) -> wire.NameAnswer:
        parameter = wire.as_parameter(wire.question(name, kind))
        address = httpx.URL(self._address).copy_merge_params({"dns": parameter})
        async with self._client.stream("GET", address, headers={"accept": _TYPE}) as response:
            mime = response.headers.get("content-type", "").partition(";")[0].strip().lower()
            if response.status_code != httpx.codes.OK or mime != _TYPE:
                raise ValueError("no DNS answer")
            body = bytearray()
            async for piece in response.aiter_bytes():
                body += piece
                if len(body) > _LONGEST:
                    raise ValueError("too much")
        return wire.answer(bytes(body), kind)


async def _both(*questions: Awaitable[wire.NameAnswer]) -> list[wire.NameAnswer]:
    """Return all answers, or raise the first failure once no question is open any more."""
    found = await asyncio.gather(*questions, return_exceptions=True)
    answers = [one for one in found if not isinstance(one, BaseException)]
    for one in found:
        if isinstance(one, BaseException):
            raise one
    return answers


class NamedBackend(httpcore.AsyncNetworkBackend):
    """Connects to the addresses that a resolver gives.

    TLS is none of its business: the certificate is still checked against the host's name, and
    connections are still kept by name.
    """

    def __init__(self, names: DohNames) -> None:
        self._names = names
        self._below = ClosingBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to the first address that answers."""
        try:
            addresses = await self._found(host)
        except OSError as error:
            raise httpcore.ConnectError("the name was not resolved") from error
        *others, last = addresses[:4]
        for address in others:
            soon = _ONE_TRY if timeout is None else min(timeout, _ONE_TRY)
            try:
                return await self._below.connect_tcp(
                    address, port, soon, local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return await self._below.connect_tcp(last, port, timeout, local_address, socket_options)

    async def _found(self, host: str) -> Sequence[str]:
        addresses = await self._names(host)
        if not addresses:
            raise socket.gaierror(socket.EAI_NONAME, "no such name")
        return addresses

    async def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore.AsyncNetworkStream:
        """Not needed here."""
        raise NotImplementedError

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(seconds)
