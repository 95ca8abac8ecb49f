"""Pictures: fetched once, kept while there is room."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import pytest

from novastream_desktop.catalog import ArtStore
from novastream_desktop.errors import InvalidInput, NotFound
from tests.fakes.http import FakeHttp

URL = "https://example.org/a/p.JPG?w=300"


async def test_a_picture_is_fetched_once(tmp_path: Path):
    http = FakeHttp({URL: b"picture"})
    store = ArtStore(http, tmp_path / "art")
    path = await store.local(URL)
    assert (path.read_bytes(), path.suffix, path.parent) == (b"picture", ".jpg", tmp_path / "art")
    assert await store.local(URL) == path
    assert await ArtStore(http, tmp_path / "art").local(URL) == path
    assert len(http.asked) == 1


async def test_those_who_ask_at_once_share_one_download(tmp_path: Path):
    http = FakeHttp({URL: b"picture"}, gate=asyncio.Event())
    store = ArtStore(http, tmp_path)
    first, second = (asyncio.create_task(store.local(URL)) for _ in range(2))
    await http.called.wait()
    first.cancel()
    assert http.gate is not None
    http.gate.set()
    assert (await second).read_bytes() == b"picture"
    assert len(http.asked) == 1
    with pytest.raises(asyncio.CancelledError):
        await first


async def test_a_failure_is_told_and_tried_again(tmp_path: Path):
    store = ArtStore(FakeHttp(), tmp_path)
    for _ in range(2):
        with pytest.raises(NotFound):
            await store.local(URL)


async def test_files_pass(tmp_path: Path):
    picture = tmp_path / "a b.png"
    picture.write_bytes(b"x")
    store = ArtStore(FakeHttp(), tmp_path / "art")
    assert await store.local(picture.as_uri()) == picture
    with pytest.raises(NotFound):
        await store.local((tmp_path / "none.png").as_uri())


@pytest.mark.parametrize("url", ["", "demo/p.jpg", "data:image/png;base64,AA", "ftp://x/p.png"])
async def test_other_addresses_are_refused(tmp_path: Path, url: str):
    with pytest.raises(InvalidInput):
        await ArtStore(FakeHttp(), tmp_path).local(url)


async def test_the_least_recently_used_make_room(tmp_path: Path):
    urls = [f"https://example.org/{n}.png" for n in range(5)]
    store = ArtStore(FakeHttp(dict.fromkeys(urls, b"x" * 100)), tmp_path, room=420)
    for age, url in enumerate(urls[:4]):
        os.utime(await store.local(url), (1000 + age, 1000 + age))
    await store.local(urls[0])
    await store.local(urls[4])
    assert set(store.known(urls)) == {urls[0], urls[3], urls[4]}


async def test_known_reads_only_the_folder(tmp_path: Path):
    http = FakeHttp({URL: b"picture"})
    store = ArtStore(http, tmp_path / "art")
    assert store.known([URL]) == {}
    path = await store.local(URL)
    own = (tmp_path / "own.png").as_uri()
    assert store.known([URL, own, "https://example.org/other.png"]) == {
        URL: str(path),
        own: str(tmp_path / "own.png"),
    }
    assert len(http.asked) == 1


async def test_closing_stops_downloads(tmp_path: Path):
    http = FakeHttp({URL: b"picture"}, gate=asyncio.Event())
    store = ArtStore(http, tmp_path)
    running = asyncio.create_task(store.local(URL))
    await http.called.wait()
    await store.close()
    with pytest.raises(asyncio.CancelledError):
        await running
