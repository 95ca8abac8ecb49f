"""Where the program keeps its files, and where its resources lie."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from novastream_desktop.errors import EnvironmentUnusable


@dataclass(frozen=True, slots=True)
class AppPaths:
    """The four folders of one installation. None is created before `ensure`."""

    config: Path
    data: Path
    cache: Path
    logs: Path

    @property
    def config_file(self) -> Path:
        """The settings file that a person may edit."""
        return self.config / "config.toml"

    def ensure(self) -> None:
        """Create the folders.

        Raises:
            EnvironmentUnusable: one cannot be created or written.
        """
        for folder in (self.config, self.data, self.cache, self.logs):
            try:
                folder.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise _unwritable(folder, error.strerror or str(error)) from error
            if not os.access(folder, os.W_OK | os.X_OK):
                raise _unwritable(folder, "no permission to write there")


def _unwritable(folder: Path, why: str) -> EnvironmentUnusable:
    return EnvironmentUnusable(
        f"The folder {folder} cannot be used",
        why=why,
        hint="Make it writable, or set NOVASTREAM_HOME to a folder that is",
    )


def app_paths(environ: Mapping[str, str] = os.environ) -> AppPaths:
    """Return the platform's folders, or those under `NOVASTREAM_HOME` if that is set."""
    home = environ.get("NOVASTREAM_HOME")
    if home:
        root = Path(home).expanduser().absolute()
        return AppPaths(root / "config", root / "data", root / "cache", root / "logs")
    from platformdirs import PlatformDirs  # noqa: PLC0415  (not needed when NOVASTREAM_HOME is set)

    dirs = PlatformDirs("novastream", appauthor=False)
    return AppPaths(
        dirs.user_config_path, dirs.user_data_path, dirs.user_cache_path, dirs.user_log_path
    )


def resources_dir() -> Path:
    """Return the folder with QML, icons, fonts, catalogue and demo media."""
    bundled = getattr(sys, "_MEIPASS", None)
    package = Path(__file__).resolve().parent
    candidates = [Path(bundled) / "resources"] if bundled else []
    candidates += [package / "resources", package.parent / "resources"]
    for candidate in candidates:
        if candidate.is_dir():
            return candidate
    raise EnvironmentUnusable(
        "The program's resources are missing",
        why=f"none of {', '.join(map(str, candidates))} exists",
        hint="Install NovaStream again",
    )
