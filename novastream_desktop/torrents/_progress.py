"""A torrent stream's picture for people: phase, why it waits, what bounds it. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from novastream_desktop.torrents._estimate import Window
from novastream_desktop.torrents._pieces import PieceMap
from novastream_desktop.torrents._plan import Span
from novastream_desktop.torrents.base import StallReason, TorrentPhase, TorrentProgress

_STALLED_AFTER = 5.0
_WORTH_A_REASON = 2.0
_LIMIT_SHARE = 0.8


@dataclass(frozen=True, slots=True)
class Swarm:
    """What libtorrent says of a torrent's peers. Rates in bytes per second.

    Attributes:
        known_seeds: complete peers of the whole swarm, None if no tracker told; `known_peers`:
            the others.
    """

    download_rate: float = 0.0
    upload_rate: float = 0.0
    peers: int = 0
    seeds: int = 0
    availability: float = 0.0
    checking: bool = False
    uploaded: int = 0
    downloaded: int = 0
    known_seeds: int | None = None
    known_peers: int | None = None


@dataclass(frozen=True, slots=True)
class StreamView:
    """What a stream knows of itself.

    Attributes:
        waited: seconds that its hungriest reader has been without a byte.
        delivered: some reader got bytes already.
        window: what a player needs next.
        bitrate: bytes per second of the file, 0 while unknown.
        rate: bytes per second that were written in the last moment, and `best` in the last
            seconds.
        error: the sentence of what stops it, "" for nothing.
        recovers: the error may pass by itself (room on the disk).
        hold: why it must stand still, None if it may go on.
    """

    waited: float = 0.0
    delivered: bool = False
    complete: bool = False
    window: Window = Window()
    bitrate: float = 0.0
    rate: float = 0.0
    best: float = 0.0
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
    bound = _bound(view, swarm, download_limit, tracker_problem=tracker_problem)
    waits = view.waited > 0 or not view.delivered
    return TorrentProgress(
        phase=phase,
        fraction=fraction,
        download_rate=swarm.download_rate,
        upload_rate=swarm.upload_rate,
        peers=swarm.peers,
        seeds=swarm.seeds,
        availability=swarm.availability,
        seconds_to_play=_seconds_to_play(view, swarm, phase, waits=waits),
        reason=bound if _worth_telling(view, swarm, phase, bound) else None,
        error=view.error,
        pieces=pieces,
        ready=1.0 if view.complete else view.window.share,
        limited_by=bound if waits and not view.complete else None,
        swarm_seeds=swarm.known_seeds,
        swarm_peers=swarm.known_peers,
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


def _bound(
    view: StreamView, swarm: Swarm, download_limit: int, *, tracker_problem: bool
) -> StallReason:
    if view.error:
        return StallReason.DISK
    if view.hold is not None:
        return view.hold
    if not swarm.peers:
        return StallReason.TRACKER if tracker_problem else StallReason.NO_PEERS
    if download_limit and max(swarm.download_rate, view.best) >= _LIMIT_SHARE * download_limit:
        return StallReason.YOUR_LIMIT
    return StallReason.SLOW_PEERS


def _worth_telling(view: StreamView, swarm: Swarm, phase: TorrentPhase, bound: StallReason) -> bool:
    if phase in (TorrentPhase.STALLED, TorrentPhase.FAILED):
        return True
    if phase is TorrentPhase.BUFFERING and bound is not StallReason.SLOW_PEERS:
        return True
    slow = swarm.download_rate <= view.bitrate
    waits = phase in (TorrentPhase.BUFFERING, TorrentPhase.PLAYING)
    return waits and view.waited >= _WORTH_A_REASON and slow


def _seconds_to_play(
    view: StreamView, swarm: Swarm, phase: TorrentPhase, *, waits: bool
) -> float | None:
    if phase is TorrentPhase.COMPLETE or not waits or not view.window.missing:
        return 0.0
    rate = max(swarm.download_rate, view.rate)  # the first is a mean of some seconds
    if phase is TorrentPhase.FAILED or view.hold or rate <= 0:
        return None
    return view.window.missing / rate


def fraction_on_disk(pieces: PieceMap, span: Span) -> float:
    """Return the share of a file's pieces that can be read, 0 to 1."""
    return pieces.passed.count(1, span.first, span.last + 1) / (span.last - span.first + 1)
