"""The composition root: the only place that builds objects, starts them, and stops them again.

Everything heavy is imported inside functions, so that the window can paint before it.
"""
# ruff: noqa: PLC0415

from __future__ import annotations

import gc
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from novastream_desktop.errors import EnvironmentUnusable
from novastream_desktop.paths import AppPaths, resources_dir
from novastream_desktop.runtime import Clock, ServiceLoop, SingleInstance, SystemClock

if TYPE_CHECKING:
    from concurrent.futures import Future

    from novastream_desktop.api.server import ApiServer
    from novastream_desktop.desktop import Desktop
    from novastream_desktop.models import HomeSnapshot
    from novastream_desktop.models.doctor import Finding, ProviderState
    from novastream_desktop.net import RoutedHttpClient
    from novastream_desktop.playback.program import Answering, Program, Services
    from novastream_desktop.playback.session import PlaybackSession
    from novastream_desktop.player._mpv import MpvPlayer
    from novastream_desktop.player.base import Player
    from novastream_desktop.progress import OpenedProgressStore
    from novastream_desktop.providers.base import Provider, ProviderSpec, WatchRequest
    from novastream_desktop.settings import LoadedSettings, Settings
    from novastream_desktop.skips import SkipMemory, ThemeLearner
    from novastream_desktop.sources import SourceMemory
    from novastream_desktop.subtitles import SubtitleMemory
    from novastream_desktop.torrents.engine import LibtorrentEngine

DEMO_MOUNT = "demo"


class Installation(NamedTuple):
    """Where this installation keeps its files, and how it tells the time."""

    paths: AppPaths
    resources: Path
    clock: Clock

    @classmethod
    def here(cls, paths: AppPaths) -> Installation:
        """Return the installation that runs."""
        return cls(paths, resources_dir(), SystemClock())

    @property
    def snapshot_file(self) -> Path:
        """The last good home page."""
        return self.paths.cache / "home.json"

    @property
    def painted_file(self) -> Path:
        """The same as the window paints it first."""
        return self.paths.cache / "painted.json"


@asynccontextmanager
async def start_services(
    here: Installation, settings: Settings, *, serve_demo: bool = True
) -> AsyncIterator[Services]:
    """Build and start every service on the running loop; stop them in mirrored order.

    Args:
        here: the installation.
        settings: the settings in force.
        serve_demo: give the demo's media out as HTTP addresses, which end with the process;
            else as files, which also the next command can read.

    Raises:
        StoreError: progress cannot be opened.
        EnvironmentUnusable: a folder cannot be used, or loopback is closed.
    """
    from novastream_desktop.net.client import create_http_client
    from novastream_desktop.net.media_server import MediaServer, folder_resolver
    from novastream_desktop.playback.program import Program, Services
    from novastream_desktop.progress import open_progress_store
    from novastream_desktop.skips import SkipMemory, ThemeLearner
    from novastream_desktop.sources import SourceMemory
    from novastream_desktop.subtitles import SubtitleMemory
    from novastream_desktop.torrents.demo_seeder import DemoSeeder
    from novastream_desktop.torrents.engine import LibtorrentEngine

    paths, clock, demo = here.paths, here.clock, here.resources / "demo"
    paths.ensure()
    async with AsyncExitStack() as stack:
        http = create_http_client(cache_dir=paths.cache, clock=clock, network=settings.network)
        stack.push_async_callback(http.close)
        media = MediaServer()
        await media.start()
        stack.push_async_callback(media.close)
        media.mount(DEMO_MOUNT, folder_resolver(demo))
        store = await open_progress_store(paths.data / "progress.sqlite3", clock=clock)
        stack.push_async_callback(store.close)
        seeder = DemoSeeder(demo / "moon-courier.torrent", demo)
        stack.callback(seeder.close)
        torrents = LibtorrentEngine(
            settings=settings.torrents,
            media_server=media,
            data_dir=paths.data / "torrents",
            cache_dir=paths.cache / "torrents",
            clock=clock,
            http=http,
            known_peers=seeder.endpoint,
        )
        stack.push_async_callback(torrents.close)
        memory = SourceMemory(paths.data / "sources.sqlite3", clock)
        stack.push_async_callback(memory.close)
        chosen = SubtitleMemory(paths.data / "subtitles.json")
        stack.push_async_callback(chosen.settle)
        taught = SkipMemory(paths.data / "skips.json")
        stack.push_async_callback(taught.settle)
        answers = _Answers(
            here=here,
            http=http,
            store=store,
            demo_base=media.url(DEMO_MOUNT, "") if serve_demo else "",
            memory=memory,
            torrents=torrents,
            chosen=chosen,
            taught=taught,
            learner=ThemeLearner(paths.cache / "fingerprints"),
        )
        program = Program(answers.build(settings), store=store, torrents=torrents, clock=clock)
        stack.push_async_callback(program.close)
        gc.freeze()  # what is loaded stays: without this, full collections hold a frame up
        yield Services(program, store, answers.build)


