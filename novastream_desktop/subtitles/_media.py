"""OpenSubtitles' hash of a video, from two of its parts."""

from __future__ import annotations

import asyncio
import struct
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

from novastream_desktop.errors import UserFacingError
from novastream_desktop.net import HttpClient
from novastream_desktop.providers.base import MediaFile

PART = 65_536
"""Bytes of each part."""
_WORDS = struct.Struct(f"<{PART // 8}Q")
_SMALLEST = 2 * PART
_PARTIAL = 206


def moviehash(size: int, head: bytes, tail: bytes) -> str:
    """Return the hash of a file by its size and its first and last 64 KiB.

    It is the sum of the size and of both parts' 64-bit little-endian words, modulo 2^64.
    Empty for what is too small to have one.
    """
    if size < _SMALLEST or len(head) != PART or len(tail) != PART:
        return ""
    total = size + sum(_WORDS.unpack(head)) + sum(_WORDS.unpack(tail))
    return f"{total & 0xFFFFFFFFFFFFFFFF:016x}"


async def media_file(
    url: str, http: HttpClient, headers: Mapping[str, str] | None = None, name: str = ""
) -> MediaFile:
    """Return the name, size and hash of what an address leads to, as far as they can be had."""
    parts = urlsplit(url)
    name = name or unquote(parts.path.rsplit("/", 1)[-1])
    if parts.scheme in {"http", "https"}:
        return await _remote(url, http, headers, name)
    path = Path(unquote(parts.path) if parts.scheme == "file" else url)
    return await asyncio.to_thread(_local, path, name)


def _local(path: Path, name: str) -> MediaFile:
    try:
        with path.open("rb") as file:
            size = file.seek(0, 2)
            file.seek(0)
            head = file.read(PART)
            file.seek(max(0, size - PART))
            return MediaFile(name, size, moviehash(size, head, file.read(PART)))
    except OSError:
        return MediaFile(name)


async def _remote(
    url: str, http: HttpClient, headers: Mapping[str, str] | None, name: str
) -> MediaFile:
    try:
        first = await http.probe(url, headers=headers, first_bytes=PART)
        size = first.size or 0
        if first.status != _PARTIAL or size < _SMALLEST or first.head.startswith(b"#EXTM3U"):
            return MediaFile(name, size)
        wanted = {**(headers or {}), "range": f"bytes={size - PART}-{size - 1}"}
        last = await http.get(url, headers=wanted)
    except UserFacingError:
        return MediaFile(name)
    return MediaFile(name, size, moviehash(size, first.head, last.content))
