"""The home page while the services run: rows as they come, and what to go on with."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping
from typing import TYPE_CHECKING

from novastream_desktop.models import HomeSnapshot, Row
from novastream_desktop.playback.state import SessionPhase, SessionState
from novastream_desktop.runtime import Clock, Observable

if TYPE_CHECKING:
    from novastream_desktop.playback.home import HomeFeed
    from novastream_desktop.playback.program import Services
    from novastream_desktop.playback.session import PlaybackSession


class ShownHome:
    """Keeps the home page up to date. Used on the service loop.

    Args:
        page: the page; holds the last good one until there is another.
        clock: the time.
        save: writes it for the next start; blocks.
    """

    def __init__(
        self, page: Observable[HomeSnapshot], clock: Clock, save: Callable[[HomeSnapshot], None]
    ) -> None:
        self._page = page
        self._clock = clock
        self._save = save
        self._feed: HomeFeed | None = None
        self._unwatch_rows: Callable[[], None] | None = None
        self._aside: set[asyncio.Task[None]] = set()

    def begin(
        self, services: Services, session: PlaybackSession, at_rest: Callable[[], Awaitable[None]]
    ) -> None:
        """Follow the catalogue's rows and the session.

        Args:
            services: what is running.
            session: who plays.
            at_rest: called when nothing plays any more.
        """
        from novastream_desktop.playback.home import HomeFeed  # noqa: PLC0415  (after the frame)

        async def known(urls: Collection[str]) -> Mapping[str, str]:
            art = services.program.answering.catalog.art
            return await asyncio.to_thread(art.known, urls)

        def changed(state: SessionState) -> None:
            if state.phase in {SessionPhase.IDLE, SessionPhase.ENDED}:
                self._run_aside(at_rest())

        self._feed = HomeFeed(
            home=self._page,
            store=services.store,
            clock=self._clock,
            known_art=known,
            save=self._save,
            aside=services.store.library.aside,
        )
        self.watch_rows(services)
        session.state.watch(changed)

    def watch_rows(self, services: Services) -> None:
        """Follow the catalogue that answers now."""
        if self._unwatch_rows is not None:
            self._unwatch_rows()

        def show(rows: tuple[Row, ...]) -> None:
            if rows and self._feed is not None:
                self._run_aside(self._feed.set_rows(rows))

        self._unwatch_rows = services.program.answering.catalog.rows.watch(show)

    async def refresh_continue(self) -> None:
        """Look again at what was watched."""
        if self._feed is not None:
            await self._feed.refresh_continue()

    def stop(self) -> None:
        """Give up what runs aside."""
        for task in tuple(self._aside):
            task.cancel()

    async def close(self) -> None:
        """Write the page as it is now."""
        if self._feed is not None:
            await self._feed.refresh_continue()
            await self._feed.close()

    def _run_aside(self, work: Awaitable[None]) -> None:
        task = asyncio.ensure_future(work)
        self._aside.add(task)
        task.add_done_callback(self._aside.discard)
