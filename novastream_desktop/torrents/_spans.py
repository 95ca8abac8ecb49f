"""Which pieces there are, and which of them a file lies in."""

from __future__ import annotations

from novastream_desktop.torrents import _port as port
from novastream_desktop.torrents._pieces import Layout
from novastream_desktop.torrents._plan import MIB, Span

_HEAD_BYTES = 8 * MIB
_TAIL_BYTES = 1 * MIB


def layout_of(metadata: port.Metadata) -> Layout:
    """Return how a torrent's bytes are cut."""
    pads = tuple(
        (file.offset, file.offset + file.size)
        for file in metadata.files
        if file.hidden and file.size
    )
    return Layout(metadata.piece_length, metadata.total_size, pads)


def span_of(file: port.FileEntry, piece_length: int) -> Span:
    """Return the pieces that a file lies in; for an empty file the one before it."""
    first = file.offset if file.size else max(0, file.offset - 1)
    last = max(first, file.offset + file.size - 1)
    return Span(first // piece_length, last // piece_length)


def ends_of(file: port.FileEntry, piece_length: int) -> tuple[int, ...]:
    """Return the pieces of a file's head and tail, which a player reads when it opens it."""
    span = span_of(file, piece_length)
    head = span_of(port.FileEntry(0, "", file.offset, min(file.size, _HEAD_BYTES)), piece_length)
    tail = min(file.size, _TAIL_BYTES)
    start = (file.offset + file.size - tail) // piece_length
    return tuple(sorted({*range(head.first, head.last + 1), *range(start, span.last + 1)}))
