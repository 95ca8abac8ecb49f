"""What the commands ask of the program behind them. `bootstrap` implements it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from novastream_desktop.api.base import ApiServices
from novastream_desktop.models import Content, SubtitleTrack
from novastream_desktop.models.doctor import ProviderState
from novastream_desktop.playback.fitting import FittedSubtitles
from novastream_desktop.progress import OpenedProgressStore
from novastream_desktop.subtitles import ReadSubtitle
from novastream_desktop.torrents.base import TorrentStream


class CommandServices(ApiServices, Protocol):
    """Every method fails only with `UserFacingError`.

    An empty answer means that nothing was found; where nobody could be asked, because a
    provider or the network failed, the method raises `ProviderError`.
    """

    async def checked_provider_states(self) -> Sequence[ProviderState]:
        """Ask every provider a cheap question; return how each is, in registry order."""
        ...

    async def search(self, query: str) -> Sequence[Content]:
        """Search every catalogue, best first."""
        ...

    async def subtitles(
        self, content_id: str, *, season: int | None = None, episode: float | None = None
    ) -> Sequence[SubtitleTrack]:
        """Return the merged track list."""
        ...

    async def subtitle_file(self, url_or_path: str, *, lang: str | None = None) -> ReadSubtitle:
        """Fetch, decode and normalise one track; return WebVTT and what it came in."""
        ...

    async def fit_subtitles(
        self,
        content_id: str,
        wanted: str,
        progress: Callable[[float], None],
        *,
        season: int | None = None,
        episode: float | None = None,
    ) -> FittedSubtitles:
        """Fit one of `subtitles` (its place from 1, or its address) to the sound; remember it."""
        ...

    async def open_stream(self, target: str, *, file_index: int | None = None) -> TorrentStream:
        """Open one file of a torrent for streaming; the caller closes it."""
        ...

    async def progress_store(self) -> OpenedProgressStore:
        """Return the watch history; it stays open, whoever asks does not close it."""
        ...
