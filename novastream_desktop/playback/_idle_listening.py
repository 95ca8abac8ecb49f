"""Finding openings and endings of the series just watched while nobody uses the program."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence

from novastream_desktop.models import Episode
from novastream_desktop.playback.titles import TitlePlaybackService
from novastream_desktop.providers.base import WatchRequest
from novastream_desktop.runtime import Clock

log = logging.getLogger(__name__)

IDLE_FOR = 30.0
"""Seconds in which nothing plays and nothing is asked for before a file is listened to."""
LOOK_EVERY = 5.0


class IdleListening:
    """Listens to one file after the other, each only while all is quiet.

    Args:
        clock: the time.
        wanted: whether nothing plays, and the settings have it on.
        unused: seconds since somebody asked the program for something.
    """

    def __init__(
        self, clock: Clock, *, wanted: Callable[[], bool], unused: Callable[[], float]
    ) -> None:
        self._clock = clock
        self._wanted = wanted
        self._unused = unused
        self._task: asyncio.Task[None] | None = None

    def begin(
        self, service: TitlePlaybackService, request: WatchRequest, episodes: Sequence[Episode]
    ) -> None:
        """Listen from now on to the season of what was watched; another season is given up."""
        self._cancel()
        if request.episode is not None:
            work = self._listen(service, request, episodes)
            self._task = asyncio.get_running_loop().create_task(work)

    async def stop(self) -> None:
        """Listen no more."""
        task = self._task
        self._cancel()
        if task is not None:
            await asyncio.gather(task, return_exceptions=True)

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None

    async def _listen(
        self, service: TitlePlaybackService, request: WatchRequest, episodes: Sequence[Episode]
    ) -> None:
        more = True
        while more:
            await self._quiet()
            more = await service.learn_next(request, episodes)
        log.info("All files of %s's season are known by sound", request.content.title)

    async def _quiet(self) -> None:
        since = self._clock.monotonic()
        while True:
            now = self._clock.monotonic()
            if not self._wanted():
                since = now
            elif min(now - since, self._unused()) >= IDLE_FOR:
                return
            await asyncio.sleep(LOOK_EVERY)
