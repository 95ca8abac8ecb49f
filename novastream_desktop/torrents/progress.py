"""How torrents and their streams stand, as the engine tells it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


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
        swarm_seeds: complete peers of the whole swarm, None if no tracker told.
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
    swarm_seeds: int | None = None
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
        ready: share that is on disk of what a player needs before it starts or goes on.
        seconds_to_play: estimate until then, None while unknown. While it plays it tells of the
            reader that waits, which may only be reading ahead.
        seconds_to_jump: estimate of the wait after a jump to where nothing is on disk.
        limited_by: what bounds the rate now, None if nobody waits for more.
        swarm_seeds: complete peers of the whole swarm, as its tracker counts; None if nobody
            told. `swarm_peers`: the others.
        pieces: one character per bucket of the played file, at most 200 of them:
            `2` on disk, `1` requested, `0` not asked for yet, `x` nobody connected has it.
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
    ready: float = 0.0
    seconds_to_jump: float | None = None
    limited_by: StallReason | None = None
    swarm_seeds: int | None = None
    swarm_peers: int | None = None


@dataclass(frozen=True, slots=True)
class TransferFile:
    """A file of a transfer.

    Attributes:
        index: as the torrent counts.
        done: share of it that is on disk, 0 to 1.
        wanted: it is fetched, or was and stays.
        playing: a player has it open.
        playable: it is a video or sound, and no sample or extra.
    """

    index: int
    path: str
    size: int
    done: float = 0.0
    wanted: bool = False
    playing: bool = False
    playable: bool = False
