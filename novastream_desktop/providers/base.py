"""What a provider may offer: small capability protocols, one per kind of question.

A provider is a folder with `SPEC` in `__init__`, its HTTP calls in `_client` and its answers'
shapes in `_parse`. It implements the protocols of the roles it has; each service asks the
providers that have its role (`having`) and knows none by name. Every method runs on the
service loop and fails only with `ProviderError`; anything else is caught and logged at the
service's provider boundary.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar, runtime_checkable

from novastream_desktop.models import (
    Content,
    Episode,
    Row,
    SkipRange,
    StreamSource,
    SubtitleTrack,
    TitleDetails,
)

if TYPE_CHECKING:
    from novastream_desktop.net import HttpClient
    from novastream_desktop.runtime import Clock
    from novastream_desktop.settings import Settings


@dataclass(frozen=True, slots=True)
class ProviderContext:
    """What a provider is built from.

    Attributes:
        bundled_mirrors: mirror folders that ship with the program, with the HTTP base that
            serves each one's media (see `BundledMirror`).
    """

    settings: Settings
    http: HttpClient
    clock: Clock
    bundled_mirrors: tuple[BundledMirror, ...] = ()


@dataclass(frozen=True, slots=True)
class BundledMirror:
    """A mirror folder inside `resources/`.

    Attributes:
        folder: holds `index.json`.
        row_id: id of its row on the home page (`demo`, `open-films`).
        row_title: title of that row.
        media_base: `http://127.0.0.1:PORT/.../` for relative media urls, ending in `/`;
            posters and other art stay `file:` urls, which survive a restart.
    """

    folder: Path
    row_id: str
    row_title: str
    media_base: str = ""


@dataclass(frozen=True, slots=True)
class ProviderSpec:
    """A provider's entry in the registry.

    Attributes:
        name: as `StreamSource.provider`, `Row.origin` and the doctor show it.
        title: for people.
        build: makes the provider's instances (a mirror provider has one per mirror), or none
            while it is not configured or switched off.
    """

    name: str
    title: str
    build: Callable[[ProviderContext], Sequence[Provider]]


class Provider(Protocol):
    """Anything that answers for some role. `name` is its spec's name."""

    @property
    def name(self) -> str:
        """Its spec's name."""
        ...


@dataclass(frozen=True, slots=True)
class MediaFile:
    """The file that plays, as subtitle providers know files.

    Attributes:
        name: its file or release name.
        size: bytes, 0 while unknown.
        hash: OpenSubtitles' hash in 16 hex digits, "" while unknown.
    """

    name: str = ""
    size: int = 0
    hash: str = ""


@dataclass(frozen=True, slots=True)
class WatchRequest:
    """What is to be watched: a film (`episode` is None) or one episode of a title.

    Attributes:
        file: what plays, once that is known; subtitles only.
    """

    content: Content
    episode: Episode | None = None
    file: MediaFile | None = None


@runtime_checkable
class SupportsRows(Protocol):
    """Fills rows of the home page."""

    @property
    def name(self) -> str:
        """Its spec's name."""
        ...

    async def rows(self) -> Sequence[Row]:
        """Return its rows, best first; `Row.id` is stable between calls.

        One without items whose `problem` says why keeps its last good items on the home page.
        """
        ...


@runtime_checkable
class SupportsSearch(Protocol):
    """Finds titles by text."""

    @property
    def name(self) -> str:
        """Its spec's name."""
        ...

    async def search(self, query: str) -> Sequence[Content]:
        """Return titles that match, best first."""
        ...


@runtime_checkable
class SupportsDetails(Protocol):
    """Knows all about the content ids that it gave out."""

    @property
    def name(self) -> str:
        """Its spec's name."""
        ...

    def knows(self, content_id: str) -> bool:
        """Whether `details` of this id is to be asked here (by the id's form; no I/O)."""
        ...

    async def details(self, content_id: str) -> TitleDetails:
        """Return the title and its episodes.

        Raises:
            NotFound: the id has the right form but no such title exists.
        """
        ...


@runtime_checkable
class SupportsSources(Protocol):
    """Offers ways to play."""

    @property
    def name(self) -> str:
        """Its spec's name."""
        ...

    async def sources(self, request: WatchRequest) -> Sequence[StreamSource]:
        """Return what it can play of this; empty when it has nothing."""
        ...


@runtime_checkable
class SupportsSubtitles(Protocol):
    """Offers subtitle tracks."""

    @property
    def name(self) -> str:
        """Its spec's name."""
        ...

    async def subtitles(self, request: WatchRequest) -> Sequence[SubtitleTrack]:
        """Return its tracks for this; empty when it has none."""
        ...


@runtime_checkable
class ServesSubtitles(Protocol):
    """Gives out the subtitle files of its own addresses, which no other client can fetch."""

    @property
    def name(self) -> str:
        """Its spec's name."""
        ...

    def serves(self, url: str) -> bool:
        """Whether `subtitle_file` of this address is to be asked here (no I/O)."""
        ...

    async def subtitle_file(self, url: str) -> bytes:
        """Return the file as it is. It is kept by whoever asks: it may cost the person quota."""
        ...

    @property
    def remark(self) -> str:
        """A sentence for the person, such as how much quota is left; "" for none."""
        ...


@runtime_checkable
class SupportsSkips(Protocol):
    """Knows skip ranges."""

    @property
    def name(self) -> str:
        """Its spec's name."""
        ...

    async def skips(self, request: WatchRequest, duration: float | None) -> Sequence[SkipRange]:
        """Return its ranges for this file.

        Args:
            request: what is watched.
            duration: the file's length in seconds once known; confidence depends on it.
        """
        ...


@runtime_checkable
class SupportsCheck(Protocol):
    """Can be asked cheaply whether its address and key work; others are asked for their rows."""

    @property
    def name(self) -> str:
        """Its spec's name."""
        ...

    async def check(self) -> None:
        """Return when it answers as it should; raise `ProviderError` when it does not."""
        ...


@runtime_checkable
class ReadsFiles(Protocol):
    """May give `file:` addresses: what it says lies on this machine already.

    A server has no say over this machine's files: such addresses of all others are left out.
    """

    @property
    def reads_files(self) -> bool:
        """Whether its addresses come from this machine."""
        ...


C = TypeVar("C")


def having(providers: Iterable[object], capability: type[C]) -> tuple[C, ...]:
    """Return the providers that have a capability, in registry order."""
    return tuple(p for p in providers if isinstance(p, capability))
