"""Finding openings and endings by sound, while something plays from this machine's disk."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from novastream_desktop.catalog.snapshot import path_of_file_url
from novastream_desktop.models import Episode
from novastream_desktop.playback._opening import Opened
from novastream_desktop.playback.titles import TitlePlaybackService
from novastream_desktop.providers.base import WatchRequest
from novastream_desktop.torrents.base import LiesOnDisk

log = logging.getLogger(__name__)

Tell = Callable[[TitlePlaybackService, WatchRequest], Awaitable[None]]


def path_on_disk(opened: Opened) -> Path | None:
    """Return the file that plays if all of it is on this machine: its own, or a torrent's."""
    if isinstance(opened.stream, LiesOnDisk):
        return opened.stream.on_disk
    url = opened.request.url
    return path_of_file_url(url) if urlsplit(url).scheme == "file" else None


class Listening:
    """Listens to each file once, in the background; what is found is told when it is.

    A file that is left meanwhile is listened to all the same: its season's next episode gains.

    Args:
        tell: called when more is known of what was asked for.
    """

    def __init__(self, tell: Tell) -> None:
        self._tell = tell
        self._heard: Opened | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    def begin(
        self,
        opened: Opened | None,
        service: TitlePlaybackService,
        request: WatchRequest,
        episodes: Sequence[Episode],
    ) -> None:
        """Listen to an episode's file, if all of it is on disk and nobody has listened yet."""
        if opened is None or opened is self._heard or request.episode is None:
            return
        path = path_on_disk(opened)
        if path is None:
            return
        self._heard = opened
        work = self._listen(service, request, path, episodes)
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    async def stop(self) -> None:
        """Listen no more."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.warning("What plays could not be listened to", exc_info=error)

    async def _listen(
        self,
        service: TitlePlaybackService,
        request: WatchRequest,
        path: Path,
        episodes: Sequence[Episode],
    ) -> None:
        if await service.learn_skips(request, path, episodes):
            await self._tell(service, request)
