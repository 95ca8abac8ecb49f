# ruff: noqa: ASYNC240 (a test waits for its own small files)
"""Files of every earlier schema version open, and keep what is in them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from novastream_desktop.models import WatchProgress
from novastream_desktop.progress import open_progress_store
from novastream_desktop.progress._schema import MIGRATIONS
from novastream_desktop.progress._snapshots import snapshot_of

FOLDER = Path(__file__).parent
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
VERSIONS = range(1, len(MIGRATIONS) + 1)


def write_version(path: Path, version: int) -> None:
    path.parent.mkdir(parents=True)
    with closing(sqlite3.connect(path)) as raw:
        raw.executescript((FOLDER / f"schema_{version}.sql").read_text("utf-8"))


@pytest.mark.parametrize("version", VERSIONS)
async def test_a_file_of_an_earlier_version_opens_with_everything_in_it(path: Path, version: int):
    write_version(path, version)
    store = await open_progress_store(path)
    there = await store.get("nova:show", "s1e2")
    assert there is not None
    assert (there.position, there.updated_at) == (61.5, NOON)
    assert await store.remembered_content("nova:show") == '{"title": "Ä"}'
    assert await store.library.aside() == {"nova:film": NOON}
    assert store.problems == ()
    await store.beat([there.with_(position=70.0, updated_at=NOON + timedelta(seconds=5))])
    await store.close()
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("PRAGMA user_version").fetchone()[0] == len(MIGRATIONS)
        body = raw.execute("SELECT body FROM documents WHERE collection='progress'").fetchone()[0]
    assert '"fromANewerVersion": "kept"' in body


@pytest.mark.parametrize("version", VERSIONS)
async def test_a_copy_of_an_earlier_version_can_be_restored(path: Path, version: int):
    day = NOON.date()
    write_version(snapshot_of(path, day), version)
    path.unlink(missing_ok=True)
    path.write_bytes(b"")
    store = await open_progress_store(path)
    assert "2026-03-01" in store.problems[0]
    await store.save([WatchProgress(content_id="nova:b", position=1, duration=2, updated_at=NOON)])
    restored = await store.copies.restore(day)
    assert (restored.day, restored.entries, restored.newest) == (day, 1, NOON)
    assert [entry.content_id for entry in await store.recent()] == ["nova:show"]
    await store.close()


def test_each_version_has_a_file_to_test_from():
    assert [f.name for f in sorted(FOLDER.glob("schema_*.sql"))] == [
        f"schema_{version}.sql" for version in VERSIONS
    ]
