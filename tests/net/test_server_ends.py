"""The media server ends while somebody comes in."""

from __future__ import annotations

import asyncio
import socket

import pytest

from novastream_desktop.net.media_server import MediaServer
from tests.fakes.leftovers import leftovers


@pytest.mark.parametrize("turns", range(7))
def test_a_client_that_comes_while_it_ends_is_not_left_open(turns: int):
    async def work() -> None:
        server = MediaServer()
        await server.start()
        with socket.create_connection(("127.0.0.1", server.port)):
            for _ in range(turns):
                await asyncio.sleep(0)
            await server.close()

    assert leftovers(work) == []
