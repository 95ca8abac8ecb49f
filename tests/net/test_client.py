"""The HTTP client against a real server on loopback."""

from __future__ import annotations

import asyncio
import gzip
import logging
from pathlib import Path

import pytest

from novastream_desktop.errors import (
    BadResponse,
    NotFound,
    ProviderError,
    ProviderRefused,
    ProviderUnavailable,
    RateLimited,
    StoreError,
    UserFacingError,
)
from novastream_desktop.net import HttpClient
from novastream_desktop.net.client import USER_AGENT, create_http_client
from tests.fakes.http_server import (
    Answer,
    FakeServer,
    Hang,
    Huge,
    Raw,
    Reply,
    html_answer,
    in_turn,
    json_answer,
    media,
    redirect,
    too_many,
)


async def test_it_says_who_it_is_and_sends_what_it_was_given(http: HttpClient, server: FakeServer):
    server.route("GET", "/a", json_answer({"ok": True}))
    body = await http.get_json(
        server.url + "/a?own=1", params={"types": ["op", "ed"], "n": 2}, headers={"X-Key": "k"}
    )
    assert body == b'{"ok": true}'
    sent = server.requests[0]
    assert sent.query == {"own": ["1"], "types": ["op", "ed"], "n": ["2"]}
    assert sent.headers["user-agent"] == USER_AGENT
    assert sent.headers["x-key"] == "k"
    assert sent.headers["accept"] == "application/json"


