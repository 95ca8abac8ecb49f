"""The page that is painted first: kept, read back, and replaced without moving anything."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, Qt

from novastream_desktop.models import HomeSnapshot
from novastream_desktop.paths import resources_dir
from novastream_desktop.settings import InterfaceSettings, Theme
from novastream_desktop.ui.app_viewmodel import AppViewModel
from novastream_desktop.ui.home.painted import (
    FIRST_PAINTED,
    LARGEST,
    PaintedPage,
    keep_painted,
    load_painted,
    page_from,
    painted_page,
    text_of,
)
from novastream_desktop.ui.home.shown import CardItem, HomeProps, Look, RowProps
from novastream_desktop.ui.tasks import Tasks
from tests.fakes import shelf
from tests.fakes.backend import FakeBackend
from tests.ui.driving import Shown, until

RESOURCES = resources_dir()
TEXTS = st.text(max_size=3)
FRACTIONS = st.floats(0, 1)
PICTURES = st.sampled_from(
    ("", "file:///elsewhere/a%20b.jpg", f"{RESOURCES.as_uri()}/demo/art/lantern-bay-poster.jpg")
)
CARDS = st.builds(
    CardItem, *[TEXTS] * 5, art=PICTURES, art_url=PICTURES, progress=FRACTIONS, spoken=TEXTS
)
ROWS = st.builds(
    RowProps,
    *[TEXTS] * 2,
    st.booleans(),
    *[TEXTS] * 2,
    st.booleans(),
    st.lists(CARDS, max_size=2).map(tuple),
)
HOMES = st.builds(HomeProps, hero_title=TEXTS, hero_art=PICTURES, hero_progress=FRACTIONS)
PAGES = st.builds(
    PaintedPage,
    st.builds(Look, st.booleans(), st.booleans()),
    HOMES,
    st.lists(ROWS, max_size=2).map(tuple),
)
FULL = painted_page(shelf.full_home(), InterfaceSettings(), shelf.NOW)
"""The page of a full shelf."""


@settings(max_examples=50)
@given(PAGES)
def test_what_is_kept_is_read_back(page: PaintedPage):
    assert page_from(text_of(page, RESOURCES), RESOURCES) == page


def test_the_program_may_move_between_two_starts(tmp_path: Path):
    here = RESOURCES.as_uri()
    page = PaintedPage(home=HomeProps(hero_art=f"{here}/demo/x.jpg", hero_art_url="https://x/y"))
    text = text_of(page, RESOURCES)
    assert here.encode() not in text
    moved = page_from(text, tmp_path)
    assert moved.home.hero_art == f"{tmp_path.as_uri()}/demo/x.jpg"
    assert moved.home.hero_art_url == "https://x/y"


def _changed(**changes: object) -> bytes:
    return json.dumps({**json.loads(text_of(FULL, RESOURCES)), **changes}).encode()


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"null",
        b"{}",
        b"[" * 100_000,
        text_of(FULL, RESOURCES)[:-20],
        _changed(version=2),
        _changed(look={"dark": "yes", "reduced_motion": False}),
        _changed(look={"dark": True}),
        _changed(home={**FULL.home._asdict(), "colour": "red"}),
        _changed(home={**FULL.home._asdict(), "hero_art": "https://pictures.test/b0.jpg"}),
        _changed(home={**FULL.home._asdict(), "hero_art": 3}),
        _changed(rows=[{"id": "r"}]),
        _changed(rows=[{**FULL.rows[0]._asdict(), "cards": [None]}]),
        _changed(padding="x" * LARGEST),
    ],
)
def test_what_cannot_be_read_is_as_good_as_none(tmp_path: Path, text: bytes):
    file = tmp_path / "painted.json"
    file.write_bytes(text)
    assert load_painted(file, RESOURCES) == load_painted(tmp_path / "none", RESOURCES)
    assert load_painted(file, tmp_path) == PaintedPage()


def test_the_first_page_of_all_shows_what_ships(tmp_path: Path):
    page = load_painted(tmp_path / "none", RESOURCES)
    assert page.look == Look()
    assert page.home.state == "ready"
    assert len(page.rows) > 1
    assert (RESOURCES / FIRST_PAINTED).stat().st_size < LARGEST


def test_no_file_grows_beyond_its_limit():
    rows = tuple(FULL.rows[0]._replace(id=str(n), title="long " * 20_000) for n in range(8))
    text = text_of(FULL._replace(rows=rows), RESOURCES)
    assert len(text) <= LARGEST
    assert page_from(text, RESOURCES).rows == rows[:2]


def test_only_what_a_window_shows_is_kept():
    row = shelf.full_home().rows[0]
    items = tuple(shelf.content(n) for n in range(100))
    snapshot = HomeSnapshot(rows=tuple(row.with_(id=str(n), items=items) for n in range(30)))
    page = painted_page(snapshot, InterfaceSettings(theme=Theme.LIGHT), shelf.NOW)
    assert page.look == Look(dark=False)
    assert len(page.rows) == 8
    assert {len(row.cards) for row in page.rows} == {24}


def test_a_page_that_has_not_changed_is_not_written_again(tmp_path: Path):
    file = tmp_path / "painted.json"
    keep_painted(file, FULL, RESOURCES)
    first = file.stat()
    keep_painted(file, FULL, RESOURCES)
    assert file.stat().st_ino == first.st_ino
    keep_painted(file, FULL._replace(look=Look(dark=False)), RESOURCES)
    assert load_painted(file, RESOURCES).look == Look(dark=False)
    assert list(tmp_path.iterdir()) == [file]


def test_a_page_that_cannot_be_kept_is_only_logged(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
):
    (tmp_path / "taken").write_text("a file where the folder belongs")
    keep_painted(tmp_path / "taken" / "painted.json", FULL, RESOURCES)
    assert "could not be kept" in caplog.text


class TestInTheWindow:
    def test_the_page_takes_the_place_of_the_painted_one_and_the_focus_stays(
        self, open_painted: Callable[[FakeBackend, PaintedPage], Shown], backend: FakeBackend
    ):
        cut = tuple(row._replace(cards=row.cards[:3]) for row in FULL.rows[:2])
        still = Look(reduced_motion=True)  # the place is measured at rest
        shown = open_painted(backend, FULL._replace(rows=cut, look=still))
        until(lambda: shown.says("text") == "Resume")
        shown.press(Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Right)
        card = shown.focused
        assert card.property("title") == "Moon Courier"
        place = card.mapToScene(card.boundingRect().topLeft())
        shown.app.attach(backend, Tasks(backend.loop))
        QCoreApplication.processEvents()
        assert shown.app.home.rows.rowCount() == 5
        assert shown.focused is card
        until(lambda: card.mapToScene(card.boundingRect().topLeft()) == place)
        assert shown.warnings == []

    def test_what_is_asked_early_is_done_once_the_program_is_there(
        self, open_painted: Callable[[FakeBackend, PaintedPage], Shown], backend: FakeBackend
    ):
        shown = open_painted(backend, FULL)
        shown.app.openTitle("nova:title-3")
        shown.app.openSettings()
        assert shown.app.page == "home"
        shown.app.attach(backend, Tasks(backend.loop))
        assert shown.app.page == "settings"
        shown.app.back()
        until(lambda: shown.app.title.title == "The Lantern Boat")
        until(lambda: ("https://pictures.test/p0.jpg",) in backend.called("art"))

    def test_the_settings_correct_how_it_looks(
        self, open_painted: Callable[[FakeBackend, PaintedPage], Shown], backend: FakeBackend
    ):
        shown = open_painted(backend, FULL._replace(look=Look(dark=False, reduced_motion=True)))
        light = shown.window.color().name()
        assert shown.app.reducedMotion
        shown.app.attach(backend, Tasks(backend.loop))
        assert shown.app.dark
        assert not shown.app.reducedMotion
        until(lambda: shown.window.color().name() != light)


def test_the_page_is_not_attached_to_anything_yet(qapp: object):
    app = AppViewModel(FULL)
    app.refresh()
    app.back()
    app.stop()
    assert app.has_rows
    assert app.home.content("nova:title-3") is None
