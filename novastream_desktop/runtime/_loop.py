"""The one asyncio loop that runs every service, on its own thread."""
# ruff: noqa: PLC0415  (a process that only hands its target over, or paints, needs no asyncio)

from __future__ import annotations

import threading
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Future

T = TypeVar("T")


class ServiceLoop:
    """Own the service event loop on one named thread.

    Services are built, used and closed on this loop. Other threads reach it with
    `submit` (a coroutine) or `post` (a callback) and never block on it.
    """

    def __init__(self) -> None:
        import asyncio

        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="services", daemon=True)

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def submit(self, coroutine: Coroutine[Any, Any, T]) -> Future[T]:
        """Run a coroutine on the loop; callable from any thread."""
        import asyncio

        return asyncio.run_coroutine_threadsafe(coroutine, self._loop)

    def post(self, callback: Callable[..., object], *args: object) -> None:
        """Call back soon on the loop; callable from any thread, also after `stop`."""
        try:
            self._loop.call_soon_threadsafe(callback, *args)
        except RuntimeError:
            if not self._loop.is_closed():
                raise

    def stop(self, timeout: float = 5.0) -> None:
        """Cancel what still runs, close the loop and join the thread (at most `timeout` s)."""
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(timeout)

    def _run(self) -> None:
        import asyncio

        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_forever()
        finally:
            tasks = asyncio.all_tasks(self._loop)
            for task in tasks:
                task.cancel()
            self._loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
            self._loop.run_until_complete(self._loop.shutdown_asyncgens())
            self._loop.close()
