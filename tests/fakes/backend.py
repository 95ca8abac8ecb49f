"""A backend of values in memory over a real service loop."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from novastream_desktop.errors import NotFound, UserFacingError
from novastream_desktop.models import (
    Content,
    HomeSnapshot,
    StreamSource,
    TitleDetails,
    WatchProgress,
)
from novastream_desktop.models.doctor import Finding
from novastream_desktop.playback.commands import PlaybackCommands
from novastream_desktop.playback.state import ShowSkips
from novastream_desktop.player.base import RendersVideo
from novastream_desktop.runtime import Observable, ServiceLoop
from novastream_desktop.settings import Settings
from novastream_desktop.sources import ProviderStatus, Resolution
from tests.fakes.library import FakeLibrary, FakeTransfers


class FakeSkipDesk:
    """Keeps what holds for shows."""

    def __init__(self) -> None:
        self.shows: dict[str, ShowSkips] = {}

    async def of(self, content_id: str) -> ShowSkips:
        return self.shows.get(content_id, ShowSkips())

    async def shift(self, content_id: str, by: float | None) -> ShowSkips:
        now = await self.of(content_id)
        return self._set(content_id, replace(now, offset=0.0 if by is None else now.offset + by))

    async def keep_quiet(self, content_id: str, quiet: bool) -> ShowSkips:
        return self._set(content_id, replace(await self.of(content_id), quiet=quiet))

    def _set(self, content_id: str, skips: ShowSkips) -> ShowSkips:
        self.shows[content_id] = skips
        return skips


class FakeBackend:
    """Answer from public attributes that a test sets before or while it runs.

    `failures` maps a method's name to the error it raises; `calls` records (name, arguments).
    """

    def __init__(self, home: HomeSnapshot | None = None, settings: Settings | None = None) -> None:
        self.loop = ServiceLoop()
        self.settings = settings or Settings()
        self.problems: Sequence[str] = ()
        self.home = Observable(home or HomeSnapshot())
        self.requests: Observable[tuple[int, str | None]] = Observable((0, None))
        self.titles: dict[str, TitleDetails] = {}
        self.progress: dict[str, Sequence[WatchProgress]] = {}
        self.streams: dict[tuple[str, str | None], Sequence[StreamSource]] = {}
        self.statuses: tuple[ProviderStatus, ...] = ()
        self.pictures: dict[str, str] = {}
        self.folders: dict[str, Sequence[Content]] = {}
        self.findings: Sequence[Finding] = ()
        self.library = FakeLibrary()
        self.transfers = FakeTransfers()
        self.skips = FakeSkipDesk()
        self.commands: PlaybackCommands | None = None
        self.renderer: RendersVideo | None = None
        self.failures: dict[str, UserFacingError] = {}
        self.calls: list[tuple[str, tuple[Any, ...]]] = []

    def called(self, name: str) -> list[tuple[Any, ...]]:
        """Return the arguments of each call of one method."""
        return [arguments for called, arguments in self.calls if called == name]

    def show_home(self, home: HomeSnapshot) -> None:
        """Replace the home page, on the loop as the real one does."""
        self.loop.post(self.home.set, home)

    def start_services(self) -> None:
        self._note("start_services")

    async def refresh_home(self, row_ids: Collection[str] | None = None) -> None:
        self._note("refresh_home", *(row_ids or ()))

    async def more_of_row(self, row_id: str) -> None:
        self._note("more_of_row", row_id)

    async def details(self, content_id: str) -> TitleDetails:
        self._note("details", content_id)
        if content_id not in self.titles:
            raise NotFound(f"There is no title {content_id}")
        return self.titles[content_id]

    async def progress_of(self, content_id: str) -> Sequence[WatchProgress]:
        self._note("progress_of", content_id)
        return self.progress.get(content_id, ())

    async def sources(
        self, content_id: str, episode_id: str | None, into: Observable[Resolution | None]
    ) -> None:
        self._note("sources", content_id, episode_id)
        found = tuple(self.streams.get((content_id, episode_id), ()))
        into.set(Resolution(sources=found, statuses=self.statuses, complete=True))

    async def art(self, url: str) -> str:
        self._note("art", url)
        if url not in self.pictures:
            raise NotFound(f"There is no picture at {url}")
        return self.pictures[url]

    async def open_folder(self, folder: str) -> Sequence[Content]:
        self._note("open_folder", folder)
        return self.folders.get(folder, ())

    async def playback(self) -> PlaybackCommands:
        self._note("playback")
        if self.commands is None:
            raise UserFacingError("This fake plays nothing")
        return self.commands

    async def video(self) -> RendersVideo:
        self._note("video")
        if self.renderer is None:
            raise UserFacingError("This fake draws nothing")
        return self.renderer

    async def save_settings(self, changes: Mapping[str, object]) -> Settings:
        self._note("save_settings", dict(changes))
        data = self.settings.model_dump()
        for key, value in changes.items():
            *path, last = key.split(".")
            section = data
            for part in path:
                section = section[part]
            section[last] = value
        self.settings = Settings.model_validate(data)
        return self.settings

    async def api_token(self) -> str:
        return "secret-token"

    async def doctor(self) -> Sequence[Finding]:
        self._note("doctor")
        return self.findings

    def _note(self, name: str, *arguments: object) -> None:
        self.calls.append((name, arguments))
        if name in self.failures:
            raise self.failures[name]
