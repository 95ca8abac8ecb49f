"""The pure parts: quality words, identity, expiry, breaker, rank, pairs, verdicts."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novastream_desktop.models import (
    HealthStatus,
    SourceHealth,
    SourceType,
    StreamSource,
    SubtitleTrack,
)
from novastream_desktop.net import ProbeAnswer
from novastream_desktop.sources import expiry_of, info_hash_of, is_expired, key_of, paired, rank
from novastream_desktop.sources._breaker import Breaker
from novastream_desktop.sources._health import verdict
from novastream_desktop.sources._merge import merged
from novastream_desktop.sources._quality import codec_of, hdr_of, height_of
from tests.fakes.providers import mp4, torrent

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
HASH = "0123456789abcdef0123456789abcdef01234567"
UNIX = int(NOW.timestamp()) + 600
LATER = NOW + timedelta(seconds=600)


@pytest.mark.parametrize(
    ("text", "height", "codec", "hdr"),
    [
        ("1080p", 1080, None, None),
        ("1080", 1080, None, None),
        ("1920x804", 804, None, None),
        ("4K", 2160, None, None),
        ("Paper.Moons.2024.2160p.WEB-DL.DV.HDR10+.H.265-GRP", 2160, "hevc", "dolby-vision"),
        ("Paper Moons 720p x264", 720, "h264", None),
        ("Paper Moons 2160p HDR10 AV1", 2160, "av1", "hdr10"),
        ("Paper Moons HDR10+ HEVC", None, "hevc", "hdr10+"),
        ("Blade 2049", None, None, None),
        ("auto", None, None, None),
        ("", None, None, None),
    ],
)
def test_words_of_quality(text: str, height: int | None, codec: str | None, hdr: str | None):
    assert (height_of(text), codec_of(text), hdr_of(text)) == (height, codec, hdr)


@pytest.mark.parametrize(
    ("magnet", "expected"),
    [
        (f"magnet:?xt=urn:btih:{HASH}&dn=x", HASH),
        (f"magnet:?dn=x&xt=urn:btih:{HASH.upper()}", HASH),
        (f"magnet:?xt=urn:btih:{base64.b32encode(bytes.fromhex(HASH)).decode()}", HASH),
        (f"magnet:?xt=urn:btmh:1220{'ab' * 32}", "ab" * 32),
        ("magnet:?xt=urn:btih:tooshort", None),
        ("magnet:?dn=x", None),
        ("https://h/v.mp4", None),
    ],
)
def test_info_hashes(magnet: str, expected: str | None):
    assert info_hash_of(magnet) == expected


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://h/v?token=1&expires=2", "https://h/v?token=3&expires=4", True),
        ("https://h/v?X-Amz-Signature=1&X-Amz-Date=2", "https://h/v", True),
        ("https://H/v?b=2&a=1", "https://h/v?a=1&b=2", True),
        ("https://h/v?id=1", "https://h/v?id=2", False),
        ("https://h/v?e=1", "https://h/v?e=2", False),
        ("https://h/V", "https://h/v", False),
        ("https://h/v", "https://i/v", False),
    ],
)
def test_same_address(one: str, other: str, same: bool):
    assert (key_of(mp4(one)) == key_of(mp4(other))) is same


def test_files_of_one_torrent_are_not_the_same():
    assert key_of(torrent(HASH, file_index=0)) != key_of(torrent(HASH, file_index=1))
    assert key_of(torrent(HASH, file_index=0)) == key_of(torrent(HASH.upper(), file_index=0))


def test_a_repeat_fills_gaps_and_the_longer_lasting_address_stays():
    english, german = (SubtitleTrack(lang=lang, url=lang) for lang in ("en", "de"))
    first = mp4("https://h/v?token=1", provider="a", expires_at=NOW, subtitles=(english,))
    second = mp4(
        "https://h/v?token=2", provider="b", height=1080, expires_at=LATER, subtitles=(german,)
    )
    (joined,) = merged([first, second])
    assert (joined.url, joined.height, joined.expires_at) == (second.url, 1080, LATER)
    assert {t.lang for t in joined.subtitles} == {"en", "de"}
    (seeded,) = merged([torrent(HASH, seeders=3), torrent(HASH, seeders=9)])
    assert seeded.seeders == 9


def jwt(claims: dict[str, int]) -> str:
    body = base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
    return f"e30.{body}.c2ln"


POLICY = base64.b64encode(
    json.dumps({"Statement": [{"Condition": {"DateLessThan": {"AWS:EpochTime": UNIX}}}]}).encode()
).decode()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (f"expires={UNIX}", LATER),
        (f"Expires={UNIX}&Signature=x", LATER),
        (f"exp={UNIX}000", LATER),
        (f"e={UNIX}", LATER),
        (f"hdnea=st=1~exp={UNIX}~acl=/*", LATER),
        ("X-Amz-Date=20260501T120000Z&X-Amz-Expires=600", LATER),
        ("X-Goog-Date=20260501T120000Z&X-Goog-Expires=600", LATER),
        ("se=2026-05-01T12:10:00Z&sig=x", LATER),
        ("se=2026-05-01T12:10:00Z", None),
        (f"Policy={POLICY.translate(str.maketrans('+=/', '-_~'))}", LATER),
        (f"token={jwt({'exp': UNIX})}", LATER),
        (f"expires={UNIX + 60}&token={jwt({'exp': UNIX})}", LATER),
        ("e=12", None),
        ("expires=soon", None),
        ("expires=99999999999999999999", None),
        ("token=a.b.c", None),
        ("X-Amz-Date=20260501T120000Z&X-Amz-Expires=never", None),
        ("X-Amz-Date=20260501T120000Z&X-Amz-Expires=99999999999999", None),
        ("Policy=e30", None),
        ("", None),
    ],
)
def test_expiry_that_an_address_names(query: str, expected: datetime | None):
    assert expiry_of(mp4(f"https://h/v?{query}")) == expected


def test_what_a_provider_says_counts_more_than_the_address():
    source = mp4(f"https://h/v?expires={UNIX}", expires_at=NOW)
    assert expiry_of(source) == NOW
    assert is_expired(source, NOW - timedelta(seconds=30))
    assert not is_expired(source, NOW - timedelta(seconds=31))
    assert not is_expired(mp4("https://h/v"), NOW)


@given(st.text(max_size=60), st.text("0123456789abcdefXY-_.=&%", max_size=80))
def test_any_address_has_a_key_and_an_expiry_or_none(path: str, query: str):
    source = mp4(f"https://h/{path}?token={query}&expires={query}&policy={query}")
    assert key_of(source)
    ends = expiry_of(source)
    assert ends is None or ends.tzinfo is not None


def test_the_breaker_opens_rests_tries_and_closes():
    breaker = Breaker()
    for _ in range(2):
        breaker = breaker.after_failure(0)
        assert breaker.allows(0)
    breaker = breaker.after_failure(0)
    assert [breaker.allows(t) for t in (0, 59, 60)] == [False, False, True]
    breaker = breaker.after_failure(60)
    assert [breaker.allows(t) for t in (60, 179, 180)] == [False, False, True]
    for _ in range(9):
        breaker = breaker.after_failure(1000)
    assert breaker.allows(1600)
    assert breaker.after_success() == Breaker()


def healthy(latency: float = 500, **more: float) -> SourceHealth:
    return SourceHealth(status=HealthStatus.HEALTHY, latency_ms=latency, **more)


DEAD = SourceHealth(status=HealthStatus.DEAD, detail="it is gone")
DEGRADED = SourceHealth(status=HealthStatus.DEGRADED, detail="slow")


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (mp4("https://h/a", height=1080), mp4("https://h/b", height=720)),
        (mp4("https://h/a", height=720, health=healthy()), mp4("https://h/b", height=2160)),
        (mp4("https://h/a", height=360), mp4("https://h/b", height=2160, health=DEAD)),
        (mp4("https://h/a", height=360), mp4("https://h/b", height=2160, expires_at=NOW)),
        (mp4("https://h/a"), mp4("https://h/b", expires_at=NOW + timedelta(minutes=5))),
        (mp4("https://h/a", health=healthy(100)), mp4("https://h/b", health=healthy(2000))),
        (mp4("https://h/a", health=healthy()), mp4("https://h/b", health=DEGRADED)),
        (mp4("file:///a.mp4"), mp4("https://h/b")),
        (mp4("http://127.0.0.1:9/a"), mp4("https://h/b")),
        (mp4("https://h/a"), torrent(HASH)),
        (torrent(HASH, seeders=100), torrent("cd" * 20, seeders=2)),
        (torrent(HASH), torrent("cd" * 20, seeders=0)),
        (mp4("https://h/a", height=480), mp4("https://h/b", height=1080, release_name="X.CAM")),
        (
            mp4("https://h/a", height=720, health=healthy(throughput=8e6), bitrate=3e6),
            mp4("https://h/b", height=1080, health=healthy(throughput=8e6), bitrate=9e6),
        ),
    ],
)
def test_which_comes_first(better: StreamSource, worse: StreamSource):
    assert [s.url for s in rank([worse, better], NOW)] == [better.url, worse.url]


def test_reasons_are_words_for_a_person_the_weightiest_first():
    source = torrent(
        HASH, height=1080, quality="1080p", seeders=12, hdr="hdr10", health=healthy(90)
    )
    assert rank([source], NOW)[0].reasons == (
        "works",
        "1080p",
        "answers in 90 ms",
        "12 seeders",
        "HDR10",
    )
    assert rank([mp4("https://h/a", health=DEAD)], NOW)[0].reasons == ("dead: it is gone",)


some_sources = st.lists(
    st.builds(
        StreamSource,
        url=st.sampled_from([f"https://{host}/{n}" for host in "ab" for n in range(4)]),
        type=st.sampled_from(SourceType),
        height=st.sampled_from([None, 360, 1080]),
        health=st.sampled_from([SourceHealth(), healthy(), DEGRADED, DEAD]),
        seeders=st.sampled_from([None, 0, 7]),
    ),
    max_size=10,
)


@given(some_sources)
def test_ranking_is_a_stable_order_of_all(sources: list[StreamSource]):
    ranked = rank(sources, NOW)
    assert sorted(s.url for s in ranked) == sorted(s.url for s in sources)
    assert [s.score for s in ranked] == sorted((s.score for s in ranked), reverse=True)
    assert rank(ranked, NOW) == ranked
    dead = [s.health.status is HealthStatus.DEAD for s in ranked]
    assert dead == sorted(dead)


@given(some_sources)
def test_a_standby_is_checked_and_elsewhere(sources: list[StreamSource]):
    found = paired(rank(sources, NOW))
    standby = [s for s in found if s.standby_for]
    assert len(standby) <= 1
    checked = [s for s in found if s.health.status in (HealthStatus.HEALTHY, HealthStatus.DEGRADED)]
    elsewhere = [s for s in checked[1:] if s.url[:9] != checked[0].url[:9]]
    assert standby == elsewhere[:1]
    assert all(s.standby_for == checked[0].url for s in standby)


def answer(**changes: object) -> ProbeAnswer:
    fields: dict[str, object] = {
        "status": 206,
        "url": "https://h/v",
        "content_type": "video/mp4",
        "head": b"\0\0\0\x18ftyp",
        "latency": 0.1,
        "throughput": 2e7,
        "size": 10,
    }
    return ProbeAnswer(**{**fields, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "changes", "status", "detail"),
    [
        ("mp4", {}, "healthy", None),
        ("mp4", {"status": 200, "content_type": "application/octet-stream"}, "healthy", None),
        ("mp4", {"throughput": None}, "healthy", None),
        ("mp4", {"status": 403}, "dead", "it refuses"),
        ("mp4", {"status": 404}, "dead", "it is gone"),
        ("mp4", {"status": 500}, "dead", "it answers 500"),
        ("mp4", {"status": 503}, "degraded", "busy"),
        ("mp4", {"status": 429}, "degraded", "too many requests"),
        ("mp4", {"head": b""}, "dead", "it is empty"),
        ("mp4", {"content_type": "text/html; charset=utf-8"}, "dead", "it answers a page"),
        ("mp4", {"head": b"\n<!DOCTYPE HTML><p>"}, "dead", "it answers a page"),
        ("mp4", {"latency": 2.5}, "degraded", "slow to answer"),
        ("mp4", {"throughput": 1e6}, "degraded", "slow"),
        ("hls", {"head": b"\xef\xbb\xbf#EXTM3U\n"}, "healthy", None),
        ("hls", {"head": b"#EXTM3U\n", "content_type": "text/html"}, "healthy", None),
        ("hls", {"head": b"\0\0\0\x18ftyp"}, "dead", "it is no playlist"),
    ],
)
def test_verdicts(kind: str, changes: dict[str, object], status: str, detail: str | None):
    found = verdict(SourceType(kind), answer(**changes), NOW)
    assert found.status == status
    assert (found.detail or "").startswith(detail or "")
    assert bool(found.detail) == bool(detail)
    assert found.checked_at == NOW
