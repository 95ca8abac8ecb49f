"""Subtitles as playback needs them, also where a front end's service can do less."""
# ruff: noqa: ARG002  (`PlainDesk` takes what a desk takes)

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping, Sequence
from typing import Protocol, runtime_checkable

from novastream_desktop.models import StreamSource, SubtitleTrack
from novastream_desktop.playback._opening import Opened
from novastream_desktop.playback.ports import Subtitles
from novastream_desktop.providers.base import WatchRequest
from novastream_desktop.subtitles import FoundTracks, PreparedSubtitle, SubtitleMemory, release_of


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
        *,
        url: str = "",
        headers: Mapping[str, str] | None = None,
    ) -> AsyncGenerator[FoundTracks, None]:
        """See `SubtitleDesk`."""
        tracks = (*extra, *await self._subtitles.tracks(request, sources))
        yield FoundTracks(tracks, complete=True)

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


def hint_of(request: WatchRequest) -> str:
    """Return `S01E02`, for archives with files of many episodes."""
    episode = request.episode
    return f"S{episode.season:02d}E{int(episode.episode_number):02d}" if episode else ""


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
