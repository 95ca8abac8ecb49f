"""From missing to readable: the news of blocks and hashes come in any order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novastream_desktop.torrents._pieces import BLOCK, Layout, PieceMap

PIECE = 4 * BLOCK
LAYOUT = Layout(PIECE, 2 * PIECE + BLOCK + 5)  # two whole pieces and one of two blocks


@pytest.mark.parametrize(
    ("layout", "counts"),
    [
        (LAYOUT, [4, 4, 2]),
        (Layout(PIECE, PIECE), [4]),
        (Layout(PIECE, 2 * PIECE, pads=((BLOCK + 1, PIECE),)), [2, 4]),
        (Layout(PIECE, 2 * PIECE, pads=((2 * BLOCK, PIECE),)), [2, 4]),
        (Layout(PIECE, 2 * PIECE, pads=((PIECE + 1, 2 * PIECE),)), [4, 1]),
    ],
)
def test_blocks_that_come_over_the_network(layout: Layout, counts: list[int]):
    assert [layout.block_count(piece) for piece in range(layout.piece_count)] == counts


def fill(pieces: PieceMap, piece: int) -> None:
    for block in range(pieces.layout.block_count(piece)):
        pieces.block_written(piece, block)


def test_a_piece_needs_its_hash_and_nothing_else():
    """The library hashes what it reads back, so that every block of it is on disk."""
    pieces = PieceMap(LAYOUT)
    fill(pieces, 0)
    assert pieces.available(0, PIECE, early=False) == 0
    pieces.piece_passed(0)
    assert pieces.available(0, PIECE, early=False) == PIECE
    pieces.piece_passed(1)
    assert pieces.available(0, 2 * PIECE, early=False) == 2 * PIECE
    assert not pieces.block_written(1, 0)


def test_early_bytes_end_at_the_first_gap():
    pieces = PieceMap(LAYOUT)
    for block in (0, 1, 3):
        pieces.block_written(0, block)
    assert pieces.available(10, PIECE, early=True) == 2 * BLOCK - 10
    assert pieces.available(2 * BLOCK, PIECE, early=True) == 0
    assert pieces.available(3 * BLOCK, PIECE, early=True) == BLOCK
    assert pieces.available(10, PIECE, early=False) == 0


def test_a_wrong_hash_voids_the_blocks():
    pieces = PieceMap(LAYOUT)
    fill(pieces, 0)
    pieces.piece_failed(0)
    assert pieces.available(0, PIECE, early=True) == 0
    assert not pieces.started(0)
    fill(pieces, 0)
    pieces.piece_passed(0)
    assert pieces.available(0, PIECE, early=False) == PIECE


def test_what_was_there_before_is_readable():
    pieces = PieceMap(LAYOUT)
    pieces.restore([True, False, False], [(1, (0, 1))])
    assert pieces.available(0, 9 * PIECE, early=False) == PIECE
    assert pieces.available(PIECE, 9 * PIECE, early=True) == 2 * BLOCK
    pieces.piece_passed(1)
    assert pieces.available(0, 9 * PIECE, early=False) == 2 * PIECE


def test_the_last_piece_is_short():
    pieces = PieceMap(LAYOUT)
    pieces.restore([True] * 3, [])
    assert pieces.available(0, 9 * PIECE, early=False) == LAYOUT.total_size
    assert pieces.available(LAYOUT.total_size - 3, 100, early=False) == 3


events = st.lists(
    st.tuples(st.sampled_from(["block", "pass", "fail"]), st.integers(0, 2), st.integers(0, 5)),
    max_size=40,
)


@given(events, st.integers(0, LAYOUT.total_size - 1), st.integers(1, 3 * PIECE), st.booleans())
def test_nothing_is_readable_that_was_not_reported(
    news: list[tuple[str, int, int]], offset: int, limit: int, early: bool
):
    pieces = PieceMap(LAYOUT)
    blocks: set[tuple[int, int]] = set()
    passed: set[int] = set()
    for kind, piece, block in news:
        if kind == "block" and block < LAYOUT.block_count(piece):
            pieces.block_written(piece, block)
            blocks.add((piece, block))
        elif kind == "pass":
            pieces.piece_passed(piece)
            passed.add(piece)
        elif kind == "fail":
            pieces.piece_failed(piece)
            passed.discard(piece)
            blocks = {entry for entry in blocks if entry[0] != piece}
    count = pieces.available(offset, limit, early=early)
    assert 0 <= count <= min(limit, LAYOUT.total_size - offset)
    first = offset - offset % BLOCK if count else offset
    for place in range(first, offset + count, BLOCK):
        piece, inside = divmod(place, PIECE)
        assert piece in passed or (early and (piece, inside // BLOCK) in blocks)
