"""A torrent whose peers were all banned for the lies of one is added anew.

libtorrent 2.1 keeps a peer's good pieces less its bad ones in four bits, which hold -8 to 7, and
counts up to 8: that overflows to -8, and the next piece with a wrong block bans every peer that
had a part in it, for good. Among few peers one liar leaves none within a second (measured: three
peers, gone 0.5 s after the first wrong block). A torrent that is added again knows no bans.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence

from novastream_desktop.torrents import _port as port
from novastream_desktop.torrents._keeping import Keeper
from novastream_desktop.torrents._torrent import Torrent

log = logging.getLogger(__name__)

_HUNGRY_SECONDS = 1.0
_AGAIN_AFTER = 10.0


class Revival:
    """Brings peers back, at most every ten seconds a torrent."""

    def __init__(self, keeper: Keeper) -> None:
        self._keeper = keeper
        self._done_at: dict[str, float] = {}

    async def look(self, session: port.Session, used: Sequence[Torrent], now: float) -> bool:
        """Add the torrents anew whose readers starve without a peer after a lie.

        Returns:
            Whether there was one: its events come by another key.
        """
        lost = [t for t in used if _is_deserted(t) and self._may(t, now)]
        for torrent in lost:
            self._done_at[torrent.info_hash] = now
            await self._add_anew(session, torrent)
        return bool(lost)

    def _may(self, torrent: Torrent, now: float) -> bool:
        return now - self._done_at.get(torrent.info_hash, -_AGAIN_AFTER) >= _AGAIN_AFTER

    async def _add_anew(self, session: port.Session, torrent: Torrent) -> None:
        await self._keeper.save(torrent)
        kept = await asyncio.to_thread(self._keeper.disk.load_resume, torrent.info_hash)
        draft = session.from_resume(kept) if kept else None
        if draft is None or draft.metadata is None:
            return
        if not _is_deserted(torrent):  # it was removed or paused meanwhile
            return
        log.info("All peers of %s were banned; it is added anew", torrent.info_hash)
        draft.file_priorities = torrent.demand.file_priorities
        draft.renames = torrent.renames
        session.add_anew(torrent.handle, draft, str(torrent.folder.absolute()))
        torrent.added_anew()


def _is_deserted(torrent: Torrent) -> bool:
    """Whether a reader waits, nobody is connected, and wrong bytes came a while ago."""
    starves = torrent.demand.audience.waited() >= _HUNGRY_SECONDS
    still = torrent.asleep or bool(torrent.holds) or torrent.error is not None
    return starves and not still and torrent.trust.lost and not torrent.news.swarm.peers
