"""Torrents: streamed to the player over HTTP on loopback. libtorrent loads at the first use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from novastream_desktop.torrents.base import (
    AmbiguousFile,
    StallReason,
    TorrentEngine,
    TorrentFile,
    TorrentPhase,
    TorrentProgress,
    TorrentStream,
    TorrentSubtitle,
    Transfer,
    TransferState,
)

if TYPE_CHECKING:
    from novastream_desktop.torrents._choice import playable_files
    from novastream_desktop.torrents._guard import interface_present
    from novastream_desktop.torrents.engine import LibtorrentEngine

__all__ = [
    "AmbiguousFile",
    "LibtorrentEngine",
    "StallReason",
    "TorrentEngine",
    "TorrentFile",
    "TorrentPhase",
    "TorrentProgress",
    "TorrentStream",
    "TorrentSubtitle",
    "Transfer",
    "TransferState",
    "interface_present",
    "playable_files",
]


def __getattr__(name: str) -> object:
    """Import the engine when it is asked for: the window needs the names above before that."""
    if name == "playable_files":
        from novastream_desktop.torrents._choice import playable_files  # noqa: PLC0415

        return playable_files
    if name == "interface_present":
        from novastream_desktop.torrents._guard import interface_present  # noqa: PLC0415

        return interface_present
    if name != "LibtorrentEngine":
        raise AttributeError(name)
    from novastream_desktop.torrents.engine import LibtorrentEngine  # noqa: PLC0415  (see above)

    return LibtorrentEngine
