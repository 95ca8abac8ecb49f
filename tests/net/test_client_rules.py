"""The rules of our HTTP traffic as tables."""

from __future__ import annotations

import asyncio
import socket
import ssl
from datetime import UTC, datetime

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from novastream_desktop.errors import BadResponse
from novastream_desktop.net import _rules as rules
from novastream_desktop.net import _send as send
from novastream_desktop.net import is_private, points_inward
from novastream_desktop.net._limits import LIMITS, HostLimits

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (None, 5.0),
        ("0", 1.0),
        ("30", 30.0),
        ("2.5", 2.5),
        ("-4", 1.0),
        ("soon", 5.0),
        ("inf", 5.0),
        ("nan", 5.0),
        ("Sun, 22 Nov 2026 12:00:20 GMT", 20.0),
        ("Sun, 22 Nov 2026 11:00:00 GMT", 1.0),
    ],
)
def test_retry_after(value: str | None, seconds: float):
    assert rules.retry_after(value, NOW) == seconds


@pytest.mark.parametrize(
    ("attempt", "status", "asked", "left", "expected"),
    [
        (1, None, None, 45, True),
        (2, 503, None, 45, True),
        (3, 503, None, 45, False),
        (1, 500, None, 45, False),
        (1, 404, None, 45, False),
        (1, 429, 10, 45, 10),
        (2, 503, 0.1, 45, 0.6),
        (1, 429, 61, 90, False),
        (1, 429, 10, 9, False),
        (1, None, None, 0.1, False),
    ],
)
def test_waits(
    attempt: int, status: int | None, asked: float | None, left: float, expected: bool | float
):
    found = rules.wait_before_retry(attempt, status, asked, left)
    assert (found, type(found) is bool) == (expected, type(expected) is bool)


@pytest.mark.parametrize(
    ("host", "private"),
    [
        ("localhost", True),
        ("LocalHost.", True),
        ("a.localhost", True),
        ("127.0.0.1", True),
        ("10.1.2.3", True),
        ("192.168.0.9", True),
        ("169.254.169.254", True),
        ("0.0.0.0", True),
        ("127.1", True),
        ("0x7f000001", True),
        ("2130706433", True),
        ("1572395042", False),
        ("::1", True),
        ("[fe80::1%eth0]", True),
        ("::ffff:127.0.0.1", True),
        ("fd00::1", True),
        ("93.184.216.34", False),
        ("2606:4700::1111", False),
        ("example.org", False),
    ],
)
def test_what_is_ones_own_network(host: str, private: bool):
    assert is_private(host) is private


@pytest.mark.parametrize(
    ("url", "given_by", "inward"),
    [
        ("http://127.0.0.1/x", "https://addon.example/", True),
        ("http://127.0.0.1/x", "http://192.168.0.9/", False),
        ("https://cdn.example/x", "https://addon.example/", False),
        ("https://cdn.example/x", "http://localhost/", False),
        ("http://[bad", "https://addon.example/", False),
    ],
)
def test_addresses_of_strangers_that_point_inward(url: str, given_by: str, inward: bool):
    assert points_inward(url, given_by) is inward


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b'<?xml version="1.0"?><error code="201" description="A &amp; B"/>', "A & B"),
        (b"<error code='900' description='apikey=abc gone'/>", "apikey=*** gone"),
        (b"<html><error></html>", ""),
    ],
)
def test_what_an_xml_error_says(body: bytes, says: str):
    assert rules.server_message("application/xml", body) == says


async def _followed(monkeypatch: pytest.MonkeyPatch, url: str, location: str) -> str:
    addresses = {"public.example": "93.184.216.34", "sly.example": "192.168.0.1"}

    async def resolve(_self: object, host: str, *_args: object, **_kwargs: object):
        if host not in addresses:
            raise socket.gaierror(-2, "unknown")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (addresses[host], 0))]

    monkeypatch.setattr(type(asyncio.get_running_loop()), "getaddrinfo", resolve)

    def answer(request: httpx.Request) -> httpx.Response:
        if str(request.url) == url:
            return httpx.Response(302, headers={"location": location})
        return httpx.Response(200)

    async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as client:
        request = client.build_request("GET", url)
        async with send.open_stream(client, HostLimits(), request) as response:
            return str(response.url)


@pytest.mark.parametrize(
    "location",
    ["http://127.0.0.1:9/x", "http://192.168.0.1/", "http://[::1]/", "http://sly.example/"],
)
async def test_the_internet_cannot_lead_inside(monkeypatch: pytest.MonkeyPatch, location: str):
    with pytest.raises(BadResponse, match="own network"):
        await _followed(monkeypatch, "https://public.example/a", location)


@pytest.mark.parametrize(
    ("url", "location"),
    [
        ("http://192.168.0.5/a", "http://127.0.0.1/b"),
        ("http://sly.example/a", "http://192.168.0.7/b"),
        ("https://public.example/a", "https://unknown.example/b"),
        ("http://127.0.0.1/a", "https://public.example/b"),
    ],
)
async def test_other_ways_are_followed(monkeypatch: pytest.MonkeyPatch, url: str, location: str):
    assert await _followed(monkeypatch, url, location) == location


@given(st.text(), st.text())
def test_redirect_targets_are_web_addresses_or_refused(url: str, location: str):
    try:
        target = rules.redirect_target("https://a.example/" + url, location)
    except BadResponse:
        return
    assert target.startswith(("http://", "https://"))


@given(st.text())
def test_any_address_is_taken_or_refused(url: str):
    try:
        checked = rules.check_url(url)
    except BadResponse as error:
        checked = url
        sentence = error.sentence()
    else:
        sentence = ""
    assert checked == url
    assert sentence.isprintable()


@given(st.binary())
def test_any_error_body_gives_a_printable_line(body: bytes):
    assert rules.server_message("application/json", body).isprintable()


def test_headers_of_the_connection_are_dropped():
    given_headers = {"Host": "x", "content-length": "1", "Connection": "close", "Accept": "a"}
    assert rules.check_headers(given_headers, "h") == {"accept": "a"}


def test_an_untrusted_certificate_is_explained_and_not_tried_again():
    error = httpx.ConnectError("no")
    error.__cause__ = ssl.SSLCertVerificationError(1, "bad")
    error.__cause__.verify_message = "self-signed certificate"
    why, hint = send.why_failed(error)
    assert "self-signed" in why
    assert "date" in hint
    assert not send.can_retry(error)
    assert send.can_retry(httpx.ConnectError("refused"))
    assert not send.can_retry(httpx.ReadTimeout("slow"))


async def test_anilist_is_asked_by_two_at_once_at_most():
    limits = HostLimits()
    inside = most = 0
    entered = asyncio.Event()

    async def ask() -> None:
        nonlocal inside, most
        async with limits.turn("graphql.anilist.co"):
            inside += 1
            most = max(most, inside)
            if inside == 2:
                entered.set()
            await entered.wait()
            inside -= 1

    await asyncio.gather(*(ask() for _ in range(6)))
    assert most == 2
    assert LIMITS["graphql.anilist.co"].requests / LIMITS["graphql.anilist.co"].seconds * 60 == 25
