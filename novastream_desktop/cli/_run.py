"""From the command line to an exit code. Every failure is one line on standard error."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TextIO, TypeAlias
from urllib.parse import unquote, urlsplit

from novastream_desktop import __version__
from novastream_desktop.errors import EnvironmentUnusable, NotFound, UserFacingError
from novastream_desktop.paths import AppPaths, app_paths

if TYPE_CHECKING:  # the window loads its settings after the first frame
    import argparse
    from contextlib import AbstractAsyncContextManager

    from novastream_desktop.cli._services import CommandServices
    from novastream_desktop.settings import LoadedSettings, Settings

OpenServices: TypeAlias = (
    "Callable[[AppPaths, Settings], AbstractAsyncContextManager[CommandServices]]"
)
RunWindow: TypeAlias = "Callable[[AppPaths, Callable[[], LoadedSettings], str | None], int]"
FAILED = 1
INTERRUPTED = 130
_MISSING = (FileNotFoundError, NotADirectoryError)


def run(
    argv: Sequence[str],
    *,
    open_services: OpenServices,
    run_window: RunWindow,
    stdout: TextIO,
    stderr: TextIO,
    environ: Mapping[str, str] = os.environ,
) -> int:
    """Run one command and return its exit code (0, 1, 2, 3, 4 or 130).

    Args:
        argv: without the program's name; empty opens the window.
        open_services: builds the services for a command without a window.
        run_window: opens the window, playing a target if there is one; is given what loads the
            settings and sets the log up.
        stdout: answers only.
        stderr: logs and failures.
        environ: variables, for paths and settings.
    """
    program = _Program(open_services, run_window, stdout, stderr, environ)
    try:
        return program.run(list(argv))
    except UserFacingError as error:
        stderr.write(f"{_one_line(error.sentence())}\n")
        return error.exit_code
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # `novastream-desktop search x | head -1`
        return 0
    except ModuleNotFoundError:
        raise  # a missing dependency: the entry point knows what to say
    except Exception as error:  # noqa: BLE001  (the top level: no traceback reaches a person)
        stderr.write(f"{_one_line(_unexpected(error, app_paths(environ)))}\n")
        return FAILED


class _Program(NamedTuple):
    open_services: OpenServices
    run_window: RunWindow
    stdout: TextIO
    stderr: TextIO
    environ: Mapping[str, str]

    def run(self, argv: list[str]) -> int:
        if "--version" in argv and set(argv) <= {"--version", "--json"}:
            as_json = f'{{"name": "novastream-desktop", "version": "{__version__}"}}'
            plain = f"novastream-desktop {__version__}"
            self.stdout.write(f"{as_json if '--json' in argv else plain}\n")
            return 0
        try:
            args = _parsed(argv, self.stdout)
        except SystemExit:  # `--help`, printed
            return 0
        paths = app_paths(self.environ)
        if args is None:
            return self._open_window(paths, None, verbose=False)
        if args.command == "doctor" and args.probe_opengl:
            from novastream_desktop.doctor import print_opengl  # noqa: PLC0415

            return print_opengl(self.stdout)
        if args.command == "open":
            return self._open_window(paths, _whole_target(args.target), verbose=args.verbose)
        examined = args.command == "doctor"  # which reports a folder that cannot be used
        loaded = self._prepare(paths, verbose=args.verbose, readable_is_enough=examined)
        return self._run_command(args, paths, loaded)

    def _open_window(self, paths: AppPaths, target: str | None, *, verbose: bool) -> int:
        # Without any screen a running instance may still take the target over.
        named = any(self.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
        if named and "QT_QPA_PLATFORM" not in self.environ:
            _need_screen(self.environ)
        paths.ensure()
        return self.run_window(paths, partial(self._prepare, paths, verbose=verbose), target)

    def _prepare(
        self, paths: AppPaths, *, verbose: bool, readable_is_enough: bool = False
    ) -> LoadedSettings:
        from novastream_desktop.logs import configure_logging  # noqa: PLC0415
        from novastream_desktop.settings import load_settings  # noqa: PLC0415

        try:
            paths.ensure()
            configure_logging(paths.logs, verbose=verbose)
        except EnvironmentUnusable:
            if not readable_is_enough:
                raise
            configure_logging(None, verbose=verbose)
        return load_settings(paths.config_file, self.environ)

    def _run_command(
        self, args: argparse.Namespace, paths: AppPaths, loaded: LoadedSettings
    ) -> int:
        from novastream_desktop.cli._loop import run_command  # noqa: PLC0415  (heavy)
        from novastream_desktop.cli._output import Output  # noqa: PLC0415

        if args.command != "doctor":  # which reports them as findings
            self.stderr.writelines(f"{_one_line(problem)}\n" for problem in loaded.problems)
        out = Output(self.stdout, self.stderr, as_json=args.json)
        return run_command(args, paths, loaded, self.open_services, out)


def _parsed(argv: list[str], stdout: TextIO) -> argparse.Namespace | None:
    if not argv:
        return None
    from contextlib import redirect_stdout  # noqa: PLC0415  (not for the window)

    from novastream_desktop.cli._parser import parse  # noqa: PLC0415

    with redirect_stdout(stdout):  # where argparse prints its help
        return parse(argv)


def _need_screen(environ: Mapping[str, str]) -> None:
    """Say what is missing before Qt aborts the process for it."""
    from novastream_desktop.doctor import look_for_screen  # noqa: PLC0415  (not for commands)

    for look in look_for_screen(environ):
        if not look.ok:
            raise EnvironmentUnusable(
                "The window cannot be opened", why=look.detail, hint=look.mend
            )


def _whole_target(target: str) -> str:
    """Make a relative path whole: the running instance may have another working folder.

    Raises:
        NotFound: no file or folder is there. Said here, a running window is not bothered with it.
        InvalidInput: it looks like a content id and is none.
    """
    local = target.startswith("file://")
    if target.startswith("magnet:?") or ("://" in target and not local):
        return target
    path = Path(unquote(urlsplit(target).path) if local else target)
    why = "no such file"
    try:
        path = path.expanduser().absolute()
        path.stat()
    except (OSError, RuntimeError, ValueError) as error:  # the others: `~nobody`, a NUL
        if isinstance(error, OSError) and not isinstance(error, _MISSING):
            why = (error.strerror or str(error)).lower()
    else:
        return str(path)
    if not local and re.match(r"[a-z]{2,12}:[^\\/]", target):
        from novastream_desktop.models import check_content_id  # noqa: PLC0415  (ids only)

        return check_content_id(target)
    raise NotFound(f"{path} cannot be opened", why=why, hint="Check the name and try again")


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _unexpected(error: Exception, paths: AppPaths) -> str:
    own = (getattr(error, "name", None) or "").startswith("novastream_desktop")
    if isinstance(error, ImportError) and not own:  # there, but lacks a library of the system
        return EnvironmentUnusable(
            "NovaStream cannot start",
            why=str(error),
            hint="Install what is missing; `novastream-desktop doctor` looks for it",
        ).sentence()
    import logging  # noqa: PLC0415

    from novastream_desktop.logs import configure_logging  # noqa: PLC0415

    configure_logging(paths.logs if paths.logs.is_dir() else None)  # the window may have none yet
    # At INFO the traceback goes to the log file and not to standard error.
    logging.getLogger(__name__).info("The program failed", exc_info=error)
    return (
        f"NovaStream failed: an error of the program itself ({type(error).__name__}: {error})."
        " Report it; details are in novastream.log, in the log folder that `doctor` names."
    )
