"""Whether a source answers, found out by asking for its first bytes."""

from __future__ import annotations

import asyncio
from datetime import datetime
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from novastream_desktop.errors import UserFacingError
from novastream_desktop.models import HealthStatus, SourceHealth, SourceType, StreamSource, Verdict
from novastream_desktop.net import HttpClient, ProbeAnswer
from novastream_desktop.runtime import Clock
from novastream_desktop.sources._hls import (
    Playlist,
    Variant,
    chosen_variant,
    read_playlist,
    refused,
)

PROBE_TIMEOUT = 5.0
_FIRST_BYTES = 65_536
_PLAYLIST_BYTES = 524_288
_DEPTH = 3  # master, media playlist, and one that a redirecting master names
_SLOW_SECONDS = 2.0
_SLOW_BITS = 1_500_000
_AMPLE, _SCARCE = 1.2, 0.7
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


async def probe(
    source: StreamSource,
    http: HttpClient,
    clock: Clock,
    *,
    needed: float | None = None,
    max_height: int = 0,
    runtime: float | None = None,
) -> SourceHealth:
    """Check one HTTP or file source; never raises.

    A file's first bytes are read; of a playlist the media playlist of the quality that would be
    played, and the head of its first segment.

    Args:
        source: not a torrent.
        http: asks.
        clock: says when it was checked.
        needed: bit/s that playing takes, if known.
        max_height: the most lines that would be played, 0 = any.
        runtime: seconds that it plays; with a file's size it tells what playing takes.
    """
    if urlsplit(source.url).scheme == "file":
        return await _probe_file(source, clock.now())
    try:
        async with asyncio.timeout(PROBE_TIMEOUT):
            if source.type is SourceType.HLS:
                return await _probe_hls(source, http, clock, needed, max_height)
            answer = await http.probe(source.url, headers=source.headers, first_bytes=_FIRST_BYTES)
            if answer.status in _OK and _is_playlist(answer):  # whatever its provider calls it
                return await _probe_hls(source, http, clock, needed, max_height)
    except TimeoutError:
        return _dead(clock.now(), f"no answer within {PROBE_TIMEOUT:g} s")
    except UserFacingError as error:
        return _dead(clock.now(), error.why or error.what)
    if not needed and answer.size and runtime:
        needed = answer.size * 8 / runtime
    return verdict(source.type, answer, clock.now(), needed)


def verdict(
    kind: SourceType, answer: ProbeAnswer, now: datetime, needed: float | None = None
) -> SourceHealth:
    """Judge what the first bytes tell."""
    if answer.status in _BUSY:
        return _found(HealthStatus.DEGRADED, answer, now, _SAYS[answer.status], needed)
    if answer.status not in _OK:
        return _dead(now, _SAYS.get(answer.status, f"it answers {answer.status}"))
    wrong = _not_media(kind, answer)
    if wrong:
        return _dead(now, wrong)
    if answer.latency > _SLOW_SECONDS:
        return _found(HealthStatus.DEGRADED, answer, now, "slow to answer", needed)
    if answer.throughput is not None and answer.throughput < _SLOW_BITS:
        return _found(HealthStatus.DEGRADED, answer, now, "slow", needed)
    return _found(HealthStatus.HEALTHY, answer, now, None, needed)


def plays(throughput: float | None, needed: float | None) -> Verdict | None:
    """Say whether a rate carries a bitrate (both bit/s); None where it is close or unknown.

    A first range is read while the connection still speeds up, so only a rate well below the
    bitrate says that it will stall.
    """
    if not throughput or not needed:
        return None
    if throughput >= needed * _AMPLE:
        return Verdict.PLAYS_THROUGH
    return Verdict.WILL_STALL if throughput < needed * _SCARCE else None


async def _probe_hls(
    source: StreamSource, http: HttpClient, clock: Clock, needed: float | None, max_height: int
) -> SourceHealth:
    url, told, playlist = source.url, Variant(""), Playlist()
    for _ in range(_DEPTH):
        answer = await http.probe(url, headers=source.headers, first_bytes=_PLAYLIST_BYTES)
        health = verdict(SourceType.HLS, answer, clock.now())
        if health.status is HealthStatus.DEAD or answer.status in _BUSY:
            return health
        whole = len(answer.head) < _PLAYLIST_BYTES
        read = read_playlist(answer.head, answer.url, whole=whole)
        if read is None:
            return _dead(clock.now(), "its playlist is broken")
        playlist = read
        if why := refused(answer.url, playlist.leads):
            return _dead(clock.now(), why)
        if not playlist.variants:
            break
        told = chosen_variant(playlist.variants, max_height)
        url = told.url
    if not playlist.first:
        return _dead(clock.now(), "its playlist is empty")
    segment = await http.probe(playlist.first, headers=source.headers, first_bytes=_FIRST_BYTES)
    return verdict(SourceType.MP4, segment, clock.now(), told.bandwidth or needed)


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


def _is_playlist(answer: ProbeAnswer) -> bool:
    return answer.head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"#EXTM3U")


async def _probe_file(source: StreamSource, now: datetime) -> SourceHealth:
    path = Path(unquote(urlsplit(source.url).path))
    try:
        head = await asyncio.to_thread(_head_of, path)
    except (OSError, ValueError):
        return _dead(now, "the file is missing")
    if source.type is SourceType.HLS:
        playlist = read_playlist(head, source.url, whole=len(head) < _FIRST_BYTES)
        if playlist is None:
            return _dead(now, "it is no playlist")
        if why := refused(source.url, playlist.leads):
            return _dead(now, why)
    return SourceHealth(status=HealthStatus.HEALTHY, checked_at=now, verdict=Verdict.PLAYS_THROUGH)


def _head_of(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_FIRST_BYTES)


def _dead(now: datetime, detail: str) -> SourceHealth:
    return SourceHealth(
        status=HealthStatus.DEAD, checked_at=now, detail=detail, verdict=Verdict.DEAD
    )


def _found(
    status: HealthStatus,
    answer: ProbeAnswer,
    now: datetime,
    detail: str | None,
    needed: float | None,
) -> SourceHealth:
    return SourceHealth(
        status=status,
        latency_ms=round(answer.latency * 1000, 1),
        throughput=answer.throughput,
        checked_at=now,
        detail=detail,
        verdict=plays(answer.throughput, needed),
        bitrate=needed,
    )
