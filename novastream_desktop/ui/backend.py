"""What the window asks of the program behind it. `bootstrap` implements it; tests fake it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Protocol

from novastream_desktop.models import (
    Content,
    HomeSnapshot,
    TitleDetails,
    WatchProgress,
)
from novastream_desktop.models.doctor import Finding
from novastream_desktop.models.library import Change, LibraryPage, TitleMarks
from novastream_desktop.playback.commands import PlaybackCommands
from novastream_desktop.playback.state import ShowSkips
from novastream_desktop.player.base import RendersVideo
from novastream_desktop.runtime import Observable, ServiceLoop
from novastream_desktop.settings import Settings
from novastream_desktop.sources import Resolution
from novastream_desktop.torrents.base import Transfer, TransferFile


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

    @property
    def transfers(self) -> TransfersBackend:
        """The torrents that the engine knows."""
        ...

    def start_services(self) -> None:
        """Build the services on the loop; called once, after the first painted frame."""
        ...

    async def refresh_home(self, row_ids: Collection[str] | None = None) -> None:
        """Ask every row's provider again, or those of some rows; the result shows in `home`."""
        ...

    @property
    def skips(self) -> SkipsBackend:
        """What holds for the skips of shows, beside the settings."""
        ...

    @property
    def library(self) -> LibraryBackend:
        """Search, and what a person keeps."""
        ...

    async def more_of_row(self, row_id: str) -> None:
        """Let a row of the home page go on, if its provider has more of it."""
        ...

    async def details(self, content_id: str) -> TitleDetails:
        """Return a title and its episodes."""
        ...

    async def progress_of(self, content_id: str) -> Sequence[WatchProgress]:
        """Return how far each part of a title was watched."""
        ...

    async def sources(
        self, content_id: str, episode_id: str | None, into: Observable[Resolution | None]
    ) -> None:
        """Find the ranked sources; `into` fills as providers answer."""
        ...

    async def open_folder(self, folder: str) -> Sequence[Content]:
        """Return the titles in a folder of this computer; it is in the settings from then on.

        Raises:
            InvalidInput: it cannot be read, or has no video in it.
        """
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

    async def api_token(self) -> str:
        """Return the HTTP API's token, made if there is none yet."""
        ...

    async def doctor(self) -> Sequence[Finding]:
        """Check what the main job needs."""
        ...


class SkipsBackend(Protocol):
    """What holds for the skips of one show, by its content id."""

    async def of(self, content_id: str) -> ShowSkips:
        """Return what holds."""
        ...

    async def shift(self, content_id: str, by: float | None) -> ShowSkips:
        """Shift by so many seconds more, None: not at all; return what holds now."""
        ...

    async def keep_quiet(self, content_id: str, quiet: bool) -> ShowSkips:
        """Never skip by itself, or as the settings say; return what holds now."""
        ...


class LibraryBackend(Protocol):
    """Search and the library. A change returns how to take it back, by `put_back`."""

    @property
    def page(self) -> Observable[LibraryPage | None]:
        """The library's page, None until it was opened."""
        ...

    async def open(self) -> None:
        """Fill the page, and keep it fresh from now on."""
        ...

    async def marks(self, content_id: str, episode_id: str = "") -> TitleMarks:
        """Return what is known of a title, or of one of its episodes."""
        ...

    async def keep(self, content_id: str, on: bool, brief: Content | None = None) -> Change:
        """Add a title to the library, or take it out."""
        ...

    async def mark_watched(self, content_id: str, episode_id: str, on: bool) -> Change:
        """Mark a film, an episode or (without one) a whole series as watched, or not."""
        ...

    async def forget(self, content_id: str, episode_id: str = "") -> Change:
        """Take one film or episode out of the history."""
        ...

    async def put_aside(self, content_id: str) -> Change:
        """Take a title out of Continue watching."""
        ...

    async def put_back(self, change: Change) -> None:
        """Take a change back."""
        ...

    async def search(self, query: str, into: Observable[tuple[Content, ...]]) -> Sequence[Content]:
        """Return titles that match, of every catalogue; `into` fills as they answer."""
        ...

    async def searches(self) -> Sequence[str]:
        """Return what was searched for, the latest first."""
        ...

    async def remember_search(self, text: str) -> None:
        """Keep a query that led somewhere."""
        ...

    async def forget_searches(self) -> None:
        """Forget every query."""
        ...


class TransfersBackend(Protocol):
    """The torrents that the engine knows."""

    @property
    def all(self) -> Observable[tuple[Transfer, ...] | None]:
        """Every transfer, newest first; None until `open` was called."""
        ...

    async def open(self) -> None:
        """Follow the engine from now on."""
        ...

    async def pause(self, transfer_id: str) -> None:
        """Stop a transfer until it is resumed."""
        ...

    async def resume(self, transfer_id: str) -> None:
        """Go on with a transfer, or fetch the rest of one that is kept."""
        ...

    async def remove(self, transfer_id: str, *, delete_data: bool) -> None:
        """Forget a transfer, with or without its files."""
        ...

    async def files(self, transfer_id: str) -> tuple[TransferFile, ...]:
        """Return the files of a transfer; nothing while its details are not known."""
        ...

    async def fetch(self, transfer_id: str, file_index: int, *, on: bool) -> None:
        """Fetch all of one file although nobody plays it, or fetch it no more."""
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
