"""`Library`: what a person keeps, as documents beside the progress, on the same thread."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol, TypeVar

from pydantic import ValidationError

from novastream_desktop.models import Content, WatchProgress
from novastream_desktop.models.library import Change, LibraryEntry
from novastream_desktop.progress._sqlite import DocumentFile
from novastream_desktop.progress._tinydb import Document, DocumentDatabase, document_of
from novastream_desktop.runtime import Clock

log = logging.getLogger(__name__)
T = TypeVar("T")
SAVED, ASIDE, SEARCHES = "library", "aside", "searches"
KEPT_SEARCHES = 20


class Run(Protocol):
    """Runs work on the store's thread; a store that is closed refuses."""

    def __call__(self, work: Callable[[], T]) -> Awaitable[T]:
        """Return what the work returns."""
        ...


class TinyDbLibrary:
    """See `progress.base.Library`.

    Args:
        run: runs work on the store's thread.
        database: the store's documents.
        file: the file beneath, for transactions.
        progress: the name of the collection that holds progress.
        key: the document id of a piece of progress.
        clock: the time.
        changed: told of every write.
    """

    def __init__(
        self,
        *,
        run: Run,
        database: DocumentDatabase,
        file: DocumentFile,
        progress: str,
        key: Callable[[str, str | None], str],
        clock: Clock,
        changed: Callable[[], object],
    ) -> None:
        self._run, self._file, self._clock, self._key = run, file, clock, key
        self._changed = changed
        self._progress = database.entries(progress)
        self._saved = database.entries(SAVED)
        self._aside = database.entries(ASIDE)
        self._searches = database.entries(SEARCHES)

    # -- titles ----------------------------------------------------------------------------

    async def saved(self) -> Sequence[LibraryEntry]:
        """Return what was added, the latest first."""
        return await self._run(lambda: _read(LibraryEntry, self._saved.newest()))

    async def has(self, content_id: str) -> bool:
        """Say whether a title was added."""
        return await self._run(lambda: self._saved.by_id(content_id) is not None)

    async def add(self, content: Content) -> Change:
        """Add a title; one that is there keeps its date."""

        def work() -> Change:
            if self._saved.by_id(content.id) is not None:
                return Change()
            self._put_entry(LibraryEntry(content=content, added_at=self._clock.now()))
            return Change(unsaved=(content.id,))

        return await self._write(work)

    async def take_out(self, content_id: str) -> Change:
        """Remove a title; its progress stays."""

        def work() -> Change:
            there = self._saved.by_id(content_id)
            if there is None:
                return Change()
            self._remove(SAVED, content_id)
            return Change(entries=_read(LibraryEntry, [there]))

        return await self._write(work)

    # -- progress --------------------------------------------------------------------------

    async def mark(self, items: Iterable[WatchProgress]) -> Change:
        """Write progress as it is given, also over newer; all in one transaction."""
        batch = tuple(items)

        def work() -> Change:
            before = self._before([item.key for item in batch])
            with self._file.transaction():
                for item in batch:
                    self._put_progress(item)
            return before

        return await self._write(work)

    async def forget(self, keys: Collection[tuple[str, str]]) -> Change:
        """Delete progress by (content id, episode id, empty for a film)."""

        def work() -> Change:
            before = self._before(keys)
            with self._file.transaction():
                for entry in before.progress:
                    self._remove(self._progress.name, self._key(*entry.key))
            return before.with_(absent=())

        return await self._write(work)

    # -- Continue watching -----------------------------------------------------------------

    async def put_aside(self, content_id: str) -> Change:
        """Take a title out of Continue watching until it is played again."""

        def work() -> Change:
            document = {"contentId": content_id, "updatedAt": self._clock.now().isoformat()}
            self._aside.upsert(document_of(content_id, document))
            return Change(shown=(content_id,))

        return await self._write(work)

    async def aside(self) -> Mapping[str, datetime]:
        """Return when each title was put aside."""

        def work() -> Mapping[str, datetime]:
            return {
                str(document["contentId"]): datetime.fromisoformat(document["updatedAt"])
                for document in self._aside.newest()
            }

        return await self._run(work)

    # -- taking back -----------------------------------------------------------------------

    async def put_back(self, change: Change) -> None:
        """Make things as they were before a change."""

        def work() -> None:
            with self._file.transaction():
                for content_id in change.unsaved:
                    self._remove(SAVED, content_id)
                for entry in change.entries:
                    self._put_entry(entry)
                for content_id, episode_id in change.absent:
                    self._remove(self._progress.name, self._key(content_id, episode_id))
                for item in change.progress:
                    self._put_progress(item)
                for content_id in change.shown:
                    self._remove(ASIDE, content_id)

        await self._write(work)

    # -- searches --------------------------------------------------------------------------

    async def searches(self) -> Sequence[str]:
        """Return what was searched for, the latest first."""
        return await self._run(
            lambda: tuple(str(d["text"]) for d in self._searches.newest(KEPT_SEARCHES))
        )

    async def remember_search(self, text: str) -> None:
        """Keep a query; the oldest beyond 20 go."""

        def work() -> None:
            document = {"text": text, "updatedAt": self._clock.now().isoformat()}
            with self._file.transaction():
                self._searches.upsert(document_of(text.casefold(), document))
                for old in self._searches.newest()[KEPT_SEARCHES:]:
                    self._remove(SEARCHES, str(old.doc_id))

        await self._write(work)

    async def forget_searches(self) -> None:
        """Forget every query."""

        def work() -> None:
            with self._file.transaction():
                for old in self._searches.newest():
                    self._remove(SEARCHES, str(old.doc_id))

        await self._write(work)

    async def _write(self, work: Callable[[], T]) -> T:
        result = await self._run(work)
        self._changed()
        return result

    def _before(self, keys: Collection[tuple[str, str]]) -> Change:
        there = {key: self._progress.by_id(self._key(*key)) for key in keys}
        return Change(
            progress=_read(WatchProgress, [d for d in there.values() if d is not None]),
            absent=tuple(key for key, document in there.items() if document is None),
        )

    def _put_entry(self, entry: LibraryEntry) -> None:
        body = {
            **entry.to_wire(),
            "contentId": entry.content.id,
            "updatedAt": entry.added_at.isoformat(),
        }
        self._file.put(SAVED, entry.content.id, body)

    def _put_progress(self, item: WatchProgress) -> None:
        self._file.put(self._progress.name, self._key(*item.key), item.to_wire())

    def _remove(self, collection: str, doc_id: str) -> None:
        self._file.remove(collection, doc_id)


_M = TypeVar("_M", LibraryEntry, WatchProgress)


def _read(kind: type[_M], documents: Iterable[Document]) -> tuple[_M, ...]:
    found: list[_M] = []
    for document in documents:
        try:
            found.append(kind.model_validate(document))
        except ValidationError:
            log.warning("The document %r in the library is unreadable", document.doc_id)
    return tuple(found)
