"""Which peers are called although they are near, and which are left alone for a while."""

from __future__ import annotations

from collections.abc import Iterable

from novastream_desktop.torrents import _port as port
from novastream_desktop.torrents._watchdog import CUT_SECONDS


class PeerRules:
    """Hosts that are trusted or cut off, and when the cut ones come back."""

    def __init__(self) -> None:
        self._trusted: frozenset[str] = frozenset()
        self._cut: dict[port.Endpoint, tuple[float, port.Handle]] = {}

    def trust(self, hosts: Iterable[str]) -> bool:
        """Call these hosts although they are on this machine; return whether that is new."""
        trusted = self._trusted | frozenset(hosts)
        changed, self._trusted = trusted != self._trusted, trusted
        return changed

    def cut(self, handle: port.Handle, peers: Iterable[port.Endpoint], now: float) -> None:
        """Leave peers alone for a while."""
        self._cut |= dict.fromkeys(peers, (now + CUT_SECONDS, handle))

    def count(self, handle: port.Handle) -> int:
        """Return how many peers of a torrent are left alone now."""
        return sum(1 for _, owner in self._cut.values() if owner is handle)

    def pardon(self, session: port.Session, now: float) -> None:
        """Call the peers again whose time is over."""
        back = [(h, peer) for peer, (until, h) in self._cut.items() if until <= now]
        for _, peer in back:
            del self._cut[peer]
        if back:
            self.put_into(session)
        for handle, peer in back:
            handle.connect([peer], at_once=False)

    def forget(self, handle: port.Handle) -> None:
        """Drop what concerns a torrent that left."""
        self._cut = {p: (t, h) for p, (t, h) in self._cut.items() if h is not handle}

    def put_into(self, session: port.Session) -> None:
        """Let a session heed them."""
        session.allow_peers(self._trusted, frozenset(host for host, _ in self._cut))
