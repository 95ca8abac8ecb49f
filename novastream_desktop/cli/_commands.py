"""The commands. Each asks the services, prints, and returns the exit code."""

from __future__ import annotations

import asyncio
import json
from argparse import Namespace
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from pydantic import TypeAdapter, ValidationError

from novastream_desktop.cli import _lines as lines
from novastream_desktop.cli._output import Output
from novastream_desktop.cli._restoring import restore, show_copies
from novastream_desktop.cli._services import CommandServices
from novastream_desktop.cli._stream import stream
from novastream_desktop.cli._subtitles import subtitle_file, subtitles
from novastream_desktop.errors import InvalidInput, NotFound, StoreError
from novastream_desktop.models import HomeRows, WatchProgress, check_content_id
from novastream_desktop.paths import AppPaths
from novastream_desktop.progress.base import ProgressStore, not_from_the_future
from novastream_desktop.runtime import SystemClock
from novastream_desktop.settings import Settings, ensure_api_token

DONE = 0
NOTHING_FOUND = NotFound.exit_code
PROVIDERS_FAILED = 4


@dataclass(frozen=True, slots=True)
class Context:
    """What a command works with."""

    args: Namespace
    paths: AppPaths
    settings: Settings
    services: CommandServices
    out: Output


Command: TypeAlias = Callable[[Context], Awaitable[int]]


async def _trending(context: Context) -> int:
    home = await context.services.home_rows()
    context.out.answer(home, lines.home_lines(home))
    return trending_code(home)


def trending_code(home: HomeRows) -> int:
    """Return 0 with a title in any row; without one 4 if a row's provider failed, else 3."""
    if any(row.items for row in home.rows):
        return DONE
    return PROVIDERS_FAILED if any(row.problem for row in home.rows) else NOTHING_FOUND


def _found(items: Sequence[object]) -> int:
    return DONE if items else NOTHING_FOUND


async def _search(context: Context) -> int:
    query = " ".join(context.args.query).strip()
    if not query:
        raise InvalidInput("The search is empty", hint="Give a title or a part of one")
    found = await context.services.search(query)
    states = await context.services.provider_states()
    said = lines.content_lines(found) or ["No title was found"]
    context.out.answer(found, said, lines.trouble_lines(states))
    return _found(found)


async def _sources(context: Context) -> int:
    args = context.args
    found = await context.services.sources(
        check_content_id(args.content_id), season=args.season, episode=args.episode
    )
    states = await context.services.provider_states()
    context.out.answer(found, lines.source_lines(found), lines.trouble_lines(states))
    return _found(found)


async def _watch(context: Context) -> int:
    args = context.args
    info = await context.services.watch(
        check_content_id(args.content_id),
        season=args.season,
        episode=args.episode,
        duration=args.duration,
    )
    states = await context.services.provider_states()
    context.out.answer(info, lines.watch_lines(info), lines.trouble_lines(states))
    return DONE


async def _serve(context: Context) -> int:
    from novastream_desktop.api.server import ApiServer  # noqa: PLC0415  (FastAPI, 250 ms)

    args, api = context.args, context.settings.api
    token = api.token or ensure_api_token(context.paths.config)
    server = ApiServer(
        context.services,
        host=args.host or api.host,
        port=api.port if args.port is None else args.port,
        token=token,
    )
    url = await server.start()
    try:
        context.out.document({"url": url, "token": token})
        context.out.progress(f"Serving the HTTP API on {url} until Ctrl-C")
        await asyncio.Event().wait()
    finally:
        await server.close()
    return DONE


async def _progress(context: Context) -> int:
    store = await context.services.progress_store()
    actions = {
        "list": _list,
        "export": _export,
        "import": _import,
        "snapshots": _snapshots,
        "restore": _restore,
    }
    return await actions[context.args.action](context, store)


async def _snapshots(context: Context, store: ProgressStore) -> int:
    await show_copies(store.copies, context.out)
    return DONE


async def _restore(context: Context, store: ProgressStore) -> int:
    today = SystemClock().now().date()
    await restore(store.copies, context.args.date, today, context.out)
    return DONE


async def _list(context: Context, store: ProgressStore) -> int:
    entries = await store.recent()
    context.out.answer(entries, lines.progress_lines(entries))
    return DONE


async def _export(context: Context, store: ProgressStore) -> int:
    file: Path = context.args.file
    entries = await store.recent()
    text = json.dumps([entry.to_wire() for entry in entries], ensure_ascii=False, indent=1)
    await asyncio.to_thread(_write, file, f"{text}\n")
    document = {"file": str(file), "exported": len(entries)}
    context.out.answer(document, [f"{len(entries)} entries were written to {file}"])
    return DONE


def _write(file: Path, text: str) -> None:
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise StoreError(
            f"{file} could not be written",
            why=error.strerror or str(error),
            hint="Give a file in a folder that you may write to",
        ) from error


async def _import(context: Context, store: ProgressStore) -> int:
    file: Path = context.args.file
    now = SystemClock().now()
    read = await asyncio.to_thread(_read_entries, file)
    entries = [not_from_the_future(entry, now) for entry in read]
    stored = await store.save(entries)
    taken = sum(there == entry for there, entry in zip(stored, entries, strict=True))
    document = {"file": str(file), "read": len(entries), "stored": taken}
    kept = f"; for {len(entries) - taken} a newer one was here" if taken < len(entries) else ""
    context.out.answer(document, [f"{taken} of {len(entries)} entries were taken over{kept}"])
    return DONE


def _read_entries(file: Path) -> list[WatchProgress]:
    try:
        content = file.read_bytes()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise NotFound(
            f"There is no file {file}", why=error.strerror or "", hint="Check the path"
        ) from error
    except OSError as error:
        raise StoreError(
            f"{file} could not be read",
            why=error.strerror or str(error),
            hint="Give a file that `progress export` wrote",
        ) from error
    try:
        return _ENTRIES.validate_json(content)
    except (ValidationError, OverflowError) as error:
        first = error.errors(include_url=False)[0] if isinstance(error, ValidationError) else None
        why = f"{'.'.join(map(str, first['loc']))}: {first['msg']}" if first else str(error)
        raise InvalidInput(
            f"Nothing was taken over from {file}",
            why=why.removeprefix(": "),
            hint="Give a file that `progress export` wrote",
        ) from error


_ENTRIES = TypeAdapter(list[WatchProgress])
COMMANDS: Mapping[str, Command] = {
    "trending": _trending,
    "search": _search,
    "sources": _sources,
    "subtitles": subtitles,
    "subtitle-file": subtitle_file,
    "watch": _watch,
    "stream": stream,
    "serve": _serve,
    "progress": _progress,
}
