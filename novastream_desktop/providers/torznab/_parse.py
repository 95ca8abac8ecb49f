"""Indexers' answers: what they can do, what they found, what went wrong. Nothing here does I/O."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from novastream_desktop.errors import (
    ProviderRefused,
    ProviderUnavailable,
    RateLimited,
    UserFacingError,
)
from novastream_desktop.logs import redact
from novastream_desktop.providers._wire import bad_shape

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_SETTING = "Check sources.torznab in Settings"
_CONTROL = re.compile(
    rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|&#(?:x(?:0?[0-8bcef]|1[0-9a-f])|[0-8]|1[124-9]|2\d|3[01]);"
)
_PAGE = re.compile(rb"\s*(?:<!doctype\s+html|<html)", re.IGNORECASE)
_BTIH = re.compile(r"xt=urn:bt(?:ih|mh):[0-9a-z]{32,}", re.IGNORECASE)
_HASH = re.compile(r"[0-9a-fA-F]{40}")
_LARGEST = 2**53
_WAIT = 60.0


@dataclass(frozen=True, slots=True)
class Caps:
    """What an indexer can search.

    Attributes:
        searches: the parameters of each kind of search that is available: `search`, `tvsearch`,
            `movie`.
        categories: numbers of its categories; empty if it does not say.
        limit: the most results in one answer, None if it does not say.
    """

    searches: Mapping[str, frozenset[str]] = field(default_factory=dict)
    categories: frozenset[int] = frozenset()
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class Release:
    """One found torrent.

    Attributes:
        title: its release name.
        size: bytes, None if unknown.
        peers: seeders and leechers together.
        magnet: a magnet link, '' without one.
        info_hash: lower-case hex, '' without one.
        link: address of the `.torrent`, which may also lead to a magnet, '' without one.
        private: its tracker knows its users, so that a bare info-hash finds nobody.
    """

    title: str
    size: int | None = None
    seeders: int | None = None
    peers: int | None = None
    magnet: str = ""
    info_hash: str = ""
    link: str = ""
    private: bool = False


def parse_caps(raw: bytes, who: str) -> Caps:
    """Return what an indexer can do.

    Raises:
        ProviderError: it answered with an error, a page, or something else.
    """
    root = _root(raw, who)
    if _name(root) != "caps":
        raise bad_shape(who, f"a {_name(root)[:40]} came where its abilities were asked for")
    searching = next((e for e in root if _name(e) == "searching"), None)
    searches = {}
    for element in searching if searching is not None else ():
        kind = _KINDS.get(_name(element))
        if kind and element.get("available", "yes").strip().lower() == "yes":
            names = element.get("supportedParams", "q").split(",")
            searches[kind] = frozenset(name.strip().lower() for name in names) | {"q"}
    categories = {
        number
        for element in root.iter()
        if _name(element) in {"category", "subcat"}
        and (number := _count(element.get("id"))) is not None
    }
    limits = next((e for e in root if _name(e) == "limits"), None)
    limit = _count(limits.get("max")) if limits is not None else None
    return Caps(searches, frozenset(categories), limit or None)


_KINDS = {"search": "search", "tv-search": "tvsearch", "movie-search": "movie"}


def parse_results(raw: bytes, who: str) -> tuple[Release, ...]:
    """Return the torrents of an answer; items that cannot be fetched are left out.

    Raises:
        ProviderError: it answered with an error, a page, or something else.
    """
    root = _root(raw, who)
    if _name(root) not in {"rss", "feed"}:
        raise bad_shape(who, f"a {_name(root)[:40]} came where results were asked for")
    found = (_release(item) for item in root.iter() if _name(item) == "item")
    return tuple(release for release in found if release is not None)


def _root(raw: bytes, who: str) -> Element:
    """Return the document; what an error document says is raised."""
    from defusedxml import DefusedXmlException  # noqa: PLC0415  (only where XML comes)
    from defusedxml.ElementTree import ParseError, fromstring  # noqa: PLC0415

    start = raw[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    if _PAGE.match(start) or start[:1] in {b"{", b"["}:
        raise ProviderUnavailable(
            f"{who} did not answer",
            why="a web page or JSON came where a feed was expected",
            hint=_SETTING,
        )
    clean = raw if raw[:2] in {b"\xff\xfe", b"\xfe\xff"} else _CONTROL.sub(b"", raw)
    try:
        root: Element = fromstring(clean, forbid_dtd=True)
    except DefusedXmlException as error:
        raise bad_shape(who, "its document declares entities, which are not read") from error
    except (ParseError, ValueError, LookupError) as error:
        raise bad_shape(who, f"it is not XML ({_plain(str(error))})") from error
    if _name(root) == "error":
        raise _said(who, root.get("code", ""), root.get("description", ""))
    if _name(root) == "html":
        raise ProviderUnavailable(
            f"{who} did not answer", why="a web page came where a feed was expected", hint=_SETTING
        )
    return root


def _said(who: str, code: str, description: str) -> UserFacingError:
    """Return the error that an indexer's error document stands for."""
    number = _count(code) or 900
    why = f"error {number}" + (f", {_plain(description)}" if description else "")
    if 100 <= number < 200:  # noqa: PLR2004  (account and key)
        return ProviderRefused(f"{who} refused the request", why=why, hint=_SETTING)
    if 200 <= number < 300:  # noqa: PLR2004  (the question)
        return bad_shape(who, why)
    if number == 410:  # noqa: PLR2004  (switched off)
        return ProviderUnavailable(f"{who} is switched off", why=why, hint=_SETTING)
    if number == 429:  # noqa: PLR2004  (too many)
        return RateLimited(
            f"{who} asks to wait", retry_after=_WAIT, why=why, hint="Try again later"
        )
    return ProviderUnavailable(f"{who} has a problem", why=why, hint="Try again later")


