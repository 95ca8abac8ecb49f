"""The HTTP API follows its settings while the window is open."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from novastream_desktop.api import ApiServer
from novastream_desktop.desktop._served_api import ServedApi
from novastream_desktop.settings import Settings
from tests.fakes.command_services import FakeServices


def wanted(**api: Any) -> Settings:
    return Settings.model_validate({"api": {"enabled": True, **api}})


def make(settings: Settings) -> ApiServer:
    api = settings.api
    return ApiServer(FakeServices(), host=api.host, port=api.port, token=api.token)


@pytest.fixture
def ports() -> tuple[int, int]:
    with (
        socket.create_server(("127.0.0.1", 0)) as one,
        socket.create_server(("127.0.0.1", 0)) as other,
    ):
        return one.getsockname()[1], other.getsockname()[1]


@pytest.fixture
async def served() -> AsyncIterator[ServedApi]:
    api = ServedApi(make)
    yield api
    await api.close()


async def status(port: int, token: str = "", path: str = "/api/user/progress") -> int | None:
    """Return the status of an answer, None where nobody listens."""
    async with httpx.AsyncClient(trust_env=False) as client:
        headers = {"Authorization": f"Bearer {token}"}
        try:
            return (await client.get(f"http://127.0.0.1:{port}{path}", headers=headers)).status_code
        except httpx.ConnectError:
            return None


async def test_it_is_switched_on_and_off_at_once(served: ServedApi, ports: tuple[int, int]):
    await served.follow(Settings())
    assert await status(ports[0]) is None
    await served.follow(wanted(port=ports[0], token="one"))
    assert await status(ports[0], "one") == 200
    await served.follow(Settings())
    assert await status(ports[0], "one") is None


async def test_it_moves_to_another_port_and_takes_another_token(
    served: ServedApi, ports: tuple[int, int]
):
    await served.follow(wanted(port=ports[0], token="one"))
    await served.follow(wanted(port=ports[0], token="two"))
    assert await status(ports[0], "one") == 401
    assert await status(ports[0], "two") == 200
    await served.follow(wanted(port=ports[1], token="two"))
    assert await status(ports[0], "two") is None
    assert await status(ports[1], "two") == 200


async def test_two_changes_at_once_end_as_the_later_one_says(
    served: ServedApi, ports: tuple[int, int]
):
    await asyncio.gather(
        served.follow(wanted(port=ports[0], token="one")),
        served.follow(wanted(port=ports[1], token="one")),
    )
    assert await status(ports[0], "one") is None
    assert await status(ports[1], "one") == 200


async def test_a_port_that_is_taken_is_told_and_tried_again(
    served: ServedApi, ports: tuple[int, int]
):
    settings = wanted(port=ports[0], token="one")
    with socket.create_server(("127.0.0.1", ports[0])):
        await served.follow(settings)
        assert f"cannot use port {ports[0]}" in served.problem
    await served.follow(settings)
    assert served.problem == ""
    assert await status(ports[0], "one") == 200


async def test_other_settings_do_not_disturb_who_is_connected(
    served: ServedApi, ports: tuple[int, int]
):
    settings = wanted(port=ports[0], token="one")
    await served.follow(settings)
    base = f"http://127.0.0.1:{ports[0]}"
    async with httpx.AsyncClient(base_url=base, trust_env=False) as client:
        await client.get("/api/health")
        _, before = socket_of(client)
        await served.follow(settings.model_copy(update={"backend": settings.backend}))
        await client.get("/api/health")
        assert socket_of(client)[1] == before


def socket_of(client: httpx.AsyncClient) -> tuple[Any, Any]:
    (connection,) = client._transport._pool.connections
    stream = connection._connection._network_stream
    return stream, stream.get_extra_info("client_addr")
