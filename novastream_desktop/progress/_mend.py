"""Opening the store; a broken one is set aside and the newest good copy takes its place."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import TypeVar

from novastream_desktop.progress._schema import Damaged
from novastream_desktop.progress._snapshots import (
    BESIDE,
    day_of,
    fresh_copy,
    remove_store,
    snapshots,
)
from novastream_desktop.progress._sound import forget_sound, looks_sound
from novastream_desktop.progress._sqlite import BUSY_SECONDS, DocumentFile, Json, stamp_of

T = TypeVar("T")


def open_or_mend(path: Path, today: date) -> tuple[DocumentFile, tuple[str, ...]]:
    """Open the store; a broken one is moved aside and replaced by the newest good copy.

    Returns:
        The file, and a sentence on what was lost, if anything was.
    """
    with _only_one_process(path):  # a second one would open what is just being moved
        try:
            return _open(path), ()
        except Damaged as damage:
            forget_sound(path)
            return _mend(path, today, str(damage))


def _open(path: Path) -> DocumentFile:
    there = path.exists()
    if snapshots(path) and not (there and path.stat().st_size):
        raise Damaged("it is empty" if there else "its file is gone")
    return DocumentFile.open(path, check=not looks_sound(path))


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
    saved = _salvage(aside, file) if aside is not None else 0
    head = f"The watch history was damaged ({why})"
    head += f" and was kept as {aside}" if aside is not None else ""
    entries = f"{file.count('progress')} entries"
    if copy is not None:
        day = day_of(copy)
        what = f"the copy of {day} was restored ({entries}"
        what += f", {saved} of them from the damaged file)" if saved else ")"
        loss = f"what was watched after {day} may be missing"
    elif saved:
        what, loss = f"{saved} entries could be read from it", "others may be missing"
    else:
        what, loss = "there was no good copy", "the history starts empty"
    return file, (f"{head}; {what}; {loss}.",)


def _move_aside(path: Path, today: date) -> Path | None:
    name = f"{path.name}.broken-{today.isoformat()}"
    aside, number = path.with_name(name), 1
    while aside.exists():
        number += 1
        aside = path.with_name(f"{name}-{number}")
    moved = False
    for end in BESIDE:
        part = path.with_name(path.name + end)
        if part.exists():
            part.replace(aside.with_name(aside.name + end))
            moved = True
    return aside if moved else None


def _restore(path: Path) -> Path | None:
    for copy in snapshots(path):
        part = path.with_name(f".{path.name}.restored")
        fresh_copy(copy, part)
        try:
            DocumentFile.open(part).close()
        except (Damaged, sqlite3.Error):
            remove_store(part)
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
