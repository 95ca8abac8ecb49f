"""Subtitles find the place where somebody speaks."""

from __future__ import annotations

import asyncio
import math
import random
import wave
from array import array
from pathlib import Path

import pytest

from novastream_desktop.errors import SourceUnavailable
from novastream_desktop.playback._opening import Opened
from novastream_desktop.playback._sync import DECODED, fit_to_sound, request_for_fit
from novastream_desktop.player.base import LoadRequest
from novastream_desktop.subtitles import Timing, align, align_file
from novastream_desktop.subtitles._align import FRAME
from novastream_desktop.torrents.base import TorrentProgress

PAL = 25 / (24000 / 1001)


def talk(seconds: float, seed: int = 1) -> list[tuple[float, float]]:
    """Return when somebody speaks in a film."""
    chance = random.Random(seed)
    lines, now = [], 5.0
    while now < seconds - 10:
        length = chance.uniform(0.8, 4.0)
        lines.append((now, now + length))
        now += length + chance.choice((0.3, 0.8, 2.0, 6.0, 25.0))
    return lines


def sound(seconds: float, lines: list[tuple[float, float]], seed: int = 2) -> list[float]:
    """Return the levels of a film: speech, gaps in it, and music that comes and goes."""
    chance = random.Random(seed)
    levels = [2.0 + chance.gauss(0, 0.4) for _ in range(int(seconds / FRAME))]
    for start in range(0, len(levels), 900):
        music = chance.choice((0.0, 0.0, 2.0))
        for at in range(start, min(len(levels), start + 900)):
            levels[at] += music
    for start, end in lines:
        for at in range(int(start / FRAME), int(end / FRAME)):
            levels[at] += chance.choice((0.2, 1.5, 2.5))
    return levels


@pytest.mark.parametrize("timing", [Timing(-7.35), Timing(41.2), Timing(2.5, PAL)])
def test_a_shift_and_a_speed_are_found(timing: Timing):
    spoken = talk(1200)
    heard = sound(1200, [line for line in spoken if random.Random(str(line)).random() < 0.9])
    written = [(timing.own_time(start), timing.own_time(end)) for start, end in spoken]
    found = align(heard, [(max(0.0, start), max(0.1, end)) for start, end in written])
    assert found.certain
    assert found.timing.speed == pytest.approx(timing.speed, abs=1e-5)
    for moment in (100.0, 1100.0):
        assert found.timing.shown_at(moment) == pytest.approx(timing.shown_at(moment), abs=0.25)


def test_another_films_subtitles_do_not_fit():
    assert not align(sound(900, talk(900)), talk(900, seed=9)).certain


@pytest.mark.parametrize("lines", [[], [(1.0, 2.0)] * 3])
def test_too_little_to_tell(lines: list[tuple[float, float]]):
    assert not align(sound(600, talk(600)), lines).certain
    assert not align([], talk(600)).certain


def test_samples_of_a_file(tmp_path: Path):
    spoken = talk(300)
    chance = random.Random(3)
    rate = 1000
    samples = array("h", [chance.randint(-20, 20) for _ in range(300 * rate)])
    for start, end in spoken:
        for at in range(int((start + 1.5) * rate), int((end + 1.5) * rate)):
            samples[at] *= 40
    file = tmp_path / "sound.pcm"
    file.write_bytes(samples.tobytes())
    found = align_file(file, rate, spoken)
    assert found.certain
    assert found.timing.speed == 1.0
    assert found.timing.delay == pytest.approx(1.5, abs=FRAME + 0.001)


def test_what_can_be_listened_to():
    opened, lines = Opened(LoadRequest("file:///film.mkv")), [(1.0, 2.0)]
    whole, half = TorrentProgress(fraction=1.0), TorrentProgress(fraction=0.5)
    for torrent in (None, whole):
        assert request_for_fit(lines, opened, torrent) == opened.request
    for nothing in (([], opened, None), (lines, None, None)):
        with pytest.raises(SourceUnavailable, match="inside the video, or are pictures"):
            request_for_fit(*nothing)
    with pytest.raises(SourceUnavailable, match="not all on this computer"):
        request_for_fit(lines, opened, half)


def test_real_libmpv_decodes_and_a_process_compares(tmp_path: Path):
    pytest.importorskip("mpv")
    rate, spoken = 8000, talk(240)
    samples = array("h", bytes(2 * 240 * rate))
    tone = [round(9000 * math.sin(2 * math.pi * 600 * at / rate)) for at in range(rate)]
    for start, end in spoken:
        first, last = int((start - 2.4) * rate), int((end - 2.4) * rate)
        for at in range(first, last):
            samples[at] = tone[at % rate]
    file = tmp_path / "film.wav"
    with wave.open(str(file), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes(samples.tobytes())
    shares: list[float] = []

    async def fit(lines: list[tuple[float, float]]) -> Timing:
        return await fit_to_sound(LoadRequest(file.as_uri()), lines, shares.append)

    found = asyncio.run(fit(spoken))
    assert found.speed == 1.0
    assert found.delay == pytest.approx(-2.4, abs=0.11)
    assert shares[-1] == DECODED
    with pytest.raises(SourceUnavailable, match="no shift of them fits"):
        asyncio.run(fit(spoken[:2]))
    file.write_bytes(b"no sound")
    with pytest.raises(SourceUnavailable, match="sound cannot be read"):
        asyncio.run(fit(spoken))
