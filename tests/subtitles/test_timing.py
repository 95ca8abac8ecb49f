"""When lines are shown: taps, drift, frame rates."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novastream_desktop.subtitles import Point, Timing, fit, tapped, with_speed


def test_one_pair_of_taps_is_a_delay():
    # heard at 100 s, seen 2 s later: the line comes too late by 2 s
    point = tapped(Timing(), 100.0, 102.0)
    assert fit([point], Timing()) == Timing(-2.0)
    # and again from there: it is right now
    assert fit([tapped(Timing(-2.0), 300.0, 300.0)], Timing(-2.0)) == Timing(-2.0)


@pytest.mark.parametrize("speed", [25 / (24000 / 1001), 24000 / 1001 / 25, 24 / 25, 1.001])
@pytest.mark.parametrize("delay", [0.0, -3.2])
def test_two_points_far_apart_are_a_drift(speed: float, delay: float):
    wanted = Timing(delay, speed)
    points = [Point(own, wanted.shown_at(own) + late) for own, late in ((60, 0.02), (3600, -0.02))]
    found = fit(points, Timing())
    assert found.speed == pytest.approx(speed, abs=1e-6)
    assert found.shown_at(3600) == pytest.approx(wanted.shown_at(3600), abs=0.1)
    assert found.shown_at(60) == pytest.approx(wanted.shown_at(60), abs=0.1)


@pytest.mark.parametrize(
    "points",
    [
        [Point(60, 61), Point(120, 123)],  # too close to each other
        [Point(60, 61), Point(3600, 3601.1)],  # a slow thumb
        [Point(60, 61), Point(3600, 4200)],  # no film drifts so much
    ],
)
def test_what_is_no_drift_is_a_delay(points: list[Point]):
    found = fit(points, Timing())
    assert found.speed == 1.0
    assert found.shown_at(points[-1].own) == pytest.approx(points[-1].position)


def test_nothing_tapped_changes_nothing():
    assert fit([], Timing(1.0, 1.04)) == Timing(1.0, 1.04)


seconds = st.floats(0, 10_000)


@given(seconds, st.floats(-60, 60), st.floats(0.9, 1.1))
def test_own_time_and_shown_time_are_inverse(time: float, delay: float, speed: float):
    timing = Timing(delay, speed)
    assert timing.own_time(timing.shown_at(time)) == pytest.approx(time, abs=1e-6)


@given(seconds, st.floats(-60, 60), st.sampled_from([1.0, 25 / 24, 24 / 25]))
def test_another_speed_keeps_what_is_shown_now(position: float, delay: float, speed: float):
    before = Timing(delay)
    after = with_speed(before, speed, position)
    assert after.own_time(position) == pytest.approx(before.own_time(position), abs=0.002)
