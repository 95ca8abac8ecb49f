"""Magnet links and trackers, cleaned of what would make us call on the local network.

libtorrent keeps `tr=http://127.0.0.1/admin`, `ws=http://127.0.0.1` and `x.pe=127.0.0.1:22` as
they are, so a link from a web page could make this machine talk to its own services.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, urlsplit

from novastream_desktop.errors import InvalidInput
from novastream_desktop.models.info_hash import info_hash_v1

MAX_LENGTH = 8 * 1024
MAX_TRACKERS = 64
_MAX_PEERS = 64
_MAX_NAME = 200
_TRACKER_SCHEMES = ("http", "https", "udp", "wss")
_HEX_V2 = re.compile(r"[0-9a-fA-F]{64}")
_MULTIHASH_SHA256 = "1220"


@dataclass(frozen=True, slots=True)
class MagnetLink:
    """What a magnet link says, after cleaning. Hashes in lower-case hex, "" for none."""

    v1: str = ""
    v2: str = ""
    name: str = ""
    trackers: tuple[str, ...] = ()
    web_seeds: tuple[str, ...] = ()
    peers: tuple[tuple[str, int], ...] = ()

    @property
    def info_hash(self) -> str:
        """The hash that the torrent goes by: v1 if there is one."""
        return self.v1 or self.v2

    def uri(self) -> str:
        """Return it as a magnet URI."""
        parts = [f"xt=urn:btih:{self.v1}"] if self.v1 else []
        parts += [f"xt=urn:btmh:{_MULTIHASH_SHA256}{self.v2}"] if self.v2 else []
        parts += [f"dn={quote(self.name, safe='')}"] if self.name else []
        parts += [f"tr={quote(url, safe='')}" for url in self.trackers]
        parts += [f"ws={quote(url, safe='')}" for url in self.web_seeds]
        parts += [f"x.pe={_endpoint(host, port)}" for host, port in self.peers]
        return "magnet:?" + "&".join(parts)


def _endpoint(host: str, port: int) -> str:
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def parse_magnet(uri: str, *, allow_local: bool = False) -> MagnetLink:
    """Parse and clean a magnet URI.

    Args:
        uri: the link.
        allow_local: keep trackers, web seeds and peers of this machine and its network.

    Raises:
        InvalidInput: it is too long, names too many trackers, or holds no info-hash.
    """
    if len(uri) > MAX_LENGTH:
        raise _bad_magnet(f"it is longer than {MAX_LENGTH // 1024} KiB")
    fields = [(key.split(".", 1)[0] if key[:2] in ("tr", "xt") else key, value)
              for key, value in parse_qsl(uri.partition("?")[2], errors="replace")]  # fmt: skip
    trackers = [value for key, value in fields if key == "tr"]
    if len(trackers) > MAX_TRACKERS:
        raise _bad_magnet(f"it names more than {MAX_TRACKERS} trackers")
    v1, v2 = _hashes(value for key, value in fields if key == "xt")
    if not (v1 or v2):
        raise _bad_magnet("it holds no info-hash that BitTorrent knows")
    peers = [_peer(value) for key, value in fields if key == "x.pe"]
    return MagnetLink(
        v1=v1,
        v2=v2,
        name=_clean_name(next((value for key, value in fields if key == "dn"), "")),
        trackers=clean_trackers(trackers, allow_local=allow_local),
        web_seeds=clean_web_seeds(
            (value for key, value in fields if key == "ws"), allow_local=allow_local
        ),
        peers=clean_peers((peer for peer in peers if peer), allow_local=allow_local),
    )


def _bad_magnet(why: str) -> InvalidInput:
    return InvalidInput("This magnet link cannot be used", why=why, hint="Copy the link again")


def parse_info_hash(text: str) -> MagnetLink | None:
    """Return a link for a bare info-hash (hex or base32), None if it is none."""
    v1, v2 = info_hash_v1(text), text.lower() if _HEX_V2.fullmatch(text) else ""
    return MagnetLink(v1=v1, v2=v2) if v1 or v2 else None


def _hashes(topics: Iterable[str]) -> tuple[str, str]:
    v1 = v2 = ""
    for topic in topics:
        head, _, value = topic.rpartition(":")
        if head.lower() == "urn:btih" and not v1:
            v1 = info_hash_v1(value)
        rest = value.removeprefix(_MULTIHASH_SHA256)
        if head.lower() == "urn:btmh" and rest != value and _HEX_V2.fullmatch(rest) and not v2:
            v2 = rest.lower()
    return v1, v2


def _clean_name(text: str) -> str:
    return "".join(letter for letter in text if letter.isprintable())[:_MAX_NAME]


def clean_trackers(urls: Iterable[str], *, allow_local: bool) -> tuple[str, ...]:
    """Return the trackers that may be called, in order and once each."""
    kept = (url for url in urls if _callable(url, _TRACKER_SCHEMES, allow_local))
    return tuple(dict.fromkeys(kept))[:MAX_TRACKERS]


def clean_web_seeds(urls: Iterable[str], *, allow_local: bool) -> tuple[str, ...]:
    """Return the web seeds that may be called, in order and once each."""
    return tuple(dict.fromkeys(u for u in urls if _callable(u, ("http", "https"), allow_local)))


def clean_peers(
    peers: Iterable[tuple[str, int]], *, allow_local: bool
) -> tuple[tuple[str, int], ...]:
    """Return the peers that may be called; names are dropped, they may point anywhere."""
    kept = []
    for host, port in peers:
        try:
            ipaddress.ip_address(host)
        except ValueError:
            continue
        if allow_local or not is_local(host):
            kept.append((host, port))
    return tuple(dict.fromkeys(kept))[:_MAX_PEERS]


def _callable(url: str, schemes: tuple[str, ...], allow_local: bool) -> bool:
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    if parts.scheme.lower() not in schemes or not host or not url.isprintable() or " " in url:
        return False
    return allow_local or not is_local(host)


def _peer(text: str) -> tuple[str, int] | None:
    host, _, port = text.rpartition(":")
    if not (host and port.isdecimal() and port.isascii() and 0 < int(port[:6]) < 1 << 16):
        return None
    return host.removeprefix("[").removesuffix("]"), int(port)


def is_local(host: str) -> bool:
    """Whether a host is this machine, its network or a multicast group.

    Odd spellings of an address (`127.1`, `0x7f000001`, `2130706433`) are read as the system
    reads them.
    """
    name = host.lower().rstrip(".")
    if name in ("localhost", "") or name.endswith((".localhost", ".local", ".internal")):
        return True
    try:
        address = ipaddress.ip_address(name.partition("%")[0])
    except ValueError:
        try:
            address = ipaddress.ip_address(socket.inet_aton(name))
        except (OSError, ValueError):
            return False
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return not address.is_global or address.is_multicast
