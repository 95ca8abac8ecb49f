"""The library: what was added, what is watched, and changes that can be taken back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from novastream_desktop.models import (
    Content,
    ContentType,
    ContinueItem,
    Episode,
    HomeSnapshot,
    TitleDetails,
    WatchProgress,
)
from novastream_desktop.models.library import (
    Change,
    HistoryItem,
    LibraryEntry,
    LibraryItem,
    LibraryPage,
    LibraryState,
    TitleMarks,
)
from novastream_desktop.playback._history import Remembered, for_every_entry, recall, recall_all
from novastream_desktop.playback._shadows import without_shadows
from novastream_desktop.playback.plan import WORTH_RESUMING, continue_items
from novastream_desktop.runtime import Clock, Observable

if TYPE_CHECKING:
    from novastream_desktop.playback.program import Services

_HISTORY = 500
"""Entries that the history looks back on."""


class LibraryDesk:
    """What the window asks about the library. Lives on the service loop.

    Args:
        services: waits for the services.
        home: the home page; what stands in Continue watching is taken from it.
        clock: the time.
        changed: called after each change, so that the home page follows.
    """

    def __init__(
        self,
        services: Callable[[], Awaitable[Services]],
        home: Observable[HomeSnapshot],
        clock: Clock,
        changed: Callable[[], Awaitable[None]],
    ) -> None:
        self.page: Observable[LibraryPage | None] = Observable(None)
        """The library's page, None until somebody opened it."""
        self._services, self._home = services, home
        self._clock, self._changed = clock, changed
        self._open = False

    async def open(self) -> None:
        """Fill the page, and keep it fresh from now on."""
        self._open = True
        await self.refresh()

    async def refresh(self) -> None:
        """Look again at what is kept, if anybody looks at it."""
        if not self._open:
            return
        store = (await self._services()).store
        recent = await store.recent(_HISTORY)
        kept = await recall_all(store, dict.fromkeys(entry.content_id for entry in recent))
        titles = {content_id: remembered.details for content_id, remembered in kept.items()}
        self.page.set(library_page(await store.library.saved(), recent, titles))

    async def marks(self, content_id: str, episode_id: str = "") -> TitleMarks:
        """Return what is known of a title, or of one of its episodes."""
        services = await self._services()
        progress = await services.program.progress_of(content_id)
        remembered = await recall(services.store, content_id)
        episodes = remembered.details.episodes if remembered else ()
        return TitleMarks(
            saved=await services.store.library.has(content_id),
            watched=is_watched(episodes, episode_id, progress),
            begun=any(p.finished or p.position >= WORTH_RESUMING for p in progress),
            going=any(i.content.id == content_id for i in self._home.value.continue_watching),
        )

    async def keep(self, content_id: str, on: bool, brief: Content | None = None) -> Change:
        """Add a title to the library, or take it out."""
        services = await self._services()
        if on:
            content = brief or (await services.program.details(content_id)).content
            change = await services.store.library.add(content)
        else:
            change = await services.store.library.take_out(content_id)
        await self._after()
        return change

    async def mark_watched(self, content_id: str, episode_id: str, on: bool) -> Change:
        """Mark a film, an episode or (without an episode) a whole series as watched, or not."""
        services = await self._services()
        details = await services.program.details(content_id)
        if await recall(services.store, content_id) is None:
            text = Remembered(details=details).model_dump_json(by_alias=True, exclude_none=True)
            await services.store.remember_content(text, content_id)
        before = await services.program.progress_of(content_id)
        entries = marked(details, episode_id, before, self._clock.now(), watched=on)
        parts = {episode.id: episode for episode in details.episodes}
        kept = [e for one in entries for e in for_every_entry(one, parts.get(one.episode_id or ""))]
        change = await services.store.library.mark(kept)
        await self._after()
        return change

    async def forget(self, content_id: str, episode_id: str = "") -> Change:
        """Take one film or episode out of the history, and its position with it."""
        store = (await self._services()).store
        kept = await recall(store, content_id)
        parts = kept.details.episodes if kept is not None else ()
        own = next((e.content_id for e in parts if e.id == episode_id), content_id)
        keys = dict.fromkeys([(content_id, episode_id), (own, episode_id)])
        change = await store.library.forget(list(keys))
        await self._after()
        return change

    async def put_aside(self, content_id: str) -> Change:
        """Take a title out of Continue watching; its position stays."""
        change = await (await self._services()).store.library.put_aside(content_id)
        await self._after()
        return change

    async def put_back(self, change: Change) -> None:
        """Take a change back."""
        await (await self._services()).store.library.put_back(change)
        await self._after()

    async def search(self, query: str, into: Observable[tuple[Content, ...]]) -> Sequence[Content]:
        """Return titles that match, of every catalogue; `into` fills as they answer."""
        return await (await self._services()).program.search(query, into)

    async def searches(self) -> Sequence[str]:
        """Return what was searched for, the latest first."""
        return await (await self._services()).store.library.searches()

    async def remember_search(self, text: str) -> None:
        """Keep a query that led somewhere."""
        await (await self._services()).store.library.remember_search(text)

    async def forget_searches(self) -> None:
        """Forget every query."""
        await (await self._services()).store.library.forget_searches()

    async def _after(self) -> None:
        await self._changed()
        await self.refresh()


