"""The entry point: `novastream-desktop` and `python -m novastream_desktop`."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager

    from novastream_desktop.cli._services import CommandServices
    from novastream_desktop.paths import AppPaths
    from novastream_desktop.settings import LoadedSettings, Settings


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program and return its exit code."""
    _set_up_streams()
    try:
        from novastream_desktop.cli import run  # noqa: PLC0415  (may lack a dependency)

        return run(
            sys.argv[1:] if argv is None else argv,
            open_services=_open_services,
            run_window=_run_window,
            stdout=sys.stdout,
            stderr=sys.stderr,
        )
    except ModuleNotFoundError as error:
        sys.stderr.write(
            f"NovaStream's parts are not installed: there is no module {error.name!r}."
            " Run python3 packaging/dev.py run.\n"
        )
        return 1
    finally:
        _flush()


def _open_services(
    paths: AppPaths, settings: Settings
) -> AbstractAsyncContextManager[CommandServices]:
    from novastream_desktop.bootstrap.services import open_services  # noqa: PLC0415

    return open_services(paths, settings)


def _run_window(paths: AppPaths, prepare: Callable[[], LoadedSettings], target: str | None) -> int:
    from novastream_desktop.bootstrap.window import run_window  # noqa: PLC0415

    return run_window(paths, prepare, target)


def _set_up_streams() -> None:
    if sys.stdout is None or sys.stderr is None:  # a windowed bundle has neither
        sys.stdout = sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # Files and pipes get UTF-8; a terminal that lacks a letter shows its number.
            encoding = None if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace")


def _flush() -> None:
    try:
        sys.stdout.flush()
    except BrokenPipeError:  # its reader has gone; Python would complain at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    sys.exit(main())