def _release(item: Element) -> Release | None:
    texts: dict[str, str] = {}
    attributes: dict[str, str] = {}
    for element in item:
        name = _name(element)
        if name == "attr":
            attributes.setdefault(element.get("name", "").lower(), element.get("value", "").strip())
        elif name == "enclosure":
            texts.setdefault("enclosure", element.get("url", "").strip())
            texts.setdefault("length", element.get("length", ""))
        else:
            texts.setdefault(name, (element.text or "").strip())
        if name in {"jackettindexer", "prowlarrindexer"}:
            texts.setdefault("type", element.get("type", ""))
    places = [attributes.get("magneturl", ""), *(texts.get(n, "") for n in _PLACES)]
    magnet = next((p for p in places if p.lower().startswith("magnet:?") and _BTIH.search(p)), "")
    link = next((p for p in places[1:3] if p.startswith(("http://", "https://"))), "")
    given = attributes.get("infohash", "")
    info_hash = given.lower() if _HASH.fullmatch(given) else ""
    title = texts.get("title", "")
    if not title or not (magnet or info_hash or link):
        return None
    seeders = _count(attributes.get("seeders"))
    return Release(
        title=title[:500],
        size=_first_count(texts.get("size"), attributes.get("size"), texts.get("length")),
        seeders=seeders,
        peers=_peers(seeders, attributes),
        magnet=magnet,
        info_hash=info_hash,
        link=link,
        private=texts.get("type", "").lower() in {"private", "semi-private", "semiprivate"},
    )


_PLACES = ("link", "enclosure", "guid")


def _peers(seeders: int | None, attributes: Mapping[str, str]) -> int | None:
    """Return everybody in the swarm; some trackers count only those still loading as peers."""
    peers = _count(attributes.get("peers"))
    if peers is None and (leechers := _count(attributes.get("leechers"))) is not None:
        peers = leechers + (seeders or 0)
    return peers if peers is None else max(peers, seeders or 0)


def _name(element: Element) -> str:
    """Return an element's name without its namespace, in lower case."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _count(text: str | None) -> int | None:
    text = (text or "").strip()
    if not (text.isascii() and text.isdecimal() and len(text) <= 16):  # noqa: PLR2004  (2**53)
        return None
    return int(text) if int(text) < _LARGEST else None


def _first_count(*texts: str | None) -> int | None:
    return next(filter(None, map(_count, texts)), None)


def _plain(text: str) -> str:
    return redact("".join(c if c.isprintable() else " " for c in text))[:200].strip()


def most_seeded(releases: Iterable[Release]) -> list[Release]:
    """Return them with the best seeded first."""
    by: Callable[[Release], int] = lambda release: -(release.seeders or 0)  # noqa: E731
    return sorted(releases, key=by)
