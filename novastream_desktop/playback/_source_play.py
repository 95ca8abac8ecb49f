"""Finding a source and loading it: the first checked one plays while others still come in."""

from __future__ import annotations

import asyncio
import logging
from abc import abstractmethod
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from novastream_desktop.errors import NoPlayableSource, UserFacingError
from novastream_desktop.models import (
    ContentType,
    HealthStatus,
    SkipRange,
    StreamSource,
    TitleDetails,
)
from novastream_desktop.playback._ahead import Ahead, is_due
from novastream_desktop.playback._continuing import continuing, drops
from novastream_desktop.playback._file_question import FileAsking, NoFileChosen
from novastream_desktop.playback._history import History
from novastream_desktop.playback._lineup import (
    Recovery,
    first_to_play,
    index_of,
    replaced,
    with_current,
)
from novastream_desktop.playback._machine import Event, advance
from novastream_desktop.playback._opening import Opened, open_source
from novastream_desktop.playback._search import Search
from novastream_desktop.playback._skip_controls import SkipControls
from novastream_desktop.playback._trace import begun, ended, shown
from novastream_desktop.playback.state import FileQuestion, NextUp, NoticeCode, Outcome
from novastream_desktop.playback.titles import TitlePlaybackService
from novastream_desktop.player.base import Player, PlayerState
from novastream_desktop.providers.base import WatchRequest
from novastream_desktop.runtime import Clock
from novastream_desktop.settings import Settings
from novastream_desktop.sources import key_of
from novastream_desktop.torrents.base import TorrentEngine, TorrentProgress

log = logging.getLogger(__name__)


