"""The checks besides OpenGL. Each returns findings and raises nothing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

from novastream_desktop.errors import PlayerUnavailable
from novastream_desktop.models.doctor import Finding, ProviderState, ProviderStatus
from novastream_desktop.paths import AppPaths
from novastream_desktop.settings import Settings
from novastream_desktop.torrents import interface_present

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


def check_torrents(settings: Settings) -> Finding:
    """Whether torrents may go by the interface that they are bound to; without it none goes."""
    torrents = settings.torrents
    if not torrents.enabled:
        return Finding(check="torrents", ok=True, off=True, detail="switched off in Settings")
    if interface_present(torrents.bind_interface):
        way = torrents.bind_interface or "any interface"
        return Finding(check="torrents", ok=True, detail=f"by {way}")
    return Finding(
        check="torrents",
        ok=False,
        detail=f"the interface {torrents.bind_interface} is not there, so nothing is sent",
        mend="Bring it up, or change torrents.bind_interface in Settings",
    )


def check_settings(config_file: Path, problems: Sequence[str]) -> tuple[Finding, ...]:
    """Return a finding for each thing in the settings that was not understood."""
    if not problems:
        return (Finding(check="settings", ok=True, detail=str(config_file)),)
    return tuple(
        Finding(check="settings", ok=False, detail=problem, mend="Correct or remove it there")
        for problem in problems
    )
