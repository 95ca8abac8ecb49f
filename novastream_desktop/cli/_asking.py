"""Asking a person at the terminal for a number."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Iterator, Sequence
from typing import TextIO

from novastream_desktop.cli._output import Output, table
from novastream_desktop.torrents.base import AmbiguousFile, TorrentFile

_MEGA = 1_000_000


def may_ask(stdin: TextIO, out: Output) -> bool:
    """Say whether somebody is there to read the question and to answer it."""
    return stdin.isatty() and out.is_seen


def question_lines(doubt: AmbiguousFile) -> Iterator[str]:
    """Return the question and what there is to choose from."""
    yield doubt.what
    yield from (
        f"  {line}"
        for line in table(
            [
                (f.index, f.path.rpartition("/")[2], f.episode, f"{f.size / _MEGA:,.0f} MB")
                for f in doubt.candidates
            ]
        )
    )


def chosen(line: str, files: Sequence[TorrentFile]) -> int | None:
    """Return the number that was typed, None if it is none of the files."""
    text = line.strip()
    known = text.isascii() and text.isdecimal() and any(f.index == int(text) for f in files)
    return int(text) if known else None


async def ask_line(stdin: TextIO) -> str:
    """Return the next line; a thread that nobody waits for at the end reads it."""
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[str] = loop.create_future()

    def settle(line: str) -> None:
        if not answer.done():
            answer.set_result(line)

    def read() -> None:
        line = stdin.readline()
        with contextlib.suppress(RuntimeError):  # the loop is over
            loop.call_soon_threadsafe(settle, line)

    threading.Thread(target=read, name="terminal", daemon=True).start()
    return await answer
