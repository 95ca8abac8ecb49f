from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from novastream_desktop import __version__
from novastream_desktop.cli import run
from novastream_desktop.errors import (
    EnvironmentUnusable,
    NoPlayableSource,
    NotFound,
    ProviderUnavailable,
    UserFacingError,
)
from novastream_desktop.models import HomeRows, Row, WatchProgress
from novastream_desktop.models.doctor import ProviderState, ProviderStatus
from tests.fakes.command_services import FILM, HOME, NOON, SOURCE, TRACK

Command = Callable[..., Any]


@pytest.mark.parametrize(
    ("argv", "document", "question"),
    [
        (["trending"], HOME.to_wire(), ("home_rows",)),
        (["search", "paper", "moons"], [FILM.to_wire()], ("search", "paper moons")),
        (["sources", "nova:x"], [SOURCE.to_wire()], ("sources", "nova:x", None, None)),
        (
            ["sources", "tmdb:tv:1", "--season", "0", "--episode", "13.5"],
            [SOURCE.to_wire()],
            ("sources", "tmdb:tv:1", 0, 13.5),
        ),
        (["subtitles", "nova:x"], [TRACK.to_wire()], ("subtitles", "nova:x", None, None)),
        (
            ["subtitle-file", "https://x/a.srt", "--lang", "de"],
            {
                "format": "vtt",
                "lang": "de",
                "encoding": "cp1252",
                "confidence": 0.973,
                "text": "WEBVTT\n\n00:01.000 --> 00:02.000\nÄ\n",
            },
            ("subtitle_file", "https://x/a.srt", "de"),
        ),
        (
            ["subtitles", "nova:x", "--fit", "1", "--season", "2", "--episode", "3"],
            {"track": TRACK.to_wire(), "delay": -1.5, "speed": 1.0427, "release": "Film.WEB"},
            ("fit_subtitles", "nova:x", "1", 2, 3.0),
        ),
    ],
)
def test_json_is_the_answer_and_nothing_else(
    command: Command, argv: list[str], document: object, question: tuple[object, ...]
):
    before, after = command("--json", *argv), command(*argv, "--json")
    for ran in (before, after):
        assert ran.code == 0
        assert json.loads(ran.out) == document
        assert ran.out.count("\n") == 1
        told = "subtitle-file" in argv  # what is no answer has its place on standard error
        assert ran.err == ("Encoding cp1252, 97% certain; language de\n" if told else "")
    asked = [one for one in command.services.asked if one != ("provider_states",)]
    assert asked == [question, question]
    assert command.services.closed == 2


def test_watch_takes_the_duration(command: Command):
    ran = command("watch", "nova:x", "--duration", "1440", "--json")
    assert json.loads(ran.out)["skipRanges"][0]["start"] == 30
    assert command.services.asked[:1] == [("watch", "nova:x", None, None, 1440.0)]


@pytest.mark.parametrize(
    ("argv", "shown"),
    [
        (["trending"], "Moon Courier"),
        (["search", "x"], "nova:moon"),
        (["sources", "nova:x"], "1080p"),
        (["subtitles", "nova:x"], "Deutsch"),
        (
            ["subtitles", "nova:x", "--fit", "1"],
            "Deutsch: lines come 1.50 s earlier, at 1.0427 of their times\n",
        ),
        (["subtitle-file", "x"], "WEBVTT\n\n00:01.000 --> 00:02.000\nÄ\n"),
        (["watch", "nova:x"], "mixed-op  0:30-1:00"),
        (["progress", "list"], "Nothing was watched yet"),
    ],
)
def test_without_json_people_get_lines(command: Command, argv: list[str], shown: str):
    ran = command(*argv)
    assert ran.code == 0
    assert shown in ran.out
    assert not ran.out.startswith(("{", "["))


def test_sources_say_who_could_not_be_asked(command: Command):
    failing = ProviderState(
        name="vidlink",
        title="Vidlink",
        status=ProviderStatus.FAILING,
        detail="It did not answer.",
    )
    command.services.states = (failing, ProviderState(name="m", title="Mirrors"))
    ran = command("sources", "nova:x")
    assert ran.out.splitlines()[-1] == "! Vidlink: It did not answer."
    assert "Mirrors" not in ran.out
    machine = command("sources", "nova:x", "--json")
    assert json.loads(machine.out) == [SOURCE.to_wire()]
    assert machine.err == "! Vidlink: It did not answer.\n"
    assert command("watch", "nova:x", "--json").err == machine.err


