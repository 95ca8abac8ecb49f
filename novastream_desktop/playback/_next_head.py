"""The first bytes of the next episode, there before it is asked for."""

from __future__ import annotations

import logging
from typing import Any

from novastream_desktop.errors import UserFacingError
from novastream_desktop.models import Episode, SourceType, StreamSource
from novastream_desktop.playback._opening import episode_hint, open_source
from novastream_desktop.playback._show_skips import ShowSkipControls
from novastream_desktop.player.ahead import FetchesAhead, may_fetch

log = logging.getLogger(__name__)

HEAD_FROM = 180.0
"""Seconds before the end from which the next episode may be opened already."""


class NextHead(ShowSkipControls):
    """Has the head of what comes next fetched, by the torrent engine or by the player."""

    def __init__(self, **parts: Any) -> None:
        super().__init__(**parts)
        self._prefetched = ("", "")

    def _prefetch(self) -> None:
        """Have the first bytes of the next episode there, near the end of this one."""
        following, best = self._state.value.upcoming, self._ahead.best(self._current)
        if following is None or best is None or self._prefetched == (best.url, following.id):
            return
        if best.type is SourceType.TORRENT:
            self._prefetched = (best.url, following.id)
            hint = episode_hint(following)
            index = best.file_index
            fetch = self._torrents.prefetch(best.url, file_index=index, episode_hint=hint)
            self._keep_aside(fetch)
        elif self._wants_head(best):
            self._prefetched = (best.url, following.id)
            self._keep_aside(self._fetch_head(best, following))

    def _wants_head(self, best: StreamSource) -> bool:
        player = self._state.value.player
        near = player.duration - player.position <= HEAD_FROM and may_fetch(player)
        stays = self._skipping.next_dismissed or self._skipping.stop_after
        return near and not stays and best.url.startswith(("http://", "https://"))

    async def _fetch_head(self, best: StreamSource, following: Episode) -> None:
        """Let the player open the next episode already; its address is renewed if it ran out."""
        details, player = self._details, self._player
        if details is None or not isinstance(player, FetchesAhead):
            return
        try:
            fresh = await self._service.fresh(best, self._service.request(details, following))
            opened = await open_source(
                fresh,
                self._torrents,
                content=details.content,
                episode=following,
                start=0.0,
                on_torrent=lambda _: None,
                network=self._settings().network,
            )
        except UserFacingError as error:  # it is opened anew when it is its turn
            log.info("%s", error)
            return
        if self._details is not details or not self._live or player.fetch_ahead(opened.request):
            return
        if not may_fetch(self._state.value.player):  # else it never will: other headers or proxy
            self._prefetched = ("", "")
