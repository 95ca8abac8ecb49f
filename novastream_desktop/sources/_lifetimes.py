"""How long addresses last that do not say it themselves: learned when one is refused."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterable

from novastream_desktop.models import SourceType, StreamSource
from novastream_desktop.sources._identity import place_of

MOST = 1000
YOUNGEST = 60.0
"""An address refused sooner than so many seconds after it was given was not right to begin with."""

_SAYS_ENDED = re.compile(r"\b(?:403|410)\b|forbidden|\bgone\b|expired|refuses", re.IGNORECASE)


class Lifetimes:
    """Remembers when addresses were given out. Times in seconds of a clock that never goes back."""

    def __init__(self) -> None:
        self._given: OrderedDict[str, float] = OrderedDict()
        self._ended: OrderedDict[str, None] = OrderedDict()
        self._learned: dict[str, float] = {}

    def given(self, sources: Iterable[StreamSource], now: float) -> None:
        """Take down that these addresses were given out now, if they are new."""
        for source in sources:
            if source.type is not SourceType.TORRENT and source.url not in self._given:
                self._given[source.url] = now
        while len(self._given) > MOST:
            self._given.popitem(last=False)

    def ended(self, source: StreamSource, why: str, now: float) -> bool:
        """Learn from a failure; return whether it says that the address has ended by its age."""
        given = self._given.get(source.url)
        if given is None or now - given < YOUNGEST or not _SAYS_ENDED.search(why):
            return False
        place = place_of(source)
        self._learned[place] = min(now - given, self._learned.get(place, float("inf")))
        self._ended[source.url] = None
        while len(self._ended) > MOST:
            self._ended.popitem(last=False)
        return True

    def is_over(self, source: StreamSource, now: float) -> bool:
        """Whether an address was refused, or is as old as one of its host was when it ended."""
        if source.url in self._ended:
            return True
        given, lasts = self._given.get(source.url), self._learned.get(place_of(source))
        return given is not None and lasts is not None and now - given >= lasts
