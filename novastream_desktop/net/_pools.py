"""Connection pools, one for each way in use. Made at first use, closed together."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import cache
from http.cookiejar import CookieJar, DefaultCookiePolicy
from ssl import SSLContext
from typing import TypeAlias

import httpcore
import httpx

from novastream_desktop import APP_ID, APP_NAME, __version__
from novastream_desktop.net._addresses import is_private
from novastream_desktop.net._backend import use_closing_backend, with_closing_backend
from novastream_desktop.net._names import DohNames, NamedBackend, system_names
from novastream_desktop.net._routes import Route, route_for
from novastream_desktop.settings import NetworkSettings

USER_AGENT = f"{APP_NAME}/{__version__} (+{APP_ID})"
_LIMITS = httpx.Limits(max_connections=64, max_keepalive_connections=16)
Names: TypeAlias = Callable[[str], Awaitable[Sequence[str]]]


@dataclass(frozen=True, slots=True)
class Way:
    """A pool of connections, and who says where a name leads."""

    client: httpx.AsyncClient
    names: Names


class Pools:
    """The ways that the settings ask for. Used on one event loop."""

    def __init__(self) -> None:
        self._network = NetworkSettings()
        self._ways: dict[Route, Way] = {}
        self._resolvers: dict[str, DohNames] = {}

    def use(self, network: NetworkSettings) -> None:
        """Heed other settings from the next request on; answers under way are not cut off."""
        self._network = network

    def way_to(self, provider: str) -> Way:
        """Return the way to a provider, '' for nobody in particular.

        Raises:
            BadResponse: its settings cannot be used.
        """
        route = route_for(self._network, provider)
        if route not in self._ways:
            self._ways[route] = self._make(route)
        return self._ways[route]

    async def close(self) -> None:
        """Close every connection."""
        for way in self._ways.values():
            await way.client.aclose()
        for resolver in self._resolvers.values():
            await resolver.close()

    def _make(self, route: Route) -> Way:
        if route == Route():
            # Loopback never goes through a proxy of the environment.
            own = ("all://127.0.0.1", "all://localhost", "all://[::1]")
            return Way(_client(mounts=dict.fromkeys(own)), system_names)
        if route.by_proxy:
            by_proxy = _ByProxy(verify=_trust(), limits=_LIMITS, proxy=route.proxy)
            use_closing_backend(by_proxy)
            transport = _PastProxy(by_proxy, self._straight(route))
            return Way(_client(transport=transport), _no_names)
        names = self._names(route.resolver) if route.resolver else system_names
        return Way(_client(transport=self._straight(route)), names)

    def _straight(self, route: Route) -> httpx.AsyncBaseTransport:
        if not route.resolver:
            straight = httpx.AsyncHTTPTransport(verify=_trust(), limits=_LIMITS)
            use_closing_backend(straight)
            return straight
        return _Resolved(self._names(route.resolver), _trust())

    def _names(self, address: str) -> DohNames:
        if address not in self._resolvers:
            self._resolvers[address] = DohNames(address, _trust())
        return self._resolvers[address]


@cache
def _trust() -> SSLContext:
    """Return whom the program trusts: one for all ways, since reading the certificates is dear."""
    return httpx.create_ssl_context()


def _client(
    transport: httpx.AsyncBaseTransport | None = None,
    mounts: dict[str, httpx.AsyncBaseTransport | None] | None = None,
) -> httpx.AsyncClient:
    made = httpx.AsyncClient(
        headers={"user-agent": USER_AGENT},
        verify=_trust(),
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
        limits=_LIMITS,
        transport=transport,
        mounts=mounts,
    )
    return with_closing_backend(made)


async def _no_names(_host: str) -> Sequence[str]:
    """Say nothing: the proxy resolves names, and asking here would tell them to others."""
    return ()


class _ByProxy(httpx.AsyncHTTPTransport):
    """Tells a proxy that fails from a host that fails."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        try:
            return await super().handle_async_request(request)
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            raise httpx.ProxyError("the proxy did not answer", request=request) from error


class _PastProxy(httpx.AsyncBaseTransport):
    """Sends what stays in the user's own network past the proxy."""

    def __init__(
        self, by_proxy: httpx.AsyncBaseTransport, straight: httpx.AsyncBaseTransport
    ) -> None:
        self._by_proxy = by_proxy
        self._straight = straight

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        chosen = self._straight if is_private(request.url.host) else self._by_proxy
        return await chosen.handle_async_request(request)

    async def aclose(self) -> None:
        await self._by_proxy.aclose()
        await self._straight.aclose()


class _Resolved(httpx.AsyncHTTPTransport):
    """Connects by a resolver of its own.

    httpx has no way to hand httpcore a network backend, so its pool is replaced by one that has.
    """

    def __init__(self, names: DohNames, context: SSLContext) -> None:
        super().__init__(verify=context, limits=_LIMITS)
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=context,
            max_connections=_LIMITS.max_connections,
            max_keepalive_connections=_LIMITS.max_keepalive_connections,
            keepalive_expiry=_LIMITS.keepalive_expiry,
            network_backend=NamedBackend(names),
        )
