"""The file's schema: its version, its migrations, and what tells a sound file from another."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeAlias

from novastream_desktop.errors import StoreTooNew

_CORRUPT = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


class Damaged(Exception):
    """The file is not a sound database; it has to be mended before use."""


def is_damage(error: sqlite3.Error) -> bool:
    """Whether an error says that the file's content is broken."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in _CORRUPT


def _create_documents(connection: sqlite3.Connection) -> None:
    """Migration 1: one row a document, with what it is looked up by beside it."""
    connection.execute(
        "CREATE TABLE documents (collection TEXT NOT NULL, id TEXT NOT NULL,"
        " title TEXT NOT NULL, stamp INTEGER NOT NULL, body TEXT NOT NULL,"
        " PRIMARY KEY (collection, id)) WITHOUT ROWID"
    )
    connection.execute("CREATE INDEX documents_by_stamp ON documents (collection, stamp)")
    connection.execute("CREATE INDEX documents_by_title ON documents (collection, title)")


Migration: TypeAlias = Callable[[sqlite3.Connection], None]
MIGRATIONS: tuple[Migration, ...] = (_create_documents,)
"""Number n brings a file from schema version n-1 to n. Never edited, only added to."""


def version_of(connection: sqlite3.Connection) -> int:
    """Return the schema version of a file, 0 for an empty one."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def refuse_unknown(connection: sqlite3.Connection, path: Path, known: int) -> None:
    """Refuse a file of a newer schema or of another program; nothing is written.

    Raises:
        StoreTooNew: a newer program wrote it.
        Damaged: it is a database of something else.
    """
    version = version_of(connection)
    if version > known:
        raise StoreTooNew(
            f"The watch history {path} cannot be opened",
            why=f"a newer NovaStream wrote it (version {version}, this one knows {known})",
            hint="Update NovaStream; the file was left as it is",
        )
    tables = connection.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()[0]
    if version == 0 and tables:
        raise Damaged("it is a database of another program")


def refuse_damaged(connection: sqlite3.Connection) -> None:
    """Read the whole file; its cost grows with the file.

    Raises:
        Damaged: a page is broken.
    """
    verdict = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if verdict != "ok":
        raise Damaged(str(verdict))


def migrate(connection: sqlite3.Connection, migrations: Sequence[Migration]) -> None:
    """Run the migrations that a file lacks; the caller holds the transaction."""
    start = version_of(connection)
    for number, step in enumerate(migrations[start:], start + 1):
        step(connection)
        connection.execute(f"PRAGMA user_version={number}")
