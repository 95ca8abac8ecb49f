"""Connections that come in while a server ends."""

from __future__ import annotations

import asyncio
import os
import socket
from pathlib import Path

import pytest

from novastream_desktop.runtime import SingleInstance
from novastream_desktop.runtime.listeners import stop_accepting
from tests.fakes.leftovers import leftovers

MOMENTS = range(7)
"""Turns of the loop between a client's coming and the server's end; accepting takes four."""


@pytest.mark.parametrize("turns", MOMENTS)
def test_every_accepted_connection_reaches_its_handler(turns: int):
    async def work() -> None:
        held: list[asyncio.StreamWriter] = []

        async def hold(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            held.append(writer)

        server = await asyncio.start_server(hold, "127.0.0.1", 0)
        with socket.create_connection(server.sockets[0].getsockname()):
            for _ in range(turns):
                await asyncio.sleep(0)
            await stop_accepting(server)
        for writer in held:
            writer.transport.abort()

    assert leftovers(work) == []


@pytest.mark.skipif(os.name == "nt", reason="there is no Unix socket on Windows")
@pytest.mark.parametrize("turns", MOMENTS)
def test_a_second_start_that_comes_while_the_first_ends_is_not_left_hanging(
    turns: int, tmp_path: Path
):
    async def work() -> None:
        first = SingleInstance(tmp_path)
        assert first.claim()
        await first.listen(lambda _target: None)
        with socket.socket(socket.AF_UNIX) as second:
            second.connect(str(tmp_path / "instance.sock"))
            for _ in range(turns):
                await asyncio.sleep(0)
            await first.close()
        first.release()

    assert leftovers(work) == []
