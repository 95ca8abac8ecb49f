"""One torrent of libtorrent, by the handle that its session gave: nothing is imported here.

Calls with a return value wait for libtorrent's own thread; those used here on the loop do not.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from novastream_desktop.torrents import _port as port

_HIDDEN = 1 | 8  # pad file, symbolic link
_REQUESTED = 1
_WRITTEN = 3  # partial_piece_info: the block is on disk


def read_metadata(info: Any) -> port.Metadata:
    """Copy an info dictionary."""
    layout = info.layout()
    files = tuple(
        port.FileEntry(
            index=index,
            path=layout.file_path(index).replace("\\", "/"),
            offset=layout.file_offset(index),
            size=layout.file_size(index),
            hidden=bool(int(layout.file_flags(index)) & _HIDDEN),
        )
        for index in range(layout.num_files())
    )
    size = layout.total_size()
    return port.Metadata(info.name(), info.piece_length(), size, files, private=info.priv())


class LtHandle:
    """One torrent of libtorrent."""

    def __init__(self, handle: Any, upload_mode: Any) -> None:
        self.raw = handle
        self.key = hash(handle)
        self._upload_mode = upload_mode  # the flag that a refusing disk sets

    def follow(self, raw: Any) -> None:
        """Stand for another of libtorrent's handles from now on."""
        self.raw = raw
        self.key = hash(raw)

    def metadata(self) -> port.Metadata | None:
        """Return the info dictionary if it is known."""
        info = self.raw.torrent_file()
        return None if info is None else read_metadata(info)

    def snapshot(self) -> tuple[list[bool], list[tuple[int, tuple[int, ...]]]]:
        """Return what is on disk; blocks."""
        pieces = list(self.raw.status(self.raw.query_pieces).pieces)
        partial = [
            (
                info["piece_index"],
                tuple(i for i, block in enumerate(info["blocks"]) if block["state"] == _WRITTEN),
            )
            for info in self.raw.get_download_queue()
        ]
        return pieces, partial

    def set_all_priorities(self, values: list[int]) -> None:
        """Set the priority of every piece."""
        self.raw.prioritize_pieces(values)

    def set_priority(self, piece: int, value: int) -> None:
        """Set the priority of one piece."""
        self.raw.piece_priority(piece, value)

    def set_file_priorities(self, values: list[int]) -> None:
        """Set the priority of every file."""
        self.raw.prioritize_files(values)

    def clear_deadlines(self) -> None:
        """Drop all deadlines."""
        self.raw.clear_piece_deadlines()

    def set_deadline(self, piece: int, milliseconds: int) -> None:
        """Ask for a piece by then."""
        self.raw.set_piece_deadline(piece, milliseconds)

    def rename_files(self, renames: dict[int, str]) -> None:
        """Rename files."""
        for index, path in renames.items():
            self.raw.rename_file(index, path)

    def connect(self, peers: Sequence[port.Endpoint], *, at_once: bool) -> None:
        """Add peers; resuming calls them now, not at the next second's tick.

        They are added while it is paused: one that was called just before the pause would be
        dropped, and called again only after `min_reconnect_time`. For the same reason no peers
        go into `add_torrent_params`, which calls them at some moment of its own.
        """
        if at_once:
            self.raw.pause()
        for peer in peers:
            self.raw.connect_peer(peer)
        if at_once:
            self.raw.resume()

    def ask_resume_data(self, *, only_if_modified: bool) -> None:
        """Ask for resume data with the info dictionary."""
        flags = self.raw.save_info_dict | self.raw.flush_disk_cache
        self.raw.save_resume_data(flags | (self.raw.only_if_modified if only_if_modified else 0))

    def peers(self) -> tuple[port.PeerFacts, ...]:
        """Return who is connected; blocks (what `post_peer_info` brings cannot be read here)."""
        return tuple(
            port.PeerFacts(
                endpoint=tuple(info.ip),
                received=info.total_download,
                asked=info.download_queue_length,
                web_seed=int(info.connection_type) != info.standard_bittorrent,
            )
            for info in self.raw.get_peer_info()
        )

    def scrape(self) -> None:
        """Ask every tracker to count the swarm."""
        for index in range(len(self.raw.trackers())):
            self.raw.scrape_tracker(index)

    def holders(self, piece: int) -> tuple[port.Endpoint, ...]:
        """Return the peers that owe blocks of a piece; blocks."""
        return tuple(
            tuple(block["peer"])
            for info in self.raw.get_download_queue()
            if info["piece_index"] == piece
            for block in info["blocks"]
            if block["state"] == _REQUESTED
        )

    def availability(self) -> tuple[int, ...]:
        """Return how many connected peers have each piece; blocks. Nothing for one that left."""
        return tuple(self.raw.piece_availability()) if self.raw.is_valid() else ()

    def reannounce(self) -> None:
        """Ask for peers now."""
        self.raw.force_reannounce()
        self.raw.force_dht_announce()

    def retry(self) -> None:
        """Go on after the disk refused."""
        self.raw.clear_error()
        self.raw.unset_flags(self._upload_mode)
        self.raw.resume()

    def pause(self) -> None:
        """Sleep."""
        self.raw.pause()

    def resume(self) -> None:
        """Wake up."""
        self.raw.resume()
