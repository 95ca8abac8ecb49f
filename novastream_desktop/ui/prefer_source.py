"""Playing from the source that a person picked on the title's page."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from urllib.parse import urlsplit

from novastream_desktop.models import StreamSource
from novastream_desktop.playback.commands import PlaybackCommands
from novastream_desktop.playback.state import SessionPhase, SessionState

_PATIENCE = 30.0


async def prefer_source(commands: PlaybackCommands, content_id: str, url: str) -> bool:
    """Switch to the source with this address once the session knows it.

    The session asks for sources of its own: while more of them come, it is waited for; an address
    that is signed anew each time is found again by what stays the same of it. Gives up when
    something else is opened, it fails, or after 30 s. Runs on the service loop.

    Returns:
        Whether it plays from there.
    """
    decided: asyncio.Queue[SessionState] = asyncio.Queue()
    unwatch = commands.state.watch(decided.put_nowait)
    try:
        async with asyncio.timeout(_PATIENCE):
            while True:
                place = _place(await decided.get(), content_id, url)
                if place is None:
                    return False
                if place.wanted >= 0:
                    if place.wanted != place.present:
                        commands.choose_source(place.wanted)
                    return True
    except TimeoutError:
        return False
    finally:
        unwatch()


class _Place:
    def __init__(self, wanted: int, present: int) -> None:
        self.wanted, self.present = wanted, present


def _place(state: SessionState, content_id: str, url: str) -> _Place | None:
    if state.phase in (SessionPhase.FAILED, SessionPhase.ENDED):
        return None
    if state.content is None or state.content.id != content_id:
        return _Place(-1, -1)
    return _Place(place_of_url(state.sources, url), state.source_index)


def place_of_url(sources: Sequence[StreamSource], url: str) -> int:
    """Return where a source with this address is, else one that is the same stream, else -1."""
    urls = [source.url for source in sources]
    if url in urls:
        return urls.index(url)
    if not sources or not _is_signed(url):
        return -1
    from novastream_desktop.sources import key_of  # noqa: PLC0415  (heavy; here it is loaded)

    keys = [key_of(source) for source in sources]
    wanted = key_of(StreamSource(url=url, type=sources[0].type))
    return keys.index(wanted) if wanted in keys else -1


def _is_signed(url: str) -> bool:
    try:
        return bool(urlsplit(url).query) and not url.startswith("magnet:")
    except ValueError:
        return False
