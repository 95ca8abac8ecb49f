from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from novastream_desktop.models import ContinueItem, HomeSnapshot, Row
from novastream_desktop.ui.home._derive import CONTINUE_ROW, HomeInputs, derive
from tests.fakes import shelf


def inputs(snapshot: HomeSnapshot, **changes: object) -> HomeInputs:
    return HomeInputs(
        now=shelf.NOW, **{"snapshot": snapshot, "art": {}, "refreshing": False, **changes}
    )


def test_rows_stand_in_order_with_the_one_to_go_on_with_first():
    _, rows = derive(inputs(shelf.full_home()))
    ids = [row.id for row in rows]
    assert ids == [CONTINUE_ROW, "trending", "trending-series", "trending-anime", "open-films"]
    assert [row.wide for row in rows] == [True, False, False, False, False]


def test_a_stale_row_shows_its_age_and_a_failed_one_its_problem():
    rows = {row.id: row for row in derive(inputs(shelf.full_home()))[1]}
    assert rows["trending-series"].note == "Updated 3 hours ago"
    assert rows["trending-series"].problem == "TMDB does not answer"
    assert rows["trending-series"].cards
    assert rows["trending-anime"].problem.startswith("AniList does not answer")
    assert rows["trending"].note == ""


def test_the_hero_is_what_to_go_on_with():
    props, _ = derive(inputs(shelf.full_home()))
    assert (props.hero_title, props.hero_episode_id) == ("Paper Moons", "s1e3")
    assert props.hero_kicker == "Continue watching · S1E3 · 25 min left"
    assert props.hero_play == "Resume"
    assert props.hero_progress == 0.5
    assert props.hero_facts == "2025 · Series · Drama, Mystery · 52 min"


def test_without_progress_the_hero_is_the_first_title_with_a_wide_picture():
    bare, wide = shelf.content(0, backdrop_url=""), shelf.content(1)
    props, _ = derive(inputs(HomeSnapshot(rows=(Row(id="r", title="R", items=(bare, wide)),))))
    assert (props.hero_title, props.hero_play) == ("Night Harbour", "Play")


def test_an_episode_that_was_not_begun_is_next_up():
    show = shelf.content(0)
    going = ContinueItem(content=show, episode=shelf.episodes(show)[4])
    props, rows = derive(inputs(HomeSnapshot(continue_watching=(going,))))
    assert rows[0].cards[0].detail == "S1E5 · Next up"
    assert props.hero_play == "Play"


@pytest.mark.parametrize(
    ("snapshot", "refreshing", "state"),
    [
        (HomeSnapshot(), True, "loading"),
        (HomeSnapshot(), False, "empty"),
        (HomeSnapshot(rows=(Row(id="r", title="R", problem="no"),)), False, "empty"),
        (HomeSnapshot(rows=(Row(id="r", title="R", problem="no"),)), True, "loading"),
        (shelf.full_home(), True, "ready"),
        (shelf.full_home(), False, "ready"),
    ],
)
def test_the_state_of_the_page(snapshot: HomeSnapshot, refreshing: bool, state: str):
    assert derive(inputs(snapshot, refreshing=refreshing))[0].state == state


def test_an_empty_row_waits_while_providers_are_asked_and_goes_when_they_had_nothing():
    snapshot = HomeSnapshot(rows=(*shelf.full_home().rows, Row(id="new", title="New")))
    waiting = {row.id: row.waiting for row in derive(inputs(snapshot, refreshing=True))[1]}
    assert waiting["new"]
    assert "new" not in {row.id for row in derive(inputs(snapshot))[1]}


def test_pictures_come_from_disk_or_are_left_to_be_fetched(tmp_path: Path):
    there = "https://pictures.test/p0.jpg"
    file = tmp_path / "a picture #1.jpg"
    _, rows = derive(inputs(shelf.full_home(), art={there: str(file)}))
    first, second = rows[1].cards[:2]
    assert first.art == file.as_uri()
    assert (second.art, second.art_url) == ("", "https://pictures.test/p1.jpg")


def test_a_card_says_what_it_is():
    _, rows = derive(inputs(shelf.full_home()))
    assert rows[1].cards[0].spoken == "Paper Moons, series, 2025, rated 7.9"
    assert rows[0].cards[0].spoken == "Paper Moons, S1E3 · 25 min left"


def test_age_follows_the_clock():
    later = inputs(shelf.full_home())
    later = HomeInputs(now=shelf.NOW + timedelta(days=2), snapshot=later.snapshot)
    assert derive(later)[1][2].note == "Updated 2 days ago"
