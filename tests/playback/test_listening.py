"""When a season's openings and endings are looked for by sound."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

import pytest

from novastream_desktop.models import Episode, SkipRange, SkipType, SourceType
from novastream_desktop.playback import _idle_listening
from novastream_desktop.playback._listening import path_on_disk
from novastream_desktop.playback._opening import Opened
from novastream_desktop.playback.state import SessionPhase
from novastream_desktop.player.base import LoadRequest
from novastream_desktop.providers.base import WatchRequest
from novastream_desktop.settings import Settings
from novastream_desktop.torrents.base import LiesOnDisk, TorrentProgress
from tests.fakes.playback_world import EPISODES, FILM, SHOW, World, playing, source, until
from tests.fakes.torrents import FakeStream

HEARD = SkipRange(type=SkipType.OP, start=61, end=151, confidence=0.9, origin="fingerprint")


class ListeningWorld(World):
    """A world whose skip service learns."""

    def __init__(self) -> None:
        super().__init__()
        self.settings = Settings()
        self.heard: list[tuple[str, Path, int]] = []
        self.fails = False
        self.next_asked: list[str] = []
        self.unused = 60.0
        self.may_end = asyncio.Event()
        self.ended = asyncio.Event()
        self.torrent = StreamOnDisk()

    async def learn(
        self, request: WatchRequest, path: Path, episodes: Sequence[Episode] = ()
    ) -> bool:
        assert request.episode is not None
        self.heard.append((request.episode.id, path, len(episodes)))
        if self.fails:
            raise RuntimeError("a bug")
        try:
            await self.may_end.wait()
        finally:
            self.ended.set()
        self.ranges_of = (HEARD,)
        return True

    async def learn_next(self, request: WatchRequest, episodes: Sequence[Episode]) -> bool:
        assert request.episode is not None
        self.next_asked.append(request.episode.id)
        return len(self.next_asked) < 3

    def unused_for(self) -> float:
        return self.unused

    async def open(
        self,
        target: str | bytes,
        *,
        file_index: int | None = None,
        episode_hint: str = "",
        by_hand: bool = False,
    ) -> object:
        return self.torrent


class StreamOnDisk(FakeStream):
    """A torrent's stream, all of which comes to disk at some time."""

    def __init__(self) -> None:
        super().__init__()
        self.on_disk: Path | None = None


@pytest.fixture
def world() -> ListeningWorld:
    made = ListeningWorld()
    made.sources_of["s1e1"] = [source("file:///films/Show%201.mkv")]
    return made


async def test_a_local_file_is_listened_to_and_what_is_found_is_offered(world: ListeningWorld):
    session = await playing(world, SHOW.id)
    assert world.heard == [("s1e1", Path("/films/Show 1.mkv"), len(EPISODES))]
    world.may_end.set()
    state = await until(session, lambda s: s.skip_ranges == (HEARD,))
    assert state.episode is not None
    assert state.episode.id == "s1e1"
    await session.close()


async def test_the_rest_of_the_season_is_heard_only_while_nobody_uses_the_program(
    world: ListeningWorld, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(_idle_listening, "LOOK_EVERY", 0.001)

    async def some_time() -> None:
        await asyncio.sleep(0.02)

    session = await playing(world, SHOW.id)
    world.may_end.set()
    world.clock.seconds += 100.0
    await some_time()
    assert world.next_asked == []  # something plays
    session.close_title()
    await until(session, lambda s: s.phase is SessionPhase.IDLE)
    await some_time()
    world.clock.seconds += 29.0
    await some_time()
    assert world.next_asked == []  # not for long enough
    world.unused = 3.0
    world.clock.seconds += 10.0
    await some_time()
    assert world.next_asked == []  # somebody looks around
    world.settings = Settings.model_validate({"playback": {"skip": {"learn": False}}})
    world.unused = 60.0
    await some_time()
    assert world.next_asked == []  # switched off
    world.settings = Settings()
    for _ in range(4):
        await some_time()
        world.clock.seconds += 31.0
    await some_time()
    assert world.next_asked == ["s1e1"] * 3  # until there is no further file
    await session.close()


async def test_what_is_found_after_the_episode_was_left_does_not_show_in_the_next(
    world: ListeningWorld,
):
    session = await playing(world, SHOW.id)
    session.play_episode("s1e2")
    await world.player.wait_for_loads(2)
    world.player.start()
    offered = (await until(session, lambda s: s.skip_ranges == world.ranges_of)).skip_ranges
    world.may_end.set()
    await world.ended.wait()
    await asyncio.sleep(0)
    assert session.state.value.skip_ranges == offered
    await session.close()


@pytest.mark.parametrize(("url", "learn"), [("http://host/1.mkv", True), ("file:///1.mkv", False)])
async def test_streams_are_not_listened_to_nor_anything_where_it_is_switched_off(
    world: ListeningWorld, url: str, learn: bool
):
    world.settings = Settings.model_validate({"playback": {"skip": {"learn": learn}}})
    world.sources_of["s1e1"] = [source(url)]
    session = await playing(world, SHOW.id)
    assert world.heard == []
    await session.close()


async def test_films_have_no_season(world: ListeningWorld):
    world.sources_of[FILM.id] = [source("file:///film.mkv")]
    session = await playing(world, FILM.id)
    assert world.heard == []
    await session.close()


async def test_a_torrent_is_listened_to_once_when_all_of_it_is_here(world: ListeningWorld):
    magnet = "magnet:?xt=urn:btih:" + "a" * 40
    world.sources_of["s1e1"] = [source(magnet, SourceType.TORRENT)]
    session = await playing(world, SHOW.id)
    assert isinstance(world.torrent, LiesOnDisk)
    assert world.heard == []
    world.torrent.progress.set(TorrentProgress(fraction=0.99))
    assert world.heard == []
    world.torrent.on_disk = Path("/torrents/1.mkv")
    world.torrent.progress.set(TorrentProgress(fraction=1.0))
    world.torrent.progress.set(TorrentProgress(fraction=1.0, upload_rate=1.0))
    world.may_end.set()
    await until(session, lambda s: s.skip_ranges == (HEARD,))
    assert [path for _, path, _ in world.heard] == [Path("/torrents/1.mkv")]
    await session.close()


async def test_the_end_of_the_program_does_not_wait_for_it(world: ListeningWorld):
    session = await playing(world, SHOW.id)
    await asyncio.sleep(0)
    await session.close()
    assert world.ended.is_set()
    assert not world.may_end.is_set()


async def test_a_failure_is_written_down_and_disturbs_nobody(
    world: ListeningWorld, caplog: pytest.LogCaptureFixture
):
    world.fails = True
    session = await playing(world, SHOW.id)
    await asyncio.sleep(0)
    assert "What plays could not be listened to" in caplog.text
    assert session.state.value.player.phase == "playing"
    await session.close()


def test_where_a_file_is():
    assert path_on_disk(Opened(LoadRequest("http://host/a.mkv"))) is None
    assert path_on_disk(Opened(LoadRequest("file:///a%20b.mkv"))) == Path("/a b.mkv")
    stream = StreamOnDisk()
    assert path_on_disk(Opened(LoadRequest(stream.url), stream)) is None
    stream.on_disk = Path("/x.mkv")
    assert path_on_disk(Opened(LoadRequest(stream.url), stream)) == Path("/x.mkv")
    assert path_on_disk(Opened(LoadRequest(stream.url), FakeStream())) is None
