"""Requests that are given up at any moment leave no connection open."""

from __future__ import annotations

import asyncio
import ssl
from contextlib import suppress
from pathlib import Path

import pytest

from novastream_desktop.errors import ProviderUnavailable
from novastream_desktop.net import _pools
from novastream_desktop.net.client import create_http_client
from novastream_desktop.runtime import SystemClock
from tests.fakes.http_server import FakeServer, json_answer
from tests.fakes.leftovers import leftovers

_DATA = Path(__file__).parent.parent / "data" / "net"


@pytest.fixture
def tls(monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """What a server of loopback shows, and the client trusts."""
    shown = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    shown.load_cert_chain(_DATA / "films.example.pem", _DATA / "films.example.key")
    trusting = ssl.create_default_context(cafile=str(_DATA / "films.example.pem"))
    trusting.check_hostname = False
    monkeypatch.setattr(_pools, "_trust", lambda: trusting)
    return shown


@pytest.mark.parametrize("safe", [False, True], ids=["plain", "TLS"])
def test_a_request_that_is_given_up_closes_its_connection(tls: ssl.SSLContext, safe: bool) -> None:
    assert leftovers(lambda: _give_up_at_every_turn(tls if safe else None)) == []


async def _give_up_at_every_turn(tls: ssl.SSLContext | None) -> None:
    """Ask again and again, each time given up one turn of the loop later, until one is answered."""
    come: list[asyncio.StreamWriter] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        come.append(writer)
        with suppress(OSError, asyncio.IncompleteReadError):
            while await reader.readuntil(b"\r\n\r\n"):
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
        writer.transport.abort()

    server = await asyncio.start_server(answer, "127.0.0.1", 0, ssl=tls)
    host, port = server.sockets[0].getsockname()
    url = f"{'https' if tls else 'http'}://{host}:{port}/"
    turns, answered = 0, False
    while not answered:
        http = create_http_client(cache_dir=None, clock=SystemClock())
        asking = asyncio.create_task(http.get(url))
        for _ in range(turns):
            await asyncio.sleep(0)
        asking.cancel()
        with suppress(asyncio.CancelledError, ProviderUnavailable):
            answered = (await asking).status == 200
        await http.close()
        turns += 1
    server.close()
    for writer in come:
        writer.transport.abort()
    await asyncio.sleep(0)


def test_a_request_that_outlives_its_client_is_ended_and_leaves_nothing_open():
    assert leftovers(_close_at_every_turn) == []


async def _close_at_every_turn() -> None:
    """Ask again and again, each time the client is closed one turn of the loop later."""
    async with FakeServer() as server:
        server.route("GET", "/", json_answer({}))
        turns, answered = 0, False
        while not answered:
            http = create_http_client(cache_dir=None, clock=SystemClock())
            asking = asyncio.create_task(http.get(server.url + "/"))
            for _ in range(turns):
                await asyncio.sleep(0)
            answered = asking.done()
            await http.close()
            try:
                assert (await asking).status == 200
            except ProviderUnavailable as error:
                assert error.why == "the program ends"  # noqa: PT017  (either is right)
            turns += 1


async def test_a_client_that_was_closed_asks_nobody(server: FakeServer):
    http = create_http_client(cache_dir=None, clock=SystemClock())
    await http.close()
    with pytest.raises(ProviderUnavailable, match="the program ends"):
        await http.get(server.url + "/")
    assert server.requests == []
