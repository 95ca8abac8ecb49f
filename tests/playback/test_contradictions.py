"""Answers that contradict each other, and clocks that do: nothing wrong is played or lost."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novastream_desktop.models import (
    Content,
    ContentType,
    Episode,
    SkipRange,
    SkipType,
    TitleDetails,
    WatchProgress,
)
from novastream_desktop.net import HttpClient
from novastream_desktop.net.client import create_http_client
from novastream_desktop.playback.plan import next_episode, resume_position
from novastream_desktop.providers.base import ProviderContext, WatchRequest
from novastream_desktop.providers.mirrors import SPEC
from novastream_desktop.runtime import SystemClock
from novastream_desktop.settings import Settings
from novastream_desktop.skips import combine
from tests.fakes.playback_world import SHOW, World, playing

NOW = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture
async def http(tmp_path: Path) -> AsyncIterator[HttpClient]:
    client = create_http_client(cache_dir=tmp_path / "http", clock=SystemClock())
    yield client
    await client.close()


def mirror(folder: Path, numbers: list[tuple[int, int]]) -> str:
    """Write a mirror of one series with these seasons and numbers; return its folder."""
    parts = [{"id": f"{s}-{n}", "season": s, "episodeNumber": n} for s, n in numbers]
    sources = [
        {"episodeId": p["id"], "url": f"{p['id']}.mp4", "quality": "720p", "type": "mp4"}
        for p in parts
    ]
    content = {"id": "t", "title": "Tide", "type": "anime", "year": 2024, "tmdbId": 7}
    item = {"content": content, "episodes": parts, "sources": sources}
    folder.mkdir()
    index = {"name": folder.name, "version": 1, "items": [item]}
    (folder / "index.json").write_text(json.dumps(index), encoding="utf-8")
    return str(folder)


async def test_of_two_that_count_differently_the_wrong_episode_is_never_taken(
    tmp_path: Path, http: HttpClient
):
    seasons = mirror(tmp_path / "seasons", [(1, 1), (1, 2), (2, 1), (2, 2)])
    through = mirror(tmp_path / "through", [(1, n) for n in range(1, 5)])
    settings = Settings.model_validate({"sources": {"mirrors": [seasons, through]}})
    providers = SPEC.build(ProviderContext(settings, http, SystemClock()))
    tide = Content(id="tmdb:tv:7", title="Tide", type=ContentType.ANIME, year=2024, tmdb_id=7)
    wanted = Episode(
        id="x", content_id=tide.id, season=2, episode_number=1, absolute_number=3, mal_episode=1
    )
    found = [
        source.url for p in providers for source in await p.sources(WatchRequest(tide, wanted))
    ]
    assert [url.rpartition("/")[2] for url in found] == ["2-1.mp4"]


TWICE = tuple(
    Episode(id=f"e{place}", content_id=SHOW.id, episode_number=number, absolute_number=absolute)
    for place, (number, absolute) in enumerate([(1, 1), (2, 2), (2, 3), (4, 3)])
)


class Contradicting(World):
    """A show whose list has numbers twice and leaves one out."""

    async def details(self, content_id: str) -> TitleDetails:
        return TitleDetails(content=SHOW, episodes=TWICE)


async def test_episodes_are_told_apart_by_identity_not_by_number():
    assert [next_episode(TWICE, e) for e in TWICE] == [*TWICE[1:], None]
    world = Contradicting()
    session = await playing(world, SHOW.id, episode_id="e1")
    world.play(*(float(n) for n in range(1, 31)))
    session.next_episode()
    await world.player.wait_for_loads(2)
    world.player.start()
    state = session.state.value
    assert state.episode is not None
    assert state.episode.id == "e2"
    world.play(*(float(n) for n in range(1, 11)))
    await session.close()
    assert {key[1]: p.position for key, p in world.stored.items()} == {"e1": 30.0, "e2": 10.0}


def test_a_place_dated_in_the_future_is_gone_on_with_as_it_is():
    later = WatchProgress(
        content_id="nova:a", position=300, duration=1400, updated_at=NOW + timedelta(days=400)
    )
    assert resume_position(later, NOW) == 300.0


async def test_a_clock_set_back_in_mid_play_loses_no_place():
    world = World()
    session = await playing(world, SHOW.id)
    world.play(*(float(n) for n in range(1, 20)))
    world.clock.seconds -= 86_400.0  # monotonic as well: the worst that can be
    world.play(*(float(n) for n in range(20, 43)))
    assert session.state.value.next_up is None
    await session.close()
    await asyncio.sleep(0)
    assert world.stored[SHOW.id, "s1e1"].position == 42.0


kinds = st.sampled_from(list(SkipType))
times = st.floats(0, 3000)
ranges = st.lists(
    st.builds(
        SkipRange,
        type=kinds,
        start=times,
        end=times,
        confidence=st.floats(0, 1),
        origin=st.sampled_from(["chapters", "aniskip", "mirror"]),
    ),
    max_size=8,
)


@given(ranges, st.floats(1, 2000))
def test_reversed_and_outlying_ranges_never_come_through(found: list[SkipRange], duration: float):
    for skip in combine(found, duration):
        assert 0 <= skip.start < skip.end <= duration
        assert skip.end - skip.start >= 5
