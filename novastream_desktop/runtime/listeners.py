"""Ending a listening socket without losing who has just come in."""

from __future__ import annotations

import asyncio
import contextlib

_TURNS_TO_HAND_OVER = 4
"""Turns of the loop until an accepted connection is its handler's: asyncio takes one to make the
transport, one to tell the protocol, one to start a stream's handler. One more for the order."""


async def stop_accepting(server: asyncio.Server) -> None:
    """Stop to listen, and return when every connection that was accepted is in its handler's hands.

    Between the two nobody knows of it: who ends the connections at once leaves that one open.
    Nor may the server be closed at once: asyncio fails on what it has just accepted then.
    """
    loop = asyncio.get_running_loop()
    for listening in server.sockets:
        with contextlib.suppress(NotImplementedError):  # Windows has no readers to remove
            loop.remove_reader(listening.fileno())
    for _ in range(_TURNS_TO_HAND_OVER):
        await asyncio.sleep(0)
    server.close()
