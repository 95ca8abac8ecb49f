"""A torrent without peers whose bytes come from the web server of an archive."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from novastream_desktop.net.client import create_http_client
from novastream_desktop.runtime import SystemClock
from tests.fakes.http_server import Answer, FakeServer, media
from tests.torrents.swarm import Fetch, MakeEngine, MakePayload, Payload

ITEM = "HarbourLights1921"
FILES = {
    f"{ITEM}.mp4": 2_000_003,  # uploaded
    f"{ITEM}_512kb.mp4": 700_001,  # made of it
    f"{ITEM}.ogv": 1_400_001,
    f"{ITEM}.thumbs/{ITEM}_000001.jpg": 5_000,
    f"{ITEM}_meta.xml": 900,
    "__ia_thumb.jpg": 4_000,
}


@pytest.fixture
async def archive() -> AsyncIterator[FakeServer]:
    async with FakeServer() as server:
        yield server


@pytest.fixture
def item(payload_maker: MakePayload, archive: FakeServer) -> Payload:
    """An item's torrent as archives make it: all files, and their own server as the only seed."""
    made = payload_maker(FILES, name=ITEM, web_seed=f"{archive.url}/download/")
    for path, data in made.files.items():
        archive.route("GET", f"/download/{ITEM}/{path}", media(data))
    torrent = f"/download/{ITEM}/{ITEM}_archive.torrent"
    archive.route("GET", torrent, Answer(200, made.torrent_file.read_bytes()))
    return made


async def test_the_films_own_file_plays_though_nobody_named_its_index(
    item: Payload, archive: FakeServer, make_engine: MakeEngine, fetch: Fetch
):
    http = create_http_client(cache_dir=None, clock=SystemClock())
    engine = make_engine(http=http, allow_local=True)
    url = f"{archive.url}/download/{ITEM}/{ITEM}_archive.torrent"
    stream = await engine.open(url, episode_hint="film Harbour Lights 1921")
    assert stream.url.endswith(f"{ITEM}.mp4")
    assert (await fetch(stream.url)).body == item.files[f"{ITEM}.mp4"]
    assert (await fetch(stream.url, "1500000-1500099")).status == 206
    await stream.close()
    await http.close()
