"""The API's server ends while somebody comes in, or does not go."""

from __future__ import annotations

import asyncio
import socket
from urllib.parse import urlsplit

import pytest

from novastream_desktop.api import ApiServer
from tests.fakes.command_services import FakeServices
from tests.fakes.leftovers import leftovers


@pytest.mark.parametrize("turns", range(1, 4))
def test_a_client_that_comes_while_it_ends_is_not_left_open(turns: int):
    async def work() -> None:
        server = ApiServer(FakeServices(), host="127.0.0.1", port=0, token="t")
        port = urlsplit(await server.start()).port
        assert port is not None
        with socket.create_connection(("127.0.0.1", port)):
            for _ in range(turns):
                await asyncio.sleep(0)
            await server.close()

    assert leftovers(work) == []
