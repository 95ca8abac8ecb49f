"""Finds peers that hold a starving reader up. Pure.

Two kinds: those that owe blocks and send nothing (libtorrent frees one block a second of them, so
that a stream stands for half a minute), and those that owe blocks of the very piece a reader waits
for and are too slow to bring them soon. With such a peer cut off, its blocks are asked of others
at once. Measured: longest gap with a silent peer over 25 s without, 2 s with; with slow peers
among fast ones the gaps of the first seconds 2.2 s without, under 1 s with.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from novastream_desktop.torrents._pieces import BLOCK
from novastream_desktop.torrents._port import Endpoint, PeerFacts

HUNGRY_SECONDS = 0.6
LOOK_SECONDS = 0.9
CUT_SECONDS = 30.0
_LAG_SECONDS = 1.0
_FAR_BELOW = 0.5
_QUEUE_SECONDS = 0.5
_MEASURE_SECONDS = 0.3


@dataclass(frozen=True, slots=True)
class Look:
    """What a peer had sent by some moment of the clock, and how fast (bytes per second)."""

    at: float
    received: int
    rate: float | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was remembered of each peer, who is to be cut, and whether a queue is in the way.

    Attributes:
        queued: the piece stands at the end of a peer's queue of more than half a second.
    """

    looks: Mapping[Endpoint, Look]
    cut: tuple[Endpoint, ...] = ()
    queued: bool = False


def judge(
    looks: Mapping[Endpoint, Look],
    peers: Collection[PeerFacts],
    now: float,
    *,
    hungry: bool,
    holders: Collection[Endpoint] = (),
    hurried: bool = False,
    already_cut: int = 0,
) -> Verdict:
    """Compare peers with an earlier look.

    Args:
        looks: of the last verdict.
        peers: as they are now.
        now: seconds of the clock.
        hungry: a reader has been without a byte for `HUNGRY_SECONDS`.
        holders: peers that owe blocks of the piece under that reader.
        hurried: that piece was asked for anew already, in vain.
        already_cut: peers that are cut off now.

    Returns:
        A peer is cut when it owed blocks at a look at least `LOOK_SECONDS` ago and sent nothing
        since, or when it is a holder that needs more than a second for what it owes and has
        less than half of the usual peer's rate (once hurried, less than the usual rate). But
        only while somebody else delivers, never more than a third of the peers, and never a web
        seed: the cure must not be worse than slow peers (twenty equal ones were once cut down
        to a fifth of their rate).
    """
    kept = {peer.endpoint: _look(looks.get(peer.endpoint), peer, now) for peer in peers}
    cutters = [peer for peer in peers if not peer.web_seed]
    alive = any(
        (before := looks.get(peer.endpoint)) is not None and peer.received > before.received
        for peer in peers
    )
    if not hungry or not alive:
        return Verdict(kept)
    silent = [p.endpoint for p in cutters if p.asked and now - kept[p.endpoint].at >= LOOK_SECONDS]
    share = 1.0 if hurried else _FAR_BELOW
    slow = _laggards([p for p in cutters if p.endpoint in holders], kept, share)
    chosen = [*silent, *(peer for peer in slow if peer not in silent)]
    needs = [_needs(p, kept[p.endpoint]) for p in peers if p.endpoint in holders]
    queued = not needs or max(needs) > _QUEUE_SECONDS
    may_cut = max(1, (len(peers) + already_cut) // 3) - already_cut
    return Verdict(kept, tuple(chosen[: max(0, may_cut)]), queued)


def _look(before: Look | None, peer: PeerFacts, now: float) -> Look:
    if before is None:
        return Look(now, peer.received)
    if peer.received == before.received and peer.asked:
        return before
    passed = now - before.at
    if passed < _MEASURE_SECONDS:
        return before
    return Look(now, peer.received, (peer.received - before.received) / passed)


def _needs(peer: PeerFacts, look: Look) -> float:
    """Return the seconds that a peer needs for what it owes, 0 while its rate is unknown."""
    return 0.0 if look.rate is None else peer.asked * BLOCK / max(1.0, look.rate)


def _laggards(
    holders: Iterable[PeerFacts], looks: Mapping[Endpoint, Look], share: float
) -> list[Endpoint]:
    """Return the holders below a share of the usual rate that need too long, slowest first."""
    rates = [look.rate for look in looks.values() if look.rate is not None]
    limit = share * sum(rates) / max(1, len(rates))
    slow = []
    for peer in holders:
        look = looks[peer.endpoint]
        needs = _needs(peer, look)
        if needs > _LAG_SECONDS and look.rate is not None and look.rate < limit:
            slow.append((-needs, peer.endpoint))
    return [endpoint for _, endpoint in sorted(slow)]
