"""The whole report."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping, Sequence

from novastream_desktop.doctor._checks import (
    check_folders,
    check_fpcalc,
    check_libmpv,
    check_provider,
    check_settings,
    check_torrents,
)
from novastream_desktop.doctor._network import check_network
from novastream_desktop.doctor._opengl import check_opengl
from novastream_desktop.doctor._screen import check_screen
from novastream_desktop.models.doctor import Finding, ProviderState
from novastream_desktop.paths import AppPaths
from novastream_desktop.settings import Settings


async def run_doctor(
    paths: AppPaths,
    settings: Settings,
    provider_states: Sequence[ProviderState],
    *,
    problems: Sequence[str] = (),
    environ: Mapping[str, str] = os.environ,
) -> tuple[Finding, ...]:
    """Check libmpv, OpenGL, the screen, the network, each provider, torrents, the disk, settings.

    Args:
        paths: the folders to look at.
        settings: what is switched on.
        provider_states: what the providers say; empty if the services could not start.
        problems: sentences of `load_settings`.
        environ: variables that lead to the screen and a proxy.

    Returns:
        Findings; the main job cannot run if an `essential` one is not `ok`.
    """
    from novastream_desktop.player import find_libmpv  # noqa: PLC0415
    from novastream_desktop.skips import find_fpcalc  # noqa: PLC0415

    libmpv, opengl, screen, network, folders = await asyncio.gather(
        asyncio.to_thread(check_libmpv, find_libmpv),
        check_opengl(),
        asyncio.to_thread(check_screen, environ),
        check_network(settings, environ),
        asyncio.to_thread(check_folders, paths, settings),
    )
    if not opengl.ok and not screen[0].ok:
        opengl = opengl.with_(mend="Mend the screen first: OpenGL is looked for on it")
    providers = (check_provider(state) for state in provider_states)
    return (
        libmpv,
        opengl,
        *screen,
        network,
        *providers,
        await asyncio.to_thread(check_torrents, settings),
        *folders,
        await asyncio.to_thread(check_fpcalc, find_fpcalc, settings),
        *check_settings(paths.config_file, problems),
        Finding(check="log folder", ok=True, detail=str(paths.logs)),
    )
