"""What playback needs of the services beside it; `bootstrap` hands them in."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from pathlib import Path
from typing import Protocol, runtime_checkable

from novastream_desktop.models import (
    Episode,
    SkipRange,
    StreamSource,
    SubtitleTrack,
    TitleDetails,
)
from novastream_desktop.player.base import Chapter
from novastream_desktop.providers.base import WatchRequest
from novastream_desktop.sources import Resolution


class Titles(Protocol):
    """Knows titles by content id."""

    async def details(self, content_id: str) -> TitleDetails:
        """Return a title and its episodes; `NotFound` if there is none."""
        ...


class Sources(Protocol):
    """Finds ways to play."""

    async def resolve(self, request: WatchRequest) -> Sequence[StreamSource]:
        """Return sources, best first.

        Raises:
            ProviderError: there are none, and at least one provider failed.
        """
        ...

    def stream(self, request: WatchRequest) -> AsyncGenerator[Resolution, None]:
        """Yield what is known each time that more is, and at last all of it."""
        ...

    async def fresh(
        self, source: StreamSource, request: WatchRequest, *, force: bool = False
    ) -> StreamSource:
        """Return the source, resolved again if it has expired or `force` asks for it.

        Raises:
            SourceUnavailable: its provider does not have it any more.
        """
        ...


@runtime_checkable
class RemembersSources(Protocol):
    """Learns from how sources did; each call returns at once."""

    def note_failure(self, source: StreamSource, request: WatchRequest, why: str) -> None:
        """Remember that a source failed: it sinks for a day."""
        ...

    def has_ended(self, source: StreamSource, why: str) -> bool:
        """Whether a failure says that the source's address has only run out by its age."""
        ...

    def note_choice(self, source: StreamSource, request: WatchRequest) -> None:
        """Remember that the person picked a source: its like is preferred for the next part."""
        ...

    def note_start(self, source: StreamSource, request: WatchRequest, seconds: float) -> None:
        """Remember how long a source took to its first frame."""
        ...


class Subtitles(Protocol):
    """Finds subtitle tracks and makes files of them."""

    async def tracks(
        self, request: WatchRequest, sources: Sequence[StreamSource] = ()
    ) -> Sequence[SubtitleTrack]:
        """Return the merged tracks."""
        ...

    async def file_for(self, track: SubtitleTrack) -> Path:
        """Return a WebVTT file in UTF-8 of the track."""
        ...


class Skips(Protocol):
    """Finds skip ranges."""

    async def ranges(
        self, request: WatchRequest, duration: float | None, chapters: Sequence[Chapter] = ()
    ) -> Sequence[SkipRange]:
        """Return the merged ranges of this file."""
        ...


@runtime_checkable
class LearnsThemes(Protocol):
    """Finds openings and endings by the sound of files on this machine."""

    async def learn(
        self, request: WatchRequest, path: Path, episodes: Sequence[Episode] = ()
    ) -> bool:
        """Learn from the file of an episode; return whether `ranges` may say more now."""
        ...

    async def learn_next(self, request: WatchRequest, episodes: Sequence[Episode]) -> bool:
        """Learn from one more file of the season that is on this machine; return if there was."""
        ...


@runtime_checkable
class KnowsUse(Protocol):
    """Knows when somebody last asked the program for something."""

    def unused_for(self) -> float:
        """Return the seconds since then."""
        ...


@runtime_checkable
class LearnsSkips(Protocol):
    """Learns from what the person does about skips."""

    async def note_undo(self, request: WatchRequest, skip: SkipRange) -> None:
        """Learn that somebody went back to a part that was skipped."""
        ...

    async def shift(self, request: WatchRequest, by: float | None) -> float:
        """Shift the show's ranges by seconds, None: not at all; return the sum that holds now."""
        ...

    async def note_heard(self, request: WatchRequest, theme: str) -> None:
        """Keep that a theme of the show was heard: it may be skipped by itself from now on."""
        ...

    async def keep_quiet(self, request: WatchRequest, *, quiet: bool) -> None:
        """Never skip by itself in the show, or as the settings say again."""
        ...

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

        Returns whether the origin was told; only of `ranges`, and only that they are wrong.
        """
        ...

    async def show(self, request: WatchRequest) -> TaughtSkips:
        """Return what was learned of the show."""
        ...


class TaughtSkips(Protocol):
    """What was learned of a show's skips."""

    @property
    def offset(self) -> float:
        """Seconds by which its ranges are shifted."""
        ...

    @property
    def quiet(self) -> bool:
        """Nothing is skipped by itself."""
        ...

    @property
    def heard(self) -> tuple[str, ...]:
        """Names of its themes that were heard."""
        ...

    def wrong_in(self, episode_id: str) -> tuple[tuple[str, str], ...]:
        """Return the kinds and origins that were said to be wrong in an episode."""
        ...