class _Answers(NamedTuple):
    """Builds the services that ask providers, anew whenever the providers' settings change."""

    here: Installation
    http: RoutedHttpClient
    store: OpenedProgressStore
    demo_base: str
    memory: SourceMemory
    torrents: LibtorrentEngine
    chosen: SubtitleMemory
    taught: SkipMemory
    learner: ThemeLearner

    def build(self, settings: Settings) -> Answering:
        from novastream_desktop.catalog import CatalogService
        from novastream_desktop.models import ContentType
        from novastream_desktop.playback.anime import AnimePlaybackService
        from novastream_desktop.playback.movie import MoviePlaybackService
        from novastream_desktop.playback.program import Answering
        from novastream_desktop.playback.series import SeriesPlaybackService
        from novastream_desktop.providers.base import BundledMirror, ProviderContext
        from novastream_desktop.providers.boundary import Troubles
        from novastream_desktop.providers.checking import check_all
        from novastream_desktop.providers.registry import PROVIDERS, build_providers
        from novastream_desktop.skips import SkipService
        from novastream_desktop.sources import SourceService
        from novastream_desktop.subtitles import SubtitleService

        resources, cache = self.here.resources, self.here.paths.cache
        http, clock = self.http, self.here.clock
        http.use(settings.network)
        bundled = (
            BundledMirror(resources / "demo", "demo", "Demo", self.demo_base),
            BundledMirror(resources / "catalog", "open-films", "Open films"),
        )
        providers = build_providers(ProviderContext(settings, http, clock, bundled))
        troubles = Troubles()
        catalog = CatalogService(
            providers=providers,
            http=http,
            clock=clock,
            snapshot_file=self.here.snapshot_file,
            art_dir=cache / "art",
            resources=resources,
            lists=(resources / "editorial", self.here.paths.config / "lists"),
            mapping_url=settings.anilist.mapping_url if settings.anilist.enabled else "",
            troubles=troubles,
        )
        sources = SourceService(
            providers=providers,
            http=http,
            clock=clock,
            settings=settings.sources,
            troubles=troubles,
            memory=self.memory,
            torrent_health=self.torrents,
        )
        subtitles = SubtitleService(
            providers=providers,
            http=http,
            settings=settings.subtitles,
            cache_dir=cache / "subtitles",
            troubles=troubles,
            memory=self.chosen,
        )
        skips = SkipService(
            providers=providers,
            clock=clock,
            troubles=troubles,
            memory=self.taught,
            learner=self.learner,
            files_of=partial(_files_on_disk, providers),
        )
        kinds = {
            ContentType.MOVIE: MoviePlaybackService,
            ContentType.SERIES: SeriesPlaybackService,
            ContentType.ANIME: AnimePlaybackService,
        }
        services = {
            kind: make(
                sources=sources,
                subtitles=subtitles,
                skips=skips,
                progress=self.store,
                http=http,
                room=partial(_room_for_torrents, self.here.paths, settings),
            )
            for kind, make in kinds.items()
        }
        states = tuple(_state_of(spec, providers) for spec in PROVIDERS)
        check = partial(check_all, providers, troubles, timeout=settings.sources.timeout)
        return Answering(catalog, sources, subtitles, services, states, troubles, check)


