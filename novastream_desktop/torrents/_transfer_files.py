"""How a torrent and its files stand, in the session or only kept on disk."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from novastream_desktop.torrents import _port as port
from novastream_desktop.torrents._choice import as_file
from novastream_desktop.torrents._ledger import Record
from novastream_desktop.torrents._stream import FileStream
from novastream_desktop.torrents._torrent import Torrent
from novastream_desktop.torrents._transfers import Standing, worst
from novastream_desktop.torrents.base import TransferFile


def standing_of(torrent: Torrent, streams: Iterable[FileStream], *, playing: bool) -> Standing:
    """Return how a torrent in the session stands; `playing`: a player has one of its files."""
    return Standing(
        used=torrent.active > 0,
        playing=playing,
        known=torrent.metadata.done(),
        asleep=torrent.asleep,
        holds=frozenset(torrent.holds),
        swarm=torrent.news.swarm,
        progress=worst(stream.progress.value for stream in streams),
        error=torrent.error.sentence() if torrent.error else "",
    )


def files_here(
    torrent: Torrent, record: Record, playing: Collection[int]
) -> tuple[TransferFile, ...]:
    """Return the files of a torrent in the session, whose details are known."""
    asked = {file.index for file in torrent.demand.played}
    return tuple(
        _described(
            file,
            done=torrent.bytes_on_disk(file) / file.size if file.size else 1.0,
            wanted=file.index in asked or file.index in record.wanted,
            playing=file.index in playing,
        )
        for file in torrent.metadata.result().files
        if not file.hidden
    )


def files_kept(resume_data: bytes, record: Record) -> tuple[TransferFile, ...]:
    """Return the files of a torrent by what was kept of it; blocks, no session is needed."""
    from novastream_desktop.torrents._libtorrent import read_resume  # noqa: PLC0415  (heavy)

    metadata = read_resume(resume_data)
    return tuple(
        _described(
            file,
            done=1.0 if file.index in record.complete else 0.0,
            wanted=file.index in record.complete or file.index in record.wanted,
        )
        for file in (metadata.files if metadata else ())
        if not file.hidden
    )


def _described(
    entry: port.FileEntry, *, done: float, wanted: bool, playing: bool = False
) -> TransferFile:
    file = as_file(entry)
    return TransferFile(
        entry.index, entry.path, entry.size, min(1.0, done), wanted, playing, file.playable
    )
