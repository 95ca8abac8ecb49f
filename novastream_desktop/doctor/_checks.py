"""The checks besides OpenGL. Each returns findings and raises nothing."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from novastream_desktop.errors import PlayerUnavailable
from novastream_desktop.models.doctor import Finding, ProviderState, ProviderStatus
from novastream_desktop.paths import AppPaths
from novastream_desktop.settings import Settings

CONNECT_SECONDS = 4.0
_MEGA, _GIGA = 10**6, 10**9
DATA_NEEDS = 50 * _MEGA
"""Bytes: the watch history with its copies and the logs stay well below."""
CACHE_NEEDS = 2 * _GIGA
"""Bytes: one film of a torrent."""


def check_libmpv(find: Callable[[], str]) -> Finding:
    """Whether libmpv loads."""
    try:
        name = find()
    except PlayerUnavailable as error:
        return Finding(
            check="libmpv",
            ok=False,
            essential=True,
            detail=f"{error.what}: {error.why}" if error.why else error.what,
            mend=error.hint,
        )
    return Finding(check="libmpv", ok=True, essential=True, detail=name)


def configured_addresses(settings: Settings) -> tuple[str, ...]:
    """Return the addresses of everything that is switched on, once each."""
    offered = (
        (settings.tmdb.base_url, settings.tmdb.access_token),
        (settings.anilist.base_url, settings.anilist.enabled),
        (settings.aniskip.base_url, settings.aniskip.enabled),
        (settings.archive.base_url, settings.archive.enabled),
        *((url, True) for url in settings.peertube.instances),
        (settings.jellyfin.base_url, True),
        (settings.sources.vidlink.base_url, True),
        (settings.sources.consumet.base_url, True),
        *((url, True) for url in settings.sources.mirrors),
        *((url, True) for url in settings.sources.stremio_addons),
        *((server.url, True) for server in settings.sources.torznab),
        (settings.subtitles.opensubtitles_base_url, settings.subtitles.opensubtitles_key),
        (settings.backend.url, True),
    )
    web = (url for url, on in offered if on and url.startswith(("http://", "https://")))
    return tuple(dict.fromkeys(web))


async def check_network(addresses: Iterable[str], environ: Mapping[str, str]) -> Finding:
    """Whether the hosts that are switched on take a connection (through a proxy: the proxy)."""
    proxy = next((environ[n] for n in _PROXIES if environ.get(n)), "")
    hosts = sorted({place for url in ([proxy] if proxy else addresses) if (place := _place(url))})
    if not hosts:
        return Finding(check="network", ok=True, detail="nothing that is switched on needs it")
    reached = await asyncio.gather(*(_connects(*host) for host in hosts))
    missed = [f"{name}:{port}" for (name, port), ok in zip(hosts, reached, strict=True) if not ok]
    if not missed:
        return Finding(
            check="network", ok=True, detail=f"{len(hosts)} of {len(hosts)} hosts answer"
        )
    return Finding(
        check="network",
        ok=False,
        detail=f"no connection to {', '.join(missed)}",
        mend="Check the connection and the proxy (HTTPS_PROXY), or switch off what you do not use",
    )


_PROXIES = ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy")


def _place(url: str) -> tuple[str, int] | None:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    return (
        (parts.hostname, port or (443 if parts.scheme == "https" else 80))
        if parts.hostname
        else None
    )


async def _connects(name: str, port: int) -> bool:
    try:
        async with asyncio.timeout(CONNECT_SECONDS):
            _, writer = await asyncio.open_connection(name, port)
    except (OSError, TimeoutError, UnicodeError):
        return False
    writer.transport.abort()
    return True


def check_provider(state: ProviderState) -> Finding:
    """Return what a provider says of itself; one that is switched off is as it should be."""
    failing = state.status is ProviderStatus.FAILING
    off = state.status is ProviderStatus.OFF
    detail = f"{state.status}: {state.detail}" if state.detail else str(state.status)
    return Finding(
        check=f"provider {state.title or state.name}",
        ok=not failing,
        off=off,
        detail=state.detail if off and state.detail else detail,
        mend=(state.hint or "Try again later, or switch it off in the settings") if failing else "",
    )


def check_folders(paths: AppPaths, settings: Settings) -> tuple[Finding, ...]:
    """Whether the folders can be written and their disks have room."""
    save = Path(settings.torrents.save_dir).expanduser() if settings.torrents.save_dir else None
    return (
        _check_folder("data folder", paths.data, DATA_NEEDS, essential=True),
        _check_folder("cache folder", paths.cache, CACHE_NEEDS),
        *([_check_folder("torrents.save_dir", save, CACHE_NEEDS)] if save else []),
    )


def _check_folder(name: str, folder: Path, needs: int, *, essential: bool = False) -> Finding:
    there = next(f for f in (folder, *folder.absolute().parents) if f.exists())
    if not there.is_dir() or not os.access(there, os.W_OK | os.X_OK):
        return Finding(
            check=name,
            ok=False,
            essential=essential,
            detail=f"{folder} cannot be written",
            mend="Make it writable, or choose another one",
        )
    free = shutil.disk_usage(there).free
    enough = free >= needs
    return Finding(
        check=name,
        ok=enough,
        essential=essential,
        detail=f"{folder}, {free / _GIGA:.1f} GB free",
        mend="" if enough else f"Free some space: {needs / _GIGA:g} GB should be there",
    )


def check_fpcalc(find: Callable[[], str | None], settings: Settings) -> Finding:
    """Whether openings and endings can be found by sound, where that is wanted."""
    wanted = settings.playback.skip.learn
    where = find() if wanted else "switched off in Settings"
    return Finding(
        check="fpcalc",
        ok=where is not None,
        detail=where or "not installed: openings are not found by the sound of your files",
        mend="" if where else "Install libchromaprint-tools (Debian), chromaprint elsewhere",
    )


def check_settings(config_file: Path, problems: Sequence[str]) -> tuple[Finding, ...]:
    """Return a finding for each thing in the settings that was not understood."""
    if not problems:
        return (Finding(check="settings", ok=True, detail=str(config_file)),)
    return tuple(
        Finding(check="settings", ok=False, detail=problem, mend="Correct or remove it there")
        for problem in problems
    )