def test_nothing_found_is_3_and_still_a_document(command: Command):
    command.services.found = command.services.found_sources = command.services.tracks = ()
    for argv in (["search", "x"], ["sources", "nova:x"], ["subtitles", "nova:x"]):
        ran = command(*argv, "--json")
        assert (ran.code, json.loads(ran.out)) == (3, [])
    assert "No title was found" in command("search", "x").out


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ((Row(id="a", title="A", items=(FILM,)), Row(id="b", title="B", problem="down")), 0),
        ((Row(id="a", title="A"), Row(id="b", title="B", problem="down")), 4),
        ((Row(id="a", title="A"),), 3),
        ((), 3),
    ],
)
def test_trending_says_why_it_is_empty(command: Command, rows: tuple[Row, ...], code: int):
    command.services.home = HomeRows(rows=rows, generated_at=NOON)
    ran = command("trending")
    assert ran.code == code
    assert ("! down" in ran.out) == any(row.problem for row in rows)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (UserFacingError("It failed", why="the disk is full", hint="Free some"), 1),
        (EnvironmentUnusable("x"), 1),
        (NotFound("No such title"), 3),
        (NoPlayableSource("x"), 3),
        (ProviderUnavailable("x"), 4),
        (RuntimeError("two\nlines"), 1),
    ],
)
def test_a_failure_is_one_line_and_a_code(command: Command, error: Exception, code: int):
    command.services.error = error
    ran = command("search", "x", "--json")
    assert ran.code == code
    assert ran.out == ""
    assert ran.err.count("\n") == 1
    assert "Traceback" not in ran.err
    assert command.services.closed == 1


def test_a_bugs_traceback_is_in_the_log_file(command: Command):
    command.services.error = RuntimeError("inside")
    command("search", "x")
    log = (command.home / "logs" / "novastream.log").read_text()
    assert "Traceback" in log
    assert "inside" in log


def test_a_failures_line_says_what_why_and_what_to_do(command: Command):
    command.services.error = UserFacingError("It failed", why="the disk is full", hint="Free some")
    assert command("trending").err == "It failed: the disk is full. Free some.\n"


@pytest.mark.parametrize(
    "argv",
    [
        ["fly"],
        ["sources"],
        ["sources", "nonsense"],
        ["watch", "nova:x", "--season", "one"],
        ["watch", "nova:x", "--season", "-1"],
        ["watch", "nova:x", "--duration", "nan"],
        ["search"],
        ["search", " "],
        ["serve", "--port", "70000"],
        ["progress"],
        ["progress", "burn"],
        ["trending", "--jso"],
        ["trending", "more"],
        ["--json"],
    ],
)
def test_wrong_usage_is_2_and_one_line(command: Command, argv: list[str]):
    ran = command(*argv)
    assert ran.code == 2
    assert ran.out == ""
    assert ran.err.count("\n") == 1


def test_help_and_version(command: Command):
    assert command("--version").out == f"novastream-desktop {__version__}\n"
    ran = command("--help")
    assert ran.code == 0
    assert all(name in ran.out for name in ("trending", "subtitle-file", "doctor"))
    assert command("sources", "--help").code == 0
    assert command.services.opened == []


def test_settings_reach_the_services_and_faults_are_named(command: Command):
    config = command.home / "config"
    config.mkdir()
    (config / "config.toml").write_text("[sources]\ntimeout = 3.0\nspeed = 1\n")
    ran = command("trending", "--json", environ={"NOVASTREAM_API__PORT": "9000"})
    assert ran.code == 0
    json.loads(ran.out)
    assert "line 3" in ran.err
    paths, settings = command.services.opened[0]
    assert paths.config == config
    assert (settings.sources.timeout, settings.api.port) == (3.0, 9000)


def test_a_home_that_cannot_be_written_is_a_sentence(command: Command, tmp_path: Path):
    (tmp_path / "file").write_text("")
    ran = command("trending", environ={"NOVASTREAM_HOME": str(tmp_path / "file")})
    assert ran.code == 1
    assert "cannot be used" in ran.err


