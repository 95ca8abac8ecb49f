"""What comes next: which episode, from which source, looked for ahead, and when it waits."""

from __future__ import annotations

import asyncio
from datetime import date

import pytest

from novastream_desktop.models import (
    Episode,
    HealthStatus,
    SourceHealth,
    SourceType,
    StreamSource,
    TitleDetails,
    WatchProgress,
)
from novastream_desktop.playback import _source_controls
from novastream_desktop.playback._continuing import continuing, drops, likeness
from novastream_desktop.playback._skipping import STILL_WATCHING
from novastream_desktop.playback.plan import (
    has_aired,
    next_episode,
    past_the_end,
    previous_episode,
    start_point,
)
from novastream_desktop.playback.state import SessionPhase
from tests.fakes.playback_world import EPISODES, FILM, SHOW, World, playing, source


async def settled() -> None:
    """Let everything run that waits for nothing."""
    for _ in range(20):
        await asyncio.sleep(0)


def episode(season: int, number: int, air_date: str | None = None) -> Episode:
    return Episode(
        id=f"s{season}e{number}",
        content_id=SHOW.id,
        season=season,
        episode_number=number,
        air_date=air_date,
    )


S1, S2 = [episode(1, n) for n in (1, 2)], [episode(2, 1), episode(2, 2, "2026-12-24")]
SPECIALS = [episode(0, 1), episode(0, 2)]
ALL = [*S1, *S2, *SPECIALS]
TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("current", "following", "before"),
    [
        (S1[0], S1[1], None),
        (S1[1], S2[0], S1[0]),
        (S2[0], None, S1[1]),
        (SPECIALS[0], SPECIALS[1], None),
        (SPECIALS[1], None, SPECIALS[0]),
        (episode(9, 9), None, None),
        (None, None, None),
    ],
)
def test_seasons_follow_each_other_and_specials_only_specials(
    current: Episode | None, following: Episode | None, before: Episode | None
) -> None:
    assert next_episode(ALL, current, today=TODAY) == following
    assert previous_episode(ALL, current) == before


def test_an_episode_that_has_not_aired_does_not_follow_yet() -> None:
    assert next_episode(ALL, S2[0]) == S2[1]
    assert next_episode(ALL, S2[0], today=date(2026, 12, 24)) == S2[1]
    assert has_aired(S1[0], TODAY)


def test_after_everything_was_watched_it_begins_with_the_first_regular_one() -> None:
    world = World()
    done = [
        WatchProgress(
            content_id=SHOW.id,
            episode_id=e.id,
            position=0,
            duration=10,
            updated_at=world.clock.now(),
            finished=True,
        )
        for e in [*S1, *S2]
    ]
    details = TitleDetails(content=SHOW, episodes=(*SPECIALS, *S1, *S2))
    assert start_point(details, done, world.clock.now()).episode == S1[0]
    assert start_point(details, [], world.clock.now()).episode == S1[0]


def stream(name: str, **more: object) -> StreamSource:
    return StreamSource(
        url=f"https://host/{name}.mkv", type=SourceType.MP4, provider="p", score=10.0
    ).with_(**more)


MAGNET = "magnet:?xt=urn:btih:" + "a" * 40
BEFORE = stream("e1", release_group="Grp", height=1080, quality="1080p", languages=("ja",))


@pytest.mark.parametrize(
    ("before", "source", "expected"),
    [
        (stream("x", url=MAGNET), stream("y", url=MAGNET + "&dn=b", file_index=2), 0),
        (BEFORE, stream("e2", release_group="GRP", height=1080, languages=("ja",)), 1),
        (BEFORE, stream("e2", release_group="Grp", height=720, languages=("ja",)), 3),
        (BEFORE, stream("e2", release_group="Other", height=1080, languages=("ja",)), 2),
        (BEFORE, stream("e2", provider="q", height=1080, languages=("ja",)), 4),
        (BEFORE, stream("e2", release_group="Grp", height=1080, languages=("en",)), 4),
        (stream("e1", binge_group="b"), stream("e2", binge_group="b", provider="q"), 1),
    ],
)
def test_likeness(before: StreamSource, source: StreamSource, expected: int) -> None:
    assert likeness(source, before) == expected


def test_the_same_release_goes_on_unless_it_is_dead() -> None:
    best = stream("best", height=2160, provider="q", score=90.0)
    same = stream("same", release_group="Grp", height=1080, languages=("ja",))
    assert continuing([best, same], BEFORE) == (same, best)
    assert continuing([best, same], None) == (best, same)
    dead = same.with_(health=SourceHealth(status=HealthStatus.DEAD))
    assert continuing([best, dead], BEFORE) == (best, dead)


@pytest.mark.parametrize(
    ("source", "less"),
    [
        (stream("a", height=1080, languages=("ja", "en")), ""),
        (stream("a", height=720, languages=("ja",)), "quality"),
        (stream("a", height=1080, languages=("de",)), "language"),
        (stream("a"), ""),
        (None, ""),
    ],
)
def test_what_the_next_source_has_less_of(source: StreamSource | None, less: str) -> None:
    assert drops(source, BEFORE) == less
    assert drops(source, None) == ""


