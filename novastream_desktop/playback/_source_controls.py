"""Which source plays after the first: the standby when it fails, the one that is chosen."""

from __future__ import annotations

import asyncio
from abc import abstractmethod
from collections.abc import Coroutine
from typing import Any

from novastream_desktop.errors import NoPlayableSource, UserFacingError
from novastream_desktop.models import SourceType, StreamSource
from novastream_desktop.playback._alive import ASK_AGAIN, runs_low
from novastream_desktop.playback._kept_tracks import KEPT_FOR, Wanted, keep, restore
from novastream_desktop.playback._lineup import (
    Recovery,
    is_renewable,
    recovery,
    replaced,
    standby_of,
)
from novastream_desktop.playback._machine import Event, advance
from novastream_desktop.playback._next_head import NextHead
from novastream_desktop.playback._stall import Standing, follow, stood_still
from novastream_desktop.playback.state import Outcome, SessionPhase, SessionState
from novastream_desktop.player.base import PlayerState
from novastream_desktop.sources import key_of

PROVED = 30.0
"""Seconds of play after which the network is there: what failed earlier may be tried again."""
LOOK_EVERY = 0.5
STANDBY_EVERY = 30.0
"""Seconds between looks at whether the standby's address still holds."""
ENDS_AFTER = 60.0
"""Seconds of play after which a failure may mean that the address has run out."""
ASKED_FOR = "another source was asked for"


