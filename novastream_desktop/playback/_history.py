"""What playback writes down: heartbeats, and titles that can be gone on with offline."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Sequence

from pydantic import ValidationError

from novastream_desktop.errors import StoreError
from novastream_desktop.models import (
    Episode,
    Model,
    StreamSource,
    TitleDetails,
    WatchProgress,
)
from novastream_desktop.playback._played import Played, observe
from novastream_desktop.playback.plan import is_watched, outro_start
from novastream_desktop.playback.state import SessionState
from novastream_desktop.player.base import PlayerPhase
from novastream_desktop.progress.base import ProgressStore
from novastream_desktop.runtime import Clock

log = logging.getLogger(__name__)


class Remembered(Model):
    """A title as it was when it was last played; `source` for what was opened directly."""

    details: TitleDetails
    source: StreamSource | None = None


class History:
    """Writes progress of one session. Saving never delays or breaks playback.

    Args:
        store: where it is kept.
        clock: the time.
        refused: is told, once until it works again, why the disk does not take it.
    """

    def __init__(
        self, store: ProgressStore, clock: Clock, refused: Callable[[StoreError], object]
    ) -> None:
        self._store = store
        self._clock = clock
        self._refused = refused
        self._failing = False
        self._played = Played()
        self._writes: set[asyncio.Task[None]] = set()

    def begin(self, start: float) -> None:
        """Begin a file at a position; what lies before it was played earlier."""
        self._played = Played(seconds=start, position=start, saved_at=self._clock.monotonic())

    def observe(self, state: SessionState) -> None:
        """Note the player's state and save if a heartbeat is due."""
        self._played, due = observe(self._played, state.player, self._clock.monotonic())
        if due:
            self.save(state)

    def save(self, state: SessionState) -> None:
        """Save where the session is now, in the background."""
        progress = self._progress(state)
        if progress is not None:
            entries = for_every_entry(progress, state.episode)
            write = asyncio.get_running_loop().create_task(self._write(entries))
            self._writes.add(write)
            write.add_done_callback(self._writes.discard)

    async def settle(self) -> None:
        """Wait until all that was saved is on disk."""
        if self._writes:
            await asyncio.gather(*self._writes)

    def _progress(self, state: SessionState) -> WatchProgress | None:
        player, content = state.player, state.content
        if content is None or not player.has_picture or player.duration <= 0:
            return None
        position = min(player.position, player.duration)
        ended = player.phase is PlayerPhase.ENDED
        finished = (ended or not player.growing) and is_watched(
            player.duration if ended else position,
            player.duration,
            self._played.seconds,
            outro_start(state.skip_ranges),
        )
        return WatchProgress(
            content_id=content.id,
            episode_id=state.episode.id if state.episode else None,
            position=0.0 if finished and ended else position,
            duration=player.duration,
            updated_at=self._clock.now(),
            finished=finished,
        )

    async def _write(self, entries: Sequence[WatchProgress]) -> None:
        try:
            await self._store.beat(entries)
        except StoreError as error:
            if not self._failing:
                log.warning("%s", error)
                self._refused(error)
            self._failing = True
        else:
            self._failing = False

    async def remember(self, remembered: Remembered) -> None:
        """Keep a title's facts so that it can be gone on with offline."""
        try:
            await self._store.remember_content(
                remembered.model_dump_json(by_alias=True, exclude_none=True),
                remembered.details.content.id,
            )
        except StoreError as error:
            log.warning("%s", error)

    async def recall(self, content_id: str) -> Remembered | None:
        """Return what was kept of a title."""
        return await recall(self._store, content_id)


def for_every_entry(progress: WatchProgress, episode: Episode | None) -> list[WatchProgress]:
    """Return progress as it is kept: under the title, and under a sequel's own entry. Pure."""
    if episode is None or episode.content_id == progress.content_id:
        return [progress]
    return [progress, progress.with_(content_id=episode.content_id)]


async def progress_of(store: ProgressStore, details: TitleDetails) -> list[WatchProgress]:
    """Return how far each part of a title was watched, also under its sequels' own entries."""
    own = details.content.id
    entries = dict.fromkeys((own, *(e.content_id for e in details.episodes)))
    ids = {e.id for e in details.episodes}
    newest: dict[str, WatchProgress] = {}
    for content_id in entries:
        for found in await store.of_content(content_id):
            part = found.episode_id or ""
            if content_id != own and part not in ids:
                continue
            if part not in newest or newest[part].updated_at < found.updated_at:
                newest[part] = found
    return list(newest.values())


async def recall(store: ProgressStore, content_id: str) -> Remembered | None:
    """Return what was kept of a title; None also for what cannot be read any more."""
    return (await recall_all(store, (content_id,))).get(content_id)


async def recall_all(store: ProgressStore, content_ids: Iterable[str]) -> dict[str, Remembered]:
    """Return what was kept of those titles of which something readable is kept, in their order."""
    texts = await store.remembered_contents(content_ids)
    read = ((content_id, _remembered(content_id, text)) for content_id, text in texts.items())
    return {content_id: kept for content_id, kept in read if kept is not None}


def _remembered(content_id: str, text: str) -> Remembered | None:
    try:
        return Remembered.model_validate_json(text)
    except ValidationError as error:
        log.warning("What was kept of %s cannot be read: %s", content_id, error)
        return None
