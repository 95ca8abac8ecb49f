"""Anime: which sound comes first, and under which number an episode is known elsewhere."""

from __future__ import annotations

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
from novastream_desktop.playback.anime import AnimePlaybackService, by_sound
from novastream_desktop.providers.base import WatchRequest
from novastream_desktop.settings import AnimeSound
from novastream_desktop.sources import Resolution
from tests.fakes.playback_world import SHOW, World


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
