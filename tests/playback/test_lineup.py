"""Which source plays first and which one takes over; the machine; what counts as a stand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novastream_desktop.models import HealthStatus, SourceHealth, SourceType, StreamSource
from novastream_desktop.playback._alive import runs_low
from novastream_desktop.playback._kept_tracks import Wanted, keep, restore
from novastream_desktop.playback._lineup import (
    Recovery,
    first_to_play,
    label_of,
    recovery,
    replaced,
    standby_of,
    with_current,
)
from novastream_desktop.playback._machine import Event, advance, phase_of
from novastream_desktop.playback._stall import (
    OPEN_SECONDS,
    STALL_SECONDS,
    Standing,
    follow,
    stood_still,
)
from novastream_desktop.playback._trace import begun, ended, shown
from novastream_desktop.playback.state import Outcome, SessionPhase
from novastream_desktop.player.base import PlayerPhase, PlayerState, Track, TrackKind
from novastream_desktop.sources import key_of

NOW = datetime(2026, 11, 22, tzinfo=UTC)
H, D, X, U = (
    HealthStatus.HEALTHY,
    HealthStatus.DEGRADED,
    HealthStatus.DEAD,
    HealthStatus.UNKNOWN,
)


def stream(url: str, status: HealthStatus = H, **more: object) -> StreamSource:
    health = SourceHealth(status=status)
    return StreamSource(url=url, type=SourceType.MP4, provider="p", health=health).with_(**more)


A, B, C = stream("http://a/1.mp4"), stream("http://a/2.mp4"), stream("http://c/3.mp4")


@pytest.mark.parametrize(
    ("statuses", "complete", "expected"),
    [
        ([], False, None),
        ([], True, None),
        ([U, H], False, 1),
        ([U, U], False, None),
        ([U, H], True, 0),
        ([D, H], False, 1),
        ([D, X], True, 0),
        ([X, U], True, 1),
        ([X, X], True, 0),
    ],
)
def test_the_first_checked_source_begins(
    statuses: list[HealthStatus], complete: bool, expected: int | None
) -> None:
    sources = [stream(f"http://h/{n}.mp4", status) for n, status in enumerate(statuses)]
    chosen = first_to_play(sources, complete=complete)
    assert chosen == (None if expected is None else sources[expected])


def test_what_failed_is_not_begun_with() -> None:
    assert first_to_play([A, C], complete=True, without={key_of(A)}) == C
    assert first_to_play([A], complete=True, without={key_of(A)}) is None


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        ([], None),
        ([B], B),
        ([B, C], C),
        ([B.with_(standby_for=A.url), C], B.with_(standby_for=A.url)),
        ([stream("http://d/x.mp4", X), B], B),
    ],
)
def test_the_standby_is_the_marked_one_else_one_from_elsewhere(
    others: list[StreamSource], expected: StreamSource | None
) -> None:
    assert standby_of([A, *others], A) == expected


EXPIRED = A.with_(expires_at=NOW - timedelta(minutes=1))


@pytest.mark.parametrize(
    ("sources", "failed", "renewed", "played", "expected"),
    [
        ([A, C], (), (), True, Recovery(C)),
        ([EXPIRED, C], (), (), True, Recovery(EXPIRED, renew=True)),
        ([EXPIRED, C], (), (EXPIRED,), True, Recovery(C)),
        ([A], (), (), True, Recovery(A, renew=True)),
        ([A], (), (A,), True, None),
        ([A], (), (), False, None),
        ([A, C], (C,), (A,), True, None),
        ([A.with_(provider="local")], (), (), True, Recovery(A.with_(provider="local"))),
        ([A.with_(url="file:///a.mp4")], (), (), True, None),
    ],
)
def test_recovery(
    sources: list[StreamSource],
    failed: tuple[StreamSource, ...],
    renewed: tuple[StreamSource, ...],
    played: bool,
    expected: Recovery | None,
) -> None:
    step = recovery(
        sources,
        sources[0],
        NOW,
        failed=set(map(key_of, failed)),
        renewed=set(map(key_of, renewed)),
        played=played,
    )
    assert step == expected


@given(st.lists(st.sampled_from([A, B, C]), unique=True), st.sampled_from([None, A, B, C]))
def test_what_plays_keeps_a_place_in_every_newer_list(
    sources: list[StreamSource], current: StreamSource | None
) -> None:
    listed, index = with_current(sources, current)
    assert (index == -1) if current is None else listed[index] == current
    assert set(sources) <= set(listed)


def test_a_newer_address_takes_the_old_one_s_place() -> None:
    new = A.with_(url="http://a/1.mp4?token=2")
    assert replaced((C, A), A, new)[1].url == new.url
    assert replaced((C,), A, new) == (C,)


def test_labels_name_quality_and_release_or_file() -> None:
    assert label_of(A.with_(quality="1080p")) == "1080p · file · 1.mp4"
    magnet = stream("magnet:?xt=urn:btih:" + "a" * 40, type=SourceType.TORRENT)
    assert label_of(magnet.with_(release_name="Film.2160p")) == "torrent · Film.2160p"


# -- the machine -----------------------------------------------------------------------------------

P = SessionPhase


@pytest.mark.parametrize(
    ("phase", "event", "expected"),
    [
        (P.IDLE, Event.OPEN, P.RESOLVING),
        (P.PLAYING, Event.OPEN, P.RESOLVING),
        (P.RESOLVING, Event.FOUND, P.BUFFERING),
        (P.SWITCHING, Event.FOUND, P.SWITCHING),
        (P.IDLE, Event.FOUND, P.IDLE),
        (P.PLAYING, Event.SWITCH, P.SWITCHING),
        (P.FAILED, Event.SWITCH, P.SWITCHING),
        (P.IDLE, Event.SWITCH, P.IDLE),
        (P.PLAYING, Event.END, P.ENDED),
        (P.RESOLVING, Event.END, P.RESOLVING),
        (P.IDLE, Event.FAIL, P.IDLE),
        (P.SWITCHING, Event.FAIL, P.FAILED),
        (P.FAILED, Event.CLOSE, P.IDLE),
    ],
)
def test_events_move_the_machine(phase: SessionPhase, event: Event, expected: SessionPhase) -> None:
    assert advance(phase, event) is expected


@given(st.lists(st.sampled_from(Event)))
def test_every_road_leads_back_to_idle_and_to_resolving(events: list[Event]) -> None:
    phase = P.IDLE
    for event in events:
        phase = advance(phase, event)
    assert advance(phase, Event.CLOSE) is P.IDLE
    assert advance(phase, Event.OPEN) is P.RESOLVING


MOVES = PlayerState(phase=PlayerPhase.PLAYING, has_picture=True, position=5.0)


@pytest.mark.parametrize(
    ("phase", "player", "stalled", "expected"),
    [
        (P.BUFFERING, MOVES, False, P.PLAYING),
        (P.BUFFERING, PlayerState(phase=PlayerPhase.LOADING), False, P.BUFFERING),
        (P.SWITCHING, PlayerState(phase=PlayerPhase.LOADING), False, P.SWITCHING),
        (P.SWITCHING, MOVES, False, P.PLAYING),
        (
            P.PLAYING,
            PlayerState(phase=PlayerPhase.PLAYING, has_picture=True, buffering=True),
            False,
            P.BUFFERING,
        ),
        (P.STALLED, MOVES, True, P.STALLED),
        (P.PLAYING, PlayerState(phase=PlayerPhase.PAUSED, has_picture=True), True, P.PAUSED),
        (P.ENDED, MOVES, False, P.ENDED),
        (P.IDLE, MOVES, False, P.IDLE),
    ],
)
def test_what_the_player_reports_moves_a_loaded_file(
    phase: SessionPhase, player: PlayerState, stalled: bool, expected: SessionPhase
) -> None:
    assert phase_of(phase, player, stalled=stalled) is expected


# -- standing still --------------------------------------------------------------------------------


def test_time_counts_only_while_the_picture_ought_to_move() -> None:
    standing = follow(Standing(), MOVES, 100.0)
    assert follow(standing, MOVES, 103.0) == standing
    assert not stood_still(standing, MOVES, 100.0 + STALL_SECONDS - 0.1)
    assert stood_still(standing, MOVES, 100.0 + STALL_SECONDS)
    paused = PlayerState(phase=PlayerPhase.PAUSED, has_picture=True, paused=True, position=5.0)
    assert not stood_still(standing, paused, 900.0)
    moved = PlayerState(phase=PlayerPhase.PLAYING, has_picture=True, position=5.1)
    assert follow(standing, moved, 103.0).since == 103.0


def test_opening_may_take_longer_and_a_swarm_longest() -> None:
    loading = PlayerState(phase=PlayerPhase.LOADING, position=5.0)
    standing = follow(Standing(), loading, 0.0)
    assert not stood_still(standing, loading, STALL_SECONDS)
    assert stood_still(standing, loading, OPEN_SECONDS)
    assert not stood_still(standing, loading, OPEN_SECONDS, torrent=True)


@pytest.mark.parametrize(
    ("position", "buffered_to", "more", "low"),
    [
        (10.0, 40.0, {}, False),
        (10.0, 11.0, {}, True),
        (10.0, 40.0, {"buffering": True}, True),
        (95.0, 99.9, {}, False),
        (10.0, 11.0, {"has_picture": False}, False),
        (10.0, 11.0, {"phase": PlayerPhase.PAUSED}, False),
        (10.0, 11.0, {"duration": 0.0}, False),
    ],
)
def test_data_that_runs_low(
    position: float, buffered_to: float, more: dict[str, object], low: bool
) -> None:
    player = PlayerState(
        phase=PlayerPhase.PLAYING,
        has_picture=True,
        position=position,
        buffered_to=buffered_to,
        duration=100.0,
    )
    assert runs_low(replace(player, **more)) is low  # type: ignore[arg-type]


# -- the trace -------------------------------------------------------------------------------------


def test_the_trace_tells_each_attempt_with_its_times() -> None:
    trace = shown(begun((), A, 0.25), 1.5)
    assert (trace[0].started, trace[0].first_frame) == (0.25, 1.5)
    trace = begun(ended(trace, Outcome.STALLED, "nothing came"), C, 0.0)
    assert [a.outcome for a in trace] == [Outcome.STALLED, Outcome.OPENING]
    assert ended(trace, Outcome.FAILED)[0].why == "nothing came"
    assert begun(trace, A, 3.0)[1].outcome is Outcome.LEFT
    assert shown((), 1.0) == ()


# -- tracks ----------------------------------------------------------------------------------------


def track(kind: TrackKind, number: int, lang: str, *, on: bool = False, **more: object) -> Track:
    return Track(kind, number, lang=lang, selected=on, **more)  # type: ignore[arg-type]


def test_the_same_tracks_are_selected_by_what_they_are() -> None:
    audio, sub = TrackKind.AUDIO, TrackKind.SUBTITLE
    before = PlayerState(
        tracks=(
            track(audio, 1, "en"),
            track(audio, 2, "ja", on=True),
            track(sub, 1, "en", title="Signs"),
            track(sub, 2, "en", title="Full", on=True),
        )
    )
    wishes = keep(before)
    after = PlayerState(
        tracks=(
            track(audio, 1, "ja"),
            track(audio, 2, "en", on=True),
            track(sub, 1, "en", title="Full"),
            track(sub, 2, "en", title="Signs", on=True),
        )
    )
    assert restore(wishes, after) == ((audio, 1), (sub, 1))
    assert restore(wishes, PlayerState()) == ()
    assert restore(wishes, before) == ()


def test_subtitles_that_were_off_stay_off() -> None:
    sub = TrackKind.SUBTITLE
    wishes = keep(PlayerState(tracks=(track(sub, 1, "de"),)))
    assert wishes == (Wanted(sub, None),)
    assert restore(wishes, PlayerState(tracks=(track(sub, 3, "de", on=True),))) == ((sub, None),)
    assert restore(wishes, PlayerState(tracks=(track(sub, 3, "de"),))) == ()
