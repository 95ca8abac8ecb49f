"""The torrent library as the engine sees it: plain data and protocols.

Only `_libtorrent` knows the library; the engine and its tests know these.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from novastream_desktop.torrents._events import (
    BlockWritten,
    Checked,
    DhtCounted,
    Event,
    EventsLost,
    FilePrioritiesSet,
    MetadataArrived,
    PieceFailed,
    PiecePassed,
    ResumeData,
    Scraped,
    StatusArrived,
    StorageFailed,
    TrackerAnswered,
)

__all__ = [
    "BlockWritten",
    "Checked",
    "DhtCounted",
    "Draft",
    "Endpoint",
    "Event",
    "EventsLost",
    "FileEntry",
    "FilePrioritiesSet",
    "Handle",
    "Metadata",
    "MetadataArrived",
    "PeerFacts",
    "PieceFailed",
    "PiecePassed",
    "ResumeData",
    "Scraped",
    "Session",
    "SessionOptions",
    "StatusArrived",
    "StorageFailed",
    "TrackerAnswered",
]

Endpoint = tuple[str, int]


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A file as the torrent lists it. `hidden`: a pad or a link, never served."""

    index: int
    path: str
    offset: int
    size: int
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Metadata:
    """The info dictionary. `private`: only its own trackers may be asked for peers (BEP 27)."""

    name: str
    piece_length: int
    total_size: int
    files: tuple[FileEntry, ...]
    private: bool = False


@dataclass(frozen=True, slots=True)
class SessionOptions:
    """How a session meets the network. Limits in bytes per second, 0 for none.

    Attributes:
        listen: libtorrent's `listen_interfaces`.
        outgoing: interface to call from, "" for any.
        discovery: look for peers by DHT, local discovery, UPnP and NAT-PMP.
        allow_local: call peers on this machine too.
        seed_only: serve a few files from this machine to itself.
        state: what `Session.state` gave last time.
    """

    listen: str
    outgoing: str = ""
    discovery: bool = True
    allow_local: bool = False
    download_limit: int = 0
    upload_limit: int = 0
    max_connections: int = 200
    seed_only: bool = False
    state: bytes = b""


@dataclass(frozen=True, slots=True)
class PeerFacts:
    """One connected peer. `received`: bytes of this connection; `asked`: blocks it owes us."""

    endpoint: Endpoint
    received: int
    asked: int
    web_seed: bool = False


class Draft(Protocol):
    """A torrent that is read but not added yet; its fields may be changed until then.

    `peers` are not called by `add`: they go to `Handle.connect`.
    """

    info_hash: str
    metadata: Metadata | None
    trackers: list[str]
    web_seeds: list[str]
    peers: list[Endpoint]
    file_priorities: list[int]
    piece_priorities: list[int]
    renames: dict[int, str]


class Handle(Protocol):
    """One torrent in a session. Calls return at once unless they say that they block."""

    @property
    def key(self) -> int:
        """What its events carry as `torrent`."""
        ...

    def metadata(self) -> Metadata | None:
        """Return the info dictionary if it is known."""
        ...

    def snapshot(self) -> tuple[list[bool], list[tuple[int, tuple[int, ...]]]]:
        """Return pieces on disk, and the written blocks of others; blocks, call in a thread."""
        ...

    def set_all_priorities(self, values: list[int]) -> None:
        """Set the priority (0 to 7) of every piece."""
        ...

    def set_priority(self, piece: int, value: int) -> None:
        """Set the priority of one piece."""
        ...

    def set_file_priorities(self, values: list[int]) -> None:
        """Set the priority of every file; `FilePrioritiesSet` follows."""
        ...

    def clear_deadlines(self) -> None:
        """Drop all deadlines: the next one set cancels what was asked for before."""
        ...

    def set_deadline(self, piece: int, milliseconds: int) -> None:
        """Ask for a piece by then."""
        ...

    def rename_files(self, renames: dict[int, str]) -> None:
        """Rename files below the save folder before they are written."""
        ...

    def connect(self, peers: Sequence[Endpoint], *, at_once: bool) -> None:
        """Add peers; `at_once` calls them now, and drops those that are connected."""
        ...

    def ask_resume_data(self, *, only_if_modified: bool) -> None:
        """Ask for `ResumeData`."""
        ...

    def peers(self) -> tuple[PeerFacts, ...]:
        """Return who is connected; blocks, call in a thread."""
        ...

    def scrape(self) -> None:
        """Ask every tracker for `Scraped`; several answers of one may come."""
        ...

    def holders(self, piece: int) -> tuple[Endpoint, ...]:
        """Return the peers that owe blocks of a piece; blocks, call in a thread."""
        ...

    def availability(self) -> tuple[int, ...]:
        """Return how many connected peers have each piece; blocks, call in a thread."""
        ...

    def reannounce(self) -> None:
        """Ask trackers and the distributed hash table for peers now."""
        ...

    def retry(self) -> None:
        """Go on after the disk refused."""
        ...

    def pause(self) -> None:
        """Sleep: drop peers, ask for nothing."""
        ...

    def resume(self) -> None:
        """Wake up."""
        ...


class Session(Protocol):
    """The library's session; its events are fetched with `take_events` when `fileno` stirs."""

    def fileno(self) -> int:
        """Become readable when there are events."""
        ...

    def take_events(self) -> list[Event]:
        """Return what happened since the last call."""
        ...

    def from_magnet(self, uri: str) -> Draft:
        """Read a clean magnet URI."""
        ...

    def from_torrent(self, data: bytes) -> Draft:
        """Read a `.torrent`.

        Raises:
            InvalidInput: it is damaged or larger than allowed.
        """
        ...

    def from_resume(self, data: bytes) -> Draft | None:
        """Read what was kept; None if it is damaged."""
        ...

    def add(self, draft: Draft, save_path: str, *, asleep: bool = False) -> Handle:
        """Start a torrent; `asleep`: meet nobody."""
        ...

    def add_anew(self, handle: Handle, draft: Draft, save_path: str) -> None:
        """Forget a torrent and start it again; its handle stays, with another key."""
        ...

    def remove(self, handle: Handle) -> None:
        """Forget a torrent; its files stay."""
        ...

    def allow_peers(self, hosts: frozenset[str], cut: frozenset[str] = frozenset()) -> None:
        """Call `hosts` although they are on this machine, and have nothing to do with `cut`."""
        ...

    def apply(self, options: SessionOptions) -> None:
        """Heed other options."""
        ...

    def set_online(self, online: bool, options: SessionOptions) -> None:
        """Close every socket and pause everything, or open them again."""
        ...

    def ask_dht(self, info_hash: str) -> None:
        """Ask for `DhtCounted` of a v1 info-hash."""
        ...

    def state(self) -> bytes:
        """Return what makes the next start quicker (nodes of the hash table); blocks."""
        ...

    def tell_blocks(self, wanted: bool) -> None:
        """Tell of every block, or of whole pieces only."""
        ...

    def set_outgoing_utp(self, allowed: bool) -> None:
        """Call peers by uTP too."""
        ...

    def ask_status(self) -> None:
        """Ask for `StatusArrived` of every torrent that changed."""
        ...

    def close(self) -> None:
        """End the session; blocks, call in a thread."""
        ...
