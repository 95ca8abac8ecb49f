"""What the program needs of a progress store."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from novastream_desktop.models import Content, WatchProgress
from novastream_desktop.models.library import Change, LibraryEntry

#: How far two machines' clocks may differ before one counts as wrong.
CLOCKS_DIFFER = timedelta(minutes=5)


def not_from_the_future(entry: WatchProgress, now: datetime) -> WatchProgress:
    """Return an entry of another machine, dated now if its date is in the future.

    As the newest entry wins, one that a wrong clock dated years ahead would win for years.
    """
    return entry.with_(updated_at=now) if entry.updated_at > now + CLOCKS_DIFFER else entry


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of the watch history.

    Attributes:
        day: the day whose last state it is; None for what the last restore replaced.
        entries: how many pieces of progress it has.
        newest: the date of the latest of them.
    """

    day: date | None
    entries: int
    newest: datetime | None = None


class Copies(Protocol):
    """The daily copies of the watch history, of the last seven days that brought something."""

    async def all(self) -> Sequence[Copy]:
        """Return those that can be read, newest first."""
        ...

    async def restore(self, day: date) -> Copy:
        """Go back to the state of a day; what was there before can be had back.

        Raises:
            NotFound: there is no copy of that day.
            StoreError: it is broken, or the disk refuses; nothing was changed.
        """
        ...

    async def undo_restore(self) -> Copy:
        """Go back to what the last restore replaced; twice is as if nothing had been undone.

        Raises:
            NotFound: nothing was restored.
            StoreError: it is broken, or the disk refuses; nothing was changed.
        """
        ...


class ProgressStore(Protocol):
    """Watch progress by (content id, episode id). Older `updated_at` never overwrites newer."""

    @property
    def copies(self) -> Copies:
        """The daily copies, and the way back to one."""
        ...

    async def save(self, items: Iterable[WatchProgress]) -> tuple[WatchProgress, ...]:
        """Store each item unless a newer one is there; return what is stored now for each.

        Raises:
            StoreError: the disk is full or the file cannot be written.
        """
        ...

    async def beat(self, items: Iterable[WatchProgress]) -> tuple[WatchProgress, ...]:
        """Store where somebody is on this device now, in one transaction; return what is stored.

        Each is the newest there is of its key, also where the clock was set back: it is then
        dated a moment after what it replaces. What the disk refuses is kept in memory and
        written with the next heartbeat, or at the end.

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

    async def latest_titles(self, titles: int, each: int = 20) -> Sequence[WatchProgress]:
        """Return the newest entries of the titles watched last, newest first.

        Args:
            titles: how many titles, however much was watched of one of them.
            each: how many entries of one title at most.
        """
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

    async def remembered_contents(self, content_ids: Iterable[str]) -> Mapping[str, str]:
        """Return the kept JSON of those titles that are kept, by content id, in one go."""
        ...

    async def close(self) -> None:
        """Flush and close."""
        ...


class Library(Protocol):
    """What a person keeps. Each change says how to take it back, by `put_back`.

    Everything raises `StoreError` when the disk refuses.
    """

    async def saved(self) -> Sequence[LibraryEntry]:
        """Return what was added, the latest first."""
        ...

    async def has(self, content_id: str) -> bool:
        """Say whether a title was added."""
        ...

    async def add(self, content: Content) -> Change:
        """Add a title; one that is there keeps its date."""
        ...

    async def take_out(self, content_id: str) -> Change:
        """Remove a title; its progress stays."""
        ...

    async def mark(self, items: Iterable[WatchProgress]) -> Change:
        """Write progress as it is given, also over newer."""
        ...

    async def forget(self, keys: Collection[tuple[str, str]]) -> Change:
        """Delete progress by (content id, episode id, empty for a film)."""
        ...

    async def put_aside(self, content_id: str) -> Change:
        """Take a title out of Continue watching until it is played again."""
        ...

    async def aside(self) -> Mapping[str, datetime]:
        """Return when each title was put aside."""
        ...

    async def put_back(self, change: Change) -> None:
        """Make things as they were before a change."""
        ...

    async def searches(self) -> Sequence[str]:
        """Return what was searched for, the latest first."""
        ...

    async def remember_search(self, text: str) -> None:
        """Keep a query."""
        ...

    async def forget_searches(self) -> None:
        """Forget every query."""
        ...
