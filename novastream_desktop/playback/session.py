"""One playback session: from a title to a picture, its skips, its place, and what comes next.

`SessionState.phase` is the one state that the window, the API, media keys and tests read; its
machine is drawn in `_machine.py`.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from novastream_desktop.errors import UserFacingError
from novastream_desktop.models import ContentType
from novastream_desktop.playback._companions import Companions
from novastream_desktop.playback._idle_listening import IdleListening
from novastream_desktop.playback._listening import Listening
from novastream_desktop.playback._machine import Event, advance, phase_of
from novastream_desktop.playback._source_controls import failure_of
from novastream_desktop.playback._subtitle_controls import SubtitleControls
from novastream_desktop.playback._subtitle_desk import HasSubtitleDesk
from novastream_desktop.playback._title_controls import TitleControls
from novastream_desktop.playback.plan import missed_its_start, past_the_end
from novastream_desktop.playback.ports import KnowsUse, Titles
from novastream_desktop.playback.state import (
    NoticeCode,
    Outcome,
    SessionPhase,
    SessionState,
    Waits,
)
from novastream_desktop.playback.titles import TitlePlaybackService
from novastream_desktop.player.base import Player, PlayerPhase, PlayerState
from novastream_desktop.progress.base import ProgressStore
from novastream_desktop.runtime import Clock
from novastream_desktop.settings import Settings
from novastream_desktop.torrents.base import TorrentEngine, TorrentProgress

log = logging.getLogger(__name__)


class PlaybackSession(SubtitleControls, TitleControls):
    """Drives one player; implements `PlaybackCommands`. Lives on the service loop.

    Args:
        player: makes or returns the player; awaited at the first opening.
        titles: where titles are looked up.
        services: the playback service of each content type.
        subtitles: makes subtitle files for the player.
        torrents: turns magnets into addresses.
        store: where progress is kept.
        clock: the time.
        settings: returns the settings in force.
        pictures: where screenshots go.
    """

    def __init__(
        self,
        *,
        player: Callable[[], Awaitable[Player]],
        titles: Titles,
        services: Mapping[ContentType, TitlePlaybackService],
        subtitles: HasSubtitleDesk,
        torrents: TorrentEngine,
        store: ProgressStore,
        clock: Clock,
        settings: Callable[[], Settings],
        pictures: Path,
    ) -> None:
        super().__init__(
            player=player,
            services=services,
            torrents=torrents,
            titles=titles,
            store=store,
            clock=clock,
            settings=settings,
            pictures=pictures,
        )
        self._placed = False
        self._companions = Companions(subtitles, settings, self._state, self._notify)
        self._chosen = self._companions.learn
        self._listening = Listening(self._find_skips_again)
        unused = titles.unused_for if isinstance(titles, KnowsUse) else lambda: float("inf")
        self._idle_listening = IdleListening(clock, wanted=self._may_listen, unused=unused)
        self._task: asyncio.Task[None] | None = None

    def close_title(self) -> None:
        """Stop, save the position and go back to IDLE."""
        self._history.save(self._state.value)
        self._ahead.forget()
        self._run(self._idle())

    async def close(self) -> None:
        """End the session for good: save, stop, wait for the disk."""
        self.close_title()
        if self._task is not None:
            await asyncio.gather(self._task, return_exceptions=True)
        self._companions.stop()
        await self._idle_listening.stop()
        await self._listening.stop()
        await asyncio.gather(*self._asides, return_exceptions=True)
        await self._history.settle()

    def _run(self, step: Coroutine[Any, Any, None]) -> None:
        if self._task is not None:
            self._task.cancel()
        self._task = asyncio.get_running_loop().create_task(self._guarded(step))
        self._task.add_done_callback(lambda _: step.close())  # it may never have begun

    async def _guarded(self, step: Coroutine[Any, Any, None]) -> None:
        try:
            await step
        except UserFacingError as error:
            self._fail(error)
        except Exception as error:
            log.exception("The session failed")
            self._fail(
                UserFacingError(
                    "Something went wrong inside NovaStream",
                    why=type(error).__name__,
                    hint="Try again; the log file says more",
                )
            )

    def _fail(self, error: UserFacingError) -> None:
        log.info("%s", error)
        if self._player is not None and self._live:
            self._history.save(self._state.value)
            self._live = False
            self._player.stop()
        self._live = self._switching = False
        self._unwatch_file()
        self._end_attempt(Outcome.FAILED, error.why or error.what)
        phase = advance(self._state.value.phase, Event.FAIL)
        self._update(phase=phase, error=error.sentence(), prompt=None, next_up=None)

    async def _idle(self) -> None:
        self._forget_file()
        await self._close_opened()
        await self._history.settle()
        self._details = self._request = None
        self._skipping.held = False
        self._state.set(SessionState(player=replace(PlayerState(), volume=self._volume())))

    def _forget_file(self) -> None:
        self._live = self._switching = False
        self._asking.answer(None)
        self._wishes = ()
        self._stop_search()
        self._unwatch_file()
        self._companions.stop()
        self._drop_pending_seek()
        self._undo = None
        self._skipping.reset()
        if self._player is not None:
            self._player.stop()

    # -- what the player reports ---------------------------------------------------------------

    def _on_player(self, player: PlayerState) -> None:
        """Take in what the player reports."""
        before = self._state.value
        if not self._live:
            self._update(player=replace(before.player, volume=player.volume, muted=player.muted))
            return
        stalled = before.phase is SessionPhase.STALLED and player.position == before.player.position
        phase = before.phase if self._switching else phase_of(before.phase, player, stalled=stalled)
        self._update(player=player, phase=phase)
        if self._switching:  # what is left of the old file
            return
        changed = player.phase is not before.player.phase
        if player.phase is PlayerPhase.FAILED and changed:
            self._on_failure(player)
        elif player.phase is PlayerPhase.ENDED and changed:
            self._on_end()
        elif player.has_picture and self._first_frame is None:
            self._on_start(replacing=before.phase is SessionPhase.SWITCHING)
        if player.phase in {PlayerPhase.PLAYING, PlayerPhase.PAUSED}:
            self._keep_to_start(player)
            self._restore_tracks(player)
            self._history.observe(self._state.value)
            self._step_skips()
            self._look_ahead(player)

    def _keep_to_start(self, player: PlayerState) -> None:
        """Go to where it was to go on, once, should the player have begun before it."""
        start = self._state.value.resumed_from
        if not self._placed and missed_its_start(start, player.position, player.duration):
            self._seek(start)
        self._placed = self._placed or player.position > start

    def _seek(self, target: float) -> None:
        self._placed = True
        super()._seek(target)

    def _on_start(self, *, replacing: bool) -> None:
        self._note_first_frame()
        if self._opened is not None and self._opened.stream is not None:
            self._opened.stream.note_duration(self._state.value.player.duration)
        self._placed = False
        if (start := self._state.value.resumed_from) > 0 and not replacing:
            self._notify(NoticeCode.RESUMED, start)
        if self._request is not None and self._player is not None:
            self._companions.find(self._service, self._request, self._player, self._opened)
            self._keep_aside(self._read_show_skips(self._service, self._request))
        if self._request is not None and self._details is not None:
            self._idle_listening.begin(self._service, self._request, self._details.episodes)
        self._listen()

    def _on_torrent(self, progress: TorrentProgress) -> None:
        super()._on_torrent(progress)
        if progress.fraction >= 1 and self._first_frame is not None:
            self._listen()

    def _listen(self) -> None:
        """Find this season's openings and endings by sound, if its file is on this machine."""
        request, details = self._request, self._details
        wanted = self._settings().playback.skip.learn
        if wanted and self._live and request is not None and details is not None:
            self._listening.begin(self._opened, self._service, request, details.episodes)

    def _may_listen(self) -> bool:
        quiet = self._state.value.phase in (SessionPhase.IDLE, SessionPhase.ENDED)
        return quiet and self._settings().playback.skip.learn

    def _on_failure(self, player: PlayerState) -> None:
        if not self._recover(Outcome.FAILED, player.error):
            self._fail(failure_of(self._state.value, player.error))

    def _on_end(self) -> None:
        state = self._state.value
        if past_the_end(state.resumed_from, state.player.duration):
            self._start_over()
            return
        self._history.save(state)
        less = state.next_up.less if state.next_up is not None else ""
        if self._skipping.goes_on(state, less):
            self._skipping.unattended += 1
            self._go_on()
        else:
            self._unwatch_file()
            phase = advance(state.phase, Event.END)
            still = state.upcoming is not None and self._skipping.waits(state) is Waits.STILL
            self._update(phase=phase, prompt=None, next_up=None, still_watching=still)
