"""One request while it is answered: everybody asked at once, each answer taken as it comes.

```
ask all ──> an answer ──> check its two likeliest at once ──┐
                │                                            ├──> first that plays: told at once
                └──> arrange (worker thread) ──> check best ─┘
                          └──> the list so far: told
all answered, checks done or out of time ──> complete
nobody has answered for a while, or nobody could ──> the last good answer, marked stale
```
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable, Coroutine, Iterable
from functools import partial
from typing import Any

from novastream_desktop.errors import UserFacingError
from novastream_desktop.models import HealthStatus, SourceType, StreamSource
from novastream_desktop.providers.base import WatchRequest
from novastream_desktop.sources._asking import Asked, rests
from novastream_desktop.sources._checks import Checked, Checks
from novastream_desktop.sources._desk import Desk
from novastream_desktop.sources._expiry import is_expired
from novastream_desktop.sources._handing import Handing, holding, patience, unlikely
from novastream_desktop.sources._means import LATEST, RECALL_WAIT, Means
from novastream_desktop.sources._memory import Kept
from novastream_desktop.sources._points import NOTHING, Remembered
from novastream_desktop.sources._rank import is_sunk, rank
from novastream_desktop.sources._resolution import ProviderOutcome, ProviderStatus, Resolution
from novastream_desktop.sources._wanted import Wanted

MOST_CHECKS, BEST, _QUICK = 16, 8, 2
"""At all; of each arranged list; of an answer at once."""
log = logging.getLogger(__name__)

_Event = Callable[[], object]


class Resolving:
    """Answers one request; used once, on the service loop."""

    def __init__(self, means: Means, request: WatchRequest, wanted: Wanted) -> None:
        self._means = means
        self._request = request
        self._wanted = wanted
        self._desk = Desk(wanted)
        self._events: asyncio.Queue[_Event] = asyncio.Queue()
        self._checks = Checks(
            means.prober,
            most=MOST_CHECKS,
            max_height=wanted.max_height,
            runtime=wanted.runtime,
            done=self._told_check,
        )
        self._tasks: set[asyncio.Task[None]] = set()
        self._asked = self._judging = 0
        self._statuses: list[ProviderStatus] = []
        self._failures: dict[int, UserFacingError] = {}
        self._found: dict[int, tuple[StreamSource, ...]] = {}
        self._kept: Kept | None = None
        self._uses_kept = False
        self._remembered = NOTHING
        self._sources: tuple[StreamSource, ...] = ()
        self._handing = Handing(wanted.max_height)
        self._arranging = self._untidy = self._changed = self._recalled = False
        self._begun = self._answered = 0.0

    async def resolutions(self) -> AsyncGenerator[Resolution, None]:
        """Yield what is known whenever that is more than before, and at last all of it."""
        try:
            self._begin()
            while not self._complete():
                await self._wait()
                self._tidy()
                if self._changed and not self._complete():
                    self._changed = False
                    yield self._resolution()
            self._end()
            yield self._resolution(complete=True)
        finally:
            await self._stop()

    # -- what happens --------------------------------------------------------------------------

    def _begin(self) -> None:
        self._begun = self._answered = self._now()
        panel = self._means.panel
        self._statuses = [panel.begin(at) for at in range(len(panel.providers))]
        for at, status in enumerate(self._statuses):
            if status.outcome is ProviderOutcome.ASKED:
                self._asked += 1
                self._start(self._ask(at))
            else:
                self._failures[at] = rests(status)
        self._start(self._recall())

    async def _ask(self, at: int) -> None:
        asked = await self._means.panel.ask(at, self._request)
        self._tell(partial(self._take, at, asked))

    def _take(self, at: int, asked: Asked) -> None:
        self._asked -= 1
        self._answered = self._now()
        self._statuses[at] = asked.status
        if asked.failure is not None:
            self._failures[at] = asked.failure
        if asked.sources:
            self._found[at] = asked.sources
            self._untidy = True
            self._check_quickly(asked.sources)
        else:
            self._changed = True

    async def _recall(self) -> None:
        memory, kept = self._means.memory, None
        try:
            async with asyncio.timeout(RECALL_WAIT):
                await memory.ready()
                kept = await memory.last_answer(self._request)
        except TimeoutError:  # a disk that hangs holds nothing up
            log.info("What sources taught is not there in time")
        remembered = memory.remembered(self._request)
        self._tell(partial(self._take_memory, remembered, kept))

    def _take_memory(self, remembered: Remembered, kept: Kept | None) -> None:
        self._remembered, self._recalled = remembered, True
        self._untidy = self._untidy or bool(self._found)
        now = self._means.clock.now()
        usable = tuple(s for s in kept.sources if not is_expired(s, now)) if kept else ()
        self._kept = Kept(usable, kept.at) if kept and usable else None

    def _use_kept(self) -> None:
        if self._kept is not None and not self._uses_kept and not self._found:
            self._uses_kept = self._untidy = True
            self._check_quickly(self._kept.sources)

    def _check_quickly(self, sources: Iterable[StreamSource]) -> None:
        """Check the likeliest of an answer before its names are read, which takes time."""
        if self._handing.first is not None:
            return
        now, limit = self._means.clock.now(), self._wanted.max_height
        direct = (source for source in sources if source.type is not SourceType.TORRENT)
        likely = sorted(direct, key=lambda source: unlikely(source, limit))
        for source in [source for source in likely if not is_expired(source, now)][:_QUICK]:
            self._check(source)

    def _check(self, source: StreamSource) -> None:
        if self._checks.begin(source, source.bitrate):
            self._handing.expect(source)

    def _told_check(self, checked: Checked) -> None:
        self._tell(partial(self._take_check, checked))

    def _take_check(self, checked: Checked) -> None:
        self._untidy = True
        if checked.health.status is HealthStatus.HEALTHY and self._handing.first is None:
            self._judging += 1
            self._start(self._judge_first(checked))
        else:
            self._handing.drop(checked.source)
            self._hand_over()

    async def _judge_first(self, checked: Checked) -> None:
        source = checked.source.with_(health=checked.health)
        now, arguments = self._means.clock.now(), (self._wanted, self._remembered)
        if source.release_name:  # reading a name for the first time loads the rules
            (judged,) = await asyncio.to_thread(rank, (source,), now, *arguments)
        else:
            (judged,) = rank((source,), now, *arguments)
        self._tell(partial(self._take_first, judged))
        if self._handing.first is None:
            await patience()
            self._tell(partial(self._hand_over, late=True))

    def _take_first(self, source: StreamSource) -> None:
        self._judging -= 1
        settled = self._handing.drop if is_sunk(source) else self._handing.offer
        settled(source)
        self._hand_over()

    def _hand_over(self, *, late: bool = False) -> None:
        if self._handing.settle(late=late):
            self._changed = True

    # -- the list ------------------------------------------------------------------------------

    def _tidy(self) -> None:
        """Begin to put the list in order, unless that is being done or it is in order."""
        if self._untidy and not self._arranging and self._recalled:
            self._untidy, self._arranging = False, True
            self._start(self._arrange())

    async def _arrange(self) -> None:
        live = tuple(source for at in sorted(self._found) for source in self._found[at])
        kept = self._kept.sources if self._kept is not None and self._uses_kept else ()
        arranged = await asyncio.to_thread(
            self._desk.arrange,
            live or kept,
            self._means.clock.now(),
            self._remembered,
            {**self._means.prober.known_now(), **self._checks.health},
        )
        self._tell(partial(self._take_list, arranged))

    def _take_list(self, arranged: tuple[StreamSource, ...]) -> None:
        self._arranging, self._changed = False, True
        self._sources = arranged
        now = self._means.clock.now()
        for source in arranged[:BEST]:
            if not is_sunk(source) and not is_expired(source, now):
                self._check(source)

    def _resolution(self, *, complete: bool = False) -> Resolution:
        failures = tuple(self._failures[at] for at in sorted(self._failures)) if complete else ()
        stale = self._kept.at if self._kept and self._uses_kept and not self._found else None
        first = self._handing.first
        sources = holding(self._sources, first) if first else self._sources
        statuses = tuple(self._statuses)
        return Resolution(sources, statuses, complete, failures, first, stale)

    def _end(self) -> None:
        sound = [s for s in self._sources if s.health.status is not HealthStatus.DEAD]
        sound = [source for source in sound if not is_sunk(source)]
        if self._handing.first is None:
            weak = (s for s in sound if s.health.status is HealthStatus.DEGRADED)
            self._handing.first = self._handing.waiting or next(weak, None)
        if self._found and sound:
            self._means.memory.keep_answer(self._request, sound)

    # -- time ----------------------------------------------------------------------------------

    def _complete(self) -> bool:
        busy = self._asked or self._judging or not self._recalled
        if busy or self._arranging or self._untidy or self._stale_moment() is not None:
            return False
        return not self._checks.running or self._now() >= self._last_moment()

    def _last_moment(self) -> float:
        """When a complete answer stops waiting for checks."""
        latest = self._begun + self._means.timeout + LATEST
        return min(self._answered + self._means.check_wait, latest)

    def _stale_moment(self) -> float | None:
        """When the last good answer is to be used; None if there is none, or no need."""
        if self._kept is None or self._uses_kept or self._found:
            return None
        if self._asked:
            return self._begun + self._means.stale_wait
        return self._begun if self._failures else None

    async def _wait(self) -> None:
        """Wait for the next thing that happens, and take all that has happened."""
        moment = self._stale_moment()
        if moment is not None and self._now() >= moment:
            self._use_kept()
            return
        if moment is None and not self._asked and self._checks.running and not self._arranging:
            moment = self._last_moment()
        try:
            async with asyncio.timeout_at(moment):
                event = await self._events.get()
        except TimeoutError:
            return
        event()
        while not self._events.empty():
            self._events.get_nowait()()

    @staticmethod
    def _now() -> float:
        return asyncio.get_running_loop().time()

    def _tell(self, event: _Event) -> None:
        self._events.put_nowait(event)

    def _start(self, step: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(step)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            self._tell(task.result)  # raises where the request is answered

    async def _stop(self) -> None:
        self._desk.close()
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._checks.close()
