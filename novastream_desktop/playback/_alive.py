"""Whether the source that plays still answers, asked when its data runs low."""

from __future__ import annotations

import asyncio
from urllib.parse import urlsplit

from novastream_desktop.errors import UserFacingError
from novastream_desktop.models import StreamSource
from novastream_desktop.net import HttpClient
from novastream_desktop.player.base import PlayerPhase, PlayerState

LOW = 3.0
"""Seconds of data ahead at which it is asked: a standby opens within that time."""
ASK_AGAIN = 4.0
_TIMEOUT = 2.5
_FIRST_BYTES = 1_024
_WORKS = 400


def runs_low(player: PlayerState) -> bool:
    """Whether playback is about to wait, and not because the file ends. Pure."""
    if player.phase is not PlayerPhase.PLAYING or not player.has_picture or player.duration <= 0:
        return False
    ends_here = player.buffered_to >= player.duration - LOW
    return player.buffering or (not ends_here and player.buffered_to - player.position < LOW)


async def why_dead(source: StreamSource, http: HttpClient) -> str:
    """Return why a source does not answer any more, empty if it does or nobody can tell."""
    if urlsplit(source.url).scheme not in {"http", "https"}:
        return ""
    try:
        async with asyncio.timeout(_TIMEOUT):
            answer = await http.probe(source.url, headers=source.headers, first_bytes=_FIRST_BYTES)
    except TimeoutError:
        return "its server does not answer any more"
    except UserFacingError as error:
        return error.why or error.what
    return "" if answer.status < _WORKS else f"its server answers {answer.status}"
