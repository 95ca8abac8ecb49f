"""What is done for torrents in use as time passes: written down, given room, put to rest."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence

from novastream_desktop.torrents import _port as port
from novastream_desktop.torrents._disk import MIN_FREE
from novastream_desktop.torrents._keeping import Keeper
from novastream_desktop.torrents._revival import Revival
from novastream_desktop.torrents._torrent import Torrent

_SAVE_EVERY = 10.0
_PRUNE_EVERY = 60.0
_FIRST_PRUNE = 10.0  # what is being opened has to be known, or it might go right then


class Upkeep:
    """Looks after the torrents in use, once a second.

    Args:
        keeper: where they are written down.
        now: seconds of the clock.
    """

    def __init__(self, keeper: Keeper, now: float) -> None:
        self._keeper = keeper
        self._revival = Revival(keeper)
        self._saved_at = now
        self._pruned_at = now - _PRUNE_EVERY + _FIRST_PRUNE

    def look(self, used: Sequence[Torrent], *, since: float) -> None:
        """Note how torrents stand and who is read; let those sleep that gave enough back."""
        ratio = self._keeper.settings.seed_ratio
        for torrent in used:
            self._keeper.note(torrent)
            if torrent.demand.audience.read_since(since):
                self._keeper.touch(torrent.info_hash)
            if torrent.error is None and torrent.may_rest(ratio):
                torrent.sleep()

    async def beat(
        self, session: port.Session, used: Sequence[Torrent], keep: Collection[str], now: float
    ) -> bool:
        """Do what is due.

        Args:
            session: where they are.
            used: the torrents in use.
            keep: info-hashes that are never deleted to make room.
            now: seconds of the clock.

        Returns:
            Whether a torrent was added anew: its events come by another key.
        """
        if any(torrent.error for torrent in used):
            await self._mend(used, keep)
        if now - self._saved_at >= _SAVE_EVERY:
            self._saved_at = now
            await asyncio.gather(*map(self._keeper.save, used))
            await self._keeper.save_ledger()
        if now - self._pruned_at >= _PRUNE_EVERY:
            self._pruned_at = now
            await self._keeper.prune(keep)
        return await self._revival.look(session, used, now)

    async def _mend(self, used: Sequence[Torrent], keep: Collection[str]) -> None:
        """Let torrents go on that the disk refused, after room was made for them."""
        refused = [t for t in used if t.error is not None and t.recovers]
        if refused and not self._keeper.disk.has_room():
            await self._keeper.make_room(4 * MIN_FREE, keep)
        if refused and self._keeper.disk.has_room():
            for torrent in refused:
                torrent.retry()
