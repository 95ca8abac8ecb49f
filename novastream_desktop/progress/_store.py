"""`TinyDbProgressStore`: watch progress on its own thread, never on the service loop's."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from novastream_desktop.errors import StoreError
from novastream_desktop.models import WatchProgress
from novastream_desktop.progress._library import TinyDbLibrary
from novastream_desktop.progress._snapshots import open_or_mend, snapshot_of, take_snapshot
from novastream_desktop.progress._sqlite import DocumentFile, microseconds, store_errors
from novastream_desktop.progress._tinydb import Document, DocumentDatabase, document_of
from novastream_desktop.runtime import Clock

log = logging.getLogger(__name__)
T = TypeVar("T")
PROGRESS = "progress"
CONTENT = "content"


class TinyDbProgressStore:
    """Watch progress in TinyDB documents over a crash-safe SQLite file.

    What `save` has returned survives a kill and a power cut. Made by `open`.
    """

    def __init__(
        self,
        executor: ThreadPoolExecutor,
        file: DocumentFile,
        path: Path,
        clock: Clock,
        problems: tuple[str, ...],
    ) -> None:
        self._executor = executor
        self._file = file
        self._path = path
        self._clock = clock
        self._problems = problems
        database = DocumentDatabase(file)
        self._database = database
        self._entries = database.entries(PROGRESS)
        self._contents = database.entries(CONTENT)
        self._snapshot_day: date | None = None
        self._changed = False
        self._closed = False
        self.library = TinyDbLibrary(
            run=self._run,
            database=database,
            file=file,
            progress=PROGRESS,
            key=_key,
            clock=clock,
            changed=self._note_change,
        )
        """What a person keeps beside the progress."""

    @classmethod
    async def open(cls, path: Path, clock: Clock) -> TinyDbProgressStore:
        """Open or create the store, mending it first if it is broken.

        Raises:
            StoreTooNew: a newer NovaStream wrote it.
            StoreError: the disk or its permissions.
        """
        executor = ThreadPoolExecutor(1, thread_name_prefix="progress")

        def opened() -> TinyDbProgressStore:
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                with store_errors(path):
                    file, problems = open_or_mend(path, clock.now().date())
            except OSError as error:
                raise StoreError(
                    f"The watch history {path} cannot be opened",
                    why=error.strerror or str(error),
                    hint="Make its folder readable and writable",
                ) from error
            for problem in problems:
                log.error("%s", problem)
            store = cls(executor, file, path, clock, problems)
            store._snapshot_if_due()
            return store

        try:
            return await asyncio.get_running_loop().run_in_executor(executor, opened)
        except BaseException:
            executor.shutdown(wait=False)
            raise

    @property
    def problems(self) -> tuple[str, ...]:
        """Sentences on what was lost when the store was opened, for a banner."""
        return self._problems

    async def save(self, items: Iterable[WatchProgress]) -> tuple[WatchProgress, ...]:
        """Store each item unless a newer one is there, all in one transaction."""
        batch = tuple(items)
        if not batch:
            return ()
        stored = await self._run(lambda: self._save(batch))
        if self._clock.now().date() != self._snapshot_day:
            self._executor.submit(self._snapshot_if_due)
        return stored

    async def get(self, content_id: str, episode_id: str | None = None) -> WatchProgress | None:
        """Return one entry."""
        key = _key(content_id, episode_id)
        return await self._run(lambda: _progress(self._entries.by_id(key)))

    async def of_content(self, content_id: str) -> Sequence[WatchProgress]:
        """Return all entries of a title."""
        return await self._run(lambda: _all(self._entries.of_title(content_id)))

    async def recent(self, limit: int | None = None) -> Sequence[WatchProgress]:
        """Return entries, newest first."""
        return await self._run(lambda: _all(self._entries.newest(limit)))

    async def since(self, moment: datetime) -> Sequence[WatchProgress]:
        """Return entries updated after a moment, oldest first."""
        return await self._run(lambda: _all(self._entries.after(microseconds(moment))))

    async def remember_content(self, content_json: str, content_id: str) -> None:
        """Keep a title's facts (its JSON); the same facts again cost no write."""
        document = document_of(content_id, {"contentId": content_id, "json": content_json})
        await self._run(lambda: self._contents.upsert(document))
        self._changed = True

    async def remembered_content(self, content_id: str) -> str | None:
        """Return the kept JSON of a title."""
        document = await self._run(lambda: self._contents.by_id(content_id))
        return str(document["json"]) if document else None

    async def close(self) -> None:
        """Take the last copy of the day and close; closing twice is allowed."""
        if self._closed:
            return
        self._closed = True

        def closing() -> None:
            if self._changed:
                self._snapshot()
            with store_errors(self._path):
                self._database.close()

        await asyncio.get_running_loop().run_in_executor(self._executor, closing)
        self._executor.shutdown(wait=False)

    def _note_change(self) -> None:
        self._changed = True

    async def _run(self, work: Callable[[], T]) -> T:
        if self._closed:
            raise StoreError(
                "The watch history is closed", why="NovaStream is shutting down", hint=""
            )

        def translated() -> T:
            with store_errors(self._path):
                return work()

        return await asyncio.get_running_loop().run_in_executor(self._executor, translated)

    def _save(self, items: tuple[WatchProgress, ...]) -> tuple[WatchProgress, ...]:
        with self._file.transaction():
            stored = tuple(self._save_one(item) for item in items)
        self._changed = True
        return stored

    def _save_one(self, item: WatchProgress) -> WatchProgress:
        key = _key(*item.key)
        there = _progress(self._entries.by_id(key))
        if there is not None and there.updated_at > item.updated_at:
            return there
        self._entries.upsert(document_of(key, item.to_wire()))
        return item

    def _snapshot_if_due(self) -> None:
        """Copy once a day; the day's copy is renewed when a changed store closes."""
        today = self._clock.now().date()
        if snapshot_of(self._path, today).exists():
            self._snapshot_day = today
        else:
            self._snapshot()

    def _snapshot(self) -> None:
        self._snapshot_day = self._clock.now().date()
        try:
            take_snapshot(self._file, self._path, self._snapshot_day)
        except (OSError, sqlite3.Error) as error:
            log.warning("No copy of the watch history was made: %s", error)


def _key(content_id: str, episode_id: str | None) -> str:
    return f"{content_id}\n{episode_id or ''}"


def _progress(document: Document | None) -> WatchProgress | None:
    if document is None:
        return None
    try:
        return WatchProgress.model_validate(document)
    except ValidationError:
        log.warning("The entry %r in the watch history is unreadable", document.doc_id)
        return None


def _all(documents: Iterable[Document]) -> tuple[WatchProgress, ...]:
    entries = (_progress(document) for document in documents)
    return tuple(entry for entry in entries if entry is not None)
