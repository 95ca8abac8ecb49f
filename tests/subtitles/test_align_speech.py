"""Subtitles are fitted to people who really speak, over music."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path

import pytest

from novastream_desktop.errors import SourceUnavailable
from novastream_desktop.playback._sync import fit_to_sound
from novastream_desktop.player.base import LoadRequest
from novastream_desktop.subtitles import Timing
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
        " than others. Press T when you hear a line and T again when you see it."
    )
