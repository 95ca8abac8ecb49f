from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novastream_desktop.models import ContinueItem, WatchProgress
from novastream_desktop.models.library import LibraryEntry, LibraryState
from novastream_desktop.playback.home import without_aside
from novastream_desktop.playback.library import is_watched, library_page, marked
from tests.fakes import shelf

SHOW, FILM, OTHER = shelf.content(0), shelf.content(1), shelf.content(3)
SERIES = shelf.details(SHOW)
TITLES = {SHOW.id: SERIES, FILM.id: shelf.details(FILM)}


def saved(*contents: object) -> list[LibraryEntry]:
    return [LibraryEntry(content=c, added_at=shelf.NOW) for c in contents]


def states(page: object) -> dict[str, str]:
    return {item.content.id: item.state.value for item in page.items}


def test_a_title_is_watched_planned_or_finished():
    progress = [shelf.watched(SHOW, "s1e3", 900.0), shelf.watched(FILM, None, 0.0, finished=True)]
    page = library_page(saved(OTHER, FILM), progress, TITLES)
    assert states(page) == {SHOW.id: "watching", OTHER.id: "planned", FILM.id: "finished"}
    assert [item.saved for item in page.items] == [False, True, True]
    assert page.items[0].episode.id == "s1e3"
    assert [(h.content.id, h.episode.id if h.episode else None) for h in page.history] == [
        (SHOW.id, "s1e3"),
        (FILM.id, None),
    ]


def test_a_series_is_finished_after_its_last_episode_and_planned_once_it_was_unmarked():
    last = shelf.watched(SHOW, "s3e8", 0.0, finished=True)
    assert states(library_page(saved(SHOW), [last], TITLES)) == {SHOW.id: "finished"}
    unmarked = last.with_(finished=False)
    page = library_page(saved(SHOW), [unmarked], TITLES)
    assert states(page) == {SHOW.id: "planned"}
    assert page.history == ()


def test_what_nobody_remembers_is_still_in_the_history():
    page = library_page([], [shelf.watched(OTHER, None, 50.0)], {})
    assert [(item.content.title, item.episode) for item in page.history] == [(OTHER.id, None)]
    assert page.items == ()


@pytest.mark.parametrize(
    ("episode", "finished", "expected"),
    [("s1e1", ["s1e1"], True), ("s1e2", ["s1e1"], False), ("", ["s1e1"], False)],
)
def test_watched_is_an_episode_or_all_of_them(episode: str, finished: list[str], expected: bool):
    progress = [shelf.watched(SHOW, e, 0.0, finished=True) for e in finished]
    assert is_watched(SERIES.episodes, episode, progress) is expected
    every = [shelf.watched(SHOW, e.id, 0.0, finished=True) for e in SERIES.episodes]
    assert is_watched(SERIES.episodes, "", every)


_PROGRESS = st.lists(
    st.builds(
        lambda place, position, finished: shelf.watched(
            SHOW, SERIES.episodes[place].id, position, finished=finished
        ),
        st.integers(0, len(SERIES.episodes) - 1),
        st.floats(0, 3000),
        st.booleans(),
    ),
    max_size=8,
    unique_by=lambda entry: entry.episode_id,
)


@given(_PROGRESS, st.booleans(), st.sampled_from(["", "s1e1", "s2e4"]))
def test_after_marking_it_is_so(before: list[WatchProgress], watched: bool, episode: str):
    entries = marked(SERIES, episode, before, shelf.NOW, watched=watched)
    after = {e.episode_id: e for e in before} | {e.episode_id: e for e in entries}
    wanted = [episode] if episode else [e.id for e in SERIES.episodes]
    for key in wanted:
        now = after.get(key)
        assert (now is not None and now.finished) is watched
        if not watched:
            assert now is None or now.position == 0.0
    assert {e.episode_id for e in entries} <= set(wanted)


def test_put_aside_until_it_is_played_again():
    items = [ContinueItem(content=SHOW), ContinueItem(content=FILM)]
    progress = [shelf.watched(SHOW, "s1e1", 9.0), shelf.watched(FILM, None, 9.0)]
    later, earlier = shelf.NOW + timedelta(seconds=1), shelf.NOW - timedelta(seconds=1)
    aside = {SHOW.id: later, FILM.id: earlier}
    assert [i.content for i in without_aside(items, progress, aside)] == [FILM]
    assert LibraryState.WATCHING.value == "watching"
