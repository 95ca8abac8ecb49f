"""Real libmpv without a window: what the program sets in it, and what it reports."""

from __future__ import annotations

import array
import math
import threading
import wave
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from novastream_desktop.paths import resources_dir
from novastream_desktop.player._options import limiter_for
from novastream_desktop.player._thumbnails import is_here
from novastream_desktop.player.base import (
    ExternalSubtitle,
    Fit,
    LoadRequest,
    PlayerPhase,
    PlayerState,
)
from tests.fakes.real_player import RealPlayer

pytest.importorskip("mpv")

FILM = next(resources_dir().glob("demo/lantern-bay/*720p.mp4"))
SUBTITLES = """1
00:00:02,000 --> 00:00:03,000
One

2
00:00:05,000 --> 00:00:06,000
Two
"""


class Film(RealPlayer):
    """The real player, asked also for what only mpv knows."""

    def property(self, name: str) -> object:
        return self.player._handle[name]


@pytest.fixture
def film() -> Iterator[Film]:
    film = Film()
    yield film
    film.close()


def playing(state: PlayerState) -> bool:
    return state.has_picture and state.duration > 0


def test_a_loop_goes_round(film: Film):
    film.do(film.player.load, LoadRequest(str(FILM), start=2.0))
    film.until(playing)

    film.do(film.player.set_loop, 2.5, 3.0)
    film.until(lambda s: (s.loop_from, s.loop_to) == (2.5, 3.0))
    film.until(lambda s: s.position > 2.75)
    film.until(lambda s: 2.4 < s.position < 2.65)
    film.do(film.player.load, LoadRequest(str(FILM), start=1.0))

    film.until(lambda s: playing(s) and s.loop_from is None and s.loop_to is None)


def test_a_file_is_fetched_by_its_proxy_and_the_next_one_straight(film: Film):
    asked: list[str] = []

    class Proxy(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *args: object) -> None:
            """Nothing on standard error."""

    with HTTPServer(("127.0.0.1", 0), Proxy) as proxy:
        serving = threading.Thread(target=proxy.serve_forever, args=(0.05,))
        serving.start()
        film.do(
            film.player.load,
            LoadRequest(
                "http://media.example/film.mp4", proxy=f"http://127.0.0.1:{proxy.server_port}"
            ),
        )
        film.until(lambda s: s.phase is PlayerPhase.FAILED)
        assert asked == ["http://media.example:80/film.mp4"]
        film.do(film.player.load, LoadRequest(f"http://127.0.0.1:{proxy.server_port}/b.mp4"))
        film.until(lambda s: s.phase is PlayerPhase.LOADING)
        film.until(lambda s: s.phase is PlayerPhase.FAILED)
        assert asked[1:] == ["/b.mp4"]
        proxy.shutdown()
        serving.join()


def test_subtitle_lines_are_sought(film: Film, tmp_path: Path):
    file = tmp_path / "lines.srt"
    file.write_text(SUBTITLES, encoding="utf-8")
    film.do(film.player.load, LoadRequest(str(FILM), start=1.0, paused=True))
    film.until(playing)
    film.do(lambda: film.player.add_subtitle(ExternalSubtitle(str(file)), select=True))
    film.until(lambda s: any(t.selected for t in s.tracks if t.kind == "sub"))

    film.do(film.player.seek_subtitle, 1)
    film.until(lambda s: abs(s.position - 2.0) < 0.15 and not s.seeking)
    film.do(film.player.seek_subtitle, 1)
    film.until(lambda s: abs(s.position - 5.0) < 0.15 and not s.seeking)
    film.do(film.player.set_subtitle_position, 40.0)
    film.do(film.player.seek_subtitle, -1)
    film.until(lambda s: abs(s.position - 2.0) < 0.15 and not s.seeking)

    assert film.property("sub-pos") == 40


@pytest.mark.parametrize(
    ("fit", "keeps", "pans"), [(Fit.FILL, True, 1.0), (Fit.STRETCH, False, 0.0), (Fit.FIT, True, 0)]
)
def test_the_picture_takes_the_window(film: Film, fit: Fit, keeps: object, pans: float):
    film.do(film.player.set_fit, fit)
    film.do(film.player.set_speed, 1.5)  # handled in order: when it is there, so are those before
    film.until(lambda s: s.speed == 1.5)

    assert (film.property("keepaspect"), film.property("panscan")) == (keeps, pans)


