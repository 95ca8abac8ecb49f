"""Checks over real HTTP on loopback."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from novastream_desktop.models import SourceType, StreamSource
from novastream_desktop.net.client import create_http_client
from novastream_desktop.providers.base import WatchRequest
from novastream_desktop.settings import SourcesSettings
from novastream_desktop.sources import SourceService
from tests.fakes.http_server import Answer, FakeServer, html_answer, media
from tests.fakes.providers import FakeClock, FakeSources, film

HLS, MP4 = SourceType.HLS, SourceType.MP4
PLAYLIST = b"#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nv.m3u8\n"
SEGMENTS = b"#EXTM3U\n#EXTINF:4,\nfilm.mp4\n#EXT-X-ENDLIST\n"


@pytest.fixture
async def server() -> AsyncIterator[FakeServer]:
    async with FakeServer() as running:
        running.route("GET", "/film.mp4", media(b"\0\0\0\x18ftypisom" + bytes(500_000)))
        running.route("GET", "/page.mp4", html_answer())
        running.route("GET", "/gone.mp4", Answer(404))
        running.route(
            "GET",
            "/a.m3u8",
            lambda request: Answer(200 if "x-mirror" in request.headers else 403, PLAYLIST),
        )
        running.route("GET", "/v.m3u8", Answer(200, SEGMENTS))
        yield running


async def test_what_checks_find(server: FakeServer):
    sources = [
        StreamSource(url=f"{server.url}/a.m3u8", type=HLS, headers={"X-Mirror": "1"}),
        StreamSource(url=f"{server.url}/a.m3u8?plain", type=HLS),
        *(
            StreamSource(url=f"{server.url}/{name}.mp4", type=MP4)
            for name in ("film", "page", "gone")
        ),
        StreamSource(url="http://127.0.0.1:9/closed.mp4", type=MP4),
    ]
    client = create_http_client(cache_dir=None, clock=FakeClock())
    service = SourceService(
        providers=[FakeSources("a", sources)],
        http=client,
        clock=FakeClock(),
        settings=SourcesSettings(),
        check_wait=30,
    )
    found = await service.resolve(WatchRequest(film()))
    await client.close()
    assert {s.url.rsplit("/", 1)[1]: s.health.status.value for s in found} == {
        "a.m3u8": "healthy",
        "a.m3u8?plain": "dead",
        "film.mp4": "healthy",
        "page.mp4": "dead",
        "gone.mp4": "dead",
        "closed.mp4": "dead",
    }
    asked = [request for request in server.requests if request.path == "/film.mp4"]
    assert [request.headers["range"] for request in asked] == ["bytes=0-65535"] * 2
