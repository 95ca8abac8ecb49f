"""The whole application, end to end: a real window, libmpv, libtorrent and HTTP on loopback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.acting import ROOT, act, environment

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.timeout(240),
    pytest.mark.skipif(
        not os.environ.get("DISPLAY") and not os.environ.get("CI"),
        reason="needs an X display with OpenGL; packaging/dev.py test brings one",
    ),
]


def differ(one: list[list[int]], other: list[list[int]]) -> int:
    """Return how much two fingerprints of a frame differ, summed over cells and colours."""
    pairs = zip(one, other, strict=True)
    return sum(abs(a - b) for x, y in pairs for a, b in zip(x, y, strict=True))


def test_the_demo_anime_by_keyboard_its_intro_skipped_and_gone_on_with(tmp_path: Path) -> None:
    facts = act("anime", tmp_path)
    assert facts["source"] == "torrent"
    start, end, _origin = facts["opening"]
    assert facts["prompt"] == [start, end]
    assert end - 0.1 <= facts["jumpedTo"] <= end + 2.0
    before, during, after = facts["colours"]
    assert differ(before, during) > 0
    assert differ(during, after) > 0
    [shelf] = facts["continue"]
    assert (shelf["id"], shelf["episode"]) == ("nova:moon-courier", facts["episode"])
    assert shelf["position"] == pytest.approx(facts["leftAt"], abs=1.5)

    again = act("resume", tmp_path)
    assert again["continue"] == facts["continue"]
    assert again["content"] == "nova:moon-courier"
    assert again["resumedFrom"] == pytest.approx(shelf["position"], abs=0.01)
    assert again["position"] >= again["resumedFrom"] - 0.5


@pytest.mark.parametrize(
    ("scenario", "target", "kind"),
    [("film", "nova:lantern-bay", "mp4"), ("series", "nova:paper-boats", "hls")],
)
def test_film_and_series_play_seek_pause_and_are_remembered(
    tmp_path: Path, scenario: str, target: str, kind: str
) -> None:
    facts = act(scenario, tmp_path, target)
    assert facts["source"] == kind
    begun, moved, sought = facts["colours"]
    assert differ(begun, moved) > 0
    assert differ(moved, sought) > 0
    assert facts["sought"] == pytest.approx(facts["duration"] * 0.5, abs=3.0)
    [shelf] = facts["continue"]
    assert shelf["id"] == target
    assert shelf["position"] == pytest.approx(facts["pausedAt"], abs=1.0)
    assert set(facts["subtitles"]) >= ({"en", "de", "ja"} if kind == "mp4" else set())


def test_hls_with_fragmented_mp4_plays_from_a_file(tmp_path: Path) -> None:
    playlist = ROOT / "resources" / "demo" / "paper-boats" / "s1e1" / "fmp4" / "index.m3u8"
    facts = act("plays", tmp_path, str(playlist))
    assert facts == {"duration": pytest.approx(48.0, abs=0.1), "source": "hls"}


def test_the_next_episode_follows_with_encrypted_segments(tmp_path: Path) -> None:
    assert act("next_episode", tmp_path, "nova:paper-boats")["episode"] == "s1e2"


def test_nothing_heavy_is_imported_before_the_first_rows_are_painted(tmp_path: Path) -> None:
    assert act("imports", tmp_path)["heavy"] == []


def test_a_setting_that_is_chosen_is_kept(tmp_path: Path) -> None:
    facts = act("settings", tmp_path)
    assert facts["chosen"] == "off"
    assert facts["back"] == facts["home"]
    assert 'op = "off"' in (tmp_path / "config" / "config.toml").read_text()


def test_a_second_start_hands_over_to_the_first(tmp_path: Path) -> None:
    facts = act("handed_over", tmp_path)
    assert facts["secondExit"] == 0
    assert facts["content"] == "nova:lantern-bay"


def test_media_that_is_gone_in_mid_play_ends_in_a_sentence_and_keeps_the_place(
    tmp_path: Path,
) -> None:
    facts = act("media_gone", tmp_path)
    assert "stopped playing" in facts["sentence"]
    assert facts["position"] > 0
    assert facts["continue"][0]["position"] == pytest.approx(facts["position"], abs=6.0)


def run_cli(home: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run the program as a person does."""
    return subprocess.run(
        [sys.executable, "-m", "novastream_desktop", *words],
        cwd=ROOT,
        env=environment(home, **more),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_without_libmpv_the_window_opens_and_says_how_to_install_it(tmp_path: Path) -> None:
    facts = act(
        "cannot_play", tmp_path, "nova:lantern-bay", NOVASTREAM_LIBMPV="/nonexistent/libmpv.so"
    )
    assert "libmpv was not found" in facts["sentence"]
    assert "libmpv2" in facts["sentence"]
    assert facts["rows"] > 0


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"DISPLAY": "", "QT_QPA_PLATFORM": "", "WAYLAND_DISPLAY": ""}, "no screen"),
        ({"NOVASTREAM_HOME": "/proc/nowhere"}, "cannot be used"),
    ],
)
def test_what_the_window_cannot_do_without_is_one_sentence(
    tmp_path: Path, more: Mapping[str, str], words: str
) -> None:
    run = run_cli(tmp_path, **more)
    assert run.returncode == 1
    [line] = run.stderr.strip().splitlines()
    assert words in line
    assert "Traceback" not in run.stderr


