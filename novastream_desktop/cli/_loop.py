"""Running one command on an event loop of its own, until it is done or told to stop."""

from __future__ import annotations

import argparse
import asyncio
import signal
from collections.abc import Callable, Coroutine
from contextlib import AbstractAsyncContextManager, suppress

from novastream_desktop.cli._commands import COMMANDS, Context
from novastream_desktop.cli._doctor import examine
from novastream_desktop.cli._output import Output
from novastream_desktop.cli._services import CommandServices
from novastream_desktop.paths import AppPaths
from novastream_desktop.settings import LoadedSettings, Settings

OpenServices = Callable[[AppPaths, Settings], AbstractAsyncContextManager[CommandServices]]


def run_command(
    args: argparse.Namespace,
    paths: AppPaths,
    loaded: LoadedSettings,
    open_services: OpenServices,
    out: Output,
) -> int:
    """Run a command and return its exit code.

    Raises:
        UserFacingError: it failed.
        KeyboardInterrupt: Ctrl-C or SIGTERM; everything was closed before.
    """
    if args.command == "doctor":
        work = examine(paths, loaded, open_services, out)
    else:
        work = _with_services(args, paths, loaded.settings, open_services, out)
    try:
        return asyncio.run(_until_told(work))
    except asyncio.CancelledError:
        raise KeyboardInterrupt from None


async def _with_services(
    args: argparse.Namespace,
    paths: AppPaths,
    settings: Settings,
    open_services: OpenServices,
    out: Output,
) -> int:
    async with open_services(paths, settings) as services:
        return await COMMANDS[args.command](Context(args, paths, settings, services, out))


async def _until_told(work: Coroutine[object, object, int]) -> int:
    """Run the work; SIGTERM cancels it as Ctrl-C does, so that everything is closed."""
    loop, task = asyncio.get_running_loop(), asyncio.current_task()
    assert task is not None
    with suppress(NotImplementedError, RuntimeError, ValueError):  # Windows; not main thread
        loop.add_signal_handler(signal.SIGTERM, task.cancel)
    return await work
