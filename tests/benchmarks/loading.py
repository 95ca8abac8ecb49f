"""The load of a busy evening: 20 providers resolve, 500 posters load, a torrent streams.

    python -m tests.benchmarks.loading HOST_FACTS FOLDER

As a process of its own it is the equal load beside bare mpv: the same services without a window.
It prints LOADED once the torrent streams, and ends with its standard input.
"""

from __future__ import annotations

import asyncio
import json
import logging
import sys
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack, aclosing
from pathlib import Path
from typing import Any

from novastream_desktop.catalog.art import ArtStore
from novastream_desktop.net import HttpClient
from novastream_desktop.net.client import create_http_client
from novastream_desktop.net.media_server import MediaServer
from novastream_desktop.providers.base import WatchRequest
from novastream_desktop.runtime import SystemClock
from novastream_desktop.settings import SourcesSettings, TorrentsSettings
from novastream_desktop.sources import SourceService
from novastream_desktop.torrents.engine import LibtorrentEngine
from tests.benchmarks.bench_sources import WireProvider
from tests.fakes.providers import film

POSTER_WIDTH = 180
BETWEEN = 1.0
"""Seconds between two rounds of the providers."""


class Load:
    """The load; `begin` returns once the torrent streams, `end` tells what was done.

    Args:
        facts: what `load_host` printed.
        folder: where what is fetched goes.
        show: called with the path of each poster that is there, on the loop.
    """

    def __init__(
        self, facts: Mapping[str, Any], folder: Path, show: Callable[[str], object]
    ) -> None:
        self._facts = facts
        self._folder = folder
        self._show = show
        self._stack = AsyncExitStack()
        self._tasks: list[asyncio.Task[None]] = []
        self._stream: Any = None
        self._began = 0.0
        self._rounds = self._posters = 0

    async def begin(self) -> None:
        """Begin everything."""
        http = create_http_client(cache_dir=None, clock=SystemClock())
        self._stack.push_async_callback(http.close)
        await self._begin_torrent()
        loop = asyncio.get_running_loop()
        self._tasks = [
            loop.create_task(self._resolve(http)),
            loop.create_task(self._load_posters(http)),
        ]
        self._began = loop.time()

    async def end(self) -> dict[str, float]:
        """End everything; return rounds, posters and MB/s of the torrent."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        seconds = asyncio.get_running_loop().time() - self._began
        done = (
            self._stream.progress.value.fraction
            * Path(self._facts["torrent"]).with_name("Load.2026.1080p.mkv").stat().st_size
        )
        await self._stack.aclose()
        return {
            "rounds": self._rounds,
            "posters": self._posters,
            "megabytes_per_s": round(done / seconds / 1e6, 1),
        }

    async def _begin_torrent(self) -> None:
        server = MediaServer()
        await server.start()
        self._stack.push_async_callback(server.close)
        engine = LibtorrentEngine(
            settings=TorrentsSettings(),
            media_server=server,
            data_dir=self._folder / "data",
            cache_dir=self._folder / "cache",
            clock=SystemClock(),
            known_peers=lambda _: [("127.0.0.1", self._facts["port"])],
            discovery=False,
        )
        self._stack.push_async_callback(engine.close)
        self._stream = await engine.open(self._facts["torrent"])
        self._stack.push_async_callback(self._stream.close)
        words = ("-s", "-o", "/dev/null", self._stream.url)
        reader = await asyncio.create_subprocess_exec("curl", *words)
        self._stack.push_async_callback(reader.wait)
        self._stack.callback(reader.terminate)
        streams = asyncio.Event()
        self._stack.callback(
            self._stream.progress.watch(lambda now: now.download_rate and streams.set())
        )
        await streams.wait()

    async def _resolve(self, http: HttpClient) -> None:
        providers = [
            WireProvider(f"provider {at}", url, http)
            for at, url in enumerate(self._facts["providers"])
        ]
        service = SourceService(
            providers=providers,
            http=http,
            clock=SystemClock(),
            settings=SourcesSettings(timeout=2.0),
        )
        while True:
            request = WatchRequest(film(title=f"Harbour Lights {self._rounds}", year=2026))
            async with aclosing(service.stream(request)) as resolutions:
                async for _ in resolutions:
                    pass
            self._rounds += 1
            await asyncio.sleep(BETWEEN)

    async def _load_posters(self, http: HttpClient) -> None:
        store = ArtStore(http, self._folder / "art")

        async def one(url: str) -> None:
            self._show(str(await store.local(url)))
            self._posters += 1

        await asyncio.gather(*map(one, self._facts["posters"]))


def _decode(path: str) -> None:
    from PySide6.QtCore import QSize
    from PySide6.QtGui import QImageReader

    reader = QImageReader(path)
    size = reader.size()
    reader.setScaledSize(QSize(POSTER_WIDTH, size.height() * POSTER_WIDTH // size.width()))
    assert not reader.read().isNull()


async def main(facts: Mapping[str, Any], folder: Path) -> None:
    """Load until standard input ends; pictures are decoded, but shown nowhere."""
    loop = asyncio.get_running_loop()
    load = Load(facts, folder, lambda path: loop.run_in_executor(None, _decode, path))
    await load.begin()
    print("LOADED", flush=True)
    await asyncio.to_thread(sys.stdin.read)
    print(json.dumps(await load.end()), flush=True)


if __name__ == "__main__":
    logging.disable()  # that providers fail is the point
    asyncio.run(main(json.loads(sys.argv[1]), Path(sys.argv[2])))
