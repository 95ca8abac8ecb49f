"""Documents in one SQLite file (WAL): every change is one small transaction at any size.

The file is used by one thread of each process; processes wait for each other.
"""

from __future__ import annotations

import json
import logging
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeAlias

from novastream_desktop.errors import StoreError
from novastream_desktop.progress._schema import (
    MIGRATIONS,
    Damaged,
    Migration,
    is_damage,
    migrate,
    refuse_damaged,
    refuse_unknown,
    version_of,
)

Json: TypeAlias = dict[str, Any]
log = logging.getLogger(__name__)
BUSY_SECONDS = 10.0
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def microseconds(moment: datetime) -> int:
    """Return the microseconds since 1970 of a moment (UTC if it has no zone)."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return (aware - _EPOCH) // timedelta(microseconds=1)


def stamp_of(document: Mapping[str, Any]) -> int:
    """Return a document's `updatedAt` in microseconds since 1970, 0 if it has none."""
    text = document.get("updatedAt")
    return microseconds(datetime.fromisoformat(text)) if text else 0


@contextmanager
def store_errors(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into sentences."""
    try:
        yield
    except sqlite3.Error as error:
        raise _explained(path, error) from error


def _explained(path: Path, error: sqlite3.Error) -> StoreError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    hints = {
        sqlite3.SQLITE_FULL: "Free some space on the disk",
        sqlite3.SQLITE_READONLY: f"Make {path} and its folder writable",
        sqlite3.SQLITE_CANTOPEN: f"Make {path} and its folder readable and writable",
        sqlite3.SQLITE_BUSY: "Close the other program that uses it",
        sqlite3.SQLITE_CORRUPT: "Start NovaStream again: it restores the newest good copy",
        sqlite3.SQLITE_NOTADB: "Start NovaStream again: it restores the newest good copy",
    }
    return StoreError(
        f"The watch history {path.name} cannot be used",
        why=str(error),
        hint=hints.get(code, f"Check the disk that holds {path}"),
    )


class DocumentFile:
    """The open file. Documents are JSON objects by (collection, id)."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._depth = 0

    @classmethod
    def open(
        cls, path: Path, migrations: Sequence[Migration] = MIGRATIONS, *, check: bool = True
    ) -> DocumentFile:
        """Open or create the file, check it and bring it to the present version.

        Args:
            path: the file.
            migrations: all there are.
            check: read the whole file first; without it only its head is looked at.

        Raises:
            Damaged: it is not a sound database of ours.
            StoreTooNew: a newer program wrote it; it was left as it is.
            sqlite3.Error: the disk or its permissions.
        """
        connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
        try:
            refuse_unknown(connection, path, len(migrations))
            if check:
                refuse_damaged(connection)
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=FULL")
            file = cls(connection)
            file._migrate(migrations)
        except BaseException as error:
            connection.close()
            if isinstance(error, sqlite3.Error) and is_damage(error):
                raise Damaged(str(error)) from error
            raise
        return file

    def _migrate(self, migrations: Sequence[Migration]) -> None:
        if version_of(self._connection) < len(migrations):
            with self.transaction():
                migrate(self._connection, migrations)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; an inner one joins the outer one."""
        if self._depth == 0:
            self._connection.execute("BEGIN IMMEDIATE")
        self._depth += 1
        try:
            yield
        except BaseException:
            self._depth -= 1
            if self._depth == 0 and self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise
        self._depth -= 1
        if self._depth == 0:
            self._commit()

    def _commit(self) -> None:
        try:
            self._connection.execute("COMMIT")
        except sqlite3.Error:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise

    def get(self, collection: str, doc_id: str) -> Json | None:
        """Return one document."""
        rows = self._rows(
            "SELECT id, body FROM documents WHERE collection=? AND id=?", collection, doc_id
        )
        return next((document for _, document in rows), None)

    def several(self, collection: str, doc_ids: Sequence[str]) -> list[tuple[str, Json]]:
        """Return (id, document) of those ids that are there, in one query."""
        marks = ",".join("?" * len(doc_ids))
        query = f"SELECT id, body FROM documents WHERE collection=? AND id IN ({marks})"  # noqa: S608  (marks only)
        return list(self._rows(query, collection, *doc_ids))

    def put(self, collection: str, doc_id: str, document: Mapping[str, Any]) -> None:
        """Insert or replace one document."""
        title = document.get("contentId", "")
        row = (stamp_of(document), json.dumps(document, ensure_ascii=False), collection, doc_id)
        # An upsert would also rewrite the title's index, a page more in each heartbeat.
        changed = self._connection.execute(
            "UPDATE documents SET stamp=?, body=? WHERE collection=? AND id=? AND title=?",
            (*row, title),
        )
        if not changed.rowcount:
            self._connection.execute(
                "INSERT OR REPLACE INTO documents (stamp, body, collection, id, title)"
                " VALUES (?, ?, ?, ?, ?)",
                (*row, title),
            )

    def remove(self, collection: str, doc_id: str) -> None:
        """Delete one document."""
        self._connection.execute(
            "DELETE FROM documents WHERE collection=? AND id=?", (collection, doc_id)
        )

    def clear(self) -> None:
        """Delete everything."""
        self._connection.execute("DELETE FROM documents")

    def ids(self, collection: str) -> list[str]:
        """Return the ids of a collection."""
        return [
            row[0]
            for row in self._connection.execute(
                "SELECT id FROM documents WHERE collection=? ORDER BY id", (collection,)
            )
        ]

    def collections(self) -> list[str]:
        """Return the names of the collections that hold something."""
        return [
            row[0] for row in self._connection.execute("SELECT DISTINCT collection FROM documents")
        ]

    def count(self, collection: str) -> int:
        """Return how many documents a collection has."""
        row = self._connection.execute(
            "SELECT COUNT(*) FROM documents WHERE collection=?", (collection,)
        ).fetchone()
        return int(row[0])

    def all(self, collection: str) -> list[tuple[str, Json]]:
        """Return (id, document) of a whole collection."""
        return list(self._rows("SELECT id, body FROM documents WHERE collection=?", collection))

    def newest(self, collection: str, limit: int | None) -> list[tuple[str, str]]:
        """Return (id, JSON text), newest first."""
        return self._texts(
            "SELECT id, body FROM documents WHERE collection=?"
            " ORDER BY stamp DESC, id DESC LIMIT ?",
            collection,
            -1 if limit is None else max(0, limit),
        )

    def newest_ids(self, collection: str) -> Iterator[str]:
        """Yield ids, newest first, out of the index alone."""
        query = "SELECT id FROM documents WHERE collection=? ORDER BY stamp DESC, id DESC"
        return (row[0] for row in self._connection.execute(query, (collection,)))

    def after(self, collection: str, stamp: int) -> list[tuple[str, str]]:
        """Return (id, JSON text) with a later stamp, oldest first."""
        return self._texts(
            "SELECT id, body FROM documents WHERE collection=? AND stamp>? ORDER BY stamp, id",
            collection,
            stamp,
        )

    def of_title(self, collection: str, title: str) -> list[tuple[str, Json]]:
        """Return (id, document) of one content id."""
        # By itself SQLite would walk the whole collection, which is in the order of its ids.
        return list(
            self._rows(
                "SELECT id, body FROM documents INDEXED BY documents_by_title"
                " WHERE collection=? AND title=? ORDER BY id",
                collection,
                title,
            )
        )

    def take_over(self, other: Path, *, keep: str) -> None:
        """Become what another file of the same schema holds, in one transaction.

        Args:
            other: the file.
            keep: the collection in which what is here stays, and only what lacks is taken over.
        """
        self._connection.execute("ATTACH ? AS other", (str(other),))
        try:
            with self.transaction():
                self._connection.execute("DELETE FROM documents WHERE collection<>?", (keep,))
                columns = "collection, id, title, stamp, body"
                self._connection.execute(
                    f"INSERT OR IGNORE INTO documents ({columns})"  # noqa: S608  (constants)
                    f" SELECT {columns} FROM other.documents"
                )
        finally:
            self._connection.execute("DETACH other")

    def checkpoint(self) -> None:
        """Take what waits in the write-ahead log into the file."""
        self._connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()

    def close(self) -> None:
        """Close; the last process to close folds the WAL into the file."""
        self._connection.close()

    def _texts(self, sql: str, *values: object) -> list[tuple[str, str]]:
        return self._connection.execute(sql, values).fetchall()

    def _rows(self, sql: str, *values: object) -> Iterator[tuple[str, Json]]:
        return decoded(self._connection.execute(sql, values))


def decoded(rows: Iterable[tuple[str, str]]) -> Iterator[tuple[str, Json]]:
    """Yield documents of their JSON texts, without those that cannot be read."""
    for doc_id, body in rows:
        try:
            yield doc_id, json.loads(body)
        except ValueError:
            log.warning("The document %r in the watch history is unreadable", doc_id)


def copy_store(path: Path, target: Path) -> None:
    """Write a compact copy of the file, open or not, into one that does not exist yet.

    Raises:
        sqlite3.Error: the disk refuses, or the file is damaged.
    """
    with closing(sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)) as own:
        own.execute("VACUUM INTO ?", (str(target),))
