"""The piece plan as tables and properties."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novastream_desktop.torrents._plan import (
    JUMP_BYTES,
    MIB,
    Plan,
    Situation,
    Span,
    full_priorities,
    is_jump,
    make_plan,
    priority_changes,
)

WHOLE = Span(0, 99)


def plan(missing: range | set[int] | None = None, **changes: object) -> Plan:
    options: dict = {"piece_length": MIB, "readers": (WHOLE,), "files": (WHOLE,)}
    passed = bytearray(100)
    if missing is not None:
        for piece in range(100):
            passed[piece] = piece not in missing
    return make_plan(Situation(**(options | changes)), passed)


def test_priorities_fall_with_the_distance():
    got = plan().priorities
    assert got == {0: 7, 1: 6, 2: 5, 3: 4, 4: 3, 5: 2, 6: 1, 7: 1}  # 8 MiB ahead


def test_a_faster_swarm_gets_wider_steps_and_a_longer_window():
    got = plan(rate=8e6).priorities
    assert [got[piece] for piece in range(6)] == [7, 6, 6, 5, 5, 4]
    assert len(got) == 23  # three seconds


def test_the_window_skips_what_is_there():
    got = plan(missing=set(range(100)) - {0, 1, 3}).priorities
    assert (got[2], got[4], got[5]) == (7, 6, 5)
    assert not {0, 1, 3} & set(got)


def test_the_newest_reader_comes_first_and_they_share_the_window():
    got = plan(readers=(Span(0, 99), Span(50, 99))).priorities
    assert (got[50], got[0]) == (7, 6)
    assert sorted(got) == [0, 1, 2, 3, 50, 51, 52, 53]


def test_something_is_wanted_while_something_is_missing():
    assert plan(readers=(), missing={1, 2, 3, 4, 5, 6}).priorities == {1: 1, 2: 1, 3: 1, 4: 1}
    at_the_end = plan(readers=(Span(99, 99),), missing=set(range(50)) | {99}).priorities
    assert at_the_end == {99: 7, 0: 1, 1: 1, 2: 1}
    assert plan(missing=set()).priorities == {}


def test_the_index_comes_after_the_first_pieces():
    got = plan(hints=(0, 99)).priorities
    assert got[0] == 7
    assert got[1] > got[2] > got[99] > got[4]


def test_files_that_are_not_played_are_not_touched():
    file = Span(10, 20)
    got = plan(readers=(Span(12, 20),), files=(file,), hints=(10, 20), rate=1e9).priorities
    assert min(got) >= 10
    assert max(got) <= 20


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"jump": False}, ()),
        ({"jump": True}, ((0, 0), (1, 1048))),
        ({"jump": True, "bitrate": 1e5}, ((0, 0), (1, 10485))),
        ({"jump": True, "bitrate": 10.0}, ((0, 0), (1, 60_000))),
        ({"jump": True, "readers": (WHOLE, Span(50, 99))}, ((50, 0), (51, 1048))),
        (
            {"jump": True, "readers": (WHOLE, Span(50, 99)), "waiting": 2},
            ((50, 0), (0, 0), (51, 1048)),
        ),
        ({"jump": True, "readers": ()}, ()),
        ({"jump": True, "readers": (Span(99, 99),)}, ((99, 0),)),
        ({"jump": True, "missing": {5}}, ((5, 0),)),
        ({"jump": True, "missing": set()}, ()),
    ],
)
def test_deadlines_follow_a_jump_only(changes: dict, expected: tuple):
    assert plan(**changes).deadlines == expected


@pytest.mark.parametrize(
    ("position", "others", "expected"),
    [
        (0, [], True),
        (100, [0], False),
        (JUMP_BYTES, [0], False),
        (JUMP_BYTES + 1, [0], True),
        (0, [JUMP_BYTES + 1], True),
        (50 * MIB, [0, 49 * MIB], False),
    ],
)
def test_what_counts_as_a_jump(position: int, others: list[int], expected: bool):
    assert is_jump(position, others) is expected


@st.composite
def situations(draw: st.DrawFn) -> tuple[Situation, bytearray]:
    count = draw(st.integers(1, 300))
    pieces = st.integers(0, count - 1)
    spans = st.tuples(pieces, pieces).map(lambda pair: Span(min(pair), max(pair)))
    files = tuple(draw(st.lists(spans, min_size=1, max_size=2)))
    readers = draw(st.lists(st.sampled_from(files), max_size=4))
    readers = [Span(draw(st.integers(span.first, span.last)), span.last) for span in readers]
    situation = Situation(
        piece_length=1 << draw(st.integers(14, 24)),
        readers=tuple(readers),
        files=files,
        hints=tuple(piece for span in files for piece in (span.first, span.last)),
        rate=draw(st.floats(0, 1e9)),
        bitrate=draw(st.floats(0, 1e9)),
        jump=draw(st.booleans()),
        waiting=draw(st.integers(0, len(readers))),
        later=tuple(draw(st.lists(pieces, max_size=3))),
    )
    return situation, bytearray(draw(st.lists(st.booleans(), min_size=count, max_size=count)))


@given(situations())
def test_every_plan_keeps_the_rules(case: tuple[Situation, bytearray]):
    situation, passed = case
    got = make_plan(situation, passed)
    played = {piece for span in situation.files for piece in range(span.first, span.last + 1)}
    missing = {piece for piece in played if not passed[piece]}
    later = {piece for piece in situation.later if not passed[piece]}
    assert set(got.priorities) <= missing | later
    assert all(1 <= value <= 7 for value in got.priorities.values())
    assert len(got.priorities) >= min(4, len(missing))
    if situation.readers:
        newest = situation.readers[-1]
        first = next((p for p in range(newest.first, newest.last + 1) if not passed[p]), None)
        if first is not None:
            assert got.priorities[first] == 7
    awaited = set()
    for reader in situation.readers[len(situation.readers) - situation.waiting :]:
        under = next((p for p in range(reader.first, reader.last + 1) if not passed[p]), None)
        if under is not None:
            awaited.add(under)
            assert got.priorities[under] == 7
    if got.deadlines:  # nothing is due before what a reader waits for
        assert {piece for piece, delay in got.deadlines if delay == 0} >= awaited
    assert {piece for piece, _ in got.deadlines} <= missing
    assert [delay for _, delay in got.deadlines] == sorted(delay for _, delay in got.deadlines)
    assert not got.deadlines or situation.jump


@given(situations(), situations())
def test_changes_lead_from_one_plan_to_the_next(
    one: tuple[Situation, bytearray], two: tuple[Situation, bytearray]
):
    situation, passed = two
    after = make_plan(situation, passed)
    before = {p: v for p, v in make_plan(*one).priorities.items() if p < len(passed)}
    state = full_priorities(Plan(before), len(passed))
    for piece, value in (priority_changes(before, after.priorities, passed) or {}).items():
        state[piece] = value
    wanted = full_priorities(after, len(passed))
    assert all(state[p] == wanted[p] for p in range(len(passed)) if not passed[p])


def test_many_changes_are_set_at_once():
    after = dict.fromkeys(range(500), 1)
    assert priority_changes({}, after, bytes(500)) is None
