"""Where the sources of one request are put in order, on a worker thread."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from datetime import datetime

from novastream_desktop.models import SourceHealth, StreamSource
from novastream_desktop.sources._identity import Key, key_of
from novastream_desktop.sources._merge import grouped, joined
from novastream_desktop.sources._points import NOTHING, Remembered
from novastream_desktop.sources._rank import Judged, judge, paired, ranked
from novastream_desktop.sources._release import read_releases
from novastream_desktop.sources._wanted import Wanted

_Members = tuple[int, ...]


class _Closed(Exception):
    """Nobody waits for the list any more."""


class Desk:
    """Merges and ranks what is in so far; what was judged once is not judged again.

    `arrange` is called from one worker thread at a time. Every few sources it lets
    other threads run: the names of a large answer would hold the interpreter for a second.
    """

    def __init__(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self._judged: dict[_Members, Judged] = {}
        self._kept: list[Sequence[StreamSource]] = []
        self._closed = False

    def arrange(
        self,
        sources: Sequence[StreamSource],
        now: datetime,
        remembered: Remembered = NOTHING,
        health: Mapping[Key, SourceHealth] | None = None,
    ) -> tuple[StreamSource, ...]:
        """Return each stream once, best first, the standby marked.

        Args:
            sources: as the providers gave them; each object is kept until the desk goes.
            now: for what expires.
            remembered: what earlier plays taught.
            health: what checks found, by key.
        """
        self._kept.append(sources)  # their ids are what is looked up
        names = [source.release_name for source in sources if source.release_name]
        try:
            read_releases(names, self._rest)
        except _Closed:
            return ()
        if self._closed:
            return ()
        checked = dict(health or {})
        judged = []
        for group in grouped(sources):
            one = self._judge(group)
            if len(group) > 1 and one.facts.key not in checked:
                twin = next((key for s in group if (key := key_of(s)) in checked), None)
                if twin is not None:
                    checked[one.facts.key] = checked[twin]
            judged.append(one)
        return paired(ranked(judged, now, remembered, checked))

    def close(self) -> None:
        """Give up what is still being arranged."""
        self._closed = True

    def _rest(self) -> None:
        if self._closed:
            raise _Closed
        time.sleep(0)

    def _judge(self, group: Sequence[StreamSource]) -> Judged:
        members = tuple(map(id, group))
        known = self._judged.get(members)
        if known is None:
            known = self._judged[members] = judge(joined(group), self._wanted)
        return known