class SourcePlay(SkipControls):
    """Opens sources of the part that is to be played. `SourceControls` says which."""

    def __init__(
        self,
        *,
        player: Callable[[], Awaitable[Player]],
        services: Mapping[ContentType, TitlePlaybackService],
        torrents: TorrentEngine,
        history: History,
        clock: Clock,
        settings: Callable[[], Settings],
        pictures: Path,
    ) -> None:
        super().__init__(clock=clock, settings=settings, pictures=pictures)
        self._make_player = player
        self._services = services
        self._torrents = torrents
        self._history = history
        self._details: TitleDetails | None = None
        self._request: WatchRequest | None = None
        self._opened: Opened | None = None
        self._asking = FileAsking(self._show_question)
        self._search: Search | None = None
        self._failed: set[object] = set()
        self._renewed: set[object] = set()
        self._ahead = Ahead(clock)
        self._asides: set[asyncio.Task[None]] = set()
        self._before: StreamSource | None = None
        self._clicked = 0.0
        self._first_frame: float | None = None
        self._live = False
        self._switching = False

    # -- finding -------------------------------------------------------------------------------

    @property
    def _service(self) -> TitlePlaybackService:
        assert self._details is not None
        return self._services[self._details.content.type]

    @property
    def _current(self) -> StreamSource | None:
        state = self._state.value
        known = 0 <= state.source_index < len(state.sources)
        return state.sources[state.source_index] if known else None

    def _start_search(self, request: WatchRequest) -> None:
        """Look for sources; what was looked for ahead is taken over."""
        ahead = self._ahead.take(request)
        self._search = ahead or Search(self._service.stream(request))
        self._search.tell(self._show_sources)

    def _look_ahead(self, player: PlayerState) -> None:
        """Look for the next episode's sources once half of this one is over."""
        following, details = self._state.value.upcoming, self._details
        if following is None or details is None or not is_due(player):
            return
        request = self._service.request(details, following)
        self._ahead.look(request, lambda: Search(self._service.stream(request)))

    def _stop_search(self) -> None:
        if self._search is not None:
            self._search.stop()
        self._search = None

    def _next_up(self) -> NextUp | None:
        if self._state.value.player.growing:  # nobody knows yet when it ends
            return None
        less = drops(self._ahead.best(self._current), self._current)
        return self._skipping.next_up(self._state.value, ready=self._ahead.ready, less=less)

    def _note_undo(self, skip: SkipRange) -> None:
        """Learn from a skip that was taken back: it counts for the show's next episodes."""
        if self._request is not None:
            self._keep_aside(self._service.note_undo(self._request, skip))

    def _keep_aside(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._asides.add(task)
        task.add_done_callback(self._asides.discard)

    def _show_sources(self, sources: tuple[StreamSource, ...]) -> None:
        """Show a newer list; what plays keeps its place in it."""
        listed, index = with_current(continuing(sources, self._before), self._current)
        self._update(sources=listed, source_index=index)

    async def _play_first(self, start: float) -> None:
        """Play the first source that a check found sound; the rest joins the list as it comes."""
        title = self._details.content.title if self._details else "this"
        nothing = NoPlayableSource(
            f"Nothing was found to play of {title}",
            why="no provider offers it now",
            hint="Check the network, or add a mirror or server in Settings",
        )
        await self._play(None, start, failure=nothing)

    async def _play(
        self,
        step: Recovery | None,
        start: float,
        *,
        failure: UserFacingError,
        paused: bool = False,
        announce: bool = False,
    ) -> None:
        """Load a source; one that cannot be opened gives way to the next one that is known."""
        while True:
            step = step or await self._next_step()
            if step is None:
                raise (self._search and self._search.failure()) or failure
            try:
                await self._load(step, start, paused=paused)
            except UserFacingError as error:
                log.info("A source of %s failed: %s", step.source.provider, error)
                failure = error
                left = isinstance(error, NoFileChosen)
                outcome = Outcome.LEFT if left else Outcome.FAILED
                self._give_up(step.source, outcome, error.why or error.what)
                step = None
                continue
            if announce:
                self._notify(NoticeCode.NEXT_SOURCE, detail=step.source.provider)
            return

    async def _next_step(self) -> Recovery | None:
        while True:
            complete = self._search is None or self._search.complete
            first = self._search.first if self._search is not None else None
            if not complete and first is not None and key_of(first) not in self._failed:
                return Recovery(continuing((first, *self._checked()), self._before)[0])
            sources = self._state.value.sources
            found = first_to_play(sources, complete=complete, without=self._failed)
            unsettled = not complete and first is None  # which one is first is being found out
            if found is not None and not unsettled:
                return Recovery(found)
            if self._search is None:
                return None
            await self._search.more()
            if complete:
                return None

    def _checked(self) -> list[StreamSource]:
        return [
            source
            for source in self._state.value.sources
            if source.health.status is HealthStatus.HEALTHY and key_of(source) not in self._failed
        ]

    # -- opening -------------------------------------------------------------------------------

    async def _load(self, step: Recovery, start: float, *, paused: bool) -> None:
        details, request, source = self._details, self._request, step.source
        if details is None or request is None:
            return
        sources = self._state.value.sources
        self._update(
            phase=advance(self._state.value.phase, Event.FOUND),
            source_index=index_of(sources, source),
            torrent=None,
            torrent_file=None,
            torrent_files=0,
            error="",
            trace=begun(self._state.value.trace, source, self._since_click()),
        )
        player = await self._get_player()
        await self._close_opened()
        if step.renew:
            self._renewed.add(key_of(source))
        fresh = await self._service.fresh(source, request, force=step.renew)
        if fresh.url != source.url:
            self._update(sources=replaced(self._state.value.sources, source, fresh))
        self._opened = await self._asking.until_certain(
            partial(
                open_source,
                fresh,
                self._torrents,
                content=details.content,
                episode=request.episode,
                start=start,
                on_torrent=self._on_torrent,
                network=self._settings().network,
            ),
            step.file,
        )
        if (stream := self._opened.stream) is not None:
            files = sum(file.playable for file in stream.files)
            self._update(torrent_file=stream.file, torrent_files=files)
            plays = request.episode.runtime if request.episode else details.content.runtime
            if plays:  # as the catalogue says, until the player knows
                stream.note_duration(plays)
        self._live, self._first_frame, self._switching = True, None, False
        self._history.begin(start)
        self._update(resumed_from=start)
        player.load(replace(self._opened.request, paused=paused))

    def _show_question(self, question: FileQuestion | None) -> None:
        self._update(question=question)

    async def _get_player(self) -> Player:
        if self._player is None:
            self._player = await self._make_player()
            self._player.state.watch(self._on_player, now=False)
        return self._player

    @abstractmethod
    def _on_player(self, player: PlayerState) -> None:
        """Take in what the player reports."""

    async def _close_opened(self) -> None:
        self._asking.answer(None)
        opened, self._opened = self._opened, None
        if opened is not None:
            await opened.close()

    def _on_torrent(self, progress: TorrentProgress) -> None:
        self._update(torrent=progress)

    def _note_first_frame(self) -> None:
        """Book the first frame of what was loaded."""
        self._first_frame = self._clock.monotonic()
        trace = shown(self._state.value.trace, self._since_click())
        self._update(trace=trace)
        current = self._current
        if current is not None and self._request is not None and trace:
            seconds = (trace[-1].first_frame or 0.0) - trace[-1].started
            self._service.note_start(current, self._request, seconds)

    def _since_click(self) -> float:
        return self._clock.monotonic() - self._clicked

    def _give_up(self, source: StreamSource, outcome: Outcome, why: str) -> None:
        """Remember that a source failed."""
        self._failed.add(key_of(source))
        self._end_attempt(outcome, why)
        if self._request is not None:
            self._service.note_failure(source, self._request, why)

    def _end_attempt(self, outcome: Outcome, why: str = "") -> None:
        self._update(trace=ended(self._state.value.trace, outcome, why))
