"""The list of transfers: torrents in the session, and those that are only kept. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from novastream_desktop.torrents._ledger import Record
from novastream_desktop.torrents._progress import Swarm
from novastream_desktop.torrents.base import (
    StallReason,
    TorrentPhase,
    TorrentProgress,
    Transfer,
    TransferState,
)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a torrent in the session stands.

    Attributes:
        used: somebody plays or fetches it; `playing`: a player does.
        progress: of the stream that is worst off, None without a stream.
        known: its details came.
    """

    used: bool
    playing: bool
    known: bool
    asleep: bool
    holds: frozenset[StallReason]
    swarm: Swarm
    progress: TorrentProgress | None = None
    error: str = ""


_BY_PHASE = {
    TorrentPhase.METADATA: TransferState.METADATA,
    TorrentPhase.CHECKING: TransferState.CHECKING,
    TorrentPhase.BUFFERING: TransferState.DOWNLOADING,
    TorrentPhase.PLAYING: TransferState.DOWNLOADING,
    TorrentPhase.STALLED: TransferState.STALLED,
    TorrentPhase.COMPLETE: TransferState.COMPLETE,
    TorrentPhase.FAILED: TransferState.FAILED,
}


def list_transfers(
    records: Mapping[str, Record], standings: Mapping[str, Standing]
) -> tuple[Transfer, ...]:
    """Return every transfer: those in use first, then the last watched first."""
    ids = {**dict.fromkeys(standings), **dict.fromkeys(records)}
    listed = [_transfer(records.get(i) or Record(info_hash=i), standings.get(i)) for i in ids]
    used = {i for i, standing in standings.items() if standing.used}
    watched = {i: record.used_at for i, record in records.items()}
    listed.sort(key=lambda t: (t.id not in used, -watched.get(t.id, 0.0), t.name, t.id))
    return tuple(listed)


def _transfer(record: Record, standing: Standing | None) -> Transfer:
    state, reason, error = _state(record, standing)
    swarm = standing.swarm if standing is not None and not standing.asleep else Swarm()
    return Transfer(
        id=record.info_hash,
        name=record.name or record.info_hash,
        state=state,
        size=record.size,
        done=record.done,
        download_rate=swarm.download_rate,
        upload_rate=swarm.upload_rate,
        peers=swarm.peers,
        seeds=swarm.seeds,
        swarm_seeds=swarm.known_seeds,
        reason=reason,
        error=error,
        path=Path(record.folder) if record.folder else Path(),
        playing=standing is not None and standing.playing,
    )


def _state(
    record: Record, standing: Standing | None
) -> tuple[TransferState, StallReason | None, str]:
    if record.paused:
        return TransferState.PAUSED, StallReason.PAUSED, ""
    if standing is None or not standing.used:
        return TransferState.IDLE, None, ""
    progress = standing.progress
    if standing.error:
        stalled = progress is not None and progress.phase is TorrentPhase.STALLED
        state = TransferState.STALLED if stalled else TransferState.FAILED
        return state, progress.reason if progress else None, standing.error
    if standing.holds:
        return TransferState.STALLED, min(standing.holds), ""
    if progress is not None and standing.known:
        return _BY_PHASE[progress.phase], progress.reason, progress.error
    state = TransferState.DOWNLOADING if standing.known else TransferState.METADATA
    return state, None, ""


def worst(progress: Iterable[TorrentProgress]) -> TorrentProgress | None:
    """Return the picture of the stream that is worst off."""
    order = list(_BY_PHASE)
    ranks = {phase: rank for rank, phase in enumerate(reversed(order))}
    ranks[TorrentPhase.COMPLETE] = len(order)
    return min(progress, key=lambda p: ranks[p.phase], default=None)
