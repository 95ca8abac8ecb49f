"""A folder that is opened or dropped."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from novastream_desktop.errors import InvalidInput
from novastream_desktop.ui.folders import folder_of
from tests.fakes import shelf
from tests.fakes.backend import FakeBackend
from tests.ui.driving import Shown, until

KEY = Qt.Key


@pytest.mark.parametrize("name", ["plain", "with space", "50% ü#?"])
def test_a_folder_is_told_from_what_plays(tmp_path: Path, name: str):
    folder = tmp_path / name
    folder.mkdir()
    (folder / "film.mkv").touch()
    assert folder_of(str(folder)) == str(folder)
    assert folder_of(folder.as_uri()) == str(folder)
    others = ("film.mkv", "gone")
    assert [folder_of(str(folder / other)) for other in others] == [None, None]
    for strange in ("data:image/png;base64," + "A" * 400, "~nobody-of-that-name/x"):
        assert folder_of(strange) is None
    for other in ("https://films.test/", "magnet:?xt=urn:btih:" + "a" * 40, "nova:moon", ""):
        assert folder_of(other) in {None, str(Path.cwd())}


def test_the_titles_in_a_folder_are_offered_as_a_grid(
    shown: Shown, backend: FakeBackend, tmp_path: Path
):
    backend.folders[str(tmp_path)] = (shelf.content(2), shelf.content(5), shelf.content(0))
    shown.app.playTarget(tmp_path.as_uri())
    until(lambda: shown.app.page == "search")
    until(lambda: shown.says("title") == shelf.content(2).title)
    rows = shown.app.search.rows.items
    assert all(row.note.endswith(f" in {tmp_path.name}") for row in rows)
    assert sum(row.cards.rowCount() for row in rows) == 3
    shown.press(KEY.Key_Return)
    until(lambda: shown.app.page == "title")
    shown.press(KEY.Key_Escape)
    until(lambda: shown.says("title") == shelf.content(2).title)
    shown.press(KEY.Key_Escape, KEY.Key_Escape)
    until(lambda: shown.app.page == "home")
    assert shown.warnings == []


def test_a_folder_with_one_title_opens_its_page(shown: Shown, backend: FakeBackend, tmp_path: Path):
    backend.folders[str(tmp_path)] = (shelf.content(0),)
    shown.app.playTarget(str(tmp_path))
    until(lambda: shown.app.page == "title" and shown.app.title.title == shelf.content(0).title)


def test_a_folder_without_videos_is_told(shown: Shown, backend: FakeBackend, tmp_path: Path):
    backend.failures["open_folder"] = InvalidInput("There is nothing to watch in it")
    shown.app.playTarget(str(tmp_path))
    until(lambda: shown.app.messages.banner == "There is nothing to watch in it.")
    assert shown.app.page == "home"
