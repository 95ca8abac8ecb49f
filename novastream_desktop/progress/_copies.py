"""When the daily copies are made, and the way back to one of them."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Protocol, TypeVar

from novastream_desktop.errors import NotFound, StoreError
from novastream_desktop.progress._schema import Damaged, is_damage
from novastream_desktop.progress._snapshots import (
    before_restore_of,
    day_of,
    fresh_copy,
    remove_store,
    snapshot_of,
    snapshots,
    take_snapshot,
    written,
)
from novastream_desktop.progress._sound import forget_sound
from novastream_desktop.progress._sqlite import DocumentFile, copy_store
from novastream_desktop.progress.base import Copy
from novastream_desktop.runtime import Clock

log = logging.getLogger(__name__)
T = TypeVar("T")
COPY_AFTER = 30.0
"""Seconds after the start in which the day's first copy is not made: a start has enough to read."""


class Copier:
    """Makes the daily copies beside the store's own thread. Lives on the service loop.

    A day's copy is made once, renewed when a changed store closes, and renewed once more when
    the first change of another day shows that the day is over.
    """

    def __init__(self, path: Path, clock: Clock) -> None:
        self._path, self._clock = path, clock
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="progress-copies")
        self._timer: asyncio.TimerHandle | None = None
        self._day = clock.now().date()
        self._changed = False
        self._closing = False
        self._sound = True

    def start(self) -> None:
        """Make today's copy in a while, if there is none."""
        if not snapshot_of(self._path, self._day).exists():
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(COPY_AFTER, self._submit, self._day)

    def note_change(self) -> None:
        """Note that something was written."""
        self._changed = True
        today = self._clock.now().date()
        if today != self._day and not self._closing:
            self._submit(self._day, today)
            self._day = today

    async def close(self) -> bool:
        """Make the last copy; return False if damage was come upon."""
        if self._timer is not None:
            self._timer.cancel()
        if self._changed:
            self._submit(self._day)
        self._closing = True
        await asyncio.to_thread(self._thread.shutdown)
        return self._sound

    def _submit(self, *days: date) -> None:
        self._thread.submit(self._copy, *days)

    def _copy(self, *days: date) -> None:
        try:
            take_snapshot(self._path, *days)
        except (OSError, sqlite3.Error) as error:
            log.warning("No copy of the watch history was made: %s", error)
            if isinstance(error, sqlite3.Error) and is_damage(error):
                self._sound = False
                forget_sound(self._path)


class Run(Protocol):
    """Runs work on the store's thread."""

    def __call__(self, work: Callable[[], T]) -> Awaitable[T]:
        """Return what the work returns."""
        ...


class StoreCopies:
    """See `progress.base.Copies`.

    Args:
        run: runs work on the store's thread.
        file: the store's file.
        path: where it is.
        kept: the collection that a restore only adds to.
        changed: told of a restore.
    """

    def __init__(
        self,
        *,
        run: Run,
        file: DocumentFile,
        path: Path,
        kept: str,
        changed: Callable[[], object],
    ) -> None:
        self._run, self._file, self._path = run, file, path
        self._kept, self._changed = kept, changed

    async def all(self) -> Sequence[Copy]:
        """Return the copies that can be read, newest first."""

        def work() -> Sequence[Copy]:
            found = (_described(copy, day_of(copy)) for copy in snapshots(self._path))
            return tuple(copy for copy in found if copy is not None)

        return await self._run(work)

    async def restore(self, day: date) -> Copy:
        """Go back to the state of a day."""
        return await self._run(lambda: self._restored(snapshot_of(self._path, day), day))

    async def undo_restore(self) -> Copy:
        """Go back to what the last restore replaced."""
        return await self._run(lambda: self._restored(before_restore_of(self._path), None))

    def _restored(self, copy: Path, day: date | None) -> Copy:
        if not copy.exists():
            raise _not_there(day, snapshots(self._path))
        part = self._path.with_name(f".{self._path.name}.wanted")
        try:
            fresh_copy(copy, part)
            DocumentFile.open(part).close()  # checked, and brought to the present version
            with written(before_restore_of(self._path)) as before:
                copy_store(self._path, before)
            self._file.take_over(part, keep=self._kept)
            found = _described(part, day)
        except (OSError, Damaged) as error:
            raise StoreError(
                f"The copy {copy.name} of the watch history could not be restored",
                why=str(error),
                hint="Nothing was changed; choose another copy",
            ) from error
        finally:
            remove_store(part)
        assert found is not None  # it was opened a moment ago
        self._changed()
        return found


def _not_there(day: date | None, copies: Sequence[Path]) -> NotFound:
    if day is None:
        return NotFound(
            "There is no restore to take back",
            why="the watch history was never restored",
            hint="See the copies with `novastream-desktop progress snapshots`",
        )
    days = ", ".join(day_of(copy).isoformat() for copy in copies)
    return NotFound(
        f"There is no copy of the watch history of {day}",
        why="one is kept for each of the last seven days on which something was watched",
        hint=f"Choose one of {days}" if days else "",
    )


def _described(copy: Path, day: date | None) -> Copy | None:
    try:
        with closing(sqlite3.connect(f"{copy.absolute().as_uri()}?mode=ro", uri=True)) as opened:
            count, stamp = opened.execute(
                "SELECT COUNT(*), MAX(stamp) FROM documents WHERE collection='progress'"
            ).fetchone()
    except sqlite3.Error:
        return None
    newest = datetime.fromtimestamp(stamp / 1e6, UTC) if stamp else None
    return Copy(day, int(count), newest)
