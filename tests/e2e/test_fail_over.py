"""A source that dies in the middle: the standby goes on at the same second, with real libmpv."""

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
    pytest.mark.timeout(120),
    pytest.mark.skipif(
        not os.environ.get("DISPLAY") and not os.environ.get("CI"),
        reason="needs an X display with OpenGL; packaging/dev.py test brings one",
    ),
]
LONGEST_GAP = 3.0
FILES = {"mp4": "lantern-bay/lantern-bay-720p.mp4", "hls": "paper-boats/s1e1/master.m3u8"}


def mirror(folder: Path, urls: list[str], kind: str) -> Path:
    """Write a mirror index of one film on several hosts."""
    sources: list[dict[str, Any]] = [
        {"url": url, "type": kind, "quality": "720p", "height": 720} for url in urls
    ]
    content = {"id": "film", "title": "Two Hosts", "type": "movie", "year": 2026}
    index = {"name": "pair", "version": 1, "items": [{"content": content, "sources": sources}]}
    folder.mkdir()
    (folder / "index.json").write_text(json.dumps(index))
    return folder


@pytest.mark.parametrize("kind", ["mp4", "hls"])
def test_the_standby_goes_on_at_the_same_second(
    tmp_path: Path, kind: str, record_property: Any
) -> None:
    hosts = [Host(DEMO, address) for address in ("127.0.0.1", "127.0.0.2")]
    control = Control(hosts)
    urls = [f"{host.url}/{FILES[kind]}" for host in hosts]
    folder = mirror(tmp_path / "mirror", urls, kind)
    run = start(
        "source_dies",
        tmp_path / "home",
        f"mirror:pair:film {control.url}/kill",
        module="tests.e2e.fail_over",
        NOVASTREAM_SOURCES__MIRRORS=json.dumps([str(folder)]),
    )
    facts = facts_of(run)
    control.close()
    record_property("gap", facts["gap"])
    assert {facts["from"], facts["to"]} == set(urls)
    assert facts["wentOnAt"] == pytest.approx(facts["leftAt"], abs=1.0), facts
    assert facts["gap"] <= LONGEST_GAP
    assert facts["notice"] == "next-source"
    assert [outcome for outcome, _, _ in facts["trace"]] == ["failed", "playing"]
