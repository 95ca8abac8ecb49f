"""Whether a release is what was asked for, and what a machine and a person can take."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novastream_desktop.models import ContentType, Episode
from novastream_desktop.providers.base import WatchRequest
from novastream_desktop.settings import Ability, SourcesSettings
from novastream_desktop.sources._match import flaws, likeness, size_flaw
from novastream_desktop.sources._release import read_release
from novastream_desktop.sources._wanted import Abilities, Wanted, abilities, plain, wanted_of
from tests.fakes.providers import episode, film, series

FILM = Wanted(titles=("paper moons",), kind=ContentType.MOVIE, year=2024)
SECOND = Wanted(titles=("paper moons 2",), kind=ContentType.MOVIE, year=2024)
YEARLY = Wanted(titles=("2012",), kind=ContentType.MOVIE, year=2009)
SERIES = Wanted(
    titles=("paper moons",),
    kind=ContentType.SERIES,
    year=2020,
    season=2,
    numbers=frozenset({3}),
)
ANIME = Wanted(
    titles=("moon courier", "tsuki no haitatsu"),
    kind=ContentType.ANIME,
    season=2,
    numbers=frozenset({3, 15}),
)


@pytest.mark.parametrize(
    ("wanted", "name", "found"),
    [
        (FILM, "Paper.Moons.2024.1080p.WEB-DL.x264-GRP", []),
        (FILM, "Paper Moons (2023) 1080p", []),
        (FILM, "The.Paper.Moons.2024.1080p", []),
        (FILM, "Paper.Moons.1999.1080p", ["of 1999, not 2024"]),
        (FILM, "Harbour.Lights.2024.1080p", ["named Harbour Lights"]),
        (FILM, "Paper.Moons.2.2024.1080p", ["another part: Paper Moons 2"]),
        (FILM, "Paper.Moons.Part.II.2024.1080p", ["another part: Paper Moons Part II"]),
        (FILM, "Paper.Moons.S01E02.1080p", ["it is a series, not the film"]),
        (FILM, "Paper.Moons.2024.1080p.rar", ["it is no video file"]),
        (FILM, "Бумажные луны 2024 1080p", []),
        (SECOND, "Paper.Moons.II.2024.1080p", []),
        (SECOND, "Paper.Moons.2024.1080p", ["another part: Paper Moons"]),
        (YEARLY, "2012.2009.1080p.BluRay", []),
        (SERIES, "Paper.Moons.S02E03.1080p", []),
        (SERIES, "Paper.Moons.S02.1080p", []),
        (SERIES, "Paper.Moons.S01-S03.1080p", []),
        (SERIES, "Paper.Moons.S02E01-E04.1080p", []),
        (SERIES, "Paper.Moons.2023.S02E03.1080p", []),
        (SERIES, "Paper.Moons.2005.S02E03.1080p", ["of 2005, before it began"]),
        (SERIES, "Paper.Moons.S02E04.1080p", ["episode 4, not 3"]),
        (SERIES, "Paper.Moons.S01E03.1080p", ["season 1, not 2"]),
        (SERIES, "Paper.Moons.1080p", ["names no episode"]),
        (ANIME, "[Group] Moon Courier - 15 [1080p]", []),
        (ANIME, "[Group] Tsuki no Haitatsu S2 - 03 [1080p]", []),
        (ANIME, "[Group] Moon Courier - 04 [1080p]", ["episode 4, not 3 or 15"]),
        (ANIME, "[Group] Moon Courier S01E15 [1080p]", []),
        (ANIME, "[Group] Getsuyou Bin - 03 [1080p]", ["named Getsuyou Bin"]),
    ],
)
def test_flaws(wanted: Wanted, name: str, found: list[str]):
    assert [words for _, words in flaws(read_release(name), wanted)] == found


@pytest.mark.parametrize(
    ("bits", "height", "wrong"),
    [
        (None, 1080, False),
        (5e6, 1080, False),
        (1e5, 1080, True),
        (4e5, 2160, True),
        (4e5, 480, False),
        (1e4, None, True),
        (9e8, 2160, True),
    ],
)
def test_sizes_that_cannot_be(bits: float | None, height: int | None, wrong: bool):
    assert (size_flaw(bits, height) is not None) is wrong


@pytest.mark.parametrize(
    ("title", "same"),
    [
        ("The Matrix", "matrix"),
        ("Amélie", "amelie"),
        ("Fast & Furious", "fast and furious"),
        ("Rocky II", "rocky 2"),
        ("Dune: Part Two", "dune part 2"),
        ("A", "a"),
        ("進撃の巨人", "進撃の巨人"),
        ("", ""),
    ],
)
def test_plain_titles(title: str, same: str):
    assert plain(title) == same


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_titles_can_be_compared(one: str, other: str):
    found = likeness(plain(one), (plain(other),))
    assert found is None or 0 <= found <= 100


def test_a_request_in_the_words_of_releases():
    third = Episode(
        id="e", content_id="x", season=2, episode_number=3, absolute_number=15, mal_episode=3.5
    )
    show = series(title="The Moon Courier", original_title="月", year=2020, runtime=1500.0)
    wanted = wanted_of(WatchRequest(show, third), SourcesSettings(languages=("EN", "de")))
    assert wanted.titles == ("moon courier", "月")
    assert (wanted.season, wanted.numbers) == (2, {3, 15})
    assert (wanted.runtime, wanted.languages) == (1500.0, ("en", "de"))
    of_film = wanted_of(WatchRequest(film(title="A")), SourcesSettings(max_height=720))
    assert (of_film.season, of_film.numbers, of_film.max_height) == (None, frozenset(), 720)
    assert wanted_of(WatchRequest(show, episode(6.5)), SourcesSettings()).numbers == frozenset()


@pytest.mark.parametrize(
    ("cores", "graphics", "able"),
    [
        (1, False, Abilities(720, 720, hdr=False)),
        (2, False, Abilities(1080, 720, hdr=False)),
        (4, False, Abilities(1080, 1080, hdr=False)),
        (4, True, Abilities(2160, 2160, hdr=True)),
        (16, False, Abilities(2160, 2160, hdr=False)),
    ],
)
def test_what_machines_can_take(cores: int, graphics: bool, able: Abilities):
    assert abilities(SourcesSettings(), cores, graphics) == able


def test_the_person_knows_better_than_the_guess():
    told = SourcesSettings(hevc=Ability.NO, av1=Ability.YES, hdr=Ability.YES)
    assert abilities(told, 2, graphics=False) == Abilities(0, 4320, hdr=True)
