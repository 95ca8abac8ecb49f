"""What an HLS playlist leads to: pure reading, and what must not be followed."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

import m3u8

_FAULTS = (ValueError, TypeError, AttributeError, KeyError, IndexError, ArithmeticError)
_WEB = frozenset({"http", "https"})
_MARK = "#EXTM3U"


class Variant(NamedTuple):
    """One quality of a master playlist. `bandwidth` in bit/s, `height` 0 if untold."""

    url: str
    bandwidth: float = 0.0
    height: int = 0


class Playlist(NamedTuple):
    """A playlist as far as a check goes.

    Attributes:
        variants: of a master playlist; empty for one of segments.
        first: address of the first segment, empty if there is none.
        leads: every address that it names.
    """

    variants: tuple[Variant, ...] = ()
    first: str = ""
    leads: tuple[str, ...] = ()


def read_playlist(head: bytes, url: str, *, whole: bool = True) -> Playlist | None:
    """Return what the beginning of a playlist tells, None if it is no playlist.

    Args:
        head: its first bytes.
        url: where it came from; relative addresses belong there.
        whole: whether that is all of it; else the last line, which is cut off, is left out.
    """
    text = head.decode("utf-8", "replace").lstrip("\ufeff \t\r\n")
    if not text.startswith(_MARK):
        return None
    if not whole:
        text = text.rpartition("\n")[0]
    try:
        found = m3u8.loads(text + "\n")
        variants = tuple(_variants(found, url))
        segments = [urljoin(url, segment.uri) for segment in found.segments if segment.uri]
        leads = tuple(_leads(found, url))
    except _FAULTS:  # the library trips over attributes that are no numbers and the like
        return None
    return Playlist(variants, segments[0] if segments else "", leads)


def chosen_variant(variants: tuple[Variant, ...], max_height: int) -> Variant:
    """Return the best variant within a limit of lines (0 = none), else the smallest."""
    within = [v for v in variants if not max_height or v.height <= max_height]
    if within:
        return max(within, key=lambda variant: (variant.bandwidth, variant.height))
    return min(variants, key=lambda variant: (variant.height, variant.bandwidth))


def refused(url: str, leads: tuple[str, ...]) -> str:
    """Return why a playlist must not be followed, else an empty text.

    A playlist from the web may lead to the web only, and one from the internet not into this
    machine or its network; a playlist in a folder may lead to its neighbours and to the web.
    """
    local = urlsplit(url).scheme == "file"
    public = not local and not _inside(url)
    for lead in leads:
        try:
            parts = urlsplit(lead)
        except ValueError:
            return "its playlist has a broken address"
        if parts.scheme == "file" and local:
            continue
        if parts.scheme not in _WEB:
            return f"its playlist points to a {parts.scheme[:12] or 'broken'} address"
        if public and _inside(lead):
            return "its playlist points into this machine's own network"
    return ""


def _variants(found: Any, url: str) -> Iterator[Variant]:
    for playlist in found.playlists:
        info = playlist.stream_info
        size = info.resolution or (0, 0)
        if playlist.uri:
            yield Variant(urljoin(url, playlist.uri), float(info.bandwidth or 0), int(size[1]))


def _leads(found: Any, url: str) -> Iterator[str]:
    kinds = (found.playlists, found.iframe_playlists, found.media, found.segments)
    keys = (*found.keys, *found.session_keys)
    maps = (*found.segment_map, *(segment.init_section for segment in found.segments))
    for entry in (*(entry for kind in kinds for entry in kind), *keys, *maps):
        uri = getattr(entry, "uri", None)
        if uri and not uri.startswith(("data:", "skd:")):
            yield urljoin(url, uri)


def _inside(url: str) -> bool:
    host = (urlsplit(url).hostname or "").rstrip(".")
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
