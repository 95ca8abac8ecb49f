"""What the window asks of the program behind it. `bootstrap` implements it; tests fake it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from novastream_desktop.models import HomeSnapshot, StreamSource, TitleDetails, WatchProgress
from novastream_desktop.models.doctor import Finding
from novastream_desktop.playback.commands import PlaybackCommands
from novastream_desktop.player.base import RendersVideo
from novastream_desktop.runtime import Observable, ServiceLoop
from novastream_desktop.settings import Settings


class Backend(Protocol):
    """Coroutines run on `loop`; those that need the services wait until they are built.

    Every coroutine fails only with `UserFacingError`.
    """

    @property
    def loop(self) -> ServiceLoop:
        """The service loop, running."""
        ...

    @property
    def settings(self) -> Settings:
        """The settings as they were loaded or last saved."""
        ...

    @property
    def problems(self) -> Sequence[str]:
        """Sentences about settings that were not understood, for a banner."""
        ...

    @property
    def home(self) -> Observable[HomeSnapshot]:
        """The home page; holds the last good rows from disk before any service exists."""
        ...

    @property
    def requests(self) -> Observable[tuple[int, str | None]]:
        """What later starts of the program hand over: a rising number and a target."""
        ...

    def start_services(self) -> None:
        """Build the services on the loop; called once, after the first painted frame."""
        ...

    async def refresh_home(self) -> None:
        """Ask every row's provider again; the result shows in `home`."""
        ...

    async def details(self, content_id: str) -> TitleDetails:
        """Return a title and its episodes."""
        ...

    async def progress_of(self, content_id: str) -> Sequence[WatchProgress]:
        """Return how far each part of a title was watched."""
        ...

    async def sources(
        self, content_id: str, episode_id: str | None = None
    ) -> Sequence[StreamSource]:
        """Return the ranked sources."""
        ...

    async def art(self, url: str) -> str:
        """Return the path of a picture on disk, fetching it first if needed."""
        ...

    async def playback(self) -> PlaybackCommands:
        """Return the playback session."""
        ...

    async def video(self) -> RendersVideo:
        """Return the player that draws.

        Raises:
            PlayerUnavailable: libmpv is missing; the sentence says how to install it.
        """
        ...

    async def save_settings(self, changes: Mapping[str, object]) -> Settings:
        """Change settings by dotted key (`playback.skip.op`: `auto`) and save them."""
        ...

    async def doctor(self) -> Sequence[Finding]:
        """Check what the main job needs."""
        ...


class Building(Protocol):
    """A `Future` of a backend, of whatever class that is."""

    def result(self) -> Backend:
        """Return the backend once it is built, or raise what went wrong."""
        ...

    def exception(self) -> BaseException | None:
        """Return what went wrong, None if it was built."""
        ...

    def add_done_callback(self, fn: Callable[[Any], object]) -> None:
        """Call on the thread that builds, or at once if it is done."""
        ...
