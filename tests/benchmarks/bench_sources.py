"""Finding sources: the first playable one among bad providers, and ranking 2,000 torrents.

`python -m tests.benchmarks.bench_sources` prints a table in Markdown.

First playable: 20 providers over real HTTP on loopback, of which 5 hang, 5 answer garbage, 3
answer 500 and 7 are good and take 150 to 390 ms; each good one's source takes 60 ms to probe. The
peer is the fastest good provider asked alone and its source probed alone, in the same run, plus
50 ms. The full list is held to `sources.timeout` + 200 ms.

Ranking: names are parsed, judged, merged, sorted and told on the service's worker thread, with all
caches empty at the start of each round; CPU is that of this thread. The peer is parsett alone on
the same names. Of ours, the part that reading the names took is told, too: we try parsett's rules
in a leaner loop of our own.
"""

from __future__ import annotations

import asyncio
import json
import logging
import random
import statistics
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack, aclosing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from unittest.mock import patch

from PTT import parse_title

from novastream_desktop.models import ContentType, SourceType, StreamSource
from novastream_desktop.net import HttpClient
from novastream_desktop.net.client import create_http_client
from novastream_desktop.providers.base import WatchRequest
from novastream_desktop.runtime import SystemClock
from novastream_desktop.settings import SourcesSettings
from novastream_desktop.sources import SourceService, _release
from novastream_desktop.sources._desk import Desk
from novastream_desktop.sources._match import likeness
from novastream_desktop.sources._parsett import parse_name
from novastream_desktop.sources._wanted import Wanted
from tests.benchmarks.report import Bar, bars
from tests.fakes.http_server import (
    Answer,
    FakeServer,
    Handler,
    Hang,
    Reply,
    Request,
    html_answer,
    json_answer,
    media,
)
from tests.fakes.providers import film

TIMEOUT = 2.0
SLACK, FULL_SLACK = 0.05, 0.2
GOOD, HANGING, GARBAGE, BROKEN = 7, 5, 5, 3
TORRENTS = 2000
MOST_CPU = 1.5
MOST_RATIO = 1.2
ROUNDS = 5
_PROBE_TAKES = 0.06


@dataclass
class WireProvider:
    """A provider that asks its server for a JSON list of addresses."""

    name: str
    url: str
    http: HttpClient

    async def sources(self, request: WatchRequest) -> list[StreamSource]:
        """Return what the server lists."""
        found = json.loads(await self.http.get_json(self.url))
        return [
            StreamSource(url=item["url"], height=item["height"], type=SourceType.MP4)
            for item in found
        ]


def _later(seconds: float, handler: Handler) -> Handler:
    async def answer(request: Request) -> Reply:
        await asyncio.sleep(seconds)
        reply = handler(request)
        assert not asyncio.iscoroutine(reply)
        return reply  # type: ignore[return-value]

    return answer


async def _providers(stack: AsyncExitStack, http: HttpClient) -> list[WireProvider]:
    made: list[WireProvider] = []

    async def serve(name: str, handler: Handler | Reply) -> FakeServer:
        server = await stack.enter_async_context(FakeServer())
        server.route("GET", "/list", handler)
        made.append(WireProvider(name, f"{server.url}/list", http))
        return server

    for at in range(HANGING):
        await serve(f"hangs {at}", Hang())
    garbage = [b'{"cut": [', b"\xff\xfe\x00", b"[1, 2]", b"null", b"<html>"]
    for at in range(GARBAGE):
        await serve(f"garbage {at}", Answer(200, garbage[at % 5], {}, "application/json"))
    for at in range(BROKEN):
        await serve(f"broken {at}", html_answer(500))
    for at in range(GOOD):
        server = await stack.enter_async_context(FakeServer())
        listed = json_answer([{"url": f"{server.url}/film.mp4", "height": 720 + at}])
        server.route(
            "GET", "/list", _later(0.15 + 0.04 * at, lambda _request, answer=listed: answer)
        )
        film_bytes = b"\0\0\0\x18ftypisom" + bytes(400_000)
        server.route("GET", "/film.mp4", _later(_PROBE_TAKES, media(film_bytes)))
        made.append(WireProvider(f"good {at}", f"{server.url}/list", http))
    return made


async def _first_playable() -> dict[str, float]:
    request = WatchRequest(film(title="Harbour Lights", year=2026))
    firsts, fulls, peers = [], [], []
    for _ in range(ROUNDS):
        async with AsyncExitStack() as stack:
            http = create_http_client(cache_dir=None, clock=SystemClock())
            stack.push_async_callback(http.close)
            providers = await _providers(stack, http)
            fastest = next(provider for provider in providers if provider.name == "good 0")
            begun = time.perf_counter()
            (source,) = await fastest.sources(request)
            await http.probe(source.url)
            peers.append(time.perf_counter() - begun)
            service = SourceService(
                providers=random.sample(providers, len(providers)),
                http=http,
                clock=SystemClock(),
                settings=SourcesSettings(timeout=TIMEOUT),
            )
            first, full = await _timed(service, request)
            firsts.append(first)
            fulls.append(full)
    first, peer = statistics.median(firsts), statistics.median(peers)
    return {
        "first_s": round(first, 3),
        "peer_s": round(peer + SLACK, 3),
        "first_ratio": round(first / (peer + SLACK), 2),
        "full_s": round(max(fulls), 3),
        "full_limit_s": TIMEOUT + FULL_SLACK,
        "full_ratio": round(max(fulls) / (TIMEOUT + FULL_SLACK), 3),
    }


