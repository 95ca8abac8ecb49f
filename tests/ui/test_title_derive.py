from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novastream_desktop.models import (
    Episode,
    HealthStatus,
    SourceHealth,
    StreamSource,
    WatchProgress,
)
from novastream_desktop.ui.title._derive import TitleInputs, derive, episode_to_play
from novastream_desktop.ui.title._sources import SourcesState, source_items
from tests.fakes import shelf

SHOW, FILM = shelf.content(0), shelf.content(1)
EPISODES = shelf.episodes(SHOW)


def page(**changes: object):
    return derive(TitleInputs(**{"content_id": SHOW.id, "details": shelf.details(SHOW), **changes}))


def test_the_card_is_shown_until_the_details_are_here():
    shown = page(details=None, brief=SHOW)
    assert (shown.props.state, shown.props.title) == ("loading", "Paper Moons")
    assert shown.props.play_label == "Play"


def test_a_failure_says_why():
    assert page(details=None, problem="No. Do this.").props.state == "failed"


@pytest.mark.parametrize(
    ("progress", "label", "episode"),
    [
        ((), "Play S1E1", "s1e1"),
        ((shelf.watched(SHOW, "s1e3", 1500.0),), "Resume S1E3 · 25 min left", "s1e3"),
        ((shelf.watched(SHOW, "s1e3", 0.0, finished=True),), "Play S1E4", "s1e4"),
        ((shelf.watched(SHOW, "s1e8", 0.0, finished=True),), "Play S2E1", "s2e1"),
        ((shelf.watched(SHOW, "s3e8", 0.0, finished=True),), "Play S1E1", "s1e1"),
    ],
)
def test_play_goes_on_where_it_should(
    progress: tuple[WatchProgress, ...], label: str, episode: str
):
    props = page(progress=progress).props
    assert (props.play_label, props.play_episode_id) == (label, episode)


def test_the_last_watched_episode_counts_not_the_furthest():
    late = shelf.watched(SHOW, "s2e5", 900.0)
    early = shelf.watched(SHOW, "s1e2", 900.0, updated_at=shelf.NOW + timedelta(hours=1))
    assert episode_to_play(EPISODES, (late, early)).id == "s1e2"


def test_a_series_that_was_watched_to_its_end_begins_again():
    seen = tuple(shelf.watched(SHOW, e.id, 900.0, finished=True) for e in EPISODES)
    props = page(progress=seen).props
    assert (props.play_label, props.play_episode_id) == ("Watch again S1E1", "s1e1")


def test_specials_are_not_where_a_series_begins():
    special = EPISODES[0].with_(id="s0e1", season=0)
    assert episode_to_play((special, *EPISODES), ()).id == "s1e1"


def test_the_season_of_the_episode_to_play_is_shown_until_another_is_chosen():
    progress = (shelf.watched(SHOW, "s2e1", 900.0),)
    assert page(progress=progress).props.season_index == 1
    chosen = page(progress=progress, season=3)
    assert chosen.props.season_index == 2
    assert {item.id[:2] for item in chosen.episodes} == {"s3"}


def test_a_film_has_sources_where_a_series_has_episodes():
    film = derive(TitleInputs(content_id=FILM.id, details=shelf.details(FILM)))
    assert (film.props.view, film.props.has_episodes, film.props.collection) == (
        "sources",
        False,
        "A24",
    )
    assert page().props.view == "episodes"


def test_an_episode_tells_its_date_and_what_is_left():
    progress = (shelf.watched(SHOW, "s1e1", 0.0, finished=True), shelf.watched(SHOW, "s1e2", 600))
    first, second, third = page(progress=progress).episodes[:3]
    assert (first.finished, first.progress) == (True, 1.0)
    assert second.detail == "12 Jan 2024 · 40 min left"
    assert second.current
    assert third.detail == "13 Jan 2024 · 49 min"
    assert first.spoken == "Episode 1, Fog Signal, 11 Jan 2024 · 49 min, watched"


def test_sources_tell_why_they_stand_where_they_stand():
    best, torrent, dead = source_items(shelf.streams())
    assert best.best
    assert best.why == "1080p · answers in 42 ms · your own server"
    assert best.health_text == "Answers well"
    assert torrent.detail.endswith("4.2 GB · HDR10 · 14 seeders")
    assert torrent.health_text == "Answers slowly: few seeders"
    assert dead.health_text == "Does not answer: 404"


@pytest.mark.parametrize(
    ("statuses", "state", "asking", "hopeless"),
    [
        (["dead", "dead"], "ready", "", True),
        (["dead", "unknown"], "ready", "", False),
        (["dead"], "ready", "Asking Mirrors", False),
        ([], "ready", "", True),
        ([], "failed", "", True),
        ([], "loading", "", False),
    ],
)
def test_play_does_not_shine_where_nothing_answers(
    statuses: list[str], state: str, asking: str, hopeless: bool
):
    found = tuple(
        StreamSource(
            url=f"https://x.test/{place}",
            type="mp4",
            provider="mirrors",
            health=SourceHealth(status=HealthStatus(status)),
        )
        for place, status in enumerate(statuses)
    )
    sources = SourcesState(state, "", found, asking=asking)
    film = derive(TitleInputs(content_id=FILM.id, details=shelf.details(FILM), sources=sources))
    assert film.props.play_hopeless is hopeless
    assert not page(sources=sources).props.play_hopeless  # those are of no episode of it


def test_sources_of_an_episode_are_named_after_it():
    state = SourcesState("ready", "s1e3", shelf.streams())
    assert page(sources=state, view="sources").props.sources_title.startswith("Sources for S1E3")


@given(st.lists(st.sampled_from(shelf.streams()), max_size=8))
def test_each_source_is_listed_once_and_one_is_first(sources: list[StreamSource]):
    items = source_items(sources)
    assert len({item.url for item in items}) == len(items) == len({s.url for s in sources})
    assert [item.best for item in items] == [True, *[False] * (len(items) - 1)][: len(items)]


@given(st.lists(st.tuples(st.sampled_from(EPISODES), st.booleans(), st.integers(0, 99))))
def test_there_is_always_an_episode_to_play(seen: list[tuple[Episode, bool, int]]):
    progress = tuple(
        shelf.watched(SHOW, e.id, 900.0, finished=done, updated_at=shelf.NOW + timedelta(minutes=m))
        for e, done, m in seen
    )
    assert episode_to_play(EPISODES, progress) in EPISODES
