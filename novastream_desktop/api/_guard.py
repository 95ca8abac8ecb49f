"""What stands before every route: the size of the body, `Host`, the token, and the last net."""

from __future__ import annotations

import hmac
import ipaddress
import socket

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from novastream_desktop.api._problems import (
    NotAuthorised,
    TooLarge,
    WrongHost,
    problem_of,
    unexpected,
)
from novastream_desktop.errors import UserFacingError
from novastream_desktop.net import is_loopback

MAX_BODY = 8 * 1024 * 1024
"""Bytes of a request's body; 10,000 entries of watch progress are about 2 MB."""
_LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})


def host_name(header: str) -> str:
    """Return the name in a `Host` header, without port and brackets, lower case."""
    if header.startswith("["):
        return header[1:].partition("]")[0].lower()
    return header.partition(":")[0].rstrip(".").lower()


def host_allowed(header: str, host: str, machine: str) -> bool:
    """Whether a request with this `Host` is meant for a server on `host`.

    A page on the internet can make its own name point at this machine (DNS rebinding), but it
    cannot make the browser send another name than its own. So names have to be known ones.
    A server on other than loopback also answers to addresses; there every route has the token.
    """
    name = host_name(header)
    if name in _LOCAL_NAMES or name == host.lower():
        return True
    if is_loopback(host):
        return False
    if name in {machine.lower(), f"{machine.lower()}.local"}:
        return True
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def check_token(request: Request, token: str) -> None:
    """Let a request with the right bearer token pass.

    Raises:
        NotAuthorised: it has none, or a wrong one.
    """
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    right = hmac.compare_digest(given.strip().encode(), token.encode())
    if not (token and right and scheme.lower() == "bearer"):
        raise NotAuthorised(
            "This needs the API's token",
            why="the request has none" if not given else "the one in the request is wrong",
            hint="Send the header Authorization: Bearer TOKEN; Settings and `serve` show the token",
        )


class Guard:
    """ASGI middleware around the whole application."""

    def __init__(self, app: ASGIApp, *, host: str, token: str) -> None:
        self._app = app
        self._host = host
        self._token = token
        self._machine = socket.gethostname()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer what may not pass, and whatever failed inside."""
        if scope["type"] != "http":
            return
        begun = False

        async def watched(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            self._check(Request(scope))
            await self._app(scope, _limited(receive), watched)
        except UserFacingError as error:
            answer = problem_of(error)
        except Exception as error:  # noqa: BLE001  (the API's boundary)
            answer = unexpected(error)
        else:
            return
        if not begun:
            await answer(scope, receive, send)

    def _check(self, request: Request) -> None:
        header = request.headers.get("host", "")
        if not host_allowed(header, self._host, self._machine):
            raise WrongHost(
                f"This server does not answer for the host {header!r}",
                hint="Use http://127.0.0.1 or localhost",
            )
        if not is_loopback(self._host):
            check_token(request, self._token)
        _check_length(request.headers)


def _check_length(headers: Headers) -> None:
    length = headers.get("content-length", "0")
    if length.isdigit() and int(length) > MAX_BODY:
        raise _too_large()


def _too_large() -> TooLarge:
    return TooLarge(
        "The request is too large",
        why=f"it has more than {MAX_BODY // 1024 // 1024} MB",
        hint="Send it in parts",
    )


def _limited(receive: Receive) -> Receive:
    """Count a body that comes without a length."""
    size = 0

    async def counted() -> Message:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        if size > MAX_BODY:
            raise _too_large()
        return message

    return counted
