"""The playback session over a fake player: opening, skipping, place keeping, what comes next."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from novastream_desktop.errors import StoreError
from novastream_desktop.models import SkipType, SourceType, StreamSource, SubtitleTrack
from novastream_desktop.playback.state import NoticeCode, SessionPhase
from novastream_desktop.player._reduce import PropertyChanged
from novastream_desktop.settings import Settings
from tests.fakes.playback_world import EPISODES, FILM, SHOW, World, playing, source, until
from tests.fakes.torrents import FakeStream


async def test_a_title_is_resolved_opened_and_played() -> None:
    world = World()
    session = await playing(world, SHOW.id)
    state = session.state.value
    assert state.phase is SessionPhase.PLAYING
    assert (state.episode, state.next_episode) == (
        EPISODES[0].with_(mal_id=7, mal_episode=1.0),
        EPISODES[1],
    )
    assert world.player.loads[0].url == "http://host/s1e1.mp4"
    assert world.asked[0].episode is not None
    assert world.asked[0].episode.mal_id == 7


async def test_s_jumps_to_the_end_of_the_opening_and_u_goes_back() -> None:
    world = World()
    session = await playing(world, SHOW.id)
    world.play(59.0, 59.5, 60.0, 60.5, 61.0)
    assert session.state.value.prompt is not None
    session.skip_segment()
    assert world.player.seeks == [150.0]
    notice = session.state.value.notice
    assert notice is not None
    assert (notice.code, notice.amount, notice.skip_type) == (
        NoticeCode.SKIPPED,
        90.0,
        SkipType.OP,
    )
    session.undo()
    assert world.player.seeks == [150.0, 61.0]
    assert session.state.value.notice is not None
    assert session.state.value.notice.code is NoticeCode.UNDONE


async def test_a_skip_that_is_taken_back_teaches_and_ranges_can_be_shifted() -> None:
    world = World()
    session = await playing(world, SHOW.id)
    world.play(59.0, 59.5, 60.0, 60.5, 61.0)
    session.skip_segment()
    session.undo()
    session.change_skip_offset(-0.5)
    state = await until(session, lambda s: s.skip_ranges[0].start == 59.5)
    assert state.notice is not None
    assert (state.notice.code, state.notice.amount) == (NoticeCode.SKIP_OFFSET, -0.5)
    assert ("undo", SHOW.id, "op") in world.notes
    await session.close()


async def test_s_outside_of_every_range_does_nothing() -> None:
    world = World()
    session = await playing(world, SHOW.id)
    world.play(20.0)
    session.skip_segment()
    assert world.player.seeks == []


async def test_heartbeats_and_resuming_where_it_was_left() -> None:
    world = World()
    session = await playing(world, FILM.id)
    world.play(*(float(n) for n in range(1, 43)))
    await session.close()
    assert world.stored[(FILM.id, "")].position == 42.0
    again = await playing(world, FILM.id)
    assert world.player.loads[-1].start == 42.0
    assert again.state.value.notice is not None
    assert again.state.value.notice.code is NoticeCode.RESUMED


async def test_a_disk_that_refuses_the_place_is_told_once_and_playing_goes_on() -> None:
    world = World()
    session = await playing(world, FILM.id)
    world.disk_refuses = StoreError("The place cannot be kept", why="the disk is full")

    async def told_by(*places: float) -> list[str]:
        world.beaten.clear()
        world.play(*places)
        await world.beaten.wait()
        await asyncio.sleep(0)  # for what hears of it
        notice = session.state.value.notice
        return [notice.detail] if notice and notice.code is NoticeCode.NOT_KEPT else []

    (told,) = await told_by(*(float(n) for n in range(1, 7)))
    assert "the disk is full" in told
    first = session.state.value.notice
    await told_by(*(float(n) for n in range(7, 13)))
    assert session.state.value.notice is first
    assert session.state.value.phase is SessionPhase.PLAYING
    world.disk_refuses = None
    await told_by(*(float(n) for n in range(13, 19)))
    world.disk_refuses = StoreError("The place cannot be kept", why="the disk is full again")
    assert "full again" in (await told_by(*(float(n) for n in range(19, 25))))[0]
    world.disk_refuses = None
    await session.close()
    assert world.stored[(FILM.id, "")].position == 24.0


async def test_pausing_saves_at_once() -> None:
    world = World()
    session = await playing(world, FILM.id)
    world.play(1.0, 2.0)
    session.toggle_pause()
    await session.close()
    assert world.stored[(FILM.id, "")].position == 2.0


async def test_the_next_episode_follows_and_the_old_one_is_watched() -> None:
    world = World()
    session = await playing(world, SHOW.id)
    for position in range(0, 1200, 1):
        world.play(float(position))
    world.play(1201.0)
    up = session.state.value.next_up
    assert up is not None
    assert (up.episode, up.countdown) == (EPISODES[1], None)
    for position in range(1202, 1395):
        world.play(float(position))
    assert session.state.value.next_up is not None
    assert session.state.value.next_up.countdown == pytest.approx(6.0)
    world.player.advance(1400.0)
    world.player.end()
    state = await until(session, lambda s: s.episode is not None and s.episode.id == "s1e2")
    assert state.previous_episode == EPISODES[0]
    assert world.stored[(SHOW.id, "s1e1")].finished
    assert world.stored[(SHOW.id, "s1e1")].position == 0.0


async def test_cancel_of_the_card_means_cancel() -> None:
    world = World()
    session = await playing(world, SHOW.id)
    world.play(1195.0, 1375.0)
    assert session.state.value.next_up is not None
    session.dismiss_prompt()
    world.play(1376.0)
    assert session.state.value.next_up is None
    world.player.advance(1399.0)
    world.player.end()
    assert session.state.value.phase is SessionPhase.ENDED


async def test_a_source_that_fails_in_mid_play_gives_way_at_the_same_second() -> None:
    world = World()
    world.sources_of[FILM.id] = [source("http://one/a.mp4"), source("http://two/a.mp4")]
    session = await playing(world, FILM.id)
    world.play(500.0)
    world.player.fail()
    await until(session, lambda s: s.source_index == 1)
    await world.player.wait_for_loads(2)
    assert (world.player.loads[1].url, world.player.loads[1].start) == ("http://two/a.mp4", 500.0)
    world.player.fail("the address could not be opened")
    state = await until(session, lambda s: s.phase is SessionPhase.FAILED)
    assert "Film stopped playing: the address could not be opened" in state.error


async def test_a_torrent_hears_how_long_its_file_plays() -> None:
    world = World(torrent=FakeStream())
    world.sources_of[FILM.id] = [source("magnet:?xt=urn:btih:" + "a" * 40, SourceType.TORRENT)]
    session = await playing(world, FILM.id)
    assert world.torrent is not None
    assert world.torrent.durations == [session.state.value.player.duration]
    assert world.torrent.durations[0] > 0
    await session.close()


async def test_a_torrent_without_peers_gives_way_to_the_next_source() -> None:
    world = World()
    world.sources_of[FILM.id] = [
        source("magnet:?xt=urn:btih:" + "a" * 40, SourceType.TORRENT),
        source("http://two/a.mp4"),
    ]
    await playing(world, FILM.id)
    assert world.player.loads[0].url == "http://two/a.mp4"


@pytest.mark.parametrize(
    ("content_id", "sources", "words"),
    [
        ("nova:nothing", {}, "nova:nothing is not known"),
        (FILM.id, {FILM.id: []}, "Nothing was found to play of Film"),
    ],
)
async def test_failures_end_in_a_sentence(
    content_id: str, sources: dict[str, list[StreamSource]], words: str
) -> None:
    world = World(sources_of=sources)
    session = world.session()
    session.open_title(content_id)
    state = await until(session, lambda s: s.phase is SessionPhase.FAILED)
    assert words in state.error


async def test_repeated_seeks_add_up_to_one() -> None:
    world = World()
    session = await playing(world, FILM.id)
    world.play(100.0)
    for _ in range(3):
        session.seek_by(5.0)
    assert session.state.value.notice is not None
    assert session.state.value.notice.amount == 15.0
    await until(session, lambda s: s.player.position == 115.0)
    assert world.player.seeks == [115.0]


async def test_late_reports_of_the_old_episode_are_not_booked_on_the_new_one() -> None:
    world = World()
    session = await playing(world, SHOW.id)
    world.play(5.0, 6.0)
    world.gate = asyncio.Event()
    session.next_episode()
    await until(session, lambda s: s.episode is not None and s.episode.id == "s1e2")
    world.player.start(1400.0, PropertyChanged("time-pos", 900.0))
    assert session.state.value.player.position < 900.0
    world.gate.set()
    await session.close()
    assert (SHOW.id, "s1e2") not in world.stored


async def test_subtitles_are_added_and_the_preferred_one_selected() -> None:
    settings = Settings.model_validate({"subtitles": {"languages": ["de"]}})
    world = World(settings=settings)
    world.subtitle_tracks = (
        SubtitleTrack(lang="de", url="http://x/de.srt", label="Deutsch"),
        SubtitleTrack(lang="en", url="http://x/en.srt", label="English"),
    )
    await playing(world, FILM.id)
    await asyncio.wait_for(world.both_subtitles.wait(), 5)
    await asyncio.sleep(0)
    assert [s.url for s in world.player.subtitles] == ["/subs/de.vtt", "/subs/en.vtt"]
    assert [c for c in world.player.commands if c[0] == "sub-add"] == [
        ("sub-add", True),
        ("sub-add", False),
    ]


async def test_a_file_that_was_opened_can_be_gone_on_with(tmp_path: Path) -> None:
    film = tmp_path / "my.own.film.mkv"
    film.write_bytes(b"")
    world = World()
    session = world.session()
    session.open_target(str(film))
    state = await until(session, lambda s: s.phase is SessionPhase.OPENING)
    assert state.content is not None
    assert state.content.title == "my own film"
    await world.player.wait_for_loads(1)
    session.close_title()
    await until(session, lambda s: s.phase is SessionPhase.IDLE)
    session.open_title(state.content.id)
    await world.player.wait_for_loads(2)
    assert world.player.loads[1].url == film.as_uri()


async def test_a_pause_while_it_loads_holds_and_can_be_taken_back() -> None:
    world = World()
    session = world.session()
    session.open_title(FILM.id)
    await world.player.wait_for_loads(1)
    session.toggle_pause()
    world.player.start()
    assert session.state.value.player.phase == "paused"
    session.toggle_pause()
    assert session.state.value.player.phase == "playing"
    await session.close()


async def test_u_goes_back_to_the_episode_that_was_left_by_mistake() -> None:
    world = World()
    session = await playing(world, SHOW.id)
    world.play(*(float(n) for n in range(1, 31)))
    session.next_episode()
    await world.player.wait_for_loads(2)
    world.player.start()
    assert session.state.value.can_undo
    session.undo()
    await world.player.wait_for_loads(3)
    assert (world.player.loads[2].url, world.player.loads[2].start) == (
        "http://host/s1e1.mp4",
        30.0,
    )
    await session.close()


async def test_u_takes_back_a_relative_jump_and_one_that_waits_dies_with_its_file() -> None:
    world = World()
    session = await playing(world, SHOW.id)
    world.play(100.0)
    session.seek_by(30.0)
    await until(session, lambda s: s.player.position == 130.0)
    session.undo()
    assert world.player.seeks == [130.0, 100.0]
    session.seek_by(30.0)
    session.next_episode()
    await world.player.wait_for_loads(2)
    world.player.start()
    await asyncio.sleep(0.2)  # longer than the seek would have waited
    assert world.player.seeks == [130.0, 100.0]
    await session.close()


async def test_a_bug_in_a_service_ends_in_a_sentence(caplog: pytest.LogCaptureFixture) -> None:
    world = World()
    world.sources_of = None  # type: ignore[assignment]
    session = world.session()
    session.open_title(FILM.id)
    state = await until(session, lambda s: s.phase is SessionPhase.FAILED)
    assert "Something went wrong inside NovaStream" in state.error
    assert "The session failed" in caplog.text


async def test_a_magnet_id_is_enough_to_play_it() -> None:
    world = World()
    session = world.session()
    session.open_title("magnet:" + "a" * 40)
    state = await until(session, lambda s: s.phase is SessionPhase.FAILED)
    assert [s.type for s in state.sources] == [SourceType.TORRENT]
    assert "no peers" in state.error
