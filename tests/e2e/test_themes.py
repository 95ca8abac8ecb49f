"""Openings found by sound, through the whole program."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from tests.e2e.acting import ROOT, act

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.timeout(240),
    pytest.mark.skipif(
        not os.environ.get("DISPLAY") and not os.environ.get("CI"),
        reason="needs an X display with OpenGL; packaging/dev.py test brings one",
    ),
    pytest.mark.skipif(shutil.which("fpcalc") is None, reason="fpcalc is not installed"),
]


def test_a_season_on_disk_without_any_marks_learns_its_opening(tmp_path: Path) -> None:
    folder = tmp_path / "videos" / "Night Post" / "Season 1"
    folder.mkdir(parents=True)
    for number, video in enumerate(sorted((ROOT / "resources/demo/moon-courier").glob("*.mkv")), 1):
        unmarked = video.read_bytes().replace(b"Opening", b"Part 0.").replace(b"Ending", b"Part B")
        (folder / f"Night.Post.S01E0{number}.mkv").write_bytes(unmarked)
    local = json.dumps([str(tmp_path / "videos")])
    facts = act(
        "episodes", tmp_path, module="tests.e2e.themes", NOVASTREAM_SOURCES__LOCAL_FOLDERS=local
    )
    assert facts["first"] == [pytest.approx(6, abs=1), pytest.approx(24, abs=1), "fingerprint"]
    assert facts["second"] == [pytest.approx(10, abs=1), pytest.approx(28, abs=1), "fingerprint"]
    assert facts["first"][1] - 0.5 <= facts["jumpedTo"] <= facts["first"][1] + 2
