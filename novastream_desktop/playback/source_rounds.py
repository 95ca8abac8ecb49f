"""Sources of a title as they are found, for whoever looks at the list meanwhile."""

from __future__ import annotations

from contextlib import aclosing
from typing import TYPE_CHECKING

from novastream_desktop.playback.target import DIRECT
from novastream_desktop.runtime import Observable
from novastream_desktop.sources import Resolution

if TYPE_CHECKING:
    from novastream_desktop.playback.program import Program


async def follow_sources(
    program: Program,
    content_id: str,
    episode_id: str | None,
    into: Observable[Resolution | None],
) -> None:
    """Find the ranked sources of a film or episode; `into` is set each time that more is known."""
    details = await program.details(content_id)
    episode = next((e for e in details.episodes if e.id == episode_id), None)
    if content_id.startswith(DIRECT):
        found = tuple(await program.sources_of(details, episode))
        into.set(Resolution(sources=found, complete=True))
        return
    request = program.services[details.content.type].request(details, episode)
    async with aclosing(program.answering.sources.stream(request)) as rounds:
        async for known in rounds:
            into.set(known)
