"""Magnet links and targets, hostile ones above all."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novastream_desktop.errors import InvalidInput
from novastream_desktop.torrents._magnet import (
    MagnetLink,
    clean_peers,
    clean_trackers,
    clean_web_seeds,
    is_local,
    parse_info_hash,
    parse_magnet,
)
from novastream_desktop.torrents._target import (
    TorrentBytes,
    TorrentPath,
    TorrentUrl,
    fetched,
    parse_target,
)
from tests.fakes.http import FakeHttp

V1 = "0123456789abcdef0123456789abcdef01234567"
V2 = "ab" * 32


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("example.org", False),
        ("8.8.8.8", False),
        ("2001:4860:4860::8888", False),
        ("localhost", True),
        ("LOCALHOST.", True),
        ("x.localhost", True),
        ("printer.local", True),
        ("", True),
        ("127.0.0.1", True),
        ("127.1", True),
        ("2130706433", True),
        ("0x7f000001", True),
        ("0177.0.0.1", True),
        ("0", True),
        ("10.1.2.3", True),
        ("192.168.1.1", True),
        ("172.16.0.1", True),
        ("169.254.169.254", True),
        ("224.0.0.1", True),
        ("239.1.1.1", True),
        ("255.255.255.255", True),
        ("::1", True),
        ("::", True),
        ("::ffff:127.0.0.1", True),
        ("::ffff:8.8.8.8", False),
        ("fe80::1%eth0", True),
        ("fd00::1", True),
        ("ff02::1", True),
    ],
)
def test_local_addresses_in_all_spellings(host: str, expected: bool):
    assert is_local(host) is expected


def test_a_link_is_cleaned():
    link = parse_magnet(
        f"magnet:?xt=urn:btih:{V1.upper()}&xt.1=urn:btmh:1220{V2}&dn=A%20film%0A%E2%80%AE"
        "&tr=udp%3A%2F%2Ft.example%3A80%2Fannounce&tr=http%3A%2F%2F127.0.0.1%3A9%2Fadmin"
        "&tr.1=https://t2.example/a&tr=file%3A%2F%2F%2Fetc%2Fpasswd&tr=udp://t.example:80/announce"
        "&ws=http%3A%2F%2F127.0.0.1%2Fx&ws=https://seed.example/f&x.pe=127.0.0.1:22"
        "&x.pe=8.8.8.8:6881&x.pe=host.example:1&x.pe=[2001:4860::1]:5&so=1,2&as=http://x/"
    )
    assert link == MagnetLink(
        v1=V1,
        v2=V2,
        name="A film",
        trackers=("udp://t.example:80/announce", "https://t2.example/a"),
        web_seeds=("https://seed.example/f",),
        peers=(("8.8.8.8", 6881), ("2001:4860::1", 5)),
    )
    assert link.info_hash == V1


def test_local_ones_stay_where_they_are_allowed():
    text = f"magnet:?xt=urn:btih:{V1}&tr=http://127.0.0.1:9/announce&x.pe=127.0.0.1:22"
    link = parse_magnet(text, allow_local=True)
    assert link.trackers == ("http://127.0.0.1:9/announce",)
    assert link.peers == (("127.0.0.1", 22),)


@pytest.mark.parametrize(
    ("text", "v1", "v2"),
    [
        (f"magnet:?xt=urn:btih:{V1}", V1, ""),
        ("magnet:?xt=urn:btih:" + "A" * 32, "00" * 20, ""),
        (f"magnet:?xt=urn:btmh:1220{V2}", "", V2),
        (f"MAGNET:?dn=x&xt=URN:BTIH:{V1}", V1, ""),
    ],
)
def test_forms_of_the_hash(text: str, v1: str, v2: str):
    link = parse_magnet(text)
    assert (link.v1, link.v2) == (v1, v2)


@pytest.mark.parametrize(
    "text",
    [
        "magnet:",
        "magnet:?dn=x",
        "magnet:?xt=urn:btih:xyz",
        "magnet:?xt=urn:sha1:" + "A" * 32,
        f"magnet:?xt=urn:btmh:1114{V2}",
        f"magnet:?xt=urn:btih:{V1}&dn=" + "x" * 9000,
        f"magnet:?xt=urn:btih:{V1}" + "&tr=udp://t.example:1" * 65,
    ],
)
def test_links_that_cannot_be_used(text: str):
    with pytest.raises(InvalidInput):
        parse_magnet(text)


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("udp://t.example:1337/announce", True),
        ("http://t.example/announce", True),
        ("https://t.example/announce", True),
        ("wss://t.example", True),
        ("ftp://t.example", False),
        ("file:///etc/passwd", False),
        ("//t.example", False),
        ("http://", False),
        ("http://[::1", False),
        ("http://t.example:99999/", False),
        ("http://user@127.0.0.1/announce", False),
        ("http://t.example/ a", False),
        ("http://t.example/\x01", False),
        ("http://169.254.169.254/announce", False),
    ],
)
def test_trackers(url: str, kept: bool):
    assert clean_trackers([url, url], allow_local=False) == ((url,) if kept else ())


def test_web_seeds_are_http_only():
    urls = ["udp://x.example/f", "http://x.example/f", "http://10.0.0.1/f"]
    assert clean_web_seeds(urls, allow_local=False) == ("http://x.example/f",)


def test_peers_are_addresses_only():
    peers = [("1.1.1.1", 1), ("evil.example", 2), ("127.0.0.1", 3), ("1.1.1.1", 1)]
    assert clean_peers(peers, allow_local=False) == (("1.1.1.1", 1),)


safe = st.text(st.characters(categories=["L", "N"]), max_size=20)


@given(
    st.sampled_from([(V1, ""), ("", V2), (V1, V2)]),
    safe,
    st.lists(st.sampled_from(["udp://a.example:1/x", "https://b.example/?a=b&c"]), unique=True),
)
def test_a_clean_link_survives_being_written(
    hashes: tuple[str, str], name: str, trackers: list[str]
):
    link = MagnetLink(*hashes, name, tuple(trackers), ("https://w.example/f",), (("1.1.1.1", 1),))
    assert parse_magnet(link.uri()) == link


@given(st.text(max_size=200))
def test_any_text_is_parsed_or_refused(text: str):
    try:
        link = parse_magnet("magnet:?" + text)
    except InvalidInput:
        return
    assert parse_magnet(link.uri()).info_hash == link.info_hash


def test_bare_hashes():
    assert parse_info_hash(V1.upper()) == MagnetLink(v1=V1)
    assert parse_info_hash("a" * 32) == MagnetLink(v1="00" * 20)
    assert parse_info_hash(V2) == MagnetLink(v2=V2)
    assert parse_info_hash("hello") is None


def test_targets_are_told_apart(tmp_path: Path):
    plain = tmp_path / "download"
    plain.write_bytes(b"d")
    assert parse_target(b"d4:info") == TorrentBytes(b"d4:info")
    assert parse_target(f" magnet:?xt=urn:btih:{V1}\n") == MagnetLink(v1=V1)
    assert parse_target(V1) == MagnetLink(v1=V1)
    assert parse_target("https://example.org/a") == TorrentUrl("https://example.org/a")
    assert parse_target("/a/b c.torrent") == TorrentPath(Path("/a/b c.torrent"))
    assert parse_target("file:///a/b%20c.torrent") == TorrentPath(Path("/a/b c.torrent"))
    assert parse_target(str(plain)) == TorrentPath(plain)


@pytest.mark.parametrize("text", ["", "words", "ftp://x/y", "nova:moon-courier", "a\0.torrent"])
def test_what_is_no_target(text: str):
    with pytest.raises(InvalidInput):
        parse_target(text)


async def test_an_address_may_lead_to_a_torrent_or_a_magnet():
    link, file = "https://example.org/dl/1", "https://example.org/dl/2"
    http = FakeHttp({link: f"magnet:?xt=urn:btih:{V1}".encode(), file: b"d4:infodee"})
    assert await fetched(TorrentUrl(link), http) == (MagnetLink(v1=V1), b"")
    assert await fetched(TorrentUrl(file), http) == (TorrentUrl(file), b"d4:infodee")
    with pytest.raises(InvalidInput):
        await fetched(TorrentUrl(link), FakeHttp({link: b"magnet:?xt=urn:btih:short"}))
    with pytest.raises(InvalidInput):
        await fetched(TorrentUrl(link), None)
