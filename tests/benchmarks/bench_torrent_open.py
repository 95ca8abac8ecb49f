"""Magnet to mpv's first frame, and how much of a pack is fetched for one file.

    python -m tests.benchmarks.bench_torrent_open [RUNS]

`frame`: from the command to open a magnet link to mpv's playback-restart, over the links of
`five1`; the film is an MKV of 1080p at 24 Mbit/s that ffmpeg makes (about 120 MB: more than half
of what the links carry). mpv has started already and waits; each engine has started already too.
`pack`: what the torrent's payload counter says after a 300 MB file of a 3 GB pack was read.
"""

from __future__ import annotations

import asyncio
import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

from novastream_desktop.net.media_server import MediaServer
from novastream_desktop.runtime import SystemClock
from novastream_desktop.settings import TorrentsSettings
from novastream_desktop.torrents.engine import LibtorrentEngine
from tests.benchmarks.torrent_lab import lab

_WAITING = """
local name = os.getenv("URL_FILE")
mp.register_event("playback-restart", function()
  io.stdout:write("shown\\n") io.stdout:flush() mp.command("quit")
end)
mp.add_periodic_timer(0.002, function()
  local file = io.open(name, "r")
  if file == nil then return end
  local url = file:read("*l")
  file:close()
  if url ~= nil and mp.get_property("path") == nil then mp.commandv("loadfile", url) end
end)
io.stdout:write("ready\\n") io.stdout:flush()
"""


def film() -> Path:
    """Return 40 s of a picture that does not compress, at 24 Mbit/s, as good films have."""
    path = lab.LAB / "seed" / "film.mkv"
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        source = "testsrc2=s=1920x1080:r=24:d=40,noise=alls=40:allf=t"
        part = path.with_suffix(".part.mkv")
        subprocess.run(
            ["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", source, "-c:v", "libx264",
             "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "48",
             "-b:v", "24M", "-maxrate", "24M", "-bufsize", "6M", str(part)],
            check=True,
        )  # fmt: skip
        part.replace(path)
    return path


def frame(engine: str, payload: lab.Payload) -> float:
    """Return the seconds from the command to the first frame."""
    home = lab.LAB / "mpv"
    home.mkdir(exist_ok=True)
    script, url_file = home / "waiting.lua", home / "url"
    script.write_text(_WAITING, encoding="ascii")
    url_file.unlink(missing_ok=True)
    with (
        lab.links("five1") as (_, peers),
        lab.engine(engine, payload.magnet, peers) as running,
    ):
        player = lab.Child(
            ["env", f"URL_FILE={url_file}", "mpv", "--idle=yes", "--vo=null", "--ao=null",
             "--no-config", "--really-quiet", f"--script={script}"],
            "mpv",
        )  # fmt: skip
        try:
            player.line("ready")
            begun = time.monotonic()
            part = url_file.with_suffix(".part")
            part.write_text(running.go() + "\n", encoding="ascii")
            part.replace(url_file)
            player.line("shown", 120)
            return time.monotonic() - begun
        finally:
            player.stop()


def frames(runs: int) -> dict[str, float]:
    """Return the medians by engine."""
    payload = lab.make_torrent(film(), lab.MIB)
    taken: dict[str, list[float]] = {}
    with lab.seeders(5, payload):
        for _ in range(runs):
            for engine in ("ours", "webtorrent", "peerflix"):
                try:
                    taken.setdefault(engine, []).append(frame(engine, payload))
                except (OSError, EOFError) as error:
                    print(engine, repr(error), file=sys.stderr)
    return {engine: lab.median(many) for engine, many in taken.items() if many}


async def pack_bytes() -> dict[str, float]:
    """Return the bytes fetched for a whole file of a pack, its size, and a piece's."""
    folder = lab.LAB / "seed" / "pack"
    for number in range(1, 11):
        lab.make_file(f"pack/Show.S01E{number:02}.mkv", 300_000_000)
    payload = lab.make_torrent(folder, 2 * lab.MIB)
    home = lab.LAB / "work" / "pack"
    shutil.rmtree(home, ignore_errors=True)
    server = MediaServer()
    await server.start()
    engine = LibtorrentEngine(
        settings=TorrentsSettings(),
        media_server=server,
        data_dir=home / "data",
        cache_dir=home / "cache",
        clock=SystemClock(),
        known_peers=lambda _: [("127.0.0.1", lab.SEED_PORT)],
        discovery=False,
    )
    with lab.seeders(1, payload):
        stream = await engine.open(payload.magnet, episode_hint="S01E05")
        done = await asyncio.to_thread(lambda: lab.Download.begin(stream.url).read(300_000_000))
        await asyncio.sleep(3)
        fetched = stream.torrent.news.swarm.downloaded  # type: ignore[attr-defined]
        await engine.close()
    await server.close()
    shutil.rmtree(home, ignore_errors=True)
    return {"read": len(done), "fetched": fetched, "piece": 2 * lab.MIB}


def measure(runs: int = 3) -> dict[str, object]:
    return {"frame": frames(runs), "pack": asyncio.run(pack_bytes())}


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]) if len(sys.argv) > 1 else 3), indent=1))
