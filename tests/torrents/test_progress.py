"""Phases, reasons and the strip of pieces."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novastream_desktop.torrents._pieces import BLOCK, Layout, PieceMap
from novastream_desktop.torrents._plan import Span
from novastream_desktop.torrents._progress import (
    StreamView,
    Swarm,
    describe,
    fraction_on_disk,
    missing_to_start,
    piece_strip,
)
from novastream_desktop.torrents.base import StallReason, TorrentPhase, TorrentProgress

PHASE, WHY = TorrentPhase, StallReason


def picture(
    view: StreamView, swarm: Swarm, *, limit: int = 0, tracker: bool = False
) -> TorrentProgress:
    return describe(
        view, swarm, download_limit=limit, tracker_problem=tracker, fraction=0.5, pieces="10"
    )


BUSY = Swarm(download_rate=100.0, peers=3)
WAITING = StreamView(waited=6.0, missing_to_start=50)


@pytest.mark.parametrize(
    ("view", "swarm", "options", "phase", "reason"),
    [
        (StreamView(), BUSY, {}, PHASE.BUFFERING, None),
        (StreamView(), Swarm(), {}, PHASE.BUFFERING, WHY.NO_PEERS),
        (StreamView(), Swarm(), {"tracker": True}, PHASE.BUFFERING, WHY.TRACKER),
        (StreamView(), Swarm(checking=True), {}, PHASE.CHECKING, None),
        (StreamView(delivered=True), BUSY, {}, PHASE.PLAYING, None),
        (StreamView(delivered=True, waited=1.0), BUSY, {}, PHASE.PLAYING, None),
        (StreamView(complete=True), Swarm(), {}, PHASE.COMPLETE, None),
        (WAITING, Swarm(), {}, PHASE.STALLED, WHY.NO_PEERS),
        (WAITING, BUSY, {}, PHASE.STALLED, WHY.SLOW_PEERS),
        (WAITING, BUSY, {"limit": 110}, PHASE.STALLED, WHY.YOUR_LIMIT),
        (WAITING, BUSY, {"limit": 1000}, PHASE.STALLED, WHY.SLOW_PEERS),
        (StreamView(error="full", recovers=True), BUSY, {}, PHASE.STALLED, WHY.DISK),
        (StreamView(error="gone"), BUSY, {}, PHASE.FAILED, WHY.DISK),
    ],
)
def test_phase_and_reason(
    view: StreamView, swarm: Swarm, options: dict, phase: TorrentPhase, reason: StallReason | None
):
    got = picture(view, swarm, **options)
    assert (got.phase, got.reason, got.error) == (phase, reason, view.error)


@pytest.mark.parametrize(
    ("view", "swarm", "expected"),
    [
        (StreamView(missing_to_start=50), BUSY, 0.5),
        (StreamView(missing_to_start=50), Swarm(), None),
        (StreamView(missing_to_start=0), Swarm(), 0.0),
        (StreamView(delivered=True, missing_to_start=50), BUSY, 0.0),
        (StreamView(error="gone", missing_to_start=50), BUSY, None),
    ],
)
def test_the_wait_for_the_start(view: StreamView, swarm: Swarm, expected: float | None):
    assert picture(view, swarm).seconds_to_play == expected


def test_the_strip():
    pieces = PieceMap(Layout(2 * BLOCK, 10 * BLOCK))
    pieces.restore([True, False, False, False, True], [(1, (0,))])
    assert piece_strip(pieces, Span(0, 4), frozenset({2})) == "21102"
    assert fraction_on_disk(pieces, Span(0, 4)) == 0.4
    assert missing_to_start(pieces, Span(0, 4)) == 6 * BLOCK


@given(st.integers(1, 1500), st.data())
def test_the_strip_is_short_and_true(count: int, data: st.DataObject):
    pieces = PieceMap(Layout(BLOCK, count * BLOCK))
    have = data.draw(st.lists(st.booleans(), min_size=count, max_size=count))
    pieces.restore(have, [])
    strip = piece_strip(pieces, Span(0, count - 1), frozenset())
    assert len(strip) == min(200, count)
    assert (set(strip) == {"2"}) is all(have)
    assert set(strip) <= {"0", "2"}
