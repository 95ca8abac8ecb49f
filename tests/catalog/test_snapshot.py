"""The home page on disk."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from novastream_desktop.catalog import load_snapshot, save_snapshot
from novastream_desktop.catalog.snapshot import FIRST_HOME
from novastream_desktop.errors import StoreError
from novastream_desktop.models import ContinueItem, HomeSnapshot
from tests.fakes.providers import episode, film, row

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def resources(tmp_path: Path) -> Path:
    folder = tmp_path / "my files" / "resources"
    (folder / "catalog").mkdir(parents=True)
    (folder / FIRST_HOME).write_text(
        json.dumps({"rows": [{"id": "demo", "title": "Demo", "items": [FIRST]}]})
    )
    return folder


FIRST = {"id": "nova:d", "title": "D", "type": "movie", "posterUrl": "demo/art/d.jpg"}


def test_what_is_saved_is_loaded(tmp_path: Path, resources: Path):
    url = "https://example.org/p.jpg"
    page = HomeSnapshot(
        continue_watching=(ContinueItem(content=film(), episode=episode()),),
        rows=(row("x", film(poster_url=url)),),
        art={url: "/art/p.jpg"},
    )
    save_snapshot(tmp_path / "deep" / "home.json", page)
    assert load_snapshot(tmp_path / "deep" / "home.json", resources) == page
    assert [f.name for f in (tmp_path / "deep").iterdir()] == ["home.json"]


@pytest.mark.parametrize(
    "content", [None, b"", b"{", b"[1]", b'{"rows": 5}', b"\xff\xfe", b"[" * 100_000]
)
def test_a_bad_file_gives_the_page_of_the_first_start(tmp_path: Path, resources: Any, content: Any):
    file = tmp_path / "home.json"
    if content is not None:
        file.write_bytes(content)
    page = load_snapshot(file, resources)
    poster = resources / "demo" / "art" / "d.jpg"
    assert page.rows[0].items[0].poster_url == poster.as_uri()
    assert page.art == {poster.as_uri(): str(poster)}


def test_what_failed_the_last_time_is_not_told_today(tmp_path: Path, resources: Path):
    old = row("x", film()).with_(problem="No answer.", stale=True)
    told = row("problem-tmdb").with_(problem="No answer.")
    save_snapshot(tmp_path / "home.json", HomeSnapshot(rows=(old, told)))
    page = load_snapshot(tmp_path / "home.json", resources)
    assert page.rows == (old.with_(problem=None),)


def test_without_resources_the_page_is_empty(tmp_path: Path):
    assert load_snapshot(tmp_path / "home.json", tmp_path) == HomeSnapshot()


def test_bundled_art_follows_the_program_to_another_folder(tmp_path: Path, resources: Path):
    old = "file:///tmp/.mount_old/usr/resources/demo/art/d%20d.jpg"
    own = "file:///home/me/pictures/d.jpg"
    page = HomeSnapshot(rows=(row("x", film(poster_url=old, backdrop_url=own)),))
    save_snapshot(tmp_path / "home.json", page)
    item = load_snapshot(tmp_path / "home.json", resources).rows[0].items[0]
    assert item.poster_url == (resources / "demo" / "art" / "d d.jpg").as_uri()
    assert item.backdrop_url == own


def test_a_folder_that_cannot_be_written_is_said_so(tmp_path: Path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="The home page could not be kept"):
        save_snapshot(tmp_path / "file" / "home.json", HomeSnapshot())


def test_loading_it_imports_nothing_heavy():
    code = (
        "import sys, novastream_desktop.catalog.snapshot;"
        "print([m for m in ('httpx', 'tinydb', 'pysubs2', 'langcodes', 'libtorrent', 'mpv',"
        " 'fastapi', 'PySide6', 'urllib.request') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
