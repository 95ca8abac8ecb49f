"""Proxies and DNS over HTTPS, on loopback servers that stand for the internet."""

from __future__ import annotations

import asyncio
import base64
import socket
import ssl
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from novastream_desktop.errors import BadResponse, ProviderUnavailable
from novastream_desktop.net import HasRoutes, _pools
from novastream_desktop.net import _dns_wire as wire
from novastream_desktop.net import _send as send
from novastream_desktop.net._limits import HostLimits
from novastream_desktop.net._names import DohNames, is_own_name
from novastream_desktop.net._routes import Route, media_proxy, route_for
from novastream_desktop.net.client import create_http_client
from novastream_desktop.settings import NetworkSettings
from tests.fakes.http_server import (
    Answer,
    FakeServer,
    Reply,
    Request,
    html_answer,
    json_answer,
)

_DATA = Path(__file__).parent.parent / "data" / "net"
PASSWORD = "s3cretpass"


class Resolver:
    """A DNS-over-HTTPS service that knows some names."""

    def __init__(self, **names: list[str]) -> None:
        self.names = {name.replace("_", "."): found for name, found in names.items()}
        self.asked: list[tuple[str, int]] = []
        self.ttl = 300

    def __call__(self, request: Request) -> Reply:
        text = request.query["dns"][0]
        message = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        name, kind = _asked(message)
        self.asked.append((name, kind))
        assert request.headers["accept"] == "application/dns-message"
        found = self.names.get(name)
        wanted = socket.AF_INET if kind == wire.A else socket.AF_INET6
        data = [_packed(one, wanted) for one in found or () if (":" in one) == (kind == wire.AAAA)]
        body = dns_answer(message, data, kind, self.ttl, code=3 if found is None else 0)
        return Answer(200, body, {}, "application/dns-message")


def _packed(address: str, family: int) -> bytes:
    return socket.inet_pton(family, address)


def _asked(message: bytes) -> tuple[str, int]:
    at, labels = 12, []
    while message[at]:
        labels.append(message[at + 1 : at + 1 + message[at]].decode())
        at += 1 + message[at]
    return ".".join(labels), struct.unpack_from("!H", message, at + 1)[0]


def dns_answer(asked: bytes, data: list[bytes], kind: int, ttl: int = 300, code: int = 0) -> bytes:
    head = struct.pack("!6H", 0, 0x8180 | code, 1, len(data) + 1, 0, 0)
    alias = b"\xc0\x0c" + struct.pack("!HHIH", 5, 1, ttl, 2) + b"\xc0\x0c"
    records = [b"\xc0\x0c" + struct.pack("!HHIH", kind, 1, ttl, len(one)) + one for one in data]
    return head + asked[12:] + alias + b"".join(records)


@asynccontextmanager
async def client(**network: Any) -> AsyncIterator[Any]:
    made = create_http_client(
        cache_dir=None, clock=_Clock(), network=NetworkSettings.model_validate(network)
    )
    try:
        yield made
    finally:
        await made.close()


class _Clock:
    def now(self) -> Any:
        from datetime import UTC, datetime

        return datetime(2026, 11, 22, tzinfo=UTC)

    def monotonic(self) -> float:
        return 0.0


@pytest.fixture
async def resolver(server: FakeServer) -> Resolver:
    made = Resolver(films_example=["127.0.0.1"], other_example=["127.0.0.1"])
    server.route("GET", "/dns-query", made)
    return made


def _dns(server: FakeServer) -> str:
    return server.url + "/dns-query"


async def test_names_are_asked_of_the_service(
    server: FakeServer, resolver: Resolver, monkeypatch: pytest.MonkeyPatch
):
    async def never(_self: object, host: str, *_args: object, **_kwargs: object) -> Any:
        raise AssertionError(host)

    server.route("GET", "/x", json_answer({"ok": 1}))
    async with client(dns_over_https=_dns(server)) as http:
        monkeypatch.setattr(type(asyncio.get_running_loop()), "getaddrinfo", _only_numbers(never))
        for _ in range(2):
            answer = await http.get(f"http://films.example:{server.port}/x")
    assert answer.content == b'{"ok": 1}'
    assert sorted(resolver.asked) == [("films.example", wire.A), ("films.example", wire.AAAA)]
    host = next(r.headers["host"] for r in server.requests if r.path == "/x")
    assert host == f"films.example:{server.port}"


