"""The demo seeder: lazily, read-only, on a loopback address of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from novastream_desktop.torrents.demo_seeder import DemoSeeder
from tests.torrents.swarm import Fetch, MakeEngine, MakeSeeder, Payload


def _picture(folder: Path) -> dict[str, tuple[int, int]]:
    return {str(path): (path.stat().st_size, path.stat().st_mtime_ns) for path in folder.rglob("*")}


async def test_nothing_is_written_beside_the_payload(
    show: Payload, seeder: DemoSeeder, make_engine: MakeEngine, fetch: Fetch
):
    before = _picture(show.folder.parent)
    engine = make_engine(known_peers=seeder.endpoint)
    stream = await engine.open(show.magnet, episode_hint="S01E02")
    assert (await fetch(stream.url)).body == show.files["Show.S01E02.mkv"]
    await engine.close()
    seeder.close()
    assert _picture(show.folder.parent) == before


def test_another_torrent_is_not_seeded(seeder: DemoSeeder):
    assert seeder.endpoint("0" * 40) == ()
    assert seeder.endpoint("") == ()


def test_the_address_is_not_that_of_other_services(show: Payload, seeder: DemoSeeder):
    [(host, port)] = seeder.endpoint(show.info_hash)
    assert host.startswith("127.0.0.")
    assert host != "127.0.0.1"
    assert port > 0
    assert seeder.endpoint(show.info_hash) == ((host, port),)


def test_a_closed_seeder_starts_again(show: Payload, seeder: DemoSeeder):
    assert seeder.endpoint(show.info_hash)
    seeder.close()
    assert seeder.endpoint(show.info_hash)


@pytest.mark.parametrize("damage", ["missing torrent", "damaged torrent", "missing payload"])
def test_what_is_missing_is_not_seeded(damage: str, show: Payload, make_seeder: MakeSeeder):
    if damage == "missing torrent":
        show.torrent_file.unlink()
    elif damage == "damaged torrent":
        show.torrent_file.write_bytes(b"d")
    else:
        (show.folder / "Show.S01E02.mkv").rename(show.folder / "gone")
    assert make_seeder(show).endpoint(show.info_hash) == ()


async def test_a_payload_folder_may_have_another_name(
    show: Payload, make_engine: MakeEngine, fetch: Fetch, tmp_path: Path
):
    moved = show.folder.rename(tmp_path / "elsewhere")
    seeder = DemoSeeder(show.torrent_file, moved)
    engine = make_engine(known_peers=seeder.endpoint)
    stream = await engine.open(show.magnet, episode_hint="S01E02")
    assert (await fetch(stream.url)).body == show.files["Show.S01E02.mkv"]
    seeder.close()
