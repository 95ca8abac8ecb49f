"""The skips of a show as its title page asks about them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from novastream_desktop.playback.state import ShowSkips

if TYPE_CHECKING:
    from novastream_desktop.playback.program import Services


class SkipDesk:
    """Implements the window's `SkipsBackend`.

    Args:
        services: waits for the running services.
    """

    def __init__(self, services: Callable[[], Awaitable[Services]]) -> None:
        self._services = services

    async def of(self, content_id: str) -> ShowSkips:
        """Return what holds for a show."""
        return await (await self._services()).program.show_skips(content_id)

    async def shift(self, content_id: str, by: float | None) -> ShowSkips:
        """Shift by so many seconds more, None: not at all; return what holds now."""
        program = (await self._services()).program
        await program.shift_skips(content_id, by)
        return await program.show_skips(content_id)

    async def keep_quiet(self, content_id: str, quiet: bool) -> ShowSkips:
        """Never skip by itself, or as the settings say; return what holds now."""
        program = (await self._services()).program
        await program.keep_skips_quiet(content_id, quiet=quiet)
        return await program.show_skips(content_id)
