"""What servers are told of their own sources while they play."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novastream_desktop.errors import ProviderUnavailable
from novastream_desktop.models import SourceType, StreamSource
from novastream_desktop.playback import reporting
from novastream_desktop.playback.reporting import PlaybackReports, Report, Told, reports_of
from novastream_desktop.playback.state import SessionPhase, SessionState
from novastream_desktop.player.base import PlayerPhase, PlayerState
from novastream_desktop.providers.telling import PlaybackEvent
from novastream_desktop.runtime import Observable


def source(name: str) -> StreamSource:
    url = f"http://films.lan/{name}.mkv"
    return StreamSource(url=url, type=SourceType.MP4, provider="own", quality="1080p")


ONE, OTHER = source("one"), source("other")


def watching(
    position: float, *, of: StreamSource = ONE, paused: bool = False, picture: bool = True
) -> SessionState:
    phase = PlayerPhase.PAUSED if paused else PlayerPhase.PLAYING
    player = PlayerState(phase=phase, position=position, paused=paused, has_picture=picture)
    return SessionState(
        phase=SessionPhase.PLAYING, sources=(ONE, OTHER), source_index=(ONE, OTHER).index(of),
        player=player,
    )  # fmt: skip


LEFT = SessionState()
OPENING = replace(watching(0, picture=False), phase=SessionPhase.BUFFERING)


def told(steps: list[tuple[float, SessionState]]) -> list[tuple[str, str, float, bool]]:
    """Return what is said while a session goes through states at some seconds."""
    last: Told | None = None
    said: list[Report] = []
    for now, state in steps:
        reports, last = reports_of(last, state, now)
        said += reports
    names = {ONE.url: "one", OTHER.url: "other"}
    return [(names[r.source.url], r.event.value, r.position, r.paused) for r in said]


def test_from_the_first_picture_to_the_end():
    steps = [(0.0, OPENING), (1.0, watching(0.0)), (6.0, watching(5.0)), (11.0, watching(10.0))]
    steps += [(12.0, watching(11.0)), (13.0, LEFT), (14.0, LEFT)]
    assert told(steps) == [
        ("one", "began", 0.0, False),
        ("one", "goes-on", 10.0, False),
        ("one", "ended", 11.0, False),
    ]


def test_pauses_and_jumps_are_told_at_once():
    steps = [(0.0, watching(0)), (2.0, watching(2, paused=True)), (9.0, watching(2, paused=True))]
    steps += [(9.5, watching(2)), (10.5, watching(300))]
    assert told(steps) == [
        ("one", "began", 0, False),
        ("one", "goes-on", 2, True),
        ("one", "goes-on", 2, False),
        ("one", "goes-on", 300, False),
    ]


def test_another_source_ends_the_first_and_an_interruption_does_not():
    steps = [(0.0, watching(0)), (1.0, watching(1)), (2.0, OPENING), (3.0, watching(1.5))]
    steps += [(4.0, watching(2.5, of=OTHER)), (5.0, replace(watching(3), phase=SessionPhase.ENDED))]
    assert told(steps) == [
        ("one", "began", 0, False),
        ("one", "ended", 1.5, False),
        ("other", "began", 2.5, False),
        ("other", "ended", 2.5, False),
    ]


STATES = st.one_of(
    st.just(LEFT),
    st.just(OPENING),
    st.builds(
        watching, st.floats(0, 9_000), of=st.sampled_from((ONE, OTHER)), paused=st.booleans()
    ),
)


@given(st.lists(STATES, max_size=30))
def test_every_beginning_has_one_end_before_the_next(states: list[SessionState]):
    said = told([(float(second), state) for second, state in enumerate([*states, LEFT])])
    open_one = ""
    for name, event, _position, _paused in said:
        if event == "began":
            assert open_one == ""
            open_one = name
        else:
            assert open_one == name
            open_one = "" if event == "ended" else name
    assert open_one == ""


class Own:
    """A server that hears of one of the two, and fails the first time."""

    name = "own"

    def __init__(self) -> None:
        self.heard: list[tuple[str, float]] = []
        self.fails = True

    def hears_of(self, source: StreamSource) -> bool:
        return source.url == ONE.url

    async def report_playback(
        self, source: StreamSource, event: PlaybackEvent, position: float, *, paused: bool
    ) -> None:
        self.heard.append((event.value, position))
        if self.fails:
            self.fails = False
            raise ProviderUnavailable("It sleeps")


class Still:
    """Time that stands."""

    def monotonic(self) -> float:
        return 0.0


async def test_only_its_own_sources_in_order_and_to_the_end():
    state, own = Observable(LEFT), Own()
    reports = PlaybackReports(state, lambda: [own], Still())  # type: ignore[arg-type]
    state.set(watching(0, of=OTHER))
    state.set(watching(1))
    state.set(watching(60))
    await reports.close()
    state.set(watching(120))
    assert own.heard == [("began", 1), ("goes-on", 60), ("ended", 60)]


async def test_a_server_that_hangs_holds_neither_the_queue_nor_the_end_up(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(reporting, "TIMEOUT", 0.2)

    class Hangs(Own):
        async def report_playback(
            self, source: StreamSource, event: PlaybackEvent, position: float, *, paused: bool
        ) -> None:
            self.heard.append((event.value, position))
            await asyncio.sleep(60)

    state, own = Observable(LEFT), Hangs()
    reports = PlaybackReports(state, lambda: [own], Still())  # type: ignore[arg-type]
    for place in range(1, 1_000, 10):  # somebody seeks
        state.set(watching(place))
    begun = time.monotonic()
    await reports.close()
    assert time.monotonic() - begun < 2
    assert own.heard[0] == ("began", 1)
    assert own.heard[1:] in ([], [("goes-on", 991)])
    assert len(asyncio.all_tasks()) == 1
