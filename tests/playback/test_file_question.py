"""A torrent whose right file is uncertain: asked once, answered, declined, corrected."""

from __future__ import annotations

from novastream_desktop.models import SourceType, TitleDetails
from novastream_desktop.playback.session import PlaybackSession
from novastream_desktop.playback.state import FileQuestion, Outcome, SessionPhase
from novastream_desktop.torrents.base import AmbiguousFile, TorrentFile
from tests.fakes.playback_world import EPISODES, FILM, SHOW, World, playing, source, until
from tests.fakes.torrents import FakeStream

PACK = (
    TorrentFile(3, "Box/one.mkv", 900, playable=True),
    TorrentFile(5, "Box/two.mkv", 800, playable=True),
)
DOUBT = AmbiguousFile("Which file?", PACK, why="it is open", name="Box", meant="S01E01")
MAGNET = source("magnet:?xt=urn:btih:" + "a" * 40, SourceType.TORRENT)
OTHER = source("http://two/a.mp4")


def doubtful() -> World:
    stream = FakeStream()
    stream.files = PACK
    stream.file = PACK[0]
    world = World(torrent=stream, doubt=DOUBT)
    world.sources_of["s1e1"] = [MAGNET, OTHER]
    world.sources_of[FILM.id] = [MAGNET, OTHER]
    return world


async def asked(world: World, content_id: str = SHOW.id) -> PlaybackSession:
    session = world.session()
    session.open_title(content_id)
    await until(session, lambda s: s.question is not None)
    return session


async def test_it_asks_and_the_answer_plays_at_once() -> None:
    world = doubtful()
    session = await asked(world)
    assert session.state.value.question == FileQuestion("Box", PACK, "S01E01")
    assert world.player.loads == []
    session.choose_file(99)  # none of them
    assert session.state.value.question is not None
    session.choose_file(5)
    await world.player.wait_for_loads(1)
    assert world.wishes == [(None, "S01E01", False), (5, "S01E01", True)]
    assert session.state.value.question is None
    await session.close()


async def test_declined_it_gives_way_to_the_next_source() -> None:
    world = doubtful()
    session = await asked(world)
    session.choose_file(None)
    await world.player.wait_for_loads(1)
    assert world.player.loads[0].url == OTHER.url
    assert session.state.value.question is None
    assert session.state.value.trace[0].outcome is Outcome.LEFT
    await session.close()


async def test_declined_without_another_source_it_ends_in_a_sentence() -> None:
    world = doubtful()
    world.sources_of["s1e1"] = [MAGNET]
    session = await asked(world)
    session.choose_file(None)
    state = await until(session, lambda s: s.phase is SessionPhase.FAILED)
    assert "No file of Box was chosen" in state.error
    await session.close()


async def test_leaving_takes_the_question_along() -> None:
    world = doubtful()
    session = await asked(world)
    session.close_title()
    state = await until(session, lambda s: s.phase is SessionPhase.IDLE)
    assert state.question is None
    assert world.player.loads == []
    await session.close()


async def test_another_title_takes_the_question_along() -> None:
    world = doubtful()
    session = await asked(world)
    world.doubt = None
    session.open_title(FILM.id)
    await world.player.wait_for_loads(1)
    assert session.state.value.question is None
    assert world.wishes[-1] == (None, "film Film", False)
    await session.close()


async def test_a_wrong_file_is_corrected_from_its_start() -> None:
    world = doubtful()
    world.doubt = None
    session = await playing(world, SHOW.id)
    world.play(100.0)
    session.ask_file()
    state = await until(session, lambda s: s.question is not None)
    assert state.question is not None
    assert (state.question.current, state.question.meant) == (3, "S01E01")
    assert [file.index for file in state.question.files] == [3, 5]
    session.choose_file(5)
    await world.player.wait_for_loads(2)
    assert world.wishes[-1] == (5, "S01E01", True)
    assert world.player.loads[1].start == 0.0
    assert session.state.value.question is None
    await session.close()


async def test_a_correction_that_is_dropped_changes_nothing() -> None:
    world = doubtful()
    world.doubt = None
    session = await playing(world, SHOW.id)
    session.ask_file()
    await until(session, lambda s: s.question is not None)
    session.choose_file(None)
    await until(session, lambda s: s.question is None)
    session.ask_file()
    await until(session, lambda s: s.question is not None)
    session.choose_source(1)  # what was asked is of no use any more
    await world.player.wait_for_loads(2)
    assert world.player.loads[1].url == OTHER.url
    assert session.state.value.question is None
    await session.close()


async def test_what_is_no_torrent_has_no_other_file() -> None:
    world = World()
    world.sources_of[FILM.id] = [OTHER]
    session = await playing(world, FILM.id)
    session.ask_file()
    await session.close()
    assert session.state.value.question is None


async def test_the_catalogues_length_is_told_before_the_player_knows() -> None:
    world = doubtful()
    world.doubt = None
    long = EPISODES[0].with_(runtime=1440)
    world.details = lambda _: _told(TitleDetails(content=SHOW, episodes=(long,)))  # type: ignore[method-assign]
    session = world.session()
    session.open_title(SHOW.id)
    await world.player.wait_for_loads(1)
    assert world.torrent is not None
    assert world.torrent.durations == [1440]
    await session.close()


async def _told(details: TitleDetails) -> TitleDetails:
    return details
