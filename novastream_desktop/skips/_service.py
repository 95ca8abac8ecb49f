"""Skip ranges of one file, from its chapters and every provider that knows some."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial

from novastream_desktop.models import SkipRange
from novastream_desktop.providers.base import SupportsSkips, WatchRequest, having
from novastream_desktop.providers.boundary import Troubles, ask
from novastream_desktop.runtime import Clock
from novastream_desktop.skips._memory import SkipMemory, taught
from novastream_desktop.skips._rules import ChapterLike, combine, ranges_of_chapters

TIMEOUT = 5.0
_KEEP_FOR = 600.0
_KEEP_MOST = 32

_Key = tuple[str, str, float | None]


class SkipService:
    """Ask for skip ranges and decide between the answers. Failures are silent: playback goes on.

    Complete answers are kept for ten minutes, so that asking again when the chapters become
    known costs nothing.

    Args:
        providers: all providers; those with `SupportsSkips` are asked.
        clock: where time comes from.
        timeout: seconds that one provider may take.
        troubles: remembers which providers fail.
        memory: what undoing skips has taught.
    """

    def __init__(
        self,
        *,
        providers: Sequence[object],
        clock: Clock,
        timeout: float = TIMEOUT,
        troubles: Troubles | None = None,
        memory: SkipMemory | None = None,
    ) -> None:
        self._memory = memory or SkipMemory()
        self._troubles = troubles or Troubles()
        self._providers = having(providers, SupportsSkips)  # type: ignore[type-abstract]
        self._clock = clock
        self._timeout = timeout
        self._kept: dict[_Key, tuple[float, tuple[SkipRange, ...]]] = {}

    async def ranges(
        self,
        request: WatchRequest,
        duration: float | None = None,
        chapters: Sequence[ChapterLike] = (),
    ) -> tuple[SkipRange, ...]:
        """Return the ranges in the order of the file, none overlapping another.

        Args:
            request: what is watched.
            duration: the file's length in seconds, None or 0 while it is unknown.
            chapters: the file's own chapters.
        """
        length = duration or None
        said = await self._said(request, length)
        found = combine([*ranges_of_chapters(chapters, length), *said], length)
        return taught(found, await self._memory.of(request.content.id))

    async def note_undo(self, request: WatchRequest, skip: SkipRange) -> None:
        """Learn that somebody went back to a part that was skipped: twice, and it only asks."""
        await self._memory.note_undo(request.content.id, skip.type)

    async def shift(self, request: WatchRequest, by: float | None) -> float:
        """Shift the show's ranges by seconds, None: not at all; return the sum that holds now."""
        return await self._memory.shift(request.content.id, by)

    async def _said(self, request: WatchRequest, length: float | None) -> tuple[SkipRange, ...]:
        key = (request.content.id, request.episode.id if request.episode else "", length)
        kept = self._kept.get(key)
        if kept is not None and self._clock.monotonic() - kept[0] < _KEEP_FOR:
            return kept[1]
        answers = await asyncio.gather(
            *(
                ask(
                    provider.name,
                    partial(provider.skips, request, length),
                    timeout=self._timeout,
                    note=self._troubles.noting(provider),
                )
                for provider in self._providers
            )
        )
        said = tuple(skip for answer in answers for skip in answer.value or ())
        if all(answer.error is None for answer in answers):
            while len(self._kept) >= _KEEP_MOST:
                del self._kept[next(iter(self._kept))]
            self._kept[key] = (self._clock.monotonic(), said)
        return said
