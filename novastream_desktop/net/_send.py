"""Requests as they go over the wire: redirects under our rules, bodies under a cap, retries."""

from __future__ import annotations

import asyncio
import logging
import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import NamedTuple
from urllib.parse import urlsplit

import httpx
import stamina

from novastream_desktop.errors import BadResponse, BugError, UserFacingError
from novastream_desktop.net import _rules as rules
from novastream_desktop.net._addresses import host_of, is_private
from novastream_desktop.net._limits import HostLimits
from novastream_desktop.net._names import NameLookupFailed, system_names
from novastream_desktop.net._pools import Names, Way
from novastream_desktop.net._secrets import secrets_of
from novastream_desktop.net.base import HttpAnswer
from novastream_desktop.runtime import Clock

log = logging.getLogger(__name__)
_FIRST_ERROR = 400
_ENDS = "the program ends"
stamina.instrumentation.set_on_retry_hooks(())  # its own log lines could name whole addresses


class _Refused(Exception):
    """An answer of status 400 or more, with what it asks for."""

    def __init__(self, status: int, wait: float | None, error: UserFacingError) -> None:
        super().__init__(status)
        self.status = status
        self.wait = wait
        self.error = error


class Sender:
    """Send requests with limits by host, redirects, retries and errors of our own.

    Its hosts' limits hold for all ways together.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._limits = HostLimits()
        self._deadlines: set[asyncio.Timeout] = set()
        self._at_rest = asyncio.Event()
        self._ended = False

    @asynccontextmanager
    async def within(self, total: float, request: httpx.Request) -> AsyncIterator[None]:
        """Bound the time to `total` seconds, and make our errors of what the network throws."""
        url = str(request.url)
        if self._ended:
            raise rules.no_answer(url, _ENDS)
        try:
            async with asyncio.timeout(total) as deadline:
                self._deadlines.add(deadline)
                try:
                    yield
                finally:
                    self._deadlines.discard(deadline)
                    if not self._deadlines:
                        self._at_rest.set()
        except TimeoutError as error:
            why = _ENDS if self._ended else f"it took longer than {total:g} s"
            raise rules.no_answer(url, why) from error
        except httpx.HTTPError as error:
            raise rules.no_answer(url, *why_failed(error)) from error
        except (httpx.InvalidURL, UnicodeError) as error:
            raise BadResponse(
                f"{host_of(url)} sent the program elsewhere", why="to a broken address"
            ) from error

    async def end(self) -> None:
        """Give up what is under way, and whatever is asked from now on.

        A pool that is closed meanwhile would forget the connection and never close it.
        """
        self._ended = True
        if self._deadlines:
            self._at_rest.clear()
            for deadline in self._deadlines:
                if not deadline.expired():
                    deadline.reschedule(0)
            await self._at_rest.wait()

    async def ask(self, way: Way, request: httpx.Request, total: float, limit: int) -> HttpAnswer:
        """Send, again where that may help, until there is an answer below status 400.

        Args:
            way: by which it is sent.
            request: only a GET is sent more than once.
            total: seconds for all of it.
            limit: the most bytes that an answer may have.
        """
        again = _Again(request, asyncio.get_running_loop().time() + total)
        try:
            async for attempt in stamina.retry_context(
                on=again,
                attempts=rules.MAX_ATTEMPTS,
                timeout=None,
                wait_initial=rules.FIRST_WAIT,
                wait_max=rules.LONGEST_WAIT,
                wait_jitter=rules.JITTER,
            ):
                with attempt:
                    return await self._once(way, request, limit)
        except _Refused as refused:
            raise refused.error from None
        raise BugError("stamina ended without an answer")

    @asynccontextmanager
    async def stream(self, way: Way, request: httpx.Request) -> AsyncIterator[httpx.Response]:
        """Send once and yield the answer, whatever its status, with its body unread."""
        async with open_stream(way.client, self._limits, request, way.names) as response:
            yield response

    async def _once(self, way: Way, request: httpx.Request, limit: int) -> HttpAnswer:
        async with self.stream(way, request) as response:
            body = await read_body(response, limit)
            headers = {name.lower(): value for name, value in response.headers.items()}
            answer = HttpAnswer(response.status_code, str(response.url), headers, body)
        if answer.status < _FIRST_ERROR:
            return answer
        now = self._clock.now()
        asked = answer.headers.get("retry-after")
        wait = None if asked is None else rules.retry_after(asked, now)
        secrets = secrets_of(str(request.url), request.headers) | secrets_of(answer.url, {})
        error = rules.status_error(answer, now, secrets)
        raise _Refused(answer.status, wait, error)


class _Again:
    """Says of each failure whether it may help to ask again, and after how long.

    stamina waits for its own jittered back-off where this says yes without a number. It knows
    neither the request's deadline nor `Retry-After`; this does.
    """

    def __init__(self, request: httpx.Request, deadline: float) -> None:
        self._request = request
        self._deadline = deadline
        self._attempt = 0

    def __call__(self, error: Exception) -> bool | float:
        self._attempt += 1
        refused = isinstance(error, _Refused)
        if self._request.method != "GET" or not (refused or can_retry(error)):
            return False
        left = self._deadline - asyncio.get_running_loop().time()
        status, asked = (error.status, error.wait) if isinstance(error, _Refused) else (None, None)
        wait = rules.wait_before_retry(self._attempt, status, asked, left)
        if wait is not False:
            log.info("Asking %s again", self._request.url.host)
        return wait


@asynccontextmanager
async def open_stream(
    client: httpx.AsyncClient,
    limits: HostLimits,
    request: httpx.Request,
    names: Names = system_names,
) -> AsyncIterator[httpx.Response]:
    """Send a request, follow its redirects, and yield the answer with its body unread.

    Args:
        client: the pool.
        limits: turns by host.
        request: what is asked.
        names: says where a name leads.

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
        leap = _Leap(response.status_code, url, location)
        request = await _next_request(client, request, leap, names)
    raise BadResponse(
        f"{host_of(str(request.url))} sends the program in circles",
        why=f"more than {rules.MAX_REDIRECTS} redirects",
    )


class _Leap(NamedTuple):
    status: int
    url: str
    location: str


async def _next_request(
    client: httpx.AsyncClient, request: httpx.Request, leap: _Leap, names: Names
) -> httpx.Request:
    status, url, _location = leap
    target = rules.redirect_target(url, leap.location)
    here, there = urlsplit(url).hostname or "", urlsplit(target).hostname or ""
    if here != there and await leads_inside(there, names) and not await leads_inside(here, names):
        raise rules.refuse_inward(url, target)
    if request.method != "GET" and (status not in {307, 308} or here != there):
        raise BadResponse(
            f"{host_of(url)} has moved", why="it redirects a request that carries data"
        )
    return client.build_request(
        request.method,
        target,
        headers=rules.headers_after_redirect(request.headers, url, target),
        content=request.content or None,
        extensions=dict(request.extensions),  # the time-outs
    )


async def leads_inside(host: str, names: Names = system_names) -> bool:
    """Whether a host is in the user's own network, by its form or by what its name resolves to."""
    if is_private(host):
        return True
    try:
        return any(is_private(address) for address in await names(host))
    except NameLookupFailed:
        return False  # then it cannot be connected to either


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
    if isinstance(error, httpx.ProxyError):
        return "the proxy did not let the request through", rules.PROXY
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return f"its certificate is not trusted ({cause.verify_message})", rules.DATE
        if isinstance(cause, NameLookupFailed):
            return f"its name could not be looked up at {cause.resolver}", rules.RESOLVER
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


def can_retry(error: Exception) -> bool:
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
