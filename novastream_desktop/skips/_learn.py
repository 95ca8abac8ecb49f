"""Openings and endings found on this machine: learned from what lies on its disk."""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import os
import sys
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import BrokenExecutor, Executor, ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

from novastream_desktop.models import Episode, SkipRange
from novastream_desktop.providers.base import WatchRequest
from novastream_desktop.skips._fingerprint_tool import Fingerprint, find_fpcalc, fingerprint
from novastream_desktop.skips._learn_rules import ORIGIN, Season, cut, told, with_print
from novastream_desktop.skips._learn_store import SeasonStore, file_key

log = logging.getLogger(__name__)

MOST_SIBLINGS = 2
"""Neighbours whose sound is read when a season is not known yet."""

FindTool = Callable[[], str | None]
MakePrint = Callable[[Path], Awaitable[Fingerprint | None]]


def season_of(request: WatchRequest, episode: Episode) -> str:
    """Return the key of an episode's season."""
    return f"{request.content.id}|{episode.season}"


class ThemeLearner:
    """Finds what episodes of a season share, and tells it as any provider of skip ranges does.

    Sound is read by `fpcalc` and compared in a process of its own, both at the lowest priority,
    one file at a time. Without `fpcalc` nothing is learned, and what was learned is still told.

    Args:
        folder: where fingerprints are kept.
        find: returns where `fpcalc` is.
        make: makes a file's fingerprint.
        worker: makes what compares them.
    """

    name = ORIGIN

    def __init__(
        self,
        folder: Path,
        *,
        find: FindTool = find_fpcalc,
        make: MakePrint = fingerprint,
        worker: Callable[[], Executor] | None = None,
    ) -> None:
        self._store = SeasonStore(folder)
        self._find = find
        self._make = make
        self._worker = worker or _quiet_process
        self._one_at_a_time = asyncio.Lock()

    async def skips(self, request: WatchRequest, duration: float | None) -> Sequence[SkipRange]:
        """Return what was learned of this episode, for a file of this length."""
        episode = request.episode
        if episode is None:
            return ()
        season = await asyncio.to_thread(self._store.load, season_of(request, episode))
        return told(season.found.get(episode.id), duration)

    async def learn(
        self,
        request: WatchRequest,
        path: Path,
        siblings: Sequence[tuple[Episode, Path]] = (),
    ) -> bool:
        """Learn from a file on this machine; return whether more is known of its season now.

        Args:
            request: what is watched; nothing is learned of a film.
            path: its file, all of which is on disk.
            siblings: files of other episodes of its season, the nearest first.
        """
        if request.episode is None or await asyncio.to_thread(self._find) is None:
            return False
        key = season_of(request, request.episode)
        async with self._one_at_a_time:
            before = await asyncio.to_thread(self._store.load, key)
            season = await self._with_file(before, request.episode, path)
            for sibling, file in siblings[:MOST_SIBLINGS]:
                if request.episode.id in season.found:
                    break
                season = await self._with_file(season, sibling, file)
            if season is not before:
                await asyncio.to_thread(self._store.save, key, season)
        return season.found != before.found

    async def knows(self, request: WatchRequest, path: Path) -> bool:
        """Whether this file of an episode was listened to."""
        if request.episode is None:
            return True
        key = season_of(request, request.episode)
        season = await asyncio.to_thread(self._store.load, key)
        known = season.prints.get(request.episode.id)
        try:
            file = await asyncio.to_thread(file_key, path)
        except OSError:
            return True
        return known is not None and known.file == file

    async def _with_file(self, season: Season, episode: Episode, path: Path) -> Season:
        try:
            file = await asyncio.to_thread(file_key, path)
        except OSError:
            return season
        known = season.prints.get(episode.id)
        if known is not None and known.file == file:
            return season
        made = await self._make(path)
        if made is None:
            return season
        worker = self._worker()
        try:
            return await asyncio.get_running_loop().run_in_executor(
                worker, _learned, season, episode.id, file, made
            )
        except BrokenExecutor as error:
            log.info("What compares sound was ended: %s", error)
            return season
        finally:
            worker.shutdown(wait=False, cancel_futures=True)


def _learned(season: Season, episode: str, file: str, made: Fingerprint) -> Season:
    return with_print(season, episode, cut(file, made.numbers, made.duration))


def _quiet_process() -> Executor:
    """Return a process, so that the video loses no frame; a packaged program has threads only."""
    if getattr(sys, "frozen", False):
        return ThreadPoolExecutor(1)
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(1, mp_context=context, initializer=_step_back)


def _step_back() -> None:
    if hasattr(os, "nice"):
        os.nice(19)
