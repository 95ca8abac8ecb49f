"""What happens in a torrent session, as plain data."""

from __future__ import annotations

from dataclasses import dataclass

from novastream_desktop.torrents._progress import Swarm


@dataclass(frozen=True, slots=True)
class BlockWritten:
    """A block of 16 KiB is in the file."""

    torrent: int
    piece: int
    block: int


@dataclass(frozen=True, slots=True)
class PiecePassed:
    """A piece's hash was right; it is on disk."""

    torrent: int
    piece: int


@dataclass(frozen=True, slots=True)
class PieceFailed:
    """A piece's hash was wrong; its blocks are void."""

    torrent: int
    piece: int


@dataclass(frozen=True, slots=True)
class MetadataArrived:
    """The info dictionary came from a peer."""

    torrent: int


@dataclass(frozen=True, slots=True)
class Checked:
    """What is on disk is known."""

    torrent: int


@dataclass(frozen=True, slots=True)
class FilePrioritiesSet:
    """File priorities took effect, and overwrote those of pieces."""

    torrent: int


@dataclass(frozen=True, slots=True)
class ResumeData:
    """What is needed to go on later; None when there is nothing new."""

    torrent: int
    data: bytes | None


@dataclass(frozen=True, slots=True)
class StorageFailed:
    """The disk refused. `number`: errno."""

    torrent: int
    number: int
    message: str


@dataclass(frozen=True, slots=True)
class StatusArrived:
    """News of the swarm."""

    torrent: int
    swarm: Swarm


@dataclass(frozen=True, slots=True)
class TrackerAnswered:
    """A tracker answered, or did not."""

    torrent: int
    ok: bool


@dataclass(frozen=True, slots=True)
class Scraped:
    """A tracker counted the swarm, or (None) did not answer."""

    torrent: int
    seeds: int | None
    peers: int = 0


@dataclass(frozen=True, slots=True)
class DhtCounted:
    """The distributed hash table knows that many peers of a v1 info-hash."""

    torrent: int
    info_hash: str
    peers: int


@dataclass(frozen=True, slots=True)
class EventsLost:
    """The queue overflowed; torrents have to be looked at afresh."""

    torrent: int = 0


Event = (
    BlockWritten
    | PiecePassed
    | PieceFailed
    | MetadataArrived
    | Checked
    | FilePrioritiesSet
    | ResumeData
    | StorageFailed
    | StatusArrived
    | TrackerAnswered
    | Scraped
    | DhtCounted
    | EventsLost
)
