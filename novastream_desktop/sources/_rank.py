"""Which source comes first, and why, from one table of weights."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from novastream_desktop.models import HealthStatus, SourceType, StreamSource
from novastream_desktop.sources._expiry import MARGIN, expiry_of
from novastream_desktop.sources._identity import place_of
from novastream_desktop.sources._quality import filmed_in_a_cinema

WEIGHTS = {
    "healthy": 40.0,
    "unknown": 12.0,
    "degraded": -5.0,
    "dead": -1000.0,
    "expired": -500.0,
    "ends soon": -10.0,
    "here": 10.0,
    "quick": 6.0,
    "slow": -6.0,
    "too slow for it": -30.0,
    "mp4": 8.0,
    "hls": 6.0,
    "torrent": 0.0,
    "seeders": 5.0,
    "no seeders": -40.0,
    "filmed": -60.0,
    "hdr": 2.0,
    "unknown height": 10.0,
}
"""Points. `seeders` counts for each factor of ten, three at most."""

HEIGHTS = ((2160, 34.0), (1440, 32.0), (1080, 30.0), (720, 20.0), (480, 8.0), (0, 2.0))
"""At least so many lines earn so many points."""

_SOON = timedelta(minutes=10)
_QUICK_MS, _SLOW_MS = 200.0, 1500.0
_HEADROOM = 1.2
_MOST_SEEDER_STEPS = 3.0
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})

Point = tuple[float, str]


def points(source: StreamSource, now: datetime) -> Iterator[Point]:
    """Yield what counts for and against a source, with words for it (none: not worth a word)."""
    yield _health(source)
    yield _height(source)
    yield (WEIGHTS[source.type.value], "")
    yield from _speed(source)
    ends = expiry_of(source)
    if ends is not None and ends <= now + MARGIN:
        yield (WEIGHTS["expired"], "its address has expired")
    elif ends is not None and ends <= now + _SOON:
        yield (WEIGHTS["ends soon"], "its address expires soon")
    if source.seeders is not None and source.type is SourceType.TORRENT:
        yield _seeders(source.seeders)
    if filmed_in_a_cinema(source.release_name or ""):
        yield (WEIGHTS["filmed"], "filmed in a cinema")
    if source.hdr:
        yield (WEIGHTS["hdr"], source.hdr.upper())
    if is_here(source):
        yield (WEIGHTS["here"], "on this machine")


def is_here(source: StreamSource) -> bool:
    """Whether a source needs no network: a file, or served on loopback."""
    parts = urlsplit(source.url)
    return parts.scheme == "file" or (parts.hostname or "") in _LOOPBACK


def rank(sources: Iterable[StreamSource], now: datetime) -> tuple[StreamSource, ...]:
    """Return sources best first, with `score` and `reasons`; equals keep their order."""
    scored = []
    for source in sources:
        given = list(points(source, now))
        weighty = sorted((p for p in given if p[1]), key=lambda p: -abs(p[0]))
        score = round(sum(weight for weight, _ in given), 1)
        scored.append(source.with_(score=score, reasons=tuple(word for _, word in weighty)))
    return tuple(sorted(scored, key=lambda source: -source.score))


def paired(sources: Sequence[StreamSource]) -> tuple[StreamSource, ...]:
    """Mark the standby of the first source: the next checked one from another host or swarm."""
    plain = [source.with_(standby_for=None) for source in sources]
    if not plain or plain[0].health.status is HealthStatus.DEAD:
        return tuple(plain)
    first = plain[0]
    for at, source in enumerate(plain[1:], start=1):
        checked = source.health.status in (HealthStatus.HEALTHY, HealthStatus.DEGRADED)
        if checked and place_of(source) != place_of(first):
            plain[at] = source.with_(standby_for=first.url)
            break
    return tuple(plain)


def _health(source: StreamSource) -> Point:
    health = source.health
    status = health.status
    if status is HealthStatus.UNKNOWN:
        return (WEIGHTS["unknown"], "")
    words = "works" if status is HealthStatus.HEALTHY else status.value
    return (WEIGHTS[status.value], f"{words}: {health.detail}" if health.detail else words)


def _height(source: StreamSource) -> Point:
    if not source.height:
        return (WEIGHTS["unknown height"], source.quality)
    lines = source.height
    weight = next(weight for least, weight in HEIGHTS if lines >= least)
    return (weight, source.quality or f"{lines}p")


def _speed(source: StreamSource) -> Iterator[Point]:
    latency, throughput = source.health.latency_ms, source.health.throughput
    if latency is not None and latency <= _QUICK_MS:
        yield (WEIGHTS["quick"], f"answers in {latency:.0f} ms")
    elif latency is not None and latency >= _SLOW_MS:
        yield (WEIGHTS["slow"], f"takes {latency / 1000:.1f} s to answer")
    if throughput and source.bitrate and throughput < source.bitrate * _HEADROOM:
        yield (WEIGHTS["too slow for it"], "slower than it plays")


def _seeders(count: int) -> Point:
    if count <= 0:
        return (WEIGHTS["no seeders"], "no seeders")
    steps = min(_MOST_SEEDER_STEPS, math.log10(count + 1))
    return (WEIGHTS["seeders"] * steps, f"{count} seeder{'s' if count > 1 else ''}")
