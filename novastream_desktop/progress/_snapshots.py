"""Daily copies of the watch history, and the way back to one when the file is broken."""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import TypeVar

from novastream_desktop.progress._sqlite import BUSY_SECONDS, Damaged, DocumentFile, Json, stamp_of

T = TypeVar("T")
KEPT = 7
"""How many daily copies are kept."""
_DATED = re.compile(r"-(\d{4}-\d{2}-\d{2})$")
_BESIDE = ("", "-wal", "-shm")


def snapshot_folder(path: Path) -> Path:
    """Return where the copies of a store lie."""
    return path.with_name(f"{path.stem}-snapshots")


def snapshot_of(path: Path, day: date) -> Path:
    """Return where the copy of a day lies."""
    return snapshot_folder(path) / f"{path.stem}-{day.isoformat()}{path.suffix}"


def snapshots(path: Path) -> list[Path]:
    """Return the copies of a store, newest first."""
    found = snapshot_folder(path).glob(f"{path.stem}-*{path.suffix}")
    return sorted((copy for copy in found if _DATED.search(copy.stem)), reverse=True)


def take_snapshot(file: DocumentFile, path: Path, today: date) -> Path:
    """Copy the store as today's snapshot in one atomic step, and drop the oldest ones."""
    target = snapshot_of(path, today)
    folder = target.parent
    folder.mkdir(exist_ok=True)
    part = folder / f".{target.name}.{os.getpid()}.part"
    part.unlink(missing_ok=True)
    try:
        file.copy_to(part)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    for old in snapshots(path)[KEPT:]:
        old.unlink(missing_ok=True)
    return target


def open_or_mend(path: Path, today: date) -> tuple[DocumentFile, tuple[str, ...]]:
    """Open the store; a broken one is moved aside and replaced by the newest good copy.

    Returns:
        The file, and a sentence on what was lost, if anything was.
    """
    with _only_one_process(path):  # a second one would open what is just being moved
        try:
            return _open(path), ()
        except Damaged as damage:
            return _mend(path, today, str(damage))


def _open(path: Path) -> DocumentFile:
    if path.exists() and not path.stat().st_size and snapshots(path):
        raise Damaged("it is empty")
    return DocumentFile.open(path)


@contextmanager
def _only_one_process(path: Path) -> Iterator[None]:
    # SQLite's own lock: it works on every platform and goes when a process is killed.
    lock = sqlite3.connect(
        path.with_name(f"{path.stem}.lock"), timeout=BUSY_SECONDS, isolation_level=None
    )
    with closing(lock):
        lock.execute("BEGIN EXCLUSIVE")
        yield


def _mend(path: Path, today: date, why: str) -> tuple[DocumentFile, tuple[str, ...]]:
    aside = _move_aside(path, today)
    copy = _restore(path)
    file = DocumentFile.open(path)
    saved = _salvage(aside, file)
    head = f"The watch history was damaged ({why}) and was kept as {aside}"
    entries = f"{file.count('progress')} entries"
    if copy is not None:
        day = copy.stem[-10:]
        what = f"the copy of {day} was restored ({entries}"
        what += f", {saved} of them from the damaged file)" if saved else ")"
        loss = f"what was watched after {day} may be missing"
    elif saved:
        what, loss = f"{saved} entries could be read from it", "others may be missing"
    else:
        what, loss = "there was no good copy", "the history starts empty"
    return file, (f"{head}; {what}; {loss}.",)


def _move_aside(path: Path, today: date) -> Path:
    name = f"{path.name}.broken-{today.isoformat()}"
    aside, number = path.with_name(name), 1
    while aside.exists():
        number += 1
        aside = path.with_name(f"{name}-{number}")
    for end in _BESIDE:
        part = path.with_name(path.name + end)
        if part.exists():
            part.replace(aside.with_name(aside.name + end))
    return aside


def _restore(path: Path) -> Path | None:
    for copy in snapshots(path):
        part = path.with_name(f".{path.name}.restored")
        shutil.copyfile(copy, part)
        try:
            DocumentFile.open(part).close()
        except (Damaged, sqlite3.Error):
            part.unlink()
            continue
        part.replace(path)
        return copy
    return None


def _salvage(aside: Path, file: DocumentFile) -> int:
    """Take over what can still be read of a broken file where it is newer; count it."""
    saved = 0
    with file.transaction():
        for collection, doc_id, document in _until_unreadable(_readable(aside)):
            there = file.get(collection, doc_id)
            if there is None or stamp_of(document) > stamp_of(there):
                file.put(collection, doc_id, document)
                saved += collection == "progress"
    return saved


def _until_unreadable(rows: Iterator[T]) -> Iterator[T]:
    with suppress(sqlite3.Error, ValueError, TypeError, AttributeError):
        yield from rows


def _readable(aside: Path) -> Iterator[tuple[str, str, Json]]:
    with closing(sqlite3.connect(f"{aside.as_uri()}?mode=ro", uri=True)) as broken:
        rows = broken.execute("SELECT collection, id, body FROM documents NOT INDEXED")
        for collection, doc_id, body in rows:
            document = json.loads(body)
            stamp_of(document)
            yield str(collection), str(doc_id), document
