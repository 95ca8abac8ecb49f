"""The services that ask providers, as the program's core needs them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from novastream_desktop.models import Content, ContentType, ContinueItem, HomeSnapshot, Row
from novastream_desktop.models.doctor import ProviderState
from novastream_desktop.playback._subtitle_desk import SubtitleDesk
from novastream_desktop.playback.ports import Sources, Subtitles, Titles
from novastream_desktop.playback.titles import TitlePlaybackService
from novastream_desktop.providers.boundary import Troubles
from novastream_desktop.providers.telling import ReportsPlayback
from novastream_desktop.runtime import Observable
from novastream_desktop.subtitles import ReadSubtitle


class Art(Protocol):
    """Pictures on disk."""

    async def local(self, url: str) -> Path:
        """Return a picture's path, fetching it first if needed."""
        ...

    def known(self, urls: Iterable[str]) -> Mapping[str, str]:
        """Return the paths of those that are on disk."""
        ...


class Catalog(Titles, Protocol):
    """Rows, search and details."""

    @property
    def rows(self) -> Observable[tuple[Row, ...]]:
        """The home page's rows."""
        ...

    async def refresh(self, row_ids: Collection[str] | None = None) -> None:
        """Ask every row's provider again, or those of some rows."""
        ...

    async def more(self, row_id: str) -> None:
        """Let a row go on, if its provider has more of it."""
        ...

    async def search(
        self, query: str, into: Observable[tuple[Content, ...]] | None = None
    ) -> Sequence[Content]:
        """Return titles that match; `into` fills as providers answer."""
        ...

    async def keep(self, continue_watching: Iterable[ContinueItem] = ()) -> HomeSnapshot:
        """Write the home page to disk as it is now."""
        ...

    @property
    def art(self) -> Art:
        """Pictures on disk."""
        ...

    async def close(self) -> None:
        """Stop asking."""
        ...


class SubtitleTexts(Subtitles, SubtitleDesk, Protocol):
    """Subtitles that can also be read as text."""

    async def read(self, url_or_path: str, lang: str = "und") -> ReadSubtitle:
        """Return a track as WebVTT, and what it came in."""
        ...


async def _nothing_to_check() -> None:
    pass


@dataclass(frozen=True, slots=True)
class Answering:
    """The services that ask providers; replaced as a whole when providers are reconfigured.

    Attributes:
        check: asks every provider a cheap question; how each does goes to `troubles`.
        hearers: those that want to hear how far their own sources are watched.
    """

    catalog: Catalog
    sources: Sources
    subtitles: SubtitleTexts
    services: Mapping[ContentType, TitlePlaybackService]
    states: tuple[ProviderState, ...] = ()
    troubles: Troubles = field(default_factory=Troubles)
    check: Callable[[], Awaitable[None]] = _nothing_to_check
    hearers: tuple[ReportsPlayback, ...] = ()