def _only_numbers(otherwise: Any) -> Any:
    real = asyncio.BaseEventLoop.getaddrinfo

    async def getaddrinfo(self: Any, host: Any, *args: Any, **kwargs: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        if name.replace(".", "").isdigit():
            return await real(self, host, *args, **kwargs)
        return await otherwise(self, name)

    return getaddrinfo


async def test_a_name_that_does_not_exist(server: FakeServer, resolver: Resolver, pauses: Any):
    async with client(dns_over_https=_dns(server)) as http:
        with pytest.raises(ProviderUnavailable, match="its name was not found"):
            await http.get("http://nowhere.example/x")


@pytest.mark.parametrize(
    "reply",
    [html_answer(), Answer(500), Answer(200, b"\x00" * 4, {}, "application/dns-message")],
)
async def test_a_service_that_fails_is_named_and_nobody_else_is_asked(
    server: FakeServer, pauses: Any, reply: Answer
):
    server.route("GET", "/dns-query", reply)
    async with client(dns_over_https=_dns(server)) as http:
        with pytest.raises(ProviderUnavailable, match=r"looked up at 127\.0\.0\.1") as caught:
            await http.get("http://localhost.example/x")
    assert "network.dns_over_https" in caught.value.hint


async def test_the_first_address_that_answers_is_taken(server: FakeServer, resolver: Resolver):
    with socket.socket() as closed:
        closed.bind(("127.0.0.2", server.port))  # bound, not listening: refuses
        resolver.names["films.example"] = ["127.0.0.2", "127.0.0.1"]
        server.route("GET", "/x", json_answer({}))
        async with client(dns_over_https=_dns(server)) as http:
            assert (await http.get(f"http://films.example:{server.port}/x")).status == 200


async def test_own_names_are_never_asked_of_a_service(server: FakeServer, resolver: Resolver):
    server.route("GET", "/x", json_answer({}))
    async with client(dns_over_https=_dns(server)) as http:
        await http.get(f"http://localhost:{server.port}/x")
        await http.get(server.url + "/x")
    assert resolver.asked == []
    own = ["localhost", "a.localhost", "nas", "nas.local", "nas.lan", "127.1", "10.0.0.1", "::1"]
    assert all(is_own_name(name) for name in own)
    assert not any(
        is_own_name(name) for name in ("films.example", "lan.example", "93.184.216.34.x")
    )


async def test_where_a_redirect_leads_is_asked_of_the_service(
    server: FakeServer, resolver: Resolver
):
    resolver.names |= {"inward.example": ["192.168.0.1"], "far.example": ["93.184.216.34"]}
    names = DohNames(_dns(server), httpx.create_ssl_context())

    def answer(_request: httpx.Request) -> httpx.Response:
        return httpx.Response(302, headers={"location": "http://inward.example/y"})

    async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as mocked:
        request = mocked.build_request("GET", "http://far.example/x")
        with pytest.raises(BadResponse, match="own network"):
            async with send.open_stream(mocked, HostLimits(), request, names):
                pass
    await names.close()
    assert ("inward.example", wire.A) in resolver.asked


@pytest.fixture
async def tls_port(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[int]:
    """A TLS server with a certificate for films.example, which the client trusts."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(_DATA / "films.example.pem", _DATA / "films.example.key")

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}")
            await writer.drain()
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    trusting = ssl.create_default_context(cafile=str(_DATA / "films.example.pem"))
    monkeypatch.setattr(_pools, "_trust", lambda: trusting)
    running = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context)
    yield running.sockets[0].getsockname()[1]
    running.close()


async def test_certificates_are_checked_against_the_name(
    server: FakeServer, resolver: Resolver, tls_port: int
):
    async with client(dns_over_https=_dns(server)) as http:
        answer = await http.get(f"https://films.example:{tls_port}/")
        assert answer.content == b"{}"
        with pytest.raises(ProviderUnavailable, match="certificate is not trusted"):
            await http.get(f"https://other.example:{tls_port}/")


async def test_a_proxy_of_one_provider(server: FakeServer):
    server.route("GET", "/x", lambda request: json_answer({"target": request.raw_target}))
    own = {"stremio": {"proxy": f"http://user:{PASSWORD}@127.0.0.1:{server.port}"}}
    async with client(providers=own) as http:
        assert isinstance(http, HasRoutes)
        answer = await http.for_provider("stremio").get("http://films.example/x")
    assert b'"http://films.example/x"' in answer.content
    (sent,) = server.requests
    assert sent.headers["host"] == "films.example"
    expected = base64.b64encode(f"user:{PASSWORD}".encode()).decode()
    assert sent.headers["proxy-authorization"] == f"Basic {expected}"


async def test_the_own_network_is_reached_past_the_proxy(server: FakeServer):
    server.route("GET", "/x", json_answer({}))
    async with FakeServer() as proxy, client(proxy=proxy.url) as http:
        await http.get(server.url + "/x")
        assert proxy.requests == []
    assert server.requests[0].raw_target == "/x"


async def test_another_proxy_from_the_next_request_on(server: FakeServer):
    for name in ("/a", "/b"):
        server.route("GET", name, json_answer({}))
    async with FakeServer() as later, client(proxy=server.url) as http:
        later.route("GET", "/b", json_answer({}))
        await http.get("http://films.example/a")
        http.use(NetworkSettings(proxy=later.url))
        await http.get("http://films.example/b")
        assert (server.paths(), later.paths()) == (["/a"], ["/b"])


@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_a_proxy_that_is_not_there(scheme: str, pauses: list[float]):
    gone = FakeServer()
    await gone.start()
    await gone.stop()
    address = f"http://user:{PASSWORD}@127.0.0.1:{gone.port}"
    async with client(proxy=address) as http:
        with pytest.raises(ProviderUnavailable, match="proxy did not let") as caught:
            await http.get(f"{scheme}://films.example/x")
    assert PASSWORD not in caught.value.sentence()
    assert pauses == []


async def test_a_proxy_that_refuses_a_tunnel(server: FakeServer):
    async with client(proxy=server.url) as http:
        with pytest.raises(ProviderUnavailable, match="proxy did not let"):
            await http.get("https://films.example/x")


@pytest.mark.parametrize(
    ("network", "hint"),
    [
        ({"proxy": f"ftp://u:{PASSWORD}@h"}, "network.proxy"),
        ({"proxy": "h:8080"}, "network.proxy"),
        ({"dns_over_https": "http://dns.example/q"}, "network.dns_over_https"),
        ({"dns_over_https": "9.9.9.9"}, "network.dns_over_https"),
        ({"providers": {"x": {"proxy": "http://h:0x"}}}, "network.providers.x.proxy"),
    ],
)
async def test_settings_that_cannot_be_used(network: dict[str, Any], hint: str):
    async with client(**network) as http:
        with pytest.raises(BadResponse, match="in Settings cannot be used") as caught:
            await http.for_provider("x").get("http://films.example/")
    assert hint in caught.value.hint
    assert PASSWORD not in caught.value.sentence()


@pytest.mark.parametrize(
    ("provider", "route"),
    [
        ("", Route("http://p:1", "https://d/q")),
        ("plain", Route("direct", "")),
        ("own", Route("http://o:2", "https://d/q")),
        ("empty", Route("http://p:1", "https://d/q")),
    ],
)
def test_which_way(provider: str, route: Route):
    network = NetworkSettings.model_validate(
        {
            "proxy": "http://p:1",
            "dns_over_https": "https://d/q",
            "providers": {
                "plain": {"proxy": "direct", "dns_over_https": "system"},
                "own": {"proxy": "http://o:2"},
                "empty": {},
            },
        }
    )
    assert route_for(network, provider) == route


def test_a_way_does_not_show_its_password():
    assert PASSWORD not in repr(Route(f"http://u:{PASSWORD}@h", ""))


def test_a_dns_question():
    assert wire.question("a.bc.", wire.A) == bytes.fromhex(
        "00000100000100000000000001610262630000010001"
    )
    for bad in ("", "a..b", "x" * 64, ("a" * 60 + ".") * 5, "schlüssel"):
        with pytest.raises(ValueError):
            wire.question(bad, wire.A)


def test_dns_answers():
    asked = wire.question("a.example", wire.A)
    data = [bytes([93, 184, 216, 34]), bytes([1, 1, 1, 1])]
    found = wire.answer(dns_answer(asked, data, wire.A, 60), wire.A)
    assert (found.addresses, found.ttl) == (("93.184.216.34", "1.1.1.1"), 60)
    assert wire.answer(dns_answer(asked, [], wire.A), wire.A).addresses == ()
    assert not wire.answer(dns_answer(asked, [], wire.A, code=3), wire.A).exists
    for bad in (dns_answer(asked, [], wire.A, code=2), asked, b"", dns_answer(asked, data, 1)[:-2]):
        with pytest.raises(ValueError):
            wire.answer(bad, wire.A)


@given(st.binary(max_size=200), st.integers(0, 60), st.binary(max_size=20))
def test_any_dns_answer_is_addresses_or_refused(tail: bytes, at: int, junk: bytes):
    asked = wire.question("a.example", wire.AAAA)
    whole = dns_answer(asked, [bytes(16)], wire.AAAA) + tail
    for message in (tail, whole[:at] + junk + whole[at + len(junk) :]):
        try:
            found = wire.answer(message, wire.AAAA)
        except ValueError:
            continue
        assert all(":" in address for address in found.addresses)


PROXIES = NetworkSettings.model_validate(
    {
        "proxy": "http://all.example:3128",
        "providers": {"near": {"proxy": "direct"}, "far": {"proxy": "http://far.example:8080"}},
    }
)


@pytest.mark.parametrize(
    ("network", "provider", "url", "proxy"),
    [
        (NetworkSettings(), "far", "https://media.example/a.mp4", ""),
        (PROXIES, "far", "https://media.example/a.mp4", "http://far.example:8080"),
        (PROXIES, "other", "https://media.example/a.mp4", "http://all.example:3128"),
        (PROXIES, "near", "https://media.example/a.mp4", ""),
        (PROXIES, "far", "http://127.0.0.1:8096/a.mp4", ""),
        (PROXIES, "far", "http://192.168.1.5/a.mp4", ""),
        (PROXIES, "local", "/films/a.mp4", ""),
    ],
)
def test_media_goes_by_the_way_of_its_provider(
    network: NetworkSettings, provider: str, url: str, proxy: str
):
    assert media_proxy(network, provider, url) == proxy
