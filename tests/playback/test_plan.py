"""Where to start, what comes next, what counts as watched: tables and properties."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novastream_desktop.models import (
    Content,
    ContentType,
    Episode,
    SkipRange,
    SkipType,
    TitleDetails,
    WatchProgress,
)
from novastream_desktop.playback.plan import (
    continue_items,
    is_watched,
    next_episode,
    next_up_due,
    previous_episode,
    resume_position,
    start_point,
)

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
FILM = TitleDetails(content=Content(id="nova:film", title="Film", type=ContentType.MOVIE))
EPISODES = tuple(Episode(id=f"s1e{n}", content_id="nova:show", episode_number=n) for n in (1, 2, 3))
SHOW = TitleDetails(
    content=Content(id="nova:show", title="Show", type=ContentType.SERIES), episodes=EPISODES
)


def seen(
    episode: str | None, position: float, *, finished: bool = False, ago: timedelta = timedelta()
) -> WatchProgress:
    return WatchProgress(
        content_id="nova:show" if episode else "nova:film",
        episode_id=episode,
        position=position,
        duration=1400,
        updated_at=NOW - ago,
        finished=finished,
    )


@pytest.mark.parametrize(
    ("position", "duration", "played", "outro", "watched"),
    [
        (1300, 1400, 1300, None, True),
        (1225, 1400, 800, None, True),
        (1225, 1400, 600, None, False),  # jumped there: not half of it was played
        (1100, 1400, 1100, None, False),
        (1100, 1400, 1100, 1090.0, True),
        (40, 80, 40, None, False),  # three minutes before the end mean nothing in a short film
        (70, 80, 70, None, True),
        (50, 0, 50, None, False),
    ],
)
def test_watched(
    position: float, duration: float, played: float, outro: float | None, watched: bool
) -> None:
    assert is_watched(position, duration, played, outro) is watched


@pytest.mark.parametrize(
    ("ago", "start"),
    [
        (timedelta(minutes=1), 100.0),
        (timedelta(hours=2), 95.0),
        (timedelta(days=3), 90.0),
        (timedelta(days=30), 85.0),
    ],
)
def test_resume_goes_back_further_after_a_longer_pause(ago: timedelta, start: float) -> None:
    assert resume_position(seen(None, 100, ago=ago), NOW) == start


@pytest.mark.parametrize("progress", [None, seen(None, 2.0), seen(None, 900, finished=True)])
def test_nothing_to_resume(progress: WatchProgress | None) -> None:
    assert resume_position(progress, NOW) == 0.0


HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("progress", "episode", "position"),
    [
        ([], "s1e1", 0.0),
        ([seen("s1e2", 300)], "s1e2", 300.0),
        ([seen("s1e1", 0, finished=True)], "s1e2", 0.0),
        ([seen("s1e2", 0, finished=True)], "s1e3", 0.0),
        ([seen("s1e3", 0, finished=True)], "s1e1", 0.0),
        ([seen("s1e3", 50, ago=HOUR), seen("s1e1", 9)], "s1e1", 9.0),
        ([seen(f"s1e{n}", 0, finished=True) for n in (1, 2, 3)], "s1e1", 0.0),
    ],
)
def test_start_point_of_a_series(
    progress: list[WatchProgress], episode: str, position: float
) -> None:
    start = start_point(SHOW, progress, NOW)
    assert start.episode is not None
    assert (start.episode.id, start.position) == (episode, position)


def test_start_point_as_asked() -> None:
    start = start_point(SHOW, [seen("s1e3", 77)], NOW, episode_id="s1e3")
    assert (start.episode, start.position) == (EPISODES[2], 77.0)
    again = start_point(SHOW, [seen("s1e3", 77)], NOW, episode_id="s1e3", from_start=True)
    assert again.position == 0.0
    assert start_point(FILM, [seen(None, 77)], NOW).position == 77.0


def test_neighbours() -> None:
    assert next_episode(EPISODES, EPISODES[0]) is EPISODES[1]
    assert next_episode(EPISODES, EPISODES[2]) is None
    assert previous_episode(EPISODES, EPISODES[0]) is None
    assert next_episode((), None) is None


ED = SkipRange(type=SkipType.ED, start=1200, end=1290, confidence=0.9)
DOUBTFUL_ED = ED.with_(confidence=0.5)


@pytest.mark.parametrize(
    ("position", "duration", "ranges", "due"),
    [
        (1199, 1400, [ED], False),
        (1200, 1400, [ED], True),
        (1200, 1400, [DOUBTFUL_ED], False),
        (1289, 1400, [ED], True),
        (1290, 1400, [ED], False),  # story goes on behind the credits
        (1375, 1400, [ED], True),
        (1295, 1310, [ED], True),
        (1371, 1400, [], True),
        (1365, 1400, [], False),
        (2770, 2800, [], True),
        (60, 75, [], False),
        (66, 75, [], True),
        (0, 75, [], False),
        (5, 0, [], False),
    ],
)
def test_next_up(position: float, duration: float, ranges: list[SkipRange], due: bool) -> None:
    assert next_up_due(position, duration, ranges) is due


def test_continue_items() -> None:
    titles = {"nova:show": SHOW, "nova:film": FILM}
    items = continue_items(
        [seen("s1e1", 0, finished=True), seen(None, 500), seen("s1e3", 20, ago=HOUR)], titles
    )
    assert [(i.content.id, i.episode.id if i.episode else None) for i in items] == [
        ("nova:show", "s1e2"),
        ("nova:film", None),
    ]
    assert continue_items([seen("s1e3", 0, finished=True)], titles) == ()
    assert continue_items([seen("s1e1", 1)], titles) == ()
    looked_into = [seen("s1e2", 1), seen("s1e1", 0, finished=True)]
    [item] = continue_items(looked_into, titles)
    assert item.episode is not None
    assert item.episode.id == "s1e2"


entries = st.builds(
    seen,
    st.sampled_from(["s1e1", "s1e2", "s1e3", None]),
    st.floats(0, 1400),
    finished=st.booleans(),
    ago=st.timedeltas(timedelta(0), timedelta(days=400)),
)


@given(st.lists(entries, max_size=8))
def test_the_start_is_never_behind_what_was_watched(progress: list[WatchProgress]) -> None:
    start = start_point(SHOW, [p for p in progress if p.episode_id], NOW)
    assert start.episode in EPISODES
    assert 0 <= start.position <= max((p.position for p in progress), default=0.0)


@given(st.lists(entries, max_size=8))
def test_each_title_stands_once_under_continue_watching(progress: list[WatchProgress]) -> None:
    newest = sorted(progress, key=lambda p: p.updated_at, reverse=True)
    items = continue_items(newest, {"nova:show": SHOW, "nova:film": FILM})
    ids = [i.content.id for i in items]
    assert len(ids) == len(set(ids))
    assert not any(i.progress is not None and i.progress.finished for i in items)
