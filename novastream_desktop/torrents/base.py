"""What the program needs of a torrent engine, and what it reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol, runtime_checkable

from novastream_desktop.errors import TorrentError
from novastream_desktop.models import SourceHealth, StreamSource
from novastream_desktop.runtime import Observable
from novastream_desktop.settings import TorrentsSettings


class TorrentPhase(StrEnum):
    """Where a torrent's stream stands."""

    METADATA = "metadata"
    CHECKING = "checking"
    BUFFERING = "buffering"
    PLAYING = "playing"
    STALLED = "stalled"
    COMPLETE = "complete"
    FAILED = "failed"


class StallReason(StrEnum):
    """Why a torrent gives nothing."""

    NO_PEERS = "no-peers"
    SLOW_PEERS = "slow-peers"
    YOUR_LIMIT = "your-limit"
    DISK = "disk"
    TRACKER = "tracker"
    PAUSED = "paused"
    INTERFACE = "interface"


class TransferState(StrEnum):
    """What a transfer does.

    IDLE: kept on disk, nobody plays it. PAUSED: by a person. COMPLETE: everything that was
    asked for is on disk; it may still upload.
    """

    METADATA = "metadata"
    CHECKING = "checking"
    DOWNLOADING = "downloading"
    STALLED = "stalled"
    COMPLETE = "complete"
    IDLE = "idle"
    PAUSED = "paused"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Transfer:
    """One torrent that the engine knows, in use or only kept on disk.

    Attributes:
        id: info-hash in hex, v1 if there is one.
        size: bytes of the files that were asked for; 0 before the details came.
        done: bytes of them that are on disk.
        download_rate: bytes per second, as `upload_rate`.
        reason: why it gives nothing, while it gives nothing.
        error: a sentence for a person, "" for none.
        path: its folder.
        playing: a player has it open.
    """

    id: str
    name: str
    state: TransferState
    size: int = 0
    done: int = 0
    download_rate: float = 0.0
    upload_rate: float = 0.0
    peers: int = 0
    seeds: int = 0
    reason: StallReason | None = None
    error: str = ""
    path: Path = Path()
    playing: bool = False

    @property
    def fraction(self) -> float:
        """How much of it is on disk, 0 to 1."""
        return min(1.0, self.done / self.size) if self.size else 0.0


@dataclass(frozen=True, slots=True)
class TorrentProgress:
    """One picture of a stream. Rates in bytes per second.

    Attributes:
        fraction: of the played file that is on disk, 0 to 1.
        seconds_to_play: estimate until playback can start, None while unknown.
        pieces: one character per bucket of the played file, at most 200 of them:
            `2` on disk, `1` requested, `0` missing.
    """

    phase: TorrentPhase = TorrentPhase.METADATA
    fraction: float = 0.0
    download_rate: float = 0.0
    upload_rate: float = 0.0
    peers: int = 0
    seeds: int = 0
    availability: float = 0.0
    seconds_to_play: float | None = None
    reason: StallReason | None = None
    error: str = ""
    pieces: str = ""


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


class TorrentEngine(Protocol):
    """Turns a torrent into an HTTP address that a player can seek in."""

    @property
    def transfers(self) -> Observable[tuple[Transfer, ...]]:
        """Every torrent in use or kept, newest first; set on the service loop once a second."""
        ...

    async def open(
        self, target: str | bytes, *, file_index: int | None = None, episode_hint: str = ""
    ) -> TorrentStream:
        """Open one file of a torrent for streaming.

        Args:
            target: magnet URI, info-hash, path or URL of a `.torrent`, or its bytes.
            file_index: the file; None chooses the most likely one. A file that is chosen by
                number is remembered for this torrent and hint.
            episode_hint: such as `S01E02`, used by the choice.

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

    async def apply(self, settings: TorrentsSettings) -> None:
        """Heed other settings from now on: limits at once, the switch and the interface too."""
        ...

    async def close(self) -> None:
        """Stop the engine and keep what is needed to resume."""
        ...
