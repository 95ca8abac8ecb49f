"""The torrents that the engine knows, as the window asks about them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from novastream_desktop.runtime import Observable
from novastream_desktop.torrents.base import Transfer, TransferFile

if TYPE_CHECKING:
    from novastream_desktop.playback.program import Services
    from novastream_desktop.torrents.base import TorrentEngine


class TransferDesk:
    """What the window asks about transfers. Lives on the service loop.

    Args:
        services: waits for the services.
    """

    def __init__(self, services: Callable[[], Awaitable[Services]]) -> None:
        self.all: Observable[tuple[Transfer, ...] | None] = Observable(None)
        """Every transfer, None until somebody looked."""
        self._services = services
        self._following = False

    async def open(self) -> None:
        """Follow the engine from now on."""
        engine = await self._engine()
        if not self._following:
            self._following = True
            engine.transfers.watch(self.all.set)

    async def pause(self, transfer_id: str) -> None:
        """Stop a transfer until it is resumed."""
        await (await self._engine()).pause(transfer_id)

    async def resume(self, transfer_id: str) -> None:
        """Go on with a paused transfer, or fetch the rest of one that is kept."""
        await (await self._engine()).resume(transfer_id)

    async def remove(self, transfer_id: str, *, delete_data: bool) -> None:
        """Forget a transfer, with or without its files."""
        await (await self._engine()).remove(transfer_id, delete_data=delete_data)

    async def files(self, transfer_id: str) -> tuple[TransferFile, ...]:
        """Return the files of a transfer; nothing while its details are not known."""
        return await (await self._engine()).files(transfer_id)

    async def fetch(self, transfer_id: str, file_index: int, *, on: bool) -> None:
        """Fetch all of one file although nobody plays it, or fetch it no more."""
        await (await self._engine()).fetch(transfer_id, file_index, on)

    async def _engine(self) -> TorrentEngine:
        return (await self._services()).program.torrents
