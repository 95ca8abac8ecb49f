"""Subtitles as playback needs them, also where a front end's service can do less."""
# ruff: noqa: ARG002  (`PlainDesk` takes what a desk takes)

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping, Sequence
from typing import Protocol, runtime_checkable

from novastream_desktop.models import StreamSource, SubtitleTrack
from novastream_desktop.playback.ports import Subtitles
from novastream_desktop.providers.base import WatchRequest
from novastream_desktop.subtitles import FoundTracks, PreparedSubtitle, SubtitleMemory


@runtime_checkable
class SubtitleDesk(Protocol):
    """Finds tracks as they come, prepares them for the player, and remembers what was chosen."""

    @property
    def memory(self) -> SubtitleMemory:
        """What people chose."""
        ...

    def stream(
        self,
        request: WatchRequest,
        sources: Sequence[StreamSource] = (),
        extra: Sequence[SubtitleTrack] = (),
    ) -> AsyncGenerator[FoundTracks, None]:
        """Yield the tracks known so far, each time that more are."""
        ...

    async def identified(
        self, request: WatchRequest, url: str, headers: Mapping[str, str] | None = None
    ) -> WatchRequest:
        """Return the request with the file that plays, where that helps to find subtitles."""
        ...

    async def prepare(
        self, track: SubtitleTrack, *, fps: float | None = None, hint: str = ""
    ) -> PreparedSubtitle:
        """Return a file with the track for the player."""
        ...


@runtime_checkable
class HasSubtitleDesk(Protocol):
    """Knows the desk in force; another one takes over when the settings change."""

    def subtitle_desk(self) -> SubtitleDesk:
        """Return it."""
        ...


class PlainDesk:
    """A `SubtitleDesk` over a service that only lists tracks and makes files of them."""

    def __init__(self, subtitles: Subtitles) -> None:
        self._subtitles = subtitles
        self._memory = SubtitleMemory(None)

    @property
    def memory(self) -> SubtitleMemory:
        """See `SubtitleDesk`."""
        return self._memory

    async def stream(
        self,
        request: WatchRequest,
        sources: Sequence[StreamSource] = (),
        extra: Sequence[SubtitleTrack] = (),
    ) -> AsyncGenerator[FoundTracks, None]:
        """See `SubtitleDesk`."""
        tracks = (*extra, *await self._subtitles.tracks(request, sources))
        yield FoundTracks(tracks, complete=True)

    async def identified(
        self, request: WatchRequest, url: str, headers: Mapping[str, str] | None = None
    ) -> WatchRequest:
        """See `SubtitleDesk`."""
        return request

    async def prepare(
        self, track: SubtitleTrack, *, fps: float | None = None, hint: str = ""
    ) -> PreparedSubtitle:
        """See `SubtitleDesk`."""
        path = await self._subtitles.file_for(track)
        return PreparedSubtitle(path, track.url)


def desk_of(subtitles: Subtitles, plain: PlainDesk) -> SubtitleDesk:
    """Return the desk in force."""
    if isinstance(subtitles, HasSubtitleDesk):
        return subtitles.subtitle_desk()
    return subtitles if isinstance(subtitles, SubtitleDesk) else plain