def is_watched(
    episodes: Sequence[Episode], episode_id: str, progress: Sequence[WatchProgress]
) -> bool:
    """Whether a film, an episode or (without an id) every episode of a series was watched."""
    finished = {entry.episode_id or "" for entry in progress if entry.finished}
    if episode_id or not episodes:
        return episode_id in finished
    return all(episode.id in finished for episode in episodes)


def marked(
    details: TitleDetails,
    episode_id: str,
    before: Sequence[WatchProgress],
    now: datetime,
    *,
    watched: bool,
) -> tuple[WatchProgress, ...]:
    """Return the entries that say that a title or one of its episodes was watched, or was not.

    Of a whole series only those change that are not so already.
    """
    there = {entry.episode_id or "": entry for entry in before}
    wanted: list[tuple[str, float | None]]
    if details.episodes:
        chosen = [e for e in details.episodes if not episode_id or e.id == episode_id]
        wanted = [(e.id, e.runtime) for e in chosen]
    else:
        wanted = [("", details.content.runtime)]
    entries: list[WatchProgress] = []
    for key, runtime in wanted:
        old = there.get(key)
        begun = old is not None and (old.finished or old.position > 0)
        if (old is not None and old.finished and watched) or not (watched or begun):
            continue
        duration = old.duration if old and old.duration else runtime or 0.0
        entries.append(
            WatchProgress(
                content_id=details.content.id,
                episode_id=key or None,
                position=0.0,
                duration=duration,
                updated_at=now,
                finished=watched,
            )
        )
    return tuple(entries)


def library_page(
    saved: Sequence[LibraryEntry],
    newest_first: Sequence[WatchProgress],
    titles: Mapping[str, TitleDetails],
) -> LibraryPage:
    """Return the page: titles in use are watched or finished, the others that were added planned.

    Args:
        saved: what was added, the latest first.
        newest_first: progress.
        titles: what is remembered of the titles in it.
    """
    newest_first = without_shadows(newest_first, titles)
    added = {entry.content.id: entry.content for entry in saved}
    going = continue_items(newest_first, titles)
    watching = [_watching(item, item.content.id in added) for item in going]
    used = {item.content.id for item in going}
    finished: dict[str, LibraryItem] = {}
    for entry in newest_first:
        content_id = entry.content_id
        if not entry.finished or content_id in used or content_id in finished:
            continue
        content = _content(content_id, added, titles)
        finished[content_id] = LibraryItem(
            content=content, state=LibraryState.FINISHED, saved=content_id in added
        )
    planned = [
        LibraryItem(content=content, state=LibraryState.PLANNED, saved=True)
        for content_id, content in added.items()
        if content_id not in used and content_id not in finished
    ]
    history = tuple(
        HistoryItem(
            content=_content(entry.content_id, added, titles),
            episode=_episode(titles.get(entry.content_id), entry.episode_id),
            progress=entry,
        )
        for entry in newest_first
        if entry.finished or entry.position >= WORTH_RESUMING
    )
    return LibraryPage(items=(*watching, *planned, *finished.values()), history=history)


def _watching(item: ContinueItem, saved: bool) -> LibraryItem:
    return LibraryItem(
        content=item.content,
        state=LibraryState.WATCHING,
        saved=saved,
        episode=item.episode,
        progress=item.progress,
    )


def _content(
    content_id: str, added: Mapping[str, Content], titles: Mapping[str, TitleDetails]
) -> Content:
    details = titles.get(content_id)
    if details is not None:
        return details.content
    return added.get(content_id) or Content(id=content_id, title=content_id, type=ContentType.MOVIE)


def _episode(details: TitleDetails | None, episode_id: str | None) -> Episode | None:
    episodes = details.episodes if details is not None else ()
    return next((episode for episode in episodes if episode.id == episode_id), None)
