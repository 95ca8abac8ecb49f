"""What the program needs of a torrent engine, and what it reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from novastream_desktop.runtime import Observable


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
    """A file inside a torrent; `index` as the torrent counts."""

    index: int
    path: str
    size: int
    playable: bool = False


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
    def progress(self) -> Observable[TorrentProgress]:
        """How it goes; set on the service loop, at most twice a second."""
        ...

    async def close(self) -> None:
        """End this stream; the torrent sleeps when nobody uses it."""
        ...


class TorrentEngine(Protocol):
    """Turns a torrent into an HTTP address that a player can seek in."""

    async def open(
        self, target: str | bytes, *, file_index: int | None = None, episode_hint: str = ""
    ) -> TorrentStream:
        """Open one file of a torrent for streaming.

        Args:
            target: magnet URI, info-hash, path or URL of a `.torrent`, or its bytes.
            file_index: the file; None chooses the most likely one.
            episode_hint: such as `S01E02`, used by the choice.

        Raises:
            InvalidInput: the target is none of these.
            TorrentError: no metadata in time, disk full, engine switched off.
        """
        ...

    async def close(self) -> None:
        """Stop the engine and keep what is needed to resume."""
        ...
