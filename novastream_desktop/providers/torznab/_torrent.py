"""A `.torrent` as a magnet link, so that it is known by its info-hash like any other."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

_DEEPEST = 32
_MOST_TRACKERS = 32


def magnet_of(data: bytes) -> str:
    """Return the magnet link that a public `.torrent` stands for.

    Returns '' for a private one, which only its own file can open, and for what is no torrent.
    """
    try:
        reader = _Reader(data)
        found = reader.value(0)
    except (ValueError, IndexError):
        return ""
    info = found.get(b"info") if isinstance(found, dict) else None
    if not isinstance(info, dict) or reader.info is None or info.get(b"private") == 1:
        return ""
    raw = data[reader.info[0] : reader.info[1]]
    topics = []
    if b"pieces" in info:
        topics.append("urn:btih:" + hashlib.sha1(raw, usedforsecurity=False).hexdigest())
    if info.get(b"meta version") == 2:  # noqa: PLR2004  (BEP 52)
        topics.append("urn:btmh:1220" + hashlib.sha256(raw).hexdigest())
    if not topics:
        return ""
    parts = [f"xt={topic}" for topic in topics]
    if isinstance(name := info.get(b"name"), bytes) and name:
        parts.append(f"dn={quote(name[:200], safe='')}")
    trackers = [t for t in dict.fromkeys(_trackers(found)) if _usable(t)]
    parts += [f"tr={quote(tracker, safe='')}" for tracker in trackers[:_MOST_TRACKERS]]
    return "magnet:?" + "&".join(parts)


def _trackers(found: dict[Any, Any]) -> Iterator[bytes]:
    if isinstance(first := found.get(b"announce"), bytes):
        yield first
    tiers = found.get(b"announce-list")
    for tier in tiers if isinstance(tiers, list) else ():
        yield from (t for t in (tier if isinstance(tier, list) else ()) if isinstance(t, bytes))


def _usable(tracker: bytes) -> bool:
    return tracker.startswith((b"udp://", b"http://", b"https://")) and tracker.isascii()


class _Reader:
    """Reads bencoding; `info` is where the top-level `info` lies in the bytes."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0
        self.info: tuple[int, int] | None = None

    def value(self, depth: int) -> Any:
        """Return the value at the current place.

        Raises:
            ValueError: it is no bencoding.
            IndexError: it ends too early.
        """
        if depth > _DEEPEST:
            raise ValueError("too deep")
        kind = self._data[self._at : self._at + 1]
        if kind == b"i":
            return self._number(b"e", 1)
        if kind == b"l":
            self._at += 1
            items = []
            while self._more():
                items.append(self.value(depth + 1))
            return items
        if kind == b"d":
            return self._dictionary(depth)
        length = self._number(b":", 0)
        start = self._at
        if length < 0 or start + length > len(self._data):
            raise IndexError("cut off")
        self._at = start + length
        return self._data[start : self._at]

    def _dictionary(self, depth: int) -> dict[bytes, Any]:
        self._at += 1
        found: dict[bytes, Any] = {}
        while self._more():
            key = self.value(depth + 1)
            if not isinstance(key, bytes):
                raise ValueError("a key is no text")  # noqa: TRY004  (of the data, not of a caller)
            start = self._at
            found[key] = self.value(depth + 1)
            if depth == 0 and key == b"info":
                self.info = (start, self._at)
        return found

    def _more(self) -> bool:
        if self._data[self._at] != ord("e"):
            return True
        self._at += 1
        return False

    def _number(self, end: bytes, skip: int) -> int:
        start = self._at + skip
        stop = self._data.index(end, start, start + 21)
        self._at = stop + 1
        return int(self._data[start:stop])
