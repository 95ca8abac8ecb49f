"""Subtitles as playback needs them."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping, Sequence
from typing import Protocol

from novastream_desktop.models import StreamSource, SubtitleTrack
from novastream_desktop.playback._opening import Opened
from novastream_desktop.providers.base import WatchRequest
from novastream_desktop.subtitles import FoundTracks, PreparedSubtitle, SubtitleMemory, release_of


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
        *,
        url: str = "",
        headers: Mapping[str, str] | None = None,
    ) -> AsyncGenerator[FoundTracks, None]:
        """Yield the tracks known so far, each time that more are; `url` leads to what plays."""
        ...

    async def prepare(
        self, track: SubtitleTrack, *, fps: float | None = None, hint: str = ""
    ) -> PreparedSubtitle:
        """Return a file with the track for the player."""
        ...


class HasSubtitleDesk(Protocol):
    """Knows the desk in force; another one takes over when the settings change."""

    def subtitle_desk(self) -> SubtitleDesk:
        """Return it."""
        ...


def inside(opened: Opened | None) -> tuple[SubtitleTrack, ...]:
    """Return the subtitle files inside the torrent that plays."""
    files = opened.stream.subtitles if opened is not None and opened.stream is not None else ()
    return tuple(
        SubtitleTrack(lang=f.lang, url=f.url, label=f.label, origin="torrent", exact=True)
        for f in files
    )


def made_for(request: WatchRequest, sources: Sequence[StreamSource]) -> str:
    """Return what timings are remembered for: the release, else the part that is watched."""
    part = request.episode.id if request.episode else request.content.id
    return release_of(request, sources) or part
