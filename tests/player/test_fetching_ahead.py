"""The next file's head is there before it is loaded: real libmpv against a server that counts."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from novastream_desktop.paths import resources_dir
from novastream_desktop.player import create_mpv_player
from novastream_desktop.player.ahead import FetchesAhead, may_fetch
from novastream_desktop.player.base import LoadRequest, PlayerPhase, PlayerState
from novastream_desktop.runtime import ServiceLoop

pytest.importorskip("mpv")

DEMO = resources_dir() / "demo"
FILM, SMALL = "lantern-bay/lantern-bay-360p.mp4", "lantern-bay/lantern-bay-720p.mp4"
PLAYLIST = "paper-boats/s1e1/720p/index.m3u8"


class Origin:
    """Serves the demo's files with ranges and notes what is asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self._more = threading.Condition()
        origin = self

        class Files(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                origin.note(self.path.lstrip("/"))
                data = (DEMO / self.path.lstrip("/")).read_bytes()
                span = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
                start = int(span[1]) if span else 0
                end = min(len(data) - 1, int(span[2])) if span and span[2] else len(data) - 1
                self.send_response(206 if span else 200)
                self.send_header("Accept-Ranges", "bytes")
                self.send_header("Content-Length", str(end - start + 1))
                self.send_header("Content-Range", f"bytes {start}-{end}/{len(data)}")
                self.end_headers()
                try:
                    self.wfile.write(data[start : end + 1])
                except OSError:
                    self.close_connection = True

            def log_message(self, *args: object) -> None:
                """Nothing on standard error."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Files)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def note(self, path: str) -> None:
        with self._more:
            self.asked.append(path)
            self._more.notify_all()

    def wait_for(self, path: str) -> None:
        with self._more:
            assert self._more.wait_for(lambda: path in self.asked, 20), self.asked

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/{path}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def origin() -> Iterator[Origin]:
    origin = Origin()
    yield origin
    origin.close()


class Cinema:
    """A player on a loop of its own, driven from the test's thread."""

    def __init__(self) -> None:
        self.loop = ServiceLoop()
        self.loop.start()
        self.player = create_mpv_player(self.loop, {"vo": "null", "ao": "null"})

    def do(self, command: Callable[..., object], *args: object) -> None:
        self.loop.post(command, *args)

    def until(self, holds: Callable[[PlayerState], object]) -> PlayerState:
        end = time.monotonic() + 20
        while time.monotonic() < end:
            state = self.player.state.value
            if holds(state):
                return state
            time.sleep(0.01)
        raise AssertionError(self.player.state.value)

    def fetch_ahead(self, request: LoadRequest) -> bool:
        async def fetch() -> bool:
            return self.player.fetch_ahead(request)

        return self.loop.submit(fetch()).result(5)


@pytest.fixture
def cinema() -> Iterator[Cinema]:
    cinema = Cinema()
    yield cinema
    cinema.player.close()
    cinema.loop.stop()


@pytest.mark.parametrize("following", [SMALL, PLAYLIST])
def test_the_next_file_asks_the_origin_for_nothing_new(
    cinema: Cinema, origin: Origin, following: str
):
    assert isinstance(cinema.player, FetchesAhead)
    cinema.do(cinema.player.load, LoadRequest(origin.url(FILM)))
    cinema.until(may_fetch)
    assert cinema.fetch_ahead(LoadRequest(origin.url(following)))
    origin.wait_for(following)
    if following is PLAYLIST:
        origin.wait_for("paper-boats/s1e1/720p/seg-000.ts")
    handle = cinema.player._handle
    cinema.until(lambda _: handle.playlist_count == 1)  # nothing follows by itself
    cinema.do(cinema.player.stop)
    cinema.until(lambda s: s.phase is PlayerPhase.IDLE)
    heads = {following, "paper-boats/s1e1/720p/seg-000.ts"}
    before = [path for path in origin.asked if path in heads]
    cinema.do(cinema.player.load, LoadRequest(origin.url(following)))
    cinema.until(lambda s: s.has_picture and s.position > 0.2)
    assert [path for path in origin.asked if path in heads] == before


def test_the_file_ends_as_ever_and_nothing_plays_by_itself(cinema: Cinema, origin: Origin):
    cinema.do(cinema.player.load, LoadRequest(origin.url(FILM)))
    cinema.until(may_fetch)
    assert cinema.fetch_ahead(LoadRequest(origin.url(SMALL)))
    cinema.do(cinema.player.seek, cinema.player.state.value.duration - 0.5)
    cinema.until(lambda s: s.phase is PlayerPhase.ENDED)
    cinema.until(lambda _: cinema.player._handle.idle_active)
    assert cinema.player.state.value.phase is PlayerPhase.ENDED


def test_what_would_be_asked_for_otherwise_is_not_fetched(cinema: Cinema, origin: Origin):
    cinema.do(cinema.player.load, LoadRequest(origin.url(FILM)))
    cinema.until(may_fetch)
    with_headers = LoadRequest(origin.url(SMALL), headers=(("X-Key", "1"),))
    assert not cinema.fetch_ahead(with_headers)
    assert not cinema.fetch_ahead(LoadRequest(origin.url(SMALL), proxy="http://127.0.0.1:1"))
    assert SMALL not in origin.asked


@pytest.mark.parametrize(
    ("changes", "may"),
    [
        ({}, True),
        ({"buffered_to": 90.0}, False),
        ({"position": 95.0}, False),
        ({"position": 91.0, "speed": 2.0}, False),
        ({"duration": 0.0}, False),
        ({"phase": PlayerPhase.LOADING}, False),
        ({"has_picture": False}, False),
    ],
)
def test_when_there_is_room_for_it(changes: dict[str, object], may: bool):
    state = PlayerState(
        phase=PlayerPhase.PLAYING, has_picture=True, duration=100.0, position=50.0, buffered_to=100
    )
    assert may_fetch(replace(state, **changes)) is may  # type: ignore[arg-type]


def test_a_path_of_the_demo_is_there():
    assert (DEMO / Path(PLAYLIST)).is_file()
