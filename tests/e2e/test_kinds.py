"""A film, a series and an anime, each from home to its end by keyboard, through two deaths.

The source dies in the middle and another goes on; the program is killed and goes on where it
was; the intro is skipped by S; the next episode follows by itself.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.acting import facts_of, start
from tests.e2e.hosts import Control, Host

DEMO = Path(__file__).resolve().parents[2] / "resources" / "demo"
pytestmark = [
    pytest.mark.e2e,
    pytest.mark.timeout(180),
    pytest.mark.skipif(
        not os.environ.get("DISPLAY") and not os.environ.get("CI"),
        reason="needs an X display with OpenGL; packaging/dev.py test brings one",
    ),
]
RESUMES_WITHIN = 6.0
RATE = 32_000
PARTS = {
    "movie": ["lantern-bay/lantern-bay-720p.mp4"],
    "series": ["paper-boats/s1e1/master.m3u8", "paper-boats/s1e2/master.m3u8"],
    "anime": [f"moon-courier/Moon.Courier.S01E0{n}.720p.WEB.H264-NOVA.mkv" for n in (1, 2)],
}


def shelf(folder: Path, kind: str, hosts: list[Host]) -> Path:
    """Write a mirror index of one title whose parts lie on every host."""
    item: dict[str, Any] = {
        "content": {"id": "t", "title": "Two Hosts", "type": kind, "year": 2026},
        "sources": [],
    }
    for number, path in enumerate(PARTS[kind], 1):
        part = {} if kind == "movie" else {"episodeId": f"s1e{number}"}
        stream = "hls" if path.endswith("m3u8") else "mp4"
        item["sources"] += [
            {**part, "url": f"{host.url}/{path}", "quality": "720p", "type": stream}
            for host in hosts
        ]
        if part:
            item.setdefault("episodes", []).append(
                {"id": f"s1e{number}", "season": 1, "episodeNumber": number, "title": f"N{number}"}
            )
            item.setdefault("skipRanges", []).append(
                {**part, "type": "op", "start": 3.0, "end": 15.0}
            )
    folder.mkdir()
    (folder / "index.json").write_text(json.dumps({"name": "pair", "version": 1, "items": [item]}))
    return folder


@pytest.mark.parametrize("kind", ["movie", "series", "anime"])
def test_an_evening_by_keyboard_through_two_deaths(tmp_path: Path, kind: str) -> None:
    hosts = [Host(DEMO, address, RATE) for address in ("127.0.0.1", "127.0.0.2")]
    control = Control(hosts)
    mirrors = json.dumps([str(shelf(tmp_path / "mirror", kind, hosts))])
    home = tmp_path / "home"
    how = {"module": "tests.e2e.kinds", "NOVASTREAM_SOURCES__MIRRORS": mirrors}

    run = start("first_life", home, control.url, **how)
    left = control.wait_for_place(run)
    run.kill()
    run.communicate()
    facts = facts_of(start("second_life", home, control.url, **how))
    control.close()

    assert facts["shelf"][0]["id"] == "mirror:pair:t"
    assert left - RESUMES_WITHIN <= facts["resumedAt"] <= left + RESUMES_WITHIN, (left, facts)
    assert facts["endedAt"] == pytest.approx(facts["duration"], abs=1.5)
    if kind != "movie":
        assert facts["next"] == "s1e2"
        assert facts["skippedTo"] >= 14.5
        assert facts["nextGap"] < 3.0, facts
