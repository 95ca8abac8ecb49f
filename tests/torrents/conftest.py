"""Payloads, real libtorrent sessions on loopback, and engines that keep to it."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from novastream_desktop.net.media_server import MediaServer
from novastream_desktop.runtime import SystemClock
from novastream_desktop.settings import TorrentsSettings
from novastream_desktop.torrents.demo_seeder import DemoSeeder
from novastream_desktop.torrents.engine import LibtorrentEngine
from tests.torrents.lines import Lines, MakeLines
from tests.torrents.swarm import (
    Fetch,
    MakeEngine,
    MakePayload,
    MakeSeeder,
    Payload,
    fetch,
    make_payload,
)


@pytest.fixture
def show(tmp_path: Path) -> Payload:
    """Two episodes and a subtitle; the pieces do not end where the files do."""
    sizes = {"Show.S01E01.mkv": 3_000_001, "Show.S01E02.mkv": 2_500_000, "subs/e1.srt": 777}
    return make_payload(tmp_path / "payload", sizes)


@pytest.fixture
def make_seeder() -> Iterator[MakeSeeder]:
    seeders: list[DemoSeeder] = []

    def make(payload: Payload) -> DemoSeeder:
        seeders.append(DemoSeeder(payload.torrent_file, payload.folder))
        return seeders[-1]

    yield make
    for seeder in seeders:
        seeder.close()


@pytest.fixture
def seeder(show: Payload, make_seeder: MakeSeeder) -> DemoSeeder:
    return make_seeder(show)


@pytest.fixture
async def make_lines(make_seeder: MakeSeeder) -> AsyncIterator[MakeLines]:
    made: list[Lines] = []

    async def make(payload: Payload, count: int, rate: int = 0) -> Lines:
        seeders = [make_seeder(payload) for _ in range(count)]
        made.append(Lines(seeders, payload.info_hash, rate))
        await asyncio.sleep(0)
        return made[-1]

    yield make
    for lines in made:
        await lines.close()


@pytest.fixture
async def media_server() -> AsyncIterator[MediaServer]:
    server = MediaServer()
    await server.start()
    yield server
    await server.close()


@pytest.fixture
async def make_engine(media_server: MediaServer, tmp_path: Path) -> AsyncIterator[MakeEngine]:
    engines: list[LibtorrentEngine] = []

    def make(settings: TorrentsSettings | None = None, **changes: object) -> LibtorrentEngine:
        options: dict = {
            "settings": settings or TorrentsSettings(),
            "media_server": media_server,
            "data_dir": tmp_path / "data",
            "cache_dir": tmp_path / "cache",
            "clock": SystemClock(),
            "discovery": False,
        }
        engines.append(LibtorrentEngine(**(options | changes)))
        return engines[-1]

    yield make
    for engine in engines:
        await engine.close()


@pytest.fixture(name="fetch")
def fetch_fixture() -> Fetch:
    return fetch


@pytest.fixture
def payload_maker(tmp_path: Path) -> MakePayload:
    numbers = itertools.count()

    def make(sizes: dict[str, int], **options: object) -> Payload:
        return make_payload(tmp_path / f"payload-{next(numbers)}", sizes, **options)

    return make
