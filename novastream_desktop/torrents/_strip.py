"""The strip of a file's pieces, as the seek bar shows it. Pure."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Sequence

from novastream_desktop.torrents._pieces import PieceMap
from novastream_desktop.torrents._plan import Span

_BUCKETS = 200


def piece_strip(
    pieces: PieceMap,
    span: Span,
    wanted: Collection[int],
    availability: Sequence[int] | None = None,
) -> str:
    """Return the strip of `TorrentProgress.pieces`.

    A bucket is on disk when all its pieces are; `x` when nobody connected has one of those that
    are missing, for it cannot be played through; requested when one is wanted or begun.

    Args:
        pieces: what is on disk.
        span: the file.
        wanted: pieces that are asked for.
        availability: how many connected peers have each piece; None while nobody knows.
    """
    count = span.last - span.first + 1
    buckets = min(_BUCKETS, count)
    edges = [span.first + index * count // buckets for index in range(buckets + 1)]
    return "".join(
        _shade(pieces, range(start, end), wanted, availability)
        for start, end in itertools.pairwise(edges)
    )


def _shade(
    pieces: PieceMap, bucket: range, wanted: Collection[int], availability: Sequence[int] | None
) -> str:
    if not pieces.passed.count(0, bucket.start, bucket.stop):
        return "2"
    missing = [piece for piece in bucket if not pieces.passed[piece]]
    if availability and any(not availability[p] for p in missing if p < len(availability)):
        return "x"
    return "1" if any(piece in wanted or pieces.started(piece) for piece in missing) else "0"
