"""Phases, reasons and the strip of pieces."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novastream_desktop.torrents._estimate import Window
from novastream_desktop.torrents._pieces import BLOCK, Layout, PieceMap
from novastream_desktop.torrents._plan import Span
from novastream_desktop.torrents._progress import StreamView, Swarm, describe, fraction_on_disk
from novastream_desktop.torrents._strip import piece_strip
from novastream_desktop.torrents.base import StallReason, TorrentPhase, TorrentProgress

PHASE, WHY = TorrentPhase, StallReason


def picture(
    view: StreamView, swarm: Swarm, *, limit: int = 0, tracker: bool = False
) -> TorrentProgress:
    return describe(
        view, swarm, download_limit=limit, tracker_problem=tracker, fraction=0.5, pieces="10"
    )


LACKS, HERE = Window(200, 50), Window(200, 0)
BUSY = Swarm(download_rate=100.0, peers=3)
WAITING = StreamView(waited=6.0, window=LACKS)


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
        (StreamView(), BUSY, {"limit": 110}, PHASE.BUFFERING, WHY.YOUR_LIMIT),
        (StreamView(waited=2.5, bitrate=200), BUSY, {}, PHASE.BUFFERING, WHY.SLOW_PEERS),
        (StreamView(waited=2.5, bitrate=50), BUSY, {}, PHASE.BUFFERING, None),
        (
            StreamView(waited=2.5, bitrate=200, delivered=True),
            BUSY,
            {},
            PHASE.PLAYING,
            WHY.SLOW_PEERS,
        ),
        (StreamView(hold=WHY.PAUSED), BUSY, {}, PHASE.STALLED, WHY.PAUSED),
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
        (StreamView(window=LACKS), BUSY, 0.5),
        (StreamView(window=LACKS), Swarm(), None),
        (StreamView(window=LACKS, rate=25.0), Swarm(), 2.0),  # the last moment's own rate
        (StreamView(window=HERE), Swarm(), 0.0),
        (StreamView(delivered=True, window=LACKS), BUSY, 0.0),
        (StreamView(delivered=True, window=LACKS, waited=0.5), BUSY, 0.5),
        (StreamView(error="gone", window=LACKS), BUSY, None),
    ],
)
def test_the_wait_for_the_start(view: StreamView, swarm: Swarm, expected: float | None):
    assert picture(view, swarm).seconds_to_play == expected


def test_the_strip():
    pieces = PieceMap(Layout(2 * BLOCK, 10 * BLOCK))
    pieces.restore([True, False, False, False, True], [(1, (0,))])
    assert piece_strip(pieces, Span(0, 4), frozenset({2})) == "21102"
    assert fraction_on_disk(pieces, Span(0, 4)) == 0.4
    # one block of the second piece is there, another is not: it is asked for
    assert piece_strip(pieces, Span(0, 4), frozenset({2}), [1, 1, 1, 0, 0]) == "211x2"
    assert piece_strip(pieces, Span(0, 4), frozenset({2}), [0] * 5) == "2xxx2"
    assert piece_strip(pieces, Span(0, 4), frozenset({2}), []) == "21102"


@pytest.mark.parametrize(
    ("view", "limit", "expected"),
    [
        (StreamView(), 0, WHY.SLOW_PEERS),
        (StreamView(), 110, WHY.YOUR_LIMIT),
        (StreamView(delivered=True, waited=0.1), 0, WHY.SLOW_PEERS),
        (StreamView(delivered=True), 0, None),
        (StreamView(complete=True), 0, None),
        (StreamView(error="full", recovers=True), 0, WHY.DISK),
    ],
)
def test_what_bounds_the_rate(view: StreamView, limit: int, expected: StallReason | None):
    assert picture(view, BUSY, limit=limit).limited_by is expected


def test_the_swarm_and_the_share_are_told():
    told = picture(StreamView(window=LACKS), Swarm(known_seeds=40, known_peers=9))
    assert (told.swarm_seeds, told.swarm_peers, told.ready) == (40, 9, 0.75)
    assert picture(StreamView(complete=True), Swarm()).ready == 1.0


@given(st.binary(min_size=1, max_size=1500))
def test_the_strip_is_short_and_true(drawn: bytes):
    count = len(drawn)
    pieces = PieceMap(Layout(BLOCK, count * BLOCK))
    have = [byte & 1 > 0 for byte in drawn]
    pieces.restore(have, [])
    strip = piece_strip(pieces, Span(0, count - 1), frozenset())
    assert len(strip) == min(200, count)
    assert (set(strip) == {"2"}) is all(have)
    assert set(strip) <= {"0", "2"}


@given(st.binary(min_size=1, max_size=600))
def test_a_bucket_that_lacks_what_nobody_has_is_never_promised(drawn: bytes):
    count = len(drawn)
    have = [byte & 1 > 0 for byte in drawn]
    asked = {index for index, byte in enumerate(drawn) if byte & 2}
    peers = [byte >> 2 & 1 for byte in drawn]
    pieces = PieceMap(Layout(BLOCK, count * BLOCK))
    pieces.restore(have, [])
    strip = piece_strip(pieces, Span(0, count - 1), asked, peers)
    edges = [bucket * count // len(strip) for bucket in range(len(strip) + 1)]
    for shade, start, end in zip(strip, edges, edges[1:], strict=False):
        missing = [index for index in range(start, end) if not have[index]]
        assert (shade == "2") is (not missing)
        assert (shade == "x") is any(not peers[index] for index in missing)
        if shade == "0":
            assert not asked.intersection(missing)
