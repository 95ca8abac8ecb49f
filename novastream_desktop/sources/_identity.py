"""When two sources are the same stream."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode, urlsplit

from novastream_desktop.models import SourceType, StreamSource
from novastream_desktop.models.info_hash import info_hash_v1

_BTIH = re.compile(r"xt=urn:btih:([0-9a-z]+)", re.IGNORECASE)
_BTMH = re.compile(r"xt=urn:btmh:1220([0-9a-f]{64})", re.IGNORECASE)
_BASE32_LENGTH = 32
_VOLATILE = frozenset(
    [
        "token",
        "access_token",
        "auth",
        "authkey",
        "signature",
        "sig",
        "sign",
        "policy",
        "key-pair-id",
        "expires",
        "expire",
        "expiry",
        "exp",
        "hdnea",
        "hdnts",
        "hdntl",
        "ts",
        "timestamp",
        "nonce",
        "session",
        "sessionid",
        "md5",
        "jwt",
    ]
)
_VOLATILE_PREFIXES = ("x-amz-", "x-goog-")

TORRENTS = "torrent"
"""Stands for a host where speed is remembered: swarms come and go."""

Key = tuple[str, ...]


@lru_cache(8192)
def info_hash_of(url: str) -> str | None:
    """Return the info-hash that a magnet names, in lower-case hex (v1 if there is one)."""
    found = _BTIH.search(url)
    if found:
        text = found.group(1)
        if known := info_hash_v1(text):
            return known
        if len(text) == _BASE32_LENGTH:
            return None
    newer = _BTMH.search(url)
    return newer.group(1).lower() if newer else None


def stable_url(url: str) -> str:
    """Return an address without the parts that change from one answer to the next."""
    parts = urlsplit(url)
    kept = sorted(
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if name.lower() not in _VOLATILE and not name.lower().startswith(_VOLATILE_PREFIXES)
    )
    return f"{parts.scheme.lower()}://{parts.netloc.lower()}{parts.path}?{urlencode(kept)}"


def key_of(source: StreamSource) -> Key:
    """Return what a source is known by: info-hash and file, or its address without signatures."""
    info_hash = info_hash_of(source.url) if source.type is SourceType.TORRENT else None
    if info_hash is not None:
        return ("torrent", info_hash, "" if source.file_index is None else str(source.file_index))
    return (_stable_or_same(source.url),)


def place_of(source: StreamSource) -> str:
    """Return what fails together: the host with its port, or the swarm."""
    return info_hash_of(source.url) or _host(source.url)


def host_of(source: StreamSource) -> str:
    """Return where a source's speed comes from: its host, or for any torrent `torrent`."""
    return TORRENTS if source.type is SourceType.TORRENT else _host(source.url)


def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc.lower()
    except ValueError:
        return url


def _stable_or_same(url: str) -> str:
    if url.startswith("magnet:"):
        return url
    try:
        return stable_url(url)
    except ValueError:  # not even an address
        return url
