"""Handing a source over before everything is known: which to try, and that it stays listed."""

from __future__ import annotations

import asyncio

from novastream_desktop.models import StreamSource
from novastream_desktop.sources._identity import key_of
from novastream_desktop.sources._quality import height_of

_RUNGS = (2160, 1440, 1080, 720, 480, 1)
_PATIENCE, _TURNS = 0.01, 4  # 40 ms: a third of what the eye takes for at once


class Handing:
    """Settles which source is handed over first: the first that plays, with a little patience.

    Of two that are checked at the same time either may be done first, by chance. So one that plays
    waits a moment for a clearly better one whose check runs; then it is handed over and stays.

    Attributes:
        first: what was handed over, None so far.
        waiting: the best of those that play, while none was handed over.
    """

    def __init__(self, max_height: int) -> None:
        self._max_height = max_height
        self._underway: dict[str, float] = {}
        self.first: StreamSource | None = None
        self.waiting: StreamSource | None = None

    def expect(self, source: StreamSource) -> None:
        """Take down that a source is being checked; `offer` or `drop` says that it was."""
        self._underway[source.url] = self._rung(source)

    def drop(self, source: StreamSource) -> None:
        """Take down that a source is not to be handed over."""
        self._underway.pop(source.url, None)

    def offer(self, source: StreamSource) -> None:
        """Take in one that was checked, ranked and plays."""
        self.drop(source)
        if self.waiting is None or source.score > self.waiting.score:
            self.waiting = source

    def settle(self, *, late: bool = False) -> bool:
        """Hand over what waits, if it is time to; return whether that is done now.

        Args:
            late: there was patience enough.
        """
        if self.first is not None or self.waiting is None:
            return False
        rung = self._rung(self.waiting)
        if not late and any(other > rung for other in self._underway.values()):
            return False
        self.first = self.waiting
        return True

    def _rung(self, source: StreamSource) -> int:
        """Return how good its picture is: a few lines more are not clearly better."""
        lines = -unlikely(source, self._max_height)[0]
        return sum(lines >= least for least in _RUNGS)


async def patience() -> None:
    """Wait a moment; counted in turns of the loop, so that a loop that stood still does not count.

    Checks that are done by now are told before this ends.
    """
    for _ in range(_TURNS):
        await asyncio.sleep(_PATIENCE)


def unlikely(source: StreamSource, max_height: int) -> tuple[float, str]:
    """Order sources by how unlikely they are the one to play, without reading their names."""
    height = source.height or height_of(source.quality) or 0
    return (0 if max_height and height > max_height else -height, source.url)


def holding(sources: tuple[StreamSource, ...], first: StreamSource) -> tuple[StreamSource, ...]:
    """Return the list with the source that was handed over in it, under the address it had."""
    if any(source.url == first.url for source in sources):
        return sources
    key = key_of(first)
    for at, source in enumerate(sources):
        if key_of(source) == key:  # its twin from another provider stands for it
            own = {"url": first.url, "headers": first.headers, "expires_at": first.expires_at}
            return (*sources[:at], source.with_(**own), *sources[at + 1 :])
    return tuple(sorted((*sources, first), key=lambda source: -source.score))