class TestWindow:
    def test_nothing_opens_the_window(self, command: Command):
        command.window_code = 7
        assert command().code == 7
        (_, loaded, target) = command.windows[0]
        assert target is None
        assert loaded.problems == ()
        assert command.services.opened == []

    @pytest.mark.parametrize(
        "target", ["nova:moon", "magnet:?xt=urn:btih:" + "a" * 40, "http://x/y"]
    )
    @pytest.mark.parametrize("first", [["open"], []])
    def test_a_target_is_handed_on(self, command: Command, target: str, first: list[str]):
        assert command(*first, target).code == 0
        assert command.windows[0][2] == target

    def test_a_relative_path_is_made_whole(
        self, command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.chdir(tmp_path)
        (tmp_path / "my film.mkv").write_bytes(b"")
        command("my film.mkv")
        command("open", "my film.mkv")
        assert [window[2] for window in command.windows] == [str(tmp_path / "my film.mkv")] * 2

    @pytest.mark.parametrize(
        ("target", "code", "said"),
        [
            ("gone.mkv", 3, "gone.mkv cannot be opened: no such file. Check the name"),
            ("file:///gone/film%20one.mkv", 3, "/gone/film one.mkv cannot be opened"),
            ("tmdb:nonsense", 2, "'tmdb:nonsense' is not a content id"),
            ("~nobody-of-that-name/film.mkv", 3, "film.mkv cannot be opened: no such file"),
            ("film" * 100, 3, "cannot be opened: file name too long"),
        ],
    )
    def test_what_cannot_be_opened_is_said_where_it_was_typed(
        self, command: Command, target: str, code: int, said: str
    ):
        ran = command("open", target)
        assert (ran.code, command.windows) == (code, [])
        assert said in ran.err
        assert ran.err.count("\n") == 1

    @pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks X11")
    def test_without_a_screen_it_says_so_before_qt_aborts(self, tmp_path: Path):
        out, err, windows = io.StringIO(), io.StringIO(), []
        code = run(
            ["open", "nova:moon"],
            open_services=None,  # type: ignore[arg-type]
            run_window=lambda *given: windows.append(given) or 0,
            stdout=out,
            stderr=err,
            environ={"NOVASTREAM_HOME": str(tmp_path), "DISPLAY": ":9876"},
        )
        assert (code, windows) == (1, [])
        assert ":9876" in err.getvalue()
        assert err.getvalue().count("\n") == 1

    def test_a_missing_library_of_the_system_is_a_sentence(self, command: Command):
        def lacking() -> int:
            raise ImportError("libGL.so.1: cannot open shared object file")

        command.window_code = lacking
        ran = command()
        assert ran.code == 1
        assert "libGL.so.1" in ran.err
        assert "doctor" in ran.err

    def test_ctrl_c_is_130(self, command: Command):
        def interrupted() -> int:
            raise KeyboardInterrupt

        command.window_code = interrupted
        ran = command()
        assert (ran.code, ran.err) == (130, "")


class TestProgress:
    def entry(self, name: str, second: int = 0) -> WatchProgress:
        moment = NOON + timedelta(seconds=second)
        return WatchProgress(content_id=name, position=5, duration=10, updated_at=moment)

    @pytest.fixture
    def filled(self, command: Command) -> Command:
        for item in (self.entry("nova:a", 1), self.entry("nova:b", 2)):
            command.services.store.entries[item.key] = item
        return command

    def test_list_is_newest_first(self, filled: Command):
        entries = json.loads(filled("progress", "list", "--json").out)
        assert [entry["contentId"] for entry in entries] == ["nova:b", "nova:a"]
        assert "0:05 / 0:10  50%" in filled("progress", "list").out

    def test_an_empty_history_is_no_failure(self, command: Command):
        ran = command("progress", "list", "--json")
        assert (ran.code, ran.out) == (0, "[]\n")

    def test_export_then_import_brings_it_back(self, filled: Command, tmp_path: Path):
        file = tmp_path / "history.json"
        ran = filled("progress", "export", str(file), "--json")
        assert json.loads(ran.out) == {"file": str(file), "exported": 2}
        there = dict(filled.services.store.entries)
        filled.services.store.entries.clear()
        newer = self.entry("nova:a", 99)
        filled.services.store.entries[newer.key] = newer
        ran = filled("progress", "import", str(file), "--json")
        assert json.loads(ran.out) == {"file": str(file), "read": 2, "stored": 1}
        assert filled.services.store.entries == there | {newer.key: newer}

    @pytest.mark.parametrize(
        "content",
        [b"{", b"{}", b'[{"contentId": 3}]', b"\xff",
         b'[{"contentId":"a","position":NaN,"duration":1,"updatedAt":"2026-01-01T00:00:00Z"}]',
         b'[{"contentId":"a","position":1,"duration":1,"updatedAt":"9999-12-31T23:59:59-10:00"}]'],
    )  # fmt: skip
    def test_a_file_that_is_no_history_changes_nothing(
        self, filled: Command, tmp_path: Path, content: bytes
    ):
        file = tmp_path / "bad.json"
        file.write_bytes(content)
        there = dict(filled.services.store.entries)
        ran = filled("progress", "import", str(file))
        assert ran.code == 2
        assert ran.err.count("\n") == 1
        assert filled.services.store.entries == there

    def test_files_that_cannot_be_used_are_sentences(self, filled: Command, tmp_path: Path):
        missing = str(tmp_path / "no" / "such" / "file")
        for action, path, code, said in (
            ("import", missing, 3, "There is no file"),
            ("import", str(tmp_path), 1, "could not be read"),
            ("export", missing, 1, "could not be written"),
        ):
            ran = filled("progress", action, path)
            assert ran.code == code
            assert said in ran.err

    def test_an_entry_from_the_future_is_dated_now(self, command: Command, tmp_path: Path):
        future = self.entry("nova:a", 5).with_(updated_at=datetime(2999, 1, 1, tzinfo=UTC))
        past = self.entry("nova:b", 5)
        file = tmp_path / "history.json"
        file.write_text(json.dumps([future.to_wire(), past.to_wire()]))
        before = datetime.now(UTC)
        ran = command("progress", "import", str(file), "--json")
        assert json.loads(ran.out) == {"file": str(file), "read": 2, "stored": 2}
        entries = command.services.store.entries
        assert before <= entries[future.key].updated_at <= datetime.now(UTC)
        assert entries[past.key] == past
