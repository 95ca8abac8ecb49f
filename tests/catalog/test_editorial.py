"""Curated lists: the one that ships, those of the person, and what they match."""

from __future__ import annotations

from pathlib import Path

import pytest

from novastream_desktop.catalog import EditorialList, compose
from novastream_desktop.catalog._editorial import Listed, in_order, load_lists, marked
from novastream_desktop.models import Content, ContentType
from novastream_desktop.paths import resources_dir
from tests.fakes.providers import film, row

SHIPPED = resources_dir() / "editorial"
MINE = EditorialList(
    "mine",
    "Mine",
    "mine",
    (
        Listed(title="The Quiet Harbour", year=2016, note="Go."),
        Listed(title="Salt & Iron", year=2020),
        Listed(title="Elsewhere", year=1999, tmdb_id=77),
    ),
)


def titled(title: str, year: int | None, **more: object) -> Content:
    return film(title.lower().replace(" ", "-")).with_(title=title, year=year, **more)


def test_the_list_of_a24_is_whole():
    [a24] = [wanted for wanted in load_lists([SHIPPED]) if wanted.row_id == "a24"]
    assert len(a24.films) >= 60
    assert len({(f.title, f.year) for f in a24.films}) == len(a24.films)
    assert all(2012 <= (f.year or 0) <= 2030 for f in a24.films)
    assert all(20 <= len(f.note) <= 200 for f in a24.films)
    assert a24.place_of(titled("Moonlight", 2016)) is not None
    assert a24.place_of(titled("Room", 1962)) is None


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (titled("The Quiet Harbour", 2016), 0),
        (titled("QUIET HARBOUR", 2017), 0),
        (titled("the quiet harbour", 2018), None),
        (titled("The Quiet Harbour", None), None),
        (titled("Salt and Iron", 2020), 1),
        (titled("Anders", 2020, original_title="Salt & Iron"), 1),
        (titled("Other name", 1950, tmdb_id=77), 2),
        (titled("The Quiet Harbour", 2016, type=ContentType.SERIES), None),
    ],
)
def test_films_are_known_by_title_and_year(content: Content, place: int | None):
    assert MINE.place_of(content) == place


def test_a_listed_film_gets_its_collection_and_note():
    content = marked(titled("The Quiet Harbour", 2016), [MINE])
    assert (content.collections, content.programme_note) == (("mine",), "Go.")
    other = titled("Nothing", 2016)
    assert marked(other, [MINE]) is other
    assert marked(other.with_(collections=("mine",)), [MINE]).collections == ("mine",)


def test_the_list_s_own_order_comes_first():
    items = [film("z", collections=("mine",)), titled("Salt & Iron", 2020)]
    items.append(titled("The Quiet Harbour", 2016))
    assert [c.title for c in in_order(MINE, items)][:2] == ["The Quiet Harbour", "Salt & Iron"]


def test_a_row_that_only_feeds_a_list_is_not_shown_itself():
    rows = compose([row("tmdb-mine", film("x", collections=("mine",)))], [MINE])
    assert [r.id for r in rows] == ["mine"]
    listed = compose([row("mirror-home", titled("Salt & Iron", 2020))], [MINE])
    assert [(r.id, r.items[0].collections) for r in listed] == [
        ("mine", ("mine",)),
        ("mirror-home", ("mine",)),
    ]


def test_lists_of_one_s_own(tmp_path: Path, caplog: pytest.LogCaptureFixture):
    (tmp_path / "a.toml").write_text('id = "silent"\ntitle = "Silent"\n[[film]]\ntitle = "Sunrise"')
    (tmp_path / "b.toml").write_text("id = nonsense")
    (tmp_path / "c.toml").write_text('id = "No good"\ntitle = "x"')
    (tmp_path / "d.toml").write_text('id = "a24"\ntitle = "Mine, too"')
    (tmp_path / "e.toml").write_bytes(b"\xff\xfe\x00")
    lists = {wanted.row_id: wanted for wanted in load_lists([SHIPPED, tmp_path])}
    assert list(lists) == ["a24", "silent"]
    assert lists["a24"].title == "Mine, too"
    assert [text for name in "bce" for text in [f"{name}.toml"] if text in caplog.text] == [
        "b.toml",
        "c.toml",
        "e.toml",
    ]
    assert load_lists([tmp_path / "nowhere"])[0].row_id == "a24"
