"""Delays that a person sets: kept for the text, and a drift found in them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest

from novastream_desktop.playback._subtitle_timing import TimingKeeper
from novastream_desktop.playback.state import NoticeCode
from novastream_desktop.player._reduce import PropertyChanged
from novastream_desktop.player.base import LoadRequest, PlayerState, Track, TrackKind
from novastream_desktop.subtitles import SubtitleMemory, Timing
from tests.fakes.player import FakePlayer

ONE, TWO = (Track(TrackKind.SUBTITLE, n, f"track {n}", selected=True) for n in (1, 2))


class Shaping(FakePlayer):
    """A player that also shapes subtitles."""

    speed = 1.0

    def set_subtitle_speed(self, speed: float) -> None:
        self.speed = speed

    def set_subtitle_style(self, style: object) -> None:
        self.commands.append(("style", style))

    def select_second_subtitle(self, track_id: int | None) -> None:
        self.commands.append(("second", track_id))

    def remove_subtitle(self, track_id: int) -> None:
        self.commands.append(("remove", track_id))


@dataclass
class Wait:
    """Something that a test does when it lets time pass."""

    work: Callable[[], None]
    cancelled: bool = False

    def cancel(self) -> None:
        self.cancelled = True


class Watching:
    """A keeper with a player, told of each state as the session does."""

    def __init__(self, memory: SubtitleMemory) -> None:
        self.player = Shaping()
        self.player.load(LoadRequest("film"))
        self.player.start(7200.0)
        self.told: list[tuple[NoticeCode, float]] = []
        self.waiting: list[Wait] = []
        self.keeper = TimingKeeper(
            lambda code, amount: self.told.append((code, amount)), self.later
        )
        self.keeper.begin(self.player, memory, "release")
        self.track: Track | None = ONE
        self.follow()

    def follow(self) -> None:
        tracks = (self.track,) if self.track else ()
        state: PlayerState = replace(self.player.state.value, tracks=tracks)
        self.keeper.follow(state, lambda track: track.title)

    def later(self, seconds: float, work: Callable[[], None]) -> Wait:
        self.waiting.append(Wait(work))
        return self.waiting[-1]

    def settle(self) -> None:
        """Some seconds pass."""
        waiting, self.waiting = self.waiting, []
        for wait in waiting:
            if not wait.cancelled:
                wait.work()

    def correct(self, position: float, delay: float) -> None:
        """A person sets the delay at a position."""
        self.player.report(PropertyChanged("time-pos", position))
        self.player.set_subtitle_delay(delay)
        self.follow()


@pytest.fixture
async def memory() -> SubtitleMemory:
    return SubtitleMemory(None)


async def test_a_delay_is_kept_for_its_text_and_restored(memory: SubtitleMemory):
    watching = Watching(memory)
    watching.correct(60, -0.5)
    assert memory.timing_of("track 1", "release") == Timing(-0.5)
    watching.track = TWO
    watching.follow()
    assert watching.player.state.value.subtitle_delay == 0.0
    watching.follow()
    watching.track = ONE
    watching.follow()
    assert watching.player.state.value.subtitle_delay == -0.5
    again = Watching(memory)
    assert again.player.state.value.subtitle_delay == -0.5


async def test_nothing_is_learned_while_no_subtitles_are_shown(memory: SubtitleMemory):
    watching = Watching(memory)
    watching.track = None
    watching.follow()
    watching.correct(60, -0.5)
    assert memory.timing_of("track 1", "release") is None


async def test_corrections_far_apart_that_disagree_are_a_drift(memory: SubtitleMemory):
    watching = Watching(memory)
    pal = 25 / (24000 / 1001)
    watching.correct(100.0, 100 - (100 - 2) / pal)
    watching.settle()
    assert watching.player.speed == 1.0
    later = 3000.0
    watching.correct(later - 10, 60.0)  # a press on the way
    watching.correct(later, later - (later - 2) / pal)
    watching.settle()
    assert watching.player.speed == pytest.approx(pal, abs=1e-6)
    assert watching.keeper.timing.shown_at((5000 - 2) / pal) == pytest.approx(5000, abs=0.2)
    assert watching.told == [(NoticeCode.SUBTITLE_SPEED, pytest.approx(pal, abs=1e-6))]
    watching.follow()
    assert memory.timing_of("track 1", "release") == watching.keeper.timing
    watching.correct(3100.0, 0.0)  # reset
    assert watching.player.speed == 1.0
    assert memory.timing_of("track 1", "release") is None


async def test_a_reset_also_ends_a_speed(memory: SubtitleMemory):
    watching = Watching(memory)
    watching.keeper.set_speed(25 / 24, 0.0)
    watching.follow()
    watching.keeper.set_timing(Timing())
    assert (watching.player.speed, watching.player.state.value.subtitle_delay) == (1.0, 0.0)
    assert memory.timing_of("track 1", "release") is None


async def test_a_speed_keeps_what_is_shown_now(memory: SubtitleMemory):
    watching = Watching(memory)
    watching.keeper.set_speed(25 / 24, 240.0)
    assert watching.player.speed == 25 / 24
    assert watching.player.state.value.subtitle_delay == pytest.approx(-10.0)
    assert watching.told == [(NoticeCode.SUBTITLE_SPEED, 25 / 24)]
