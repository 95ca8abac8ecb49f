"""From transfers to the lines of their page: pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from novastream_desktop.torrents.base import StallReason, Transfer, TransferState
from novastream_desktop.ui.words import duration_text, size_text

_STATES = {
    TransferState.METADATA: "Asking peers what is in it",
    TransferState.CHECKING: "Checking what is on disk",
    TransferState.DOWNLOADING: "Downloading",
    TransferState.STALLED: "Waiting",
    TransferState.COMPLETE: "On disk",
    TransferState.IDLE: "Kept, not in use",
    TransferState.PAUSED: "Paused",
    TransferState.FAILED: "Failed",
}
_REASONS = {
    StallReason.NO_PEERS: "nobody who has it can be reached",
    StallReason.SLOW_PEERS: "those who have it send slowly",
    StallReason.YOUR_LIMIT: "your download limit",
    StallReason.DISK: "the disk is full or slow",
    StallReason.TRACKER: "its tracker does not answer",
    StallReason.INTERFACE: "the chosen network interface is gone",
}
_MOVING = frozenset({TransferState.DOWNLOADING, TransferState.STALLED, TransferState.METADATA})
_DAY = 86_400


class TransferRow(NamedTuple):
    """One line. `tone`: good, busy, warns, bad or quiet."""

    id: str
    name: str
    status: str
    detail: str
    fraction: float
    tone: str
    resumable: bool
    pausable: bool
    folder: str
    spoken: str


def transfer_rows(transfers: Sequence[Transfer]) -> tuple[TransferRow, ...]:
    """Return the lines in the engine's order."""
    return tuple(map(_row, transfers))


def summary(transfers: Sequence[Transfer]) -> str:
    """Return how many there are and how fast all of them are together."""
    if not transfers:
        return ""
    parts = ["1 transfer" if len(transfers) == 1 else f"{len(transfers)} transfers"]
    down = sum(transfer.download_rate for transfer in transfers)
    up = sum(transfer.upload_rate for transfer in transfers)
    parts += [f"{size_text(down)}/s down"] if down else []
    parts += [f"{size_text(up)}/s up"] if up else []
    parts.append(f"{size_text(sum(transfer.done for transfer in transfers))} on disk")
    return " · ".join(parts)


def _row(transfer: Transfer) -> TransferRow:
    status = _status(transfer)
    detail = _detail(transfer)
    percent = f"{transfer.fraction:.0%}" if transfer.size else ""
    spoken = [transfer.name or f"Torrent {transfer.id[:8]}", status, percent, detail]
    return TransferRow(
        id=transfer.id,
        name=transfer.name or f"Torrent {transfer.id[:8]}",
        status=status,
        detail=detail,
        fraction=transfer.fraction,
        tone=_tone(transfer.state),
        resumable=transfer.state is TransferState.PAUSED
        or (transfer.state is TransferState.IDLE and transfer.fraction < 1)
        or transfer.state is TransferState.FAILED,
        pausable=transfer.state in _MOVING,
        folder=str(transfer.path) if transfer.path.is_absolute() else "",
        spoken=", ".join(part for part in spoken if part),
    )


def _status(transfer: Transfer) -> str:
    if transfer.error:
        return transfer.error
    status = "Playing" if transfer.playing and not transfer.reason else _STATES[transfer.state]
    why = _REASONS.get(transfer.reason) if transfer.reason else None
    return f"{status}: {why}" if why else status


def _detail(transfer: Transfer) -> str:
    parts: list[str] = []
    if transfer.size:
        whole = transfer.done >= transfer.size
        size = size_text(transfer.size)
        parts.append(size if whole else f"{size_text(transfer.done)} of {size}")
    if transfer.download_rate:
        parts.append(f"{size_text(transfer.download_rate)}/s")
        left = (transfer.size - transfer.done) / transfer.download_rate if transfer.size else 0
        parts += [f"{duration_text(left)} left"] if 0 < left < _DAY else []
    parts += [f"{size_text(transfer.upload_rate)}/s up"] if transfer.upload_rate else []
    if transfer.state in _MOVING or transfer.peers:
        peers = "1 peer" if transfer.peers == 1 else f"{transfer.peers} peers"
        parts.append(f"{peers}, {_seeds(transfer)} with all of it" if transfer.peers else peers)
    return " · ".join(parts)


def _seeds(transfer: Transfer) -> str:
    """Return how many complete peers are connected, and of how many."""
    if transfer.swarm_seeds is None:
        return str(transfer.seeds)
    return f"{transfer.seeds} of {max(transfer.seeds, transfer.swarm_seeds)}"


def _tone(state: TransferState) -> str:
    tones = {
        TransferState.FAILED: "bad",
        TransferState.STALLED: "warns",
        TransferState.COMPLETE: "good",
        TransferState.PAUSED: "quiet",
        TransferState.IDLE: "quiet",
    }
    return tones.get(state, "busy")
