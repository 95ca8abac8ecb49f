"""Rarer roles of providers: what they tell of episodes, and what they can be told."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Protocol, runtime_checkable

from novastream_desktop.models import Content, SkipRange, StreamSource


class PlaybackEvent(StrEnum):
    """What is said of a source that plays."""

    BEGAN = "began"
    GOES_ON = "goes-on"
    ENDED = "ended"


@runtime_checkable
class SupportsSkipReports(Protocol):
    """Takes reports that a skip range of its own is wrong."""

    @property
    def name(self) -> str:
        """Its spec's name, which is also the `origin` of its ranges."""
        ...

    async def report_skip(self, skip: SkipRange) -> None:
        """Say that a range, by its `reference`, is wrong; only when a person asks for it."""
        ...


@runtime_checkable
class SupportsMarks(Protocol):
    """Knows which episodes of an anime are filler or only look back."""

    @property
    def name(self) -> str:
        """Its spec's name."""
        ...

    async def marks(self, content: Content, entry: str) -> tuple[Iterable[float], Iterable[float]]:
        """Return the numbers of filler and of recap episodes, within a catalogue's entry.

        Args:
            content: the title.
            entry: the content id of it or of one of its sequels.
        """
        ...


@runtime_checkable
class ReportsPlayback(Protocol):
    """Wants to hear how far its own sources are watched, as the person's own server does."""

    @property
    def name(self) -> str:
        """Its spec's name."""
        ...

    def hears_of(self, source: StreamSource) -> bool:
        """Whether a source is its own, so that `report_playback` is called (no I/O)."""
        ...

    async def report_playback(
        self, source: StreamSource, event: PlaybackEvent, position: float, *, paused: bool
    ) -> None:
        """Say that a source begins to play, goes on, or is left.

        Args:
            source: one that it hears of.
            event: which of these.
            position: seconds into the file.
            paused: whether it stands still there.
        """
        ...


@runtime_checkable
class ContinuesRows(Protocol):
    """Has more titles in a row than it gives at once."""

    @property
    def name(self) -> str:
        """Its spec's name."""
        ...

    async def more(self, row_id: str, known: int) -> Iterable[Content]:
        """Return what follows the first titles of one of its rows.

        Args:
            row_id: a row that it gave.
            known: how many are there already. Some of what comes may be among them; nothing
                that is new means that the row has ended, as does an empty answer.
        """
        ...
