"""The order of the page, and the mixed trending row."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novastream_desktop.catalog import EditorialList, compose
from novastream_desktop.catalog._identity import keys_of
from novastream_desktop.catalog._rows import TRENDING_LENGTH, interleave
from novastream_desktop.models import Content, Row
from tests.fakes.providers import film, row


def films(*names: str) -> list[Content]:
    return [film(name) for name in names]


def ids(items: list[Content] | tuple[Content, ...]) -> list[str]:
    return [item.id for item in items]


def test_the_order_of_the_page():
    given_rows = [
        row("peertube-video", film("p")),
        row("mirror-home", film("m", collections=("a24",))),
        row("open-films", film("o")),
        row("demo", film("d")),
        row("trending-anime", film("a")),
        row("trending-series", film("s")),
        row("trending-movies", film("f")),
    ]
    assert [r.id for r in compose(given_rows)] == [
        "trending",
        "trending-movies",
        "trending-series",
        "trending-anime",
        "a24",
        "demo",
        "open-films",
        "peertube-video",
        "mirror-home",
    ]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ({"trending-movies": "ab", "trending-series": "c", "trending-anime": "de"}, "acdbe"),
        ({"trending-movies": "ab", "demo": "x", "open-films": "yz"}, "abxyz"),
        ({"demo": "x", "open-films": "yz"}, "xyz"),
        ({"trending-movies": "", "demo": "x"}, "x"),
        ({"trending-movies": "ax", "demo": "xy"}, "axy"),
    ],
)
def test_trending_mixes_and_fills_up(rows: dict[str, str], expected: str):
    page = compose([row(name, *films(*items)) for name, items in rows.items()])
    assert page[0].id == "trending"
    assert "".join(ids(page[0].items)) == expected


def test_trending_is_as_old_as_its_parts():
    fresh, old = row("demo", film("d")), row("trending-movies", film("f")).with_(stale=True)
    assert compose([fresh, old])[0].stale
    assert not compose([fresh])[0].stale


def test_long_trends_leave_no_place_for_fillers():
    many = row("trending-movies", *films(*(f"m{n}" for n in range(30))))
    mixed = compose([many, row("demo", film("d"))])[0]
    assert len(mixed.items) == TRENDING_LENGTH
    assert "d" not in ids(mixed.items)


def test_a_row_that_only_tells_a_problem_stays_and_an_empty_one_goes():
    page = compose([Row(id="tmdb", title="T", problem="No answer."), row("empty")])
    assert [r.id for r in page] == ["tmdb"]


def test_rows_of_equal_id_become_one():
    page = compose([row("mirror-home", *films("a", "b")), row("mirror-home", *films("b", "c"))])
    assert [ids(r.items) for r in page] == [["a", "b", "c"]]


def test_a_curated_list_gathers_its_titles_once():
    noir = EditorialList("noir", "Noir", "noir")
    one = film("a", collections=("noir",))
    page = compose(
        [row("demo", one), row("mirror-m", one, film("b", collections=("noir",)))], [noir]
    )
    assert [(r.id, ids(r.items)) for r in page if r.id == "noir"] == [("noir", ["a", "b"])]
    assert compose(page, [noir]) == page


some = st.lists(
    st.builds(
        film,
        st.sampled_from([f"nova:{n}" for n in range(12)]),
        tmdb_id=st.one_of(st.none(), st.integers(1, 5)),
        aliases=st.lists(st.sampled_from([f"nova:{n}" for n in range(12)]), max_size=1).map(tuple),
    ),
    max_size=12,
)


@given(st.lists(some, max_size=4))
def test_mixing_repeats_no_work_and_keeps_each_order(lists: list[list[Content]]):
    mixed = interleave(lists)
    keys = [keys_of(content) for content in mixed]
    assert not any(a & b for i, a in enumerate(keys) for b in keys[i + 1 :])
    for one in lists:
        places = [i for i, c in enumerate(mixed) if any(c is own for own in one)]
        own = [next(i for i, o in enumerate(one) if o is mixed[p]) for p in places]
        assert own == sorted(own)
    assert interleave([mixed]) == mixed


names = ["trending", "trending-movies", "trending-anime", "demo", "open-films", "mirror-a", "x"]


@given(st.lists(st.tuples(st.sampled_from(names), some), max_size=6))
def test_a_page_composed_again_stays_as_it_is(given_rows: list[tuple[str, list[Content]]]):
    page = compose([row(name, *items) for name, items in given_rows])
    assert compose(page) == page
    assert len({r.id for r in page}) == len(page)
    assert any(items for name, items in given_rows if name != "trending") == bool(page)
    if any(items for name, items in given_rows if name in names[1:5]):
        assert page[0].id == "trending"
        assert page[0].items
