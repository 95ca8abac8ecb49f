"""What earlier plays taught, on disk: last good answers, choices, failures, start times.

A small SQLite file, so that every change is atomic; it is written on a thread of its own, holds
a bounded number of rows, and is worth nothing but time: where it cannot be read or written, the
service works without.
"""

from __future__ import annotations

import asyncio
import json
import logging
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

from novastream_desktop.models import SourceHealth, StreamSource
from novastream_desktop.providers.base import WatchRequest
from novastream_desktop.runtime import Clock
from novastream_desktop.sources._identity import Key
from novastream_desktop.sources._points import Choice, Remembered

log = logging.getLogger(__name__)

FAILURES_LAST = timedelta(days=1)
MOST_SOURCES = 20
"""Of an answer that is kept."""
MOST = {"answers": 300, "choices": 1000, "failures": 1000, "starts": 500}
"""Rows of each kind; the oldest go first."""
LONGEST_WHY = 120
_NEW_START_COUNTS = 0.4
_VERSION = 1
_BETWEEN = "\n"  # no address has one

Row = tuple[float, Any]
_Job = Callable[[sqlite3.Connection], Any]


class Kept(NamedTuple):
    """The last good answer for a title, and when it was given."""

    sources: tuple[StreamSource, ...]
    at: datetime


class SourceMemory:
    """What is remembered between plays. Used on the service loop; the disk has its own thread.

    Args:
        path: the file; None remembers only while the program runs.
        clock: where time comes from.
    """

    def __init__(self, path: Path | None, clock: Clock) -> None:
        self._path = path
        self._clock = clock
        self._rows: dict[str, dict[str, Row]] = {name: {} for name in MOST}
        self._disk = None if path is None else ThreadPoolExecutor(1, "source-memory")
        self._connection: sqlite3.Connection | None = None
        self._loading: asyncio.Future[None] | None = None

    async def ready(self) -> None:
        """Wait until what is on disk is known; costs nothing after the first time."""
        if self._disk is None:
            return
        if self._loading is None:
            loop = asyncio.get_running_loop()
            self._loading = asyncio.ensure_future(loop.run_in_executor(self._disk, self._load))
        await asyncio.shield(self._loading)

    def remembered(self, request: WatchRequest) -> Remembered:
        """Return what counts when sources for this are ranked."""
        now = self._now()
        choice = self._rows["choices"].get(request.content.id)
        failures = self._rows["failures"].items()
        return Remembered(
            choice=None if choice is None else _choice(choice[1]),
            failed={
                tuple(key.split(_BETWEEN)): f"failed {_ago(now - at)}" + (f": {why}" if why else "")
                for key, (at, why) in failures
                if now - at < FAILURES_LAST.total_seconds()
            },
            starts={
                host: float(seconds)
                for host, (_, seconds) in self._rows["starts"].items()
                if isinstance(seconds, int | float)
            },
        )

    async def last_answer(self, request: WatchRequest) -> Kept | None:
        """Return the last good answer for this, None if there is none."""
        title = title_of(request)
        if self._disk is None:
            row = self._rows["answers"].get(title)
        else:
            loop = asyncio.get_running_loop()
            row = await loop.run_in_executor(self._disk, self._find_answer, title)
        return None if row is None else Kept(row[1], datetime.fromtimestamp(row[0], UTC))

    def keep_answer(self, request: WatchRequest, sources: Sequence[StreamSource]) -> None:
        """Keep an answer in place of the last one; without checks, which do not last."""
        plain = tuple(
            source.with_(health=SourceHealth(), score=0.0, reasons=(), standby_for=None)
            for source in sources[:MOST_SOURCES]
        )
        title, at = title_of(request), self._now()
        if self._disk is None:
            self._put("answers", title, plain)
        else:
            self._write(lambda db: _store(db, "answers", title, at, _wire(plain)))

    def note_failure(self, key: Key, why: str) -> None:
        """Remember for a day that a source failed."""
        self._put("failures", _BETWEEN.join(key), " ".join(why.split())[:LONGEST_WHY].rstrip("."))

    def note_choice(self, content_id: str, choice: Choice) -> None:
        """Remember what was picked by hand for a show or film."""
        self._put("choices", content_id, [*choice[:3], list(choice.languages)])

    def note_start(self, host: str, seconds: float) -> None:
        """Remember how long it took to the first picture; newer times count more."""
        if not 0 <= seconds < float("inf"):
            return
        _, known = self._rows["starts"].get(host, (0.0, None))
        if isinstance(known, int | float):
            seconds = known + (seconds - known) * _NEW_START_COUNTS
        self._put("starts", host, round(seconds, 2))

    async def close(self) -> None:
        """Write what is left and close the file."""
        if self._disk is None:
            return
        disk, self._disk = self._disk, None
        await asyncio.get_running_loop().run_in_executor(disk, self._shut)
        disk.shutdown()

    def _now(self) -> float:
        return self._clock.now().timestamp()

    def _put(self, table: str, key: str, body: Any) -> None:
        rows, at = self._rows[table], self._now()
        rows.pop(key, None)
        rows[key] = (at, body)
        while len(rows) > MOST[table]:
            del rows[next(iter(rows))]
        if table != "answers":
            self._write(lambda db: _store(db, table, key, at, json.dumps(body)))

    def _write(self, job: _Job) -> None:
        if self._disk is not None:
            self._disk.submit(self._run, job)

    # -- on the disk's thread ------------------------------------------------------------------

    def _run(self, job: _Job) -> Any:
        try:
            if self._connection is None and self._path is not None:
                self._connection = _open(self._path)
            return None if self._connection is None else job(self._connection)
        except (sqlite3.Error, OSError) as error:
            log.warning("What sources taught cannot be kept: %s", error)
            return None

    def _load(self) -> None:
        found: Mapping[str, dict[str, Row]] = self._run(_all) or {}
        for table, rows in found.items():
            self._rows[table] = {**rows, **self._rows[table]}

    def _find_answer(self, title: str) -> tuple[float, tuple[StreamSource, ...]] | None:
        row = self._run(
            lambda db: db.execute("SELECT at, body FROM answers WHERE key=?", (title,)).fetchone()
        )
        try:
            sources = tuple(map(StreamSource.model_validate, json.loads(row[1]))) if row else ()
        except (ValueError, TypeError, ValidationError):
            log.warning("The kept sources of %s are unreadable", title)
            return None
        return (float(row[0]), sources) if sources else None

    def _shut(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        self._path = None


def title_of(request: WatchRequest) -> str:
    """Return what an answer is kept under."""
    episode = request.episode
    return request.content.id if episode is None else f"{request.content.id} {episode.id}"


def _choice(body: Any) -> Choice | None:
    try:
        provider, group, height, languages = body
        return Choice(str(provider), str(group), int(height), tuple(map(str, languages)))
    except (TypeError, ValueError):
        return None


def _ago(seconds: float) -> str:
    minutes = max(0, round(seconds / 60))
    if minutes < 2:  # noqa: PLR2004
        return "just now"
    return f"{minutes} min ago" if minutes < 90 else f"{minutes / 60:.0f} h ago"  # noqa: PLR2004


def _wire(sources: Iterable[StreamSource]) -> str:
    return json.dumps([source.to_wire() for source in sources])


def _open(path: Path) -> sqlite3.Connection:
    try:
        return _opened(path)
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError):  # the disk, not the file's content
            raise
        log.warning("%s is damaged and was set aside", path.name)
        path.replace(path.with_suffix(".damaged"))
        return _opened(path)


