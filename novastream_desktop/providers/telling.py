"""Rarer roles of providers: what they tell of episodes, and what they can be told."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, runtime_checkable

from novastream_desktop.models import Content, SkipRange


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
