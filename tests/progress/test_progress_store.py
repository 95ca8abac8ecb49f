from __future__ import annotations

import asyncio
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from novastream_desktop.errors import StoreError
from novastream_desktop.models import WatchProgress
from novastream_desktop.progress import OpenedProgressStore, open_progress_store

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def entry(content_id: str = "nova:a", episode_id: str | None = None, second: int = 0):
    return WatchProgress(
        content_id=content_id,
        episode_id=episode_id,
        position=float(abs(second)),
        duration=5400.0,
        updated_at=NOON + timedelta(seconds=second),
        device_id="here",
    )


async def test_what_is_saved_comes_back_after_reopening(store: OpenedProgressStore, path: Path):
    film, part = entry(second=5), entry("nova:b", "s1e2", 7)
    assert await store.save([film, part]) == (film, part)
    await store.close()
    again = await open_progress_store(path)
    assert await again.get("nova:a") == film
    assert await again.get("nova:b", "s1e2") == part
    assert await again.get("nova:b") is None
    assert again.problems == ()
    await again.close()


async def test_older_never_overwrites_newer(store: OpenedProgressStore):
    newer, older = entry(second=60), entry(second=10)
    await store.save([newer])
    assert await store.save([older]) == (newer,)
    assert await store.get("nova:a") == newer


async def test_a_batch_with_the_same_key_keeps_the_newest(store: OpenedProgressStore):
    await store.save([entry(second=10), entry(second=30), entry(second=20)])
    assert await store.recent() == (entry(second=30),)


async def test_a_long_show_does_not_crowd_others_out(store: OpenedProgressStore):
    long = [entry("nova:long", f"e{n}", second=100 + n) for n in range(400)]
    await store.save([entry("nova:a", second=1), entry("nova:b", second=2), *long])
    found = await store.latest_titles(2, each=3)
    assert found == [*reversed(long[-3:]), entry("nova:b", second=2)]
    assert {e.content_id for e in await store.latest_titles(60)} == {
        "nova:a",
        "nova:b",
        "nova:long",
    }


async def test_lists_are_ordered_by_time(store: OpenedProgressStore):
    items = [entry(f"nova:{name}", second=number) for number, name in enumerate("abcd")]
    await store.save(reversed(items))
    assert await store.recent() == tuple(reversed(items))
    assert await store.recent(2) == (items[3], items[2])
    assert await store.recent(0) == ()
    assert await store.since(items[1].updated_at) == (items[2], items[3])
    assert await store.since(items[1].updated_at.replace(tzinfo=None)) == (items[2], items[3])


async def test_of_content_lists_only_that_title(store: OpenedProgressStore):
    await store.save([entry("nova:a", "s1e1"), entry("nova:a", "s1e2"), entry("nova:ab")])
    found = await store.of_content("nova:a")
    assert {item.episode_id for item in found} == {"s1e1", "s1e2"}


async def test_nothing_to_save_is_no_transaction(store: OpenedProgressStore):
    assert await store.save([]) == ()
    assert await store.recent() == ()


async def test_facts_of_a_title_are_kept(store: OpenedProgressStore, path: Path):
    await store.remember_content('{"id": "nova:a", "title": "Ä"}', "nova:a")
    await store.remember_content('{"id": "nova:a", "title": "B"}', "nova:a")
    assert await store.remembered_content("nova:a") == '{"id": "nova:a", "title": "B"}'
    assert await store.remembered_content("nova:other") is None
    assert await store.recent() == ()


async def test_two_stores_on_one_file_see_each_other(store: OpenedProgressStore, path: Path):
    other = await open_progress_store(path)
    await asyncio.gather(
        *(store.save([entry(f"nova:x{n}", second=n)]) for n in range(20)),
        *(other.save([entry(f"nova:y{n}", second=n)]) for n in range(20)),
    )
    await other.save([entry("nova:x1", second=500)])
    assert await store.save([entry("nova:x1", second=400)]) == (entry("nova:x1", second=500),)
    assert len(await store.recent()) == len(await other.recent()) == 40
    await other.close()


async def test_a_cancelled_heartbeat_does_not_harm_the_next(store: OpenedProgressStore):
    task = asyncio.create_task(store.save([entry(second=1)]))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await store.save([entry(second=2)]) == (entry(second=2),)


async def test_a_closed_store_says_so(store: OpenedProgressStore):
    await store.close()
    await store.close()
    with pytest.raises(StoreError, match="closed"):
        await store.save([entry()])


async def test_a_file_that_cannot_be_written_is_a_sentence(tmp_path: Path):
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(StoreError, match="cannot be opened"):
        await open_progress_store(tmp_path / "file" / "progress.sqlite3")
    (tmp_path / "folder.sqlite3").mkdir()
    with pytest.raises(StoreError, match="cannot be used"):
        await open_progress_store(tmp_path / "folder.sqlite3")


async def test_a_full_disk_loses_nothing_that_was_there(store: OpenedProgressStore, path: Path):
    await store.save([entry(second=1)])
    pages = store._file._connection  # type: ignore[attr-defined]

    def fill() -> None:
        count = pages.execute("PRAGMA page_count").fetchone()[0]
        pages.execute(f"PRAGMA max_page_count={count}")

    await store._run(fill)  # type: ignore[attr-defined]
    flood = [entry(f"nova:{number}" + "x" * 500, second=9) for number in range(200)]
    with pytest.raises(StoreError, match="Free some space"):
        await store.save([entry(second=5), *flood])
    assert await store.recent() == (entry(second=1),)
    assert await store.save([entry(second=6)]) == (entry(second=6),)


async def test_an_unreadable_entry_does_not_spoil_the_others(
    store: OpenedProgressStore, path: Path
):
    await store.save([entry("nova:a"), entry("nova:b"), entry("nova:c")])
    with sqlite3.connect(path) as raw:
        raw.execute("UPDATE documents SET body='{' WHERE title='nova:a'")
        raw.execute("UPDATE documents SET body='{\"contentId\": 3}' WHERE title='nova:b'")
    raw.close()
    assert await store.recent() == (entry("nova:c"),)
    assert await store.save([entry("nova:a"), entry("nova:b")])
    assert len(await store.recent()) == 3


moments = st.datetimes(
    min_value=datetime(1971, 1, 1),  # noqa: DTZ001
    max_value=datetime(2200, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
entries = st.builds(
    WatchProgress,
    content_id=st.text(max_size=12),
    episode_id=st.none() | st.sampled_from(["", "s1e1", "ep\n2"]),
    position=st.floats(0, 1e6),
    duration=st.floats(0, 1e6),
    updated_at=moments,
    finished=st.booleans(),
    device_id=st.text(max_size=5),
)


@given(st.lists(st.lists(entries, max_size=5), max_size=5))
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_order_of_heartbeats_ends_with_the_newest_of_each(
    tmp_path_factory: pytest.TempPathFactory, batches: list[list[WatchProgress]]
):
    async def check() -> None:
        opened = await open_progress_store(tmp_path_factory.mktemp("any") / "p.sqlite3")
        newest: dict[tuple[str, str], WatchProgress] = {}
        for batch in batches:
            for item in batch:
                if item.key not in newest or item.updated_at >= newest[item.key].updated_at:
                    newest[item.key] = item
            await opened.save(batch)
        found = await opened.recent()
        await opened.close()
        assert {item.key: (item.position, item.updated_at) for item in found} == {
            key: (item.position, item.updated_at) for key, item in newest.items()
        }
        assert list(found) == sorted(found, key=lambda item: item.updated_at, reverse=True)

    asyncio.run(check())
