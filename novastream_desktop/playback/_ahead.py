"""The next episode's sources, looked for and checked while this one still plays."""

from __future__ import annotations

from collections.abc import Callable

from novastream_desktop.models import StreamSource
from novastream_desktop.playback._continuing import continuing
from novastream_desktop.playback._search import Search
from novastream_desktop.playback.plan import AHEAD_SHARE
from novastream_desktop.player.base import PlayerPhase, PlayerState
from novastream_desktop.providers.base import WatchRequest
from novastream_desktop.runtime import Clock

KEPT_FOR = 1800.0
"""Seconds after which sources that were looked for ahead are looked for anew."""

Key = tuple[str, str]


def is_due(player: PlayerState) -> bool:
    """Whether half of it is over, so that the next one is looked for. Pure."""
    plays = player.phase in (PlayerPhase.PLAYING, PlayerPhase.PAUSED) and player.has_picture
    return plays and player.duration > 0 and player.position >= AHEAD_SHARE * player.duration


def key_of_request(request: WatchRequest) -> Key:
    """Return what a request is for."""
    return (request.content.id, request.episode.id if request.episode else "")


class Ahead:
    """Holds one search for what comes next. Lives on the service loop."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._key: Key | None = None
        self._search: Search | None = None
        self._begun = 0.0

    @property
    def ready(self) -> bool:
        """Whether there is a checked source of what comes next."""
        search = self._search
        return search is not None and (
            search.first is not None or (search.complete and bool(search.sources))
        )

    def best(self, before: StreamSource | None) -> StreamSource | None:
        """Return what would be played next, None while not everybody has answered."""
        search = self._search
        if search is None or not search.complete:
            return None
        return next(iter(continuing(search.sources, before)), None)

    def look(self, request: WatchRequest, search: Callable[[], Search]) -> None:
        """Begin to look for what comes next, unless that is being done."""
        if self._key == key_of_request(request):
            return
        self.forget()
        self._key, self._search = key_of_request(request), search()
        self._begun = self._clock.monotonic()

    def take(self, request: WatchRequest) -> Search | None:
        """Give out the search for this, None if there is none or it is too old."""
        search = self._search
        fits = self._key == key_of_request(request)
        young = self._clock.monotonic() - self._begun < KEPT_FOR
        if search is None or not fits or not young or (search.complete and not search.sources):
            self.forget()
            return None
        self._key = self._search = None
        return search

    def forget(self) -> None:
        """Look no more."""
        if self._search is not None:
            self._search.stop()
        self._key = self._search = None
