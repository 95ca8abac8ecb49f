"""Playlists: what they lead to, what must not be followed, and that nothing in them breaks us."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from novastream_desktop.models import HealthStatus, SourceHealth, SourceType, StreamSource, Verdict
from novastream_desktop.net.client import create_http_client
from novastream_desktop.runtime import SystemClock
from novastream_desktop.sources._health import plays, probe
from novastream_desktop.sources._hls import (
    Playlist,
    Variant,
    chosen_variant,
    read_playlist,
    refused,
)
from tests.fakes.http_server import Answer, FakeServer, html_answer, media, redirect

MASTER = b"""#EXTM3U
#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="English",URI="audio/en.m3u8"
#EXT-X-STREAM-INF:BANDWIDTH=1280000,RESOLUTION=1280x720
low/v.m3u8
#EXT-X-STREAM-INF:BANDWIDTH=5120000,RESOLUTION=1920x1080
https://cdn.example/high.m3u8
"""
SEGMENTS = b"""#EXTM3U
#EXT-X-TARGETDURATION:4
#EXT-X-MAP:URI="init.mp4"
#EXTINF:4,
1.m4s
#EXTINF:4,
2.m4s
#EXT-X-ENDLIST
"""
HOME = "https://h.example/a/m.m3u8"


def test_a_master_names_its_variants_and_all_that_it_leads_to():
    found = read_playlist(MASTER, HOME)
    assert found == Playlist(
        variants=(
            Variant("https://h.example/a/low/v.m3u8", 1_280_000.0, 720),
            Variant("https://cdn.example/high.m3u8", 5_120_000.0, 1080),
        ),
        leads=(
            "https://h.example/a/low/v.m3u8",
            "https://cdn.example/high.m3u8",
            "https://h.example/a/audio/en.m3u8",
        ),
    )
    assert chosen_variant(found.variants, 0).height == 1080
    assert chosen_variant(found.variants, 720).height == 720
    assert chosen_variant(found.variants, 480).height == 720


def test_a_media_playlist_names_its_first_segment():
    found = read_playlist(SEGMENTS, HOME)
    assert found is not None
    assert found.first == "https://h.example/a/1.m4s"
    assert "https://h.example/a/init.mp4" in found.leads
    cut = read_playlist(SEGMENTS[:-22], HOME, whole=False)
    assert cut is not None
    assert cut.first == found.first


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"<html>",
        b"\0\0\0\x18ftyp",
        b"#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=many,RESOLUTION=big\nv.m3u8",
    ],
)
def test_what_is_no_playlist(text: bytes):
    assert read_playlist(text, HOME) is None


@pytest.mark.parametrize(
    ("url", "lead", "why"),
    [
        (HOME, "https://other.example/1.ts", ""),
        (HOME, "file:///etc/passwd", "its playlist points to a file address"),
        (HOME, "ftp://h/1.ts", "its playlist points to a ftp address"),
        (HOME, "http://127.0.0.1/1.ts", "its playlist points into this machine's own network"),
        (HOME, "http://192.168.1.4/1.ts", "its playlist points into this machine's own network"),
        (HOME, "http://localhost./1.ts", "its playlist points into this machine's own network"),
        (HOME, "http://[::1/1.ts", "its playlist has a broken address"),
        ("http://127.0.0.1:9/m.m3u8", "http://127.0.0.1:9/1.ts", ""),
        (
            "http://127.0.0.1:9/m.m3u8",
            "file:///etc/passwd",
            "its playlist points to a file address",
        ),
        ("file:///films/m.m3u8", "file:///films/1.ts", ""),
        ("file:///films/m.m3u8", "https://h.example/1.ts", ""),
        ("file:///films/m.m3u8", "smb://h/1.ts", "its playlist points to a smb address"),
    ],
)
def test_what_is_not_followed(url: str, lead: str, why: str):
    assert refused(url, (lead,)) == why


attributes = st.sampled_from(
    [
        "#EXT-X-STREAM-INF:BANDWIDTH=1",
        '#EXT-X-KEY:METHOD=AES-128,URI="k"',
        "#EXT-X-BYTERANGE:1@",
        '#EXT-X-MAP:URI="",BYTERANGE="x"',
        "#EXTINF:,",
        "#EXTINF:nan,x",
        "#EXT-X-TARGETDURATION:-1",
        "#EXT-X-PROGRAM-DATE-TIME:soon",
        "#EXT-X-DATERANGE:ID=",
        "#EXT-X-MEDIA-SEQUENCE:many",
        "#EXT-X-START:TIME-OFFSET=x",
        "1.ts",
        "http://[",
    ]
)


@given(st.lists(attributes | st.text(max_size=20), max_size=8))
@settings(deadline=None)
def test_any_playlist_is_read_or_not(lines: list[str]):
    found = read_playlist("\n".join(["#EXTM3U", *lines]).encode("utf-8", "replace"), HOME)
    assert found is None or isinstance(refused(HOME, found.leads), str)


@pytest.mark.parametrize(
    ("throughput", "needed", "verdict"),
    [
        (12e6, 5e6, Verdict.PLAYS_THROUGH),
        (6e6, 5e6, Verdict.PLAYS_THROUGH),
        (5e6, 5e6, None),
        (2e6, 5e6, Verdict.WILL_STALL),
        (None, 5e6, None),
        (5e6, None, None),
    ],
)
def test_what_a_rate_carries(
    throughput: float | None, needed: float | None, verdict: Verdict | None
):
    assert plays(throughput, needed) is verdict


# -- over real HTTP ------------------------------------------------------------------------------


@pytest.fixture
async def server() -> AsyncIterator[FakeServer]:
    async with FakeServer() as running:
        running.route("GET", "/low/v.m3u8", Answer(200, SEGMENTS))
        running.route("GET", "/low/1.m4s", media(b"\0\0\0\x18ftypisom" + bytes(300_000)))
        yield running


async def checked(url: str, kind: SourceType = SourceType.HLS, **more: object) -> SourceHealth:
    clock = SystemClock()
    client = create_http_client(cache_dir=None, clock=clock)
    source = StreamSource(url=url, type=kind, headers={"X-Mirror": "1"})
    try:
        return await probe(source, client, clock, **more)  # type: ignore[arg-type]
    finally:
        await client.close()


async def test_a_playlist_is_followed_to_its_first_segment_with_the_headers(server: FakeServer):
    own = MASTER.replace(b"https://cdn.example/high.m3u8", b"low/v.m3u8?high")
    server.route("GET", "/m.m3u8", Answer(200, own))
    health = await checked(f"{server.url}/m.m3u8", max_height=720)
    assert (health.status, health.bitrate) == (HealthStatus.HEALTHY, 1_280_000.0)
    assert server.paths() == ["/m.m3u8", "/low/v.m3u8", "/low/1.m4s"]
    assert all(request.headers["x-mirror"] == "1" for request in server.requests)
    assert server.requests[-1].headers["range"] == "bytes=0-65535"


@pytest.mark.parametrize(
    ("reply", "detail"),
    [
        (Answer(200, b"#EXTM3U\n#EXTINF:4,\nfile:///etc/passwd\n"), "points to a file address"),
        (Answer(200, b"#EXTM3U\n#EXTINF:4,\ngone.ts\n"), "it is gone"),
        (Answer(200, b"#EXTM3U\n"), "its playlist is empty"),
        (Answer(200, b"#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nm.m3u8\n"), "is empty"),
        (html_answer(), "it is no playlist"),
        (Answer(403), "it refuses"),
        (redirect("file:///etc/passwd"), "to a file address, which is not followed"),
        (redirect("m.m3u8"), "more than 5 redirects"),
    ],
)
async def test_playlists_that_do_not_play_say_why(server: FakeServer, reply: Answer, detail: str):
    server.route("GET", "/m.m3u8", reply)
    health = await checked(f"{server.url}/m.m3u8")
    assert (health.status, health.verdict) == (HealthStatus.DEAD, Verdict.DEAD)
    assert detail in (health.detail or "")


async def test_a_playlist_that_is_called_a_file_is_looked_into(server: FakeServer):
    server.route("GET", "/film.mp4", Answer(200, b"#EXTM3U\n#EXTINF:4,\nfile:///etc/passwd\n"))
    health = await checked(f"{server.url}/film.mp4", SourceType.MP4)
    assert health.detail == "its playlist points to a file address"


async def test_what_a_file_needs_is_told_by_its_size_and_length(server: FakeServer):
    url = f"{server.url}/low/1.m4s"
    small = await checked(url, SourceType.MP4, runtime=100.0)
    assert small.bitrate == pytest.approx(300_012 * 8 / 100)
    assert small.verdict is Verdict.PLAYS_THROUGH
    large = await checked(url, SourceType.MP4, needed=1e15)
    assert large.verdict is Verdict.WILL_STALL
    assert (await checked(url, SourceType.MP4)).verdict is None


async def test_headers_with_a_line_break_are_not_sent(server: FakeServer):
    clock = SystemClock()
    client = create_http_client(cache_dir=None, clock=clock)
    evil = StreamSource(
        url=f"{server.url}/low/1.m4s", type=SourceType.MP4, headers={"X-A": "1\r\nX-B: 2"}
    )
    health = await probe(evil, client, clock)
    await client.close()
    assert health.status is HealthStatus.DEAD
    assert server.requests == []


async def test_a_playlist_in_a_folder(tmp_path: Path):
    good, bad = tmp_path / "good.m3u8", tmp_path / "bad.m3u8"
    good.write_bytes(SEGMENTS)
    bad.write_bytes(b"#EXTM3U\n#EXTINF:4,\nsmb://h/1.ts\n")
    assert (await checked(good.as_uri())).status is HealthStatus.HEALTHY
    assert (await checked(bad.as_uri())).detail == "its playlist points to a smb address"
