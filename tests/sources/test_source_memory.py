"""What is remembered: on disk, bounded, and never in the way."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from novastream_desktop.models import HealthStatus, SourceHealth
from novastream_desktop.providers.base import WatchRequest
from novastream_desktop.sources import SourceMemory, key_of
from novastream_desktop.sources import _memory as memory_module
from novastream_desktop.sources._lifetimes import MOST, Lifetimes
from novastream_desktop.sources._points import Choice
from tests.fakes.providers import FakeClock, episode, film, mp4, series, torrent

FILM = WatchRequest(film())
ONE, TWO = mp4("https://one/v.mp4", provider="a"), mp4("https://two/v.mp4")
THIRD = WatchRequest(series(), episode(3))


async def reopened(path: Path, clock: FakeClock) -> SourceMemory:
    memory = SourceMemory(path, clock)
    await memory.ready()
    return memory


@pytest.mark.parametrize("on_disk", [True, False])
async def test_everything_comes_back(tmp_path: Path, on_disk: bool):
    clock = FakeClock()
    path = tmp_path / "sources.sqlite3" if on_disk else None
    memory = SourceMemory(path, clock)
    checked = ONE.with_(score=5.0, health=SourceHealth(status=HealthStatus.HEALTHY))
    memory.keep_answer(FILM, [checked, TWO])
    memory.note_failure(key_of(TWO), "HTTP 404 \n from two.")
    memory.note_choice("nova:a", Choice("a", "GRP", 1080, ("en",)))
    memory.note_start("one", 2.0)
    memory.note_start("one", 4.5)
    memory.note_start("one", -1.0)
    clock.advance(3 * 3600)
    if path is not None:
        await memory.close()
        assert path.stat().st_mode & 0o777 == 0o600
        memory = await reopened(path, clock)
    kept = await memory.last_answer(FILM)
    assert kept is not None
    assert kept.sources == (ONE, TWO)
    assert clock.now() - kept.at == timedelta(hours=3)
    found = memory.remembered(FILM)
    assert found.failed == {key_of(TWO): "failed 3 h ago: HTTP 404 from two"}
    assert found.choice == Choice("a", "GRP", 1080, ("en",))
    assert found.starts == {"one": 3.0}
    assert memory.remembered(THIRD).choice is None
    assert await memory.last_answer(THIRD) is None
    clock.advance(22 * 3600)
    assert memory.remembered(FILM).failed == {}
    await memory.close()


async def test_each_kind_of_row_has_its_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(memory_module, "MOST", dict.fromkeys(memory_module.MOST, 3))
    clock, path = FakeClock(), tmp_path / "s.sqlite3"
    memory = SourceMemory(path, clock)
    for at in range(6):
        clock.advance(1)
        memory.note_start(f"host {at}", 1.0)
        memory.keep_answer(WatchRequest(film(f"nova:{at}")), [ONE] * 50)
    await memory.close()
    memory = await reopened(path, clock)
    assert list(memory.remembered(FILM).starts) == ["host 3", "host 4", "host 5"]
    assert await memory.last_answer(WatchRequest(film("nova:2"))) is None
    kept = await memory.last_answer(WatchRequest(film("nova:3")))
    assert kept is not None
    assert len(kept.sources) == memory_module.MOST_SOURCES
    await memory.close()


async def test_a_damaged_file_is_set_aside(tmp_path: Path):
    path = tmp_path / "s.sqlite3"
    path.write_bytes(b"not a database, but long enough to look like one" * 100)
    memory = await reopened(path, FakeClock())
    memory.note_start("one", 1.0)
    await memory.close()
    assert (tmp_path / "s.damaged").read_bytes().startswith(b"not a database")
    memory = await reopened(path, FakeClock())
    assert memory.remembered(FILM).starts == {"one": 1.0}
    await memory.close()


async def test_a_newer_file_is_left_as_it_is(tmp_path: Path):
    path = tmp_path / "s.sqlite3"
    db = sqlite3.connect(path)
    db.execute("PRAGMA user_version=99")
    db.close()
    before = path.read_bytes()
    memory = await reopened(path, FakeClock())
    memory.note_start("one", 1.0)
    assert memory.remembered(FILM).starts == {"one": 1.0}
    await memory.close()
    assert path.read_bytes() == before


async def test_a_folder_that_cannot_be_written_is_no_failure(tmp_path: Path):
    memory = await reopened(tmp_path / "gone" / "s.sqlite3", FakeClock())
    memory.note_choice("nova:a", Choice("a"))
    assert memory.remembered(FILM).choice == Choice("a")
    assert await memory.last_answer(FILM) is None
    await memory.close()
    await memory.close()


async def test_rows_that_cannot_be_read_are_left_out(tmp_path: Path):
    path = tmp_path / "s.sqlite3"
    memory = SourceMemory(path, FakeClock())
    memory.keep_answer(FILM, [ONE])
    memory.note_choice("nova:a", Choice("a"))
    memory.note_failure(key_of(ONE), "x")
    await memory.close()
    db = sqlite3.connect(path)
    db.execute("UPDATE answers SET body='[{\"url\": 1}]'")
    db.execute("UPDATE choices SET body='[1, 2]'")
    db.execute("UPDATE failures SET body='{'")
    db.commit()
    db.close()
    memory = await reopened(path, FakeClock())
    assert await memory.last_answer(FILM) is None
    assert memory.remembered(FILM).choice is None
    assert memory.remembered(FILM).failed == {}
    await memory.close()


def test_how_long_addresses_last_is_learned_from_a_refusal():
    times = Lifetimes()
    first, second = mp4("https://one/1"), mp4("https://one/2")
    times.given([first, torrent()], 0.0)
    assert not times.ended(first, "HTTP 403", 30.0)
    assert not times.ended(first, "the connection broke off", 600.0)
    assert times.ended(first, "HTTP 403", 600.0)
    assert times.is_over(first, 600.0)
    times.given([first, second], 700.0)
    assert [times.is_over(second, at) for at in (1299.0, 1300.0)] == [False, True]
    assert not times.is_over(mp4("https://two/1"), 9999.0)
    assert not times.ended(mp4("https://never.given/1"), "HTTP 403", 600.0)
    times.given([mp4(f"https://h/{at}") for at in range(MOST + 5)], 0.0)
    assert not times.ended(second, "HTTP 410", 9000.0)
