"""A torrent stream's picture for people: phase, why it waits, and the strip of its pieces."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from novastream_desktop.torrents._pieces import PieceMap
from novastream_desktop.torrents._plan import Span
from novastream_desktop.torrents.base import StallReason, TorrentPhase, TorrentProgress

_BUCKETS = 200
_STALLED_AFTER = 5.0
_START_BYTES = 2 << 20
_LIMIT_SHARE = 0.85


@dataclass(frozen=True, slots=True)
class Swarm:
    """What libtorrent says of a torrent's peers. Rates in bytes per second."""

    download_rate: float = 0.0
    upload_rate: float = 0.0
    peers: int = 0
    seeds: int = 0
    availability: float = 0.0
    checking: bool = False
    uploaded: int = 0
    downloaded: int = 0


@dataclass(frozen=True, slots=True)
class StreamView:
    """What a stream knows of itself.

    Attributes:
        waited: seconds that its hungriest reader has been without a byte.
        delivered: some reader got bytes already.
        missing_to_start: bytes missing of the first stretch that a player reads.
        error: the sentence of what stops it, "" for nothing.
        recovers: the error may pass by itself (room on the disk).
        hold: why it must stand still, None if it may go on.
    """

    waited: float = 0.0
    delivered: bool = False
    complete: bool = False
    missing_to_start: int = 0
    error: str = ""
    recovers: bool = False
    hold: StallReason | None = None


def describe(
    view: StreamView,
    swarm: Swarm,
    *,
    download_limit: int,
    tracker_problem: bool,
    fraction: float,
    pieces: str,
) -> TorrentProgress:
    """Return the picture of one stream."""
    phase = _phase(view, swarm)
    reason = None
    if phase in (TorrentPhase.STALLED, TorrentPhase.FAILED) or (
        phase is TorrentPhase.BUFFERING and not swarm.peers
    ):
        reason = _reason(view, swarm, download_limit, tracker_problem=tracker_problem)
    return TorrentProgress(
        phase=phase,
        fraction=fraction,
        download_rate=swarm.download_rate,
        upload_rate=swarm.upload_rate,
        peers=swarm.peers,
        seeds=swarm.seeds,
        availability=swarm.availability,
        seconds_to_play=_seconds_to_play(view, swarm, phase),
        reason=reason,
        error=view.error,
        pieces=pieces,
    )


def _phase(view: StreamView, swarm: Swarm) -> TorrentPhase:
    if view.error:
        return TorrentPhase.STALLED if view.recovers else TorrentPhase.FAILED
    if view.complete:
        return TorrentPhase.COMPLETE
    if view.hold is not None:
        return TorrentPhase.STALLED
    if swarm.checking:
        return TorrentPhase.CHECKING
    if view.waited >= _STALLED_AFTER:
        return TorrentPhase.STALLED
    return TorrentPhase.PLAYING if view.delivered else TorrentPhase.BUFFERING


def _reason(
    view: StreamView, swarm: Swarm, download_limit: int, *, tracker_problem: bool
) -> StallReason:
    if view.error:
        return StallReason.DISK
    if view.hold is not None:
        return view.hold
    if not swarm.peers:
        return StallReason.TRACKER if tracker_problem else StallReason.NO_PEERS
    if download_limit and swarm.download_rate >= _LIMIT_SHARE * download_limit:
        return StallReason.YOUR_LIMIT
    return StallReason.SLOW_PEERS


def _seconds_to_play(view: StreamView, swarm: Swarm, phase: TorrentPhase) -> float | None:
    if phase in (TorrentPhase.PLAYING, TorrentPhase.COMPLETE) or not view.missing_to_start:
        return 0.0
    if phase is TorrentPhase.FAILED or view.hold or swarm.download_rate <= 0:
        return None
    return view.missing_to_start / swarm.download_rate


def missing_to_start(pieces: PieceMap, span: Span) -> int:
    """Return the bytes missing of the first 2 MiB of a file (whole pieces)."""
    length = pieces.layout.piece_length
    last = min(span.last, span.first + -(-_START_BYTES // length))
    return sum(length for piece in range(span.first, last + 1) if not pieces.ready[piece])


def fraction_on_disk(pieces: PieceMap, span: Span) -> float:
    """Return the share of a file's pieces that can be read, 0 to 1."""
    return pieces.ready.count(1, span.first, span.last + 1) / (span.last - span.first + 1)


def piece_strip(pieces: PieceMap, span: Span, wanted: frozenset[int]) -> str:
    """Return the strip of `TorrentProgress.pieces`.

    A bucket is on disk when all its pieces are, and requested when one is wanted or begun.
    """
    count = span.last - span.first + 1
    buckets = min(_BUCKETS, count)
    edges = [span.first + index * count // buckets for index in range(buckets + 1)]
    strip = []
    for start, end in itertools.pairwise(edges):
        if not pieces.ready.count(0, start, end):
            strip.append("2")
        elif any(piece in wanted or pieces.started(piece) for piece in range(start, end)):
            strip.append("1")
        else:
            strip.append("0")
    return "".join(strip)
