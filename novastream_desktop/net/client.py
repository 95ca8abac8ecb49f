"""The HTTP client: the program's only user of httpx (import it late, it costs 100 ms)."""

from __future__ import annotations

import asyncio
import json
import os
import tempfile
from collections.abc import Awaitable, Callable, Mapping
from http.cookiejar import CookieJar, DefaultCookiePolicy
from pathlib import Path
from weakref import WeakValueDictionary

import httpx

from novastream_desktop import APP_ID, APP_NAME, __version__
from novastream_desktop.errors import BadResponse, StoreError
from novastream_desktop.net import _rules as rules
from novastream_desktop.net._cache import AnswerCache, Stored, cache_key, may_store
from novastream_desktop.net._question import Question, usable
from novastream_desktop.net._send import Sender, translated, whole_size
from novastream_desktop.net.base import HttpAnswer, HttpClient, ProbeAnswer, Sound
from novastream_desktop.runtime import Clock

Params = Mapping[str, str | int | float | list[str]]
USER_AGENT = f"{APP_NAME}/{__version__} (+{APP_ID})"
_ENOUGH_TO_MEASURE = 16_384


def create_http_client(
    *,
    cache_dir: Path | None,
    clock: Clock,
    cache_bytes: int = 64 * 1024 * 1024,
    pause: Callable[[float], Awaitable[object]] = asyncio.sleep,
) -> HttpClient:
    """Return the client that every service shares; use it on one event loop.

    Args:
        cache_dir: where answers are kept (`http.sqlite` inside); None keeps none.
        clock: for ages and waits.
        cache_bytes: the most that is kept.
        pause: waits before a retry; tests pass their own.
    """
    cache = None if cache_dir is None else AnswerCache(cache_dir / "http.sqlite", cache_bytes)
    return HttpxClient(cache, clock, pause)


class HttpxClient:
    """`HttpClient` over one httpx pool. Cookies are never kept."""

    def __init__(
        self,
        cache: AnswerCache | None,
        clock: Clock,
        pause: Callable[[float], Awaitable[object]],
    ) -> None:
        self._cache = cache
        self._clock = clock
        self._asking: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._client = httpx.AsyncClient(
            headers={"user-agent": USER_AGENT},
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            limits=httpx.Limits(max_connections=64, max_keepalive_connections=16),
            # Loopback never goes through a proxy of the environment.
            mounts={"all://127.0.0.1": None, "all://localhost": None, "all://[::1]": None},
        )
        self._sender = Sender(self._client, clock, pause)

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
        wanted = {"accept": "application/json", **_lower(headers)}
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
        wanted = {"accept": "application/json", **_lower(headers)}
        wanted["content-type"] = "application/json"
        content = json.dumps(body, sort_keys=True, separators=(",", ":")).encode()
        request = self._request("POST", url, headers=wanted, timeout=timeout, content=content)
        question = Question(request, max_age, timeout, json=True, sound=sound)
        return (await self._answer(question)).content

    async def follow(
        self, url: str, *, headers: Mapping[str, str] | None = None, timeout: float | None = None
    ) -> HttpAnswer:
        """See `HttpClient.follow`."""
        request = self._request("GET", url, headers=headers, timeout=timeout)
        question = Question(request, timeout=timeout)
        try:
            async with translated(request, question.total):
                return await self._ask(question)
        except rules.LeadsToMagnet as found:
            return HttpAnswer(httpx.codes.FOUND, found.magnet, {}, b"")

    async def probe(
        self, url: str, *, headers: Mapping[str, str] | None = None, first_bytes: int = 65_536
    ) -> ProbeAnswer:
        """See `HttpClient.probe`."""
        wanted = {**_lower(headers), "range": f"bytes=0-{max(0, first_bytes - 1)}"}
        wanted["accept-encoding"] = "identity"
        request = self._request("GET", url, headers=wanted)
        began = self._clock.monotonic()
        head = bytearray()
        async with (
            translated(request, rules.READ_TIMEOUT),
            self._sender.stream(request) as response,
        ):
            answered = first = self._clock.monotonic()
            async for piece in response.aiter_bytes():
                first = first if head else self._clock.monotonic()
                head += piece
                if len(head) >= first_bytes:
                    break
            took = self._clock.monotonic() - answered
        enough = len(head) >= _ENOUGH_TO_MEASURE and took > 0
        return ProbeAnswer(
            status=response.status_code,
            url=str(response.url),
            content_type=response.headers.get("content-type", ""),
            head=bytes(head[:first_bytes]),
            latency=first - began,
            throughput=len(head) * 8 / took if enough else None,
            size=whole_size(response),
        )

    async def download(self, url: str, target: Path, *, max_bytes: int) -> None:
        """See `HttpClient.download`.

        Raises:
            StoreError: the file cannot be written.
        """
        request = self._request("GET", url)
        question = Question(request, limit=max_bytes)
        async with translated(request, question.total):
            answer = await self._ask(question)
        if "html" in answer.headers.get("content-type", "").lower():
            raise BadResponse(f"{rules.host_of(url)} sent a web page instead of a file")
        try:
            await asyncio.to_thread(_write, target, answer.content)
        except OSError as error:
            raise StoreError(
                f"{target.name} cannot be saved",
                why=error.strerror or str(error),
                hint="Check the disk's free space",
            ) from error

    async def close(self) -> None:
        """Close connections and the cache."""
        await self._client.aclose()
        if self._cache is not None:
            await self._cache.close()

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
        checked = rules.check_headers(headers, rules.host_of(rules.check_url(url)))
        try:
            return self._client.build_request(
                method, _with_params(url, params), headers=checked, content=content, timeout=times
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
        async with translated(request, question.total):
            if self._cache is None or (request.method == "POST" and question.max_age <= 0):
                return await question.check(await self._ask(question))
            key = cache_key(
                request.method, str(request.url), _telling_headers(request), request.content
            )
            if question.max_age <= 0:
                return await self._refresh(self._cache, key, question)
            lock = self._asking.setdefault(key, asyncio.Lock())
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
        return await self._sender.ask(question.request, question.total, question.limit)

    def _now(self) -> float:
        return self._clock.now().timestamp()


def _telling_headers(request: httpx.Request) -> dict[str, str]:
    """Return the headers that tell one answer from another."""
    ignored = {"host", "connection", "user-agent", "content-length", "accept-encoding"}
    return {n.lower(): v for n, v in request.headers.items() if n.lower() not in ignored}


def _lower(headers: Mapping[str, str] | None) -> dict[str, str]:
    return {name.lower(): value for name, value in (headers or {}).items()}


def _with_params(url: str, params: Params | None) -> httpx.URL:
    address = httpx.URL(url)
    # httpx replaces the whole query by `params`; an address in Settings may hold one of its own.
    return address.copy_merge_params(dict(params)) if params else address


def _with_url(stored: Stored, request: httpx.Request) -> HttpAnswer:
    answer = stored.answer
    url = answer.url or str(request.url)
    return HttpAnswer(answer.status, url, answer.headers, answer.content)


def _write(target: Path, content: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
