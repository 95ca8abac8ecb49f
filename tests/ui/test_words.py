from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novastream_desktop.models import Episode
from novastream_desktop.ui import words
from tests.fakes import shelf


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0 s"),
        (45, "45 s"),
        (60, "1 min"),
        (1440, "24 min"),
        (3600, "1 h"),
        (6720, "1 h 52 min"),
    ],
)
def test_durations(seconds: float, text: str):
    assert words.duration_text(seconds) == text


@pytest.mark.parametrize(
    ("size", "text"),
    [(12, "12 B"), (12_400, "12 KB"), (350e6, "350 MB"), (1.44e9, "1.4 GB"), (42e9, "42 GB")],
)
def test_sizes(size: float, text: str):
    assert words.size_text(size) == text


@pytest.mark.parametrize(
    ("ago", "text"),
    [
        (timedelta(seconds=-5), "just now"),
        (timedelta(seconds=59), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(hours=5), "5 hours ago"),
        (timedelta(days=1), "1 day ago"),
    ],
)
def test_ages(ago: timedelta, text: str):
    assert words.age_text(shelf.NOW - ago, shelf.NOW) == text


@pytest.mark.parametrize(
    ("season", "number", "code"), [(1, 3, "S1E3"), (2, 12.5, "S2E12.5"), (0, 2, "Special 2")]
)
def test_episode_codes(season: int, number: float, code: str):
    episode = Episode(id="e", content_id="c", season=season, episode_number=number)
    assert words.episode_code(episode) == code


@pytest.mark.parametrize(
    ("path", "url"),
    [
        ("", ""),
        ("https://host/p.jpg", ""),
        ("file:///a/p.jpg", "file:///a/p.jpg"),
        ("/a b/p#1.jpg", "file:///a%20b/p%231.jpg"),
        ("relative/p.jpg", ""),
    ],
)
def test_only_local_pictures_have_an_address(path: str, url: str):
    assert words.picture_url(path) == url


@pytest.mark.parametrize(
    ("iso", "text"), [(None, ""), ("2024-05-03", "3 May 2024"), ("soon", "soon")]
)
def test_dates(iso: str | None, text: str):
    assert words.date_text(iso) == text


@given(st.floats(0, 1e7), st.floats(0, 1e7), st.booleans())
def test_a_fraction_is_between_nothing_and_all(position: float, duration: float, finished: bool):
    progress = shelf.watched(shelf.content(0), None, position, duration=duration, finished=finished)
    assert 0.0 <= words.fraction(progress) <= 1.0
