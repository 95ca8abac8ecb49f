"""`stream TARGET`: one file of a torrent over HTTP, until Ctrl-C."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING, TextIO

from novastream_desktop.cli import _lines as lines
from novastream_desktop.cli._asking import ask_line, chosen, may_ask, question_lines
from novastream_desktop.errors import TorrentError
from novastream_desktop.torrents.base import AmbiguousFile, TorrentPhase, TorrentProgress

if TYPE_CHECKING:
    from novastream_desktop.cli._commands import Context
    from novastream_desktop.torrents.base import TorrentFile, TorrentStream

_STARTING = (TorrentPhase.METADATA, TorrentPhase.BUFFERING)


async def stream(context: Context) -> int:
    """Serve the stream and print how it goes; ends by being told, or with what stops it."""
    out = context.out
    opened = await _open(context, sys.stdin)
    changed = asyncio.Event()
    unwatch = opened.progress.watch(lambda _state: changed.set())
    try:
        out.document(
            {
                "url": opened.url,
                "infoHash": opened.info_hash,
                "file": _file(opened.file),
                "files": [_file(file) for file in opened.files],
            }
        )
        while True:
            await changed.wait()
            changed.clear()
            state = opened.progress.value
            out.progress(lines.torrent_line(state), _share(state))
            if state.phase is TorrentPhase.FAILED:
                raise TorrentError("The torrent cannot be streamed", why=state.error)
    finally:
        out.end_progress()
        unwatch()
        await opened.close()


async def _open(context: Context, stdin: TextIO) -> TorrentStream:
    """Open the stream; ask on a terminal which file is meant if its name does not tell.

    Raises:
        AmbiguousFile: nobody is there to be asked, or none was chosen.
    """
    target, index = context.args.target, context.args.file
    context.out.waiting("asking peers what is in the torrent")
    try:
        return await context.services.open_stream(target, file_index=index)
    except AmbiguousFile as doubt:
        context.out.end_progress()
        index = await _ask(context, doubt, stdin) if may_ask(stdin, context.out) else None
        if index is None:
            raise _with_option(doubt) from None
    except BaseException:  # what is said next has a line of its own
        context.out.end_progress()
        raise
    return await context.services.open_stream(target, file_index=index)


async def _ask(context: Context, doubt: AmbiguousFile, stdin: TextIO) -> int | None:
    context.out.say(question_lines(doubt))
    while True:
        context.out.prompt("Number of the file, or nothing for none: ")
        line = await ask_line(stdin)
        if not line.strip():
            return None
        index = chosen(line, doubt.candidates)
        if index is not None:
            return index


def _with_option(doubt: AmbiguousFile) -> AmbiguousFile:
    hint = doubt.hint.replace("Choose one by its number", "Choose one with --file NUMBER")
    return AmbiguousFile(doubt.what, doubt.candidates, why=doubt.why, hint=hint)


def _share(state: TorrentProgress) -> float:
    """Return what the bar shows: what is needed to start, then what of the file is there."""
    return state.ready if state.phase in _STARTING else state.fraction


def _file(file: TorrentFile) -> dict[str, object]:
    return {name: getattr(file, name) for name in ("index", "path", "size")}
