"""The rules of our HTTP traffic, without any traffic: checks, errors, redirects, retries.

Numbers and rules come from the contracts' "rules common to all clients" unless said otherwise.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit

from novastream_desktop.errors import (
    BadResponse,
    NotFound,
    ProviderError,
    ProviderRefused,
    ProviderUnavailable,
    RateLimited,
    UserFacingError,
)
from novastream_desktop.logs import redact
from novastream_desktop.net._addresses import host_of
from novastream_desktop.net._secrets import hide
from novastream_desktop.net.base import HttpAnswer

CONNECT_TIMEOUT = 5.0
READ_TIMEOUT = 15.0
TOTAL_TIMEOUT = 45.0
MAX_BODY = 8 * 1024 * 1024
MAX_REDIRECTS = 5
LONGEST_MAGNET = 8 * 1024
MAX_ATTEMPTS = 3
LONGEST_WAIT = 60.0
UNSTATED_WAIT = 5.0
FIRST_WAIT = 0.3
"""Seconds before the second try; each later wait is twice as long, and jitter comes on top."""

JITTER = 0.2
REDIRECTS = frozenset({301, 302, 303, 307, 308})

_RETRIED = frozenset({429, 502, 503, 504})
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
_HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_OURS = frozenset({"host", "content-length", "connection", "transfer-encoding"})
_HARMLESS = frozenset(
    {"accept", "accept-encoding", "accept-language", "range", "referer", "user-agent"}
)
_XML_ERROR = re.compile(rb"<error\s[^<>]*?description=[\"']([^\"'<>]*)[\"']")
_MESSAGE_KEYS = ("status_message", "message", "detail", "error", "title")
ONLINE = "Check the network connection, or try again later"
PROXY = "Check network.proxy in Settings"
RESOLVER = "Check network.dns_over_https in Settings, or try again later"
DATE = "Check this computer's date, or ask who runs the network"


class LeadsToMagnet(BadResponse):
    """A redirect leads to a magnet link; who expects that may take it, as it was sent."""

    def __init__(self, url: str, magnet: str) -> None:
        super().__init__(
            f"{host_of(url)} sent the program elsewhere",
            why="to a magnet link, which is not followed here",
        )
        self.magnet = magnet


def check_url(url: str) -> str:
    """Return a web address unchanged.

    Raises:
        BadResponse: it is not `http:` or `https:` with a host.
    """
    try:
        parts = urlsplit(url)
        valid = parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        valid = False
    if valid and not _CONTROL.search(url):
        return url
    scheme = url.partition(":")[0][:12] if ":" in url else "none"
    raise BadResponse(
        "An address cannot be fetched",
        why=f"it is not a web address (its scheme is {_printable(scheme)})",
        hint="Check the addresses in Settings",
    )


def check_headers(headers: Mapping[str, str] | None, host: str) -> dict[str, str]:
    """Return the headers to send, in lower case, without those that belong to the connection.

    Raises:
        BadResponse: a name or value has a line break or another control character, so that it
            could smuggle in further headers.
    """
    checked: dict[str, str] = {}
    for name, value in (headers or {}).items():
        if not _HEADER_NAME.fullmatch(name) or _CONTROL.search(value) or not value.isascii():
            raise BadResponse(
                f"A request to {host} was not sent",
                why="one of its headers has a line break or a character that is not allowed",
                hint="Check the key or token in Settings",
            )
        if name.lower() not in _OURS:
            checked[name.lower()] = value
    return checked


def redirect_target(url: str, location: str) -> str:
    """Return where a redirect leads.

    Raises:
        BadResponse: to anything but a web address, such as `file:`.
        LeadsToMagnet: to a magnet link.
    """
    try:
        target = urljoin(url, location.strip())
        parts = urlsplit(target)
        scheme, host = parts.scheme, parts.hostname
    except ValueError:
        target, scheme, host = "", "", None
    if scheme == "magnet" and target.isprintable() and len(target) <= LONGEST_MAGNET:
        raise LeadsToMagnet(url, target)
    if scheme not in {"http", "https"} or not host or _CONTROL.search(target):
        raise BadResponse(
            f"{host_of(url)} sent the program elsewhere",
            why=f"to a {_printable(scheme)[:12] or 'broken'} address, which is not followed",
        )
    return target


def refuse_inward(url: str, target: str) -> BadResponse:
    """Return the error for a redirect from the internet into the user's own network."""
    return BadResponse(
        f"{host_of(url)} sent the program elsewhere",
        why=f"to {host_of(target)}, inside this machine's own network, which is not followed",
    )


def headers_after_redirect(headers: Mapping[str, str], url: str, target: str) -> dict[str, str]:
    """Return the headers that may travel on: at another origin none that could be a secret."""
    if _origin(url) == _origin(target):
        return dict(headers)
    return {name: value for name, value in headers.items() if name in _HARMLESS}


