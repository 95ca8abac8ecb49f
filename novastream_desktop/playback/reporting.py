"""Telling the servers that want to know it how far their own sources are watched."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from novastream_desktop.models import StreamSource
from novastream_desktop.playback.state import SessionPhase, SessionState
from novastream_desktop.providers.boundary import ask
from novastream_desktop.providers.telling import PlaybackEvent, ReportsPlayback
from novastream_desktop.runtime import Clock, Observable

EVERY = 10.0
"""Seconds between two reports while it plays; Jellyfin's own clients report as often."""
JUMP = 5.0
"""A place that is this many seconds from where play would have led was sought."""
TIMEOUT = 5.0
_LEFT = (SessionPhase.IDLE, SessionPhase.ENDED)


@dataclass(frozen=True, slots=True)
class Told:
    """What was said last of the source that plays.

    Attributes:
        at: when, on the monotonic clock.
        position: the place that was told.
        seen: the newest place, which is told when the source is left.
    """

    source: StreamSource
    at: float
    position: float
    paused: bool
    seen: float


@dataclass(frozen=True, slots=True)
class Report:
    """One thing to say."""

    source: StreamSource
    event: PlaybackEvent
    position: float
    paused: bool = False


def reports_of(
    told: Told | None, state: SessionState, now: float
) -> tuple[tuple[Report, ...], Told | None]:
    """Return what is to be said of a session's new state, and what was said then. Pure."""
    source = _playing(state)
    player = state.player
    if source is None:
        if told is not None and state.phase in _LEFT:
            return (_ended(told),), None
        return (), told  # it is being opened, or opened again
    if told is None or told.source.url != source.url:
        began = Report(source, PlaybackEvent.BEGAN, player.position, player.paused)
        left = (_ended(told),) if told is not None else ()
        return (*left, began), Told(source, now, player.position, player.paused, player.position)
    passed = now - told.at
    led_to = told.position + (0.0 if told.paused else passed * player.speed)
    told = replace(told, seen=player.position)
    if player.paused is told.paused and abs(player.position - led_to) < JUMP and passed < EVERY:
        return (), told
    goes_on = Report(source, PlaybackEvent.GOES_ON, player.position, player.paused)
    return (goes_on,), Told(source, now, player.position, player.paused, player.position)


def _playing(state: SessionState) -> StreamSource | None:
    chosen = 0 <= state.source_index < len(state.sources)
    if not chosen or state.phase in _LEFT or not state.player.has_picture:
        return None
    return state.sources[state.source_index]


def _ended(told: Told) -> Report:
    return Report(told.source, PlaybackEvent.ENDED, told.seen)


class PlaybackReports:
    """Follows a session and tells its reports, one after the other. Lives on the service loop.

    A server that does not take them disturbs nobody: that is in the log. A place that nobody was
    told of before the next one came is left out.

    Args:
        state: the session's.
        hearers: returns who may want to hear of sources.
        clock: the time.
    """

    def __init__(
        self,
        state: Observable[SessionState],
        hearers: Callable[[], Sequence[ReportsPlayback]],
        clock: Clock,
    ) -> None:
        self._hearers = hearers
        self._clock = clock
        self._told: Told | None = None
        self._last: asyncio.Task[None] | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._place: Report | None = None
        self._unwatch = state.watch(self._follow)

    async def close(self) -> None:
        """Say what is left to say, as long as one report may take, and follow no more."""
        self._unwatch()
        if self._told is not None:
            self._tell(_ended(self._told))
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=TIMEOUT)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    def _follow(self, state: SessionState) -> None:
        reports, self._told = reports_of(self._told, state, self._clock.monotonic())
        for report in reports:
            self._tell(report)

    def _tell(self, report: Report) -> None:
        hearer = next((h for h in self._hearers() if h.hears_of(report.source)), None)
        if hearer is not None:
            if report.event is PlaybackEvent.GOES_ON:
                self._place = report
            telling = self._after(self._last, hearer, report)
            self._last = asyncio.get_running_loop().create_task(telling)
            self._tasks.add(self._last)
            self._last.add_done_callback(self._tasks.discard)

    async def _after(
        self, before: asyncio.Task[None] | None, hearer: ReportsPlayback, report: Report
    ) -> None:
        if before is not None:
            await asyncio.wait({before})
        if report.event is PlaybackEvent.GOES_ON and report is not self._place:
            return

        async def tell() -> None:
            await hearer.report_playback(
                report.source, report.event, report.position, paused=report.paused
            )

        await ask(hearer.name, tell, timeout=TIMEOUT)
