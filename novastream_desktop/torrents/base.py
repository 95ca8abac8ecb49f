"""What the program needs of a torrent engine, and what it reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, runtime_checkable

from novastream_desktop.errors import TorrentError
from novastream_desktop.models import SourceHealth, StreamSource
from novastream_desktop.runtime import Observable
from novastream_desktop.settings import TorrentsSettings
from novastream_desktop.torrents.progress import (
    StallReason,
    TorrentPhase,
    TorrentProgress,
    Transfer,
    TransferFile,
    TransferState,
)

__all__ = (
    "AmbiguousFile",
    "LiesOnDisk",
    "ServesWhatIsHere",
    "StallReason",
    "TorrentEngine",
    "TorrentFile",
    "TorrentPhase",
    "TorrentProgress",
    "TorrentStream",
    "TorrentSubtitle",
    "Transfer",
    "TransferFile",
    "TransferState",
)


@dataclass(frozen=True, slots=True)
class TorrentFile:
    """A file inside a torrent; `index` as the torrent counts.

    `episode`: what its name tells, such as `S01E02`, where that was asked for.
    """

    index: int
    path: str
    size: int
    playable: bool = False
    episode: str = ""


class AmbiguousFile(TorrentError):
    """Several files of a torrent may be meant; `open` with one's `file_index` settles it.

    Attributes:
        candidates: the files, each with the episode that its name tells.
        name: the torrent's.
        meant: the episode or film as people write it, "" for the torrent itself.
    """

    code = "ambiguous_file"

    def __init__(
        self,
        what: str,
        candidates: Sequence[TorrentFile],
        *,
        why: str = "",
        hint: str = "",
        name: str = "",
        meant: str = "",
    ) -> None:
        super().__init__(what, why=why, hint=hint)
        self.candidates = tuple(candidates)
        self.name = name
        self.meant = meant


@dataclass(frozen=True, slots=True)
class TorrentSubtitle:
    """A subtitle file beside the video in its torrent.

    Attributes:
        url: where it is served as the torrent has it; fetched from peers when it is read.
        label: what its name says beyond the video's, such as `English.forced`.
        lang: BCP 47, `und` if its name does not say.
    """

    index: int
    path: str
    size: int
    url: str
    label: str = ""
    lang: str = "und"


class TorrentStream(Protocol):
    """One file of one torrent, streamed over HTTP on loopback until it is closed."""

    @property
    def url(self) -> str:
        """`http://127.0.0.1:PORT/stream/SECRET/INFOHASH/FILEINDEX/NAME`."""
        ...

    @property
    def info_hash(self) -> str:
        """Hex, v1 if there is one."""
        ...

    @property
    def file(self) -> TorrentFile:
        """The file that is streamed."""
        ...

    @property
    def files(self) -> Sequence[TorrentFile]:
        """All files of the torrent."""
        ...

    @property
    def subtitles(self) -> Sequence[TorrentSubtitle]:
        """Subtitle files of the torrent that belong to the file, best match first."""
        ...

    @property
    def progress(self) -> Observable[TorrentProgress]:
        """How it goes; set on the service loop, at most twice a second."""
        ...

    def note_duration(self, seconds: float) -> None:
        """Tell how long the file plays: the read-ahead is counted in seconds of its bitrate."""
        ...

    async def close(self) -> None:
        """End this stream; the torrent sleeps when nobody uses it."""
        ...


@runtime_checkable
class LiesOnDisk(Protocol):
    """A stream that tells where its file is."""

    @property
    def on_disk(self) -> Path | None:
        """The file, once all of it is on this machine."""
        ...


@runtime_checkable
class ServesWhatIsHere(Protocol):
    """A stream that can be looked at without asking the swarm for anything."""

    @property
    def here_url(self) -> str:
        """Where as much of the file is served as is on disk; the rest is refused."""
        ...


class TorrentEngine(Protocol):
    """Turns a torrent into an HTTP address that a player can seek in."""

    @property
    def transfers(self) -> Observable[tuple[Transfer, ...]]:
        """Every torrent in use or kept, newest first; set on the service loop once a second."""
        ...

    async def open(
        self,
        target: str | bytes,
        *,
        file_index: int | None = None,
        episode_hint: str = "",
        by_hand: bool = False,
    ) -> TorrentStream:
        """Open one file of a torrent for streaming.

        Args:
            target: magnet URI, info-hash, path or URL of a `.torrent`, or its bytes.
            file_index: the file as its provider counts; None chooses the most likely one.
            episode_hint: such as `S01E02`, or `film Sintel 2010`; used by the choice.
            by_hand: a person chose the file. It is remembered for this torrent and hint, and
                counts from then on more than what providers say, for the other episodes of
                its season too.

        Raises:
            InvalidInput: the target is none of these.
            TorrentError: no metadata in time, disk full, engine switched off.
            AmbiguousFile: several files may be meant; it carries them.
        """
        ...

    async def prefetch(
        self, target: str | bytes, *, file_index: int | None = None, episode_hint: str = ""
    ) -> None:
        """Fetch the head and tail of a file that will be opened next; returns at once.

        It starts when what plays now is safe, and gives up quietly.
        """
        ...

    async def health(self, source: StreamSource) -> SourceHealth:
        """Ask trackers and the distributed hash table how a source's swarm is; never raises."""
        ...

    async def pause(self, transfer_id: str) -> None:
        """Stop a transfer until it is resumed; readers wait. Unknown ids are ignored."""
        ...

    async def resume(self, transfer_id: str) -> None:
        """Go on with a paused transfer, or fetch the rest of one that is kept."""
        ...

    async def remove(self, transfer_id: str, *, delete_data: bool) -> None:
        """Forget a transfer and end its streams, with or without its files."""
        ...

    async def files(self, transfer_id: str) -> tuple[TransferFile, ...]:
        """Return the files of a transfer; nothing while its details are not known."""
        ...

    async def fetch(self, transfer_id: str, file_index: int, on: bool) -> None:
        """Fetch all of one file although nobody plays it, or fetch it no more."""
        ...

    async def apply(self, settings: TorrentsSettings) -> None:
        """Heed other settings from now on: limits at once, the switch and the interface too."""
        ...

    async def close(self) -> None:
        """Stop the engine and keep what is needed to resume."""
        ...
