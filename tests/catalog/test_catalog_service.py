"""Rows, titles and search, while providers answer, fail or hang."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from novastream_desktop.catalog import CatalogService, save_snapshot
from novastream_desktop.errors import NotFound, ProviderUnavailable
from novastream_desktop.models import Content, HomeSnapshot, Row, TitleDetails
from novastream_desktop.runtime import Observable
from tests.fakes.http import FakeHttp
from tests.fakes.providers import (
    FakeClock,
    FakeDetails,
    FakeRows,
    FakeSearch,
    episode,
    film,
    row,
    series,
)

DOWN = ProviderUnavailable("tmdb did not answer", why="no connection", hint="Try again")
Make = Callable[..., CatalogService]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    def build(*providers: object, **more: float) -> CatalogService:
        return CatalogService(
            providers=providers,
            http=FakeHttp(),
            clock=FakeClock(),
            snapshot_file=tmp_path / "home.json",
            art_dir=tmp_path / "art",
            resources=tmp_path,
            **more,  # type: ignore[arg-type]
        )

    return build


def by_id(service: CatalogService) -> dict[str, Row]:
    return {r.id: r for r in service.rows.value}


async def test_rows_fill_as_answers_come(make: Make):
    slow = FakeRows("tmdb", [row("trending-movies", film("tmdb:movie:1"))])
    slow.how.gate = asyncio.Event()
    service = make(slow, FakeRows("mirrors", [row("demo", film("nova:d"))]))
    seen: asyncio.Queue[list[str]] = asyncio.Queue()
    service.rows.watch(lambda rows: seen.put_nowait([r.id for r in rows]), now=False)
    running = asyncio.create_task(service.refresh())
    assert await seen.get() == ["trending", "demo"]
    assert not running.done()
    slow.how.gate.set()
    await running
    assert await seen.get() == ["trending", "trending-movies", "demo"]
    assert by_id(service)["demo"].origin == "mirrors"
    assert by_id(service)["demo"].fetched_at is not None


async def test_a_failed_provider_leaves_its_last_good_rows(make: Make):
    tmdb = FakeRows("tmdb", [row("trending-movies", film("tmdb:movie:1"))])
    service = make(tmdb, FakeRows("mirrors", [row("demo", film("nova:d"))]))
    await service.refresh()
    good = by_id(service)["trending-movies"]
    tmdb.how.error = DOWN
    await service.refresh()
    old = by_id(service)["trending-movies"]
    assert old.items == good.items
    assert (old.stale, old.fetched_at) == (True, good.fetched_at)
    assert old.problem == "tmdb did not answer: no connection. Try again."
    assert not by_id(service)["demo"].stale
    assert by_id(service)["trending"].stale
    tmdb.how.error = None
    await service.refresh(["trending-movies"])
    assert by_id(service)["trending-movies"].problem is None
    assert not by_id(service)["trending-movies"].stale


async def test_a_provider_that_never_answered_says_so_in_its_place(make: Make):
    tmdb = FakeRows("tmdb")
    tmdb.how.error = KeyError("results")
    service = make(tmdb, FakeRows("mirrors", [row("demo", film("nova:d"))]))
    await service.refresh()
    told = by_id(service)["problem-tmdb"]
    assert told.items == ()
    assert told.problem
    assert service.rows.value[0].id == "trending"
    tmdb.how.error, tmdb.answer = None, [row("trending-movies", film("tmdb:movie:1"))]
    await service.refresh(["problem-tmdb"])
    assert "problem-tmdb" not in by_id(service)
    assert "trending-movies" in by_id(service)


async def test_a_hung_provider_ends_by_its_time_limit(make: Make):
    hung = FakeRows("hung")
    hung.how.gate = asyncio.Event()
    service = make(hung, timeout=0.01)
    await service.refresh()
    assert "within 0.01 s" in (by_id(service)["problem-hung"].problem or "")


async def test_rows_of_an_earlier_run_stay_until_today_answers(make: Make, tmp_path: Path):
    earlier = [
        row("trending-movies", film("tmdb:movie:9")).with_(origin="tmdb"),
        row("gone", film("x:1")).with_(origin="old"),
    ]
    save_snapshot(tmp_path / "home.json", HomeSnapshot(rows=tuple(earlier)))
    tmdb = FakeRows("tmdb")
    tmdb.how.error = DOWN
    service = make(tmdb)
    await service.refresh()
    assert by_id(service)["trending-movies"].stale
    assert by_id(service)["trending-movies"].problem
    assert "gone" in by_id(service)
    tmdb.how.error, tmdb.answer = None, [row("trending-series", film("tmdb:tv:1"))]
    await service.refresh()
    assert [r.id for r in service.rows.value] == ["trending", "trending-series"]


async def test_one_mirror_that_fails_does_not_mark_the_rows_of_another(make: Make, tmp_path: Path):
    kept = row("mirror-a", film("mirror:a:1")).with_(origin="mirrors")
    save_snapshot(tmp_path / "home.json", HomeSnapshot(rows=(kept,)))
    bad, good = FakeRows("mirrors"), FakeRows("mirrors", [row("mirror-a", film("mirror:a:1"))])
    bad.how.error, good.how.gate = DOWN, asyncio.Event()
    service = make(bad, good)
    running = asyncio.create_task(service.refresh())
    good.how.gate.set()
    await running
    assert by_id(service)["mirror-a"].problem is None
    assert not by_id(service)["mirror-a"].stale


async def test_asking_for_a_row_asks_only_its_provider(make: Make):
    one = FakeRows("one", [row("a", film("nova:1"))])
    two = FakeRows("two", [row("b", film("nova:2"))])
    service = make(one, two)
    await service.refresh()
    await service.refresh(["b"])
    assert (one.how.calls, two.how.calls) == (1, 2)
    await service.refresh(["unknown"])
    assert (one.how.calls, two.how.calls) == (2, 3)


async def test_two_refreshes_at_once_ask_once(make: Make):
    one = FakeRows("one", [row("a", film("nova:1"))])
    one.how.gate = asyncio.Event()
    service = make(one)
    first = asyncio.create_task(service.refresh())
    await one.how.called.wait()
    second = asyncio.create_task(service.refresh())
    asyncio.get_running_loop().call_later(0, one.how.gate.set)
    await asyncio.gather(first, second)
    assert one.how.calls == 1


async def test_without_any_provider_the_page_of_the_first_start_stays(make: Make, tmp_path: Path):
    (tmp_path / "catalog").mkdir()
    page = HomeSnapshot(rows=(row("demo", film("nova:d")),))
    save_snapshot(tmp_path / "catalog" / "first_home.json", page)
    service = make()
    await service.refresh()
    assert "demo" in by_id(service)


async def test_closing_stops_what_is_asked(make: Make):
    hung = FakeRows("hung")
    hung.how.gate = asyncio.Event()
    service = make(hung)
    running = asyncio.create_task(service.refresh())
    await hung.how.called.wait()
    await service.close()
    await running
    assert service.rows.value == ()


async def test_the_page_is_kept_with_what_is_on_disk_of_its_art(make: Make, tmp_path: Path):
    url = (tmp_path / "p.jpg").as_uri()
    service = make(FakeRows("m", [row("demo", film("nova:d", poster_url=url))]))
    await service.refresh()
    page = await service.keep()
    assert page.art == {url: str(tmp_path / "p.jpg")}
    again = make()
    await again.refresh()
    assert again.rows.value[-1].items == page.rows[-1].items


PAPER = TitleDetails(content=series("nova:s", "Paper"), episodes=(episode(1), episode(2)))


async def test_details_come_from_the_provider_that_knows_the_id(make: Make):
    other = FakeDetails("other", "tmdb:")
    service = make(other, FakeDetails("demo", "nova:", {"nova:s": PAPER}))
    assert await service.details("nova:s") == PAPER
    assert other.how.calls == 0


async def test_details_fall_back_to_an_alias(make: Make):
    demo = FakeDetails("demo", "nova:")
    demo.how.error = DOWN
    theirs = TitleDetails(content=series("peertube:h:1", "Paper"), episodes=(episode(1),))
    tube = FakeDetails("tube", "peertube:", {"peertube:h:1": theirs})
    rows = FakeRows("m", [row("demo", series("nova:s", aliases=("peertube:h:1",)))])
    service = make(demo, tube, rows)
    await service.refresh()
    found = await service.details("nova:s")
    assert (found.content.id, found.content.aliases) == ("nova:s", ("peertube:h:1",))
    assert {e.content_id for e in found.episodes} == {"nova:s"}


async def test_details_fall_back_to_the_copy_on_disk(make: Make):
    demo = FakeDetails("demo", "nova:", {"nova:s": PAPER})
    await make(demo).details("nova:s")
    demo.how.error = DOWN
    assert await make(demo).details("nova:s") == PAPER


async def test_a_film_falls_back_to_what_its_row_said(make: Make):
    demo = FakeDetails("demo", "nova:")
    demo.how.error = DOWN
    service = make(demo, FakeRows("m", [row("demo", film("nova:f"), series("nova:s"))]))
    await service.refresh()
    assert (await service.details("nova:f")).content == film("nova:f")
    with pytest.raises(ProviderUnavailable):
        await service.details("nova:s")


async def test_a_title_that_nobody_knows_is_said_so(make: Make):
    with pytest.raises(NotFound, match="There is no title nova:x: no catalogue"):
        await make(FakeDetails("tmdb", "tmdb:")).details("nova:x")
    with pytest.raises(NotFound, match="demo has no nova:x"):
        await make(FakeDetails("demo", "nova:")).details("nova:x")


async def test_search_merges_and_puts_the_best_match_first(make: Make):
    one = FakeSearch("one", [film("a", "A Paper Boat"), film("b", "Paperwork"), film("z", "Zoo")])
    two = FakeSearch("two", [film("c", "Páper!", tmdb_id=1), film("tmdb:movie:1", "Paper")])
    bad = FakeSearch("bad")
    bad.how.error = DOWN
    found = await make(one, two, bad).search(" paper ")
    assert [c.id for c in found] == ["c", "b", "a", "z"]
    assert found[0].aliases == ("tmdb:movie:1",)


async def test_search_fails_only_if_nothing_was_found_and_somebody_failed(make: Make):
    bad = FakeSearch("bad")
    bad.how.error = DOWN
    with pytest.raises(ProviderUnavailable):
        await make(bad).search("paper")
    assert await make(bad).search("  ") == ()
    with pytest.raises(ProviderUnavailable, match="tmdb did not answer"):
        await make(FakeSearch("empty"), bad).search("paper")
    assert await make(bad, FakeSearch("a", [film("a", "Paper")])).search("paper")
    lost = FakeSearch("lost")
    lost.how.error = NotFound("nothing there")
    assert await make(lost, FakeSearch("empty")).search("paper") == ()
    assert await make().search("paper") == ()


async def test_a_row_that_only_tells_a_problem_keeps_its_last_items(make: Make):
    tmdb = FakeRows("tmdb", [row("films", film("tmdb:movie:1")), row("series", film("nova:s"))])
    service = make(tmdb)
    await service.refresh()
    good = by_id(service)["films"]
    tmdb.answer = [Row(id="films", title="Films", problem="Not today."), tmdb.answer[1]]
    await service.refresh()
    old = by_id(service)["films"]
    assert (old.items, old.fetched_at) == (good.items, good.fetched_at)
    assert (old.stale, old.problem) == (True, "Not today.")
    assert not by_id(service)["series"].stale
    tmdb.answer = [row("films", film("tmdb:movie:2")), tmdb.answer[1]]
    await service.refresh()
    assert not by_id(service)["films"].stale
    assert by_id(service)["films"].items != good.items


async def test_a_row_that_never_had_items_tells_its_problem(make: Make):
    service = make(FakeRows("tmdb", [Row(id="films", title="Films", problem="Not today.")]))
    await service.refresh()
    told = by_id(service)["films"]
    assert (told.items, told.stale, told.problem) == ((), False, "Not today.")


async def test_search_tells_what_was_found_while_others_are_still_asked(make: Make):
    slow = FakeSearch("slow", [film("a", "Paper"), film("b", "Papers")])
    slow.how.gate = asyncio.Event()
    into: Observable[tuple[Content, ...]] = Observable(())
    told: asyncio.Queue[list[str]] = asyncio.Queue()
    into.watch(lambda found: told.put_nowait([c.id for c in found]), now=False)
    quick = FakeSearch("quick", [film("c", "Paper Boats")])
    running = asyncio.create_task(make(slow, quick).search("paper", into))
    assert await told.get() == ["c"]
    assert not running.done()
    slow.how.gate.set()
    assert [c.id for c in await running] == ["a", "c", "b"]
    assert await told.get() == ["a", "c", "b"]
    assert told.empty()
