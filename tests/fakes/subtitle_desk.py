"""A subtitle desk of values in memory."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping, Sequence

from novastream_desktop.models import StreamSource, SubtitleTrack
from novastream_desktop.playback.ports import Subtitles
from novastream_desktop.providers.base import WatchRequest
from novastream_desktop.subtitles import FoundTracks, PreparedSubtitle, SubtitleMemory


class PlainDesk:
    """Implements `SubtitleDesk` over what lists tracks and makes files of them."""

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
