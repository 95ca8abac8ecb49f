"""Daily copies of the watch history. What is in them can be had back; see `_mend`, `_copies`."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from novastream_desktop.progress._sqlite import copy_store

KEPT = 7
"""How many daily copies are kept."""
BESIDE = ("", "-wal", "-shm")
"""What SQLite calls a store's files, after the store's own name."""
_DATED = re.compile(r"-(\d{4}-\d{2}-\d{2})$")


def snapshot_folder(path: Path) -> Path:
    """Return where the copies of a store lie."""
    return path.with_name(f"{path.stem}-snapshots")


def snapshot_of(path: Path, day: date) -> Path:
    """Return where the copy of a day lies."""
    return snapshot_folder(path) / f"{path.stem}-{day.isoformat()}{path.suffix}"


def before_restore_of(path: Path) -> Path:
    """Return where the state lies that the last restore replaced."""
    return snapshot_folder(path) / f"{path.stem}-before-restore{path.suffix}"


def snapshots(path: Path) -> list[Path]:
    """Return the copies of a store, newest first."""
    found = snapshot_folder(path).glob(f"{path.stem}-*{path.suffix}")
    return sorted((copy for copy in found if _DATED.search(copy.stem)), reverse=True)


def day_of(copy: Path) -> date:
    """Return the day of a copy."""
    return date.fromisoformat(copy.stem[-10:])


def take_snapshot(path: Path, *days: date) -> None:
    """Copy the store as the state of some days, each in one atomic step; drop the oldest.

    It uses a connection of its own, so that heartbeats go on meanwhile.

    Raises:
        OSError: the disk refuses; whatever copy was there is still there.
        sqlite3.Error: the disk refuses, or the store is damaged; the same holds.
    """
    first, *others = days
    with written(snapshot_of(path, first)) as part:
        copy_store(path, part)
    for day in others:
        with written(snapshot_of(path, day)) as part:
            shutil.copyfile(snapshot_of(path, first), part)
    for old in snapshots(path)[KEPT:]:
        old.unlink(missing_ok=True)


@contextmanager
def written(target: Path) -> Iterator[Path]:
    """Hand out a name to write to, which becomes the target once it is whole and on disk."""
    target.parent.mkdir(exist_ok=True)
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    part.unlink(missing_ok=True)
    try:
        yield part
        with part.open("rb+") as whole:
            os.fsync(whole.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def fresh_copy(source: Path, target: Path) -> None:
    """Copy a closed store; a log left by an earlier one of that name would be taken for its own."""
    remove_store(target)
    shutil.copyfile(source, target)


def remove_store(path: Path) -> None:
    """Delete a store that nobody uses, with what SQLite lays beside it."""
    for end in BESIDE:
        path.with_name(path.name + end).unlink(missing_ok=True)