def _room_for_torrents(paths: AppPaths, settings: Settings) -> int:
    """Return the bytes that one torrent may take: of the cache's limit and of the disk."""
    import shutil

    own = settings.torrents.save_dir
    free = shutil.disk_usage(own if own and Path(own).is_dir() else paths.cache).free
    return free if own else min(free, int(settings.torrents.max_cache_gb * 2**30))


async def _files_on_disk(providers: Sequence[Provider], request: WatchRequest) -> list[Path]:
    """Return an episode's files that providers of this machine's own files know."""
    from novastream_desktop.catalog.snapshot import path_of_file_url
    from novastream_desktop.errors import ProviderError
    from novastream_desktop.providers.base import ReadsFiles, SupportsSources, having

    found: list[Path] = []
    for provider in having(providers, SupportsSources):  # type: ignore[type-abstract]
        if isinstance(provider, ReadsFiles) and provider.reads_files:
            try:
                urls = [source.url for source in await provider.sources(request)]
            except ProviderError:
                continue
            found += [path_of_file_url(url) for url in urls if url.startswith("file:")]
    return found


def _state_of(spec: ProviderSpec, providers: Sequence[Provider]) -> ProviderState:
    from novastream_desktop.models.doctor import ProviderState, ProviderStatus

    if any(provider.name == spec.name for provider in providers):
        return ProviderState(name=spec.name, title=spec.title)
    return ProviderState(
        name=spec.name,
        title=spec.title,
        status=ProviderStatus.OFF,
        detail="It is switched off or not configured",
        hint="Switch it on in Settings",
    )


# -- without a window --------------------------------------------------------------------------


@asynccontextmanager
async def open_services(paths: AppPaths, settings: Settings) -> AsyncIterator[Program]:
    """Start the services for one command on the running loop."""
    here = Installation.here(paths)
    async with start_services(here, settings, serve_demo=False) as services:
        yield services.program


# -- with a window -----------------------------------------------------------------------------


def run_window(
    paths: AppPaths,
    prepare: Callable[[], LoadedSettings],
    target: str | None,
    *,
    painted: Callable[[], object] | None = None,
) -> int:
    """Open the window and return the exit code when it is closed.

    A second start on the same data folder hands its target to the first and ends.

    Raises:
        EnvironmentUnusable: no screen or OpenGL, or the first process does not answer.

    Args:
        paths: the installation's folders; they exist.
        prepare: loads the settings; called on another thread, after the first frame.
        target: what to play at once.
        painted: called when the first rows are on the screen.
    """
    instance = SingleInstance(paths.data)
    if not instance.claim():
        if instance.hand_over(target):
            return 0
        raise EnvironmentUnusable(
            "NovaStream runs already but does not answer",
            why=f"another process holds {paths.data}",
            hint="Close it, or set NOVASTREAM_HOME to another folder",
        )
    gc.disable()  # until the first frame, which it would only delay
    here = Installation.here(paths)
    behind = BehindWindow(here, prepare, instance)
    try:
        from novastream_desktop.ui.app import run_app
        from novastream_desktop.ui.home.painted import load_painted

        page = load_painted(here.painted_file, here.resources)
        return run_app(page, behind.begin, target=target, painted=painted)
    finally:
        behind.end()
        instance.release()


