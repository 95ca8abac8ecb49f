"""libtorrent's alerts turned into events, by the names of their types.

What an alert points to dies at the next `pop_alerts`: every field is copied here, at once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from novastream_desktop.torrents import _port as port
from novastream_desktop.torrents._progress import Swarm

_CHECKING = ("checking_files", "checking_resume_data")


def to_events(alert: Any) -> list[port.Event]:
    """Return what an alert says; nothing for kinds that do not matter."""
    convert = _CONVERT.get(type(alert).__name__)
    return [] if convert is None else convert(alert)


def _swarm(status: Any) -> Swarm:
    return Swarm(
        download_rate=float(status.download_payload_rate),
        upload_rate=float(status.upload_payload_rate),
        peers=status.num_peers,
        seeds=status.num_seeds,
        availability=max(0.0, float(status.distributed_copies)),
        checking=status.state.name in _CHECKING,
        uploaded=status.all_time_upload,
        downloaded=status.all_time_download,
        known_seeds=_told(status.num_complete),
        known_peers=_told(status.num_incomplete),
    )


def _told(number: int) -> int | None:
    return number if number >= 0 else None  # -1: no tracker told


def _storage_failed(alert: Any) -> list[port.Event]:
    error = alert.error
    return [port.StorageFailed(hash(alert.handle), error.value(), error.message())]


def _scraped(alert: Any) -> list[port.Event]:
    # -1 stands for "the tracker does not say"
    return [port.Scraped(hash(alert.handle), max(0, alert.complete), max(0, alert.incomplete))]


_CONVERT: dict[str, Callable[[Any], list[port.Event]]] = {
    "block_finished_alert": lambda a: [
        port.BlockWritten(hash(a.handle), a.piece_index, a.block_index)
    ],
    "piece_finished_alert": lambda a: [port.PiecePassed(hash(a.handle), a.piece_index)],
    "hash_failed_alert": lambda a: [port.PieceFailed(hash(a.handle), a.piece_index)],
    "metadata_received_alert": lambda a: [port.MetadataArrived(hash(a.handle))],
    "torrent_checked_alert": lambda a: [port.Checked(hash(a.handle))],
    "file_prio_alert": lambda a: [port.FilePrioritiesSet(hash(a.handle))],
    "save_resume_data_failed_alert": lambda a: [port.ResumeData(hash(a.handle), None)],
    "file_error_alert": _storage_failed,
    "torrent_error_alert": _storage_failed,
    "state_update_alert": lambda a: [
        port.StatusArrived(hash(status.handle), _swarm(status)) for status in a.status
    ],
    "tracker_reply_alert": lambda a: [port.TrackerAnswered(hash(a.handle), ok=True)],
    "tracker_error_alert": lambda a: [port.TrackerAnswered(hash(a.handle), ok=False)],
    "scrape_reply_alert": _scraped,
    "scrape_failed_alert": lambda a: [port.Scraped(hash(a.handle), None)],
    "dht_get_peers_reply_alert": lambda a: [port.DhtCounted(0, str(a.info_hash), a.num_peers())],
    "alerts_dropped_alert": lambda _: [port.EventsLost()],
}
