"""Requests of the media server as data: head, conditions and byte ranges (RFC 9110, RFC 9112)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_RANGE = re.compile(r"(\d*)-(\d*)")
_DIGITS = 18  # enough for any file; more digits are an attack on int()
_SPACE = 0x20
_DELETE = 0x7F


@dataclass(frozen=True, slots=True)
class ByteRange:
    """Bytes `start` up to but without `end`."""

    start: int
    end: int

    @property
    def length(self) -> int:
        """How many bytes it holds."""
        return self.end - self.start


class Unsatisfiable(Exception):
    """The range is well formed but holds no byte of the resource."""


class BadHead(Exception):
    """The request's head does not have the form that RFC 9112 asks for."""


@dataclass(frozen=True, slots=True)
class RequestHead:
    """The first lines of a request.

    Attributes:
        path: percent-decoded, without the query.
        headers: by lower-case name.
        keep_alive: the client wants to send another request on this connection.
    """

    method: str
    path: str
    headers: Mapping[str, str]
    keep_alive: bool


def parse_head(raw: bytes) -> RequestHead:
    """Parse what came before the empty line.

    Raises:
        BadHead: the form is wrong, a field that must be single came twice, or a body follows.
    """
    lines = raw.decode("latin-1").split("\r\n")
    method, target, version = _request_line(lines[0])
    headers: dict[str, str] = {}
    for line in lines[1:]:
        name, colon, value = line.partition(":")
        if not colon or not _TOKEN.fullmatch(name):
            raise BadHead("a header line has the wrong form")
        key = name.lower()
        if key in headers:
            if key in ("host", "range", "content-length"):
                raise BadHead(f"{key} came twice")
            value = f"{headers[key]},{value}"
        headers[key] = value.strip()
    if headers.get("content-length", "0") != "0" or "transfer-encoding" in headers:
        raise BadHead("a body is not expected")
    wishes = {word.strip().lower() for word in headers.get("connection", "").split(",")}
    keep_alive = version == "HTTP/1.1" and "close" not in wishes
    return RequestHead(method, _decode_path(target), headers, keep_alive)


def _request_line(line: str) -> tuple[str, str, str]:
    parts = line.split(" ")
    match parts:
        case [method, target, ("HTTP/1.1" | "HTTP/1.0") as version] if _TOKEN.fullmatch(method):
            return method, target, version
    raise BadHead("the request line has the wrong form")


def _decode_path(target: str) -> str:
    path = target.split("?", 1)[0].split("#", 1)[0]
    if not path.startswith("/"):
        raise BadHead("the target is not a path")
    try:
        text = unquote_to_bytes(path).decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadHead("the path is not UTF-8") from error
    if any(ord(letter) < _SPACE or ord(letter) == _DELETE for letter in text):
        raise BadHead("the path holds control characters")
    return text


def parse_range(header: str | None, size: int) -> ByteRange | None:
    """Return the single range that is asked for, or None to send the whole resource.

    A header of another unit, of several ranges or of the wrong form is ignored, as RFC 9110
    section 14.2 allows.

    Raises:
        Unsatisfiable: it lies wholly behind the end (answer 416).
    """
    if header is None:
        return None
    unit, equals, ranges = header.partition("=")
    match = _RANGE.fullmatch(ranges.strip(" \t"))
    if not equals or unit.strip().lower() != "bytes" or match is None:
        return None
    first, last = match.groups()
    if not (first or last) or max(len(first), len(last)) > _DIGITS:
        return None
    if not first:
        start, end = max(0, size - int(last)), size
    else:
        start, end = int(first), size if not last else int(last) + 1
        if last and end <= start:
            return None
    if start >= size:
        raise Unsatisfiable
    return ByteRange(start, min(end, size))


def not_modified(headers: Mapping[str, str], etag: str) -> bool:
    """Whether `If-None-Match` names this resource as the client has it (answer 304)."""
    wanted = headers.get("if-none-match")
    if wanted is None:
        return False
    tags = [tag.strip().removeprefix("W/") for tag in wanted.split(",")]
    return "*" in tags or etag in tags


def wanted_range(method: str, headers: Mapping[str, str], size: int, etag: str) -> ByteRange | None:
    """Return the range to send, heeding the method and `If-Range`; None sends all.

    A range means something for GET only (RFC 9110 section 14.2). `If-Range` compares strongly;
    a date in it never matches, because the server names no dates.

    Raises:
        Unsatisfiable: answer 416.
    """
    condition = headers.get("if-range")
    if method != "GET" or (condition is not None and condition != etag):
        return None
    return parse_range(headers.get("range"), size)


def refuses_caller(headers: Mapping[str, str], port: int) -> str | None:
    """Return why the caller is not served, or None.

    Only names of this very server pass as `Host` (a page that rebinds its own name to
    127.0.0.1 still sends its own), and no page of another origin is answered.
    """
    own = {f"127.0.0.1:{port}", f"localhost:{port}"}
    if headers.get("host", "").lower() not in own:
        return "unknown host"
    origin = headers.get("origin")
    if origin is not None and origin.lower() not in {f"http://{name}" for name in own}:
        return "another origin"
    if headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
        return "another site"
    return None
