"""What is looked for once the picture is there: skip ranges and subtitles."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any

from novastream_desktop.errors import UserFacingError
from novastream_desktop.playback.ports import Subtitles
from novastream_desktop.playback.state import SessionState
from novastream_desktop.playback.titles import TitlePlaybackService
from novastream_desktop.player.base import ExternalSubtitle, Player
from novastream_desktop.providers.base import WatchRequest
from novastream_desktop.runtime import Observable
from novastream_desktop.settings import Settings

log = logging.getLogger(__name__)


class Companions:
    """Looks in the background, so that neither ever delays playback.

    Args:
        subtitles: makes files of tracks.
        settings: returns the settings in force.
    """

    def __init__(self, subtitles: Subtitles, settings: Callable[[], Settings]) -> None:
        self._subtitles = subtitles
        self._settings = settings
        self._tasks: set[asyncio.Task[None]] = set()

    def find(
        self,
        service: TitlePlaybackService,
        request: WatchRequest,
        player: Player,
        state: Observable[SessionState],
    ) -> None:
        """Begin to look for what belongs to this file; what is found appears in `state`."""
        self._run(self._find_skips(service, request, state))
        self._run(self._find_subtitles(service, request, player, state))

    def stop(self) -> None:
        """Look no more: the file is gone."""
        for task in tuple(self._tasks):
            task.cancel()

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _find_skips(
        self,
        service: TitlePlaybackService,
        request: WatchRequest,
        state: Observable[SessionState],
    ) -> None:
        player = state.value.player
        ranges = await service.skip_ranges(request, player.duration or None, player.chapters)
        state.set(replace(state.value, skip_ranges=tuple(ranges)))

    async def _find_subtitles(
        self,
        service: TitlePlaybackService,
        request: WatchRequest,
        player: Player,
        state: Observable[SessionState],
    ) -> None:
        index = state.value.source_index
        chosen = state.value.sources[index : index + 1]
        tracks = tuple(await service.subtitles(request, chosen))
        state.set(replace(state.value, subtitles=tracks))
        preferred = self._settings().subtitles.languages
        for number, track in enumerate(tracks):
            try:
                path = await self._subtitles.file_for(track)
            except UserFacingError as error:
                log.info("A subtitle is left out: %s", error)
                continue
            wanted = number == 0 and bool(preferred) and track.lang.split("-")[0] in preferred
            player.add_subtitle(
                ExternalSubtitle(str(path), lang=track.lang, title=track.label), select=wanted
            )
