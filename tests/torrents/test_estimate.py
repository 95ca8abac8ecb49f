"""How long somebody waits, as it is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novastream_desktop.torrents._estimate import (
    Window,
    best_rate,
    jump_bytes,
    jump_seconds,
    likely_bitrate,
    smoothed,
    window_at,
)
from novastream_desktop.torrents._outlook import Outlook
from novastream_desktop.torrents._pieces import BLOCK, Layout, PieceMap
from novastream_desktop.torrents._plan import Span
from novastream_desktop.torrents.base import TorrentPhase, TorrentProgress

MIB = 1 << 20
seconds = st.floats(0, 10_000, allow_subnormal=False)


def pieces(count: int, length: int = MIB) -> PieceMap:
    return PieceMap(Layout(length, count * length))


def test_a_start_needs_the_head_and_the_index_at_the_end():
    held = pieces(10)
    assert window_at(held, Span(0, 9), bitrate=500_000) == Window(3 * MIB, 3 * MIB)
    held.restore([True] + [False] * 8 + [True], [(1, tuple(range(16)))])
    told = window_at(held, Span(0, 9), bitrate=500_000)
    assert (told.needed, told.missing) == (3 * MIB, MIB - 16 * BLOCK)
    assert told.share == pytest.approx(1 - (MIB - 16 * BLOCK) / (3 * MIB))


@pytest.mark.parametrize(
    ("position", "bitrate", "needed"),
    [
        (5 * MIB, 0.0, MIB),
        (5 * MIB + 900_000, 0.0, 2 * MIB),  # a quarter MiB from there lies in two pieces
        (5 * MIB, 1e6, 3 * MIB),  # three seconds of it
        (9 * MIB, 5e6, MIB),  # no more than the file has
        (90 * MIB, 0.0, MIB),
    ],
)
def test_going_on_needs_seconds_of_the_file(position: int, bitrate: float, needed: int):
    told = window_at(pieces(10), Span(0, 9), position, bitrate=bitrate)
    assert (told.needed, told.missing) == (needed, needed)


def test_a_jump():
    assert jump_bytes(4 * MIB, 0.0) == 4 * MIB
    assert jump_bytes(16384, 1e6) == 3_000_000
    assert jump_seconds(4 * MIB, MIB) == pytest.approx(4.5)
    assert jump_seconds(4 * MIB, 0.0) is None


@given(seconds, seconds, st.floats(0, 60))
def test_an_estimate_never_leaps(before: float, told: float, passed: float):
    shown = smoothed(before, told, passed)
    assert shown is not None
    expected = max(0.0, before - passed)
    assert min(expected, told) - 1e-6 <= shown <= max(expected, told) + 1e-6
    assert shown <= 1.25 * expected + 0.5 + 1e-6


@given(seconds, seconds)
def test_what_is_told_again_and_again_comes_to_be_shown(before: float, told: float):
    shown: float | None = before
    for _ in range(120):
        shown = smoothed(shown, told, 0.0)
    assert shown == pytest.approx(told, abs=0.1, rel=1e-3)


@given(st.floats(10, 1000), st.integers(1, 20))
def test_steady_news_are_shown_as_they_are(total: float, steps: int):
    shown: float | None = total
    for step in range(1, steps + 1):
        shown = smoothed(shown, max(0.1, total - step), 1.0)
    assert shown == pytest.approx(max(0.1, total - steps), abs=1.0)


def test_very_good_news_are_told_at_once():
    assert smoothed(100.0, 10.0, 1.0) == 10.0


def test_an_unknown_length_is_guessed():
    assert likely_bitrate(3_600_000, 0.0) == 1000.0
    assert likely_bitrate(3_600_000, 5.0) == 5.0


@pytest.mark.parametrize(("before", "told"), [(None, 5.0), (5.0, None), (5.0, 0.0), (None, None)])
def test_what_begins_and_ends_is_told_at_once(before: float | None, told: float | None):
    assert smoothed(before, told, 1.0) == told


@given(st.floats(0, 1e9), st.floats(0, 1e9), st.floats(0, 100))
def test_the_best_rate_fades_and_is_never_less_than_the_present_one(
    before: float, rate: float, passed: float
):
    assert rate <= best_rate(before, rate, passed) <= max(before, rate)


class Clock:
    def __init__(self) -> None:
        self.seconds = 0.0

    def monotonic(self) -> float:
        return self.seconds

    def now(self) -> None:
        raise AssertionError


def test_an_outlook_goes_down_steadily_and_knows_what_a_jump_costs():
    clock = Clock()
    outlook = Outlook(clock)  # type: ignore[arg-type]
    buffering = TorrentProgress(
        phase=TorrentPhase.BUFFERING, peers=3, download_rate=MIB, seconds_to_play=10.0
    )
    assert outlook.follow(buffering, 2 * MIB).seconds_to_play is None  # by the first bytes
    clock.seconds = 2.0
    assert outlook.follow(buffering, 2 * MIB).seconds_to_play == 10.0
    clock.seconds = 3.0
    worse = TorrentProgress(phase=TorrentPhase.BUFFERING, peers=3, seconds_to_play=60.0)
    told = outlook.follow(worse, 2 * MIB)
    assert told.seconds_to_play == pytest.approx(11.75)
    assert told.seconds_to_jump == pytest.approx(0.5 + 2 / 0.97)
    assert outlook.follow(TorrentProgress(peers=0), 2 * MIB).seconds_to_jump is None
    complete = TorrentProgress(phase=TorrentPhase.COMPLETE, seconds_to_play=0.0)
    assert outlook.follow(complete, MIB) == complete
