"""What two fingerprints share: shifts, noise, silence, lengths."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from novastream_desktop.skips._fingerprint import SILENCE, STEP, common, locate
from tests.fakes.fingerprints import MINUTE, OP, noisy, sound


def episode(before: int, theme: Sequence[int], seed: object, length: int = 5 * MINUTE) -> list[int]:
    return [*sound(before, (seed, 0)), *theme, *sound(length - before - len(theme), (seed, 1))]


@pytest.mark.parametrize(
    ("theme", "found"),
    [
        (sound(OP, "op"), True),
        (sound(int(20 / STEP), "card"), True),
        (sound(int(10 / STEP), "sting"), False),  # shorter than 15 s
        (sound(3 * MINUTE + 40, "long"), False),  # longer than 180 s
        ([SILENCE] * OP, False),
        ([0x1234_5678, 0x8765_4321] * (OP // 2), False),  # a hum
        ([*sound(OP // 2, 1), *[SILENCE] * 10, *sound(OP // 2, 2)], True),
    ],
)
def test_what_is_shared_is_found_if_it_may_be_a_theme(theme: list[int], found: bool):
    one, other = episode(250, theme, "a"), episode(700, theme, "b")
    assert bool(common(one, other)) is found
    if found:
        (stretch,) = common(one, other)
        assert abs(stretch.at - 250) <= 1
        assert abs(stretch.other_at - 700) <= 1
        assert abs(stretch.length - len(theme)) <= 2


def test_an_episode_shares_nothing_with_itself_or_with_nothing():
    whole = sound(5 * MINUTE, "whole")
    assert common(whole, whole) == ()
    assert common(whole, []) == common([], whole) == common([], []) == ()
    assert common(whole, sound(5 * MINUTE, "another")) == ()


def test_the_longest_comes_first():
    card, song = sound(int(20 / STEP), "card"), sound(OP, "song")
    one = [*sound(40, 1), *card, *sound(300, 2), *song, *sound(99, 3)]
    other = [*card, *sound(700, 4), *song]
    assert [round(s.length / 10) for s in common(one, other)] == [
        round(OP / 10),
        round(len(card) / 10),
    ]


def test_a_voice_over_it_for_a_second_does_not_part_it():
    song = sound(OP, "song")
    spoken = [*song[:300], *sound(10, "voice"), *song[310:]]
    (stretch,) = common(episode(100, song, "a"), episode(200, spoken, "b"))
    assert abs(stretch.length - OP) <= 2


def test_a_theme_is_located_whole_if_most_of_it_is_there():
    song = sound(OP, "song")
    mostly = [*sound(60, "voice"), *song[60:]]
    found = locate(song, episode(333, mostly, "a"))
    assert found is not None
    assert (found.at, found.length) == (333, OP)
    assert locate(song, episode(333, song[: OP // 2], "a")) is None
    cut = locate(song, [*song[40:], *sound(200, "rest")])
    assert cut is not None
    assert (cut.at, cut.seconds[0]) == (0, 0.0)
    assert cut.length == OP - 40


@settings(max_examples=25, deadline=None)
@given(
    before=st.integers(0, 1500),
    other_before=st.integers(0, 1500),
    length=st.integers(int(17 / STEP), int(170 / STEP)),
    bits=st.integers(0, 4),
    seed=st.integers(),
)
def test_shift_and_noise_are_tolerated(
    before: int, other_before: int, length: int, bits: int, seed: int
):
    theme = sound(length, seed)
    one = episode(before, theme, (seed, "a"), 3000)
    other = episode(other_before, noisy(theme, bits, seed), (seed, "b"), 3000)
    found = common(one, other)
    assert len(found) == 1
    assert abs(found[0].at - before) <= 4
    assert abs(found[0].at + found[0].length - before - length) <= 4
    assert found[0].at - found[0].other_at == before - other_before


@settings(max_examples=25, deadline=None)
@given(
    one=st.lists(st.integers(0, 2**32 - 1)), other=st.lists(st.integers(0, 3) | st.just(SILENCE))
)
def test_any_numbers_are_taken(one: list[int], other: list[int]):
    for stretch in (*common(one, other), *common(one * 9, one * 9), *common(other * 9, one)):
        assert stretch.length > 0
