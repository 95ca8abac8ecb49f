"""An anime and its sequels: one watch order, kept under each entry, told once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from novastream_desktop.models import (
    Content,
    ContentType,
    Episode,
    HomeSnapshot,
    TitleDetails,
    WatchProgress,
)
from novastream_desktop.playback._history import Remembered
from novastream_desktop.playback._shadows import without_shadows
from novastream_desktop.playback.anime import AnimePlaybackService
from novastream_desktop.playback.answering import Answering
from novastream_desktop.playback.library import LibraryDesk
from novastream_desktop.playback.plan import continue_items
from novastream_desktop.playback.program import Program
from novastream_desktop.progress import OpenedProgressStore, open_progress_store
from novastream_desktop.runtime import Observable
from tests.fakes.day_clock import DayClock

NOW = datetime(2026, 3, 1, tzinfo=UTC)
FIRST = Content(id="anilist:1", title="Tide", type=ContentType.ANIME, mal_id=11)
SEQUEL = Content(id="anilist:2", title="Tide 2", type=ContentType.ANIME, mal_id=12)


def parts(of: Content, season: int, count: int) -> tuple[Episode, ...]:
    return tuple(
        Episode(
            id=f"{of.id}:{n}",
            content_id=of.id,
            season=season,
            episode_number=n,
            absolute_number=(season - 1) * 2 + n,
            mal_id=of.mal_id,
            mal_episode=n,
        )
        for n in range(1, count + 1)
    )


WHOLE = TitleDetails(content=FIRST, episodes=(*parts(FIRST, 1, 2), *parts(SEQUEL, 2, 2)))
ALONE = TitleDetails(content=SEQUEL, episodes=parts(SEQUEL, 1, 2))


def seen(content: Content, part: str, minutes: int = 0, *, finished: bool = True) -> WatchProgress:
    return WatchProgress(
        content_id=content.id,
        episode_id=part,
        position=0 if finished else 300,
        duration=1400,
        updated_at=NOW + timedelta(minutes=minutes),
        finished=finished,
    )


class _Catalog:
    async def details(self, content_id: str) -> TitleDetails:
        return {FIRST.id: WHOLE, SEQUEL.id: ALONE}[content_id]

    async def close(self) -> None:
        """Nothing to close."""


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[OpenedProgressStore]:
    store = await open_progress_store(tmp_path / "progress.sqlite3", clock=DayClock())
    yield store
    await store.close()


def program_over(store: OpenedProgressStore) -> Program:
    nothing = cast("Any", None)
    service = AnimePlaybackService(
        sources=nothing, subtitles=nothing, skips=cast("Any", object()), progress=store
    )
    services = dict.fromkeys(ContentType, service)
    answering = Answering(cast("Any", _Catalog()), nothing, nothing, services)
    return Program(answering, store=store, torrents=nothing, clock=DayClock())


async def test_what_was_watched_under_the_sequel_s_own_entry_counts_in_the_whole(
    store: OpenedProgressStore,
):
    program = program_over(store)
    await store.save([seen(FIRST, f"anilist:1:{n}", n) for n in (1, 2)])
    await store.save([seen(SEQUEL, "anilist:2:1", 5)])
    details, episode = await program.find(FIRST.id, season=None, number=None)
    assert (details, episode) == (WHOLE, WHOLE.episodes[3])
    assert {p.episode_id for p in await program.progress_of(FIRST.id)} == {
        "anilist:1:1",
        "anilist:1:2",
        "anilist:2:1",
    }
    assert [p.episode_id for p in await program.progress_of(SEQUEL.id)] == ["anilist:2:1"]
    service = program.services[ContentType.ANIME]
    assert await service._progress_of(WHOLE, WHOLE.episodes[2]) == seen(SEQUEL, "anilist:2:1", 5)


def desk_over(store: OpenedProgressStore) -> LibraryDesk:
    services = cast("Any", SimpleNamespace(program=program_over(store), store=store))

    async def there() -> Any:
        return services

    async def changed() -> None:
        """Nobody looks."""

    return LibraryDesk(there, Observable(HomeSnapshot()), DayClock(), changed)


async def test_marking_an_episode_marks_it_in_both_and_forgetting_forgets_both(
    store: OpenedProgressStore,
):
    desk = desk_over(store)
    await desk.open()
    await desk.mark_watched(FIRST.id, "anilist:2:1", True)
    for entry in (FIRST, SEQUEL):
        kept = await store.get(entry.id, "anilist:2:1")
        assert kept is not None
        assert kept.finished
    page = desk.page.value
    assert page is not None
    assert [line.content.title for line in page.history] == ["Tide"]  # one line for both
    assert [item.content.id for item in page.items] == [FIRST.id]
    change = await desk.forget(FIRST.id, "anilist:2:1")
    assert await store.recent() == ()
    await desk.put_back(change)
    assert len(await store.recent()) == 2


def test_one_line_speaks_for_both_entries():
    both = [seen(FIRST, "anilist:2:1"), seen(SEQUEL, "anilist:2:1")]
    assert without_shadows(both, {FIRST.id: WHOLE}) == (both[0],)
    assert without_shadows(both[1:], {FIRST.id: WHOLE}) == (both[1],)
    assert without_shadows(both, {}) == tuple(both)


def test_continue_watching_names_an_episode_once():
    entries = [seen(SEQUEL, "anilist:2:1", finished=False), seen(FIRST, "anilist:2:1", 0)]
    entries[1] = entries[1].with_(finished=False, position=300)
    titles = {FIRST.id: WHOLE, SEQUEL.id: ALONE}
    [item] = continue_items(entries, titles)
    assert (item.content.id, item.episode.id if item.episode else None) == (
        SEQUEL.id,
        "anilist:2:1",
    )


def test_what_is_remembered_can_be_read():
    text = Remembered(details=WHOLE).model_dump_json(by_alias=True, exclude_none=True)
    assert Remembered.model_validate_json(text).details == WHOLE
