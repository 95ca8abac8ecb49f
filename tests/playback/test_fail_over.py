"""What the session does about sources that die, stand still or run out, over a fake player."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import replace
from datetime import timedelta

import pytest

from novastream_desktop.errors import ProviderUnavailable, SourceUnavailable
from novastream_desktop.models import HealthStatus, SourceHealth, StreamSource
from novastream_desktop.playback import _source_controls
from novastream_desktop.playback.state import NoticeCode, Outcome, SessionPhase
from novastream_desktop.player._reduce import PropertyChanged
from novastream_desktop.providers.base import WatchRequest
from novastream_desktop.sources import Resolution
from tests.fakes.playback_world import FILM, SHOW, World, playing, source, until

ONE, TWO, THREE = (source(f"http://{name}/a.mp4") for name in ("one", "two", "three"))
WORKS = SourceHealth(status=HealthStatus.HEALTHY)


@pytest.fixture(autouse=True)
def _look_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_source_controls, "LOOK_EVERY", 0.005)


async def test_the_first_checked_source_plays_while_others_still_come() -> None:
    class Slow(World):
        async def stream(self, request: WatchRequest) -> AsyncGenerator[Resolution, None]:
            good = TWO.with_(health=WORKS)
            yield Resolution((ONE, good))
            yield Resolution((ONE, good), first=good)
            await ended.wait()
            yield Resolution((THREE, ONE, good), complete=True)

    ended = asyncio.Event()
    world = Slow()
    session = await playing(world, FILM.id)
    assert world.player.loads[0].url == TWO.url
    assert session.state.value.source_index == 1
    ended.set()
    state = await until(session, lambda s: len(s.sources) == 3)
    assert state.sources[state.source_index].url == TWO.url
    assert len(world.player.loads) == 1
    await session.close()


async def test_a_provider_s_failure_is_told_when_nothing_was_found() -> None:
    class Down(World):
        async def stream(self, request: WatchRequest) -> AsyncGenerator[Resolution, None]:
            failure = ProviderUnavailable("The mirror does not answer")
            yield Resolution(complete=True, failures=(failure,))

    session = Down().session()
    session.open_title(FILM.id)
    state = await until(session, lambda s: s.phase is SessionPhase.FAILED)
    assert "The mirror does not answer" in state.error


async def test_a_source_that_dies_gives_way_with_its_tracks_pause_and_trace() -> None:
    world = World()
    world.sources_of["s1e1"] = [ONE, TWO, THREE.with_(standby_for=ONE.url)]
    session = await playing(world, SHOW.id)
    tracks = [
        {"type": "audio", "id": 1, "lang": "en"},
        {"type": "audio", "id": 2, "lang": "ja", "selected": True},
    ]
    world.player.report(PropertyChanged("track-list", tracks))
    world.play(500.0)
    session.toggle_pause()
    world.player.fail("the stream broke off")
    await world.player.wait_for_loads(2)
    load = world.player.loads[1]
    assert (load.url, load.start, load.paused) == (THREE.url, 500.0, True)
    assert session.state.value.phase is SessionPhase.SWITCHING
    there = [tracks[0] | {"selected": True}, {"type": "audio", "id": 2, "lang": "ja"}]
    world.player.start(1400.0, PropertyChanged("track-list", there))
    state = await until(session, lambda s: s.phase is SessionPhase.PAUSED)
    assert ("select-audio", 2) in world.player.commands
    assert [t.id for t in state.player.tracks if t.selected] == [2]
    assert state.notice is not None
    assert state.notice.code is NoticeCode.NEXT_SOURCE
    assert [(a.outcome, a.why) for a in state.trace] == [
        (Outcome.FAILED, "the stream broke off"),
        (Outcome.PLAYING, ""),
    ]
    assert all(a.first_frame is not None for a in state.trace)
    assert ("failure", ONE.url, "the stream broke off") in world.notes
    assert [url for kind, url, _ in world.notes if kind == "start"] == [ONE.url, THREE.url]
    await session.close()


async def test_nothing_for_six_seconds_changes_the_source_unless_it_is_paused() -> None:
    world = World()
    world.sources_of[FILM.id] = [ONE, TWO]
    session = await playing(world, FILM.id)
    world.play(500.0)
    session.toggle_pause()
    world.clock.seconds += 3600
    await asyncio.sleep(0.03)
    assert len(world.player.loads) == 1
    session.toggle_pause()
    await asyncio.sleep(0.03)
    world.clock.seconds += 6.1
    await world.player.wait_for_loads(2)
    assert (world.player.loads[1].url, world.player.loads[1].start) == (TWO.url, 500.0)
    assert session.state.value.trace[0].outcome is Outcome.STALLED
    await session.close()


async def test_a_stall_without_another_source_is_told_and_waited_out() -> None:
    world = World()
    session = await playing(world, FILM.id)
    world.play(500.0)
    await asyncio.sleep(0.03)
    world.clock.seconds += 7
    state = await until(session, lambda s: s.phase is SessionPhase.STALLED)
    assert len(world.player.loads) == 1
    world.player.advance(500.5)
    assert session.state.value.phase is SessionPhase.PLAYING
    assert state.sources
    await session.close()


async def test_an_expired_address_is_renewed_before_anything_else_is_tried() -> None:
    class Renewing(World):
        async def fresh(
            self, source: StreamSource, request: WatchRequest, *, force: bool = False
        ) -> StreamSource:
            return source.with_(url="http://one/a.mp4?token=2") if force else source

    world = Renewing()
    world.sources_of[FILM.id] = [ONE, TWO]
    session = await playing(world, FILM.id)
    gone = world.clock.now() - timedelta(minutes=1)
    expired = ONE.with_(expires_at=gone)
    session.state.set(replace(session.state.value, sources=(expired, TWO)))
    world.play(500.0)
    before = session.state.value.notice
    world.player.fail("the address could not be opened")
    await world.player.wait_for_loads(2)
    assert world.player.loads[1].url == "http://one/a.mp4?token=2"
    world.player.start()
    assert session.state.value.notice == before
    assert session.state.value.trace[0].outcome is Outcome.EXPIRED
    await session.close()


class Renews(World):
    async def fresh(
        self, source: StreamSource, request: WatchRequest, *, force: bool = False
    ) -> StreamSource:
        return source.with_(url=f"{source.url}?token=2") if force else source


@pytest.mark.parametrize("sources", [[ONE, TWO], [ONE]])
async def test_an_address_refused_before_its_data_runs_out_is_renewed(
    sources: list[StreamSource],
) -> None:
    world = Renews()
    world.sources_of[FILM.id] = sources
    world.dead = {ONE.url: "its server answers 403"}
    session = await playing(world, FILM.id)
    world.play(100.0)
    world.player.report(PropertyChanged("demuxer-cache-time", 102.0))
    await world.player.wait_for_loads(2)
    assert world.player.loads[1].url == f"{ONE.url}?token=2"
    assert session.state.value.trace[0].outcome is Outcome.EXPIRED
    assert not [note for note in world.notes if note[0] == "failure"]
    await session.close()


@pytest.mark.parametrize(
    ("why", "then", "outcome"),
    [
        ("its server answers 403", f"{ONE.url}?token=2", Outcome.EXPIRED),
        ("the connection was refused", TWO.url, Outcome.FAILED),
    ],
)
async def test_a_failure_after_a_while_is_asked_whether_its_address_ran_out(
    why: str, then: str, outcome: Outcome
) -> None:
    world = Renews()
    world.sources_of[FILM.id] = [ONE, TWO]
    session = await playing(world, FILM.id)
    world.play(100.0)
    world.dead = {ONE.url: why}
    world.player.fail("the address could not be opened")
    await world.player.wait_for_loads(2)
    assert world.player.loads[1].url == then
    assert session.state.value.trace[0].outcome is outcome
    await session.close()


async def test_a_failure_without_a_way_out_is_told_once_its_server_was_asked() -> None:
    world = World()
    world.sources_of[FILM.id] = [ONE]
    session = await playing(world, FILM.id)
    world.play(100.0)
    world.player.fail("the address could not be opened")
    await world.player.wait_for_loads(2)  # what has played gets a second chance
    world.player.start()
    world.player.fail("the address could not be opened")
    state = await until(session, lambda s: s.phase is SessionPhase.FAILED)
    assert "stopped playing" in state.error
    await session.close()


async def test_what_never_played_is_not_said_to_have_stopped() -> None:
    world = World()
    world.sources_of[FILM.id] = [ONE]
    session = world.session()
    session.open_title(FILM.id)
    await world.player.wait_for_loads(1)
    world.player.fail("the address could not be opened")
    state = await until(session, lambda s: s.phase is SessionPhase.FAILED)
    assert state.error.startswith("Film could not be played: the address could not be opened")
    await session.close()


async def test_the_standby_is_renewed_while_the_first_plays() -> None:
    class Renewing(World):
        async def fresh(
            self, source: StreamSource, request: WatchRequest, *, force: bool = False
        ) -> StreamSource:
            if source.url == TWO.url:
                return source.with_(url="http://two/a.mp4?token=2")
            if source.url == THREE.url:
                raise SourceUnavailable("It is gone")
            return source

    world = Renewing()
    world.sources_of[FILM.id] = [ONE, THREE, TWO]
    session = await playing(world, FILM.id)
    for seconds in range(1, 100):
        world.play(float(seconds))
        await asyncio.sleep(0.01)
        if session.state.value.sources[2].url != TWO.url:
            break
    assert [s.url for s in session.state.value.sources] == [
        ONE.url,
        THREE.url,
        "http://two/a.mp4?token=2",
    ]
    assert ("failure", THREE.url, "It is gone") in world.notes
    await session.close()


async def test_next_source_by_hand_goes_round_and_is_remembered() -> None:
    world = World()
    world.sources_of[FILM.id] = [ONE, TWO]
    session = await playing(world, FILM.id)
    world.play(100.0)
    for expected, place in ((TWO.url, 100.0), (ONE.url, 110.0)):
        session.next_source()
        await world.player.wait_for_loads(len(world.player.loads) + 1)
        assert (world.player.loads[-1].url, world.player.loads[-1].start) == (expected, place)
        world.player.start()
        world.play(110.0)
    assert ("failure", ONE.url, _source_controls.ASKED_FOR) in world.notes
    session.choose_source(1)
    await world.player.wait_for_loads(4)
    assert ("choice", TWO.url, "") in world.notes
    await session.close()


async def test_a_choice_of_subtitles_after_the_change_holds() -> None:
    world = World()
    world.sources_of[FILM.id] = [ONE, TWO]
    session = await playing(world, FILM.id)
    off = [{"type": "sub", "id": 1, "lang": "de"}]
    world.player.report(PropertyChanged("track-list", off))
    world.play(100.0)
    world.player.fail()
    await world.player.wait_for_loads(2)
    world.player.start(1400.0, PropertyChanged("track-list", off))
    session.toggle_subtitles()
    world.play(101.0)
    assert [t.selected for t in session.state.value.player.tracks] == [True]
    await session.close()


async def test_late_reports_of_a_dead_source_change_nothing_while_another_is_opened() -> None:
    gate = asyncio.Event()

    class Waiting(World):
        async def fresh(
            self, source: StreamSource, request: WatchRequest, *, force: bool = False
        ) -> StreamSource:
            if source.url != ONE.url:
                await gate.wait()
            return source

    world = Waiting()
    world.sources_of[FILM.id] = [ONE, TWO]
    session = await playing(world, FILM.id)
    world.play(100.0)
    session.next_source()
    world.player.fail("it broke, too")
    gate.set()
    await world.player.wait_for_loads(2)
    assert world.player.loads[1].url == TWO.url
    assert [a.outcome for a in session.state.value.trace] == [Outcome.LEFT, Outcome.OPENING]
    await session.close()


async def test_leaving_while_a_source_is_replaced_stops_it() -> None:
    world = World()
    world.sources_of["s1e1"] = [ONE, TWO]
    session = await playing(world, SHOW.id)
    world.play(100.0)
    world.player.fail()
    session.close_title()
    await until(session, lambda s: s.phase is SessionPhase.IDLE)
    assert len(world.player.loads) == 1
    await session.close()


async def test_a_dead_server_is_left_before_the_data_runs_out() -> None:
    world = World()
    world.sources_of[FILM.id] = [ONE, TWO]
    world.dead = {ONE.url: "the connection was refused"}
    session = await playing(world, FILM.id)
    world.play(100.0)
    world.player.report(PropertyChanged("demuxer-cache-time", 102.0))
    await world.player.wait_for_loads(2)
    assert world.player.loads[1].url == TWO.url
    assert session.state.value.trace[0].why == "the connection was refused"
    await session.close()


async def test_a_slow_server_that_answers_is_not_left() -> None:
    world = World()
    world.sources_of[FILM.id] = [ONE, TWO]
    session = await playing(world, FILM.id)
    world.play(100.0)
    world.player.report(PropertyChanged("demuxer-cache-time", 102.0))
    await asyncio.wait_for(world.probed.wait(), 5)
    assert len(world.player.loads) == 1
    await session.close()
