"""Heads, conditions and ranges as tables and properties."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novastream_desktop.net._http_ranges import (
    BadHead,
    ByteRange,
    Unsatisfiable,
    not_modified,
    parse_head,
    parse_range,
    refuses_caller,
    wanted_range,
)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (None, None),
        ("bytes=0-0", (0, 1)),
        ("bytes=0-", (0, 1000)),
        ("bytes=999-", (999, 1000)),
        ("bytes=10-19", (10, 20)),
        ("bytes=10-5000", (10, 1000)),
        ("bytes=-1", (999, 1000)),
        ("bytes=-5000", (0, 1000)),
        ("BYTES = 1-2 ", (1, 3)),
        ("bytes=5-4", None),
        ("bytes=-", None),
        ("bytes=a-b", None),
        ("bytes=1-2,4-5", None),
        ("items=0-1", None),
        ("bytes 0-1", None),
        ("bytes=--1", None),
        ("bytes=0x1-2", None),
        ("bytes=" + "9" * 40 + "-", None),
        ("", None),
    ],
)
def test_a_range_is_understood_or_ignored(header: str | None, expected: tuple[int, int] | None):
    part = parse_range(header, 1000)
    assert part == (None if expected is None else ByteRange(*expected))


@pytest.mark.parametrize("header", ["bytes=1000-", "bytes=1000-2000", "bytes=-0"])
def test_a_range_without_any_byte_is_unsatisfiable(header: str):
    with pytest.raises(Unsatisfiable):
        parse_range(header, 1000)


@pytest.mark.parametrize("header", ["bytes=0-", "bytes=0-0", "bytes=-1"])
def test_every_range_of_an_empty_resource_is_unsatisfiable(header: str):
    with pytest.raises(Unsatisfiable):
        parse_range(header, 0)


@given(st.binary(min_size=1, max_size=300), st.integers(0, 400), st.integers(0, 400))
def test_a_closed_range_selects_what_a_slice_does(data: bytes, first: int, last: int):
    header = f"bytes={first}-{last}"
    if last < first:
        assert parse_range(header, len(data)) is None
    elif first >= len(data):
        with pytest.raises(Unsatisfiable):
            parse_range(header, len(data))
    else:
        part = parse_range(header, len(data))
        assert part is not None
        assert data[part.start : part.end] == data[first : last + 1]
        assert part.length == len(data[first : last + 1])


@given(st.binary(min_size=1, max_size=300), st.integers(1, 400))
def test_a_suffix_selects_the_end(data: bytes, count: int):
    part = parse_range(f"bytes=-{count}", len(data))
    assert part is not None
    assert data[part.start : part.end] == data[-count:]


@given(st.text(max_size=40), st.integers(0, 1000))
def test_no_header_breaks_the_parser(header: str, size: int):
    try:
        part = parse_range(header, size)
    except Unsatisfiable:
        return
    assert part is None or 0 <= part.start < part.end <= size


ETAG = '"abc-0"'


@pytest.mark.parametrize(
    ("method", "if_range", "ranged"),
    [
        ("GET", None, True),
        ("GET", ETAG, True),
        ("GET", f"W/{ETAG}", False),
        ("GET", '"other"', False),
        ("GET", "Wed, 21 Oct 2026 07:28:00 GMT", False),
        ("HEAD", None, False),
    ],
)
def test_if_range_and_method_decide_on_the_range(method: str, if_range: str | None, ranged: bool):
    headers = {"range": "bytes=1-2"} | ({"if-range": if_range} if if_range else {})
    assert (wanted_range(method, headers, 10, ETAG) is not None) is ranged


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (None, False),
        (ETAG, True),
        (f"W/{ETAG}", True),
        (f'"x", {ETAG}', True),
        ("*", True),
        ('"x"', False),
    ],
)
def test_if_none_match(header: str | None, expected: bool):
    headers = {} if header is None else {"if-none-match": header}
    assert not_modified(headers, ETAG) is expected


@pytest.mark.parametrize(
    ("headers", "served"),
    [
        ({"host": "127.0.0.1:80"}, True),
        ({"host": "LocalHost:80"}, True),
        ({"host": "127.0.0.1"}, False),
        ({"host": "127.0.0.1:81"}, False),
        ({"host": "evil.example:80"}, False),
        ({"host": "127.0.0.1:80@evil.example"}, False),
        ({}, False),
        ({"host": "127.0.0.1:80", "origin": "http://127.0.0.1:80"}, True),
        ({"host": "127.0.0.1:80", "origin": "https://evil.example"}, False),
        ({"host": "127.0.0.1:80", "origin": "null"}, False),
        ({"host": "127.0.0.1:80", "sec-fetch-site": "cross-site"}, False),
        ({"host": "127.0.0.1:80", "sec-fetch-site": "same-site"}, False),
        ({"host": "127.0.0.1:80", "sec-fetch-site": "none"}, True),
    ],
)
def test_only_this_machine_under_its_own_name_is_served(headers: dict[str, str], served: bool):
    assert (refuses_caller(headers, 80) is None) is served


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"GET",
        b"GET / HTTP/2",
        b"GET  / HTTP/1.1",
        b"GET http://x/ HTTP/1.1",
        b"G T / HTTP/1.1",
        b"GET / HTTP/1.1\r\nno colon",
        b"GET / HTTP/1.1\r\nbad name: x",
        b"GET / HTTP/1.1\r\n folded: x",
        b"GET / HTTP/1.1\r\nHost: a\r\nHost: b",
        b"GET / HTTP/1.1\r\nRange: bytes=0-\r\nRange: bytes=1-",
        b"GET / HTTP/1.1\r\nContent-Length: 4",
        b"GET / HTTP/1.1\r\nTransfer-Encoding: chunked",
        b"GET /%00 HTTP/1.1",
        b"GET /%0d%0aX HTTP/1.1",
        b"GET /%ff HTTP/1.1",
    ],
)
def test_a_malformed_head_is_refused(raw: bytes):
    with pytest.raises(BadHead):
        parse_head(raw)


@pytest.mark.parametrize(
    ("raw", "path", "keep"),
    [
        (b"GET /a%20b/%C3%A9?x=1 HTTP/1.1", "/a b/é", True),
        (b"GET /a HTTP/1.1\r\nConnection: close", "/a", False),
        (b"GET /a HTTP/1.1\r\nConnection: x, Close", "/a", False),
        (b"GET /a HTTP/1.0", "/a", False),
    ],
)
def test_a_head_is_parsed(raw: bytes, path: str, keep: bool):
    head = parse_head(raw)
    assert (head.path, head.keep_alive) == (path, keep)
