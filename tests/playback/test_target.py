"""What cannot be opened is said in a sentence, whatever it is."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from novastream_desktop.errors import NotFound
from novastream_desktop.playback.target import parse_target


@pytest.mark.parametrize(
    ("target", "why"),
    [
        ("~nobody-of-that-name/film.mkv", "no such file"),
        ("gone\0.mkv", "no such file"),
        ("film" * 100, "file name too long"),
        ("file:///" + "film" * 100, "file name too long"),
    ],
)
def test_a_path_that_cannot_be_looked_at_is_told(target: str, why: str):
    with pytest.raises(NotFound) as told:
        parse_target(target)
    assert told.value.why == why


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="no folder is closed to root")
def test_a_folder_that_is_closed_is_told(tmp_path: Path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0)
    with pytest.raises(NotFound) as told:
        parse_target(str(closed / "film.mkv"))
    assert told.value.why == "permission denied"
