"""Which hosts are the user's own, by their form alone."""

from __future__ import annotations

import ipaddress
import socket
from urllib.parse import urlsplit


def host_of(url: str) -> str:
    """Return the host to name in sentences; never the path or query, which may hold secrets."""
    try:
        return urlsplit(url).hostname or "the address"
    except ValueError:
        return "the address"


def is_private(host: str) -> bool:
    """Whether a host name or address means this machine or its own network."""
    name = host.strip("[]").rstrip(".").lower()
    if name == "localhost" or name.endswith(".localhost"):
        return True
    address = _address(name.partition("%")[0])
    if address is None:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return not (mapped or address).is_global


def is_loopback(host: str) -> bool:
    """Whether a host is this machine, by its form alone."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _address(name: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """Return the address that a host is, also in spellings such as `127.1` and `0x7f000001`."""
    try:
        return ipaddress.ip_address(name)
    except ValueError:
        pass
    try:
        return ipaddress.ip_address(socket.inet_aton(name))
    except (OSError, ValueError, UnicodeError):
        return None


def points_inward(url: str, given_by: str) -> bool:
    """Whether an address given out by a host of the internet points into the user's own network.

    By its form only; what names resolve to is looked at where redirects are followed.
    """
    return is_private(host_of(url)) and not is_private(host_of(given_by))