class SourceControls(NextHead):
    """Commands and rules of changing the source. `PlaybackSession` adds titles and episodes."""

    def __init__(self, **parts: Any) -> None:
        super().__init__(**parts)
        self._wishes: tuple[Wanted, ...] = ()
        self._standing = Standing()
        self._looking: asyncio.TimerHandle | None = None
        self._aside: asyncio.Task[None] | None = None
        self._standby_seen = self._asked_alive = 0.0

    @abstractmethod
    def _run(self, step: Coroutine[Any, Any, None]) -> None:
        """Run a step of the session in place of the one that still runs."""

    # -- commands ------------------------------------------------------------------------------

    def choose_source(self, index: int) -> None:
        """Go on with another of `state.sources` at the same second."""
        sources = self._state.value.sources
        if 0 <= index < len(sources):
            self._failed.clear()
            self._end_attempt(Outcome.LEFT)
            if self._request is not None:
                self._service.note_choice(sources[index], self._request)
            self._switch(Recovery(sources[index]), by_hand=True)

    def next_source(self) -> None:
        """Go on with the next source at the same second: this one is bad."""
        current = self._current
        if current is None:
            return
        other = standby_of(self._state.value.sources, current, self._failed)
        if other is None:
            self._failed.clear()
            other = standby_of(self._state.value.sources, current)
        if other is not None:
            self._give_up(current, Outcome.LEFT, ASKED_FOR)
            self._switch(Recovery(other), announce=True, by_hand=True)

    def select_subtitle(self, track_id: int | None) -> None:
        """Select a subtitle track of the player, or none."""
        self._wishes = ()
        super().select_subtitle(track_id)

    def select_audio(self, track_id: int) -> None:
        """Select an audio track of the player."""
        self._wishes = ()
        super().select_audio(track_id)

    # -- when it fails -------------------------------------------------------------------------

    def _recover(self, outcome: Outcome, why: str) -> bool:
        """Put another source in the place of one that failed; return whether there is one."""
        current = self._current
        if current is None:
            return False
        if outcome is Outcome.FAILED and self._may_have_ended(current):
            self._switching = True
            self._run(self._recover_knowing_why(current, why))
            return True
        return self._replace(current, outcome, why)

    def _may_have_ended(self, current: StreamSource) -> bool:
        """Whether it is worth asking its server why it failed: its address may have run out."""
        first, now = self._first_frame, self._clock.monotonic()
        return (
            first is not None
            and now - first >= ENDS_AFTER
            and is_renewable(current)
            and key_of(current) not in self._renewed
        )

    async def _recover_knowing_why(self, current: StreamSource, why: str) -> None:
        told = await self._service.why_dead(current)
        if not self._replace(current, Outcome.FAILED, told or why):
            raise failure_of(self._state.value, why)

    def _replace(self, current: StreamSource, outcome: Outcome, why: str) -> bool:
        step = self._recovery_from(current, ended=self._service.has_ended(current, why))
        unfinished = self._search is not None and not self._search.complete
        if step is None and not unfinished:
            return False
        expired = step is not None and step.renew
        if expired:
            self._end_attempt(Outcome.EXPIRED, why)
        else:
            self._give_up(current, outcome, why)
        self._switch(step, why=why, announce=not expired)
        return True

    def _recovery_from(self, current: StreamSource, *, ended: bool) -> Recovery | None:
        now = self._clock.monotonic()
        if self._first_frame is not None and now - self._first_frame >= PROVED:
            self._renewed.clear()
            if standby_of(self._state.value.sources, current, self._failed) is None:
                self._failed.clear()
        return recovery(
            self._state.value.sources,
            current,
            self._clock.now(),
            failed=self._failed,
            renewed=self._renewed,
            played=self._first_frame is not None,
            ended=ended,
        )

    def _switch(
        self,
        step: Recovery | None,
        *,
        why: str = "",
        announce: bool = False,
        by_hand: bool = False,
    ) -> None:
        """Go on with another source at the same second, with the same tracks, paused or not.

        What fails before anything was seen leaves the person waiting: their clock runs on.
        """
        state = self._state.value
        failure = failure_of(state, why)
        if state.player.has_picture:
            self._wishes = keep(state.player)
        self._history.save(state)
        self._switching = True
        if self._first_frame is not None or by_hand:
            self._clicked = self._clock.monotonic()
        self._update(phase=advance(state.phase, Event.SWITCH), prompt=None, next_up=None)
        over = state.phase is SessionPhase.ENDED
        start = 0.0 if over else state.player.position or state.resumed_from
        paused = state.player.paused
        self._run(self._play(step, start, failure=failure, paused=paused, announce=announce))

    def _start_over(self) -> None:
        """Play the same source from its start: it is shorter than where it was to go on."""
        current = self._current
        if current is not None:
            failure = failure_of(self._state.value, "it is shorter than where it was left")
            self._run(self._play(Recovery(current), 0.0, failure=failure))

    def _restore_tracks(self, player: PlayerState) -> None:
        """Select what was on before the change of source, as it becomes known."""
        if not self._wishes or self._first_frame is None or self._player is None:
            return
        if self._clock.monotonic() - self._first_frame > KEPT_FOR:
            self._wishes = ()
            return
        for kind, track_id in restore(self._wishes, player):
            self._player.select_track(kind, track_id)

    async def _load(self, step: Recovery, start: float, *, paused: bool) -> None:
        await super()._load(step, start, paused=paused)
        self._watch_file()

    # -- watching ------------------------------------------------------------------------------

    def _watch_file(self) -> None:
        """Look from now on whether it moves, and whether its standby is good."""
        self._unwatch_file()
        self._standing = Standing(since=self._clock.monotonic())
        self._standby_seen = self._clock.monotonic()
        self._look_later()

    def _unwatch_file(self) -> None:
        if self._looking is not None:
            self._looking.cancel()
            self._looking = None
        if self._aside is not None:
            self._aside.cancel()
            self._aside = None

    def _look_later(self) -> None:
        self._looking = asyncio.get_running_loop().call_later(LOOK_EVERY, self._look)

    def _look(self) -> None:
        self._look_later()
        state, now = self._state.value, self._clock.monotonic()
        if not self._live or self._switching:
            self._standing = Standing(state.player.position, now)
            return
        self._standing = follow(self._standing, state.player, now)
        self._prefetch()
        current = self._current
        torrent = current is not None and current.type is SourceType.TORRENT
        if stood_still(self._standing, state.player, now, torrent=torrent):
            self._stand_still()
        elif self._aside is not None and not self._aside.done():
            return
        elif runs_low(state.player) and now - self._asked_alive >= ASK_AGAIN:
            self._asked_alive = now
            self._aside = asyncio.get_running_loop().create_task(self._see_whether_alive())
        elif now - self._standby_seen >= STANDBY_EVERY and self._first_frame is not None:
            self._standby_seen = now
            self._aside = asyncio.get_running_loop().create_task(self._keep_standby())

    def _stand_still(self) -> None:
        """Change the source if there is another one; else wait on, and say so."""
        current = self._current
        state = self._state.value
        if current is not None and standby_of(state.sources, current, self._failed) is not None:
            seconds = self._clock.monotonic() - self._standing.since
            self._recover(Outcome.STALLED, f"nothing came for {seconds:.0f} s")
        elif state.phase.loaded and state.player.has_picture:
            self._update(phase=SessionPhase.STALLED)

    async def _see_whether_alive(self) -> None:
        """Change the source before its data runs out, if its server is gone."""
        current = self._current
        if current is None:
            return
        alone = standby_of(self._state.value.sources, current, self._failed) is None
        if alone and not is_renewable(current):
            return
        why = await self._service.why_dead(current)
        if not why or self._switching or self._current != current:
            return
        if not alone or self._service.has_ended(current, why):
            self._replace(current, Outcome.FAILED, why)

    async def _keep_standby(self) -> None:
        """Renew the standby's address before it runs out."""
        current, request = self._current, self._request
        if current is None or request is None:
            return
        standby = standby_of(self._state.value.sources, current, self._failed)
        if standby is None:
            return
        try:
            fresh = await self._service.fresh(standby, request)
        except UserFacingError as error:
            self._failed.add(key_of(standby))
            self._service.note_failure(standby, request, error.why or error.what)
            return
        if fresh.url != standby.url:
            self._update(sources=replaced(self._state.value.sources, standby, fresh))


def failure_of(state: SessionState, why: str) -> NoPlayableSource:
    """Return what to tell when no source is left: whether it ever played, and why not any more."""
    title = state.content.title if state.content else "This"
    played = any(attempt.first_frame is not None for attempt in state.trace)
    what = f"{title} stopped playing" if played else f"{title} could not be played"
    return NoPlayableSource(what, why=why, hint="Try again, or choose another source")
