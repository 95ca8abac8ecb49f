"""Answers kept on disk, in one SQLite file of bounded size.

Why not an RFC 9111 cache: callers say how old an answer may be (`max_age`), whatever the server
thinks, most of what is asked most often is POST or comes without cache headers, and keys must
not hold the secrets that addresses hold here. So keys are hashes, and what remains of RFC 9111
is `no-store` and revalidation by ETag or Last-Modified.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
import sqlite3
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from novastream_desktop.net.base import HttpAnswer

log = logging.getLogger(__name__)
T = TypeVar("T")

_KEPT_HEADERS = frozenset({"content-type", "etag", "last-modified", "date", "expires"})
_SCHEMA = """
CREATE TABLE IF NOT EXISTS answer (
    key TEXT PRIMARY KEY, stored_at REAL NOT NULL, size INTEGER NOT NULL,
    status INTEGER NOT NULL, url TEXT NOT NULL, headers TEXT NOT NULL, body BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS by_age ON answer (stored_at, size);
PRAGMA user_version = 1;
"""


@dataclass(frozen=True, slots=True)
class Stored:
    """An answer and the moment it was last known to be right (seconds since 1970)."""

    answer: HttpAnswer
    stored_at: float

    def fresh(self, now: float, max_age: float) -> bool:
        """Whether it is younger than `max_age`; one from the future is not."""
        return 0 <= now - self.stored_at < max_age

    def conditions(self) -> dict[str, str]:
        """Return the headers that ask whether it is still right; empty without a validator."""
        asked = {}
        if etag := self.answer.headers.get("etag"):
            asked["if-none-match"] = etag
        if modified := self.answer.headers.get("last-modified"):
            asked["if-modified-since"] = modified
        return asked


def cache_key(method: str, url: str, headers: Mapping[str, str], body: bytes = b"") -> str:
    """Return the name of an answer: a hash, so that no key or token lies in the file as text."""
    parts = [method, url, json.dumps(sorted(headers.items())), ""]
    return hashlib.sha256("\n".join(parts).encode() + body).hexdigest()


def may_store(answer: HttpAnswer) -> bool:
    """Whether an answer may be written to disk at all."""
    control = answer.headers.get("cache-control", "").lower()
    return answer.status == 200 and "no-store" not in control  # noqa: PLR2004  (OK)


class AnswerCache:
    """The file, used from one worker thread. A cache that fails is a cache that misses."""

    def __init__(self, file: Path, max_bytes: int) -> None:
        self._file = file
        self._max_bytes = max_bytes
        self._database: sqlite3.Connection | None = None
        self._broken = False
        self._told = False
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="http-cache")

    async def load(self, key: str) -> Stored | None:
        """Return what is stored under a key, however old."""
        return await self._run(lambda database: _load(database, key))

    async def save(self, key: str, answer: HttpAnswer, now: float) -> None:
        """Store an answer; the oldest go until all fit.

        `answer.url` is stored as it is: the caller leaves it empty unless a redirect led there.
        """
        if len(answer.content) * 4 <= self._max_bytes:
            await self._run(lambda database: _save(database, key, answer, now, self._max_bytes))

    async def drop(self, key: str) -> None:
        """Forget an answer."""
        statement = "DELETE FROM answer WHERE key = ?"
        await self._run(lambda database: database.execute(statement, (key,)))

    async def renew(self, key: str, now: float) -> None:
        """Note that a stored answer is still right."""
        statement = "UPDATE answer SET stored_at = ? WHERE key = ?"
        await self._run(lambda database: database.execute(statement, (now, key)))

    async def close(self) -> None:
        """Close the file and end the thread."""
        if self._database is not None:
            await self._in_thread(self._database.close)
            self._database = None
        self._broken = True
        self._worker.shutdown(wait=False)

    async def _run(self, work: Callable[[sqlite3.Connection], T]) -> T | None:
        if self._broken:
            return None
        return await self._in_thread(lambda: self._guarded(work))

    async def _in_thread(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._worker, work)

    def _guarded(self, work: Callable[[sqlite3.Connection], T]) -> T | None:
        try:
            if self._database is None:
                self._database = _connect(self._file)
            with self._database:
                return work(self._database)
        except sqlite3.OperationalError as error:  # locked, full, not writable
            self._broken = self._database is None
            self._tell(error)
        except sqlite3.DatabaseError as error:  # not a database, malformed
            self._tell(error)
            self._begin_again()
        except (OSError, ValueError) as error:
            self._broken = True
            self._tell(error)
        return None

    def _begin_again(self) -> None:
        """Remove a damaged file: nothing in it is worth keeping."""
        if self._database is not None:
            self._database.close()
            self._database = None
        try:
            for suffix in ("", "-wal", "-shm"):
                self._file.with_name(self._file.name + suffix).unlink(missing_ok=True)
        except OSError:
            self._broken = True

    def _tell(self, error: Exception) -> None:
        if not self._told:
            log.warning("The HTTP cache does not work: %s", error)
            self._told = True


def _connect(file: Path) -> sqlite3.Connection:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch(mode=0o600)
    database = sqlite3.connect(file, timeout=2, check_same_thread=False)
    try:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = OFF")
        database.executescript(_SCHEMA)
    except sqlite3.Error:
        database.close()
        raise
    return database


def _load(database: sqlite3.Connection, key: str) -> Stored | None:
    statement = "SELECT stored_at, status, url, headers, body FROM answer WHERE key = ?"
    row = database.execute(statement, (key,)).fetchone()
    if row is None:
        return None
    stored_at, status, url, headers, body = row
    return Stored(HttpAnswer(status, url, json.loads(headers), body), stored_at)


def _save(
    database: sqlite3.Connection, key: str, answer: HttpAnswer, now: float, max_bytes: int
) -> None:
    headers = {name: value for name, value in answer.headers.items() if name in _KEPT_HEADERS}
    size = len(answer.content)
    database.execute("DELETE FROM answer WHERE key = ?", (key,))
    (held,) = database.execute("SELECT coalesce(sum(size), 0) FROM answer").fetchone()
    excess = held + size - max_bytes
    if excess > 0:
        oldest = "SELECT key, size FROM answer ORDER BY stored_at"
        for old, old_size in database.execute(oldest).fetchall():
            if excess <= 0:
                break
            database.execute("DELETE FROM answer WHERE key = ?", (old,))
            excess -= old_size
    row = (key, now, size, answer.status, answer.url, json.dumps(headers), answer.content)
    database.execute("INSERT INTO answer VALUES (?, ?, ?, ?, ?, ?, ?)", row)
