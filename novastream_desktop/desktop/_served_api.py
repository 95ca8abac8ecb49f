"""The HTTP API as the settings want it: on or off, where, and for whom."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Protocol

from novastream_desktop.errors import UserFacingError
from novastream_desktop.settings import ApiSettings, Settings

log = logging.getLogger(__name__)


class Server(Protocol):
    """What of `ApiServer` is used."""

    async def start(self) -> str:
        """Start and return the address; see `ApiServer.start`."""
        ...

    async def close(self) -> None:
        """Stop; twice is allowed."""
        ...


class ServedApi:
    """Serves the API, and starts it anew when its settings change. Used on the service loop.

    Args:
        make: makes a server for the settings.
    """

    def __init__(self, make: Callable[[Settings], Server]) -> None:
        self._make = make
        self._server: Server | None = None
        self._wanted: ApiSettings | None = None
        self._turn = asyncio.Lock()  # two changes at once would both want the port
        self.problem = ""
        """Why it is not served although it should be, a sentence; '' if all is well."""

    async def follow(self, settings: Settings) -> None:
        """Serve as the settings say. What fails is told in `problem`, and tried again later."""
        async with self._turn:
            if settings.api == self._wanted and not self.problem:
                return
            await self._stop()
            self._wanted, self.problem = settings.api, ""
            if settings.api.enabled:
                await self._start(settings)

    async def close(self) -> None:
        """Serve no more."""
        async with self._turn:
            await self._stop()

    async def _start(self, settings: Settings) -> None:
        try:
            self._server = await asyncio.to_thread(self._make, settings)  # it may write a token
            log.info("HTTP API at %s", await self._server.start())
        except UserFacingError as error:
            self._server = None
            self.problem = error.sentence()
            log.warning("%s", error)

    async def _stop(self) -> None:
        if self._server is not None:
            await self._server.close()
            self._server = None
