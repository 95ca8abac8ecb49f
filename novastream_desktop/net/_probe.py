"""A look at the first bytes of a media address."""

from __future__ import annotations

import httpx

from novastream_desktop.net._pools import Way
from novastream_desktop.net._send import Sender, whole_size
from novastream_desktop.net.base import ProbeAnswer
from novastream_desktop.runtime import Clock

_ENOUGH_TO_MEASURE = 16_384


async def look_at(
    sender: Sender, way: Way, request: httpx.Request, clock: Clock, first_bytes: int
) -> ProbeAnswer:
    """Return the first bytes, how long they took, and what the server says of the rest."""
    began = clock.monotonic()
    head = bytearray()
    async with sender.stream(way, request) as response:
        answered = first = clock.monotonic()
        async for piece in response.aiter_bytes():
            first = first if head else clock.monotonic()
            head += piece
            if len(head) >= first_bytes:
                break
        took = clock.monotonic() - answered
    enough = len(head) >= _ENOUGH_TO_MEASURE and took > 0
    return ProbeAnswer(
        status=response.status_code,
        url=str(response.url),
        content_type=response.headers.get("content-type", ""),
        head=bytes(head[:first_bytes]),
        latency=first - began,
        throughput=len(head) * 8 / took if enough else None,
        size=whole_size(response),
    )
