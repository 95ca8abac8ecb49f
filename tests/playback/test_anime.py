"""Anime: which sound comes first, and under which number an episode is known elsewhere."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novastream_desktop.models import (
    Content,
    ContentType,
    Episode,
    HealthStatus,
    SourceHealth,
    SourceType,
    StreamSource,
    TitleDetails,
)
from novastream_desktop.playback._show_rules import usual_sound
from novastream_desktop.playback.anime import AnimePlaybackService, by_sound
from novastream_desktop.player._reduce import PropertyChanged
from novastream_desktop.providers.base import WatchRequest
from novastream_desktop.settings import AnimeSound, Settings
from novastream_desktop.sources import Resolution
from tests.fakes.playback_world import SHOW, World, until


def spoken(name: str, *languages: str, **more: object) -> StreamSource:
    url = f"https://host/{name}.mkv"
    made = StreamSource(url=url, type=SourceType.MP4, provider="p", languages=languages)
    return made.with_(score=1.0, **more)


DUB, SUB, DUAL, SILENT = (
    spoken("dub", "en"),
    spoken("sub", "ja"),
    spoken("dual", "ja", "en-US"),
    spoken("quiet"),
)
DEAD = SUB.with_(url="https://host/dead.mkv", health=SourceHealth(status=HealthStatus.DEAD))
SUNK = SUB.with_(url="https://host/sunk.mkv", score=-5.0)


@pytest.mark.parametrize(
    ("wanted", "order"),
    [
        (AnimeSound.ANY, [DUB, DEAD, SILENT, SUB, SUNK, DUAL]),
        (AnimeSound.SUB, [SUB, DUAL, SILENT, DUB, DEAD, SUNK]),
        (AnimeSound.DUB, [DUB, DUAL, SILENT, DEAD, SUB, SUNK]),
    ],
)
def test_the_wanted_sound_comes_first(wanted: AnimeSound, order: list[StreamSource]):
    assert list(by_sound([DUB, DEAD, SILENT, SUB, SUNK, DUAL], wanted)) == order


@given(st.lists(st.sampled_from([DUB, SUB, DUAL, SILENT])), st.sampled_from(AnimeSound))
def test_nothing_is_lost_and_equals_keep_their_rank(ranked: list[StreamSource], wanted: AnimeSound):
    ordered = by_sound(ranked, wanted)
    assert sorted(s.url for s in ordered) == sorted(s.url for s in ranked)
    assert by_sound(ordered, wanted) == ordered


class Rounds(World):
    """First a dub is found, then all."""

    async def stream(self, request: WatchRequest) -> AsyncGenerator[Resolution, None]:
        yield Resolution((DUB,), first=DUB)
        yield Resolution((DUB, SUB), first=DUB, complete=True)


@pytest.mark.parametrize(
    ("wanted", "firsts", "best"),
    [(AnimeSound.ANY, [DUB, DUB], DUB), (AnimeSound.SUB, [None, None], SUB)],
)
async def test_nothing_begins_with_the_other_sound_before_all_have_answered(
    wanted: AnimeSound, firsts: list[StreamSource | None], best: StreamSource
):
    world = Rounds()
    service = AnimePlaybackService(
        sound=wanted, sources=world, subtitles=world, skips=world, progress=world
    )
    told = [r async for r in service.stream(WatchRequest(SHOW))]
    assert [r.first.url if r.first else None for r in told] == [f and f.url for f in firsts]
    assert told[-1].sources[0].url == best.url


@pytest.mark.parametrize(
    ("kind", "anime", "languages", "expected"),
    [
        (ContentType.ANIME, "any", ["de"], None),
        (ContentType.MOVIE, "sub", ["de"], None),
        (ContentType.ANIME, "sub", ["de"], "ja"),
        (ContentType.ANIME, "dub", ["ja", "de"], "de"),
        (ContentType.ANIME, "dub", [], "en"),
    ],
)
def test_the_usual_sound(kind: ContentType, anime: str, languages: list[str], expected: str | None):
    settings = Settings.model_validate(
        {"sources": {"anime": anime}, "subtitles": {"languages": languages}}
    )
    usual = usual_sound(kind, settings)
    assert (usual and usual.lang) == expected


TWO_SOUNDS = [
    {"type": "audio", "id": 1, "lang": "eng", "selected": True},
    {"type": "audio", "id": 2, "lang": "jpn", "selected": False},
]


@pytest.mark.parametrize(("anime", "selected"), [("any", []), ("sub", [2]), ("dub", [])])
async def test_a_file_with_both_plays_the_usual_sound_until_another_is_chosen(
    anime: str, selected: list[int]
):
    world = World(settings=Settings.model_validate({"sources": {"anime": anime}}))
    session = world.session()
    session.open_title(SHOW.id)
    await world.player.wait_for_loads(1)
    world.player.start(1400.0, PropertyChanged("track-list", TWO_SOUNDS))
    await until(session, lambda s: s.skip_ranges == world.ranges_of)
    for _ in range(30):
        await asyncio.sleep(0)
    taken = [track for name, track in world.player.commands if name == "select-audio"]
    assert taken == selected
    session.select_audio(1)
    assert world.player.commands[-1] == ("select-audio", 1)
    await session.close()


LATER = Content(id="mirror:m:x", title="X", type=ContentType.ANIME, mal_id=7)


@pytest.mark.parametrize(
    ("season", "number", "absolute", "known"),
    [(1, 3, None, (7, 3)), (2, 1, 13, (7, 13)), (2, 1, None, None), (0, 1, None, None)],
)
def test_a_number_that_is_not_certain_is_not_filled_in(
    season: int, number: int, absolute: int | None, known: tuple[int, int] | None
):
    world = World()
    service = AnimePlaybackService(sources=world, subtitles=world, skips=world, progress=world)
    episode = Episode(
        id="e",
        content_id=LATER.id,
        season=season,
        episode_number=number,
        absolute_number=absolute,
    )
    found = service.request(TitleDetails(content=LATER, episodes=(episode,)), episode).episode
    assert found is not None
    assert (found.mal_id, found.mal_episode) == (known or (None, None))
