"""The plain commands of a session over a fake player."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novastream_desktop.models import Episode
from novastream_desktop.playback._controls import TAP_GRACE, PlayerControls
from novastream_desktop.playback._moving import LEAST_LOOP, next_loop
from novastream_desktop.playback.state import NoticeCode
from novastream_desktop.player._reduce import PropertyChanged
from novastream_desktop.player.base import Fit, LoadRequest
from novastream_desktop.settings import Settings
from tests.fakes.day_clock import DayClock
from tests.fakes.player import FakePlayer


class Controls(PlayerControls):
    """The commands over a fake player that plays."""

    def __init__(self) -> None:
        self.clock = DayClock()
        super().__init__(clock=self.clock, settings=Settings, pictures=Path("/nowhere"))
        self.player = FakePlayer()
        self._player = self.player
        self.player.state.watch(lambda state: self._update(player=state))
        self.player.load(LoadRequest("http://host/a.mp4"))
        self.player.start(1400.0, PropertyChanged("track-list", _TRACKS))
        self.player.advance(100.0)

    @property
    def said(self) -> tuple[NoticeCode, float, str]:
        notice = self.state.value.notice
        assert notice is not None
        return notice.code, round(notice.amount, 3), notice.detail

    def told(self, name: str) -> list[object]:
        return [value for command, value in self.player.commands if command == name]


_TRACKS = [
    {"type": "audio", "id": 1, "selected": True},
    {"type": "sub", "id": 1, "lang": "en", "selected": True},
]


async def test_the_picture_fits_fills_and_stretches_in_turn() -> None:
    controls = Controls()
    for _ in range(4):
        controls.toggle_fit()
    assert controls.told("fit") == [Fit.FILL, Fit.STRETCH, Fit.FIT, Fit.FILL]
    assert controls.said == (NoticeCode.FIT, 0.0, "fill")


async def test_subtitles_move_within_the_picture() -> None:
    controls = Controls()
    for _ in range(30):
        controls.change_subtitle_position(-5.0)
    controls.change_subtitle_position(15.0)
    assert controls.told("sub-pos")[-2:] == [0.0, 15.0]
    assert controls.said == (NoticeCode.SUBTITLE_POSITION, 15.0, "")


async def test_subtitles_stay_above_the_controls() -> None:
    controls = Controls()
    controls._lift_subtitles(lifted=True)
    controls._lift_subtitles(lifted=False)
    controls.change_subtitle_position(-40.0)
    controls._lift_subtitles(lifted=True)
    assert controls.told("sub-pos") == [81.0, 100.0, 60.0, 60.0]
    controls.player.report(PropertyChanged("track-list", []))
    controls._lift_subtitles(lifted=True)
    assert len(controls.told("sub-pos")) == 4


async def test_a_loop_is_set_by_three_presses() -> None:
    controls = Controls()
    controls.cycle_ab_loop()
    assert controls.said == (NoticeCode.LOOP, 100.0, "start")
    controls.player.advance(112.5)
    controls.cycle_ab_loop()
    assert controls.said == (NoticeCode.LOOP, 12.5, "on")
    player = controls.state.value.player
    assert (player.loop_from, player.loop_to) == (100.0, 112.5)
    controls.cycle_ab_loop()
    assert controls.said == (NoticeCode.LOOP, 0.0, "off")
    assert controls.state.value.player.loop_from is None


@given(*[st.none() | st.floats(0, 1e4)] * 2, st.floats(0, 1e4))
def test_any_loop_runs_forward_and_is_long_enough(
    start: float | None, end: float | None, position: float
) -> None:
    after = next_loop(start, end, position)
    if after[0] is not None and after[1] is not None:
        assert after[1] - after[0] >= LEAST_LOOP
    assert after[0] is not None or after[1] is None


async def test_subtitle_lines_are_jumped_to_and_u_goes_back() -> None:
    controls = Controls()
    controls.sub_seek(1)
    assert controls.told("sub-seek") == [1]
    controls.player.advance(104.0)
    controls.undo()
    assert controls.player.seeks == [100.0]


@pytest.mark.parametrize("command", ["tap_subtitle_sync", "sub_seek"])
async def test_without_subtitles_it_is_said(command: str) -> None:
    controls = Controls()
    controls.player.report(PropertyChanged("track-list", []))
    getattr(controls, command)(*([1] if command == "sub_seek" else []))
    assert controls.said == (NoticeCode.SUBTITLE, 0.0, "")
    assert controls.told("sub-seek") == []


async def test_two_taps_shift_subtitles_by_what_lies_between() -> None:
    controls = Controls()
    controls.tap_subtitle_sync()
    assert controls.said[0] is NoticeCode.SYNC_HEARD
    controls.clock.moment += timedelta(seconds=2.25)
    controls.player.advance(102.1)  # told late: the clock knows better
    controls.tap_subtitle_sync()
    assert controls.state.value.player.subtitle_delay == pytest.approx(-2.25)
    assert controls.said == (NoticeCode.SUBTITLE_DELAY, -2250.0, "")


async def test_subtitles_that_come_too_early_are_met_by_jumping_back() -> None:
    controls = Controls()
    controls.tap_subtitle_sync()
    controls.clock.moment += timedelta(seconds=6.0)
    controls.player.advance(97.0)
    controls.tap_subtitle_sync()
    assert controls.state.value.player.subtitle_delay == pytest.approx(3.0)


async def test_a_second_tap_that_comes_too_late_is_a_first_one() -> None:
    controls = Controls()
    controls.tap_subtitle_sync()
    controls.clock.moment += timedelta(seconds=TAP_GRACE + 1)
    controls.tap_subtitle_sync()
    assert controls.state.value.player.subtitle_delay == 0.0
    assert controls.said[0] is NoticeCode.SYNC_HEARD


async def test_a_tap_in_another_episode_is_a_first_one() -> None:
    controls = Controls()
    controls.tap_subtitle_sync()
    controls._update(episode=Episode(id="e2", content_id="x", season=1, episode_number=2))
    controls.tap_subtitle_sync()
    assert controls.state.value.player.subtitle_delay == 0.0


async def test_held_it_plays_at_twice_the_speed_and_then_as_before() -> None:
    controls = Controls()
    controls.set_speed(1.25)
    controls.toggle_pause()
    controls.hold_speed(True)
    held = controls.state.value.player
    assert (held.speed, held.paused) == (2.0, False)
    assert controls.said == (NoticeCode.HELD, 2.0, "")
    controls.hold_speed(True)
    controls.hold_speed(False)
    after = controls.state.value.player
    assert (after.speed, after.paused) == (1.25, True)
    controls.hold_speed(False)
    assert controls.state.value.player.speed == 1.25


async def test_the_volume_goes_to_150_and_no_further() -> None:
    controls = Controls()
    for _ in range(12):
        controls.change_volume(5.0)
    assert controls.state.value.player.volume == 150.0
    assert controls.said == (NoticeCode.VOLUME, 150.0, "")
    controls.change_volume(-200.0)
    assert controls.state.value.player.volume == 0.0


async def test_repeated_presses_are_one_seek() -> None:
    controls = Controls()
    for _ in range(3):
        controls.seek_by(5.0)
    assert controls.said == (NoticeCode.SEEK, 15.0, "")
    assert controls.player.seeks == []
    controls._seek_now()
    controls._drop_pending_seek()
    assert controls.player.seeks == [115.0]
