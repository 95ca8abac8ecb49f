"""Requests as they go over the wire: redirects under our rules, bodies under a cap, retries."""

from __future__ import annotations

import asyncio
import logging
import random
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

import httpx

from novastream_desktop.errors import BadResponse, UserFacingError
from novastream_desktop.net import _rules as rules
from novastream_desktop.net._limits import HostLimits
from novastream_desktop.net.base import HttpAnswer
from novastream_desktop.runtime import Clock

log = logging.getLogger(__name__)
_FIRST_ERROR = 400


class Sender:
    """Send requests with limits by host, redirects, retries and errors of our own."""

    def __init__(
        self,
        client: httpx.AsyncClient,
        clock: Clock,
        pause: Callable[[float], Awaitable[object]],
    ) -> None:
        self._client = client
        self._clock = clock
        self._pause = pause
        self._limits = HostLimits()

    async def ask(self, request: httpx.Request, total: float, limit: int) -> HttpAnswer:
        """Send, again where that may help, until there is an answer below status 400.

        Args:
            request: only a GET is sent more than once.
            total: seconds for all of it.
            limit: the most bytes that an answer may have.
        """
        deadline = asyncio.get_running_loop().time() + total
        attempt = 1
        while True:
            status, asked_wait = None, None
            try:
                answer = await self._once(request, limit)
            except httpx.HTTPError as error:
                if not can_retry(error):
                    raise
                failure: Exception = error
            else:
                if answer.status < _FIRST_ERROR:
                    return answer
                status, asked_wait, failure = self._refusal(request, answer)
            left = deadline - asyncio.get_running_loop().time()
            jitter = random.random()  # noqa: S311  (spreads retries, guards nothing)
            wait = rules.wait_before_retry(attempt, status, asked_wait, left, jitter)
            if wait is None or request.method != "GET":
                raise failure
            log.info("Asking %s again in %.1f s", request.url.host, wait)
            await self._pause(wait)
            attempt += 1

    @asynccontextmanager
    async def stream(self, request: httpx.Request) -> AsyncIterator[httpx.Response]:
        """Send once and yield the answer, whatever its status, with its body unread."""
        async with open_stream(self._client, self._limits, request) as response:
            yield response

    async def _once(self, request: httpx.Request, limit: int) -> HttpAnswer:
        async with self.stream(request) as response:
            body = await read_body(response, limit)
            headers = {name.lower(): value for name, value in response.headers.items()}
            return HttpAnswer(response.status_code, str(response.url), headers, body)

    def _refusal(
        self, request: httpx.Request, answer: HttpAnswer
    ) -> tuple[int, float | None, UserFacingError]:
        now = self._clock.now()
        asked = answer.headers.get("retry-after")
        wait = None if asked is None else rules.retry_after(asked, now)
        url = str(request.url)
        error = rules.status_error(answer.status, url, answer.headers, answer.content, now)
        return answer.status, wait, error


@asynccontextmanager
async def translated(request: httpx.Request, total: float) -> AsyncIterator[None]:
    """Bound the time to `total` seconds, and make our errors of what the network throws."""
    url = str(request.url)
    try:
        async with asyncio.timeout(total):
            yield
    except TimeoutError as error:
        raise rules.no_answer(url, f"it took longer than {total:g} s") from error
    except httpx.HTTPError as error:
        raise rules.no_answer(url, *why_failed(error)) from error
    except (httpx.InvalidURL, UnicodeError) as error:
        raise BadResponse(
            f"{rules.host_of(url)} sent the program elsewhere", why="to a broken address"
        ) from error


@asynccontextmanager
async def open_stream(
    client: httpx.AsyncClient,
    limits: HostLimits,
    request: httpx.Request,
) -> AsyncIterator[httpx.Response]:
    """Send a request, follow its redirects, and yield the answer with its body unread.

    Raises:
        BadResponse: too many redirects, or one that must not be followed.
        httpx.HTTPError: as httpx says it; `translate` makes our errors of it.
    """
    for _hop in range(rules.MAX_REDIRECTS + 1):
        url = str(request.url)
        async with limits.turn(request.url.host):
            response = await client.send(request, stream=True)
            try:
                location = response.headers.get("location")
                if response.status_code not in rules.REDIRECTS or location is None:
                    yield response
                    return
            finally:
                await response.aclose()
        request = await _next_request(client, request, response.status_code, url, location)
    raise BadResponse(
        f"{rules.host_of(str(request.url))} sends the program in circles",
        why=f"more than {rules.MAX_REDIRECTS} redirects",
    )


async def _next_request(
    client: httpx.AsyncClient, request: httpx.Request, status: int, url: str, location: str
) -> httpx.Request:
    target = rules.redirect_target(url, location)
    here, there = urlsplit(url).hostname or "", urlsplit(target).hostname or ""
    if here != there and await leads_inside(there) and not await leads_inside(here):
        raise rules.refuse_inward(url, target)
    if request.method != "GET" and (status not in {307, 308} or here != there):
        raise BadResponse(
            f"{rules.host_of(url)} has moved", why="it redirects a request that carries data"
        )
    return client.build_request(
        request.method,
        target,
        headers=rules.headers_after_redirect(request.headers, url, target),
        content=request.content or None,
        extensions=dict(request.extensions),  # the time-outs
    )


async def leads_inside(host: str) -> bool:
    """Whether a host is in the user's own network, by its form or by what its name resolves to."""
    if rules.is_private(host):
        return True
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return False
    return any(rules.is_private(str(address[0])) for *_rest, address in found)


async def read_body(response: httpx.Response, limit: int) -> bytes:
    """Return the decoded body.

    Raises:
        BadResponse: it is larger than `limit` bytes; it is cut off there.
    """
    url = str(response.url)
    declared = response.headers.get("content-length", "")
    if declared.isdecimal() and int(declared) > limit:
        raise rules.too_large(url, limit)
    body = bytearray()
    async for piece in response.aiter_bytes():
        body += piece
        if len(body) > limit:
            raise rules.too_large(url, limit)
    return bytes(body)


def why_failed(error: httpx.HTTPError) -> tuple[str, str]:
    """Return the cause of a failed connection in plain words, and what to do."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return f"its certificate is not trusted ({cause.verify_message})", rules.DATE
        if isinstance(cause, socket.gaierror):
            return "its name was not found", rules.ONLINE
        if isinstance(cause, ConnectionRefusedError):
            return "the connection was refused", rules.ONLINE
        cause = cause.__cause__ or cause.__context__
    whys = {
        httpx.ConnectTimeout: f"no connection within {rules.CONNECT_TIMEOUT:.0f} s",
        httpx.TimeoutException: "it took too long",
        httpx.DecodingError: "the answer is damaged",
    }
    found = (why for kind, why in whys.items() if isinstance(error, kind))
    return next(found, "the connection broke off"), rules.ONLINE


def can_retry(error: httpx.HTTPError) -> bool:
    """Whether asking again may help: the connection failed, not the time or the trust."""
    if isinstance(error, httpx.ConnectError):
        return why_failed(error)[1] != rules.DATE
    return isinstance(error, httpx.ConnectTimeout | httpx.NetworkError | httpx.RemoteProtocolError)


def whole_size(response: httpx.Response) -> int | None:
    """Return the bytes of the whole resource, of which this may be a part, if the server says."""
    _, _, total = response.headers.get("content-range", "").rpartition("/")
    if total.isdecimal():
        return int(total)
    length = response.headers.get("content-length", "")
    return int(length) if response.status_code == httpx.codes.OK and length.isdecimal() else None