def _origin(url: str) -> tuple[str, str | None, int]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port or (443 if parts.scheme == "https" else 80)


def retry_after(value: str | None, now: datetime) -> float:
    """Return the seconds that a `Retry-After` header asks for (0 counts as 1)."""
    if value is None:
        return UNSTATED_WAIT
    try:
        seconds = float(value)
    except ValueError:
        try:
            moment = parsedate_to_datetime(value)
        except (TypeError, ValueError):
            return UNSTATED_WAIT
        seconds = (moment.replace(tzinfo=moment.tzinfo or UTC) - now).total_seconds()
    return max(1.0, seconds) if seconds < float("inf") else UNSTATED_WAIT


def wait_before_retry(
    attempt: int, status: int | None, wait_asked: float | None, left: float
) -> bool | float:
    """Return whether to ask again, or the seconds to wait where that is not to be chosen.

    Args:
        attempt: how often it was tried, from 1.
        status: of the answer; None after a connection error.
        wait_asked: what `Retry-After` said, if it was sent.
        left: seconds until the whole request times out.
    """
    if attempt >= MAX_ATTEMPTS or (status is not None and status not in _RETRIED):
        return False
    longest = FIRST_WAIT * 2 ** (attempt - 1) + JITTER
    if max(longest, wait_asked or 0) > min(left, LONGEST_WAIT):
        return False
    return True if wait_asked is None else max(wait_asked, FIRST_WAIT * 2 ** (attempt - 1))


def status_error(answer: HttpAnswer, now: datetime, secrets: frozenset[str]) -> UserFacingError:
    """Return the error that an answer of status 400 or more stands for.

    Args:
        answer: it.
        now: the wall clock.
        secrets: of the request, which the server may repeat.
    """
    status, headers, host = answer.status, answer.headers, host_of(answer.url)
    said = hide(server_message(headers.get("content-type", ""), answer.content), secrets)
    why = f"HTTP {status}" + (f", {said}" if said else "")
    if status in {401, 403}:
        return ProviderRefused(
            f"{host} refused the request", why=why, hint="Check the key or token in Settings"
        )
    if status in {404, 410}:
        return NotFound(f"{host} has nothing at this address", why=why)
    if status == 429:  # noqa: PLR2004  (Too Many Requests)
        wait = retry_after(headers.get("retry-after"), now)
        return RateLimited(
            f"{host} asks to wait {wait:.0f} s", retry_after=wait, why=why, hint="Try again later"
        )
    if status >= 500:  # noqa: PLR2004  (server errors)
        return ProviderUnavailable(f"{host} has a problem", why=why, hint="Try again later")
    return BadResponse(f"{host} did not accept the request", why=why)


def server_message(content_type: str, body: bytes) -> str:
    """Return the sentence inside a JSON or XML error, shortened and without secrets, or ""."""
    if said := _XML_ERROR.search(body[:2_048]):  # as torrent indexers say it
        text = html.unescape(said.group(1).decode("utf-8", "replace"))
        return redact(_printable(text))[:200].strip()
    if "json" not in content_type.lower():
        return ""
    try:
        found: object = json.loads(body)
    except (ValueError, RecursionError):
        return ""
    if isinstance(found, dict) and isinstance(found.get("errors"), list) and found["errors"]:
        found = found["errors"][0]
    if isinstance(found, dict):
        found = next((found[key] for key in _MESSAGE_KEYS if found.get(key)), "")
    if isinstance(found, list):
        found = "; ".join(item for item in found if isinstance(item, str))
    return redact(_printable(found))[:200].strip() if isinstance(found, str) else ""


def no_answer(url: str, why: str, hint: str = ONLINE) -> ProviderUnavailable:
    """Return the error for a connection that gave no answer."""
    return ProviderUnavailable(f"{host_of(url)} did not answer", why=why, hint=hint)


def too_large(url: str, limit: int) -> BadResponse:
    """Return the error for an answer over the cap."""
    size = f"{limit / 1_048_576:.0f} MB" if limit >= 1_048_576 else f"{limit} bytes"  # noqa: PLR2004
    return BadResponse(f"{host_of(url)} sent too much", why=f"the answer is larger than {size}")


def check_json_text(url: str, content_type: str, body: bytes) -> ProviderError | None:
    """Return what is wrong with a body that ought to be JSON, else None.

    A page or nothing at all comes from a proxy, portal or CDN in front of the service, so it
    means that the service cannot be reached now.
    """
    start = body[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start:
        return no_answer(url, "the answer is empty")
    if start[:1] == b"<" or "html" in content_type.lower():
        return no_answer(url, "a web page came where data was expected")
    return None


def _printable(text: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in text)