class BehindWindow:
    """The program behind a window, built on a thread of its own once the window has painted.

    Args:
        here: the installation.
        prepare: loads the settings.
        instance: this process's claim on the data folder.
    """

    def __init__(
        self, here: Installation, prepare: Callable[[], LoadedSettings], instance: SingleInstance
    ) -> None:
        self._here, self._prepare, self._instance = here, prepare, instance
        self._desktop: Future[Desktop] | None = None

    def begin(self) -> Future[Desktop]:
        """Start to build it."""
        from concurrent.futures import ThreadPoolExecutor

        gc.freeze()
        gc.enable()
        pool = ThreadPoolExecutor(1, thread_name_prefix="start")
        self._desktop = pool.submit(self._build)
        pool.shutdown(wait=False)
        return self._desktop

    def end(self) -> None:
        """Stop it again, if it was built."""
        gc.enable()
        if self._desktop is not None and self._desktop.exception() is None:
            desktop = self._desktop.result()
            desktop.loop.submit(desktop.close()).result()
            desktop.loop.stop()

    def _build(self) -> Desktop:
        loaded = self._prepare()
        loop = ServiceLoop()
        loop.start()
        return build_desktop(self._here, loop, loaded, self._instance)


def build_desktop(
    here: Installation, loop: ServiceLoop, loaded: LoadedSettings, instance: SingleInstance
) -> Desktop:
    """Return the program behind a window; its services start when they are told to."""
    from novastream_desktop.catalog.snapshot import load_snapshot
    from novastream_desktop.desktop import Desktop, Makers

    home = load_snapshot(here.snapshot_file, here.resources)
    _keep_painted(here, home, loaded.settings)  # the settings may have been edited by hand
    makers = Makers(
        services=partial(start_services, here),
        player=partial(_make_player, loop),
        session=partial(_make_session, here),
        api=partial(_make_api, here),
        examine=partial(_examine, here),
    )
    return Desktop(
        loop=loop,
        paths=here.paths,
        loaded=loaded,
        instance=instance,
        clock=here.clock,
        home=home,
        keep_home=partial(_keep_home, here),
        makers=makers,
    )


def _keep_home(here: Installation, home: HomeSnapshot, settings: Settings) -> None:
    from novastream_desktop.catalog.snapshot import save_snapshot

    _keep_painted(here, home, settings)
    save_snapshot(here.snapshot_file, home)


def _keep_painted(here: Installation, home: HomeSnapshot, settings: Settings) -> None:
    from novastream_desktop.ui.home.painted import keep_painted, painted_page

    page = painted_page(home, settings.interface, here.clock.now())
    keep_painted(here.painted_file, page, here.resources)


def _make_player(loop: ServiceLoop, settings: Settings) -> MpvPlayer:
    from novastream_desktop.player import create_mpv_player

    options = {"hwdec": settings.playback.hwdec}
    if sound := os.environ.get("NOVASTREAM_MPV_AO"):
        options["ao"] = sound
    return create_mpv_player(loop, options)


def _make_session(
    here: Installation,
    services: Services,
    player: Callable[[], Awaitable[Player]],
    settings: Callable[[], Settings],
) -> PlaybackSession:
    from novastream_desktop.playback.session import PlaybackSession

    program = services.program
    return PlaybackSession(
        player=player,
        titles=program,
        services=program.services,
        subtitles=program,
        torrents=program.torrents,
        store=services.store,
        clock=here.clock,
        settings=settings,
        pictures=_pictures_folder(Path.home()),
    )


def _pictures_folder(home: Path) -> Path:
    folder = home / "Pictures"
    return folder if folder.is_dir() else home


def _make_api(here: Installation, services: Services, settings: Settings) -> ApiServer:
    from novastream_desktop.api.server import ApiServer
    from novastream_desktop.settings import ensure_api_token

    token = settings.api.token or ensure_api_token(here.paths.config)
    api = settings.api
    return ApiServer(services.program, host=api.host, port=api.port, token=token)


async def _examine(
    here: Installation, services: Services | None, settings: Settings, problems: Sequence[str]
) -> Sequence[Finding]:
    from novastream_desktop.doctor import run_doctor

    states = await services.program.checked_provider_states() if services is not None else ()
    return await run_doctor(here.paths, settings, states, problems=problems)
