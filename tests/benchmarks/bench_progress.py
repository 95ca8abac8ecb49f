"""The watch history at 100,000 entries of 4,000 titles, each with the facts of its 25 episodes.

A heartbeat against a bare SQLite WAL commit in the same run, in turns; and what a start reads:
opening, what was put aside, the newest entries with the facts of their titles, and the entries
and facts of the title that is gone on with. `python -m tests.benchmarks.bench_progress` prints a
table in Markdown.
"""

from __future__ import annotations

import asyncio
import json
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from novastream_desktop.models import Content, ContentType, Episode, TitleDetails, WatchProgress
from novastream_desktop.progress import OpenedProgressStore, open_progress_store
from novastream_desktop.progress._sqlite import DocumentFile
from tests.benchmarks.report import Bar, bars

TITLES, EPISODES = 4_000, 25
ROUNDS, STARTS = 300, 5
NEWEST = 200
"""Entries that the home page looks at."""
COMMITS = 2.0
"""How many bare commits a heartbeat may cost (median over median)."""
START_READS = 0.15
"""Seconds that a start may read for."""
_START = datetime(2026, 1, 1, tzinfo=UTC)


def _title(number: int) -> str:
    return f"tmdb:tv:{number}"


def _entry(title: int, episode: int, second: int) -> WatchProgress:
    return WatchProgress(
        content_id=_title(title),
        episode_id=f"s1e{episode}",
        position=float(second % 1400),
        duration=1440.0,
        updated_at=_START + timedelta(seconds=second),
        finished=episode < EPISODES - 1,
        device_id="bench",
    )


def _facts() -> str:
    content = Content(
        id="ID", title="A show", type=ContentType.SERIES, overview="What it is about. " * 20
    )
    picture = "https://image.tmdb.org/t/p/w300/abcdefghijklmnopqrstuvwx.jpg"
    episodes = tuple(
        Episode(
            id=f"s1e{number}",
            content_id="ID",
            season=1,
            episode_number=number,
            title=f"Episode {number}",
            overview="What comes of it. " * 14,
            thumbnail_url=picture,
        )
        for number in range(EPISODES)
    )
    return TitleDetails(content=content, episodes=episodes).model_dump_json(by_alias=True)


def _fill(path: Path) -> None:
    """Write everything; episodes of all titles in turns, so that the newest are of many titles."""
    facts = _facts()
    file = DocumentFile.open(path)
    with file.transaction():
        for title in range(TITLES):
            name = _title(title)
            file.put("content", name, {"contentId": name, "json": facts.replace("ID", name)})
            for episode in range(EPISODES):
                entry = _entry(title, episode, episode * TITLES + title)
                file.put("progress", f"{name}\ns1e{episode}", entry.to_wire())
    file.close()


async def _reads(store: OpenedProgressStore) -> None:
    await store.library.aside()
    newest = await store.recent(NEWEST)
    await store.remembered_contents(dict.fromkeys(entry.content_id for entry in newest))
    await store.of_content(newest[0].content_id)
    await store.remembered_content(newest[0].content_id)


async def _start(path: Path) -> float:
    start = time.perf_counter()
    store = await open_progress_store(path)
    await _reads(store)
    took = time.perf_counter() - start
    await store.close()
    return took


_KILLED = """
import asyncio, os, signal, sys
from pathlib import Path
from novastream_desktop.progress import open_progress_store
from tests.benchmarks.bench_progress import heartbeat

async def main():
    store = await open_progress_store(Path(sys.argv[1]))
    for second in range(250):
        await heartbeat(store, 300_000 + second)
    os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(main())
"""


def _killed(path: Path) -> None:
    """Let a process that writes heartbeats be killed with the file open."""
    subprocess.run([sys.executable, "-c", _KILLED, str(path)], check=False)
    assert path.with_name(f"{path.name}-wal").exists()


def _commit(connection: sqlite3.Connection, number: int, body: str) -> float:
    start = time.perf_counter()
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("INSERT OR REPLACE INTO bare VALUES (?, ?)", (number, body))
    connection.execute("COMMIT")
    return time.perf_counter() - start


async def heartbeat(store: OpenedProgressStore, second: int) -> float:
    """Save a heartbeat; return the seconds that it took."""
    start = time.perf_counter()
    await store.beat([_entry(1234, 7, second)])
    return time.perf_counter() - start


async def _heartbeats(path: Path) -> tuple[float, float]:
    """Return the medians of a heartbeat and of a bare commit, in turns on one disk."""
    beats, commits = [], []
    store = await open_progress_store(path)
    body = json.dumps(_entry(1, 1, 1).to_wire())
    with closing(sqlite3.connect(path.with_name("bare.sqlite3"), isolation_level=None)) as bare:
        bare.execute("PRAGMA journal_mode=WAL")
        bare.execute("CREATE TABLE bare (id INTEGER PRIMARY KEY, body TEXT)")
        for number in range(ROUNDS):
            beats.append(await heartbeat(store, 200_000 + number * 5))
            commits.append(_commit(bare, number % 50, body))
    await store.close()
    return statistics.median(beats), statistics.median(commits)


async def _measure(path: Path) -> dict[str, float]:
    _fill(path)
    size = await asyncio.to_thread(os.path.getsize, path)
    first = await _start(path)
    starts = [await _start(path) for _ in range(STARTS)]
    beat, commit = await _heartbeats(path)
    await asyncio.to_thread(_killed, path)
    unclean = await _start(path)
    await asyncio.to_thread(os.utime, path)  # as if something else had written to it
    checked = await _start(path)
    return {
        "entries": float(TITLES * EPISODES),
        "heartbeat_ms": round(beat * 1000, 3),
        "commit_ms": round(commit * 1000, 3),
        "ratio": round(beat / commit, 2),
        "limit": COMMITS,
        "first_start_ms": round(first * 1000, 1),
        "start_ms": round(statistics.median(starts) * 1000, 1),
        "start_after_kill_ms": round(unclean * 1000, 1),
        "start_with_check_ms": round(checked * 1000, 1),
        "start_limit_ms": START_READS * 1000,
        "file_mb": round(size / 1e6, 1),
    }


def measure() -> dict[str, float]:
    """Return medians in milliseconds, the heartbeat's ratio, and the limits."""
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(_measure(Path(folder) / "progress.sqlite3"))


def found() -> Iterator[Bar]:
    """Yield the figures that are held to a limit."""
    result = measure()
    size = f"{result['entries']:,.0f} entries, {result['file_mb']:.0f} MB"
    yield Bar(
        f"heartbeat at {size}",
        f"{result['heartbeat_ms']:.2f} ms",
        f"WAL commit {result['commit_ms']:.2f} ms",
        result["ratio"],
        COMMITS,
    )
    for name, key in (("a start reads", "start_ms"), ("... after a kill", "start_after_kill_ms")):
        yield Bar(name, f"{result[key]:.1f} ms", "", result[key] / 1000, START_READS)


def lines() -> str:
    """Return the figures as a table in Markdown."""
    return bars(found())


if __name__ == "__main__":
    print(lines())
