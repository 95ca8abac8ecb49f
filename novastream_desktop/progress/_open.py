"""Opening the store. TinyDB is imported here and not before."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from novastream_desktop.progress.base import Library, ProgressStore
from novastream_desktop.runtime import Clock, SystemClock


class OpenedProgressStore(ProgressStore, Protocol):
    """A store that tells what was found wrong when it was opened."""

    @property
    def problems(self) -> tuple[str, ...]:
        """Sentences on what was lost, for a banner; empty as a rule."""
        ...

    @property
    def library(self) -> Library:
        """What a person keeps beside the progress."""
        ...


async def open_progress_store(path: Path, *, clock: Clock | None = None) -> OpenedProgressStore:
    """Open or create the watch history at `path` (such as `DATA/progress.sqlite3`).

    A broken file is kept beside it as `NAME.broken-DATE` and the newest good daily copy is
    restored; `problems` then says so.

    Raises:
        StoreTooNew: a newer NovaStream wrote the file; it is left as it is.
        StoreError: the disk is full, or permissions are missing.
    """
    from novastream_desktop.progress._store import TinyDbProgressStore  # noqa: PLC0415  (TinyDB)

    return await TinyDbProgressStore.open(path, clock or SystemClock())
