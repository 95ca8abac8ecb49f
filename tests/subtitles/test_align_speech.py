"""Subtitles are fitted to people who really speak, over music."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from novastream_desktop.errors import NotFound, SourceUnavailable
from novastream_desktop.models import SourceType, StreamSource, SubtitleTrack
from novastream_desktop.playback._sync import DECODED, fit_to_sound
from novastream_desktop.playback.fitting import FittedTitle, fit_subtitles
from novastream_desktop.playback.movie import MoviePlaybackService
from novastream_desktop.playback.state import NoticeCode
from novastream_desktop.player.base import LoadRequest
from novastream_desktop.providers.base import WatchRequest
from novastream_desktop.runtime import ServiceLoop
from novastream_desktop.settings import Settings, SubtitlesSettings
from novastream_desktop.subtitles import SubtitleMemory, SubtitleService, Timing
from novastream_desktop.subtitles._cues import Cue, render_srt
from tests.fakes.cinema import opened_cinema
from tests.fakes.http import FakeHttp
from tests.fakes.playback_world import FILM, World
from tests.fakes.speech import SPEAKER, Spoken, can_speak, make_film, written

pytest.importorskip("mpv")
pytestmark = pytest.mark.skipif(not can_speak(), reason=f"{SPEAKER} is not installed")
PAL = 25 / (24000 / 1001)
NEAR = 0.1


@dataclass
class Film:
    request: LoadRequest
    spoken: Spoken

    def fit(self, lines: list[tuple[float, float]]) -> Timing:
        return asyncio.run(fit_to_sound(self.request, lines, lambda _share: None))


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Film:
    folder = tmp_path_factory.mktemp("speech")
    file = folder / "film.wav"
    spoken = make_film(file, folder, 360, music=0.4)
    return Film(LoadRequest(file.as_uri()), spoken)


@pytest.mark.parametrize("timing", [Timing(-17.47), Timing(2.36, PAL)], ids=["shift", "drift"])
def test_lines_come_when_they_are_spoken(film: Film, timing: Timing):
    found = film.fit(written(film.spoken, shift=timing.delay, speed=timing.speed))
    for own in (0.0, film.spoken.seconds):
        assert found.shown_at(own) == pytest.approx(timing.shown_at(own), abs=NEAR)


def test_another_films_lines_are_refused_with_a_sentence(film: Film, tmp_path: Path):
    other = make_film(tmp_path / "other.wav", tmp_path, 360, music=0.0, seed=5)
    with pytest.raises(SourceUnavailable) as caught:
        film.fit(written(other, shift=0.0))
    assert caught.value.sentence() == (
        "The subtitles could not be fitted to the sound: no shift of them fits clearly better"
        " than others. In the player, press T when you hear a line and T again when you see it."
    )


def write_lines(file: Path, lines: list[tuple[float, float]]) -> SubtitleTrack:
    said = [Cue(round(a * 1000), round(b * 1000), f"line {n}") for n, (a, b) in enumerate(lines)]
    file.write_text(render_srt(said), encoding="utf-8")
    return SubtitleTrack(lang="en", url=file.as_uri(), origin="local")


def titled(film: Film, *sources: StreamSource, track: SubtitleTrack) -> FittedTitle:
    world = World(subtitle_tracks=(track,))
    service = MoviePlaybackService(sources=world, subtitles=world, skips=world, progress=world)
    return FittedTitle(service, WatchRequest(FILM), sources)


def test_the_commands_fit_is_what_the_window_remembers(film: Film, tmp_path: Path):
    own = write_lines(tmp_path / "a.srt", written(film.spoken, shift=-3.2))
    torrent = StreamSource(url="magnet:?xt=urn:btih:1", type=SourceType.TORRENT, provider="t")
    source = StreamSource(
        url=film.request.url, type=SourceType.MP4, provider="local", release_name="Film.WEB"
    )
    shares: list[float] = []

    async def fit() -> None:
        memory = SubtitleMemory(None)
        desk = SubtitleService(
            providers=[], http=FakeHttp({}), settings=SubtitlesSettings(),
            cache_dir=tmp_path / "cache", memory=memory,
        )  # fmt: skip
        title = titled(film, torrent, source, track=own)
        fitted = await fit_subtitles(title, desk, "1", shares.append)
        assert fitted.timing.delay == pytest.approx(-3.2, abs=NEAR)
        digest = (await desk.prepare(own)).digest
        assert memory.timing_of(digest, "Film.WEB") == fitted.timing
        with pytest.raises(NotFound, match="There are no subtitles 2: the list has 1"):
            await fit_subtitles(title, desk, "2", shares.append)
        with pytest.raises(SourceUnavailable, match="no source of this title can be listened to"):
            await fit_subtitles(titled(film, torrent, track=own), desk, own.url, shares.append)

    asyncio.run(fit())
    assert shares == sorted(shares)


@pytest.fixture(scope="module")
def video(film: Film, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same sound under a black picture, with lines beside it that come too late."""
    if shutil.which("ffmpeg") is None:
        pytest.skip("ffmpeg is not installed")
    file = tmp_path_factory.mktemp("video") / "film.mkv"
    picture = ("-f", "lavfi", "-i", "color=c=black:s=64x36:r=2")
    sound = ("-i", film.request.url, "-shortest", "-c:v", "mpeg4", "-c:a", "copy")
    subprocess.run(["ffmpeg", "-v", "error", *picture, *sound, str(file)], check=True)
    write_lines(file.with_suffix(".en.srt"), written(film.spoken, shift=-2.5))
    return file


def test_the_window_fits_remembers_and_can_stop(video: Path, tmp_path: Path):
    settings = Settings.model_validate({"subtitles": {"languages": ["en"]}})
    loop = ServiceLoop()
    loop.start()

    async def watch() -> None:
        async with opened_cinema(loop, tmp_path, settings, [], {FILM.id: video}) as film:
            shares: list[float | None] = []
            unwatch = film.session.state.watch(lambda s: shares.append(s.subtitle_sync))
            film.session.open_title(FILM.id)
            await film.until("the lines", lambda s: s.subtitle_facts is not None)
            film.session.sync_subtitles()
            await film.until("the fit begun", lambda s: s.subtitle_sync is not None)
            film.session.sync_subtitles()
            stopped = await film.until("the fit stopped", lambda s: s.subtitle_sync is None)
            assert stopped.player.subtitle_delay == 0.0
            film.session.sync_subtitles()
            done = await film.until(
                "the fit", lambda s: s.notice and s.notice.code is NoticeCode.SUBTITLE_SYNCED
            )
            unwatch()
            assert done.notice is not None
            assert done.notice.amount == pytest.approx(-2.5, abs=NEAR)
            told = [share for share in shares if share is not None]
            assert max(told) >= DECODED
            track = film.state.subtitles[0]
            digest = (await film.service.prepare(track)).digest
            kept = film.service.memory.timing_of(digest, FILM.id)
            assert kept is not None
            assert kept.delay == pytest.approx(-2.5, abs=NEAR)
            await film.until("it shown so", lambda s: s.player.subtitle_delay == kept.delay)

    loop.submit(watch()).result(90)
    loop.stop()
