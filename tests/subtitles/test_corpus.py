"""The corpus of encodings is read right: what the issue asks for, as an assertion."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "packaging"))

from make_subtitle_corpus import DATA, Sample, samples

from novastream_desktop.subtitles import decode, language_of

EACH = 1 if os.environ.get("NOVASTREAM_SLOW") else 3
"""Every so many files are read; the benchmark reads all of them."""
SHORT = list(samples((3, 30)))
LONG = [sample for sample in samples((600,)) if not sample.encoding.startswith("utf")]


@pytest.mark.parametrize(("told", "least"), [(True, 0.99), (False, 0.95)])
@pytest.mark.parametrize("files", [SHORT[::EACH], LONG[::5]], ids=["short", "long"])
def test_nearly_all_files_are_read_right(files: list[Sample], told: bool, least: float):
    wrong = [
        f"{sample.lang} {sample.encoding} {sample.lines}.{sample.variant}"
        for sample in files
        if decode(sample.data, sample.lang if told else "und").text != sample.text
    ]
    assert len(wrong) <= (1 - least) * len(files), wrong


def test_a_wrong_language_does_little_harm():
    langs = sorted({sample.lang for sample in SHORT})
    files = [sample for sample in SHORT[:: 3 * EACH] if not sample.encoding.startswith("utf")]
    wrong = [
        f"{sample.lang} {sample.encoding} {told}"
        for place, sample in enumerate(files)
        if (told := langs[place % len(langs)]) != sample.lang
        and decode(sample.data, told).text != sample.text
    ]
    assert len(wrong) <= 0.05 * len(files), wrong


def test_a_text_tells_its_language():
    texts = {sample.lang: sample.text for sample in LONG}
    assert {lang: language_of(text) for lang, text in texts.items()} == {
        lang: lang for lang in texts
    }
    assert language_of("1\n00:00:01,000 --> 00:00:02,000\nOK\n") == "und"
    assert language_of("") == "und"


def test_the_files_in_the_repository_are_what_the_script_makes():
    kept = {file.name: file.read_bytes() for file in (DATA / "corpus").iterdir()}
    made = {
        f"{s.lang}.{s.encoding}.{s.lines}.{s.variant}.srt": s.data
        for s in SHORT
        if s.lines == 3 and s.variant == 0
    }
    assert len({s.lang for s in SHORT}) >= 25
    assert kept == made
