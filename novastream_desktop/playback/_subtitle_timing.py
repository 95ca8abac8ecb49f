"""The timing of the subtitles that are shown: restored, followed while it is changed, kept."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Protocol

from novastream_desktop.playback.state import NoticeCode
from novastream_desktop.player.base import Player, PlayerState, Track, TrackKind
from novastream_desktop.player.subtitle_style import ShapesSubtitles
from novastream_desktop.subtitles import Point, SubtitleMemory, Timing, fit, with_speed

SAME_PLACE = 60.0
"""Corrections within so many seconds of the video are one correction, of which the last counts."""
_EQUAL = 0.0006

SETTLED = 3.0
"""Seconds after the last press in which a correction may still go on."""

Told = Callable[[NoticeCode, float], None]


class Cancellable(Protocol):
    """Something that will be done unless it is cancelled."""

    def cancel(self) -> None:
        """Do not do it."""
        ...


Later = Callable[[float, Callable[[], None]], Cancellable]


def _later(seconds: float, work: Callable[[], None]) -> Cancellable:
    return asyncio.get_running_loop().call_later(seconds, work)


class TimingKeeper:
    """Applies what is remembered for a text, and remembers what a person makes of it.

    A person corrects the delay in whatever way (keys, taps); two corrections far apart that do
    not agree are a drift, which is then taken out.
    """

    def __init__(self, notify: Told, later: Later | None = None) -> None:
        self._notify = notify
        self._later: Later = later or _later
        self._settling: Cancellable | None = None
        self._player: Player | None = None
        self._memory: SubtitleMemory | None = None
        self._release = ""
        self._key: str | None = None
        self._timing = Timing()
        self._expected: float | None = None
        self._points: list[Point] = []

    @property
    def timing(self) -> Timing:
        """Of what is shown."""
        return self._timing

    def begin(self, player: Player, memory: SubtitleMemory, release: str) -> None:
        """A file begins; nothing is known of its subtitles yet."""
        self._forget_settling()
        self._player, self._memory, self._release = player, memory, release
        self._key, self._points = None, []
        self._put(Timing())

    def end(self) -> None:
        """The file is gone."""
        self._forget_settling()
        self._player = None

    def follow(self, state: PlayerState, key_of: Callable[[Track], str]) -> None:
        """Take in what the player reports."""
        if self._player is None or self._memory is None or not state.has_picture:
            return
        shown = next((t for t in state.tracks_of(TrackKind.SUBTITLE) if t.selected), None)
        key = key_of(shown) if shown is not None else None
        if key != self._key:
            self._forget_settling()
            self._key, self._points = key, []
            known = self._memory.timing_of(key, self._release) if key else None
            self._put(known or Timing())
            return
        delay = state.subtitle_delay
        if self._expected is not None:
            if abs(delay - self._expected) < _EQUAL:
                self._expected = None
            return
        if abs(delay - self._timing.delay) >= _EQUAL:
            self._corrected(delay, state.position)

    def set_speed(self, speed: float, position: float) -> None:
        """Stretch the times so that what is shown now stays where it is."""
        self._keep(with_speed(self._timing, speed, position))
        self._notify(NoticeCode.SUBTITLE_SPEED, speed)

    def set_timing(self, timing: Timing) -> None:
        """Take over what somebody found out."""
        self._points = []
        self._keep(timing)

    def _corrected(self, delay: float, position: float) -> None:
        self._forget_settling()
        if delay == 0.0:  # a reset: nothing of before counts
            self._points = []
            self._keep(Timing())
            return
        self._timing = Timing(delay, self._timing.speed)
        self._remember()
        self._settling = self._later(SETTLED, partial(self._settle, position))

    def _settle(self, position: float) -> None:
        """Take a delay that was left alone as what is right at this position."""
        self._settling = None
        point = Point(self._timing.own_time(position), position)
        self._points = [p for p in self._points if abs(p.position - position) > SAME_PLACE]
        self._points.append(point)
        fitted = fit(self._points, self._timing)
        if fitted.speed != self._timing.speed:
            self._keep(fitted)
            self._notify(NoticeCode.SUBTITLE_SPEED, fitted.speed)

    def _forget_settling(self) -> None:
        if self._settling is not None:
            self._settling.cancel()
            self._settling = None

    def _keep(self, timing: Timing) -> None:
        self._put(timing)
        self._remember()

    def _remember(self) -> None:
        if self._memory is not None and self._key:
            self._memory.note_timing(self._key, self._release, self._timing)

    def _put(self, timing: Timing) -> None:
        if self._player is None:
            return
        delayed = abs(self._player.state.value.subtitle_delay - timing.delay) >= _EQUAL
        self._expected = timing.delay if delayed else None
        self._timing = timing
        self._player.set_subtitle_delay(timing.delay)
        if isinstance(self._player, ShapesSubtitles):
            self._player.set_subtitle_speed(timing.speed)
