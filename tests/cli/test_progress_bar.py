"""The bar that moves on a terminal."""

from __future__ import annotations

import io

import pytest

from novastream_desktop.cli._output import Output, bar_line


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("as_json", [True, False])
def test_a_terminal_gets_one_bar_that_moves(as_json: bool):
    stdout, stderr = Terminal(), Terminal()
    out = Output(stdout, stderr, as_json=as_json)
    for share in (0.0, 0.5, 1.0):
        out.progress("3 peers", share)
    out.end_progress()
    out.end_progress()
    assert stdout.getvalue() == ""
    assert stderr.getvalue().count("\r") == 3
    assert stderr.getvalue().endswith("3 peers\n")


def test_who_reads_the_output_still_gets_lines():
    stdout, stderr = io.StringIO(), Terminal()
    Output(stdout, stderr, as_json=False).progress("3 peers", 0.5)
    assert stdout.getvalue() == "3 peers\n"
    assert "=" in stderr.getvalue()


def test_without_a_terminal_there_is_no_bar():
    stdout, stderr = io.StringIO(), io.StringIO()
    Output(stdout, stderr, as_json=True).progress("3 peers", 0.5)
    assert (stdout.getvalue(), stderr.getvalue()) == ("", "3 peers\n")


@pytest.mark.parametrize("as_json", [True, False])
def test_a_bar_alone_is_for_terminals(as_json: bool):
    stdout, terminal, file = io.StringIO(), Terminal(), io.StringIO()
    Output(stdout, terminal, as_json=as_json).bar("fitting", 0.5)
    Output(stdout, file, as_json=as_json).bar("fitting", 0.5)
    assert "=] fitting" in terminal.getvalue().replace(" " * 12 + "]", "]")
    assert (stdout.getvalue(), file.getvalue()) == ("", "")


@pytest.mark.parametrize("width", [0, 1, 5, 13, 40, 200])
@pytest.mark.parametrize("fraction", [-1.0, 0.0, 0.3, 1.0, 7.0])
def test_a_bar_fits_the_terminal(width: int, fraction: float):
    assert len(bar_line(fraction, "down 3 MB/s  2 peers", width)) <= max(0, width - 1)
