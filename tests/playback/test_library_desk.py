"""The library's commands over a real store: what the window sees after each."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from novastream_desktop.models import HomeSnapshot, TitleDetails, WatchProgress
from novastream_desktop.playback.library import LibraryDesk
from novastream_desktop.progress import ProgressStore, open_progress_store
from novastream_desktop.runtime import Observable
from tests.fakes import shelf
from tests.fakes.day_clock import DayClock

SHOW, FILM = shelf.content(0), shelf.content(1)


class _Program:
    def __init__(self, store: ProgressStore) -> None:
        self._store = store

    async def progress_of(self, content_id: str) -> Sequence[WatchProgress]:
        return await self._store.of_content(content_id)

    async def details(self, content_id: str) -> TitleDetails:
        return shelf.details(next(c for c in (SHOW, FILM) if c.id == content_id))


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[LibraryDesk]:
    clock = DayClock()
    store = await open_progress_store(tmp_path / "progress.sqlite3", clock=clock)
    services = cast("Any", SimpleNamespace(program=_Program(store), store=store))

    async def there() -> Any:
        return services

    async def changed() -> None:
        told.append(1)

    told: list[int] = []
    desk = LibraryDesk(there, Observable(HomeSnapshot()), clock, changed)
    yield desk
    await store.close()


def states(desk: LibraryDesk) -> dict[str, str]:
    page = desk.page.value
    assert page is not None
    return {item.content.id: item.state.value for item in page.items}


async def test_nothing_is_read_before_the_page_is_opened(desk: LibraryDesk):
    await desk.keep(FILM.id, True)
    assert desk.page.value is None
    await desk.open()
    assert states(desk) == {FILM.id: "planned"}


async def test_the_page_follows_what_is_done_and_taken_back(desk: LibraryDesk):
    await desk.open()
    kept = await desk.keep(FILM.id, True)
    seen = await desk.mark_watched(SHOW.id, "s1e1", True)
    assert states(desk) == {SHOW.id: "watching", FILM.id: "planned"}
    assert (await desk.marks(SHOW.id, "s1e1")).watched
    assert not (await desk.marks(SHOW.id)).watched
    whole = await desk.mark_watched(SHOW.id, "", True)
    assert states(desk)[SHOW.id] == "finished"
    assert (await desk.marks(SHOW.id)).watched
    await desk.put_back(whole)
    assert states(desk)[SHOW.id] == "watching"
    await desk.put_back(seen)
    await desk.put_back(kept)
    assert states(desk) == {}
    assert not (await desk.marks(FILM.id)).saved


async def test_a_line_of_the_history_goes_and_comes_back_in_its_place(desk: LibraryDesk):
    await desk.open()
    await desk.mark_watched(SHOW.id, "s1e1", True)
    await desk.mark_watched(FILM.id, "", True)
    before = desk.page.value
    change = await desk.forget(SHOW.id, "s1e1")
    assert desk.page.value is not None
    assert [h.content.id for h in desk.page.value.history] == [FILM.id]
    await desk.put_back(change)
    assert desk.page.value == before


async def test_unmarking_what_was_never_watched_changes_nothing(desk: LibraryDesk):
    await desk.open()
    change = await desk.mark_watched(FILM.id, "", False)
    assert change.progress == change.absent == ()
    assert desk.page.value is not None
    assert desk.page.value.history == ()
