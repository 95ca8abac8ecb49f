"""Opening titles and episodes, and going from one episode to another."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

from novastream_desktop.errors import StoreError
from novastream_desktop.models import Content, Episode, StreamSource, TitleDetails
from novastream_desktop.playback._controls import UNDO_GRACE
from novastream_desktop.playback._file_controls import FileControls
from novastream_desktop.playback._history import History, Remembered, progress_of
from novastream_desktop.playback.plan import (
    code_of,
    next_episode,
    previous_episode,
    start_point,
    upcoming,
)
from novastream_desktop.playback.ports import Titles
from novastream_desktop.playback.state import NoticeCode, SessionPhase, SessionState
from novastream_desktop.playback.target import (
    DIRECT,
    DirectTarget,
    direct_of_id,
    parse_target,
)
from novastream_desktop.player.base import PlayerPhase, PlayerState
from novastream_desktop.progress.base import ProgressStore
from novastream_desktop.runtime import Clock
from novastream_desktop.settings import SkipMode


class TitleControls(FileControls):
    """Commands about titles and episodes. `PlaybackSession` runs them and hears the player."""

    def __init__(self, *, titles: Titles, store: ProgressStore, clock: Clock, **parts: Any) -> None:
        super().__init__(history=History(store, clock, self._place_refused), clock=clock, **parts)
        self._titles = titles
        self._store = store
        self._left_episode: tuple[str, float, float] | None = None

    def _place_refused(self, error: StoreError) -> None:
        self._notify(NoticeCode.NOT_KEPT, detail=error.sentence())

    @abstractmethod
    def _forget_file(self) -> None:
        """Stop what plays, and forget all that belongs to its file."""

    def open_title(
        self, content_id: str, *, episode_id: str | None = None, from_start: bool = False
    ) -> None:
        """Play a title; without an episode: its resume point, else its first unwatched one."""
        self._skipping.note_input()
        self._leave(None)
        self._run(self._open_title(content_id, episode_id, from_start=from_start))

    def open_target(self, target: str) -> None:
        """Play a file path, URL, magnet, `.torrent` or content id."""
        self._skipping.note_input()
        self._leave(None)
        self._run(self._open_target(target))

    def play_episode(self, episode_id: str) -> None:
        """Play another episode of this title."""
        if self._details is not None:
            self._leave(self._details.content)
            self._left_episode = None
            self._run(self._open_details(self._details, episode_id))

    def next_episode(self) -> None:
        """Play the next episode: the one on the card, while it is shown."""
        self._skipping.note_input()
        state = self._state.value
        if state.next_up is not None:
            self._go_on()
        elif state.next_episode is not None:
            self._jump_to_episode(state.next_episode)

    def _go_on(self) -> None:
        """Play what follows by itself, and say what is left out for it."""
        state = self._state.value
        if state.upcoming is None:
            return
        self._jump_to_episode(state.upcoming)
        if state.left_out:
            first, last = code_of(state.left_out[0]), code_of(state.left_out[-1])
            detail = first if first == last else f"{first} - {last}"
            self._notify(NoticeCode.LEFT_OUT, float(len(state.left_out)), detail=detail)

    def previous_episode(self) -> None:
        """Play the previous episode."""
        self._skipping.note_input()
        if (episode := self._state.value.previous_episode) is not None:
            self._jump_to_episode(episode)

    def _jump_to_episode(self, episode: Episode) -> None:
        state = self._state.value
        if state.episode is not None and state.player.has_picture:
            left = (state.episode.id, state.player.position, self._clock.monotonic())
            self.play_episode(episode.id)
            self._left_episode = left
        else:
            self.play_episode(episode.id)

    def undo(self) -> None:
        """Go back to before the last skip or jump, or to the episode that was just left."""
        left, self._left_episode = self._left_episode, None
        if left is None or self._clock.monotonic() - left[2] > UNDO_GRACE or not self._details:
            super().undo()
            return
        episode_id, position, _ = left
        self._leave(self._details.content)
        self._run(self._open_details(self._details, episode_id, at=position))
        self._notify(NoticeCode.UNDONE, position)

    def _leave(self, content: Content | None) -> None:
        """Save the place in what plays and show at once that something else is coming."""
        self._history.save(self._state.value)
        same_title = content is not None and content == self._state.value.content
        self._before = (self._current or self._before) if same_title else None
        self._forget_file()
        self._clicked = self._clock.monotonic()
        self._state.set(
            SessionState(
                phase=SessionPhase.RESOLVING,
                content=content,
                player=PlayerState(volume=self._volume(), phase=PlayerPhase.LOADING),
                notice=self._state.value.notice,
            )
        )

    def _volume(self) -> float:
        return self._state.value.player.volume

    async def _open_target(self, target: str) -> None:
        parsed = parse_target(target)
        if isinstance(parsed, DirectTarget):
            await self._history.remember(Remembered(details=parsed.details, source=parsed.source))
            await self._open_details(parsed.details, None, only=parsed.source)
        else:
            await self._open_title(parsed, None, from_start=False)

    async def _open_title(
        self, content_id: str, episode_id: str | None, *, from_start: bool
    ) -> None:
        if content_id.startswith(DIRECT):
            direct = await self._history.recall(content_id) or direct_of_id(content_id)
            if direct is not None and direct.source is not None:  # else of a folder in Settings
                await self._open_details(
                    direct.details, None, from_start=from_start, only=direct.source
                )
                return
        details = await self._titles.details(content_id)
        await self._open_details(details, episode_id, from_start=from_start)

    async def _open_details(
        self,
        details: TitleDetails,
        episode_id: str | None,
        *,
        from_start: bool = False,
        at: float | None = None,
        only: StreamSource | None = None,
    ) -> None:
        progress = await progress_of(self._store, details)
        now = self._clock.now()
        point = start_point(details, progress, now, episode_id=episode_id, from_start=from_start)
        service = self._services[details.content.type]
        request = service.request(details, point.episode)
        self._details, self._request = details, request
        self._begin(details, request.episode)
        self._failed.clear()
        self._renewed.clear()
        if only is None:
            await self._history.remember(Remembered(details=details))
            self._start_search(request)
        else:
            self._update(sources=(only,))
        await self._play_first(point.position if at is None else at)

    def _begin(self, details: TitleDetails, episode: Episode | None) -> None:
        today = self._clock.now().date()
        auto = self._settings().playback.skip.filler is SkipMode.AUTO
        coming = upcoming(details.episodes, episode, today=today, without_filler=auto)
        self._state.set(
            SessionState(
                phase=SessionPhase.RESOLVING,
                content=details.content,
                episode=episode,
                previous_episode=previous_episode(details.episodes, episode),
                next_episode=next_episode(details.episodes, episode, today=today),
                upcoming=coming.episode,
                left_out=coming.left_out,
                episodes=details.episodes,
                player=PlayerState(volume=self._volume(), phase=PlayerPhase.LOADING),
                notice=self._state.value.notice,
            )
        )
        if self._left_episode is not None:
            self._offer_undo()
