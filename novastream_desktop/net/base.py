"""What the program needs of an HTTP client; `net` alone knows which library does it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeAlias, runtime_checkable

if TYPE_CHECKING:
    from novastream_desktop.settings import NetworkSettings

Sound: TypeAlias = Callable[[bytes], object]
"""Raises a `ProviderError` for a body that is not what was asked for; it is not kept then.

It must be pure: a large body is checked on another thread.
"""


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """A complete answer. Header names are lower case. `url` is the last one after redirects."""

    status: int
    url: str
    headers: Mapping[str, str]
    content: bytes


@dataclass(frozen=True, slots=True)
class ProbeAnswer:
    """What the first bytes of a media address tell.

    Attributes:
        latency: seconds until the first byte.
        throughput: bit/s over what was read, None if too little was read to tell.
        size: bytes of the whole resource, if the server says.
    """

    status: int
    url: str
    content_type: str
    head: bytes
    latency: float
    throughput: float | None
    size: int | None


class HttpClient(Protocol):
    """Pooled HTTP with time-outs, retries of GET, per-host rate limits, redaction and cache.

    Raises from every method: `ProviderUnavailable`, `ProviderRefused`, `RateLimited`,
    `BadResponse` (too large, or not the expected content type), `NotFound` (404, 410).
    """

    async def get(
        self,
        url: str,
        *,
        params: Mapping[str, str | int | float | list[str]] | None = None,
        headers: Mapping[str, str] | None = None,
        max_age: float = 0,
        timeout: float | None = None,
        sound: Sound | None = None,
    ) -> HttpAnswer:
        """Fetch; an answer younger than `max_age` seconds comes from the cache on disk.

        An older cached answer is revalidated if it has a validator. What `sound` refuses is
        never kept, and a kept answer that it refuses is dropped and asked for anew.
        """
        ...

    async def get_json(
        self,
        url: str,
        *,
        params: Mapping[str, str | int | float | list[str]] | None = None,
        headers: Mapping[str, str] | None = None,
        max_age: float = 0,
        timeout: float | None = None,
        sound: Sound | None = None,
    ) -> bytes:
        """Fetch JSON text; an HTML or empty body is `ProviderUnavailable`; `sound` as in `get`."""
        ...

    async def post_json(
        self,
        url: str,
        body: Mapping[str, object],
        *,
        headers: Mapping[str, str] | None = None,
        max_age: float = 0,
        timeout: float | None = None,
        sound: Sound | None = None,
    ) -> bytes:
        """Post JSON, never retried; cached by (url, body) for `max_age` s; `sound` as in `get`."""
        ...

    async def tell(
        self,
        url: str,
        body: Mapping[str, object],
        *,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> None:
        """Post JSON to who answers with nothing; never retried."""
        ...

    async def follow(
        self, url: str, *, headers: Mapping[str, str] | None = None, timeout: float | None = None
    ) -> HttpAnswer:
        """Fetch a link that may lead to a magnet, as those of torrent indexers do.

        Where it does, the answer's `url` is that magnet link and its content is empty; the
        magnet is as a stranger sent it. Nothing is cached.
        """
        ...

    async def probe(
        self, url: str, *, headers: Mapping[str, str] | None = None, first_bytes: int = 65_536
    ) -> ProbeAnswer:
        """Ask for the first bytes of a media address; any HTTP status is an answer."""
        ...

    async def download(self, url: str, target: Path, *, max_bytes: int) -> None:
        """Save a file in one atomic step (used for pictures)."""
        ...

    async def close(self) -> None:
        """Close connections and the cache."""
        ...


@runtime_checkable
class HasRoutes(Protocol):
    """An HTTP client that reaches different providers by different ways."""

    def for_provider(self, name: str) -> HttpClient:
        """Return the same client as this provider is to use it; it need not be closed."""
        ...


class RoutedHttpClient(HttpClient, HasRoutes, Protocol):
    """The client that the program makes: `HttpClient`, with ways that can change."""

    def use(self, network: NetworkSettings) -> None:
        """Heed other proxies and resolvers from the next request on."""
        ...
