"""Skip ranges of one file, from its chapters and every provider that knows some."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from pathlib import Path

from novastream_desktop.models import Episode, SkipRange
from novastream_desktop.providers.base import SupportsSkips, WatchRequest, having
from novastream_desktop.providers.boundary import Troubles, ask
from novastream_desktop.providers.telling import SupportsSkipReports
from novastream_desktop.runtime import Clock
from novastream_desktop.skips._learn import MOST_SIBLINGS, ThemeLearner
from novastream_desktop.skips._learn_rules import MOST_EPISODES
from novastream_desktop.skips._memory import ShowSkips, SkipMemory, believed, taught
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
        learner: finds openings and endings on this machine, and is asked like a provider.
        files_of: returns the files on this machine of what is asked for.
    """

    def __init__(
        self,
        *,
        providers: Sequence[object],
        clock: Clock,
        timeout: float = TIMEOUT,
        troubles: Troubles | None = None,
        memory: SkipMemory | None = None,
        learner: ThemeLearner | None = None,
        files_of: Callable[[WatchRequest], Awaitable[Sequence[Path]]] | None = None,
    ) -> None:
        self._memory = memory or SkipMemory()
        self._troubles = troubles or Troubles()
        self._learner = learner
        self._files_of = files_of
        asked = (*providers, *([learner] if learner is not None else []))
        self._providers = having(asked, SupportsSkips)  # type: ignore[type-abstract]
        self._reporting = having(providers, SupportsSkipReports)  # type: ignore[type-abstract]
        self._clock = clock
        self._timeout = timeout
        self._heard: set[Path] = set()
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
        show = await self._memory.of(request.content.id)
        heard = (*ranges_of_chapters(chapters, length), *said)
        return taught(combine(believed(heard, show, _episode_of(request)), length), show)

    async def note_undo(self, request: WatchRequest, skip: SkipRange) -> None:
        """Learn that somebody went back to a part that was skipped: twice, and it only asks."""
        await self._memory.note_undo(request.content.id, skip.type)

    async def shift(self, request: WatchRequest, by: float | None) -> float:
        """Shift the show's ranges by seconds, None: not at all; return the sum that holds now."""
        return await self._memory.shift(request.content.id, by)

    async def keep_quiet(self, request: WatchRequest, *, quiet: bool) -> None:
        """Never skip by itself in the show, or as the settings say again."""
        await self._memory.keep_quiet(request.content.id, quiet=quiet)

    async def show(self, request: WatchRequest) -> ShowSkips:
        """Return what was learned of the show."""
        return await self._memory.of(request.content.id)

    async def note_heard(self, request: WatchRequest, theme: str) -> None:
        """Keep that a theme of the show was heard."""
        await self._memory.note_heard(request.content.id, theme)

    async def report(
        self,
        request: WatchRequest,
        kind: str,
        origin: str,
        *,
        wrong: bool,
        ranges: Sequence[SkipRange] = (),
    ) -> bool:
        """Leave out this episode's ranges of a kind and origin, or take them in again.

        Whoever they come from is told that they are wrong, if it takes such reports; that one
        was taken back is not told anybody.

        Returns:
            whether somebody was told.
        """
        what = (_episode_of(request), kind, origin)
        if not await self._memory.report(request.content.id, what, wrong=wrong) or not wrong:
            return False
        told = False
        for provider in self._reporting:
            for skip in ranges:
                if provider.name == skip.origin and skip.reference:
                    question = partial(provider.report_skip, skip)
                    answer = await ask(provider.name, question, timeout=self._timeout)
                    told = told or answer.error is None
        return told

    async def learn(
        self, request: WatchRequest, path: Path, episodes: Sequence[Episode] = ()
    ) -> bool:
        """Learn the themes of a season from a file; return whether `ranges` may say more now.

        Args:
            request: the episode that is watched.
            path: its file, all of which is on this machine.
            episodes: all of the title; files of the nearest ones are listened to as well.
        """
        if self._learner is None or request.episode is None:
            return False
        siblings = await self._beside(request, request.episode, episodes)
        learned = await self._learner.learn(request, path, siblings)
        if learned:
            self._forget_said(request)
        return learned

    async def learn_next(self, request: WatchRequest, episodes: Sequence[Episode]) -> bool:
        """Learn from one more file of the season on this machine; return if there was one.

        The nearest come first, each file once, as many as a season keeps.
        """
        if self._learner is None or request.episode is None:
            return False
        near = await self._beside(request, request.episode, episodes, most=MOST_EPISODES - 1)
        for episode, path in near:
            other = WatchRequest(request.content, episode)
            if path in self._heard or await self._learner.knows(other, path):
                continue
            self._heard.add(path)
            if await self._learner.learn(other, path):
                self._forget_said(request)
            return True
        return False

    def _forget_said(self, request: WatchRequest) -> None:
        for key in [key for key in self._kept if key[0] == request.content.id]:
            del self._kept[key]

    async def _beside(
        self,
        request: WatchRequest,
        episode: Episode,
        episodes: Sequence[Episode],
        most: int = 2 * MOST_SIBLINGS,
    ) -> list[tuple[Episode, Path]]:
        """Return the files of the nearest other episodes of the season."""
        if self._files_of is None:
            return []
        others = [e for e in episodes if e.season == episode.season and e.id != episode.id]
        others.sort(key=lambda other: abs(other.episode_number - episode.episode_number))
        found: list[tuple[Episode, Path]] = []
        for other in others[:most]:
            files = await self._files_of(WatchRequest(request.content, other))
            found += [(other, file) for file in files[:1]]
        return found

    async def _said(self, request: WatchRequest, length: float | None) -> tuple[SkipRange, ...]:
        key = (request.content.id, _episode_of(request), length)
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


def _episode_of(request: WatchRequest) -> str:
    return request.episode.id if request.episode else ""
