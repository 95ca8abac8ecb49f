"""Which peers are cut off while a reader starves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novastream_desktop.torrents._port import PeerFacts
from novastream_desktop.torrents._watchdog import Look, Verdict, judge

A, B, C = ("10.0.0.1", 1), ("10.0.0.2", 2), ("10.0.0.3", 3)
KIB = 1024


def look(*peers: PeerFacts, before: dict | None = None, **options: object) -> Verdict:
    looks = {A: Look(0.0, 100), B: Look(0.0, 100, 1e6), C: Look(0.0, 100, 1e6)}
    return judge(looks if before is None else before, peers, 1.0, **{"hungry": True} | options)


SILENT = PeerFacts(A, received=100, asked=5)
BUSY = PeerFacts(B, received=1_000_000, asked=5)
SLOW = PeerFacts(A, received=100 + 50 * KIB, asked=10)  # 50 KiB/s owes 160 KiB


@pytest.mark.parametrize(
    ("peers", "options", "cut"),
    [
        ((SILENT, BUSY), {}, (A,)),
        ((SILENT, BUSY), {"hungry": False}, ()),
        ((SILENT,), {}, ()),  # the last one
        ((PeerFacts(A, 100, 0), BUSY), {}, ()),  # owes nothing
        ((PeerFacts(A, 100, 5, web_seed=True), BUSY), {}, ()),
        ((SILENT, BUSY), {"before": {A: Look(0.5, 100), B: Look(0.5, 1)}}, ()),  # too early
        ((SLOW, BUSY), {"holders": [A]}, (A,)),
        ((SLOW, BUSY), {"holders": [B]}, ()),
        ((SLOW, BUSY), {}, ()),
        ((SILENT, PeerFacts(C, 100, 5), BUSY), {}, (A,)),  # a third at most
        ((SILENT, BUSY), {"already_cut": 1}, ()),
    ],
)
def test_who_is_cut(peers: tuple, options: dict, cut: tuple):
    assert look(*peers, **options).cut == cut


def test_equal_slow_peers_are_only_cut_after_hurrying():
    near = PeerFacts(A, received=100 + 400 * KIB, asked=60)
    fast = PeerFacts(B, received=100 + 600 * KIB, asked=5)
    assert look(near, fast, holders=[A]).cut == ()
    assert look(near, fast, holders=[A], hurried=True).cut == (A,)


@pytest.mark.parametrize(
    ("asked", "holders", "queued"),
    [(5, [B], False), (200, [B], True), (5, [], True)],
)
def test_a_long_queue_is_told(asked: int, holders: list, queued: bool):
    peer = PeerFacts(B, received=1_000_000, asked=asked)
    assert look(peer, holders=holders).queued is queued


peers = st.builds(
    PeerFacts,
    st.tuples(st.sampled_from(["a", "b", "c", "d", "e", "f"]), st.integers(1, 2)),
    st.integers(0, 10**6),
    st.integers(0, 200),
    st.booleans(),
)


@given(
    st.lists(peers, max_size=8, unique_by=lambda p: p.endpoint),
    st.lists(peers, max_size=8, unique_by=lambda p: p.endpoint),
    st.integers(0, 4),
    st.booleans(),
)
def test_never_too_many_and_never_a_web_seed(
    first: list[PeerFacts], second: list[PeerFacts], already: int, hurried: bool
):
    looks = judge({}, first, 0.0, hungry=True).looks
    got = judge(
        looks,
        second,
        5.0,
        hungry=True,
        holders=[p.endpoint for p in second],
        hurried=hurried,
        already_cut=already,
    )
    web = {p.endpoint for p in second if p.web_seed}
    assert not web & set(got.cut)
    assert len(got.cut) + already <= max(already, 1, (len(second) + already) // 3)
    assert set(got.looks) == {p.endpoint for p in second}
