from __future__ import annotations

import io
import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from novastream_desktop.cli import run
from novastream_desktop.paths import AppPaths
from novastream_desktop.settings import LoadedSettings
from tests.fakes.command_services import FakeServices


@dataclass
class Ran:
    """How a command ended."""

    code: int
    out: str
    err: str


@dataclass
class CommandLine:
    """Runs commands in this process over fake services."""

    home: Path
    services: FakeServices = field(default_factory=FakeServices)
    windows: list[tuple[AppPaths, LoadedSettings, str | None]] = field(default_factory=list)
    window_code: int | Callable[[], int] = 0

    def __call__(self, *argv: str, environ: Mapping[str, str] | None = None) -> Ran:
        out, err = io.StringIO(), io.StringIO()
        with _own_logging():
            code = run(
                argv,
                open_services=self.services.open,
                run_window=self._window,
                stdout=out,
                stderr=err,
                environ={
                    "NOVASTREAM_HOME": str(self.home),
                    "QT_QPA_PLATFORM": "offscreen",
                    **(environ or {}),
                },
            )
        return Ran(code, out.getvalue(), err.getvalue())

    def _window(
        self, paths: AppPaths, prepare: Callable[[], LoadedSettings], target: str | None
    ) -> int:
        self.windows.append((paths, prepare(), target))
        return self.window_code if isinstance(self.window_code, int) else self.window_code()


@contextmanager
def _own_logging() -> Iterator[None]:
    """Put back how the program logs; a run opens a log file."""
    logger = logging.getLogger("novastream_desktop")
    handlers, level = tuple(logger.handlers), logger.level
    try:
        yield
    finally:
        for handler in set(logger.handlers) - set(handlers):
            handler.close()
        logger.handlers[:] = handlers
        logger.setLevel(level)


@pytest.fixture
def command(tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path)
