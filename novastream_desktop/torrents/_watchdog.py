"""Finds peers that hold requests and send nothing while a reader starves. Pure.

libtorrent frees one block a second of a silent peer, so a stream stands for half a minute; with
the peer cut off, its blocks are asked of others at once. Measured: longest gap over 25 s without,
2 s with.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from novastream_desktop.torrents._port import Endpoint, PeerFacts

HUNGRY_SECONDS = 0.6
LOOK_SECONDS = 0.9
CUT_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Look:
    """What a peer had sent by some moment of the clock."""

    at: float
    received: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was remembered of each peer, and who is to be cut."""

    looks: Mapping[Endpoint, Look]
    cut: tuple[Endpoint, ...] = ()


def judge(
    looks: Mapping[Endpoint, Look], peers: Iterable[PeerFacts], now: float, *, hungry: bool
) -> Verdict:
    """Compare peers with an earlier look.

    Args:
        looks: of the last verdict.
        peers: as they are now.
        now: seconds of the clock.
        hungry: a reader has been without a byte for `HUNGRY_SECONDS`.

    Returns:
        A peer is cut when it owed blocks at a look at least `LOOK_SECONDS` ago and sent nothing
        since; but only while somebody else delivers, and never a web seed.
    """
    kept: dict[Endpoint, Look] = {}
    silent: list[Endpoint] = []
    alive = False
    for peer in peers:
        before = looks.get(peer.endpoint)
        if before is None or peer.received != before.received or not peer.asked:
            kept[peer.endpoint] = Look(now, peer.received)
            alive |= before is not None and peer.received > before.received
        else:
            kept[peer.endpoint] = before
            if now - before.at >= LOOK_SECONDS and not peer.web_seed:
                silent.append(peer.endpoint)
    return Verdict(kept, tuple(silent) if hungry and alive else ())
