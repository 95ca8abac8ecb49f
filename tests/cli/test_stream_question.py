"""A torrent whose file is uncertain, at the terminal and without one."""

from __future__ import annotations

import io
import os
import pty
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from novastream_desktop.cli._asking import chosen, question_lines
from novastream_desktop.cli._lines import torrent_line
from novastream_desktop.cli._output import Output
from novastream_desktop.errors import TorrentError
from novastream_desktop.torrents.base import (
    AmbiguousFile,
    StallReason,
    TorrentFile,
    TorrentPhase,
    TorrentProgress,
)
from tests.cli.conftest import CommandLine

ROOT = Path(__file__).parents[2]
FILES = (
    TorrentFile(0, "Box/one.mkv", 1_300_000_000, playable=True, episode="E01"),
    TorrentFile(7, "Box/two.mkv", 900_000_000, playable=True),
)
DOUBT = AmbiguousFile(
    "Which file of Box is meant?", FILES, why="it is open", hint="Choose one by its number: 0, 7"
)
PROGRAM = """
import signal
import sys

signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job ignores it

from novastream_desktop.cli import run
from tests.cli.test_stream_question import DOUBT
from tests.fakes.command_services import FakeServices

services = FakeServices()
inner = services.open_stream

async def open_stream(target, *, file_index=None):
    if file_index is None:
        raise DOUBT
    print(f"opened={file_index}", file=sys.stderr)
    return await inner(target, file_index=file_index)

services.open_stream = open_stream
sys.exit(run(sys.argv[1:], open_services=services.open, run_window=None,
             stdout=sys.stdout, stderr=sys.stderr))
"""
COMMAND = [sys.executable, "-c", textwrap.dedent(PROGRAM), "stream", "magnet:?xt=1"]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def until(master: int, words: str) -> str:
    seen = ""
    while words not in seen:
        seen += os.read(master, 4096).decode()
    return seen


@pytest.mark.parametrize(
    ("typed", "words", "code"),
    [
        ("two\n7\n", "opened=7", 130),
        ("\n", "--file NUMBER", 1),
        ("\x03", "", 130),
    ],
)
def test_at_a_terminal_it_asks(typed: str, words: str, code: int):
    master, terminal = pty.openpty()
    try:
        process = subprocess.Popen(
            COMMAND, stdin=terminal, stderr=terminal, stdout=subprocess.PIPE, cwd=ROOT,
            start_new_session=True,
        )  # fmt: skip
        asked = until(master, "for none: ")
        assert "Which file of Box is meant?" in asked
        assert "7  two.mkv" in asked
        if typed == "\x03":  # the terminal is not the process's own: it is told directly
            process.send_signal(signal.SIGINT)
        else:
            os.write(master, typed.encode())
        if words:
            until(master, words)
        if words.startswith("opened"):
            assert process.stdout is not None
            assert b'"url"' in process.stdout.readline()
            process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
        assert process.returncode == code
    finally:
        os.close(terminal)
        os.close(master)


def test_an_error_has_a_line_of_its_own(command: CommandLine, monkeypatch: pytest.MonkeyPatch):
    async def open_stream(*_: object, **__: object) -> None:
        raise TorrentError("The torrent has no peers")

    monkeypatch.setattr(command.services, "open_stream", open_stream)
    monkeypatch.setattr(io, "StringIO", Terminal)
    err = command("stream", "magnet:?xt=1").err
    assert "what is in the torrent\nThe torrent has no peers" in err


def test_without_a_terminal_the_error_lists_them_and_the_option():
    done = subprocess.run(
        COMMAND, stdin=subprocess.DEVNULL, capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert done.returncode == 1
    assert done.stdout == ""
    line = "Which file of Box is meant?: it is open. Choose one with --file NUMBER: 0, 7.\n"
    assert done.stderr == line


@pytest.mark.parametrize(
    ("line", "expected"), [("7\n", 7), (" 0 ", 0), ("1", None), ("two", None), ("-7", None)]
)
def test_only_numbers_of_files_are_answers(line: str, expected: int | None):
    assert chosen(line, FILES) == expected


def test_the_question_shows_name_episode_and_size():
    lines = list(question_lines(DOUBT))
    assert lines[1:] == ["  0  one.mkv  E01  1,300 MB", "  7  two.mkv       900 MB"]


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (TorrentProgress(phase=TorrentPhase.BUFFERING, ready=0.43, seconds_to_play=4.4),
         "buffering  0.0%  ready 43%  plays in 5 s  down"),
        (TorrentProgress(phase=TorrentPhase.BUFFERING, reason=StallReason.YOUR_LIMIT),
         "ready 0%  your limit"),
        (TorrentProgress(phase=TorrentPhase.BUFFERING, ready=1.0), "0.0%  ready to play  down"),
        (TorrentProgress(phase=TorrentPhase.STALLED, reason=StallReason.NO_PEERS), "no peers"),
        (TorrentProgress(phase=TorrentPhase.PLAYING, peers=3, seeds=2, swarm_seeds=40),
         "3 peers (2 seeds of 40)"),
        (TorrentProgress(phase=TorrentPhase.PLAYING, peers=3, seeds=2, swarm_seeds=1),
         "(2 seeds of 2)"),
    ],
)  # fmt: skip
def test_a_line_of_how_it_goes(state: TorrentProgress, words: str):
    assert words in torrent_line(state)


def test_what_was_waited_for_makes_room_for_the_answer():
    stderr = Terminal()
    out = Output(io.StringIO(), stderr, as_json=True)
    out.waiting("asking peers")
    out.document({})
    assert stderr.getvalue() == "\r\x1b[Kasking peers\r\x1b[K"


def test_what_is_waited_for_is_said_only_to_a_person():
    stdout, stderr = io.StringIO(), io.StringIO()
    Output(stdout, stderr, as_json=False).waiting("asking peers")
    assert (stdout.getvalue(), stderr.getvalue()) == ("", "")
