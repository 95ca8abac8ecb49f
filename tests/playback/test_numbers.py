"""Episodes by their numbers."""

from __future__ import annotations

import pytest

from novastream_desktop.errors import NotFound
from novastream_desktop.models import Content, ContentType, Episode, TitleDetails
from novastream_desktop.playback._numbers import of_season, pick_episode

SHOW = Content(id="nova:s", title="Paper", type=ContentType.SERIES)


def episode(season: int, number: float, absolute: int | None = None) -> Episode:
    return Episode(
        id=f"s{season}e{number:g}",
        content_id=SHOW.id,
        season=season,
        episode_number=number,
        absolute_number=absolute,
    )


PAPER = TitleDetails(
    content=SHOW, episodes=(episode(1, 1), episode(1, 2), episode(2, 1, 13), episode(2, 1.5))
)


@pytest.mark.parametrize(
    ("season", "number", "expected"),
    [
        (1, 2, "s1e2"),
        (None, 2, "s1e2"),
        (2, 1, "s2e1"),
        (2, 1.5, "s2e1.5"),
        (None, 13, "s2e1"),  # counted through all seasons
    ],
)
def test_an_episode_by_its_numbers(season: int | None, number: float, expected: str):
    assert pick_episode(PAPER, season, number).id == expected


@pytest.mark.parametrize(("season", "number"), [(1, 3), (3, 1), (1, 13), (None, 9)])
def test_a_missing_episode_says_which_there_are(season: int | None, number: float):
    says = r"Paper has no season .*: season 1 has 1 to 2, season 2 has 1 to 1.5"
    with pytest.raises(NotFound, match=says):
        pick_episode(PAPER, season, number)


def test_one_season():
    assert [e.id for e in of_season(PAPER, 2).episodes] == ["s2e1", "s2e1.5"]
    with pytest.raises(NotFound, match="no season 3: season 1 has"):
        of_season(PAPER, 3)
    with pytest.raises(NotFound, match="it has no episodes"):
        of_season(TitleDetails(content=SHOW), 1)
