"""What goes to standard output: one JSON document, or lines for people."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Sequence
from typing import TextIO

from novastream_desktop.models import Model

_WIDEST = 60
_BAR = 24


class Output:
    """Where a command prints. With `as_json` exactly one document goes to standard output."""

    def __init__(self, stdout: TextIO, stderr: TextIO, *, as_json: bool) -> None:
        self._stdout = stdout
        self._stderr = stderr
        self.as_json = as_json
        self._drawn = False

    def answer(self, document: object, lines: Iterable[str], troubles: Iterable[str] = ()) -> None:
        """Print the answer in the form that was asked for.

        Args:
            document: the answer as JSON.
            lines: the same for people.
            troubles: who could not be asked; beside a document on standard error.
        """
        if self.as_json:
            self.document(document)
            self.say(troubles)
        else:
            for line in (*lines, *troubles):
                self._stdout.write(f"{line}\n")
            self._stdout.flush()

    def document(self, document: object) -> None:
        """Print one JSON document on one line."""
        if self._drawn:
            self._draw("")
        self._stdout.write(json.dumps(_wire(document), ensure_ascii=False) + "\n")
        self._stdout.flush()

    def progress(self, line: str, fraction: float | None = None) -> None:
        """Print how it goes; with JSON on standard error, which is not the answer's place.

        With a fraction and a terminal on standard error it is one bar there that moves, and
        lines only where somebody else reads standard output.
        """
        if fraction is not None and self._stderr.isatty():
            self._draw(bar_line(fraction, line, shutil.get_terminal_size().columns))
            if self.as_json or self._stdout.isatty():
                return
        stream = self._stderr if self.as_json else self._stdout
        stream.write(f"{line}\n")
        stream.flush()

    @property
    def is_seen(self) -> bool:
        """Whether a person reads standard error."""
        return self._stderr.isatty()

    def waiting(self, line: str) -> None:
        """Say what is waited for, where a person reads it; the next line takes its place."""
        if self.is_seen:
            self._draw(line[: max(0, shutil.get_terminal_size().columns - 1)])

    def say(self, lines: Iterable[str]) -> None:
        """Print lines that are no answer."""
        for line in lines:
            self._stderr.write(f"{line}\n")
        self._stderr.flush()

    def prompt(self, text: str) -> None:
        """Print a question, to be answered on its line."""
        self._stderr.write(text)
        self._stderr.flush()

    def bar(self, line: str, fraction: float) -> None:
        """Draw one bar that moves, on a terminal only."""
        if self._stderr.isatty():
            self._draw(bar_line(fraction, line, shutil.get_terminal_size().columns))

    def end_progress(self) -> None:
        """Leave the bar where it stands."""
        if self._drawn:
            self._stderr.write("\n")
            self._stderr.flush()
            self._drawn = False

    def _draw(self, text: str) -> None:
        self._drawn = True
        self._stderr.write(f"\r\x1b[K{text}")
        self._stderr.flush()


def bar_line(fraction: float, line: str, width: int) -> str:
    """Return `[=====     ] line`, never wider than the terminal."""
    room = max(0, width - 1)
    length = min(_BAR, max(0, room - 12))
    done = round(length * min(1.0, max(0.0, fraction)))
    return f"[{'=' * done}{' ' * (length - done)}] {line}"[:room]


def _wire(document: object) -> object:
    if isinstance(document, Model):
        return document.to_wire()
    if isinstance(document, (list, tuple)):
        return [_wire(item) for item in document]
    return document


def table(rows: Sequence[Sequence[object]]) -> list[str]:
    """Return aligned lines; columns are as wide as their widest cell, at most 60."""
    cells = [[_cell(value) for value in row] for row in rows]
    widths = [max(len(cell) for cell in column) for column in zip(*cells, strict=True)]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in cells
    ]


def _cell(value: object) -> str:
    text = "" if value is None else " ".join(str(value).split())
    return text if len(text) <= _WIDEST else f"{text[: _WIDEST - 1]}…"
