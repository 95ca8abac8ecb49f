"""Torrents: streamed to the player over HTTP on loopback. libtorrent loads at the first use."""

from novastream_desktop.torrents.base import (
    StallReason,
    TorrentEngine,
    TorrentFile,
    TorrentPhase,
    TorrentProgress,
    TorrentStream,
)

__all__ = [
    "StallReason",
    "TorrentEngine",
    "TorrentFile",
    "TorrentPhase",
    "TorrentProgress",
    "TorrentStream",
]
