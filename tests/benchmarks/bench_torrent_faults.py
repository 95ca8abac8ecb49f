"""What a stream does when a peer goes silent, dies or lies, engine against engine.

    python -m tests.benchmarks.bench_torrent_faults [RUNS]

`silent`, `killed`: two peers of 2 MiB/s each, 60 ms away; after 4 MiB one of them sends nothing
more, or is gone. The figure is the longest time without a byte over the next 16 MiB.
`lies`: three peers of 1,400 KiB/s; the film is read at 1 MB/s for 16 s, as a player does, and
from the fourth second on one peer sends 40 flipped bytes. The figures are how many blocks of
16 KiB reached the player that are not as in the source, and how `late` the film was at worst.
"""

from __future__ import annotations

import itertools
import json
import sys
import time
from pathlib import Path

from tests.benchmarks.torrent_lab import lab

_BLOCK = 16 * 1024
_BEFORE, _AFTER = 4 * lab.MIB, 16 * lab.MIB
_PLAYED_PER_SECOND = 1_000_000
_PLAYED_SECONDS, _LIES_AFTER, _LIES = 16, 4, 40
_PATIENCE = 30.0


def longest_gap(engine: str, payload: lab.Payload, fault: str) -> float:
    """Return the seconds without a byte after a fault (`stall` or `kill`) of one of two peers."""
    with (
        lab.links("pair") as (relay, peers),
        lab.engine(engine, str(payload.torrent), peers) as running,
    ):
        stream = lab.Download.begin(running.go())
        stream.read(_BEFORE)
        moment = time.monotonic() - stream.started
        relay.say(f"{fault} 0")
        stream.read(_AFTER)
        stream.close()
    after = [moment, *(at for at, _ in stream.curve if at > moment)]
    return max(late - early for early, late in itertools.pairwise(after))


def lies(engine: str, payload: lab.Payload, source: Path) -> tuple[int, float]:
    """Return how many blocks came to a player that are not as in the source, and its gap.

    The gap is how many seconds late the film was at worst; half a minute stands for its end.
    """
    with (
        lab.links("trio") as (relay, peers),
        lab.engine(engine, str(payload.torrent), peers) as running,
    ):
        stream = lab.Download.begin(running.go(), timeout=_PATIENCE)
        got, lying, late = stream.read(64 * 1024), False, 0.0
        begun = time.monotonic()
        while len(got) < _PLAYED_SECONDS * _PLAYED_PER_SECOND:
            try:
                new = stream.read(64 * 1024)
            except TimeoutError:
                new = b""
            if not new:
                late = _PATIENCE
                break
            got += new
            ahead = len(got) / _PLAYED_PER_SECOND - (time.monotonic() - begun)
            late = max(late, -ahead)
            if not lying and len(got) >= _LIES_AFTER * _PLAYED_PER_SECOND:
                lying = True
                relay.say(f"corrupt 0 {_LIES}")
            time.sleep(max(0.0, ahead))
        stream.close()
    with source.open("rb") as file:
        right = file.read(len(got))
    wrong = sum(
        got[at : at + _BLOCK] != right[at : at + _BLOCK] for at in range(0, len(got), _BLOCK)
    )
    return wrong, late


def measure(runs: int = 3) -> dict[str, dict[str, float]]:
    """Return the median gaps, and the worst count of wrong blocks, by fault and engine."""
    source = lab.make_file("links.mkv", 256 * lab.MIB)
    payload = lab.make_torrent(source, lab.MIB)
    found: dict[str, dict[str, float]] = {"silent": {}, "killed": {}, "lies": {}, "late": {}}
    with lab.seeders(3, payload):
        for name, fault in (("silent", "stall"), ("killed", "kill")):
            for engine in ("ours", "webtorrent", "peerflix"):
                gaps = [longest_gap(engine, payload, fault) for _ in range(runs)]
                found[name][engine] = lab.median(gaps)
        for engine in ("ours", "ours-whole"):
            told = [lies(engine, payload, source) for _ in range(runs)]
            found["lies"][engine] = max(wrong for wrong, _ in told)
            found["late"][engine] = max(late for _, late in told)
    return found


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]) if len(sys.argv) > 1 else 3), indent=1))
