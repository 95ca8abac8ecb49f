from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from novastream_desktop.playback.state import SessionPhase, SessionState
from novastream_desktop.runtime import Observable
from novastream_desktop.ui.prefer_source import prefer_source
from tests.fakes import shelf

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
