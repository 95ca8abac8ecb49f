"""What is kept on disk, for how long, and what is never kept."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

import pytest

from novastream_desktop.errors import BadResponse, ProviderUnavailable
from novastream_desktop.net import HttpClient
from novastream_desktop.net._cache import AnswerCache
from novastream_desktop.net.base import HttpAnswer
from novastream_desktop.net.client import create_http_client
from tests.fakes.http_server import Answer, FakeServer, Request, html_answer, json_answer, redirect


def counted() -> tuple[list[int], object]:
    calls: list[int] = []

    def handler(_request: Request) -> Answer:
        calls.append(1)
        return json_answer({"n": len(calls)})

    return calls, handler


async def test_a_young_answer_comes_from_disk(http: HttpClient, server: FakeServer, clock):  # noqa: ANN001
    calls, handler = counted()
    server.route("GET", "/x", handler)
    url = server.url + "/x"
    assert await http.get_json(url, max_age=60) == b'{"n": 1}'
    clock.pass_(59)
    assert await http.get_json(url, max_age=60) == b'{"n": 1}'
    clock.pass_(2)
    assert await http.get_json(url, max_age=60) == b'{"n": 2}'
    assert await http.get_json(url) == b'{"n": 3}'
    assert len(calls) == 3


async def test_a_clock_set_back_does_not_freeze_the_cache(
    http: HttpClient,
    server: FakeServer,
    clock,  # noqa: ANN001
):
    _calls, handler = counted()
    server.route("GET", "/x", handler)
    await http.get_json(server.url + "/x", max_age=60)
    clock.pass_(-3_600)
    assert await http.get_json(server.url + "/x", max_age=60) == b'{"n": 2}'


async def test_post_is_kept_by_address_and_body(http: HttpClient, server: FakeServer):
    calls, handler = counted()
    server.route("POST", "/q", handler)
    url = server.url + "/q"
    first = await http.post_json(url, {"a": 1, "b": 2}, max_age=60)
    assert await http.post_json(url, {"b": 2, "a": 1}, max_age=60) == first
    assert await http.post_json(url, {"a": 2}, max_age=60) != first
    assert await http.post_json(url, {"a": 1, "b": 2}) != first
    assert len(calls) == 3


async def test_keys_and_tokens_make_different_answers(http: HttpClient, server: FakeServer):
    calls, handler = counted()
    server.route("GET", "/x", handler)
    for token in ("a", "b", "a"):
        await http.get(server.url + "/x", headers={"Authorization": token}, max_age=60)
    assert len(calls) == 2


async def test_an_old_answer_is_revalidated(http: HttpClient, server: FakeServer, clock):  # noqa: ANN001
    def handler(request: Request) -> Answer:
        if request.headers.get("if-none-match") == '"v1"':
            return Answer(304)
        return Answer(200, b'{"v": 1}', {"ETag": '"v1"'}, "application/json")

    server.route("GET", "/x", handler)
    url = server.url + "/x"
    assert (await http.get(url)).content == b'{"v": 1}'
    clock.pass_(1_000)
    again = await http.get(url, max_age=60)
    assert (again.status, again.content, again.url) == (200, b'{"v": 1}', url)
    assert (await http.get(url, max_age=60)).content == b'{"v": 1}'
    assert len(server.requests) == 2


async def test_a_stored_answer_remembers_where_a_redirect_led(http: HttpClient, server: FakeServer):
    server.route("GET", "/x", redirect("/deep/y"))
    server.route("GET", "/deep/y", json_answer({}))
    first = await http.get(server.url + "/x", max_age=60)
    again = await http.get(server.url + "/x", max_age=60)
    assert first.url == again.url == server.url + "/deep/y"
    assert len(server.requests) == 2


@pytest.mark.parametrize(
    "bad", [html_answer(), Answer(200, b"", {}, "application/json"), Answer(503)]
)
async def test_failures_are_not_kept(http: HttpClient, server: FakeServer, bad: Answer):
    server.route("GET", "/x", bad)
    with pytest.raises(ProviderUnavailable):
        await http.get_json(server.url + "/x", max_age=60)
    server.route("GET", "/x", json_answer({"good": 1}))
    assert await http.get_json(server.url + "/x", max_age=60) == b'{"good": 1}'


async def test_no_store_is_obeyed(http: HttpClient, server: FakeServer):
    server.route("GET", "/x", json_answer({}, headers={"Cache-Control": "private, no-store"}))
    for _ in range(2):
        await http.get_json(server.url + "/x", max_age=60)
    assert len(server.requests) == 2


async def test_who_asks_the_same_at_once_shares_one_answer(http: HttpClient, server: FakeServer):
    calls, handler = counted()
    server.route("GET", "/x", handler)
    answers = await asyncio.gather(
        *(http.get_json(server.url + "/x", max_age=60) for _ in range(5))
    )
    assert set(answers) == {b'{"n": 1}'}
    assert len(calls) == 1


async def test_no_secret_lies_in_the_file(http: HttpClient, server: FakeServer, tmp_path: Path):
    server.route("GET", "/s3cret/x", json_answer({}))
    await http.get(
        server.url + "/s3cret/x?api_key=s3cret", headers={"Authorization": "s3cret"}, max_age=60
    )
    await http.close()
    files = list((tmp_path / "cache").iterdir())
    assert files
    assert all(b"s3cret" not in file.read_bytes() for file in files)
    assert (tmp_path / "cache" / "http.sqlite").stat().st_mode & 0o077 == 0


def _answer(size: int) -> HttpAnswer:
    return HttpAnswer(200, "", {"content-type": "a/b", "set-cookie": "x"}, b"x" * size)


async def test_the_oldest_go_when_it_is_full(tmp_path: Path):
    cache = AnswerCache(tmp_path / "c.sqlite", 1_000)
    for number in range(6):
        await cache.save(f"k{number}", _answer(240), float(number))
    await cache.save("too large to be worth it", _answer(251), 9.0)
    kept = [name for name in ("k0", "k1", "k2", "k3", "k4", "k5") if await cache.load(name)]
    assert kept == ["k2", "k3", "k4", "k5"]
    assert await cache.load("too large to be worth it") is None
    stored = await cache.load("k5")
    assert stored is not None
    assert stored.answer.headers == {"content-type": "a/b"}
    await cache.close()


async def test_a_damaged_file_is_begun_again(server: FakeServer, tmp_path: Path, clock):  # noqa: ANN001
    (tmp_path / "http.sqlite").write_bytes(b"this is no database" * 100)
    http = create_http_client(cache_dir=tmp_path, clock=clock)
    server.route("GET", "/x", json_answer({}))
    for _ in range(3):
        await http.get_json(server.url + "/x", max_age=60)
    await http.close()
    assert len(server.requests) == 1
    with sqlite3.connect(tmp_path / "http.sqlite") as database:
        assert database.execute("SELECT count(*) FROM answer").fetchone() == (1,)
    database.close()


async def test_a_folder_that_cannot_be_written_only_costs_the_cache(
    server: FakeServer,
    tmp_path: Path,
    clock,  # noqa: ANN001
):
    (tmp_path / "file").write_text("in the way")
    http = create_http_client(cache_dir=tmp_path / "file", clock=clock)
    server.route("GET", "/x", json_answer({}))
    assert await http.get_json(server.url + "/x", max_age=60) == b"{}"
    await http.close()


def _sound(raw: bytes) -> None:
    if b"good" not in raw:
        raise BadResponse("The server answered nonsense")


@pytest.mark.parametrize("size", [1, 200_000])
@pytest.mark.parametrize("way", ["get", "get_json", "post_json"])
async def test_what_the_asker_does_not_find_sound_is_not_kept(
    http: HttpClient, server: FakeServer, way: str, size: int
):
    async def asked() -> object:
        url = server.url + "/x"
        if way == "post_json":
            return await http.post_json(url, {}, max_age=60, sound=_sound)
        return await getattr(http, way)(url, max_age=60, sound=_sound)

    method = "POST" if way == "post_json" else "GET"
    server.route(method, "/x", json_answer({"bad": "x" * size}, headers={"ETag": '"v1"'}))
    with pytest.raises(BadResponse, match="nonsense"):
        await asked()
    server.route(method, "/x", json_answer({"good": "x" * size}))
    await asked()
    await asked()
    assert [request.headers.get("if-none-match") for request in server.requests] == [None, None]


async def test_a_kept_answer_that_is_not_sound_is_dropped_and_asked_for_anew(
    http: HttpClient, server: FakeServer
):
    server.route("GET", "/x", json_answer({"bad": 1}, headers={"ETag": '"v1"'}))
    url = server.url + "/x"
    await http.get_json(url, max_age=60)
    server.route("GET", "/x", json_answer({"good": 1}))
    assert await http.get_json(url, max_age=60) == b'{"bad": 1}'
    assert await http.get_json(url, max_age=60, sound=_sound) == b'{"good": 1}'
    assert await http.get_json(url, max_age=60) == b'{"good": 1}'
    assert "if-none-match" not in server.requests[-1].headers
    assert len(server.requests) == 2
