"""The progress store: TinyDB's document interface over `DocumentFile`.

TinyDB's own storages rewrite everything at each change. Here `DocumentTable` hands TinyDB a
mapping that reads a row when it is asked for and writes back only what changed.
"""

from __future__ import annotations

import copy
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping, Sequence
from typing import Any, cast

from tinydb import TinyDB
from tinydb.queries import QueryLike
from tinydb.storages import Storage
from tinydb.table import Document, Table

from novastream_desktop.progress._sqlite import DocumentFile, Json, decoded, stamp_of

__all__ = ["Document", "DocumentDatabase", "DocumentTable", "SqliteStorage", "document_of"]


class SqliteStorage(Storage):
    """A `DocumentFile` as TinyDB sees it."""

    def __init__(self, file: DocumentFile) -> None:
        self.file = file

    def read(self) -> dict[str, dict[str, Json]] | None:
        """Return everything (TinyDB's own tables would ask for it; ours does not)."""
        return {name: dict(self.file.all(name)) for name in self.file.collections()} or None

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Replace everything in one transaction."""
        with self.file.transaction():
            self.file.clear()
            for name, documents in data.items():
                for doc_id, document in documents.items():
                    self.file.put(name, str(doc_id), document)

    def close(self) -> None:
        """Close the file."""
        self.file.close()


class Rows(MutableMapping[str, Json]):
    """A collection as a mapping: a row is read when asked for, kept, and written if changed."""

    def __init__(self, file: DocumentFile, collection: str) -> None:
        self._file = file
        self._collection = collection
        self._read: dict[str, Json | None] = {}
        self._now: dict[str, Json | None] = {}

    def __getitem__(self, doc_id: str) -> Json:
        if doc_id not in self._now:
            document = self._file.get(self._collection, doc_id)
            self._read[doc_id] = document
            self._now[doc_id] = copy.deepcopy(document)
        found = self._now[doc_id]
        if found is None:
            raise KeyError(doc_id)
        return found

    def __setitem__(self, doc_id: str, document: Json) -> None:
        self._now[doc_id] = document

    def __delitem__(self, doc_id: str) -> None:
        self[doc_id]
        self._now[doc_id] = None

    def __iter__(self) -> Iterator[str]:
        ids = dict.fromkeys(self._file.ids(self._collection)) | dict.fromkeys(self._now)
        return (doc_id for doc_id in ids if self._now.get(doc_id, self) is not None)

    def __len__(self) -> int:
        return self._file.count(self._collection) if not self._now else sum(1 for _ in self)

    def write_changes(self) -> None:
        """Write what differs from what was read; the caller holds the transaction."""
        for doc_id, document in self._now.items():
            if document is None:
                self._file.remove(self._collection, doc_id)
            elif document != self._read.get(doc_id):
                self._file.put(self._collection, doc_id, document)


class DocumentTable(Table):
    """A TinyDB table with text ids, whose changes cost what they touch."""

    document_id_class = str  # type: ignore[assignment]
    default_query_cache_capacity = 0  # another process may have written meanwhile

    @property
    def _file(self) -> DocumentFile:
        return cast("SqliteStorage", self._storage).file

    def __len__(self) -> int:
        return self._file.count(self.name)

    def upsert(self, document: Mapping[str, Any], cond: QueryLike | None = None) -> list[int]:
        """Update or insert in one transaction."""
        with self._file.transaction():
            return super().upsert(document, cond)

    def put_unless_newer(self, document: Document, *, nor_same: bool = False) -> Document | None:
        """Update or insert unless what is there has a later `updatedAt`; return that, if so.

        With `nor_same` also what has the same date stays.

        What TinyDB's own `upsert` does for one id, at the cost of one read and one write. The
        caller holds the transaction.
        """
        doc_id = str(document.doc_id)
        there = self._file.get(self.name, doc_id)
        if there is None:
            self._file.put(self.name, doc_id, document)
            return None
        if _readable_stamp(there) + nor_same > stamp_of(document):
            return document_of(doc_id, there)
        merged = {**there, **document}
        if merged != there:
            self._file.put(self.name, doc_id, merged)
        return None

    def by_id(self, doc_id: str) -> Document | None:
        """Return the document with an id."""
        return self.get(doc_id=cast("int", doc_id))

    def several(self, doc_ids: Sequence[str]) -> list[Document]:
        """Return those documents of some ids that are there, in no order."""
        return self._documents(self._file.several(self.name, doc_ids))

    def newest(self, limit: int | None = None) -> list[Document]:
        """Return documents by `updatedAt`, newest first."""
        return self._documents(decoded(self._file.newest(self.name, limit)))

    def newest_texts(self, limit: int | None = None) -> list[tuple[str, str]]:
        """Return (id, JSON text) by `updatedAt`, newest first: for whoever parses by itself."""
        return self._file.newest(self.name, limit)

    def newest_ids(self) -> Iterator[str]:
        """Yield ids by `updatedAt`, newest first."""
        return self._file.newest_ids(self.name)

    def texts_after(self, stamp: int) -> list[tuple[str, str]]:
        """Return (id, JSON text) whose `updatedAt` is later (microseconds), oldest first."""
        return self._file.after(self.name, stamp)

    def of_title(self, content_id: str) -> list[Document]:
        """Return the documents of a content id."""
        return self._documents(self._file.of_title(self.name, content_id))

    def _documents(self, rows: Iterable[tuple[str, Json]]) -> list[Document]:
        return [document_of(doc_id, body) for doc_id, body in rows]

    def _get_next_id(self) -> str:
        return uuid.uuid4().hex

    def _read_table(self) -> Rows:  # type: ignore[override]
        return Rows(self._file, self.name)

    def _update_table(self, updater: Callable[[Any], None]) -> None:
        with self._file.transaction():
            rows = Rows(self._file, self.name)
            updater(rows)
            rows.write_changes()


class DocumentDatabase(TinyDB):
    """TinyDB with our tables."""

    table_class = DocumentTable

    def __init__(self, file: DocumentFile) -> None:
        super().__init__(file, storage=SqliteStorage)

    def entries(self, name: str) -> DocumentTable:
        """Return a collection's table."""
        return cast("DocumentTable", self.table(name))


def document_of(doc_id: str, body: Mapping[str, Any]) -> Document:
    """Return a TinyDB document with a text id."""
    return Document(body, cast("int", doc_id))


def _readable_stamp(document: Json) -> int:
    try:
        return stamp_of(document)
    except (TypeError, ValueError):  # an unreadable date never wins
        return 0
