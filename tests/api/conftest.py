from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest

from novastream_desktop.api import ApiServer
from tests.fakes.command_services import FakeServices

TOKEN = "right-token"


@pytest.fixture
def services() -> FakeServices:
    return FakeServices()


@pytest.fixture
async def address(services: FakeServices) -> AsyncIterator[str]:
    server = ApiServer(services, host="127.0.0.1", port=0, token=TOKEN)
    yield await server.start()
    await server.close()


@pytest.fixture
async def client(address: str) -> AsyncIterator[httpx.AsyncClient]:
    headers = {"Authorization": f"Bearer {TOKEN}"}
    async with httpx.AsyncClient(base_url=address, headers=headers, trust_env=False) as made:
        yield made


@pytest.fixture
async def stranger(address: str) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=address, trust_env=False) as made:
        yield made
