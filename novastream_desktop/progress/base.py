"""What the program needs of a progress store."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from novastream_desktop.models import WatchProgress

#: How far two machines' clocks may differ before one counts as wrong.
CLOCKS_DIFFER = timedelta(minutes=5)


def not_from_the_future(entry: WatchProgress, now: datetime) -> WatchProgress:
    """Return an entry of another machine, dated now if its date is in the future.

    As the newest entry wins, one that a wrong clock dated years ahead would win for years.
    """
    return entry.with_(updated_at=now) if entry.updated_at > now + CLOCKS_DIFFER else entry


class ProgressStore(Protocol):
    """Watch progress by (content id, episode id). Older `updated_at` never overwrites newer."""

    async def save(self, items: Iterable[WatchProgress]) -> tuple[WatchProgress, ...]:
        """Store each item unless a newer one is there; return what is stored now for each.

        Raises:
            StoreError: the disk is full or the file cannot be written.
        """
        ...

    async def get(self, content_id: str, episode_id: str | None = None) -> WatchProgress | None:
        """Return one entry."""
        ...

    async def of_content(self, content_id: str) -> Sequence[WatchProgress]:
        """Return all entries of a title."""
        ...

    async def recent(self, limit: int | None = None) -> Sequence[WatchProgress]:
        """Return entries, newest first."""
        ...

    async def since(self, moment: datetime) -> Sequence[WatchProgress]:
        """Return entries updated after a moment, oldest first."""
        ...

    async def remember_content(self, content_json: str, content_id: str) -> None:
        """Keep a title's facts (its JSON) so that "continue watching" works offline."""
        ...

    async def remembered_content(self, content_id: str) -> str | None:
        """Return the kept JSON of a title."""
        ...

    async def close(self) -> None:
        """Flush and close."""
        ...