@pytest.mark.parametrize(
    ("reply", "error", "says"),
    [
        (json_answer({"status_message": "Invalid API key"}, 401), ProviderRefused, "Invalid API"),
        (json_answer({"errors": [{"message": "Off"}]}, 403), ProviderRefused, "Off"),
        (json_answer({}, 404), NotFound, "404"),
        (html_answer(410), NotFound, "410"),
        (json_answer({"message": ["a", "b"]}, 400), BadResponse, "a; b"),
        (html_answer(500), ProviderUnavailable, "500"),
        (html_answer(501), ProviderUnavailable, "501"),
        (html_answer(200), ProviderUnavailable, "web page"),
        (Answer(200, b"  <html>"), ProviderUnavailable, "web page"),
        (Answer(200, b"", {}, "application/json"), ProviderUnavailable, "empty"),
        (Raw(b"\x00garbage\r\n\r\n"), ProviderUnavailable, "broke off"),
        (Raw(b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{}"), ProviderUnavailable, "broke"),
        (
            Answer(200, b"no gzip", {"Content-Encoding": "gzip"}),
            ProviderUnavailable,
            "damaged",
        ),
        (
            Answer(200, gzip.compress(b"0" * 9_000_000), {"Content-Encoding": "gzip"}),
            BadResponse,
            "larger than 8 MB",
        ),
        (Huge(9_000_000), BadResponse, "larger than 8 MB"),
        (Huge(9_000_000, declared=False), BadResponse, "larger than 8 MB"),
    ],
)
async def test_each_failure_has_its_error_and_a_sentence(
    http: HttpClient, server: FakeServer, reply: Reply, error: type[UserFacingError], says: str
):
    server.route("GET", "/x", reply)
    with pytest.raises(error, match=says) as caught:
        await http.get_json(server.url + "/x")
    assert type(caught.value) is error
    assert "127.0.0.1" in caught.value.sentence()


async def test_a_server_that_is_not_there(http: HttpClient, pauses: list[float]):
    server = FakeServer()
    await server.start()
    await server.stop()
    with pytest.raises(ProviderUnavailable, match="refused"):
        await http.get(server.url + "/")
    assert len(pauses) == 2


async def test_the_timeout_is_for_all_of_it(http: HttpClient, server: FakeServer):
    server.route("GET", "/slow", Hang(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab"))
    with pytest.raises(ProviderUnavailable, match=r"too long|longer than"):
        await http.get(server.url + "/slow", timeout=0.2)
    assert len(server.requests) == 1


@pytest.mark.parametrize("status", [502, 503, 504])
async def test_get_is_tried_three_times(
    http: HttpClient, server: FakeServer, pauses: list[float], status: int
):
    server.route("GET", "/x", in_turn(Answer(status), Raw(), json_answer({"n": 3})))
    assert await http.get_json(server.url + "/x") == b'{"n": 3}'
    assert len(pauses) == 2
    assert pauses[1] > pauses[0] > 0


async def test_it_gives_up_after_three(http: HttpClient, server: FakeServer):
    server.route("GET", "/x", Answer(503))
    with pytest.raises(ProviderUnavailable):
        await http.get(server.url + "/x")
    assert len(server.requests) == 3


@pytest.mark.parametrize("status", [400, 401, 403, 404, 406, 409, 500])
async def test_other_statuses_are_not_tried_again(
    http: HttpClient, server: FakeServer, status: int
):
    server.route("GET", "/x", Answer(status))
    with pytest.raises(UserFacingError):
        await http.get(server.url + "/x")
    assert len(server.requests) == 1


async def test_retry_after_is_obeyed(http: HttpClient, server: FakeServer, pauses: list[float]):
    server.route("GET", "/x", in_turn(too_many(0), too_many(7), json_answer({})))
    await http.get_json(server.url + "/x")
    assert pauses == [1.0, 7.0]


async def test_a_long_retry_after_is_an_error_at_once(
    http: HttpClient, server: FakeServer, pauses: list[float]
):
    server.route("GET", "/x", too_many(120))
    with pytest.raises(RateLimited) as caught:
        await http.get(server.url + "/x")
    assert (caught.value.retry_after, pauses) == (120, [])


async def test_a_retry_after_beyond_the_timeout_is_not_waited_for(
    http: HttpClient, server: FakeServer, pauses: list[float]
):
    server.route("GET", "/x", too_many(20))
    with pytest.raises(RateLimited):
        await http.get(server.url + "/x", timeout=10)
    assert pauses == []


async def test_post_is_never_tried_again(http: HttpClient, server: FakeServer):
    for reply in (Answer(503), too_many(1), Raw()):
        server.route("POST", "/x", reply)
        with pytest.raises(UserFacingError):
            await http.post_json(server.url + "/x", {})
    assert len(server.requests) == 3


async def test_redirects_are_followed_five_times(http: HttpClient, server: FakeServer):
    for hop in range(7):
        server.route("GET", f"/{hop}", redirect(f"/{hop + 1}"))
    server.route("GET", "/7", json_answer({}))
    assert (await http.get(server.url + "/2")).url == server.url + "/7"
    with pytest.raises(BadResponse, match="circles"):
        await http.get(server.url + "/1")


@pytest.mark.parametrize("target", ["file:///etc/passwd", "magnet:?xt=urn:btih:0", "ftp://h/x"])
async def test_redirects_stay_on_the_web(http: HttpClient, server: FakeServer, target: str):
    server.route("GET", "/x", redirect(target))
    with pytest.raises(BadResponse, match="not followed"):
        await http.get(server.url + "/x")


@pytest.mark.parametrize("status", [301, 302, 307])
async def test_a_link_may_lead_to_a_magnet(http: HttpClient, server: FakeServer, status: int):
    magnet = "magnet:?xt=urn:btih:" + "a" * 40 + "&dn=x"
    server.route("GET", "/x", redirect("/y", status))
    server.route("GET", "/y", redirect(magnet, status))
    found = await http.follow(server.url + "/x")
    assert (found.url, found.content) == (magnet, b"")
    server.route("GET", "/y", Answer(200, b"d4:infod"))
    found = await http.follow(server.url + "/x")
    assert (found.url, found.content) == (server.url + "/y", b"d4:infod")
    for location in ("file:///etc/passwd", "magnet:?" + "x" * 9_000):
        server.route("GET", "/y", redirect(location, status))
        with pytest.raises(BadResponse, match="not followed"):
            await http.follow(server.url + "/x")


async def test_secrets_do_not_travel_to_another_host(http: HttpClient, server: FakeServer):
    async with FakeServer() as other:
        server.route("GET", "/x", redirect(other.url + "/y"))
        other.route("GET", "/y", json_answer({}))
        secret = {"Authorization": "Bearer s3cret", "X-Mirror": "1", "Referer": "https://r/"}
        await http.get(server.url + "/x", headers=secret)
        sent = other.requests[0].headers
        assert "authorization" not in sent
        assert "x-mirror" not in sent
        assert sent["referer"] == "https://r/"
        assert sent["host"] == other.url.removeprefix("http://")


async def test_a_post_is_not_sent_elsewhere(http: HttpClient, server: FakeServer):
    server.route("POST", "/x", redirect("/y", 307))
    server.route("POST", "/y", lambda request: Answer(200, request.body))
    assert await http.post_json(server.url + "/x", {"b": 1, "a": 2}) == b'{"a":2,"b":1}'
    server.route("POST", "/x", redirect("/y", 302))
    with pytest.raises(BadResponse, match="carries data"):
        await http.post_json(server.url + "/x", {})


@pytest.mark.parametrize("value", ["a\r\nX-Evil: 1", "a\nb", "\x00", "schlüssel"])
async def test_headers_cannot_be_smuggled(http: HttpClient, server: FakeServer, value: str):
    with pytest.raises(BadResponse, match="not sent"):
        await http.get(server.url, headers={"X-Key": value})
    assert server.requests == []


@pytest.mark.parametrize(
    "url", ["", "nonsense", "file:///etc/passwd", "http://", "http://[::1", "http://a:b/", "x:y"]
)
async def test_only_web_addresses_are_asked(http: HttpClient, url: str):
    for ask in (http.get, http.probe):
        with pytest.raises(BadResponse):
            await ask(url)


async def test_secrets_are_neither_in_errors_nor_logs(
    http: HttpClient, server: FakeServer, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.DEBUG, "novastream_desktop")
    server.route(
        "GET", "/s3cret/x", json_answer({"message": "bad api_key=s3cret, token: s3cret"}, 503)
    )
    with pytest.raises(ProviderUnavailable) as caught:
        await http.get(
            server.url + "/s3cret/x?api_key=s3cret", headers={"Authorization": "Bearer s3cret"}
        )
    assert "s3cret" not in caught.value.sentence()
    assert "s3cret" not in caplog.text


async def test_cookies_are_not_kept(http: HttpClient, server: FakeServer):
    server.route("GET", "/x", Answer(200, b"1", {"Set-Cookie": "id=1; Path=/"}))
    await http.get(server.url + "/x")
    await http.get(server.url + "/x")
    assert all("cookie" not in request.headers for request in server.requests)


async def test_a_probe_reads_the_first_bytes(http: HttpClient, server: FakeServer):
    server.route("GET", "/v.mp4", media(b"\x00\x00\x00\x18ftyp" + b"v" * 200_000))
    found = await http.probe(server.url + "/v.mp4", headers={"X-Mirror": "1"})
    assert (found.status, found.size, len(found.head)) == (206, 200_008, 65_536)
    assert found.content_type == "video/mp4"
    assert found.latency > 0
    assert found.throughput is not None
    assert found.throughput > 0
    assert server.requests[0].headers["range"] == "bytes=0-65535"
    assert server.requests[0].headers["x-mirror"] == "1"


async def test_a_probe_takes_any_status_as_an_answer(http: HttpClient, server: FakeServer):
    server.route("GET", "/gone", html_answer(404))
    found = await http.probe(server.url + "/gone")
    assert (found.status, found.throughput) == (404, None)


async def test_a_probe_stops_reading_where_ranges_are_ignored(http: HttpClient, server: FakeServer):
    server.route("GET", "/big", Huge(50_000_000))
    found = await http.probe(server.url + "/big", first_bytes=1_000)
    assert (found.status, found.size, len(found.head)) == (200, 50_000_000, 1_000)


async def test_a_probe_of_a_dead_host(http: HttpClient, server: FakeServer):
    server.route("GET", "/x", Raw())
    with pytest.raises(ProviderUnavailable):
        await http.probe(server.url + "/x")


async def test_a_picture_is_saved_in_one_step(http: HttpClient, server: FakeServer, tmp_path: Path):
    server.route("GET", "/p.jpg", Answer(200, b"jpeg", {}, "image/jpeg"))
    target = tmp_path / "new" / "p.jpg"
    await http.download(server.url + "/p.jpg", target, max_bytes=10)
    assert target.read_bytes() == b"jpeg"
    assert [file.name for file in target.parent.iterdir()] == ["p.jpg"]
    server.route("GET", "/p.jpg", Answer(200, b"jpeg too large", {}, "image/jpeg"))
    with pytest.raises(BadResponse):
        await http.download(server.url + "/p.jpg", target, max_bytes=10)
    server.route("GET", "/p.jpg", html_answer())
    with pytest.raises(BadResponse):
        await http.download(server.url + "/p.jpg", target, max_bytes=1_000)
    assert target.read_bytes() == b"jpeg"


async def test_a_picture_that_cannot_be_saved(http: HttpClient, server: FakeServer, tmp_path: Path):
    server.route("GET", "/p.jpg", Answer(200, b"jpeg", {}, "image/jpeg"))
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError):
        await http.download(server.url + "/p.jpg", tmp_path / "file" / "p.jpg", max_bytes=10)


async def test_cancelling_ends_a_request(http: HttpClient, server: FakeServer):
    server.route("GET", "/slow", Hang())
    task = asyncio.create_task(http.get(server.url + "/slow", max_age=60))
    await server.wait_for_requests(1)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    server.route("GET", "/slow", Answer(200, b"now"))
    assert (await http.get(server.url + "/slow", max_age=60)).content == b"now"


async def test_it_works_without_a_cache(server: FakeServer, clock):  # noqa: ANN001
    http = create_http_client(cache_dir=None, clock=clock)
    server.route("GET", "/x", json_answer({}))
    for _ in range(2):
        await http.get_json(server.url + "/x", max_age=60)
    await http.close()
    assert len(server.requests) == 2


async def test_who_is_told_something_need_not_answer(server: FakeServer, http: HttpClient):
    server.route("POST", "/told", Answer(204))
    server.route("POST", "/refused", json_answer({}, 401))
    await http.tell(server.url + "/told", {"at": 1}, headers={"X-Own": "a"})
    (told,) = server.requests
    assert (told.json(), told.headers["x-own"]) == ({"at": 1}, "a")
    with pytest.raises(ProviderError):
        await http.tell(server.url + "/refused", {})
