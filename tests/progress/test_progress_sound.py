# ruff: noqa: ASYNC240 (a test waits for its own small files)
"""What a start checks, and when copies are made."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from novastream_desktop.models import WatchProgress
from novastream_desktop.progress import _copies, open_progress_store
from novastream_desktop.progress._snapshots import snapshot_of, snapshots
from novastream_desktop.progress._sound import looks_sound
from novastream_desktop.progress._store import CHECKPOINT_EVERY
from tests.fakes.day_clock import DayClock

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
PAGE = 4096


def entry(number: int) -> WatchProgress:
    moment = NOON + timedelta(seconds=number)
    return WatchProgress(
        content_id=f"nova:{number}", position=1, duration=2, updated_at=moment, device_id="x" * 90
    )


async def fill(path: Path, clock: DayClock, count: int = 1, first: int = 0) -> None:
    store = await open_progress_store(path, clock=clock)
    await store.save([entry(first + number) for number in range(count)])
    await store.close()


def entries_in(path: Path) -> int:
    with closing(sqlite3.connect(path)) as raw:
        query = "SELECT COUNT(*) FROM documents WHERE collection='progress'"
        return int(raw.execute(query).fetchone()[0])


def spoil(path: Path) -> None:
    """Break a page in the middle; the head stays as it is."""
    raw = bytearray(path.read_bytes())
    assert len(raw) > 8 * PAGE
    raw[4 * PAGE : 5 * PAGE] = b"\xff" * PAGE
    path.write_bytes(raw)


async def test_a_file_that_only_sqlite_wrote_to_is_not_read_through(path: Path, clock: DayClock):
    store = await open_progress_store(path, clock=clock)
    assert not looks_sound(path)
    for number in range(CHECKPOINT_EVERY):
        await store.beat([entry(number)])
    await store.recent()  # what the last one began is done
    assert looks_sound(path)  # also after a kill from here on
    await store.beat([entry(1000)])
    assert looks_sound(path)  # it is in the log, which has checksums of its own
    await store.close()
    assert looks_sound(path)


async def test_a_file_that_was_touched_since_is_read_through(path: Path, clock: DayClock):
    await fill(path, clock, 500)
    spoil(path)
    assert not looks_sound(path)
    store = await open_progress_store(path, clock=clock)
    assert "2026-03-01" in store.problems[0]
    assert len(await store.recent()) == 500
    await store.close()
    assert looks_sound(path)


async def test_damage_that_the_copy_comes_upon_is_mended_at_the_next_start(
    path: Path, clock: DayClock
):
    await fill(path, clock, 500)
    good = snapshot_of(path, NOON.date()).read_bytes()
    store = await open_progress_store(path, clock=clock)
    spoil(path)
    await store.library.remember_search("a change")
    await store.close()
    assert not looks_sound(path)
    assert snapshot_of(path, NOON.date()).read_bytes() == good
    again = await open_progress_store(path, clock=clock)
    assert "damaged" in again.problems[0]
    assert len(await again.recent()) == 500
    await again.close()


async def test_a_file_that_is_gone_comes_back_from_its_copy(path: Path, clock: DayClock):
    await fill(path, clock, 3)
    path.unlink()
    store = await open_progress_store(path, clock=clock)
    (sentence,) = store.problems
    assert "its file is gone" in sentence
    assert "2026-03-01" in sentence
    assert "kept as" not in sentence
    assert len(await store.recent()) == 3
    await store.close()


async def test_when_the_day_ends_under_an_open_store_its_last_state_is_kept(
    path: Path, clock: DayClock
):
    store = await open_progress_store(path, clock=clock)
    await store.save([entry(1)])
    await store.save([entry(2)])
    clock.next_day()
    await store.save([entry(3)])
    await store.save([entry(4)])
    await store.close()
    kept = {copy.stem[-10:]: entries_in(copy) for copy in snapshots(path)}
    assert kept["2026-03-02"] == 4
    assert kept["2026-03-01"] in {3, 4}  # the copy is made beside what is written meanwhile


async def test_a_copy_is_made_without_a_change_a_while_after_the_start(
    path: Path, clock: DayClock, monkeypatch: pytest.MonkeyPatch
):
    await fill(path, clock)
    clock.next_day()
    monkeypatch.setattr(_copies, "COPY_AFTER", 0.0)
    store = await open_progress_store(path, clock=clock)
    await asyncio.sleep(0)  # the timer is due
    await asyncio.sleep(0)
    await store.close()
    assert [copy.stem[-10:] for copy in snapshots(path)] == ["2026-03-02", "2026-03-01"]


async def test_a_short_look_makes_no_copy(path: Path, clock: DayClock):
    await fill(path, clock)
    clock.next_day()
    store = await open_progress_store(path, clock=clock)
    await store.recent()
    await store.close()
    assert [copy.stem[-10:] for copy in snapshots(path)] == ["2026-03-01"]
