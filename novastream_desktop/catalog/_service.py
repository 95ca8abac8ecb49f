"""The catalogue: rows of the home page, search, and title pages."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from novastream_desktop.catalog import _feeds
from novastream_desktop.catalog._editorial import EditorialList, load_lists, marked
from novastream_desktop.catalog._failures import no_details, raise_failure
from novastream_desktop.catalog._identity import keys_of
from novastream_desktop.catalog._idmap import IdMap
from novastream_desktop.catalog._marks import Marks
from novastream_desktop.catalog._rows import EDITORIAL, TRENDING, compose
from novastream_desktop.catalog._search import fold, merge_results
from novastream_desktop.catalog._titles import TitleCopies
from novastream_desktop.catalog.art import ArtStore
from novastream_desktop.catalog.snapshot import art_urls, load_snapshot, save_snapshot
from novastream_desktop.errors import UserFacingError
from novastream_desktop.models import (
    Content,
    ContentType,
    ContinueItem,
    HomeSnapshot,
    Row,
    TitleDetails,
)
from novastream_desktop.net import HttpClient
from novastream_desktop.paths import resources_dir
from novastream_desktop.providers.base import (
    SupportsDetails,
    SupportsRows,
    SupportsSearch,
    having,
)
from novastream_desktop.providers.boundary import Answer, Named, Troubles, ask
from novastream_desktop.providers.telling import ContinuesRows
from novastream_desktop.runtime import Clock, Observable

T = TypeVar("T")
TIMEOUT = 20.0
MOST_IN_A_ROW = 500
_REMEMBERED = 4_000


class CatalogService:
    """Ask every provider for what it lists and knows; one that fails spoils nothing.

    Args:
        providers: all providers; each is asked for what it supports.
        http: fetches pictures.
        clock: where time comes from.
        snapshot_file: the last good home page; read at the first refresh, written by `keep`.
        art_dir: where pictures are kept.
        resources: the program's resources; None finds them.
        mapping_url: where the list of anime numbers lies; empty: none is used.
        lists: folders with curated lists that become rows, those of the person last.
        timeout: seconds that one provider may take.
        troubles: is told which provider fails.
    """

    def __init__(
        self,
        *,
        providers: Sequence[object],
        http: HttpClient,
        clock: Clock,
        snapshot_file: Path,
        art_dir: Path,
        resources: Path | None = None,
        lists: Sequence[Path] = (),
        mapping_url: str = "",
        timeout: float = TIMEOUT,
        troubles: Troubles | None = None,
    ) -> None:
        self.rows: Observable[tuple[Row, ...]] = Observable(())
        self.art = ArtStore(http, art_dir)
        self._listing = having(providers, SupportsRows)  # type: ignore[type-abstract]
        self._searching = having(providers, SupportsSearch)  # type: ignore[type-abstract]
        self._describing = having(providers, SupportsDetails)  # type: ignore[type-abstract]
        self._clock = clock
        self._snapshot_file = snapshot_file
        self._resources = resources
        self._lists = tuple(lists)
        self._idmap = IdMap(http, mapping_url)
        self._marks = Marks(providers, [folder / "marks" for folder in lists])
        self._editorial: tuple[EditorialList, ...] = EDITORIAL
        self._timeout = timeout
        self._troubles = troubles or Troubles()
        self._copies = TitleCopies(snapshot_file.with_name("titles"))
        self._feeds: _feeds.Feeds | None = None
        self._asking: dict[int, asyncio.Task[None]] = {}
        self._whole: set[tuple[str, int]] = set()
        self._seen: dict[str, Content] = {}

    async def refresh(self, row_ids: Collection[str] | None = None) -> None:
        """Ask for rows again; `rows` fills as answers come. Returns when all have come.

        Args:
            row_ids: only those rows' providers; None asks all.
        """
        feeds = await self._load()
        wanted = None if row_ids is None or TRENDING in row_ids else row_ids
        asked = range(len(self._listing)) if wanted is None else feeds.owners(wanted)
        for at in asked:
            if at not in self._asking:
                self._asking[at] = asyncio.create_task(self._ask_for_rows(at))
        tasks = [self._asking[at] for at in asked]
        if tasks:
            await asyncio.wait(tasks)

    async def more(self, row_id: str) -> None:
        """Let a row go on, if its provider has more of it; `rows` has what came."""
        feeds = await self._load()
        at = next((at for at in feeds.owners([row_id]) if feeds.feeds[at].row(row_id)), None)
        row = None if at is None else feeds.feeds[at].row(row_id)
        if at is None or row is None or (row_id, len(row.items)) in self._whole:
            return
        provider = self._listing[at]
        if len(row.items) >= MOST_IN_A_ROW or not isinstance(provider, ContinuesRows):
            return
        answer = await self._ask(provider, partial(provider.more, row_id, len(row.items)))
        if answer.value is None or self._feeds is None:
            return
        longer = _feeds.continued(self._feeds, at, row_id, answer.value)
        if longer == self._feeds:  # nothing new: that was all
            self._whole.add((row_id, len(row.items)))
        else:
            self._set(longer)

    async def details(self, content_id: str) -> TitleDetails:
        """Return a title and its episodes.

        Asks the provider that gave the id out, then those that know an alias of it, then takes
        the last good copy from disk, then what a row said about it.

        Raises:
            NotFound: nobody knows it.
            ProviderError: its provider failed and there is no copy.
        """
        found, errors = await self._ask_for_details(content_id)
        if found is None:
            found = await self._details_of_an_alias(content_id)
        if found is not None:
            await self._load()
            found = found.with_(content=marked(found.content, self._editorial))
            found = await self._idmap.annotate(found)
            found = await self._marks.annotate(found)
            self._remember([found.content])
            await self._copies.keep(content_id, found)
            return found
        copy = await self._copies.find(content_id)
        if copy is not None:
            return copy
        seen = self._seen.get(content_id)
        if seen is not None and seen.type is ContentType.MOVIE:
            return TitleDetails(content=seen)
        raise no_details(content_id, errors)

    async def search(
        self, query: str, into: Observable[tuple[Content, ...]] | None = None
    ) -> tuple[Content, ...]:
        """Return titles that match, best first, each work once.

        Args:
            query: what is searched for.
            into: fills as providers answer, with all that was found so far.

        Raises:
            ProviderError: nothing was found, and a provider failed.
        """
        if not fold(query):
            return ()
        answers: dict[int, Answer[Sequence[Content]]] = {}
        found: tuple[Content, ...] = ()

        async def hear(at: int) -> None:
            nonlocal found
            provider = self._searching[at]
            answers[at] = answer = await self._ask(provider, partial(provider.search, query))
            if answer.value:
                found = merge_results(query, [answers[n].value or () for n in sorted(answers)])
                self._remember(found)
                if into is not None:
                    into.set(found)

        await asyncio.gather(*(hear(at) for at in range(len(self._searching))))
        if not found:
            raise_failure(answers[at] for at in sorted(answers))
        return found

    async def keep(self, continue_watching: Iterable[ContinueItem] = ()) -> HomeSnapshot:
        """Write the home page to disk as it is now, with what to go on with; return it.

        Raises:
            StoreError: the disk refuses.
        """
        page = HomeSnapshot(
            continue_watching=tuple(continue_watching),
            rows=self.rows.value,
            generated_at=self._clock.now(),
        )
        art = await asyncio.to_thread(self.art.known, art_urls(page))
        page = page.with_(art=art)
        await asyncio.to_thread(save_snapshot, self._snapshot_file, page)
        return page

    async def close(self) -> None:
        """Stop asking."""
        running = list(self._asking.values())
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        await self._idmap.close()
        await self._marks.close()
        await self.art.close()

    async def _load(self) -> _feeds.Feeds:
        if self._feeds is None:
            resources = self._resources or resources_dir()
            page = await asyncio.to_thread(load_snapshot, self._snapshot_file, resources)
            self._editorial = await asyncio.to_thread(load_lists, self._lists)
            if self._feeds is None:
                self._set(_feeds.begin([p.name for p in self._listing], page.rows))
        assert self._feeds is not None
        return self._feeds

    def _set(self, feeds: _feeds.Feeds) -> None:
        self._feeds = feeds
        rows = compose(feeds.rows(), self._editorial)
        self._remember(item for row in rows for item in row.items)
        self.rows.set(rows)

    async def _ask(self, provider: Named, question: Callable[[], Awaitable[T]]) -> Answer[T]:
        note = self._troubles.noting(provider)
        return await ask(provider.name, question, timeout=self._timeout, note=note)

    async def _ask_for_rows(self, at: int) -> None:
        provider = self._listing[at]
        try:
            answer = await self._ask(provider, provider.rows)
        finally:
            del self._asking[at]
        assert self._feeds is not None
        if answer.error is not None:
            self._set(_feeds.failed(self._feeds, at, answer.error))
        else:
            self._set(_feeds.answered(self._feeds, at, answer.value or (), self._clock.now()))

    async def _ask_for_details(
        self, content_id: str
    ) -> tuple[TitleDetails | None, list[UserFacingError]]:
        errors: list[UserFacingError] = []
        for provider in self._describing:
            if not provider.knows(content_id):
                continue
            answer = await self._ask(provider, partial(provider.details, content_id))
            if answer.value is not None:
                return answer.value, errors
            if answer.error is not None:
                errors.append(answer.error)
        return None, errors

    async def _details_of_an_alias(self, content_id: str) -> TitleDetails | None:
        """Return what another provider says of the same work, under the id that was asked for."""
        seen = self._seen.get(content_id)
        for alias in sorted(keys_of(seen) - {content_id}) if seen is not None else ():
            found, _ = await self._ask_for_details(alias)
            if found is not None:
                names = dict.fromkeys((*found.content.aliases, found.content.id))
                content = found.content.with_(
                    id=content_id, aliases=tuple(name for name in names if name != content_id)
                )
                episodes = tuple(e.with_(content_id=content_id) for e in found.episodes)
                return TitleDetails(content=content, episodes=episodes)
        return None

    def _remember(self, contents: Iterable[Content]) -> None:
        for content in contents:
            self._seen.pop(content.id, None)
            self._seen[content.id] = content
        while len(self._seen) > _REMEMBERED:
            del self._seen[next(iter(self._seen))]