async def test_at_half_the_next_episode_is_looked_for_and_then_starts_without_asking() -> None:
    world = World()
    session = await playing(world, SHOW.id)
    world.play(600.0)
    assert len(world.asked) == 1
    world.play(701.0)
    await settled()
    world.play(1250.0)
    up = session.state.value.next_up
    assert up is not None
    assert (up.episode.id, up.ready, up.less) == ("s1e2", True, "")
    session.next_episode()
    await world.player.wait_for_loads(2)
    assert world.player.loads[1].url == "http://host/s1e2.mp4"
    assert len(world.asked) == 2
    await session.close()


async def test_the_same_release_is_chosen_for_the_next_episode() -> None:
    world = World()
    best, mine = source("http://best/1.mp4"), source("http://mine/1.mp4").with_(release_group="M")
    world.sources_of = {
        "s1e1": [best, mine],
        "s1e2": [
            source("http://best/2.mp4"),
            source("http://mine/2.mp4").with_(release_group="M"),
        ],
    }
    session = await playing(world, SHOW.id)
    session.choose_source(1)
    await world.player.wait_for_loads(2)
    world.player.start()
    session.next_episode()
    await world.player.wait_for_loads(3)
    assert world.player.loads[2].url == "http://mine/2.mp4"
    await session.close()


async def test_an_open_panel_holds_the_next_episode_back() -> None:
    world = World()
    session = await playing(world, SHOW.id)
    world.play(1392.0)
    assert session.state.value.next_up is not None
    assert session.state.value.next_up.countdown is not None
    session.hold_next_episode(True)
    assert session.state.value.next_up.countdown is None
    world.play(1399.0)
    world.player.end()
    assert session.state.value.phase is SessionPhase.ENDED
    await session.close()


async def test_less_quality_is_asked_for_and_not_taken() -> None:
    world = World()
    world.sources_of = {
        "s1e1": [source("http://a/1.mp4").with_(height=1080)],
        "s1e2": [source("http://a/2.mp4").with_(height=480)],
    }
    session = await playing(world, SHOW.id)
    world.play(705.0)
    await settled()
    world.play(1395.0, 1399.0)
    assert session.state.value.next_up is not None
    assert session.state.value.next_up.less == "quality"
    world.player.end()
    assert session.state.value.phase is SessionPhase.ENDED
    await session.close()


async def test_after_three_episodes_without_a_key_it_waits() -> None:
    world = World()
    session = await playing(world, SHOW.id)
    session._skipping.unattended = STILL_WATCHING
    world.play(1399.0)
    world.player.end()
    assert session.state.value.phase is SessionPhase.ENDED
    session.show_controls(True)
    assert session._skipping.unattended == 0
    assert EPISODES[1] == session.state.value.next_episode
    await session.close()


async def test_a_sequel_s_episode_is_kept_under_the_title_and_under_its_own_entry() -> None:
    later = EPISODES[1].with_(content_id="anilist:2", id="anilist:2:1", season=2)

    class Chained(World):
        async def details(self, content_id: str) -> TitleDetails:
            return TitleDetails(content=SHOW, episodes=(EPISODES[0], later))

    world = Chained()
    session = await playing(world, SHOW.id, episode_id=later.id)
    world.play(*(float(n) for n in range(1, 43)))
    await session.close()
    assert {k: p.position for k, p in world.stored.items()} == {
        (SHOW.id, later.id): 42.0,
        ("anilist:2", later.id): 42.0,
    }
    del world.stored[SHOW.id, later.id]
    session = await playing(world, SHOW.id)
    assert world.player.loads[-1].start == 42.0
    await session.close()


async def test_the_head_of_the_next_episode_s_torrent_is_fetched_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(_source_controls, "LOOK_EVERY", 0.005)
    world = World()
    world.sources_of["s1e2"] = [source(MAGNET, SourceType.TORRENT)]
    session = await playing(world, SHOW.id)
    world.play(705.0)
    await asyncio.sleep(0.05)
    fetched = [note for note in world.notes if note[0] == "prefetch"]
    assert fetched == [("prefetch", MAGNET, "S01E02")]
    await session.close()


@pytest.mark.parametrize(
    ("start", "duration", "past"),
    [(0.0, 0.0, False), (10.0, 0.0, True), (10.0, 1400.0, False), (1399.5, 1400.0, True)],
)
def test_files_that_are_shorter_than_their_place(start: float, duration: float, past: bool) -> None:
    assert past_the_end(start, duration) is past


@pytest.mark.parametrize("first", [0.125, 500.0])
async def test_a_player_that_begins_too_early_is_sent_to_the_place_once(first: float) -> None:
    world = World()
    session = await playing(world, FILM.id)
    world.play(*(float(n) for n in range(1, 43)))
    await session.close()
    session = await playing(world, FILM.id)
    world.play(first, first + 0.1)
    assert world.player.seeks == ([42.0] if first < 42 else [])
    world.play(43.0)
    session.seek_to(2.0)
    world.play(2.0, 2.1)
    assert world.player.seeks[-1] == 2.0
    await session.close()


async def test_a_file_shorter_than_its_place_is_played_from_the_start() -> None:
    world = World()
    session = await playing(world, SHOW.id)
    world.play(*(float(n) for n in range(1, 43)))
    await session.close()
    again = world.session()
    again.open_title(SHOW.id)
    await world.player.wait_for_loads(2)
    assert world.player.loads[1].start == 42.0
    world.player.start(30.0)
    world.player.end()
    await world.player.wait_for_loads(3)
    assert (world.player.loads[2].url, world.player.loads[2].start) == (
        "http://host/s1e1.mp4",
        0.0,
    )
    await again.close()
