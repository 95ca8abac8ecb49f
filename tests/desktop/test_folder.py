"""A folder that is opened joins those of the settings, and its titles keep their ids."""

from __future__ import annotations

from pathlib import Path

import pytest

from novastream_desktop.desktop._folder import read_folder
from novastream_desktop.errors import InvalidInput
from novastream_desktop.providers.local import LocalProvider, titles_below
from novastream_desktop.runtime import SystemClock


def put(root: Path, *names: str) -> None:
    for name in names:
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()


async def test_its_titles_are_found_and_it_is_kept(tmp_path: Path):
    put(tmp_path, "M (1931).mkv", "Tide/Tide S01E01.mkv", "Tide/Tide S01E02.mkv", "note.txt")
    found, kept = await read_folder(str(tmp_path), ("/elsewhere",))
    assert [content.title for content in found] == ["M", "Tide"]
    assert kept == ("/elsewhere", str(tmp_path))


async def test_a_folder_below_one_of_the_settings_is_not_named_twice(tmp_path: Path):
    put(tmp_path, "M (1931).mkv", "Tide/Tide S01E01.mkv")
    found, kept = await read_folder(str(tmp_path / "Tide"), (str(tmp_path),))
    assert [content.title for content in found] == ["Tide"]
    assert kept == (str(tmp_path),)
    provider = LocalProvider("local", [tmp_path], SystemClock())
    for content in found:
        assert (await provider.details(content.id)).content == content


@pytest.mark.parametrize("name", ["empty", "gone"])
async def test_a_folder_with_nothing_to_watch_is_told_and_not_kept(tmp_path: Path, name: str):
    (tmp_path / "empty").mkdir()
    with pytest.raises(InvalidInput):
        await read_folder(str(tmp_path / name), ())


def test_a_root_that_is_unplugged_hides_no_other(tmp_path: Path):
    put(tmp_path, "M (1931).mkv")
    assert len(titles_below(tmp_path, (Path("/unplugged"), tmp_path))) == 1
