# ruff: noqa: ASYNC240 (a test waits for its own small files)
from __future__ import annotations

import asyncio
import json
import os
import signal
import sqlite3
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from novastream_desktop.errors import StoreTooNew
from novastream_desktop.models import WatchProgress
from novastream_desktop.progress import open_progress_store
from novastream_desktop.progress._snapshots import KEPT, snapshots
from tests.fakes.day_clock import DayClock

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
ROOT = Path(__file__).parents[2]


def entry(name: str, second: int = 0) -> WatchProgress:
    return WatchProgress(
        content_id=f"nova:{name}",
        position=float(second),
        duration=100.0,
        updated_at=NOON + timedelta(seconds=second),
    )


async def fill(path: Path, clock: DayClock, *names: str) -> None:
    store = await open_progress_store(path, clock=clock)
    await store.save([entry(name) for name in names])
    await store.close()


async def names_in(path: Path, clock: DayClock) -> tuple[set[str], tuple[str, ...]]:
    store = await open_progress_store(path, clock=clock)
    found = {item.content_id.removeprefix("nova:") for item in await store.recent()}
    await store.close()
    return found, store.problems


async def test_a_newer_version_is_refused_and_left_as_it_is(path: Path, clock: DayClock):
    await fill(path, clock, "a")
    with sqlite3.connect(path) as raw:
        raw.execute("PRAGMA user_version=99")
    raw.close()
    before = path.read_bytes()
    with pytest.raises(StoreTooNew, match="version 99"):
        await open_progress_store(path, clock=clock)
    assert path.read_bytes() == before
    assert not list(path.parent.glob("*.broken-*"))


@pytest.mark.parametrize("garbage", [b"no database at all " * 400, b""], ids=["text", "empty"])
async def test_a_broken_file_is_kept_and_the_newest_copy_restored(
    path: Path, clock: DayClock, garbage: bytes
):
    await fill(path, clock, "a", "b")
    clock.next_day()
    path.write_bytes(garbage)
    found, problems = await names_in(path, clock)
    assert found == {"a", "b"}
    (sentence,) = problems
    assert "2026-03-01" in sentence
    assert "2 entries" in sentence
    aside = path.with_name("progress.sqlite3.broken-2026-03-02")
    assert str(aside) in sentence
    assert aside.read_bytes() == garbage
    assert (await names_in(path, clock)) == ({"a", "b"}, ())


async def test_the_next_older_copy_serves_when_the_newest_is_broken_too(
    path: Path, clock: DayClock
):
    await fill(path, clock, "a")
    clock.next_day()
    await fill(path, clock, "b")
    snapshots(path)[0].write_bytes(b"x" * 5000)
    path.write_bytes(b"x" * 5000)
    found, (sentence,) = await names_in(path, clock)
    assert found == {"a"}
    assert "copy of 2026-03-01" in sentence


async def test_without_a_copy_the_history_starts_empty_and_says_so(path: Path, clock: DayClock):
    path.parent.mkdir()
    path.write_bytes(b"x" * 5000)
    found, (sentence,) = await names_in(path, clock)
    assert found == set()
    assert "starts empty" in sentence


async def test_a_database_of_another_program_is_not_written_to(path: Path, clock: DayClock):
    path.parent.mkdir()
    with sqlite3.connect(path) as raw:
        raw.execute("CREATE TABLE foreign_things (x)")
    raw.close()
    _, (sentence,) = await names_in(path, clock)
    assert "another program" in sentence
    assert list(path.parent.glob("*.broken-*"))


async def test_what_can_be_read_of_a_broken_file_is_saved(path: Path, clock: DayClock):
    await fill(path, clock, "old")
    clock.next_day()
    store = await open_progress_store(path, clock=clock)
    await store.save([entry(f"n{number}", number) for number in range(400)])
    await store.close()
    for copy in snapshots(path)[:1]:  # leaves the one of the first day
        copy.unlink()
    raw = bytearray(path.read_bytes())
    size = 4096
    last = len(raw) // size - 1
    raw[last * size : (last + 1) * size] = b"\xff" * size
    path.write_bytes(raw)
    found, (sentence,) = await names_in(path, clock)
    assert "old" in found
    assert len(found) > 1
    assert "from the damaged file" in sentence


