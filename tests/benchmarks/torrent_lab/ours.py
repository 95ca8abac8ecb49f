"""Our engine as a streaming server, as the application builds it.

python -m tests.benchmarks.torrent_lab.ours TARGET FOLDER host:port,... [verify]

Prints LISTEN, waits for a line, then prints PATH (what to ask for) once the file is open.
"""

from __future__ import annotations

import asyncio
import logging
import sys
from pathlib import Path

from novastream_desktop.net.media_server import MediaServer
from novastream_desktop.runtime import SystemClock
from novastream_desktop.settings import TorrentsSettings
from novastream_desktop.torrents.engine import LibtorrentEngine


async def main(target: str, folder: Path, peers: list[tuple[str, int]], *, verify: bool) -> None:
    server = MediaServer()
    await server.start()
    engine = LibtorrentEngine(
        settings=TorrentsSettings(verify_first=verify),
        media_server=server,
        data_dir=folder / "data",
        cache_dir=folder / "cache",
        clock=SystemClock(),
        known_peers=lambda _: peers,
        discovery=False,
    )
    async with engine._host.use():
        print("LISTEN", server.port, flush=True)
    await asyncio.to_thread(sys.stdin.readline)
    stream = await engine.open(target)
    print("PATH", stream.url, flush=True)
    await asyncio.to_thread(sys.stdin.read)
    await engine.close()
    await server.close()


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO)
    hosts = [peer.rsplit(":", 1) for peer in sys.argv[3].split(",") if peer]
    asyncio.run(
        main(
            sys.argv[1],
            Path(sys.argv[2]),
            [(host, int(port)) for host, port in hosts],
            verify="verify" in sys.argv[4:],
        )
    )
