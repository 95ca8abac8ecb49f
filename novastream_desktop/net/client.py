"""The HTTP client: the program's only user of httpx (import it late, it costs 100 ms)."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from weakref import WeakValueDictionary

import httpx

from novastream_desktop.errors import BadResponse, StoreError
from novastream_desktop.net import _rules as rules
from novastream_desktop.net._addresses import host_of
from novastream_desktop.net._cache import AnswerCache, Stored, cache_key, may_store
from novastream_desktop.net._pools import USER_AGENT, Pools, Way
from novastream_desktop.net._probe import look_at
from novastream_desktop.net._question import (
    Params,
    Question,
    lower_case,
    telling_headers,
    usable,
    with_params,
)
from novastream_desktop.net._send import Sender
from novastream_desktop.net.base import (
    HttpAnswer,
    HttpClient,
    ProbeAnswer,
    RoutedHttpClient,
    Sound,
)
from novastream_desktop.runtime import Clock
from novastream_desktop.runtime.files import replace_file
from novastream_desktop.settings import NetworkSettings

__all__ = ["USER_AGENT", "HttpxClient", "create_http_client"]


def create_http_client(
    *,
    cache_dir: Path | None,
    clock: Clock,
    cache_bytes: int = 64 * 1024 * 1024,
    network: NetworkSettings | None = None,
) -> RoutedHttpClient:
    """Return the client that every service shares; use it on one event loop.

    Args:
        cache_dir: where answers are kept (`http.sqlite` inside); None keeps none.
        clock: for ages and waits.
        cache_bytes: the most that is kept.
        network: proxies and resolvers; None means none but the system's.
    """
    cache = None if cache_dir is None else AnswerCache(cache_dir / "http.sqlite", cache_bytes)
    client = HttpxClient(_Shared(cache, clock, Pools(), Sender(clock)))
    client.use(network or NetworkSettings())
    return client


@dataclass(frozen=True, slots=True)
class _Shared:
    """What the client has in common with those that it makes for single providers."""

    cache: AnswerCache | None
    clock: Clock
    pools: Pools
    sender: Sender
    asking: WeakValueDictionary[str, asyncio.Lock] = field(default_factory=WeakValueDictionary)


class HttpxClient:
    """`RoutedHttpClient` over httpx. Cookies are never kept."""

    def __init__(self, shared: _Shared, provider: str = "") -> None:
        self._shared = shared
        self._provider = provider
        self._cache = shared.cache
        self._clock = shared.clock
        self._sender = shared.sender

    def for_provider(self, name: str) -> HttpClient:
        """See `HasRoutes.for_provider`."""
        return HttpxClient(self._shared, name)

    def use(self, network: NetworkSettings) -> None:
        """See `RoutedHttpClient.use`."""
        self._shared.pools.use(network)

    @property
    def _way(self) -> Way:
        return self._shared.pools.way_to(self._provider)

    async def get(
        self,
        url: str,
        *,
        params: Params | None = None,
        headers: Mapping[str, str] | None = None,
        max_age: float = 0,
        timeout: float | None = None,
        sound: Sound | None = None,
    ) -> HttpAnswer:
        """See `HttpClient.get`."""
        request = self._request("GET", url, params=params, headers=headers, timeout=timeout)
        return await self._answer(Question(request, max_age, timeout, sound=sound))

    async def get_json(
        self,
        url: str,
        *,
        params: Params | None = None,
        headers: Mapping[str, str] | None = None,
        max_age: float = 0,
        timeout: float | None = None,
        sound: Sound | None = None,
    ) -> bytes:
        """See `HttpClient.get_json`."""
        wanted = {"accept": "application/json", **lower_case(headers)}
        request = self._request("GET", url, params=params, headers=wanted, timeout=timeout)
        question = Question(request, max_age, timeout, json=True, sound=sound)
        return (await self._answer(question)).content

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
        """See `HttpClient.post_json`."""
        request = self._post(url, body, headers, timeout)
        question = Question(request, max_age, timeout, json=True, sound=sound)
        return (await self._answer(question)).content

    async def tell(
        self,
        url: str,
        body: Mapping[str, object],
        *,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> None:
        """See `HttpClient.tell`."""
        request = self._post(url, body, headers, timeout)
        question = Question(request, timeout=timeout)
        async with self._sender.within(question.total, request):
            await self._ask(question)

    async def follow(
        self, url: str, *, headers: Mapping[str, str] | None = None, timeout: float | None = None
    ) -> HttpAnswer:
        """See `HttpClient.follow`."""
        request = self._request("GET", url, headers=headers, timeout=timeout)
        question = Question(request, timeout=timeout)
        try:
            async with self._sender.within(question.total, request):
                return await self._ask(question)
        except rules.LeadsToMagnet as found:
            return HttpAnswer(httpx.codes.FOUND, found.magnet, {}, b"")

    async def probe(
        self, url: str, *, headers: Mapping[str, str] | None = None, first_bytes: int = 65_536
    ) -> ProbeAnswer:
        """See `HttpClient.probe`."""
        wanted = {**lower_case(headers), "range": f"bytes=0-{max(0, first_bytes - 1)}"}
        wanted["accept-encoding"] = "identity"
        request = self._request("GET", url, headers=wanted)
        async with self._sender.within(rules.READ_TIMEOUT, request):
            return await look_at(self._sender, self._way, request, self._clock, first_bytes)

    async def download(self, url: str, target: Path, *, max_bytes: int) -> None:
        """See `HttpClient.download`.

        Raises:
            StoreError: the file cannot be written.
        """
        request = self._request("GET", url)
        question = Question(request, limit=max_bytes)
        async with self._sender.within(question.total, request):
            answer = await self._ask(question)
        if "html" in answer.headers.get("content-type", "").lower():
            raise BadResponse(f"{host_of(url)} sent a web page instead of a file")
        try:
            await asyncio.to_thread(replace_file, target, answer.content)
        except OSError as error:
            raise StoreError(
                f"{target.name} cannot be saved",
                why=error.strerror or str(error),
                hint="Check the disk's free space",
            ) from error

    async def close(self) -> None:
        """End what is under way, and close connections and the cache."""
        await self._sender.end()
        await self._shared.pools.close()
        if self._cache is not None:
            await self._cache.close()

    def _post(
        self,
        url: str,
        body: Mapping[str, object],
        headers: Mapping[str, str] | None,
        timeout: float | None,
    ) -> httpx.Request:
        wanted = {"accept": "application/json", **lower_case(headers)}
        wanted["content-type"] = "application/json"
        content = json.dumps(body, sort_keys=True, separators=(",", ":")).encode()
        return self._request("POST", url, headers=wanted, timeout=timeout, content=content)

    def _request(
        self,
        method: str,
        url: str,
        *,
        params: Params | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
        content: bytes | None = None,
    ) -> httpx.Request:
        read = rules.READ_TIMEOUT if timeout is None else timeout
        times = httpx.Timeout(read, connect=min(rules.CONNECT_TIMEOUT, read))
        checked = rules.check_headers(headers, host_of(rules.check_url(url)))
        try:
            return self._way.client.build_request(
                method, with_params(url, params), headers=checked, content=content, timeout=times
            )
        except (httpx.InvalidURL, UnicodeError, ValueError) as error:
            raise BadResponse(
                "An address cannot be fetched",
                why="it is not a web address",
                hint="Check the addresses in Settings",
            ) from error

    async def _answer(self, question: Question) -> HttpAnswer:
        """Answer from the cache if it is young enough, else ask, and keep what may be kept."""
        request = question.request
        async with self._sender.within(question.total, request):
            if self._cache is None or (request.method == "POST" and question.max_age <= 0):
                return await question.check(await self._ask(question))
            key = cache_key(
                request.method, str(request.url), telling_headers(request), request.content
            )
            if question.max_age <= 0:
                return await self._refresh(self._cache, key, question)
            lock = self._shared.asking.setdefault(key, asyncio.Lock())
            async with lock:  # who asks the same meanwhile gets the same answer
                return await self._refresh(self._cache, key, question)

    async def _refresh(self, cache: AnswerCache, key: str, question: Question) -> HttpAnswer:
        request = question.request
        stored = await usable(cache, key, question)
        if stored is not None and stored.fresh(self._now(), question.max_age):
            return _with_url(stored, request)
        if stored is not None and request.method == "GET":
            request.headers.update(stored.conditions())
        answer = await self._ask(question)
        if answer.status == httpx.codes.NOT_MODIFIED and stored is not None:
            await cache.renew(key, self._now())
            return _with_url(stored, request)
        await question.check(answer)
        validated = "etag" in answer.headers or "last-modified" in answer.headers
        if may_store(answer) and (question.max_age > 0 or validated):
            moved = answer.url if answer.url != str(request.url) else ""
            kept = HttpAnswer(answer.status, moved, answer.headers, answer.content)
            await cache.save(key, kept, self._now())
        return answer

    async def _ask(self, question: Question) -> HttpAnswer:
        return await self._sender.ask(self._way, question.request, question.total, question.limit)

    def _now(self) -> float:
        return self._clock.now().timestamp()


def _with_url(stored: Stored, request: httpx.Request) -> HttpAnswer:
    answer = stored.answer
    url = answer.url or str(request.url)
    return HttpAnswer(answer.status, url, answer.headers, answer.content)
