"""The last rows of every provider, and what becomes of them when one answers or fails."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from novastream_desktop.errors import UserFacingError
from novastream_desktop.models import Content, Row


@dataclass(frozen=True, slots=True)
class Feed:
    """What one provider gave last.

    Attributes:
        rows: its last good rows, or one that only tells the problem.
        answered: it has answered or failed since the program started.
        failed: its last answer was a failure.
    """

    name: str
    rows: tuple[Row, ...] = ()
    answered: bool = False
    failed: bool = False

    def row(self, row_id: str) -> Row | None:
        """Return the row of that id, None if there is none."""
        return next((row for row in self.rows if row.id == row_id), None)


@dataclass(frozen=True, slots=True)
class Feeds:
    """Every provider's feed in registry order, and rows of an earlier run that nobody claimed."""

    feeds: tuple[Feed, ...]
    earlier: tuple[Row, ...] = ()

    def rows(self) -> tuple[Row, ...]:
        """Return all rows, those of this run first; today's answer hides an old one."""
        today = {row.id for feed in self.feeds if not feed.failed for row in feed.rows}
        mine = tuple(
            row
            for feed in self.feeds
            for row in feed.rows
            if not feed.failed or row.id not in today
        )
        ids = {row.id for row in mine if row.items}
        return (*mine, *(row for row in self.earlier if row.id not in ids))

    def owners(self, row_ids: Iterable[str]) -> list[int]:
        """Return the providers that are to be asked for some rows (all, if one is unknown)."""
        wanted = set(row_ids)
        owners = [
            at for at, feed in enumerate(self.feeds) if wanted & {row.id for row in feed.rows}
        ]
        known = {row.id for at in owners for row in self.feeds[at].rows}
        return owners if wanted <= known else list(range(len(self.feeds)))


def begin(names: Sequence[str], earlier: Iterable[Row]) -> Feeds:
    """Return the state before anybody was asked: what an earlier run kept, marked as such."""
    old = tuple(row.with_(stale=True) for row in earlier if row.items)
    return Feeds(tuple(Feed(name) for name in names), old)


def answered(feeds: Feeds, at: int, rows: Iterable[Row], now: datetime) -> Feeds:
    """Take a provider's rows for today's; one that only tells a problem keeps its last items."""
    name = feeds.feeds[at].name
    last = {row.id: row for row in (*feeds.earlier, *feeds.feeds[at].rows) if row.items}
    fresh = tuple(
        row.with_(origin=row.origin or name, stale=False, problem=None, fetched_at=now)
        if row.items
        else last.get(row.id, row).with_(
            origin=row.origin or name, stale=row.id in last, problem=row.problem
        )
        for row in rows
        if row.items or row.problem
    )
    return _settled(
        _with(feeds, at, replace(feeds.feeds[at], rows=fresh, answered=True, failed=False))
    )


def continued(feeds: Feeds, at: int, row_id: str, items: Iterable[Content]) -> Feeds:
    """Add what follows to one of a provider's rows, each title once."""
    feed = feeds.feeds[at]
    more = tuple(items)
    rows = tuple(
        row.with_(items=tuple({item.id: item for item in (*row.items, *more)}.values()))
        if row.id == row_id
        else row
        for row in feed.rows
    )
    return _with(feeds, at, replace(feed, rows=rows))


def failed(feeds: Feeds, at: int, error: UserFacingError) -> Feeds:
    """Keep a provider's last good rows and say on each why they are old."""
    feed = feeds.feeds[at]
    problem = error.sentence()
    kept = tuple(row for row in feed.rows if row.items)
    mine = [row for row in feeds.earlier if row.origin == feed.name]
    earlier = tuple(row for row in feeds.earlier if row.origin != feed.name)
    rows = tuple(row.with_(stale=True, problem=problem) for row in (*kept, *mine))
    if not rows:
        title = feed.name.replace("-", " ").capitalize()
        rows = (Row(id=f"problem-{feed.name}", title=title, origin=feed.name, problem=problem),)
    feed = replace(feed, rows=rows, answered=True, failed=True)
    return _settled(_with(replace(feeds, earlier=earlier), at, feed))


def _with(feeds: Feeds, at: int, feed: Feed) -> Feeds:
    return replace(feeds, feeds=(*feeds.feeds[:at], feed, *feeds.feeds[at + 1 :]))


def _settled(feeds: Feeds) -> Feeds:
    """Drop an earlier run's rows once every provider has answered well without them."""
    if all(feed.answered and not feed.failed for feed in feeds.feeds):
        return replace(feeds, earlier=())
    return feeds