def test_statistics_only_while_they_are_asked_for(film: Film):
    film.do(film.player.load, LoadRequest(str(FILM)))
    state = film.until(lambda s: playing(s) and s.fps > 0)
    assert state.statistics is None
    assert (state.fps, state.hwdec) == (24.0, "")

    film.do(film.player.watch_statistics, True)
    film.until(lambda s: s.statistics and s.statistics.pixel_format)
    film.do(film.player.watch_statistics, False)

    film.until(lambda s: s.statistics is None)


def test_without_a_sound_device_it_plays_on_and_says_so():
    film = Film(ao="alsa", **{"audio-device": "alsa/there-is-no-such-device"})
    try:
        film.do(film.player.load, LoadRequest(str(FILM)))
        state = film.until(lambda s: s.silent and s.position > 0.5)
        assert any(t.selected for t in state.tracks if t.kind == "audio")
    finally:
        film.close()


def write_sine(path: Path) -> Path:
    """Write half a second of a 440 Hz tone at 90 % of full scale."""
    rate, loud = 48000, 0.9 * 32767
    tone = (round(loud * math.sin(2 * math.pi * 440 * n / rate)) for n in range(rate // 2))
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(array.array("h", tone).tobytes())
    return path


def played_samples(tmp_path: Path, volume: float) -> array.array[int]:
    """Play the tone at a volume into a file; return what would have reached the speakers."""
    heard = tmp_path / f"{volume}.raw"
    raw = {"ao-pcm-file": str(heard), "ao-pcm-waveheader": "no", "audio-format": "s16"}
    film = Film(ao="pcm", **raw)
    try:
        film.do(film.player.set_volume, volume)
        film.until(lambda s: s.volume == volume)
        film.do(film.player.load, LoadRequest(str(write_sine(tmp_path / "tone.wav"))))
        film.until(lambda s: s.phase in {"ended", "failed"})  # faster than it is told
    finally:
        film.close()
    return array.array("h", heard.read_bytes())


def share_at_the_rails(samples: array.array[int]) -> float:
    return sum(abs(s) >= 32760 for s in samples) / len(samples)


def test_above_100_per_cent_nothing_clips(tmp_path: Path):
    plain, loud = played_samples(tmp_path, 100.0), played_samples(tmp_path, 150.0)

    assert max(plain) == pytest.approx(29490, abs=300)
    assert max(loud) > max(plain)
    assert share_at_the_rails(loud) < 0.01  # unlimited, it is 0.79


@pytest.mark.parametrize(("volume", "limit"), [(0, ""), (100, ""), (110, "0.751"), (150, "0.296")])
def test_the_limiter_is_only_there_above_100_per_cent(volume: float, limit: str):
    assert (f"limit={limit}:" in limiter_for(volume)) if limit else limiter_for(volume) == ""


@pytest.mark.parametrize(
    ("url", "here"),
    [
        ("/films/a.mkv", True),
        ("C:\\films\\a.mkv", True),
        ("file:///films/a.mkv", True),
        ("http://127.0.0.1:8123/stream/x/0/a.mkv", True),
        ("http://localhost/a.m3u8", True),
        ("http://[::1]/a.mp4", True),
        ("http://192.168.1.4/a.mp4", False),
        ("https://archive.org/a.mp4", False),
        ("https://localhost.example.org/a.mp4", False),
        ("rtmp://127.0.0.1/a", False),
    ],
)
def test_only_what_is_on_this_machine_is_looked_at_twice(url: str, here: object):
    assert is_here(url) is here


def test_small_pictures_of_other_places(film: Film):
    assert film.loop.submit(film.player.thumbnail(3.0)).result(10) is None
    film.do(film.player.load, LoadRequest(str(FILM), paused=True))
    film.until(playing)

    early, late = (film.loop.submit(film.player.thumbnail(t)).result(10) for t in (4.0, 40.0))

    assert early is not None
    assert late is not None
    assert (early.width, early.height) == (224, 126)
    assert len(early.data) == early.stride * early.height
    assert early.data != late.data
    assert film.player.state.value.position < 1.0


def test_what_cannot_be_opened_has_no_picture(film: Film, tmp_path: Path):
    file = tmp_path / "broken.mp4"
    file.write_bytes(b"no film at all" * 100)
    film.player._thumbnails.point_to(LoadRequest(str(file)))

    assert film.loop.submit(film.player.thumbnail(3.0)).result(10) is None
