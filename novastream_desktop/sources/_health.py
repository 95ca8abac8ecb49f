"""Whether a source answers, found out by asking for its first bytes."""

from __future__ import annotations

import asyncio
from datetime import datetime
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from novastream_desktop.errors import UserFacingError
from novastream_desktop.models import HealthStatus, SourceHealth, SourceType, StreamSource
from novastream_desktop.net import HttpClient, ProbeAnswer
from novastream_desktop.runtime import Clock

PROBE_TIMEOUT = 5.0
_FIRST_BYTES = 65_536
_SLOW_SECONDS = 2.0
_SLOW_BITS = 1_500_000
_OK = frozenset({200, 206})
_BUSY = frozenset({429, 503})
_SAYS = {
    401: "it wants a login",
    403: "it refuses",
    404: "it is gone",
    410: "it is gone",
    429: "too many requests",
    503: "busy",
}


class TorrentHealth(Protocol):
    """Says how a torrent's swarm does, without downloading."""

    async def health(self, source: StreamSource) -> SourceHealth:
        """Return what trackers say of a torrent source."""
        ...


async def probe(source: StreamSource, http: HttpClient, clock: Clock) -> SourceHealth:
    """Check one HTTP or file source; never raises. A playlist is read, other media begun."""
    if urlsplit(source.url).scheme == "file":
        return await _probe_file(source.url, clock.now())
    try:
        async with asyncio.timeout(PROBE_TIMEOUT):
            answer = await http.probe(source.url, headers=source.headers, first_bytes=_FIRST_BYTES)
    except TimeoutError:
        return _dead(clock.now(), f"no answer within {PROBE_TIMEOUT:g} s")
    except UserFacingError as error:
        return _dead(clock.now(), error.why or error.what)
    return verdict(source.type, answer, clock.now())


def verdict(kind: SourceType, answer: ProbeAnswer, now: datetime) -> SourceHealth:
    """Judge what the first bytes tell."""
    if answer.status in _BUSY:
        return _found(HealthStatus.DEGRADED, answer, now, _SAYS[answer.status])
    if answer.status not in _OK:
        return _dead(now, _SAYS.get(answer.status, f"it answers {answer.status}"))
    wrong = _not_media(kind, answer)
    if wrong:
        return _dead(now, wrong)
    if answer.latency > _SLOW_SECONDS:
        return _found(HealthStatus.DEGRADED, answer, now, "slow to answer")
    if answer.throughput is not None and answer.throughput < _SLOW_BITS:
        return _found(HealthStatus.DEGRADED, answer, now, "slow")
    return _found(HealthStatus.HEALTHY, answer, now, None)


def _not_media(kind: SourceType, answer: ProbeAnswer) -> str:
    head = answer.head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not head:
        return "it is empty"
    if kind is SourceType.HLS:
        return "" if head.startswith(b"#EXTM3U") else "it is no playlist"
    mime = answer.content_type.partition(";")[0].strip().lower()
    if mime in ("text/html", "application/json") or head[:15].lower().startswith(
        (b"<!doctype html", b"<html")
    ):
        return "it answers a page instead of video"
    return ""


async def _probe_file(url: str, now: datetime) -> SourceHealth:
    path = Path(unquote(urlsplit(url).path))
    if await asyncio.to_thread(path.is_file):
        return SourceHealth(status=HealthStatus.HEALTHY, checked_at=now)
    return _dead(now, "the file is missing")


def _dead(now: datetime, detail: str) -> SourceHealth:
    return SourceHealth(status=HealthStatus.DEAD, checked_at=now, detail=detail)


def _found(
    status: HealthStatus, answer: ProbeAnswer, now: datetime, detail: str | None
) -> SourceHealth:
    return SourceHealth(
        status=status,
        latency_ms=round(answer.latency * 1000, 1),
        throughput=answer.throughput,
        checked_at=now,
        detail=detail,
    )
