"""Heartbeats: clocks that were set back, disks that refuse."""

from __future__ import annotations

import asyncio
import json
import os
import sqlite3
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from novastream_desktop.errors import StoreError
from novastream_desktop.models import WatchProgress
from novastream_desktop.progress import OpenedProgressStore, open_progress_store

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
ROOT = Path(__file__).parents[2]


def beat(position: float, moment: datetime = NOON, name: str = "nova:a") -> WatchProgress:
    return WatchProgress(content_id=name, position=position, duration=5400.0, updated_at=moment)


async def note(store: OpenedProgressStore, *items: WatchProgress) -> WatchProgress:
    return (await store.beat(items))[-1]


async def place(store: OpenedProgressStore, name: str = "nova:a") -> float:
    there = await store.get(name)
    assert there is not None
    return there.position


def limit_pages(store: OpenedProgressStore, more: int | None) -> None:
    """Let the file grow by so many pages, or without a limit."""
    connection: sqlite3.Connection = store._file._connection  # type: ignore[attr-defined]
    there = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count={2**30 if more is None else there + more}")


async def test_a_beat_is_stored_as_it_is(store: OpenedProgressStore):
    assert await note(store, beat(5.0)) == beat(5.0)
    later = beat(10.0, NOON + timedelta(seconds=5))
    assert await note(store, later) == later
    assert await store.recent() == (later,)


async def test_several_entries_are_one_heartbeat(store: OpenedProgressStore):
    await note(store, beat(9.0, NOON + timedelta(hours=1), "nova:b"))
    both = await store.beat([beat(5.0), beat(5.0, name="nova:b")])
    assert both == (beat(5.0), beat(5.0, NOON + timedelta(hours=1, milliseconds=1), "nova:b"))
    assert await store.beat([]) == ()


@pytest.mark.parametrize("back", [timedelta(0), timedelta(seconds=1), timedelta(days=4000)])
async def test_a_clock_that_was_set_back_loses_no_place(
    store: OpenedProgressStore, path: Path, back: timedelta
):
    await note(store, beat(60.0))
    for second in (5, 10):
        await note(store, beat(60.0 + second, NOON - back))
    await store.close()
    again = await open_progress_store(path)
    stored = await note(again, beat(75.0, NOON - back))
    assert stored.position == await place(again) == 75.0
    assert stored.updated_at == NOON + timedelta(milliseconds=3)
    await again.close()


async def test_a_place_dated_at_the_end_of_time_can_still_be_left(store: OpenedProgressStore):
    for moment in (
        datetime.max.replace(tzinfo=UTC),
        datetime.max.replace(microsecond=999_500, tzinfo=UTC),
    ):
        await store.library.mark([beat(60.0, moment)])
        for position in (65.0, 70.0):
            assert (await note(store, beat(position))).position == await place(store) == position


async def test_what_comes_from_elsewhere_still_wins_by_its_date_only(store: OpenedProgressStore):
    await note(store, beat(60.0))
    await note(store, beat(65.0, NOON - timedelta(days=1)))
    assert (await store.save([beat(1.0, NOON)]))[0].position == 65.0
    assert (await store.save([beat(2.0, NOON + timedelta(seconds=1))]))[0].position == 2.0


async def test_beats_of_one_title_do_not_touch_another(store: OpenedProgressStore):
    await note(store, beat(60.0))
    old = await note(store, beat(5.0, NOON - timedelta(days=1), "nova:b"))
    assert old.updated_at == NOON - timedelta(days=1)


async def test_a_full_disk_delays_places_and_loses_none(store: OpenedProgressStore, path: Path):
    long = "nova:" + "x" * 9000
    await note(store, beat(5.0))
    await store._run(lambda: limit_pages(store, 0))  # type: ignore[attr-defined]
    for _ in range(2):
        with pytest.raises(StoreError, match="Free some space"):
            await note(store, beat(7.0, name=long))
    with pytest.raises(StoreError, match="Free some space"):
        await note(store, beat(10.0))  # the refused one is tried with it
    assert await place(store) == 5.0
    await store._run(lambda: limit_pages(store, None))  # type: ignore[attr-defined]
    await note(store, beat(3.0, name="nova:b"))
    assert [await place(store, name) for name in (long, "nova:a", "nova:b")] == [7.0, 10.0, 3.0]


@pytest.mark.parametrize("room", [True, False])
async def test_closing_tries_once_more_and_always_closes(path: Path, room: bool):
    store = await open_progress_store(path)
    await note(store, beat(5.0))
    await store._run(lambda: limit_pages(store, 0))  # type: ignore[attr-defined]
    with pytest.raises(StoreError):
        await note(store, beat(7.0, name="nova:" + "x" * 9000))
    if room:
        await store._run(lambda: limit_pages(store, None))  # type: ignore[attr-defined]
    await store.close()
    again = await open_progress_store(path)
    assert again.problems == ()
    assert len(await again.recent()) == (2 if room else 1)
    await again.close()


LIMITED = """
import asyncio, json, resource, sys
from datetime import datetime, timedelta, UTC
from pathlib import Path
from novastream_desktop.errors import StoreError
from novastream_desktop.models import WatchProgress
from novastream_desktop.progress import open_progress_store

async def main(path):
    store = await open_progress_store(path)
    refused, acknowledged = 0, 0
    for second in range(1, 101):
        if second == 20:
            log = path.with_name(path.name + "-wal").stat().st_size
            resource.setrlimit(resource.RLIMIT_FSIZE, (log + 20_000, resource.RLIM_INFINITY))
        if second == 80:
            unlimited = resource.RLIM_INFINITY
            resource.setrlimit(resource.RLIMIT_FSIZE, (unlimited, unlimited))
        try:
            await store.beat([WatchProgress(content_id="nova:film", position=second, duration=1e6,
                updated_at=datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=second))])
            acknowledged = second
        except StoreError:
            refused += 1
            there = await store.get("nova:film")
            assert there.position == acknowledged, (there, acknowledged)
    print(json.dumps([refused, acknowledged]))
    await store.close()

asyncio.run(main(Path(sys.argv[1])))
"""


@pytest.mark.skipif(os.name == "nt", reason="there is no limit of a file's size on Windows")
async def test_writes_that_the_system_refuses_lose_nothing_acknowledged(path: Path):
    run = await asyncio.create_subprocess_exec(
        sys.executable, "-c", LIMITED, str(path), stdout=asyncio.subprocess.PIPE, cwd=ROOT
    )
    out, _ = await run.communicate()
    refused, acknowledged = json.loads(out)
    assert 0 < refused < 70
    assert acknowledged == 100
    store = await open_progress_store(path)
    assert store.problems == ()
    assert await place(store, "nova:film") == 100
    await store.close()
