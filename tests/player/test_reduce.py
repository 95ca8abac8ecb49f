"""The reducer from mpv's reports to the player's state, as tables and properties."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novastream_desktop.player._reduce import (
    EARLY_END_SECONDS,
    FileEnded,
    LoadAsked,
    PlaybackRestarted,
    PlayerEvent,
    PropertyChanged,
    StopAsked,
    reduce_player,
)
from novastream_desktop.player.base import PlayerPhase, PlayerState, TrackKind

IDLE = PlayerState()
LOADING = reduce_player(IDLE, LoadAsked())
PLAYING = replace(reduce_player(LOADING, PlaybackRestarted()), duration=600.0, position=30.0)


def after(state: PlayerState, *events: PlayerEvent) -> PlayerState:
    for event in events:
        state = reduce_player(state, event)
    return state


@pytest.mark.parametrize(
    ("start", "events", "phase"),
    [
        (IDLE, [LoadAsked()], PlayerPhase.LOADING),
        (LOADING, [PlaybackRestarted()], PlayerPhase.PLAYING),
        (PLAYING, [PropertyChanged("pause", True)], PlayerPhase.PAUSED),
        (
            PLAYING,
            [PropertyChanged("pause", True), PropertyChanged("pause", False)],
            PlayerPhase.PLAYING,
        ),
        (PLAYING, [StopAsked()], PlayerPhase.IDLE),
        (PLAYING, [FileEnded("error", "gone")], PlayerPhase.FAILED),
        (LOADING, [FileEnded("error", "gone")], PlayerPhase.FAILED),
        (LOADING, [FileEnded("stop")], PlayerPhase.LOADING),
        (PLAYING, [FileEnded("redirect")], PlayerPhase.PLAYING),
        (IDLE, [FileEnded("eof")], PlayerPhase.IDLE),
        (LOADING, [PropertyChanged("pause", True)], PlayerPhase.LOADING),
        (LOADING, [PropertyChanged("pause", True), PlaybackRestarted()], PlayerPhase.PAUSED),
        (
            LOADING,
            [PropertyChanged("pause", True), PlaybackRestarted(), PropertyChanged("pause", False)],
            PlayerPhase.PLAYING,
        ),
        (IDLE, [LoadAsked(paused=True), PlaybackRestarted()], PlayerPhase.PAUSED),
    ],
)
def test_phase_after(start: PlayerState, events: list[PlayerEvent], phase: PlayerPhase) -> None:
    assert after(start, *events).phase is phase


@pytest.mark.parametrize(
    ("position", "duration", "phase"),
    [
        (600.0, 600.0, PlayerPhase.ENDED),
        (600.0 - EARLY_END_SECONDS, 600.0, PlayerPhase.ENDED),
        (600.0 - EARLY_END_SECONDS - 1, 600.0, PlayerPhase.FAILED),
        (46.0, 60.0, PlayerPhase.ENDED),
        (44.0, 60.0, PlayerPhase.FAILED),
        (10.0, 0.0, PlayerPhase.ENDED),
    ],
)
def test_an_end_far_before_the_duration_is_a_broken_stream(
    position: float, duration: float, phase: PlayerPhase
) -> None:
    ended = after(replace(PLAYING, position=position, duration=duration), FileEnded("eof"))
    assert ended.phase is phase
    assert bool(ended.error) is (phase is PlayerPhase.FAILED)


def test_a_new_file_clears_the_old_but_keeps_volume_and_speed() -> None:
    old = replace(PLAYING, volume=40.0, muted=True, speed=1.5, error="x", width=640)
    new = after(old, LoadAsked(start=12.0))
    assert new == PlayerState(
        phase=PlayerPhase.LOADING,
        position=12.0,
        volume=40.0,
        muted=True,
        speed=1.5,
        buffering=True,
    )


def test_tracks_and_chapters_are_read() -> None:
    state = after(
        PLAYING,
        PropertyChanged(
            "track-list",
            [
                {"type": "video", "id": 1, "codec": "h264", "selected": True},
                {"type": "audio", "id": 1, "lang": "ja"},
                {"type": "sub", "id": 2, "title": "Deutsch", "external": True},
                {"type": "video", "id": 2, "albumart": True},
                {"type": "unheard-of", "id": 9},
            ],
        ),
        PropertyChanged("chapter-list", [{"time": 3.5, "title": "Opening"}, {"time": 20}]),
    )
    assert [(t.kind, t.id) for t in state.tracks] == [
        (TrackKind.VIDEO, 1),
        (TrackKind.AUDIO, 1),
        (TrackKind.SUBTITLE, 2),
    ]
    assert [(c.start, c.title) for c in state.chapters] == [(3.5, "Opening"), (20.0, "")]


@pytest.mark.parametrize("phase", [PlayerPhase.IDLE, PlayerPhase.ENDED, PlayerPhase.FAILED])
def test_late_reports_of_a_file_that_is_gone_change_nothing(phase: PlayerPhase) -> None:
    state = replace(IDLE, phase=phase)
    assert after(state, PropertyChanged("time-pos", 9.0)) == state
    assert after(state, PropertyChanged("volume", 30.0)).volume == 30.0


names = st.sampled_from(
    ["time-pos", "duration", "demuxer-cache-time", "volume", "speed", "pause", "mute", "seeking"]
)
events = st.one_of(
    st.builds(PropertyChanged, names, st.one_of(st.none(), st.floats(-10, 1e6), st.booleans())),
    st.builds(LoadAsked, st.booleans(), st.floats(0, 1e5)),
    st.just(PlaybackRestarted()),
    st.just(StopAsked()),
    st.builds(FileEnded, st.sampled_from(["eof", "stop", "error", "redirect"]), st.just("")),
)


@given(st.lists(events, max_size=30))
def test_any_order_of_reports_leaves_a_sane_state(reports: list[PlayerEvent]) -> None:
    state = after(IDLE, *reports)
    assert state.position >= 0
    assert state.duration >= 0
    assert (state.phase is PlayerPhase.FAILED) == bool(state.error)


@pytest.mark.parametrize(
    ("durations", "grows"),
    [([100.0], False), ([100.0, 100.3], False), ([6.0, 8.0], True), ([6.0, 8.0, 8.0], True)],
)
def test_an_end_that_moves_away_is_that_of_something_growing(
    durations: list[float], grows: object
) -> None:
    events = [LoadAsked(), PropertyChanged("duration", durations[0]), PlaybackRestarted()]
    state = after(PlayerState(), *events)
    state = after(state, *(PropertyChanged("duration", later) for later in durations[1:]))
    assert state.growing is grows
    assert not after(state, LoadAsked()).growing
