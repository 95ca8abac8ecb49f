"""The services behind every front end: built, started, and stopped in mirrored order.

Importing this loads all of them.
"""

from __future__ import annotations

import gc
import shutil
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple

from novastream_desktop.bootstrap.installation import Installation
from novastream_desktop.catalog import CatalogService
from novastream_desktop.catalog.snapshot import path_of_file_url
from novastream_desktop.errors import ProviderError
from novastream_desktop.logs import keep_out_of_logs
from novastream_desktop.models import ContentType
from novastream_desktop.models.doctor import ProviderState, ProviderStatus
from novastream_desktop.net import RoutedHttpClient, secrets_in
from novastream_desktop.net.client import create_http_client
from novastream_desktop.net.media_server import MediaServer, folder_resolver
from novastream_desktop.paths import AppPaths
from novastream_desktop.playback.anime import AnimePlaybackService
from novastream_desktop.playback.answering import Answering
from novastream_desktop.playback.movie import MoviePlaybackService
from novastream_desktop.playback.program import Program, Services
from novastream_desktop.playback.series import SeriesPlaybackService
from novastream_desktop.playback.titles import TitlePlaybackService
from novastream_desktop.progress import OpenedProgressStore, open_progress_store
from novastream_desktop.providers.base import (
    BundledMirror,
    Provider,
    ProviderContext,
    ProviderSpec,
    ReadsFiles,
    SupportsSources,
    WatchRequest,
    having,
)
from novastream_desktop.providers.boundary import Troubles
from novastream_desktop.providers.checking import check_all
from novastream_desktop.providers.registry import PROVIDERS, build_providers
from novastream_desktop.providers.telling import ReportsPlayback
from novastream_desktop.settings import Settings
from novastream_desktop.skips import SkipMemory, SkipService, ThemeLearner
from novastream_desktop.sources import SourceMemory, SourceService
from novastream_desktop.subtitles import SubtitleMemory, SubtitleService
from novastream_desktop.torrents.demo_seeder import DemoSeeder
from novastream_desktop.torrents.engine import LibtorrentEngine

DEMO_MOUNT = "demo"


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

        resources, cache = self.here.resources, self.here.paths.cache
        http, clock = self.http, self.here.clock
        http.use(settings.network)
        keep_out_of_logs(secrets_in(settings))
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
        kinds: dict[ContentType, Callable[..., TitlePlaybackService]] = {
            ContentType.MOVIE: MoviePlaybackService,
            ContentType.SERIES: SeriesPlaybackService,
            ContentType.ANIME: partial(AnimePlaybackService, sound=settings.sources.anime),
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
        hearers = having(providers, ReportsPlayback)  # type: ignore[type-abstract]
        return Answering(catalog, sources, subtitles, services, states, troubles, check, hearers)


def _room_for_torrents(paths: AppPaths, settings: Settings) -> int:
    """Return the bytes that one torrent may take: of the cache's limit and of the disk."""
    own = settings.torrents.save_dir
    free = shutil.disk_usage(own if own and Path(own).is_dir() else paths.cache).free
    return free if own else min(free, int(settings.torrents.max_cache_gb * 2**30))


async def _files_on_disk(providers: Sequence[Provider], request: WatchRequest) -> list[Path]:
    """Return an episode's files that providers of this machine's own files know."""
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

    if any(provider.name == spec.name for provider in providers):
        return ProviderState(name=spec.name, title=spec.title)
    return ProviderState(
        name=spec.name,
        title=spec.title,
        status=ProviderStatus.OFF,
        detail="It is switched off or not configured",
        hint="Switch it on in Settings",
    )


@asynccontextmanager
async def open_services(paths: AppPaths, settings: Settings) -> AsyncIterator[Program]:
    """Start the services for one command on the running loop."""
    here = Installation.here(paths)
    async with start_services(here, settings, serve_demo=False) as services:
        yield services.program
