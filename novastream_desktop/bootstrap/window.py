"""Opening the window: what it shows first, and what is built behind it meanwhile."""
# ruff: noqa: PLC0415  (the window paints before what is behind it is imported)

from __future__ import annotations

import gc
from collections.abc import Callable
from typing import TYPE_CHECKING

from novastream_desktop.bootstrap.installation import Installation
from novastream_desktop.errors import EnvironmentUnusable
from novastream_desktop.paths import AppPaths
from novastream_desktop.runtime import ServiceLoop, SingleInstance

if TYPE_CHECKING:
    from concurrent.futures import Future

    from novastream_desktop.desktop import Desktop
    from novastream_desktop.settings import LoadedSettings


def run_window(
    paths: AppPaths,
    prepare: Callable[[], LoadedSettings],
    target: str | None,
    *,
    painted: Callable[[], object] | None = None,
) -> int:
    """Open the window and return the exit code when it is closed.

    A second start on the same data folder hands its target to the first and ends.

    Raises:
        EnvironmentUnusable: no screen or OpenGL, or the first process does not answer.

    Args:
        paths: the installation's folders; they exist.
        prepare: loads the settings; called on another thread, after the first frame.
        target: what to play at once.
        painted: called when the first rows are on the screen.
    """
    instance = SingleInstance(paths.data)
    if not instance.claim():
        if instance.hand_over(target):
            return 0
        raise EnvironmentUnusable(
            "NovaStream runs already but does not answer",
            why=f"another process holds {paths.data}",
            hint="Close it, or set NOVASTREAM_HOME to another folder",
        )
    gc.disable()  # until the first frame, which it would only delay
    here = Installation.here(paths)
    behind = BehindWindow(here, prepare, instance)
    try:
        from novastream_desktop.ui.app import run_app
        from novastream_desktop.ui.home.painted import load_painted

        page = load_painted(here.painted_file, here.resources)
        return run_app(page, behind.begin, target=target, painted=painted)
    finally:
        behind.end()
        instance.release()


class BehindWindow:
    """The program behind a window, built on a thread of its own once the window has painted.

    Args:
        here: the installation.
        prepare: loads the settings.
        instance: this process's claim on the data folder.
    """

    def __init__(
        self, here: Installation, prepare: Callable[[], LoadedSettings], instance: SingleInstance
    ) -> None:
        self._here, self._prepare, self._instance = here, prepare, instance
        self._desktop: Future[Desktop] | None = None

    def begin(self) -> Future[Desktop]:
        """Start to build it."""
        from concurrent.futures import ThreadPoolExecutor

        gc.freeze()
        gc.enable()
        pool = ThreadPoolExecutor(1, thread_name_prefix="start")
        self._desktop = pool.submit(self._build)
        pool.shutdown(wait=False)
        return self._desktop

    def end(self) -> None:
        """Stop it again, if it was built."""
        gc.enable()
        if self._desktop is not None and self._desktop.exception() is None:
            desktop = self._desktop.result()
            desktop.loop.submit(desktop.close()).result()
            desktop.loop.stop()

    def _build(self) -> Desktop:
        from novastream_desktop.bootstrap.desktop import build_desktop

        loaded = self._prepare()
        loop = ServiceLoop()
        loop.start()
        return build_desktop(self._here, loop, loaded, self._instance)
