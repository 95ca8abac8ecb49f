from __future__ import annotations

from pathlib import Path

import pytest

from novastream_desktop.errors import StoreError
from novastream_desktop.models import WatchProgress
from novastream_desktop.progress import OpenedProgressStore, open_progress_store
from tests.fakes import shelf
from tests.fakes.day_clock import DayClock

FILM, SHOW = shelf.content(1), shelf.content(0)


def entry(episode: str | None = "s1e1", position: float = 10.0, **changes: object) -> WatchProgress:
    return shelf.watched(SHOW, episode, position, **changes)


async def test_titles_are_added_once_and_taken_out(store: OpenedProgressStore, path: Path):
    library = store.library
    await library.add(FILM)
    assert (await library.add(FILM)).unsaved == ()
    await library.add(SHOW)
    assert {kept.content.id for kept in await library.saved()} == {FILM.id, SHOW.id}
    await library.take_out(SHOW.id)
    assert not await library.has(SHOW.id)
    await store.close()
    again = await open_progress_store(path)
    assert [kept.content for kept in await again.library.saved()] == [FILM]
    await again.close()


async def test_every_change_can_be_taken_back(store: OpenedProgressStore):
    library = store.library
    old = entry(updated_at=shelf.NOW)
    await store.save([old])
    added = await library.add(FILM)
    marked = await library.mark(
        [entry(position=0.0, finished=True), entry("s1e2", 0.0, finished=True)]
    )
    aside = await library.put_aside(SHOW.id)
    forgotten = await library.forget([(SHOW.id, "s1e2"), (SHOW.id, "never")])
    assert await store.get(SHOW.id, "s1e2") is None
    for change in (forgotten, aside, marked, added):
        await library.put_back(change)
    assert await store.of_content(SHOW.id) == (old,)
    assert await library.saved() == ()
    assert await library.aside() == {}


async def test_a_title_that_was_taken_out_comes_back_with_its_date(store: OpenedProgressStore):
    await store.library.add(FILM)
    before = await store.library.saved()
    await store.library.put_back(await store.library.take_out(FILM.id))
    assert await store.library.saved() == before


async def test_marking_writes_over_newer(store: OpenedProgressStore):
    await store.save([entry(position=900.0)])
    await store.library.mark([entry(position=0.0, updated_at=shelf.NOW.replace(year=2020))])
    kept = await store.get(SHOW.id, "s1e1")
    assert kept is not None
    assert kept.position == 0.0


async def test_searches_are_kept_newest_first_once_each_and_not_for_ever(
    store: OpenedProgressStore, clock: DayClock
):
    for number in range(30):
        clock.next_day()
        await store.library.remember_search(f"Query {number}")
    clock.next_day()
    await store.library.remember_search("query 20")
    kept = await store.library.searches()
    assert len(kept) == 20
    assert kept[:2] == ("query 20", "Query 29")
    await store.library.forget_searches()
    assert await store.library.searches() == ()


async def test_a_closed_store_takes_nothing_more(store: OpenedProgressStore):
    await store.close()
    with pytest.raises(StoreError):
        await store.library.add(FILM)
