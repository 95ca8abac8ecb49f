"""When two descriptions are one work."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novastream_desktop.catalog._identity import distinct, group, keys_of, merge
from novastream_desktop.models import Content, ContentType
from tests.fakes.providers import film, series


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (film("a"), film("a"), True),
        (film("a"), film("b"), False),
        (film("a", tmdb_id=1), film("b", tmdb_id=1), True),
        (film("a", tmdb_id=1), series("b", tmdb_id=1), False),
        (film("tmdb:movie:7"), film("b", tmdb_id=7), True),
        (series("tmdb:tv:7"), series("b", tmdb_id=7), True),
        (film("a", imdb_id="tt1"), film("b", imdb_id="tt1"), True),
        (series("anilist:5"), series("b", anilist_id=5), True),
        (series("a", mal_id=5), series("b", mal_id=5), True),
        (series("a", mal_id=5), series("b", anilist_id=5), False),
        (film("nova:bunny", aliases=("peertube:h:1",)), film("peertube:h:1"), True),
        (film("a", aliases=("x",)), film("b", aliases=("x",)), True),
    ],
)
def test_same_work(one: Content, other: Content, same: bool):
    assert len(distinct([one, other])) == (1 if same else 2)
    assert len(distinct([other, one])) == (1 if same else 2)


def test_a_third_description_joins_two():
    bridge = film("c", tmdb_id=1, imdb_id="tt1")
    found = group([film("a", tmdb_id=1), film("x"), film("b", imdb_id="tt1"), bridge])
    assert [[c.id for c in members] for members in found] == [["a", "b", "c"], ["x"]]


def test_merging_fills_gaps_and_keeps_every_name():
    merged = merge(
        [
            film("a", title="Paper", tmdb_id=1, collections=("a24",)),
            film("b", title="Papier", tmdb_id=1, poster_url="p", year=2024, aliases=("z",)),
            film("c", poster_url="q", year=1999, collections=("open", "a24")),
        ]
    )
    assert (merged.id, merged.title, merged.poster_url, merged.year) == ("a", "Paper", "p", 2024)
    assert merged.aliases == ("b", "z", "c")
    assert merged.collections == ("a24", "open")


numbers = st.one_of(st.none(), st.integers(1, 4))
contents = st.builds(
    Content,
    id=st.sampled_from([f"nova:{n}" for n in range(6)] + [f"tmdb:movie:{n}" for n in range(1, 4)]),
    title=st.just("T"),
    type=st.sampled_from(ContentType),
    tmdb_id=numbers,
    mal_id=numbers,
    aliases=st.lists(st.sampled_from([f"nova:{n}" for n in range(6)]), max_size=2).map(tuple),
)


@given(st.lists(contents, max_size=15))
def test_groups_share_no_name_and_lose_nobody(items: list[Content]):
    groups = group(items)
    names = [frozenset().union(*map(keys_of, members)) for members in groups]
    assert not any(a & b for i, a in enumerate(names) for b in names[i + 1 :])
    assert sorted(map(id, (c for members in groups for c in members))) == sorted(map(id, items))
    firsts = distinct(items)
    places = [next(i for i, c in enumerate(items) if c is first) for first in firsts]
    assert places == sorted(places)
    assert distinct(firsts) == firsts
