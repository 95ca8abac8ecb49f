"""First byte, safe start and seeks over emulated links, engine against engine.

    python -m tests.benchmarks.bench_torrent_links [SETS] [ENGINES] [RUNS] [PIECE_MIB] [magnet]

ENGINES are ours, ours-whole (`torrents.verify_first`), webtorrent and peerflix. 256 MiB of
noise; each link of a set (see `torrent_lab.lab.LINKS`) leads to a seeder of its own through a
relay with that round trip and rate. Times in seconds from the command to open it:
`first` byte, first `MiB`, `safe`: the earliest start of playback at 80 % of the swarm's rate
that never runs dry (over 24 MiB). Then from the request: `seek` to 90 %, the first byte, with
2 MiB, `safe` again; `back` to 50 %. Every byte is compared with the source.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from tests.benchmarks.torrent_lab import lab

SIZE = 256 * lab.MIB
_START, _AFTER_SEEK, _AFTER_BACK = 24 * lab.MIB, 10 * lab.MIB, 2 * lab.MIB
Figures = dict[str, float]


def _compare(source: Path, start: int, data: bytes) -> bool:
    with source.open("rb") as file:
        file.seek(start)
        return file.read(len(data)) == data


def run(engine: str, payload: lab.Payload, source: Path, links: str, *, magnet: bool) -> Figures:
    """Return the figures of one run of one engine."""
    rate = 0.8 * 1024 * sum(speed for _, speed in lab.LINKS[links])
    target = payload.magnet if magnet else str(payload.torrent)
    with lab.links(links) as (_, peers), lab.engine(engine, target, peers) as running:
        time.sleep(0.3)
        before, begun = running.child.cpu(), time.monotonic()
        url = running.go()
        start = lab.Download.begin(url)
        shift = start.started - begun
        data = start.read(_START)
        mib = next(at for at, received in start.curve if received >= lab.MIB)
        figures = {
            "first": shift + start.first,
            "MiB": shift + mib,
            "safe": shift + lab.safe_start(start.curve, rate),
            "MB/s": len(data) / start.curve[-1][0] / 1e6,
        }
        sound = _compare(source, 0, data)
        start.close()
        place = int(SIZE * 0.9) + 12345
        jump = lab.Download.begin(url, place)
        data = jump.read(_AFTER_SEEK)
        figures["seek"] = jump.first
        figures["+2MiB"] = next(at for at, got in jump.curve if got >= 2 * lab.MIB)
        figures["seek safe"] = lab.safe_start(jump.curve, rate)
        sound &= _compare(source, place, data)
        jump.close()
        place = SIZE // 2 + 777
        back = lab.Download.begin(url, place)
        data = back.read(_AFTER_BACK)
        figures["back"] = back.first
        sound &= _compare(source, place, data)
        back.close()
        figures["CPU"] = running.child.cpu() - before
        figures["RSS"] = running.child.peak()
    if not sound:
        raise ValueError(f"{engine} gave wrong bytes")
    return figures


def first_of_magnet(engine: str, payload: lab.Payload, links: str) -> float:
    """Return the seconds from the command to open a magnet link to the first byte."""
    with lab.links(links) as (_, peers), lab.engine(engine, payload.magnet, peers) as running:
        time.sleep(0.3)
        begun = time.monotonic()
        start = lab.Download.begin(running.go())
        start.read(1)
        found = start.started + start.first - begun
        start.close()
        return found


def measure(
    sets: list[str], engines: list[str], runs: int, piece: int, *, magnet: bool = False
) -> dict[str, dict[str, Figures]]:
    """Return the medians by set and engine."""
    source = lab.make_file("links.mkv", SIZE)
    payload = lab.make_torrent(source, piece)
    found: dict[str, dict[str, Figures]] = {}
    with lab.seeders(max(len(lab.LINKS[name]) for name in sets), payload):
        for name in sets:
            taken: dict[str, list[Figures]] = {engine: [] for engine in engines}
            for _ in range(runs):
                for engine in engines:
                    try:
                        figures = run(engine, payload, source, name, magnet=magnet)
                    except (OSError, EOFError, StopIteration) as error:
                        print(name, engine, repr(error), file=sys.stderr)
                        continue
                    taken[engine].append(figures)
            found[name] = {
                engine: {key: lab.median([f[key] for f in many]) for key in many[0]}
                for engine, many in taken.items()
                if many
            }
            for engine, figures in found[name].items():
                line = "  ".join(f"{key} {value:.2f}" for key, value in figures.items())
                print(f"{name:8} {engine:10} {line}", file=sys.stderr)
    return found


def main(arguments: list[str]) -> None:
    """Run what the command line says."""
    magnet = "magnet" in arguments
    words = [word for word in arguments if word != "magnet"]
    sets = (words[0] if words else "one4rtt,five1,mixed,many").split(",")
    engines = (words[1] if words[1:] else "ours,webtorrent,peerflix").split(",")
    runs = int(words[2]) if words[2:] else 3
    piece = int(words[3]) if words[3:] else 1
    print(json.dumps(measure(sets, engines, runs, piece * lab.MIB, magnet=magnet)))


if __name__ == "__main__":
    main(sys.argv[1:])
