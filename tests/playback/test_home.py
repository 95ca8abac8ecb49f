"""The home feed: rows and continue watching in one page, saved once it has settled."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping
from datetime import UTC, datetime

import pytest

from novastream_desktop.models import HomeSnapshot, Row, TitleDetails, WatchProgress
from novastream_desktop.playback import home as home_module
from novastream_desktop.playback._history import Remembered
from novastream_desktop.playback.home import HomeFeed
from novastream_desktop.runtime import Observable
from tests.fakes.playback_world import EPISODES, FILM, SHOW, World

ROW = Row(id="demo", title="Demo", items=(FILM.with_(poster_url="http://x/p.jpg"), SHOW))


def feed_of(world: World, saved: list[HomeSnapshot]) -> tuple[HomeFeed, Observable[HomeSnapshot]]:
    async def known(urls: Collection[str]) -> Mapping[str, str]:
        return dict.fromkeys(urls, "/art/p.jpg")

    home = Observable(HomeSnapshot())
    return (
        HomeFeed(home=home, store=world, clock=world.clock, known_art=known, save=saved.append),
        home,
    )


async def test_rows_and_their_art_are_shown_and_saved() -> None:
    saved: list[HomeSnapshot] = []
    feed, home = feed_of(World(), saved)
    await feed.set_rows((ROW,))
    assert home.value.rows == (ROW,)
    assert home.value.art == {"http://x/p.jpg": "/art/p.jpg"}
    await feed.close()
    assert [page.rows for page in saved] == [(ROW,)]


async def test_what_was_begun_is_gone_on_with_and_rubbish_is_left_out() -> None:
    world = World()
    world.remembered = {
        SHOW.id: Remembered(details=TitleDetails(content=SHOW, episodes=EPISODES)).model_dump_json(
            by_alias=True
        ),
        FILM.id: "{broken",
    }
    for content_id, episode in ((SHOW.id, "s1e2"), (FILM.id, None)):
        await world.save(
            [
                WatchProgress(
                    content_id=content_id,
                    episode_id=episode,
                    position=300,
                    duration=1400,
                    updated_at=datetime(2026, 11, 22, tzinfo=UTC),
                )
            ]
        )
    feed, home = feed_of(world, [])
    await feed.refresh_continue()
    assert [i.episode for i in home.value.continue_watching] == [EPISODES[1]]
    await feed.close()


async def test_the_page_is_written_when_it_has_settled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(home_module, "SAVE_DELAY", 0.0)
    written = asyncio.Event()
    loop = asyncio.get_running_loop()
    saved: list[HomeSnapshot] = []

    class Pages(list[HomeSnapshot]):
        def append(self, page: HomeSnapshot) -> None:
            saved.append(page)
            loop.call_soon_threadsafe(written.set)

    feed, home = feed_of(World(), Pages())
    await feed.set_rows((ROW,))
    await asyncio.wait_for(written.wait(), 5)
    assert saved == [home.value]


async def test_rows_that_come_meanwhile_do_not_undo_what_is_gone_on_with() -> None:
    gate = asyncio.Event()
    world = World()
    shown = Remembered(details=TitleDetails(content=SHOW, episodes=EPISODES))
    world.remembered = {SHOW.id: shown.model_dump_json(by_alias=True)}
    moment = datetime(2026, 11, 22, tzinfo=UTC)
    await world.save(
        [
            WatchProgress(
                content_id=SHOW.id,
                episode_id="s1e2",
                position=300,
                duration=1400,
                updated_at=moment,
            )
        ]
    )

    async def slowly(urls: Collection[str]) -> Mapping[str, str]:
        await gate.wait()
        return {}

    home = Observable(HomeSnapshot())
    feed = HomeFeed(
        home=home, store=world, clock=world.clock, known_art=slowly, save=lambda _: None
    )
    rows = asyncio.create_task(feed.set_rows((ROW,)))
    watched = asyncio.create_task(feed.refresh_continue())
    await asyncio.sleep(0)
    gate.set()
    await asyncio.gather(rows, watched)
    assert home.value.rows == (ROW,)
    assert [i.content.id for i in home.value.continue_watching] == [SHOW.id]
    await feed.close()
