"""A search for sources that goes on while the first one already plays."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing

from novastream_desktop.errors import UserFacingError
from novastream_desktop.models import StreamSource
from novastream_desktop.sources import Resolution

Sources = tuple[StreamSource, ...]


class Search:
    """Takes in what comes from the providers until they have all answered.

    Args:
        resolutions: what is known so far, again and again.
        on_sources: is called with each newer list.
    """

    def __init__(
        self,
        resolutions: AsyncGenerator[Resolution, None],
        on_sources: Callable[[Sources], object] | None = None,
    ) -> None:
        self._on_sources = on_sources
        self._last = Resolution()
        self._changed = asyncio.Event()
        self._failure: Exception | None = None
        self._task = asyncio.get_running_loop().create_task(self._take(resolutions))

    @property
    def sources(self) -> Sources:
        """What is known so far, best first."""
        return self._last.sources

    @property
    def first(self) -> StreamSource | None:
        """The first one that was checked and plays."""
        return self._last.first

    @property
    def complete(self) -> bool:
        """Whether nothing more will come."""
        return self._task.done() or self._last.complete

    def tell(self, on_sources: Callable[[Sources], object]) -> None:
        """Call back with what is known, and with each newer list."""
        self._on_sources = on_sources
        if self.sources:
            on_sources(self.sources)

    async def more(self) -> None:
        """Return when something newer is known, or nothing more will come.

        Raises:
            UserFacingError: the search itself failed.
        """
        if not self.complete:
            self._changed.clear()
            await self._changed.wait()
        if self._failure is not None:
            raise self._failure

    def failure(self) -> UserFacingError | None:
        """Return why providers failed, if nothing was found."""
        return next(iter(self._last.failures), None) if not self.sources else None

    def stop(self) -> None:
        """Ask no more."""
        self._task.cancel()

    async def _take(self, resolutions: AsyncGenerator[Resolution, None]) -> None:
        try:
            async with aclosing(resolutions) as each:
                async for resolution in each:
                    self._last = resolution
                    if self._on_sources is not None:
                        self._on_sources(resolution.sources)
                    self._changed.set()
        except Exception as error:  # noqa: BLE001  (`more` raises it where the session is told)
            self._failure = error
        finally:
            self._changed.set()
