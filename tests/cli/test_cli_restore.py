"""`progress snapshots` and `progress restore`, over a real history."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from novastream_desktop.cli._restoring import _lines
from novastream_desktop.models import WatchProgress
from novastream_desktop.paths import AppPaths
from novastream_desktop.progress import OpenedProgressStore, open_progress_store
from novastream_desktop.progress._snapshots import snapshot_folder, take_snapshot
from novastream_desktop.settings import Settings
from tests.cli.conftest import CommandLine
from tests.fakes.command_services import FakeServices

TODAY = datetime.now(UTC).date()
DAYS = [TODAY - timedelta(days=number) for number in (0, 1, 3)]


class RealHistory(FakeServices):
    file: Path

    @asynccontextmanager
    async def open(self, paths: AppPaths, settings: Settings) -> AsyncIterator[FakeServices]:
        self.real = await open_progress_store(self.file)
        yield self
        await self.real.close()

    async def progress_store(self) -> OpenedProgressStore:  # type: ignore[override]
        return self.real


def entry(number: int) -> WatchProgress:
    moment = datetime(2026, 3, 1, 12, tzinfo=UTC) + timedelta(minutes=number)
    return WatchProgress(content_id=f"nova:{number}", position=5, duration=10, updated_at=moment)


@pytest.fixture
def history(command: CommandLine, tmp_path: Path) -> CommandLine:
    """Three entries; four days ago there was none, three days ago one, yesterday two."""
    services = RealHistory()
    services.file = tmp_path / "h" / "progress.sqlite3"
    command.services = services

    async def fill() -> None:
        for number, day in enumerate(reversed(DAYS)):
            store = await open_progress_store(services.file)
            await store.save([entry(number)])
            await store.close()
            take_snapshot(services.file, day)

    asyncio.run(fill())
    return command


def names(history: CommandLine) -> list[str]:
    return [e["contentId"] for e in json.loads(history("progress", "list", "--json").out)]


def test_the_copies_are_listed_newest_first(history: CommandLine):
    found = json.loads(history("progress", "snapshots", "--json").out)
    assert [copy["date"] for copy in found] == [day.isoformat() for day in DAYS]
    assert [copy["entries"] for copy in found] == [3, 2, 1]
    assert found[0]["newest"] == "2026-03-01T12:02:00Z"
    assert f"{DAYS[1]}  2 entries  latest 2026-03-01 12:01" in history("progress", "snapshots").out


def test_no_copies_are_told_in_a_sentence():
    assert _lines([])[0].startswith("No copy was made yet")


def test_without_a_date_the_history_is_that_of_the_newest_day_before_today(history: CommandLine):
    ran = history("progress", "restore")
    assert ran.code == 0
    assert f"that of {DAYS[1]}: 2 entries" in ran.out
    assert names(history) == ["nova:1", "nova:0"]


def test_any_day_can_be_had_back_and_that_taken_back_again(history: CommandLine):
    ran = history("progress", "restore", DAYS[2].isoformat(), "--json")
    assert json.loads(ran.out) == {
        "date": DAYS[2].isoformat(), "entries": 1, "newest": "2026-03-01T12:00:00Z"
    }  # fmt: skip
    assert names(history) == ["nova:0"]
    assert "before the last restore: 3 entries" in history("progress", "restore", "undo").out
    assert names(history) == ["nova:2", "nova:1", "nova:0"]


def test_a_day_without_a_copy_names_those_there_are(history: CommandLine):
    ran = history("progress", "restore", "1999-01-01")
    assert (ran.code, ran.out) == (3, "")
    assert DAYS[2].isoformat() in ran.err
    assert len(names(history)) == 3


def test_nothing_to_undo_and_nothing_to_go_back_to(history: CommandLine):
    assert history("progress", "restore", "undo").code == 3
    for copy in snapshot_folder(history.services.file).iterdir():
        copy.unlink()
    ran = history("progress", "restore")
    assert ran.code == 3
    assert "before today" in ran.err


def test_a_broken_copy_changes_nothing(history: CommandLine):
    copies = sorted(snapshot_folder(history.services.file).iterdir())
    copies[0].write_bytes(b"no database" * 500)
    ran = history("progress", "restore", DAYS[2].isoformat())
    assert ran.code == 1
    assert "Nothing was changed" in ran.err
    assert len(names(history)) == 3


def test_what_is_no_date_is_wrong_usage(history: CommandLine):
    assert history("progress", "restore", "yesterday").code == 2
