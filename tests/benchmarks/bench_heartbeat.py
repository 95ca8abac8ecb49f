"""A heartbeat at 100,000 stored entries, against a bare SQLite WAL commit in the same run.

`python tests/benchmarks/bench_heartbeat.py` prints one JSON line; exit 1 above the limit.
"""

from __future__ import annotations

import asyncio
import json
import sqlite3
import statistics
import sys
import tempfile
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from novastream_desktop.models import WatchProgress
from novastream_desktop.progress import ProgressStore, open_progress_store

LIMIT = 2.0
"""How many bare commits a heartbeat may cost (median over median)."""
ENTRIES = 100_000
ROUNDS = 300
START_READS = 0.15
"""Seconds that a start may read for."""
_START = datetime(2026, 1, 1, tzinfo=UTC)


def _entry(number: int, second: int) -> WatchProgress:
    return WatchProgress(
        content_id=f"tmdb:tv:{number // 10}",
        episode_id=f"s1e{number % 10}",
        position=float(second % 1400),
        duration=1440.0,
        updated_at=_START + timedelta(seconds=second),
        device_id="bench",
    )


def _bare_commit(connection: sqlite3.Connection, number: int, body: str) -> float:
    start = time.perf_counter()
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("INSERT OR REPLACE INTO bare VALUES (?, ?)", (number, body))
    connection.execute("COMMIT")
    return time.perf_counter() - start


async def _heartbeat(store: ProgressStore, second: int) -> float:
    start = time.perf_counter()
    await store.save([_entry(4321, second)])
    return time.perf_counter() - start


async def _start_reads(folder: Path) -> float:
    """Return the seconds that a start spends on progress: opening, and what to go on with."""
    start = time.perf_counter()
    store = await open_progress_store(folder / "progress.sqlite3")
    await store.recent(200)
    took = time.perf_counter() - start
    await store.close()
    return took


async def _measure(folder: Path) -> dict[str, float]:
    store = await open_progress_store(folder / "progress.sqlite3")
    await store.save(_entry(number, 0) for number in range(ENTRIES))
    body = json.dumps(_entry(1, 1).to_wire())
    with closing(sqlite3.connect(folder / "bare.sqlite3", isolation_level=None)) as bare:
        bare.execute("PRAGMA journal_mode=WAL")
        bare.execute("CREATE TABLE bare (id INTEGER PRIMARY KEY, body TEXT)")
        heartbeats, commits = [], []
        for second in range(1, ROUNDS + 1):  # paired, so that a busy machine slows both
            heartbeats.append(await _heartbeat(store, second))
            commits.append(_bare_commit(bare, second % 50, body))
    await store.close()
    start_reads = await _start_reads(folder)
    heartbeat, commit = statistics.median(heartbeats), statistics.median(commits)
    return {
        "entries": float(ENTRIES),
        "heartbeat_ms": round(heartbeat * 1000, 3),
        "commit_ms": round(commit * 1000, 3),
        "ratio": round(heartbeat / commit, 2),
        "limit": LIMIT,
        "start_reads_ms": round(start_reads * 1000, 1),
        "start_reads_limit_ms": START_READS * 1000,
    }


def measure() -> dict[str, float]:
    """Return the medians in milliseconds, their ratio, and its limit."""
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(_measure(Path(folder)))


if __name__ == "__main__":
    result = measure()
    sys.stdout.write(json.dumps(result) + "\n")
    sys.exit(result["ratio"] > LIMIT or result["start_reads_ms"] > START_READS * 1000)
