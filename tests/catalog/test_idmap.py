"""Which MyAnimeList entry an episode is: the worked cases of the list, and what is left out."""

from __future__ import annotations

import json

import pytest

from novastream_desktop.catalog._idmap import Entry, IdMap, annotated, entry_of, parse_table
from novastream_desktop.errors import ProviderUnavailable
from novastream_desktop.models import Content, ContentType, Episode, TitleDetails
from tests.fakes.http import FakeHttp

TITANS = [
    Entry(16498, 1),
    Entry(25777, 2),
    Entry(35760, 3),
    Entry(38524, 3, 12),
    Entry(40028, 4),
    Entry(48583, 4, 16),
    Entry(51535, 4, 28),
    Entry(18397, 0, 0, "OVA"),
]
ZERO = [Entry(31240, 1), Entry(39587, 1, 26), Entry(42203, 1, 38)]
PIECE = [Entry(21)]


@pytest.mark.parametrize(
    ("entries", "season", "episode", "absolute", "expected"),
    [
        (TITANS, 1, 5, None, (16498, 5)),
        (TITANS, 3, 12, None, (35760, 12)),
        (TITANS, 3, 13, None, (38524, 1)),
        (TITANS, 4, 30, None, (51535, 2)),
        (TITANS, 0, 1, None, (18397, 1)),
        (TITANS, 7, 1, 80, None),
        (ZERO, 1, 30, None, (39587, 4)),
        (ZERO, 1, 6.5, None, (31240, 6.5)),
        (PIECE, 5, 131, 131, (21, 131)),
        (PIECE, 0, 1, 1, None),
        (PIECE, 5, 131, None, None),
        ([Entry(1, 1), Entry(2, 1)], 1, 3, None, None),
        ([Entry(1, 1, 0, "OVA"), Entry(2, 1)], 1, 3, None, (2, 3)),
        ([], 1, 1, 1, None),
    ],
)
def test_worked_cases(
    entries: list[Entry],
    season: int,
    episode: float,
    absolute: int | None,
    expected: tuple[int, float] | None,
):
    assert entry_of(entries, season, episode, absolute) == expected


ROW = {
    "type": "TV",
    "mal_id": 38524,
    "themoviedb_id": {"tv": 1429},
    "season": {"tvdb": 3, "tmdb": 3},
    "episode_offset": {"tvdb": 12, "tmdb": 12},
}


def test_rows_of_today_are_read_and_others_left_out():
    rows = [ROW, {"themoviedb_id": {"movie": [3]}, "mal_id": 1}, {"themoviedb_id": 5}, 7, {}]
    assert parse_table(json.dumps(rows).encode()) == {1429: (Entry(38524, 3, 12, "TV"),)}


@pytest.mark.parametrize("raw", [b"{}", b"nonsense", b"[]", b'[{"themoviedb_id": 1429}]'])
def test_what_is_not_the_list_is_refused(raw: bytes):
    with pytest.raises((ValueError, TypeError)):
        parse_table(raw)


def show(*numbers: tuple[int, int]) -> TitleDetails:
    content = Content(id="tmdb:tv:1429", title="T", type=ContentType.ANIME, tmdb_id=1429)
    return TitleDetails(
        content=content,
        episodes=tuple(
            Episode(id=f"{s}:{n}", content_id=content.id, season=s, episode_number=n)
            for s, n in numbers
        ),
    )


def test_episodes_are_counted_through_without_specials():
    found = annotated(show((1, 1), (1, 2), (3, 13), (0, 1)), [Entry(38524, 3, 12)])
    assert [(e.absolute_number, e.mal_id, e.mal_episode) for e in found.episodes] == [
        (1, None, None),
        (2, None, None),
        (3, 38524, 1),
        (None, None, None),
    ]


async def test_the_list_is_fetched_once_and_silence_is_no_failure():
    down = ProviderUnavailable("It is down")
    list_of_one = json.dumps([ROW]).encode()
    http = FakeHttp({"https://list/a.json": list_of_one, "https://list/b.json": down})
    idmap = IdMap(http, "https://list/a.json")
    found = await idmap.annotate(show((3, 13)))
    assert found.episodes[0].mal_id == 38524
    await idmap.annotate(show((3, 14)))
    assert len(http.asked) == 1
    await idmap.close()

    idmap = IdMap(http, "https://list/b.json")
    assert await idmap.annotate(show((3, 13))) == show((3, 13))
    assert await idmap.annotate(show((3, 13))) == show((3, 13))
    assert len(http.asked) == 2
    await idmap.close()


async def test_nobody_is_asked_about_what_needs_no_numbers():
    http = FakeHttp()
    idmap = IdMap(http, "https://list/a.json")
    series = show((1, 1))
    plain = series.with_(content=series.content.with_(type=ContentType.SERIES))
    assert await idmap.annotate(plain) is plain
    assert http.asked == []
