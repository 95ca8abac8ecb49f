"""A torrent on the seek bar: what is there, and how long a jump would wait. Pure."""

from __future__ import annotations

import math
from itertools import groupby

from novastream_desktop.torrents.base import TorrentPhase, TorrentProgress
from novastream_desktop.ui.player._words import translate

#: Shades of `PlayerProps.pieceRuns`: requested, on disk, and what nobody connected has.
SHADES = {"1": 1.0, "2": 2.0, "x": 3.0}
_MINUTE, _LONG = 60, 90


def piece_runs(pieces: str) -> tuple[float, ...]:
    """Return start share, end share and shade of each run of equal buckets that has a shade."""
    runs: list[float] = []
    place = 0
    for bucket, equal in groupby(pieces):
        end = place + len(list(equal))
        if bucket in SHADES:
            runs += (place / len(pieces), end / len(pieces), SHADES[bucket])
        place = end
    return tuple(runs)


def bucket_at(pieces: str, share: float) -> str:
    """Return what is known of a place of the file; "2", on disk, where nothing is known."""
    if not pieces:
        return "2"
    return pieces[min(len(pieces) - 1, max(0, int(share * len(pieces))))]


def is_here(torrent: TorrentProgress | None, share: float) -> bool:
    """Return whether a look at a place of the file needs nothing of the swarm.

    Its bytes have to be on disk a bucket to either side, for time and bytes do not run evenly,
    and so have the file's ends, one of which holds its index.
    """
    if torrent is None or torrent.phase is TorrentPhase.COMPLETE:
        return True
    pieces = torrent.pieces
    step = 1 / len(pieces) if pieces else 1.0
    places = (0.0, share - step, share, share + step, 1.0)
    return bool(pieces) and all(bucket_at(pieces, place) == "2" for place in places)


def wait_text(torrent: TorrentProgress | None, share: float) -> str:
    """Return how long a jump to a place of the file would wait; empty where it is on disk."""
    if torrent is None or torrent.phase is TorrentPhase.COMPLETE:
        return ""
    bucket = bucket_at(torrent.pieces, share)
    if bucket == "2":
        return ""
    if bucket == "x":
        return translate("Player", "nobody connected has it")
    seconds = torrent.seconds_to_jump
    if seconds is None:
        return translate("Player", "not on disk yet")
    if seconds > _LONG:
        return translate("Player", "about {0} min").format(round(seconds / _MINUTE))
    return translate("Player", "about {0} s").format(max(1, math.ceil(seconds)))