def test_without_opengl_the_window_ends_in_a_sentence_that_says_what_to_do(tmp_path: Path) -> None:
    run = run_cli(tmp_path, QT_XCB_GL_INTEGRATION="none")
    assert run.returncode == 1
    sentence = run.stderr.strip().splitlines()[-1]
    assert sentence.startswith("The window cannot be drawn")
    assert "OpenGL driver" in sentence
    assert "Traceback" not in run.stderr


def test_a_broken_settings_file_is_named_and_left_as_it_is(tmp_path: Path) -> None:
    config = tmp_path / "config" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text("[playback]\nseek_step = 7\nnonsense = [\n")
    run = run_cli(tmp_path, "trending", "--json")
    assert run.returncode == 0, run.stderr
    assert "line" in run.stderr
    assert {row["id"] for row in json.loads(run.stdout)["rows"]} >= {"trending", "demo"}
    assert config.read_text().endswith("nonsense = [\n")


def _exchange(home: Path, *words: str) -> Mapping[str, object] | list[Any]:
    run = run_cli(home, *words, "--json")
    assert run.returncode == 0, run.stderr
    answer: Mapping[str, object] | list[Any] = json.loads(run.stdout)
    return answer


def test_the_command_line_answers_for_the_demo(tmp_path: Path) -> None:
    episode = ("--season", "1", "--episode", "2")
    sources = _exchange(tmp_path, "sources", "nova:moon-courier", *episode)
    assert [s["type"] for s in sources] == ["torrent"]  # type: ignore[call-overload,index]
    watch = _exchange(tmp_path, "watch", "nova:paper-boats", *episode)
    assert isinstance(watch, dict)
    assert watch["episode"]["id"] == "s1e2"
    assert {r["type"] for r in watch["skipRanges"]} >= {"op"}
    tracks = _exchange(tmp_path, "subtitles", "nova:lantern-bay")
    assert {t["lang"] for t in tracks} == {"en", "de", "ja"}  # type: ignore[call-overload,index]
    assert run_cli(tmp_path, "watch", "nova:nothing").returncode == 3
    assert run_cli(tmp_path, "watch", "gibberish").returncode == 2
    assert _exchange(tmp_path, "progress", "list") == []


def test_the_doctor_reports_also_what_keeps_everything_else_from_running(tmp_path: Path) -> None:
    run = run_cli(tmp_path, "doctor", "--json", NOVASTREAM_HOME="/proc/nowhere")
    assert run.returncode == 1
    findings = {f["check"]: f for f in json.loads(run.stdout)}
    assert not findings["data folder"]["ok"]
    assert findings["data folder"]["mend"]
    assert findings["libmpv"]["ok"]


def test_the_version_as_json(tmp_path: Path) -> None:
    assert json.loads(run_cli(tmp_path, "--version", "--json").stdout)["version"]


@pytest.mark.parametrize("lang", ["de", "ja"])
def test_subtitles_of_every_encoding_come_out_readable(tmp_path: Path, lang: str) -> None:
    tracks = _exchange(tmp_path, "subtitles", "nova:lantern-bay")
    url = next(t["url"] for t in tracks if t["lang"] == lang)  # type: ignore[call-overload,index]
    run = run_cli(tmp_path, "subtitle-file", url, "--lang", lang)
    assert run.returncode == 0, run.stderr
    assert run.stdout.startswith("WEBVTT")
    wanted = {"de": "äöüß", "ja": "のをはに"}[lang]
    assert any(letter in run.stdout for letter in wanted)
    assert "\ufffd" not in run.stdout