async def _timed(service: SourceService, request: WatchRequest) -> tuple[float, float]:
    begun, first = time.perf_counter(), 0.0
    async with aclosing(service.stream(request)) as resolutions:
        async for resolution in resolutions:
            if resolution.first is not None and not first:
                first = time.perf_counter() - begun
            if resolution.complete:
                assert len([s for s in resolution.sources if s.health.status == "healthy"]) == GOOD
    assert first
    return first, time.perf_counter() - begun


def torrents() -> list[StreamSource]:
    """Return the results of a search as indexers give them, the same in every run."""
    chance = random.Random(7)
    pick = chance.choice
    found = []
    for at in range(TORRENTS):
        name = ".".join(
            [
                pick(
                    ["Harbour.Lights", "Harbour.Lights", "The.Harbour.Light", "Harbor.Lights.2026"]
                ),
                f"S{chance.randint(1, 3):02}E{chance.randint(1, 24):02}" if at % 9 else "S01",
                *pick([[], ["The.Tide"], ["REPACK"], ["MULTi"], ["FRENCH"]]),
                pick(["2160p", "1080p", "1080p", "720p", "480p"]),
                *pick([["AMZN", "WEB-DL"], ["WEBRip"], ["BluRay"], ["HDTV"], ["BluRay", "REMUX"]]),
                pick(["DDP5.1", "AAC2.0", "TrueHD.7.1.Atmos", "DTS-HD.MA.5.1"]),
                *pick([[], ["HDR"], ["DV"]]),
                pick(["x264", "x265", "H.264", "HEVC", "AV1"]) + "-" + pick(["GRP", "NTb", "FLUX"]),
            ]
        )
        found.append(
            StreamSource(
                url=f"magnet:?xt=urn:btih:{at:040x}&dn={at}&tr=udp%3A%2F%2Ftracker.example%3A80",
                type=SourceType.TORRENT,
                provider=f"indexer {at % 4}",
                release_name=f"{name}.{at}",
                size_bytes=chance.randint(300_000_000, 9_000_000_000),
                seeders=chance.randint(0, 400),
            )
        )
    return found


def _parse_all(names: list[str]) -> float:
    begun = time.thread_time()
    for name in names:
        parse_title(name)
    return time.thread_time() - begun


class _Meter:
    """Stands before the parser and adds up the CPU that it takes."""

    def __init__(self) -> None:
        self.spent = 0.0

    def parse(self, name: str) -> dict[str, Any]:
        begun = time.thread_time()
        found = parse_name(name)
        self.spent += time.thread_time() - begun
        return found


def _rank_all(found: list[StreamSource]) -> tuple[float, float]:
    """Return CPU seconds of ranking with all that belongs to it, and of its parsing alone."""
    _release.forget_releases()
    likeness.cache_clear()
    wanted = Wanted(
        titles=("harbour lights",),
        kind=ContentType.SERIES,
        year=2026,
        season=1,
        numbers=frozenset({3}),
        runtime=2400.0,
    )
    meter = _Meter()
    with patch.object(_release, "parse_name", meter.parse):
        begun = time.thread_time()
        Desk(wanted).arrange(found, datetime.now(UTC))
        return time.thread_time() - begun, meter.spent


async def _ranking() -> dict[str, float]:
    found = torrents()
    parse_name(found[0].release_name or "")  # the rules are compiled once a process
    rounds = [await asyncio.to_thread(_rank_all, found) for _ in range(ROUNDS)]
    ours, parsing = min(rounds)
    names = [source.release_name or "" for source in found]
    alone = [await asyncio.to_thread(_parse_all, names) for _ in range(2)]
    return {
        "rank_cpu_s": round(ours, 3),
        "rank_limit_s": MOST_CPU,
        "parse_cpu_s": round(parsing, 3),
        "cpu_ratio": round(ours / MOST_CPU, 2),
        "own_ratio": round(statistics.median(one / other for one, other in rounds), 2),
        "parsett_cpu_s": round(min(alone), 3),
        "parse_ratio": round(ours / min(alone), 2),
        "parse_limit": MOST_RATIO,
    }


async def _measure() -> dict[str, Any]:
    return {**await _first_playable(), **await _ranking()}


def measure() -> dict[str, Any]:
    """Return times in seconds, their ratios, and the limits."""
    return asyncio.run(_measure())


def found() -> Iterator[Bar]:
    """Measure and yield each figure."""
    m = measure()
    yield Bar(
        "first checked, playable source, 20 providers of which 13 are bad",
        f"{m['first_s'] * 1000:.0f} ms",
        f"fastest good one + its probe + 50 ms: {m['peer_s'] * 1000:.0f} ms",
        m["first_ratio"],
        1.0,
    )
    yield Bar(
        "the full ranked list of them",
        f"{m['full_s']:.2f} s",
        f"sources.timeout + 200 ms: {m['full_limit_s']:.2f} s",
        m["full_ratio"],
        1.0,
    )
    yield Bar(
        f"ranking {TORRENTS:,} torrents, CPU of the worker thread",
        f"{m['rank_cpu_s']:.2f} s",
        f"{m['rank_limit_s']:.1f} s",
        m["cpu_ratio"],
        1.0,
    )
    yield Bar(
        f"ranking {TORRENTS:,} torrents against parsett on their names alone",
        f"{m['rank_cpu_s']:.2f} s, {m['own_ratio']:.2f} x of our own reading of the names",
        f"parsett {m['parsett_cpu_s']:.2f} s",
        m["parse_ratio"],
        m["parse_limit"],
    )


if __name__ == "__main__":
    logging.disable()  # that providers fail is the point
    print(bars(found()))
