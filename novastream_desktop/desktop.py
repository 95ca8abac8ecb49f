"""The program behind the window: implements `ui.backend.Backend` over the running services."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

from novastream_desktop.desktop_parts import DrawingPlayer, Makers, providers_of
from novastream_desktop.errors import UserFacingError
from novastream_desktop.models import (
    HomeSnapshot,
    Row,
    TitleDetails,
    WatchProgress,
)
from novastream_desktop.models.doctor import Finding
from novastream_desktop.paths import AppPaths
from novastream_desktop.playback.library import LibraryDesk
from novastream_desktop.playback.state import SessionPhase, SessionState
from novastream_desktop.playback.transfers import TransferDesk
from novastream_desktop.player.base import RendersVideo
from novastream_desktop.runtime import Clock, Observable, ServiceLoop, SingleInstance
from novastream_desktop.settings import LoadedSettings, Settings, load_settings, save_settings

if TYPE_CHECKING:
    from novastream_desktop.playback.commands import PlaybackCommands
    from novastream_desktop.playback.home import HomeFeed
    from novastream_desktop.playback.program import Services
    from novastream_desktop.playback.session import PlaybackSession
    from novastream_desktop.sources import Resolution

__all__ = ["Desktop", "DrawingPlayer", "Makers"]
log = logging.getLogger(__name__)


class Desktop:
    """The services of one window, built after its first frame.

    Everything happens on `loop`, save that it is made elsewhere.

    Args:
        loop: the service loop, running.
        paths: the installation's folders.
        loaded: the settings, and what was wrong with them.
        instance: this process's claim on the data folder.
        clock: the time.
        home: the last good home page.
        keep_home: writes it for the next start, with how it is to be painted; blocks.
        makers: how the parts are built.
    """

    def __init__(
        self,
        *,
        loop: ServiceLoop,
        paths: AppPaths,
        loaded: LoadedSettings,
        instance: SingleInstance,
        clock: Clock,
        home: HomeSnapshot,
        keep_home: Callable[[HomeSnapshot, Settings], None],
        makers: Makers,
    ) -> None:
        self._loop = loop
        self._paths = paths
        self._settings = loaded.settings
        self._problems = list(loaded.problems)
        self._instance = instance
        self._clock = clock
        self._keep_home = keep_home
        self._makers = makers
        self._home = Observable(home)
        self.library = LibraryDesk(self._services, self._home, clock, self._refresh_continue)
        """What a person keeps."""
        self.transfers = TransferDesk(self._services)
        """The torrents that the engine knows."""
        self._requests: Observable[tuple[int, str | None]] = Observable((0, None))
        self._ready: asyncio.Future[Services] | None = None
        self._stack = AsyncExitStack()
        self._session: PlaybackSession | None = None
        self._feed: HomeFeed | None = None
        self._player: asyncio.Task[DrawingPlayer] | None = None
        self._unwatch_rows: Callable[[], None] | None = None
        self._aside: set[asyncio.Task[None]] = set()

    # -- what the window asks ------------------------------------------------------------------

    @property
    def loop(self) -> ServiceLoop:
        """The service loop, running."""
        return self._loop

    @property
    def settings(self) -> Settings:
        """The settings in force."""
        return self._settings

    @property
    def problems(self) -> Sequence[str]:
        """Sentences about what was wrong at the start."""
        return self._problems

    @property
    def home(self) -> Observable[HomeSnapshot]:
        """The home page."""
        return self._home

    @property
    def requests(self) -> Observable[tuple[int, str | None]]:
        """What later starts of the program hand over: a rising number and a target."""
        return self._requests

    def start_services(self) -> None:
        """Build the services on the loop."""
        self._loop.post(self._begin)

    def receive(self, target: str | None) -> None:
        """Take what a later start of the program was given (None: come to the front)."""
        self._requests.set((self._requests.value[0] + 1, target))

    async def refresh_home(self, row_ids: Collection[str] | None = None) -> None:
        """Ask every row's provider again, or those of some rows."""
        await (await self._services()).program.answering.catalog.refresh(row_ids)

    async def details(self, content_id: str) -> TitleDetails:
        """Return a title and its episodes."""
        return await (await self._services()).program.details(content_id)

    async def progress_of(self, content_id: str) -> Sequence[WatchProgress]:
        """Return how far each part of a title was watched."""
        return await (await self._services()).program.progress_of(content_id)

    async def sources(
        self, content_id: str, episode_id: str | None, into: Observable[Resolution | None]
    ) -> None:
        """Find the ranked sources; `into` fills as providers answer."""
        from novastream_desktop.playback.source_rounds import (  # noqa: PLC0415  (after the frame)
            follow_sources,
        )

        await follow_sources((await self._services()).program, content_id, episode_id, into)

    async def art(self, url: str) -> str:
        """Return the path of a picture on disk."""
        catalog = (await self._services()).program.answering.catalog
        return str(await catalog.art.local(url))

    async def playback(self) -> PlaybackCommands:
        """Return the playback session."""
        await self._services()
        assert self._session is not None
        return self._session

    @property
    def session(self) -> PlaybackSession | None:
        """The playback session once it is built."""
        return self._session

    async def video(self) -> RendersVideo:
        """Return the player that draws."""
        return await self.player()

    async def player(self) -> DrawingPlayer:
        """Return the player, made at the first call; a failure is tried again at the next."""
        if self._player is None or (self._player.done() and self._player.exception()):
            loop = asyncio.get_running_loop()
            self._player = loop.create_task(self._in_thread())
        return await asyncio.shield(self._player)

    async def _in_thread(self) -> DrawingPlayer:
        return await asyncio.to_thread(self._makers.player, self._settings)

    async def save_settings(self, changes: Mapping[str, object]) -> Settings:
        """Change settings by dotted key, save them, and let the services follow."""
        file = self._paths.config_file
        await asyncio.to_thread(save_settings, file, changes)
        loaded = await asyncio.to_thread(load_settings, file, os.environ)
        before, self._settings = self._settings, loaded.settings
        if before.interface != loaded.settings.interface:
            await asyncio.to_thread(self._keep, self._home.value)
        if before.torrents != loaded.settings.torrents:
            await (await self._services()).program.torrents.apply(loaded.settings.torrents)
        if providers_of(before) != providers_of(loaded.settings):
            services = await self._services()
            await services.program.reconfigure(services.reconfigure(loaded.settings))
            self._watch_rows(services)
            await services.program.answering.catalog.refresh()
        return loaded.settings

    async def api_token(self) -> str:
        """Return the HTTP API's token, made if there is none yet."""
        from novastream_desktop.settings import ensure_api_token  # noqa: PLC0415  (rare)

        kept = self._settings.api.token
        return kept or await asyncio.to_thread(ensure_api_token, self._paths.config)

    async def doctor(self) -> Sequence[Finding]:
        """Check what the main job needs."""
        ready = self._ready
        services = ready.result() if ready and ready.done() and not ready.exception() else None
        return await self._makers.examine(services, self._settings, self._problems)

    # -- life ----------------------------------------------------------------------------------

    async def close(self) -> None:
        """Save, stop the session, the player and every service."""
        if self._ready is not None and not self._ready.done():
            self._ready.cancel()
        for task in tuple(self._aside):
            task.cancel()
        if self._session is not None:
            await self._session.close()
        if self._feed is not None:
            await self._feed.refresh_continue()
            await self._feed.close()
        if self._player is not None and self._player.done() and not self._player.exception():
            await asyncio.to_thread(self._player.result().close)
        await self._stack.aclose()

    async def _services(self) -> Services:
        if self._ready is None:
            self._ready = asyncio.get_running_loop().create_future()
        return await asyncio.shield(self._ready)

    def _keep(self, home: HomeSnapshot) -> None:
        self._keep_home(home, self._settings)

    def _begin(self) -> None:
        loop = asyncio.get_running_loop()
        if self._ready is None:
            self._ready = loop.create_future()
        self._run_aside(self._build(self._ready))

    def _run_aside(self, work: Awaitable[None]) -> None:
        task = asyncio.ensure_future(work)
        self._aside.add(task)
        task.add_done_callback(self._aside.discard)

    async def _build(self, ready: asyncio.Future[Services]) -> None:
        await self._instance.listen(self.receive)
        self._stack.push_async_callback(self._instance.close)
        try:
            services = await self._stack.enter_async_context(self._makers.services(self._settings))
        except BaseException as error:
            if not ready.done():  # closing cancels it
                ready.set_exception(error)
                ready.exception()  # every question raises it; nobody has to ask
            if isinstance(error, asyncio.CancelledError):  # the window was closed before that
                raise
            log.warning("The services did not start: %s", error)
            if isinstance(error, UserFacingError):
                return
            raise
        self._session = self._makers.session(services, self.player, lambda: self._settings)
        services.program.session = self._session
        await self._feed_home(services)
        ready.set_result(services)
        self._problems.extend(services.store.problems)
        await self._serve_api(services)

    async def _feed_home(self, services: Services) -> None:
        from novastream_desktop.playback.home import HomeFeed  # noqa: PLC0415  (after the frame)

        async def known(urls: Collection[str]) -> Mapping[str, str]:
            art = services.program.answering.catalog.art
            return await asyncio.to_thread(art.known, urls)

        self._feed = HomeFeed(
            home=self._home,
            store=services.store,
            clock=self._clock,
            known_art=known,
            save=self._keep,
            aside=services.store.library.aside,
        )

        def at_rest(state: SessionState) -> None:
            if state.phase in {SessionPhase.IDLE, SessionPhase.ENDED}:
                self._run_aside(self._refresh_watched())

        self._watch_rows(services)
        assert self._session is not None
        self._session.state.watch(at_rest)

    async def _refresh_continue(self) -> None:
        if self._feed is not None:
            await self._feed.refresh_continue()

    async def _refresh_watched(self) -> None:
        await self._refresh_continue()
        await self.library.refresh()

    def _watch_rows(self, services: Services) -> None:
        if self._unwatch_rows is not None:
            self._unwatch_rows()

        def show(rows: tuple[Row, ...]) -> None:
            if rows and self._feed is not None:
                self._run_aside(self._feed.set_rows(rows))

        self._unwatch_rows = services.program.answering.catalog.rows.watch(show)

    async def _serve_api(self, services: Services) -> None:
        if not self._settings.api.enabled:
            return
        server = self._makers.api(services, self._settings)
        try:
            log.info("HTTP API at %s", await server.start())
        except UserFacingError as error:
            self._problems.append(error.sentence())
            log.warning("%s", error)
            return
        self._stack.push_async_callback(server.close)
