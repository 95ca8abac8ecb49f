"""Media that are not what they should be: the session over real libmpv, files and HTTP."""

from __future__ import annotations

import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from novastream_desktop.models import SourceType, WatchProgress
from novastream_desktop.playback import _stall
from novastream_desktop.playback.session import PlaybackSession
from novastream_desktop.playback.state import Outcome, SessionPhase, SessionState
from novastream_desktop.player.base import LoadRequest, TrackKind
from novastream_desktop.runtime import SystemClock
from tests.e2e.hosts import Host
from tests.fakes.playback_world import FILM, World, source
from tests.fakes.real_player import RealPlayer

pytest.importorskip("mpv")
SECONDS = 7


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a film of seven seconds, and the same cut for HLS."""
    folder = tmp_path_factory.mktemp("clips")
    picture = ["-f", "lavfi", "-i", f"testsrc2=s=64x36:r=10:d={SECONDS}"]
    coded = ["-c:v", "libx264", "-preset", "ultrafast", "-g", "10", "-pix_fmt", "yuv420p"]
    sound = ["-f", "lavfi", "-i", f"sine=d={SECONDS}", "-c:a", "aac"]
    cut = ["-f", "hls", "-hls_time", "1", "-hls_list_size", "0"]
    two = ["-map", "0:v", "-map", "1:a", "-map", "1:a", "-movflags", "+faststart"]
    two += ["-metadata:s:a:0", "language=eng", "-metadata:s:a:1", "language=deu"]
    for words in ([*two, str(folder / "film.mp4")], [*cut, str(folder / "film.m3u8")]):
        command = ["ffmpeg", "-v", "error", "-y", *picture, *sound, *coded, *words]
        subprocess.run(command, check=True)
    (folder / "garbage.mp4").write_bytes(b"this is not a film " * 5000)
    (folder / "page.mp4").write_bytes(b"<!doctype html><title>Gone</title>")
    return folder


@dataclass
class RealWorld(World):
    """The world of a session, with a real player in it."""

    real: RealPlayer = field(default_factory=RealPlayer)

    def __post_init__(self) -> None:
        super().__post_init__()
        self.player = self.real.player  # type: ignore[assignment]
        self.clock = SystemClock()  # type: ignore[assignment]
        self.ranges_of = ()

    def until(self, session: PlaybackSession, holds: Any) -> SessionState:
        return self.real.until_of(session.state, holds)


@pytest.fixture
def world() -> Iterator[RealWorld]:
    world = RealWorld()
    yield world
    world.real.close()


def opened(world: RealWorld, *files: Path | str) -> PlaybackSession:
    urls = [file.as_uri() if isinstance(file, Path) else file for file in files]
    world.sources_of[FILM.id] = [source(url) for url in urls]

    async def start() -> PlaybackSession:
        session = world.session()
        session.open_title(FILM.id)
        return session

    return world.real.loop.submit(start()).result(10)


def ended(world: RealWorld, session: PlaybackSession) -> None:
    world.real.loop.submit(session.close()).result(20)


def playing(state: SessionState) -> bool:
    return state.phase is SessionPhase.PLAYING and state.player.position > 0


def test_files_that_cannot_be_opened_give_way_and_say_why(world: RealWorld, clips: Path):
    bad = [clips / "garbage.mp4", clips / "page.mp4", clips / "there-is-none.mp4"]
    session = opened(world, *bad, clips / "film.mp4")

    state = world.until(session, playing)

    assert state.sources[state.source_index].url == (clips / "film.mp4").as_uri()
    tried = [(a.outcome, a.why) for a in state.trace]
    assert [outcome for outcome, _ in tried] == [*[Outcome.FAILED] * 3, Outcome.PLAYING]
    assert {why for _, why in tried[:2]} == {"the format is not known"}
    assert tried[2][1] == "the address could not be opened"
    begun = [a.started for a in state.trace]
    assert begun == sorted(set(begun))  # all since the one click
    assert (state.trace[-1].first_frame or 0.0) > begun[-1]
    assert state.notice is not None
    assert state.notice.code == "next-source"
    ended(world, session)


def test_where_nothing_can_be_opened_the_reason_is_told(world: RealWorld, clips: Path):
    session = opened(world, clips / "garbage.mp4")

    state = world.until(session, lambda s: s.phase is SessionPhase.FAILED)

    assert state.error == (
        "Film could not be played: the format is not known. Try again, or choose another source."
    )
    ended(world, session)


def test_a_film_shorter_than_where_it_was_left_begins_anew(world: RealWorld, clips: Path):
    left = WatchProgress(
        content_id=FILM.id, position=600.0, duration=1400.0, updated_at=SystemClock().now()
    )
    world.stored[left.key] = left
    session = opened(world, clips / "film.mp4")

    state = world.until(session, lambda s: playing(s) and s.player.position < SECONDS / 2)

    assert state.player.duration == pytest.approx(SECONDS, abs=0.2)
    assert len(state.trace) <= 2
    ended(world, session)


def test_hardware_that_cannot_decode_leaves_it_to_the_processor(clips: Path):
    film = RealPlayer(hwdec="vaapi")  # without a picture of its own no hardware can be asked
    try:
        film.do(film.player.load, LoadRequest(str(clips / "film.mp4")))
        state = film.until(lambda s: s.has_picture and s.position > 0.2)
        assert (state.phase, state.hwdec) == ("playing", "")
    finally:
        film.close()


def test_a_source_that_stands_still_gives_way_at_the_same_second_with_its_tracks(
    world: RealWorld, clips: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(_stall, "STALL_SECONDS", 1.0)
    size = (clips / "film.mp4").stat().st_size
    hosts = [Host(clips, address, rate=size // 5) for address in ("127.0.0.1", "127.0.0.2")]
    try:
        session = opened(world, *(f"{host.url}/film.mp4" for host in hosts))
        first = world.until(session, playing)
        english, german = first.player.tracks_of(TrackKind.AUDIO)
        assert english.selected
        assert german.lang not in ("", english.lang)
        world.real.do(session.select_audio, german.id)
        world.until(session, lambda s: s.player.position > 1.0)
        hosts[first.source_index].hangs.set()
        state = world.until(
            session,
            lambda s: playing(s) and s.trace[-1].first_frame is not None and len(s.trace) > 1,
        )
        stalled, standby = state.trace
        assert (stalled.outcome, standby.outcome) == (Outcome.STALLED, Outcome.PLAYING)
        assert stalled.why == "nothing came for 1 s"
        assert state.resumed_from > 1.0
        assert state.player.position == pytest.approx(state.resumed_from, abs=1.0)
        world.until(session, lambda s: _audio(s) == german.lang)
        ended(world, session)
    finally:
        for host in hosts:
            host.hangs.clear()
            host.kill()


def _audio(state: SessionState) -> str:
    return next((t.lang for t in state.player.tracks_of(TrackKind.AUDIO) if t.selected), "")


class LiveServer:
    """Serves an HLS playlist that grows by a segment a second, and ends when it is told to."""

    def __init__(self, folder: Path) -> None:
        self.began = time.monotonic()
        self.over = threading.Event()
        lines = (folder / "film.m3u8").read_text().splitlines()
        first = next(i for i, line in enumerate(lines) if line.startswith("#EXTINF"))
        self._head = lines[:first]
        self._segments = [lines[i : i + 2] for i in range(first, len(lines) - 1, 2)]
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Live, self, folder))
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}/live.m3u8"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def playlist(self) -> str:
        there = 3 + int(time.monotonic() - self.began)
        parts = self._segments if self.over.is_set() else self._segments[:there]
        end = ["#EXT-X-ENDLIST"] if self.over.is_set() else []
        return "\n".join([*self._head, *(line for part in parts for line in part), *end, ""])

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


class _Live(BaseHTTPRequestHandler):
    def __init__(self, live: LiveServer, folder: Path, *rest: Any) -> None:
        self._live, self._folder = live, folder
        super().__init__(*rest)

    def do_GET(self) -> None:
        name = self.path.lstrip("/")
        listed = name == "live.m3u8"
        body = self._live.playlist().encode() if listed else (self._folder / name).read_bytes()
        self.send_response(200)
        self.send_header(
            "Content-Type", "application/vnd.apple.mpegurl" if listed else "video/mp2t"
        )
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def test_a_live_playlist_that_grows_plays_on_and_ends_where_it_ends(world: RealWorld, clips: Path):
    live = LiveServer(clips)
    try:
        world.sources_of[FILM.id] = [source(live.url, SourceType.HLS)]
        session = opened(world, live.url)
        first = world.until(session, playing)
        later = world.until(session, lambda s: s.player.position > first.player.position + 2.0)
        assert later.phase is SessionPhase.PLAYING
        assert later.player.growing
        assert later.player.duration > first.player.duration
        assert len(later.trace) == 1
        world.real.do(session.toggle_pause)
        world.until(session, lambda s: s.player.paused)
        world.real.loop.submit(session._history.settle()).result(10)
        assert [p.finished for p in world.stored.values()] == [False]
        world.real.do(session.toggle_pause)
        world.real.do(session.seek_to, 1e6)  # beyond everything
        live.over.set()
        state = world.until(session, lambda s: s.phase in {SessionPhase.ENDED, SessionPhase.FAILED})
        assert state.phase is SessionPhase.ENDED, state.error
        ended(world, session)
        assert not [p for p in world.stored.values() if p.position > SECONDS + 1]
    finally:
        live.close()
