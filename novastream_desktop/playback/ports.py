"""What playback needs of the services beside it; `bootstrap` hands them in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from novastream_desktop.models import SkipRange, StreamSource, SubtitleTrack, TitleDetails
from novastream_desktop.player.base import Chapter
from novastream_desktop.providers.base import WatchRequest


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

    async def fresh(self, source: StreamSource, request: WatchRequest) -> StreamSource:
        """Return the source, resolved again if it has expired."""
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
