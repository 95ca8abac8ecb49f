"""Watch metadata: one part that fails takes nothing from the others."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from novastream_desktop.errors import ProviderUnavailable
from novastream_desktop.models import StreamSource, TitleDetails
from novastream_desktop.playback.movie import MoviePlaybackService
from novastream_desktop.providers.base import WatchRequest
from tests.fakes.playback_world import FILM, World

DOWN = ProviderUnavailable("tmdb did not answer", why="no connection")


class NoSources:
    """Every provider failed."""

    async def resolve(self, request: WatchRequest) -> Sequence[StreamSource]:
        raise DOWN

    async def fresh(self, source: StreamSource, request: WatchRequest) -> StreamSource:
        raise DOWN


async def test_watch_tells_all_but_the_sources_if_their_providers_failed() -> None:
    world, title = World(), TitleDetails(content=FILM)
    working, failing = (
        MoviePlaybackService(sources=sources, subtitles=world, skips=world, progress=world)
        for sources in (world, NoSources())
    )
    whole = await working.watch(title, None)
    assert whole.sources
    assert await failing.watch(title, None) == whole.with_(sources=())
    with pytest.raises(ProviderUnavailable):
        await failing.sources(failing.request(title, None))