async def test_seven_daily_copies_are_kept(path: Path, clock: DayClock):
    for _ in range(KEPT + 3):
        await fill(path, clock, "a")
        clock.next_day()
    days = [copy.stem[-10:] for copy in snapshots(path)]
    assert days == [f"2026-03-{day:02}" for day in range(10, 3, -1)]


async def test_a_store_that_stays_open_copies_on_the_next_day(path: Path, clock: DayClock):
    store = await open_progress_store(path, clock=clock)
    clock.next_day()
    await store.save([entry("a")])
    await store.close()
    assert [copy.stem[-10:] for copy in snapshots(path)] == ["2026-03-02", "2026-03-01"]


async def test_a_days_copy_is_made_once_and_renewed_by_a_change(path: Path, clock: DayClock):
    await fill(path, clock, "a")
    (copy,) = snapshots(path)
    made = copy.stat().st_mtime_ns, copy.stat().st_ino
    await names_in(path, clock)
    assert (copy.stat().st_mtime_ns, copy.stat().st_ino) == made
    await fill(path, clock, "b")
    path.write_bytes(b"x" * 5000)
    assert (await names_in(path, clock))[0] == {"a", "b"}


async def test_two_processes_mend_a_broken_file_once(path: Path, clock: DayClock):
    await fill(path, clock, "a")
    path.write_bytes(b"x" * 5000)
    first, second = await asyncio.gather(
        open_progress_store(path, clock=clock), open_progress_store(path, clock=clock)
    )
    assert len(first.problems) + len(second.problems) == 1
    assert len(await first.recent()) == len(await second.recent()) == 1
    await first.close()
    await second.close()
    assert len(list(path.parent.glob("*.broken-*"))) == 1


WRITER = """
import asyncio, sys
from datetime import datetime, timedelta, UTC
from pathlib import Path
from novastream_desktop.models import WatchProgress
from novastream_desktop.progress import open_progress_store

async def main():
    store = await open_progress_store(Path(sys.argv[1]))
    second = 0
    while True:
        second += 1
        await store.save([WatchProgress(content_id="nova:film", position=second, duration=1e6,
            updated_at=datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=second))])
        print(second, flush=True)

asyncio.run(main())
"""


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL on Windows")
async def test_a_kill_in_mid_write_keeps_the_last_acknowledged_heartbeat(
    path: Path, clock: DayClock
):
    writer = await asyncio.create_subprocess_exec(
        sys.executable, "-c", WRITER, str(path), stdout=asyncio.subprocess.PIPE, cwd=ROOT
    )
    assert writer.stdout is not None
    for _ in range(50):
        acknowledged = int(await writer.stdout.readline())
    writer.send_signal(signal.SIGKILL)
    for line in (await writer.stdout.read()).splitlines(keepends=True):
        if line.endswith(b"\n"):
            acknowledged = int(line)
    await writer.wait()
    store = await open_progress_store(path, clock=clock)
    entry_there = await store.get("nova:film")
    assert store.problems == ()
    assert entry_there is not None
    assert acknowledged <= entry_there.position <= acknowledged + 1
    await store.close()


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL on Windows")
@pytest.mark.timeout(300)
async def test_many_kills_at_random_moments_lose_nothing_acknowledged(path: Path):
    kills = 1_000 if os.environ.get("NOVASTREAM_SLOW") else 100
    run = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.progress.kills", str(path), str(kills), "7"),
        stdout=asyncio.subprocess.PIPE,
        cwd=ROOT,
    )
    out, _ = await run.communicate()
    counts = json.loads(out)
    assert (counts["kills"], counts["lost"], counts["broken"]) == (kills, 0, 0)
    assert counts["heartbeats"] > 0  # how many, the machine decides
