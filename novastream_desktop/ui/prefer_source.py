"""Playing from the source that a person picked on the title's page."""

from __future__ import annotations

import asyncio

from novastream_desktop.playback.commands import PlaybackCommands
from novastream_desktop.playback.state import SessionPhase, SessionState

_PATIENCE = 30.0


async def prefer_source(commands: PlaybackCommands, content_id: str, url: str) -> bool:
    """Switch to the source with this address once the session knows it.

    Gives up when something else is opened, it fails, or after 30 s. Runs on the service loop.

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
    urls = [source.url for source in state.sources]
    return _Place(urls.index(url) if url in urls else -1, state.source_index)
