"""What is done for torrents as time passes: against a handle that writes down what it is told."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from novastream_desktop.settings import TorrentsSettings
from novastream_desktop.torrents import _host, _keeping
from novastream_desktop.torrents import _port as port
from novastream_desktop.torrents._disk import TorrentDisk
from novastream_desktop.torrents._host import SessionHost
from novastream_desktop.torrents._keeping import Keeper
from novastream_desktop.torrents._ledger import Ledger
from novastream_desktop.torrents._revival import Revival
from novastream_desktop.torrents._torrent import Torrent
from tests.torrents.test_torrent import METADATA, Bench, HeldClock


@pytest.fixture
def keeper(tmp_path: Path) -> Keeper:
    disk = TorrentDisk(tmp_path / "data", tmp_path / "cache", is_cache=True)
    ledger = Ledger.open(tmp_path / "transfers.json")
    return Keeper(disk, ledger, TorrentsSettings(), HeldClock())


@pytest.fixture
async def bench(tmp_path: Path) -> Iterator[Bench]:
    bench = Bench(tmp_path)
    yield bench
    bench.close()


def asked(bench: Bench) -> list[object]:
    return [options for name, options in bench.handle.calls if name == "ask_resume_data"]


async def test_resume_data_that_never_came_is_asked_for_again(
    bench: Bench, keeper: Keeper, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(_keeping, "_RESUME_TIMEOUT", 0.02)
    await keeper.save(bench.torrent)  # its event was lost among too many
    saving = asyncio.create_task(keeper.save(bench.torrent))
    await asyncio.sleep(0)
    bench.torrent.apply([port.ResumeData(1, b"how it stands")])
    await saving
    assert keeper.disk.load_resume(bench.torrent.info_hash) == b"how it stands"
    assert asked(bench) == [{"only_if_modified": True}, {"only_if_modified": False}]


class Draft:
    """Resume data with details."""

    metadata = METADATA


class RecordingSession:
    """Writes down what is added anew."""

    def __init__(self) -> None:
        self.added: list[object] = []

    def from_resume(self, _data: bytes) -> Draft:
        return Draft()

    def add_anew(self, handle: object, _draft: Draft, _folder: str) -> None:
        self.added.append(handle)


@pytest.mark.parametrize("removed", [False, True])
async def test_what_was_removed_meanwhile_is_not_added_anew(
    bench: Bench, keeper: Keeper, removed: bool
):
    keeper.disk.save_resume(bench.torrent.info_hash, b"how it stands")
    await bench.reader(0)
    bench.torrent.trust.lose()
    bench.clock.time += 2
    session = RecordingSession()
    looking = asyncio.create_task(
        Revival(keeper).look(session, [bench.torrent], bench.clock.time)  # type: ignore[arg-type]
    )
    await asyncio.sleep(0)
    bench.torrent.apply([port.ResumeData(1, b"how it stands")])
    if removed:
        bench.torrent.abandon()
    await looking
    assert session.added == ([] if removed else [bench.handle])


async def test_a_torrent_that_was_removed_is_not_put_to_rest(
    bench: Bench, keeper: Keeper, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(_host, "_REST_AFTER", 0.02)
    host = SessionHost(
        port.SessionOptions(listen="127.0.0.1:0"),
        keeper,
        bench.clock,
        linger=60,
        on_tick=lambda: None,
    )
    host.adopt(bench.torrent)

    async def no_save(_torrent: Torrent) -> None:
        pass

    monkeypatch.setattr(keeper, "save", no_save)
    await host.release(bench.torrent)
    await host.release(bench.torrent)  # somebody only counted its swarm
    host._forget(bench.torrent)
    await asyncio.sleep(0.06)
    assert "pause" not in bench.handle.names()
