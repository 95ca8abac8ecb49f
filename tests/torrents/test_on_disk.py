"""Where a torrent's file is, once all of it is on this machine."""

from __future__ import annotations

import asyncio

from novastream_desktop.torrents.base import LiesOnDisk, TorrentProgress
from novastream_desktop.torrents.demo_seeder import DemoSeeder
from tests.torrents.swarm import Fetch, MakeEngine, Payload

E2 = "Show.S01E02.mkv"


async def test_a_file_is_told_when_it_is_complete(
    show: Payload, seeder: DemoSeeder, make_engine: MakeEngine, fetch: Fetch
):
    engine = make_engine(known_peers=seeder.endpoint)
    stream = await engine.open(show.magnet, episode_hint="S01E02")
    assert isinstance(stream, LiesOnDisk)
    await fetch(stream.url)
    complete = asyncio.Event()

    def look(progress: TorrentProgress) -> None:
        if progress.fraction >= 1:
            complete.set()

    unwatch = stream.progress.watch(look)
    await asyncio.wait_for(complete.wait(), 30)
    unwatch()
    assert stream.on_disk is not None
    assert stream.on_disk.read_bytes() == show.files[E2]


async def test_no_file_is_told_while_some_of_it_is_missing(show: Payload, make_engine: MakeEngine):
    engine = make_engine()
    stream = await engine.open(show.torrent_file.read_bytes(), episode_hint="S01E02")
    assert isinstance(stream, LiesOnDisk)
    assert stream.on_disk is None
