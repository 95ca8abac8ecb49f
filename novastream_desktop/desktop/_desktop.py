"""The program behind the window: implements `ui.backend.Backend` over the running services."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AsyncExitStack
from functools import partial
from typing import TYPE_CHECKING

from novastream_desktop.desktop._makers import DrawingPlayer, Makers, providers_of
from novastream_desktop.desktop._served_api import ServedApi
from novastream_desktop.desktop._shown_home import ShownHome
from novastream_desktop.errors import UserFacingError
from novastream_desktop.models import Content, HomeSnapshot, TitleDetails, WatchProgress
from novastream_desktop.models.doctor import Finding
from novastream_desktop.paths import AppPaths
from novastream_desktop.playback.library import LibraryDesk
from novastream_desktop.playback.reporting import PlaybackReports
from novastream_desktop.playback.skip_desk import SkipDesk
from novastream_desktop.playback.transfers import TransferDesk
from novastream_desktop.player.base import RendersVideo
from novastream_desktop.runtime import Clock, Observable, ServiceLoop, SingleInstance
from novastream_desktop.settings import LoadedSettings, Settings, load_settings, save_settings

if TYPE_CHECKING:
    from novastream_desktop.playback.commands import PlaybackCommands
    from novastream_desktop.playback.program import Services
    from novastream_desktop.playback.session import PlaybackSession
    from novastream_desktop.sources import Resolution

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
        self._shown = ShownHome(self._home, clock, self._keep)
        self.library = LibraryDesk(self._services, self._home, clock, self._shown.refresh_continue)
        """What a person keeps."""
        self.transfers = TransferDesk(self._services)
        """The torrents that the engine knows."""
        self.skips = SkipDesk(self._services)
        """What holds for the skips of shows."""
        self._requests: Observable[tuple[int, str | None]] = Observable((0, None))
        self._ready: asyncio.Future[Services] | None = None
        self._stack = AsyncExitStack()
        self._session: PlaybackSession | None = None
        self._reports: PlaybackReports | None = None
        self._api: ServedApi | None = None
        self._player: asyncio.Task[DrawingPlayer] | None = None
        self._building: asyncio.Task[None] | None = None

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
        """Sentences about what was wrong at the start, and what of it is wrong still."""
        own = [self._api.problem] if self._api is not None and self._api.problem else []
        return [*self._problems, *own]

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

    async def more_of_row(self, row_id: str) -> None:
        """Let a row go on, if there is more of it."""
        await (await self._services()).program.answering.catalog.more(row_id)

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

    async def open_folder(self, folder: str) -> Sequence[Content]:
        """Return the titles in a folder, which Settings name from then on if it has any."""
        from novastream_desktop.desktop._folder import read_folder  # noqa: PLC0415  (rare)

        found, entries = await read_folder(folder, self._settings.sources.local_folders)
        if entries != self._settings.sources.local_folders:
            await self._save({"sources.local_folders": list(entries)})
        return found

    async def save_settings(self, changes: Mapping[str, object]) -> Settings:
        """Change settings by dotted key, save them, and let the services follow."""
        if await self._save(changes):
            await (await self._services()).program.answering.catalog.refresh()
        return self._settings

    async def _save(self, changes: Mapping[str, object]) -> bool:
        """Save settings; return whether there are other providers, to be asked for rows."""
        file = self._paths.config_file
        await asyncio.to_thread(save_settings, file, changes)
        loaded = await asyncio.to_thread(load_settings, file, os.environ)
        before, self._settings = self._settings, loaded.settings
        if before.interface != loaded.settings.interface:
            await asyncio.to_thread(self._keep, self._home.value)
        if before.torrents != loaded.settings.torrents:
            await (await self._services()).program.torrents.apply(loaded.settings.torrents)
        others = providers_of(before) != providers_of(loaded.settings)
        if others:
            services = await self._services()
            await services.program.reconfigure(services.reconfigure(loaded.settings))
            self._shown.watch_rows(services)
        if self._api is not None:
            await self._api.follow(self._settings)
        return others

    async def api_token(self) -> str:
        """Return the HTTP API's token, made if there is none yet."""
        from novastream_desktop.settings import ensure_api_token  # noqa: PLC0415  (rare)

        kept = self._settings.api.token
        return kept or await asyncio.to_thread(ensure_api_token, self._paths.config)

    async def doctor(self) -> Sequence[Finding]:
        """Check what the main job needs."""
        ready = self._ready
        services = ready.result() if ready and ready.done() and not ready.exception() else None
        return await self._makers.examine(services, self._settings, self.problems)

    # -- life ----------------------------------------------------------------------------------

    async def close(self) -> None:
        """Save, stop the session, the player and every service."""
        if self._ready is not None and not self._ready.done():
            self._ready.cancel()
        if self._building is not None:
            self._building.cancel()
            await asyncio.wait({self._building})
        self._shown.stop()
        if self._session is not None:
            await self._session.close()
        if self._reports is not None:
            await self._reports.close()
        await self._shown.close()
        if self._player is not None:
            await asyncio.wait({self._player})  # libmpv's threads must not outlive the program
            if not self._player.exception():
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
        self._building = loop.create_task(self._build(self._ready))
        self._building.add_done_callback(self._built)

    def _built(self, _task: asyncio.Task[None]) -> None:
        self._building = None  # asyncio tells of an error that nobody holds

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
        self._reports = PlaybackReports(
            self._session.state, lambda: services.program.answering.hearers, self._clock
        )
        self._shown.begin(services, self._session, self._refresh_watched)
        ready.set_result(services)
        self._problems.extend(services.store.problems)
        self._api = ServedApi(partial(self._makers.api, services))
        self._stack.push_async_callback(self._api.close)
        await self._api.follow(self._settings)

    async def _refresh_watched(self) -> None:
        await self._shown.refresh_continue()
        await self.library.refresh()
