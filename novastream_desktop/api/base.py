"""What the HTTP API asks of the program behind it. `bootstrap` implements it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from novastream_desktop.models import HomeRows, StreamSource, WatchInfo, WatchProgress
from novastream_desktop.models.doctor import ProviderState, ProviderStatus
from novastream_desktop.playback.commands import PlaybackCommands

__all__ = ["ApiServices", "ProviderState", "ProviderStatus"]


class ApiServices(Protocol):
    """Every method runs on the service loop and fails only with `UserFacingError`."""

    async def home_rows(self) -> HomeRows:
        """Return the rows of the home page."""
        ...

    async def watch(
        self,
        content_id: str,
        *,
        season: int | None = None,
        episode: float | None = None,
        duration: float | None = None,
    ) -> WatchInfo:
        """Return everything that is needed to watch one thing.

        Args:
            content_id: a well-formed content id.
            season: with `episode`, which episode of a series or anime; both None for a film,
                or for the episode to go on with.
            episode: its number in the season (13.5 exists).
            duration: the file's length in seconds, once known.

        Raises:
            NotFound: there is no such title or episode.
        """
        ...

    async def sources(
        self, content_id: str, *, season: int | None = None, episode: float | None = None
    ) -> Sequence[StreamSource]:
        """Return what can play it, checked and ranked, best first."""
        ...

    async def save_progress(self, items: Sequence[WatchProgress]) -> Sequence[WatchProgress]:
        """Store each item unless a newer one is there; return what is stored now for each."""
        ...

    async def progress_since(self, moment: datetime | None) -> Sequence[WatchProgress]:
        """Return entries updated after a moment, oldest first; all for None."""
        ...

    async def provider_states(self) -> Sequence[ProviderState]:
        """Return every provider, switched off ones too, in registry order."""
        ...

    def playback(self) -> PlaybackCommands | None:
        """Return the session of the open window, None without a window."""
        ...
