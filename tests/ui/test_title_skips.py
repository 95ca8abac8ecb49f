"""A title's page: its skips, marks, notes and what it hides of episodes to come."""

from __future__ import annotations

import pytest

from novastream_desktop.playback.state import ShowSkips
from novastream_desktop.ui.tasks import Tasks
from novastream_desktop.ui.title._derive import TitleInputs, collection_name, derive, through_text
from novastream_desktop.ui.title.title_skips import shift_text
from novastream_desktop.ui.title.title_viewmodel import TitleViewModel
from novastream_desktop.ui.words import mark_text
from tests.fakes import shelf
from tests.fakes.backend import FakeBackend
from tests.ui.driving import until

SHOW = shelf.content(0)
EPISODE = shelf.episodes(SHOW)[0]


@pytest.mark.parametrize(
    ("offset", "text"), [(0.0, "as found"), (0.5, "0.5 s later"), (-1.0, "1 s earlier")]
)
def test_a_shift_in_words(offset: float, text: str):
    assert shift_text(offset) == text


def test_skips_are_shifted_quieted_and_put_back(tasks: Tasks, backend: FakeBackend):
    backend.skips.shows[SHOW.id] = ShowSkips(offset=0.5)
    title = TitleViewModel(backend, tasks)
    title.open(SHOW.id)
    until(lambda: title.skips.text == "0.5 s later")
    title.skips.shift(1)
    until(lambda: title.skips.text == "1 s later")
    title.skips.keepQuiet(True)
    until(lambda: title.skips.quiet)
    assert title.skips.shifted
    title.skips.shift(0)
    until(lambda: not title.skips.shifted)
    assert backend.skips.shows[SHOW.id] == ShowSkips(quiet=True)
    title.open("nova:title-2")
    until(lambda: not title.skips.quiet)  # another title's own


def test_every_press_counts(tasks: Tasks, backend: FakeBackend):
    title = TitleViewModel(backend, tasks)
    title.open(SHOW.id)
    for _ in range(3):
        title.skips.shift(-1)
    until(lambda: title.skips.text == "1.5 s earlier")


def test_a_title_whose_sequels_keep_their_own_reads_again_once_it_is_known(
    tasks: Tasks, backend: FakeBackend
):
    details = shelf.details(SHOW)
    sequel = details.episodes[-1].with_(content_id="anilist:2")
    backend.titles[SHOW.id] = details.with_(episodes=(*details.episodes[:-1], sequel))
    title = TitleViewModel(backend, tasks)
    title.open(SHOW.id)
    until(lambda: len(backend.called("progress_of")) == 2)
    assert title.state == "ready"


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({}, ""),
        ({"filler": True}, "Filler"),
        ({"recap": True}, "Recap"),
        ({"recap": True, "mark_confidence": 0.5}, "Recap?"),
        ({"mark_confidence": 0.5}, ""),
    ],
)
def test_marks(changes: dict[str, object], word: str):
    assert mark_text(EPISODE.with_(**changes)) == word


@pytest.mark.parametrize(
    ("season", "absolute", "text"), [(2, 26, "#26"), (1, 1, ""), (2, None, ""), (0, 3, "")]
)
def test_numbers_through_all_seasons(season: int, absolute: int | None, text: str):
    assert through_text(EPISODE.with_(season=season, absolute_number=absolute)) == text


def page(**changes: object):
    inputs = {"content_id": SHOW.id, "details": shelf.details(SHOW), **changes}
    return derive(TitleInputs(**inputs))  # type: ignore[arg-type]


def test_what_an_episode_s_line_says():
    details = shelf.details(SHOW)
    first = details.episodes[0].with_(season=2, absolute_number=26, filler=True)
    [item] = page(details=details.with_(episodes=(first,))).episodes
    assert item.mark == "Filler"
    assert item.detail.startswith("#26 · ")
    assert "Filler" in item.spoken


def test_what_was_not_watched_is_hidden_only_if_that_is_wanted():
    progress = (shelf.watched(SHOW, "s1e1", 900.0),)
    hidden = page(spoilers=False, progress=progress).episodes
    assert [item.spoiler for item in hidden[:3]] == [False, True, True]
    assert hidden[0].overview
    assert not hidden[1].overview
    assert not any(item.spoiler for item in page(progress=progress).episodes)


def test_the_note_and_the_list_that_it_comes_from():
    details = shelf.details(SHOW)
    noted = details.content.with_(
        collections=("a24", "silent-films"), programme_note="Watch it late."
    )
    props = page(details=details.with_(content=noted)).props
    assert (props.note, props.collection) == ("Watch it late.", "A24, Silent films")
    plain = details.content.with_(collections=("demo",))
    assert page(details=details.with_(content=plain)).props.collection == ""
    assert collection_name("") == ""
