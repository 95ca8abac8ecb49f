"""Kill a process that writes heartbeats, again and again. Run as a module: FILE KILLS SEED.

The parent stays single-threaded: every store lives in a forked child, which costs no imports.
Prints one JSON line: how often the file failed to open or had lost what was acknowledged.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
import struct
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from novastream_desktop.models import WatchProgress
from novastream_desktop.progress import _store, open_progress_store

START = datetime(2026, 1, 1, tzinfo=UTC)
NUMBER = struct.Struct("<q")
LOST, BROKEN = 3, 4
OPENING = 0.2
"""Share of the kills that come while the store is being opened."""


def entry(second: int) -> WatchProgress:
    """Return the heartbeat of a second."""
    moment = START + timedelta(seconds=second)
    return WatchProgress(content_id="nova:film", position=second, duration=1e9, updated_at=moment)


async def write_for_ever(path: Path, first: int, acknowledge: Callable[[int], object]) -> None:
    """Save heartbeats; tell each one that was acknowledged."""
    _store.CHECKPOINT_EVERY = 7  # so that kills also come upon checkpoints
    store = await open_progress_store(path)
    acknowledge(0)
    for second in range(first, first + 1_000_000):
        await store.beat([entry(second)])
        acknowledge(second)


async def look(path: Path, acknowledged: int, begun: int) -> int:
    """Return what is wrong with the file after a kill: 0, LOST or BROKEN."""
    store = await open_progress_store(path)
    there = await store.get("nova:film")
    problems = store.problems
    await store.close()
    if problems:
        return BROKEN
    position = there.position if there is not None else 0
    return 0 if acknowledged <= position <= max(acknowledged + 1, begun) else LOST


def forked(work: Callable[[], int]) -> int:
    """Run work in a child; return its exit code."""
    child = os.fork()
    if child == 0:
        os._exit(work())
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def kill_once(
    path: Path, first: int, acknowledged: int, delay: float, *, opening: bool = False
) -> int:
    """Start a writer, kill it after a delay, and return the last second it acknowledged.

    The delay begins when the store is open, or, with `opening`, before that.
    """
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)

        def acknowledge(second: int) -> None:
            os.write(writer, NUMBER.pack(second))

        asyncio.run(write_for_ever(path, first, acknowledge))
        os._exit(0)
    os.close(writer)
    if not opening:
        os.read(reader, NUMBER.size)  # it has opened the store
    time.sleep(delay)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while len(data := os.read(reader, NUMBER.size)) == NUMBER.size:
        acknowledged = max(acknowledged, NUMBER.unpack(data)[0])
    os.close(reader)
    return acknowledged


def _looked(path: Path, last: int, begun: int) -> int:
    return asyncio.run(look(path, last, begun))


def main(path: Path, kills: int, seed: int) -> dict[str, int]:
    """Kill so often at random moments; count what went wrong."""
    chance = random.Random(seed)
    first, last = 1, 0
    counts = {"kills": kills, "lost": 0, "broken": 0, "heartbeats": 0}
    for _ in range(kills):
        delay, opening = chance.uniform(0.0, 0.03), chance.random() < OPENING
        last = kill_once(path, first, last, delay, opening=opening)
        wrong = forked(partial(_looked, path, last, first))
        counts["lost"] += wrong == LOST
        counts["broken"] += wrong not in (0, LOST)
        counts["heartbeats"] += max(0, last - first + 1)
        first = max(last, first) + 2
    return counts


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))))
