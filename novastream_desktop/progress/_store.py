"""`TinyDbProgressStore`: watch progress on its own thread, never on the service loop's."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

from novastream_desktop.errors import StoreError
from novastream_desktop.models import WatchProgress
from novastream_desktop.progress._copies import Copier, StoreCopies
from novastream_desktop.progress._entries import (
    entries_of,
    entry_of,
    key_of,
    newest_of_titles,
    parsed,
)
from novastream_desktop.progress._library import TinyDbLibrary
from novastream_desktop.progress._mend import open_or_mend
from novastream_desktop.progress._schema import is_damage
from novastream_desktop.progress._sound import forget_sound, note_sound
from novastream_desktop.progress._sqlite import (
    DocumentFile,
    microseconds,
    store_errors,
)
from novastream_desktop.progress._thread import StoreThread
from novastream_desktop.progress._tinydb import DocumentDatabase, document_of
from novastream_desktop.runtime import Clock

log = logging.getLogger(__name__)
T = TypeVar("T")
PROGRESS = "progress"
CONTENT = "content"
CHECKPOINT_EVERY = 100
"""Writes after which the log is taken into the file, about eight minutes of play."""
TICK = timedelta(milliseconds=1)
"""How much newer than what is there a heartbeat is at least."""


class TinyDbProgressStore:
    """Watch progress in TinyDB documents over a crash-safe SQLite file.

    What `save` has returned survives a kill and a power cut. Made by `open`.
    """

    def __init__(
        self,
        thread: StoreThread,
        file: DocumentFile,
        path: Path,
        clock: Clock,
        problems: tuple[str, ...],
    ) -> None:
        self._thread = thread
        self._file = file
        self._path = path
        self._clock = clock
        self._problems = problems
        database = DocumentDatabase(file)
        self._database = database
        self._entries = database.entries(PROGRESS)
        self._contents = database.entries(CONTENT)
        self._unsaved: dict[str, WatchProgress] = {}
        self._closed = False
        self._damaged = False
        self._writes = 0
        self._copier = Copier(path, clock)
        self.copies = StoreCopies(
            run=self._run, file=file, path=path, kept=CONTENT, changed=self._copier.note_change
        )
        """The daily copies, and the way back to one."""
        self.library = TinyDbLibrary(
            run=self._run,
            database=database,
            file=file,
            progress=PROGRESS,
            key=key_of,
            clock=clock,
            changed=self._copier.note_change,
        )
        """What a person keeps beside the progress."""

    @classmethod
    async def open(cls, path: Path, clock: Clock) -> TinyDbProgressStore:
        """Open or create the store, mending it first if it is broken.

        Raises:
            StoreTooNew: a newer NovaStream wrote it.
            StoreError: the disk or its permissions.
        """
        thread = StoreThread("progress")

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
            return cls(thread, file, path, clock, problems)

        try:
            store = await thread.run(opened)
        except BaseException:
            thread.close()
            raise
        store._copier.start()  # noqa: SLF001  (its own)
        return store

    @property
    def problems(self) -> tuple[str, ...]:
        """Sentences on what was lost when the store was opened, for a banner."""
        return self._problems

    async def save(self, items: Iterable[WatchProgress]) -> tuple[WatchProgress, ...]:
        """Store each item unless a newer one is there, all in one transaction."""
        batch = tuple(items)
        if not batch:
            return ()
        return await self._write(lambda: self._save(batch))

    async def beat(self, items: Iterable[WatchProgress]) -> tuple[WatchProgress, ...]:
        """Store where somebody is on this device now, whatever the clock says."""
        batch = tuple(items)
        return await self._write(lambda: self._beat(batch)) if batch else ()

    async def get(self, content_id: str, episode_id: str | None = None) -> WatchProgress | None:
        """Return one entry."""
        key = key_of(content_id, episode_id)
        return await self._run(lambda: entry_of(self._entries.by_id(key)))

    async def of_content(self, content_id: str) -> Sequence[WatchProgress]:
        """Return all entries of a title."""
        return await self._run(lambda: entries_of(self._entries.of_title(content_id)))

    async def recent(self, limit: int | None = None) -> Sequence[WatchProgress]:
        """Return entries, newest first."""
        return await parsed(await self._run(lambda: self._entries.newest_texts(limit)))

    async def latest_titles(self, titles: int, each: int = 20) -> Sequence[WatchProgress]:
        """Return the newest entries of the titles watched last, newest first."""

        def work() -> Sequence[WatchProgress]:
            wanted = newest_of_titles(self._entries.newest_ids(), titles, each)
            found = entries_of(self._entries.several(wanted))
            return sorted(found, key=lambda entry: entry.updated_at, reverse=True)

        return await self._run(work)

    async def since(self, moment: datetime) -> Sequence[WatchProgress]:
        """Return entries updated after a moment, oldest first."""
        stamp = microseconds(moment)
        return await parsed(await self._run(lambda: self._entries.texts_after(stamp)))

    async def remember_content(self, content_json: str, content_id: str) -> None:
        """Keep a title's facts (its JSON); the same facts again cost no write."""
        document = document_of(content_id, {"contentId": content_id, "json": content_json})
        await self._write(lambda: self._contents.upsert(document))

    async def remembered_content(self, content_id: str) -> str | None:
        """Return the kept JSON of a title."""
        return (await self.remembered_contents((content_id,))).get(content_id)

    async def remembered_contents(self, content_ids: Iterable[str]) -> Mapping[str, str]:
        """Return the kept JSON of those titles that are kept, by content id."""
        asked = tuple(content_ids)

        def work() -> Mapping[str, str]:
            return {str(d.doc_id): str(d["json"]) for d in self._contents.several(asked)}

        return await self._run(work)

    async def close(self) -> None:
        """Take the last copy of the day and close; closing twice is allowed."""
        if self._closed:
            return
        self._closed = True

        await self._thread.run(self._write_unsaved)
        sound = await self._copier.close()

        def closing() -> None:
            with store_errors(self._path):
                self._database.close()
            if sound and not self._damaged:
                note_sound(self._path)

        try:
            await self._thread.run(closing)
        finally:
            self._thread.close()

    async def _write(self, work: Callable[[], T]) -> T:
        result = await self._run(work)
        self._copier.note_change()
        self._writes += 1
        if self._writes % CHECKPOINT_EVERY == 0 and not self._closed:
            self._thread.run(self._checkpoint)
        return result

    def _checkpoint(self) -> None:
        """Keep the log short of what makes SQLite do so unseen, and note how the file then is."""
        with suppress(sqlite3.Error):  # it stays in the log
            self._file.checkpoint()
            if not self._damaged:
                note_sound(self._path)

    async def _run(self, work: Callable[[], T]) -> T:
        if self._closed:
            raise StoreError(
                "The watch history is closed", why="NovaStream is shutting down", hint=""
            )

        def translated() -> T:
            with store_errors(self._path), self._damage_noted():
                return work()

        return await self._thread.run(translated)

    @contextmanager
    def _damage_noted(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            if is_damage(error):
                self._damaged = True
                forget_sound(self._path)
            raise

    def _save(self, items: tuple[WatchProgress, ...]) -> tuple[WatchProgress, ...]:
        with self._file.transaction():
            return tuple(self._save_one(item) for item in items)

    def _save_one(self, item: WatchProgress, *, nor_same: bool = False) -> WatchProgress:
        key = key_of(*item.key)
        document = document_of(key, item.to_wire())
        newer = self._entries.put_unless_newer(document, nor_same=nor_same)
        if newer is None:
            return item
        there = entry_of(newer)
        if there is None:  # it cannot be read, so that its date says nothing
            self._entries.upsert(document)
        return there or item

    def _beat(self, items: tuple[WatchProgress, ...]) -> tuple[WatchProgress, ...]:
        waiting = {**self._unsaved, **{key_of(*item.key): item for item in items}}
        try:
            stored = self._write_all(waiting)
        except sqlite3.Error:
            self._unsaved = waiting
            raise
        self._unsaved = {}
        return tuple(stored[key_of(*item.key)] for item in items)

    def _write_unsaved(self) -> None:
        try:
            if self._unsaved:
                self._write_all(self._unsaved)
        except sqlite3.Error as error:
            log.warning("The last places watched could not be saved: %s", error)

    def _write_all(self, items: Mapping[str, WatchProgress]) -> Mapping[str, WatchProgress]:
        with self._file.transaction():
            return {key: self._beat_one(item) for key, item in items.items()}

    def _beat_one(self, item: WatchProgress) -> WatchProgress:
        stored = self._save_one(item, nor_same=True)
        if stored is not item:
            stored = self._save_one(item.with_(updated_at=_after(stored.updated_at)))
        return stored


def _after(moment: datetime) -> datetime:
    latest = datetime.max.replace(tzinfo=moment.tzinfo)
    return moment + min(TICK, latest - moment)
