"""The fake server itself: what it must do so that other tests can be believed."""

from __future__ import annotations

import asyncio
import socket

import httpx
import pytest

from tests.fakes.http_server import (
    Answer,
    FakeServer,
    Hang,
    Huge,
    Raw,
    in_turn,
    json_answer,
    media,
)
from tests.fakes.leftovers import leftovers


async def test_it_answers_records_and_keeps_the_connection():
    async with FakeServer() as server, httpx.AsyncClient(base_url=server.url) as client:
        server.route("GET", "/a", json_answer({"x": 1}))
        server.route("POST", "/b", lambda request: Answer(201, request.body[::-1]))
        server.route("GET", "/tree/*", Answer(200, chunks=(b"one", b"two")))
        assert (await client.get("/a", params={"q": "ä b"})).json() == {"x": 1}
        assert (await client.post("/b", content=b"abc")).content == b"cba"
        assert (await client.get("/tree/deep/x%20y")).content == b"onetwo"
        assert (await client.get("/none")).status_code == 404
        assert server.paths() == ["/a", "/b", "/tree/deep/x y", "/none"]
        assert server.requests[0].query == {"q": ["ä b"]}


@pytest.mark.parametrize(
    ("asked", "status", "body"),
    [
        (None, 200, b"0123456789"),
        ("bytes=0-3", 206, b"0123"),
        ("bytes=8-", 206, b"89"),
        ("bytes=-2", 206, b"89"),
        ("bytes=5-99", 206, b"56789"),
        ("bytes=10-", 416, b""),
    ],
)
async def test_media_answers_ranges(asked: str | None, status: int, body: bytes):
    async with FakeServer() as server, httpx.AsyncClient() as client:
        server.route("GET", "/v.mp4", media(b"0123456789"))
        headers = {} if asked is None else {"Range": asked}
        answer = await client.get(server.url + "/v.mp4", headers=headers)
        assert (answer.status_code, answer.content) == (status, body)


async def test_it_can_misbehave():
    async with FakeServer() as server, httpx.AsyncClient(timeout=0.2) as client:
        server.route("GET", "/hang", Hang())
        server.route("GET", "/garbage", Raw(b"\x00\x01 nonsense\r\n\r\n"))
        server.route("GET", "/huge", Huge(200_000, declared=False))
        server.route("GET", "/turn", in_turn(Answer(503), Answer(200, b"ok")))
        with pytest.raises(httpx.ReadTimeout):
            await client.get(server.url + "/hang")
        with pytest.raises(httpx.RemoteProtocolError):
            await client.get(server.url + "/garbage")
        assert len((await client.get(server.url + "/huge")).content) == 200_000
        codes = [(await client.get(server.url + "/turn")).status_code for _ in range(3)]
        assert codes == [503, 200, 200]


@pytest.mark.parametrize("turns", range(7))
def test_a_client_that_comes_while_it_stops_is_not_left_open(turns: int):
    async def work() -> None:
        async with FakeServer() as server:
            client = socket.create_connection(("127.0.0.1", server.port))
            for _ in range(turns):
                await asyncio.sleep(0)
        client.close()

    assert leftovers(work) == []


def test_a_client_that_does_not_read_does_not_hold_it_up():
    async def work() -> None:
        async with FakeServer() as server:
            server.route("GET", "/much", Huge(8_000_000))
            client = socket.create_connection(("127.0.0.1", server.port))
            client.sendall(b"GET /much HTTP/1.1\r\n\r\n")
            await server.wait_for_requests(1)
        client.close()

    assert leftovers(work) == []
