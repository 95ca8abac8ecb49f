from __future__ import annotations

import asyncio
import socket

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from novastream_desktop.api import ApiServer
from novastream_desktop.api._guard import MAX_BODY, host_allowed, is_loopback
from novastream_desktop.errors import EnvironmentUnusable
from tests.fakes.command_services import FakeServices

OWN = [
    ("GET", "/api/content/nova:x/watch"),
    ("POST", "/api/user/progress"),
    ("GET", "/api/user/progress"),
    ("GET", "/api/player"),
    ("POST", "/api/player/toggle-pause"),
]


@pytest.mark.parametrize(("method", "route"), OWN)
@pytest.mark.parametrize(
    "given_header",
    [None, "", "Bearer", "Bearer wrong", "right-token", "Basic right-token", "Bearer ä"],
)
async def test_own_routes_need_the_token(
    stranger: httpx.AsyncClient,
    services: FakeServices,
    method: str,
    route: str,
    given_header: str | None,
):
    headers = {} if given_header is None else {"Authorization": given_header.encode()}
    answer = await stranger.request(method, route, headers=headers, content=b"{not json")
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert answer.headers["content-type"] == "application/problem+json"
    assert services.asked == []


async def test_the_schemes_case_does_not_matter(stranger: httpx.AsyncClient):
    headers = {"Authorization": "bearer right-token"}
    assert (await stranger.get("/api/user/progress", headers=headers)).status_code == 200


@pytest.mark.parametrize("header", ["evil.example", "127.0.0.1.evil.example:80", "10.0.0.1"])
async def test_a_foreign_host_is_refused(client: httpx.AsyncClient, header: str):
    answer = await client.get("/api/health", headers={"Host": header})
    assert answer.status_code == 400
    assert answer.json()["code"] == "wrong_host"


async def test_no_other_origin_may_read(client: httpx.AsyncClient):
    answer = await client.get("/api/health", headers={"Origin": "http://evil.example"})
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize(
    ("header", "host", "allowed"),
    [
        ("127.0.0.1:8765", "127.0.0.1", True),
        ("localhost", "127.0.0.1", True),
        ("LOCALHOST.:1", "127.0.0.1", True),
        ("[::1]:8765", "::1", True),
        ("", "127.0.0.1", False),
        ("den:8765", "127.0.0.1", False),
        ("192.168.1.5:8765", "127.0.0.1", False),
        ("192.168.1.5:8765", "0.0.0.0", True),
        ("[fe80::1]:8765", "::", True),
        ("den:8765", "0.0.0.0", True),
        ("den.local", "0.0.0.0", True),
        ("evil.example", "0.0.0.0", False),
        ("media.example", "media.example", True),
    ],
)
def test_host_table(header: str, host: str, allowed: bool):
    assert host_allowed(header, host, "Den") is allowed


@given(st.text(max_size=30))
def test_no_odd_host_header_fails_or_passes_on_loopback(header: str):
    passed = host_allowed(header, "127.0.0.1", "den")
    assert not passed or any(name in header.lower() for name in ("localhost", "127.0.0.1", "::1"))


@pytest.mark.parametrize(
    ("host", "loopback"),
    [("127.0.0.1", True), ("127.1.2.3", True), ("::1", True), ("localhost", True),
     ("0.0.0.0", False), ("::", False), ("192.168.1.5", False), ("example.org", False)],
)  # fmt: skip
def test_loopback_table(host: str, loopback: bool):
    assert is_loopback(host) is loopback


async def test_beyond_loopback_every_route_needs_the_token(services: FakeServices):
    server = ApiServer(services, host="0.0.0.0", port=0, token="t")
    port = (await server.start()).rpartition(":")[2]
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False) as client:
        for route in ("/api/health", "/api/content/trending", "/openapi.json", "/nothing"):
            assert (await client.get(route)).status_code == 401
        headers = {"Authorization": "Bearer t"}
        assert (await client.get("/api/health", headers=headers)).status_code == 200
    await server.close()


async def test_an_empty_token_lets_nobody_in(services: FakeServices):
    server = ApiServer(services, host="127.0.0.1", port=0, token="")
    async with httpx.AsyncClient(base_url=await server.start(), trust_env=False) as client:
        headers = {"Authorization": "Bearer"}
        assert (await client.get("/api/user/progress", headers=headers)).status_code == 401
    await server.close()


async def test_a_huge_body_is_refused(client: httpx.AsyncClient):
    answer = await client.post("/api/user/progress", content=b" " * (MAX_BODY + 1))
    assert answer.status_code == 413
    assert answer.json()["code"] == "too_large"


async def test_a_huge_body_without_a_length_is_refused(client: httpx.AsyncClient):
    async def chunks():
        for _ in range(MAX_BODY // 65_536 + 2):
            yield b" " * 65_536

    answer = await client.post("/api/user/progress", content=chunks())
    assert answer.status_code in {400, 413}
    assert answer.headers["content-type"] == "application/problem+json"


async def test_a_taken_port_is_a_sentence_with_port_and_setting(services: FakeServices):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        server = ApiServer(services, host="127.0.0.1", port=port, token="t")
        with pytest.raises(EnvironmentUnusable, match=rf"port {port}.*api\.port"):
            await server.start()
    await server.close()


async def test_a_foreign_address_is_a_sentence(services: FakeServices):
    server = ApiServer(services, host="192.0.2.1", port=0, token="t")
    with pytest.raises(EnvironmentUnusable, match=r"192\.0\.2\.1.*api\.host"):
        await server.start()


async def test_a_closed_server_frees_its_port_and_its_tasks(services: FakeServices):
    before = asyncio.all_tasks()
    server = ApiServer(services, host="127.0.0.1", port=0, token="t")
    port = int((await server.start()).rpartition(":")[2])
    async with httpx.AsyncClient(trust_env=False) as client:  # a connection is still open
        await client.get(f"http://127.0.0.1:{port}/api/health")
        await server.close()
    await server.close()
    with socket.create_server(("127.0.0.1", port)):
        pass
    assert asyncio.all_tasks() == before


async def test_the_address_of_an_ipv6_host_has_brackets(services: FakeServices):
    server = ApiServer(services, host="::1", port=0, token="t")
    try:
        url = await server.start()
    except EnvironmentUnusable:
        pytest.skip("this machine has no IPv6")
    async with httpx.AsyncClient(base_url=url, trust_env=False) as client:
        assert url.startswith("http://[::1]:")
        assert (await client.get("/api/health")).status_code == 200
    await server.close()
