"""A playback session with real libmpv and a real subtitle service, for what is really shown."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from novastream_desktop.models import SourceType, StreamSource
from novastream_desktop.net.client import create_http_client
from novastream_desktop.playback.session import PlaybackSession
from novastream_desktop.playback.state import SessionState
from novastream_desktop.player import create_mpv_player
from novastream_desktop.player._mpv import MpvPlayer
from novastream_desktop.runtime import ServiceLoop, SystemClock
from novastream_desktop.settings import Settings
from novastream_desktop.subtitles import SubtitleMemory, SubtitleService
from tests.fakes.playback_world import World


@dataclass
class Cinema:
    """A session with real libmpv and a real subtitle service, driven from its own loop."""

    session: PlaybackSession
    player: MpvPlayer
    service: SubtitleService

    @property
    def state(self) -> SessionState:
        return self.session.state.value

    async def until(self, what: str, holds: Callable[[SessionState], object]) -> SessionState:
        found: asyncio.Future[SessionState] = asyncio.get_running_loop().create_future()

        def look(state: SessionState) -> None:
            if holds(state) and not found.done():
                found.set_result(state)

        unwatch = self.session.state.watch(look)
        try:
            return await asyncio.wait_for(found, 20)
        except TimeoutError:
            raise AssertionError(f"{what} did not come: {self.state}") from None
        finally:
            unwatch()

    async def read(self, name: str) -> Any:
        return await asyncio.to_thread(getattr, self.player._handle, name.replace("-", "_"))

    async def shown_at(self, position: float, text: str) -> None:
        """Seek and wait until a text is shown."""
        self.player.seek(position)
        for _ in range(200):
            if await self.read("sub-text") == text:
                return
            await asyncio.sleep(0.02)
        raise AssertionError(f"{await self.read('sub-text')!r} is shown and not {text!r}")

    async def choose(self, ending: str) -> None:
        """Choose a track of the list by the end of its address, and wait until it is on."""
        url = next(t.url for t in self.state.subtitles if t.url.endswith(ending))
        self.session.choose_subtitle(url)
        await self.until(
            f"{ending} on", lambda s: s.subtitle_facts is not None and s.subtitle_facts.url == url
        )


@asynccontextmanager
async def opened_cinema(
    loop: ServiceLoop,
    home: Path,
    settings: Settings,
    providers: Sequence[object],
    videos: Mapping[str, Path],
) -> AsyncIterator[Cinema]:
    """Open a session that plays local videos.

    Args:
        loop: runs the session; this is called on it.
        home: where what is chosen is remembered, and files are made.
        settings: the person's.
        providers: of subtitles.
        videos: by the id of a film or episode.
    """
    http = create_http_client(cache_dir=None, clock=SystemClock())
    service = SubtitleService(
        providers=providers,
        http=http,
        settings=settings.subtitles,
        cache_dir=home / "cache",
        memory=SubtitleMemory(home / "subtitles.json"),
    )
    world = World(settings=settings)
    world.desk = service
    for part, video in videos.items():
        world.sources_of[part] = [
            StreamSource(url=video.as_uri(), type=SourceType.MP4, provider="local")
        ]
    player = create_mpv_player(loop, {"vo": "null", "ao": "null"})
    session = world.session()
    session._make_player = _always(player)
    try:
        yield Cinema(session, player, service)
    finally:
        await session.close()
        await service.memory.settle()
        await http.close()
        await asyncio.to_thread(player.close)


def _always(player: MpvPlayer) -> Callable[[], Awaitable[MpvPlayer]]:
    async def make() -> MpvPlayer:
        return player

    return make
