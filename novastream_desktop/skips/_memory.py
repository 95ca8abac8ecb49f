"""What undoing skips has taught, per show, kept in a small file."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Iterable, Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from novastream_desktop.models import SkipRange
from novastream_desktop.runtime.files import replace_file

log = logging.getLogger(__name__)

UNDONE_OFTEN = 2
"""So many undos of a part, and it is never skipped by itself in this show again (ux 5, 2)."""
DEMOTED = 0.5
"""The confidence of such a part: it is asked for, as an uncertain one is."""
LARGEST_OFFSET = 10.0
MOST_SHOWS = 2_000
MOST_HEARD = 60
MOST_REPORTS = 200
"""Of one show."""
_FROM_THE_FILE = frozenset({"chapters"})


class ShowSkips(BaseModel):
    """What was learned about one show.

    Attributes:
        offset: seconds that ranges from outside are shifted by; the file's chapters are exact.
        undone: how often a part of a type was gone back to.
        quiet: nothing is skipped by itself here.
        wrong: ranges that were said to be wrong, as episode, kind and origin.
        heard: names of themes that were played, as far as their sound is known.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    offset: float = Field(default=0.0, ge=-LARGEST_OFFSET, le=LARGEST_OFFSET)
    undone: dict[str, int] = Field(default_factory=dict)
    quiet: bool = False
    wrong: tuple[tuple[str, str, str], ...] = ()
    heard: tuple[str, ...] = ()

    def wrong_in(self, episode_id: str) -> tuple[tuple[str, str], ...]:
        """Return the kinds and origins that were said to be wrong in an episode."""
        return tuple((kind, origin) for at, kind, origin in self.wrong if at == episode_id)


NOTHING = ShowSkips()


def believed(
    ranges: Iterable[SkipRange], show: ShowSkips, episode_id: str
) -> tuple[SkipRange, ...]:
    """Return ranges without those that were said to be wrong in this episode. Pure."""
    wrong = set(show.wrong_in(episode_id))
    return tuple(skip for skip in ranges if (skip.type, skip.origin) not in wrong)


def taught(ranges: Iterable[SkipRange], show: ShowSkips) -> tuple[SkipRange, ...]:
    """Return ranges as this show has taught: shifted, and not by themselves where undone. Pure."""
    return tuple(_taught(skip, show) for skip in ranges)


def _taught(skip: SkipRange, show: ShowSkips) -> SkipRange:
    if show.offset and skip.origin not in _FROM_THE_FILE:
        start = max(0.0, skip.start + show.offset)
        skip = skip.with_(start=start, end=max(start, skip.end + show.offset))
    if show.undone.get(skip.type, 0) >= UNDONE_OFTEN:
        return skip.with_(automatic=False, confidence=min(skip.confidence, DEMOTED))
    return skip.with_(automatic=False) if show.quiet else skip


class SkipMemory:
    """Keeps what shows have taught; the least recently changed make room.

    Args:
        file: where it is kept; None keeps it for this run only.
    """

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self._shows: dict[str, ShowSkips] | None = None
        self._writing: asyncio.Task[None] | None = None

    async def of(self, show: str) -> ShowSkips:
        """Return what is known of a show."""
        if self._shows is None:
            read = await asyncio.to_thread(self._read)
            self._shows = {**read, **(self._shows or {})}
        return self._shows.get(show, NOTHING)

    async def note_undo(self, show: str, kind: str) -> None:
        """Count that somebody went back to a part that was skipped."""
        known = await self.of(show)
        undone = {**known.undone, kind: known.undone.get(kind, 0) + 1}
        self._set(show, known.model_copy(update={"undone": undone}))

    async def shift(self, show: str, by: float | None) -> float:
        """Shift a show's ranges by so many seconds more, None: not at all; return the sum."""
        known = await self.of(show)
        offset = 0.0 if by is None else round(known.offset + by, 3)
        offset = min(LARGEST_OFFSET, max(-LARGEST_OFFSET, offset))
        self._set(show, known.model_copy(update={"offset": offset}))
        return offset

    async def keep_quiet(self, show: str, *, quiet: bool) -> None:
        """Never skip by itself in a show, or as the settings say again."""
        known = await self.of(show)
        self._set(show, known.model_copy(update={"quiet": quiet}))

    async def report(self, show: str, what: tuple[str, str, str], *, wrong: bool) -> bool:
        """Keep that a range is wrong, or that it is not; return whether that is news.

        Args:
            show: the content id.
            what: episode, kind and origin.
            wrong: whether it is.
        """
        known = await self.of(show)
        if (what in known.wrong) is wrong:
            return False
        others = tuple(one for one in known.wrong if one != what)
        kept = (*others, what)[-MOST_REPORTS:] if wrong else others
        self._set(show, known.model_copy(update={"wrong": kept}))
        return True

    async def note_heard(self, show: str, theme: str) -> None:
        """Keep that a theme of a show was heard: from now on it may be skipped by itself."""
        known = await self.of(show)
        if theme not in known.heard:
            heard = (*known.heard, theme)[-MOST_HEARD:]
            self._set(show, known.model_copy(update={"heard": heard}))

    async def settle(self) -> None:
        """Wait until all is on disk."""
        while self._writing is not None and not self._writing.done():
            await self._writing

    def _set(self, show: str, learned: ShowSkips) -> None:
        shows = self._shows if self._shows is not None else {}
        shows.pop(show, None)
        shows[show] = learned
        while len(shows) > MOST_SHOWS:
            del shows[next(iter(shows))]
        self._shows = shows
        if self._file is not None:
            before = self._writing
            self._writing = asyncio.get_running_loop().create_task(self._write(before, dict(shows)))

    async def _write(
        self, before: asyncio.Task[None] | None, shows: Mapping[str, ShowSkips]
    ) -> None:
        if before is not None:
            await before
        await asyncio.to_thread(self._replace, shows)

    def _replace(self, shows: Mapping[str, ShowSkips]) -> None:
        assert self._file is not None
        text = json.dumps({show: learned.model_dump() for show, learned in shows.items()})
        try:
            replace_file(self._file, text)
        except OSError as error:
            log.warning("What skips have taught was not kept: %s", error)

    def _read(self) -> dict[str, ShowSkips]:
        if self._file is None:
            return {}
        try:
            found = json.loads(self._file.read_text(encoding="utf-8"))
            return {str(k): ShowSkips.model_validate(v) for k, v in dict(found).items()}
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, TypeError, ValidationError) as error:
            log.warning("What skips have taught cannot be read and begins anew: %s", error)
            return {}
