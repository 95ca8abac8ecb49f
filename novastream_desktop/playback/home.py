"""The home page: what to go on with, and the catalogue's rows, kept on disk for the next start."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from datetime import datetime

from novastream_desktop.models import ContinueItem, HomeSnapshot, Row, WatchProgress
from novastream_desktop.playback._history import recall_all
from novastream_desktop.playback.plan import continue_items
from novastream_desktop.progress.base import ProgressStore
from novastream_desktop.runtime import Clock, Observable

SAVE_DELAY = 1.0
"""Rows come in one by one; the page is written once they have settled."""
MOST_TITLES = 60
"""Titles in Continue watching are looked for among so many."""


class HomeFeed:
    """Puts the home page together. Lives on the service loop.

    Args:
        home: holds the last good page from disk; set with each new one.
        store: where progress and remembered titles are.
        clock: the time.
        known_art: which of some picture urls are on disk already, with their paths.
        save: writes the page to disk (called off the loop).
        aside: which titles were taken out of Continue watching, and when.
    """

    def __init__(
        self,
        *,
        home: Observable[HomeSnapshot],
        store: ProgressStore,
        clock: Clock,
        known_art: Callable[[Collection[str]], Awaitable[Mapping[str, str]]],
        save: Callable[[HomeSnapshot], None],
        aside: Callable[[], Awaitable[Mapping[str, datetime]]] | None = None,
    ) -> None:
        self._home = home
        self._store = store
        self._clock = clock
        self._known_art = known_art
        self._save = save
        self._aside = aside
        self._saving: asyncio.Task[None] | None = None
        self._turn = asyncio.Lock()  # one change of the page at a time, or one undoes the other

    async def set_rows(self, rows: tuple[Row, ...]) -> None:
        """Show other rows."""
        async with self._turn:
            await self._show(self._home.value.with_(rows=rows))

    async def refresh_continue(self) -> None:
        """Look again at what was watched."""
        async with self._turn:
            aside = await self._aside() if self._aside is not None else {}
            items = await continue_watching(self._store, aside)
            await self._show(self._home.value.with_(continue_watching=items))

    async def close(self) -> None:
        """Write the page if it has changed since it was written."""
        if self._saving is not None:
            self._saving.cancel()
            await asyncio.to_thread(self._save, self._home.value)

    async def _show(self, page: HomeSnapshot) -> None:
        art = await self._known_art(_pictures(page))
        newest = page.with_(art=dict(art))
        before = self._home.value
        if newest.with_(generated_at=None) == before.with_(generated_at=None):
            return
        self._home.set(newest.with_(generated_at=self._clock.now()))
        if self._saving is None or self._saving.done():
            self._saving = asyncio.get_running_loop().create_task(self._save_soon())

    async def _save_soon(self) -> None:
        await asyncio.sleep(SAVE_DELAY)
        self._saving = None
        await asyncio.to_thread(self._save, self._home.value)


async def continue_watching(
    store: ProgressStore, aside: Mapping[str, datetime] | None = None
) -> tuple[ContinueItem, ...]:
    """Return what to go on with, the latest first, without what was put aside."""
    recent = await store.latest_titles(MOST_TITLES)
    kept = await recall_all(store, dict.fromkeys(entry.content_id for entry in recent))
    titles = {content_id: remembered.details for content_id, remembered in kept.items()}
    return without_aside(continue_items(recent, titles), recent, aside or {})


def without_aside(
    items: Sequence[ContinueItem],
    newest_first: Sequence[WatchProgress],
    aside: Mapping[str, datetime],
) -> tuple[ContinueItem, ...]:
    """Return the items without the titles that were put aside after they were last played."""
    last = {entry.content_id: entry.updated_at for entry in reversed(newest_first)}
    return tuple(
        item
        for item in items
        if item.content.id not in aside or aside[item.content.id] < last[item.content.id]
    )


def _pictures(page: HomeSnapshot) -> set[str]:
    contents = [item.content for item in page.continue_watching]
    contents += [content for row in page.rows for content in row.items]
    urls = {url for content in contents for url in (content.poster_url, content.backdrop_url)}
    episodes = (item.episode for item in page.continue_watching)
    urls |= {episode.thumbnail_url for episode in episodes if episode and episode.thumbnail_url}
    return urls - {""}
