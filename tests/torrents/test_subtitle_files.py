"""Subtitle files inside a torrent."""

from __future__ import annotations

import pytest

from novastream_desktop.torrents._subtitle_files import label_of, language_of, subtitle_files
from novastream_desktop.torrents.base import TorrentFile


def listing(*paths: str) -> list[TorrentFile]:
    return [TorrentFile(i, path, 10, path.endswith(".mkv")) for i, path in enumerate(paths)]


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        (["F/film.mkv", "F/film.en.srt", "F/readme.txt"], ["F/film.en.srt"]),
        (["F/film.mkv", "F/Subs/2_English.srt", "F/x.idx"], ["F/Subs/2_English.srt"]),
        (
            ["P/S.S01E01.mkv", "P/S.S01E02.mkv", "P/S.S01E01.srt", "P/S.S01E02.srt"],
            ["P/S.S01E01.srt"],
        ),
        (
            ["P/S.S01E01.mkv", "P/S.S01E02.mkv", "P/Subs/S.S01E01/3_fre.srt", "P/Subs/other.srt"],
            ["P/Subs/S.S01E01/3_fre.srt"],
        ),
        (["P/S.S01E01.mkv", "P/S.S01E02.mkv", "P/s/Show 1x01 eng.ass"], ["P/s/Show 1x01 eng.ass"]),
    ],
)
def test_those_of_the_video(paths: list[str], expected: list[str]):
    files = listing(*paths)
    assert [file.path for file in subtitle_files(files, files[0])] == expected


def test_empty_and_huge_ones_are_left_out():
    video = TorrentFile(0, "a.mkv", 10, True)
    odd = [TorrentFile(1, "a.srt", 0), TorrentFile(2, "a.en.srt", 1 << 40)]
    assert subtitle_files([video, *odd], video) == ()


@pytest.mark.parametrize(
    ("path", "label", "lang"),
    [
        ("F/film.en.srt", "en", "en"),
        ("F/film.pt-BR.forced.srt", "pt-BR.forced", "pt-BR"),
        ("F/Subs/2_English.srt", "2_English", "en"),
        ("F/Subs/Brazilian Portuguese.srt", "Brazilian Portuguese", "pt-BR"),
        ("F/film.eng.hi.srt", "eng.hi", "en"),
        ("F/film.srt", "", "und"),
        ("F/The Director.srt", "The Director", "und"),
    ],
)
def test_label_and_language(path: str, label: str, lang: str):
    got = label_of(TorrentFile(1, path, 1), TorrentFile(0, "F/film.mkv", 1, True))
    assert (got, language_of(got)) == (label, lang)
