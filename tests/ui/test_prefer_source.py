from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from novastream_desktop.playback.state import SessionPhase, SessionState
from novastream_desktop.runtime import Observable
from novastream_desktop.ui.prefer_source import place_of_url, prefer_source
from tests.fakes import shelf
from tests.fakes.providers import mp4

FILM = shelf.content(1)
PLAYING = SessionState(SessionPhase.PLAYING, content=FILM, sources=shelf.streams(), source_index=0)


class Session:
    """As much of a session as choosing a source needs."""

    def __init__(self, *states: SessionState) -> None:
        self.state = Observable(states[0])
        self.chosen: list[int] = []
        self.rest = list(states[1:])
        watch = self.state.watch

        def later(watcher: Callable[[SessionState], object], *, now: bool = True):
            stop = watch(watcher, now=now)
            for state in self.rest:
                self.state.set(state)
            return stop

        self.state.watch = later

    def choose_source(self, index: int) -> None:
        self.chosen.append(index)


async def test_it_switches_once_the_source_is_known():
    session = Session(SessionState(), replace(PLAYING, sources=()), PLAYING)
    assert await prefer_source(session, FILM.id, shelf.streams()[2].url)
    assert session.chosen == [2]


async def test_it_leaves_alone_what_already_plays():
    session = Session(PLAYING)
    assert await prefer_source(session, FILM.id, shelf.streams()[0].url)
    assert session.chosen == []


async def test_it_gives_up_when_playing_fails():
    session = Session(SessionState(), replace(PLAYING, phase=SessionPhase.FAILED))
    assert not await prefer_source(session, FILM.id, shelf.streams()[1].url)
    assert session.chosen == []


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("https://one/v.mp4?token=2", 1),
        ("https://one/v.mp4?token=9", 1),
        ("https://one/v.mp4", -1),
        ("https://one/other.mp4?token=2", -1),
        ("https://two/v.mp4", 0),
        ("magnet:?xt=urn:btih:" + "ab" * 20, -1),
        ("https://[::1/v?x=1", -1),
    ],
)
def test_an_address_that_is_signed_anew_is_found_again(url: str, place: int):
    sources = [mp4("https://two/v.mp4"), mp4("https://one/v.mp4?token=2")]
    assert place_of_url(sources, url) == place
    assert place_of_url([], url) == -1
