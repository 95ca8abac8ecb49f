"""Providers that answer what a test tells them, and a clock that a test holds."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from novastream_desktop.errors import NotFound
from novastream_desktop.models import (
    Content,
    ContentType,
    Episode,
    Row,
    SkipRange,
    SourceType,
    StreamSource,
    SubtitleTrack,
    TitleDetails,
)
from novastream_desktop.providers.base import WatchRequest


class FakeClock:
    """Time stands still until `advance`."""

    def __init__(self, start: datetime = datetime(2026, 5, 1, 12, tzinfo=UTC)) -> None:
        self._now = start
        self._seconds = 1000.0

    def now(self) -> datetime:
        return self._now

    def monotonic(self) -> float:
        return self._seconds

    def advance(self, seconds: float) -> None:
        self._now += timedelta(seconds=seconds)
        self._seconds += seconds


@dataclass
class Behaviour:
    """How the next answers come: `error` is raised, `gate` is awaited first; `called` is set."""

    error: BaseException | None = None
    gate: asyncio.Event | None = None
    calls: int = 0
    called: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self, answer: Callable[[], Any]) -> Any:
        self.calls += 1
        self.called.set()
        if self.gate is not None:
            await self.gate.wait()
        if self.error is not None:
            raise self.error
        return answer()


@dataclass
class FakeRows:
    name: str
    answer: Sequence[Row] = ()
    how: Behaviour = field(default_factory=Behaviour)

    async def rows(self) -> Sequence[Row]:
        return await self.how.run(lambda: self.answer)


@dataclass
class FakeSearch:
    name: str
    answer: Sequence[Content] = ()
    how: Behaviour = field(default_factory=Behaviour)

    async def search(self, query: str) -> Sequence[Content]:
        return await self.how.run(lambda: self.answer)


@dataclass
class FakeDetails:
    name: str
    prefix: str
    answer: Mapping[str, TitleDetails] = field(default_factory=dict)
    how: Behaviour = field(default_factory=Behaviour)

    def knows(self, content_id: str) -> bool:
        return content_id.startswith(self.prefix)

    async def details(self, content_id: str) -> TitleDetails:
        def find() -> TitleDetails:
            if content_id not in self.answer:
                raise NotFound(f"{self.name} has no {content_id}")
            return self.answer[content_id]

        return await self.how.run(find)


@dataclass
class FakeSources:
    name: str
    answer: Sequence[StreamSource] = ()
    how: Behaviour = field(default_factory=Behaviour)
    reads_files: bool = False

    async def sources(self, request: WatchRequest) -> Sequence[StreamSource]:
        return await self.how.run(lambda: self.answer)


@dataclass
class FakeSubtitles:
    name: str
    answer: Sequence[SubtitleTrack] = ()
    how: Behaviour = field(default_factory=Behaviour)

    async def subtitles(self, request: WatchRequest) -> Sequence[SubtitleTrack]:
        return await self.how.run(lambda: self.answer)


@dataclass
class FakeSkips:
    name: str
    answer: Sequence[SkipRange] = ()
    how: Behaviour = field(default_factory=Behaviour)

    async def skips(self, request: WatchRequest, duration: float | None) -> Sequence[SkipRange]:
        return await self.how.run(lambda: self.answer)


def film(content_id: str = "nova:a", title: str = "A", **more: Any) -> Content:
    """Return a film."""
    return Content(id=content_id, title=title, **{"type": ContentType.MOVIE, **more})


def series(content_id: str = "nova:s", title: str = "S", **more: Any) -> Content:
    """Return a series."""
    return film(content_id, title, **{"type": ContentType.SERIES, **more})


def episode(number: float = 1, season: int = 1, content_id: str = "nova:s") -> Episode:
    """Return an episode."""
    return Episode(
        id=f"s{season}e{number:g}", content_id=content_id, season=season, episode_number=number
    )


def mp4(url: str, **more: Any) -> StreamSource:
    """Return a progressive source."""
    return StreamSource(url=url, type=SourceType.MP4, **more)


def torrent(info_hash: str = "ab" * 20, **more: Any) -> StreamSource:
    """Return a torrent source."""
    return StreamSource(url=f"magnet:?xt=urn:btih:{info_hash}", type=SourceType.TORRENT, **more)


def row(row_id: str, *items: Content, title: str = "") -> Row:
    """Return a row."""
    return Row(id=row_id, title=title or row_id, items=items)
