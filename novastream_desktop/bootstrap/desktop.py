"""The program behind a window, and how its parts are made when they are needed."""
# ruff: noqa: PLC0415  (a part is imported when it is made: FastAPI only where the API is on)

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from novastream_desktop.bootstrap.installation import Installation
from novastream_desktop.runtime import ServiceLoop, SingleInstance

if TYPE_CHECKING:
    from novastream_desktop.api.server import ApiServer
    from novastream_desktop.desktop import Desktop
    from novastream_desktop.models import HomeSnapshot
    from novastream_desktop.models.doctor import Finding
    from novastream_desktop.playback.program import Services
    from novastream_desktop.playback.session import PlaybackSession
    from novastream_desktop.player._mpv import MpvPlayer
    from novastream_desktop.player.base import Player
    from novastream_desktop.settings import LoadedSettings, Settings


def build_desktop(
    here: Installation, loop: ServiceLoop, loaded: LoadedSettings, instance: SingleInstance
) -> Desktop:
    """Return the program behind a window; its services start when they are told to."""
    from novastream_desktop.catalog.snapshot import load_snapshot
    from novastream_desktop.desktop import Desktop, Makers

    home = load_snapshot(here.snapshot_file, here.resources)
    _keep_painted(here, home, loaded.settings)  # the settings may have been edited by hand
    makers = Makers(
        services=partial(_start_services, here),
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


def _start_services(
    here: Installation, settings: Settings
) -> AbstractAsyncContextManager[Services]:
    from novastream_desktop.bootstrap.services import start_services

    return start_services(here, settings)


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