def _opened(path: Path) -> sqlite3.Connection:
    path.touch(mode=0o600)  # addresses may hold keys
    db = sqlite3.connect(path, timeout=5, isolation_level=None)
    try:
        _refuse_newer(db, path)
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("PRAGMA synchronous=NORMAL")
        for table in MOST:
            db.execute(
                f"CREATE TABLE IF NOT EXISTS {table} (key TEXT PRIMARY KEY, at REAL, body TEXT)"
            )
        db.execute(f"PRAGMA user_version={_VERSION}")
    except BaseException:
        db.close()
        raise
    return db


def _refuse_newer(db: sqlite3.Connection, path: Path) -> None:
    if db.execute("PRAGMA user_version").fetchone()[0] > _VERSION:
        raise sqlite3.OperationalError(f"{path.name} was written by a newer NovaStream")


def _store(db: sqlite3.Connection, table: str, key: str, at: float, body: str) -> None:
    db.execute("BEGIN IMMEDIATE")
    try:
        db.execute(f"INSERT OR REPLACE INTO {table} VALUES (?, ?, ?)", (key, at, body))  # noqa: S608
        db.execute(
            f"DELETE FROM {table} WHERE key NOT IN"  # noqa: S608
            f" (SELECT key FROM {table} ORDER BY at DESC, key LIMIT ?)",
            (MOST[table],),
        )
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


def _all(db: sqlite3.Connection) -> dict[str, dict[str, Row]]:
    found: dict[str, dict[str, Row]] = {}
    for table in ("choices", "failures", "starts"):
        rows = db.execute(f"SELECT key, at, body FROM {table} ORDER BY at").fetchall()  # noqa: S608
        read = ((key, float(at), _read(text)) for key, at, text in rows)
        found[table] = {key: (at, body) for key, at, body in read if body is not None}
    return found


def _read(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None
