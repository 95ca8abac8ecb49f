"""Watches the network interface that torrents are bound to, so that they fail closed."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Callable
from ipaddress import ip_address
from pathlib import Path

log = logging.getLogger(__name__)

_POLL_SECONDS = 0.9  # where the system has no news of interfaces; loss is to pause in a second
_LINKS_AND_ADDRESSES = 1 | 0x10 | 0x100  # RTMGRP_LINK, RTMGRP_IPV4_IFADDR, RTMGRP_IPV6_IFADDR
_DOWN = frozenset(("down", "lowerlayerdown", "notpresent"))


def interface_present(name: str) -> bool:
    """Whether an interface (or this machine's address) can be used now; blocks for microseconds.

    An empty name means any interface, which is always there.
    """
    if not name:
        return True
    try:
        address = ip_address(name)
    except ValueError:
        return _is_up(name)
    family = socket.AF_INET if address.version == 4 else socket.AF_INET6  # noqa: PLR2004
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.bind((name, 0))
    except OSError:
        return False
    return True


def _is_up(name: str) -> bool:
    try:
        socket.if_nametoindex(name)
    except OSError:
        return False
    try:
        state = Path("/sys/class/net", name, "operstate").read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return True  # no Linux: that it has an index is all there is to know
    return state not in _DOWN


class InterfaceGuard:
    """Tells when an interface goes or comes back; on the loop.

    Args:
        name: the interface; "" watches nothing.
        on_change: called with whether it is there, when that changes.
        present: how to look.
    """

    def __init__(
        self,
        name: str,
        on_change: Callable[[bool], None],
        present: Callable[[str], bool] = interface_present,
    ) -> None:
        self.name = name
        self._on_change = on_change
        self._present = present
        self._last = True
        self._news: socket.socket | None = None
        self._timer: asyncio.TimerHandle | None = None

    def there(self) -> bool:
        """Look now."""
        return self._present(self.name)

    def start(self) -> None:
        """Begin to watch; what is there now is the state to change from."""
        self._last = self.there()
        if not self.name:
            return
        loop = asyncio.get_running_loop()
        self._news = _open_news()
        if self._news is not None:
            loop.add_reader(self._news.fileno(), self._on_news)
        else:
            self._timer = loop.call_later(_POLL_SECONDS, self._poll)

    def stop(self) -> None:
        """Watch no more."""
        if self._news is not None:
            asyncio.get_running_loop().remove_reader(self._news.fileno())
            self._news.close()
            self._news = None
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def look(self) -> None:
        """Tell of a change since the last look."""
        now = self.there()
        if now != self._last:
            self._last = now
            log.warning("The interface %s is %s", self.name, "there again" if now else "gone")
            self._on_change(now)

    def _on_news(self) -> None:
        assert self._news is not None
        try:
            while self._news.recv(65536):
                pass
        except OSError:  # drained (or the queue overflowed, which is news too)
            pass
        self.look()

    def _poll(self) -> None:
        self._timer = asyncio.get_running_loop().call_later(_POLL_SECONDS, self._poll)
        self.look()


def _open_news() -> socket.socket | None:
    """Return a socket that stirs when links or addresses change; None where there is none."""
    family = getattr(socket, "AF_NETLINK", None)
    if family is None:
        return None
    try:
        news = socket.socket(family, socket.SOCK_RAW, 0)
        news.bind((0, _LINKS_AND_ADDRESSES))
    except OSError:
        return None
    news.setblocking(False)
    return news
