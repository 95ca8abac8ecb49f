"""Where this installation is."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from novastream_desktop.paths import AppPaths, resources_dir
from novastream_desktop.runtime import Clock, SystemClock


class Installation(NamedTuple):
    """Where this installation keeps its files, and how it tells the time."""

    paths: AppPaths
    resources: Path
    clock: Clock

    @classmethod
    def here(cls, paths: AppPaths) -> Installation:
        """Return the installation that runs."""
        return cls(paths, resources_dir(), SystemClock())

    @property
    def snapshot_file(self) -> Path:
        """The last good home page."""
        return self.paths.cache / "home.json"

    @property
    def painted_file(self) -> Path:
        """The same as the window paints it first."""
        return self.paths.cache / "painted.json"
