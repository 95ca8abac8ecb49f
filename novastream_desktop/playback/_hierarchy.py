"""The order of a film's sources: editorial, then what looks best and plays through. Pure.

1. Editorial: from a mirror that carries the film in a curated collection.
2. High-bitrate torrents that this link and disk can carry: remuxes, then encodes by bitrate.
3. Everything else as it was ranked; what the link or disk cannot carry says so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from novastream_desktop.models import HealthStatus, SourceType, StreamSource, Verdict

HIGH_BITRATE = 8_000_000.0
"""Bit/s from which an encode of a film shows that it was made for looking at: a good 1080p one."""
HEADROOM = 1.2
"""A link must be this much faster than the film, as the source checks have it."""
ENOUGH_SEEDERS = 3
"""Fewer may leave in the middle, unless a check found the swarm healthy."""
_REMUX = re.compile(r"\b(bd)?remux\b|\bbdmv\b|\bcomplete[ ._-]*blu[ ._-]?ray\b", re.IGNORECASE)
_SUNK = 0.0
_MEGA = 1_000_000


class Tier(IntEnum):
    """Where a source stands in the hierarchy; the smaller, the earlier."""

    EDITORIAL = 0
    FINE = 1
    OTHER = 2


@dataclass(frozen=True, slots=True)
class Means:
    """What this machine can carry, None where that is not known.

    Attributes:
        link: bit/s that were measured.
        room: bytes that a film may take on the disk.
    """

    link: float | None = None
    room: int | None = None


def bitrate_of(source: StreamSource, runtime: float | None) -> float | None:
    """Return bit/s: as said, as a check found, or the size over the film's length in seconds."""
    said = source.bitrate or source.health.bitrate
    if said:
        return said
    if source.size_bytes and runtime and not source.season_pack:
        return source.size_bytes * 8 / runtime
    return None


def measured_link(sources: Sequence[StreamSource]) -> float | None:
    """Return the best rate in bit/s that checks of far servers have measured; None if none was."""
    rates = [
        source.health.throughput
        for source in sources
        if source.health.throughput
        and source.url.startswith("http")
        and "//127." not in source.url
        and "//localhost" not in source.url
    ]
    return max(rates, default=None)


def held_back(source: StreamSource, runtime: float | None, means: Means) -> str:
    """Return why this machine cannot carry a source, empty if it can."""
    bitrate = bitrate_of(source, runtime)
    if means.link is not None and bitrate is not None and bitrate * HEADROOM > means.link:
        return (
            f"needs {bitrate / _MEGA:.0f} Mbit/s, this link was measured at "
            f"{means.link / _MEGA:.0f}"
        )
    torrent = source.type is SourceType.TORRENT
    if torrent and means.room is not None and (source.size_bytes or 0) > means.room:
        return "larger than the disk has room for"
    return ""


def tier_of(source: StreamSource, runtime: float | None, means: Means) -> Tier:
    """Return a source's tier; what is dead, sunk or too much to carry is never above the rest."""
    health = source.health
    if health.status is HealthStatus.DEAD or source.score < _SUNK:
        return Tier.OTHER
    if source.editorial:
        return Tier.EDITORIAL
    if source.type is not SourceType.TORRENT or health.verdict is Verdict.WILL_STALL:
        return Tier.OTHER
    lively = health.status is HealthStatus.HEALTHY or (source.seeders or 0) >= ENOUGH_SEEDERS
    fine = is_remux(source) or (bitrate_of(source, runtime) or 0.0) >= HIGH_BITRATE
    return Tier.FINE if lively and fine and not held_back(source, runtime, means) else Tier.OTHER


def is_remux(source: StreamSource) -> bool:
    """Whether a release says that it holds the disc's own picture."""
    return _REMUX.search(source.release_name or "") is not None


def film_order(
    sources: Sequence[StreamSource], runtime: float | None, means: Means
) -> tuple[StreamSource, ...]:
    """Return a film's sources in the order of the hierarchy, with the reason told.

    Args:
        sources: as they were ranked.
        runtime: the film's length in seconds, if it is known.
        means: what this machine can carry.
    """

    def place(numbered: tuple[int, StreamSource]) -> tuple[int, int, float, int]:
        at, source = numbered
        tier = tier_of(source, runtime, means)
        if tier is not Tier.FINE:
            return (tier, 0, 0.0, at)
        return (tier, not is_remux(source), -(bitrate_of(source, runtime) or 0.0), at)

    ordered = [source for _, source in sorted(enumerate(sources), key=place)]
    return tuple(_told(source, runtime, means) for source in ordered)


def first_of_film(
    sources: Sequence[StreamSource],
    first: StreamSource | None,
    runtime: float | None,
    means: Means,
) -> StreamSource | None:
    """Return what to begin with while others still come: the best that is sure to play.

    Args:
        sources: what is known, in the order of the hierarchy.
        first: what the search hands over; None: nothing was checked yet.
        runtime: the film's length in seconds, if it is known.
        means: what this machine can carry.
    """
    if first is None:
        return None
    for source in sources:
        tier = tier_of(source, runtime, means)
        checked = source.health.status is HealthStatus.HEALTHY
        if tier is Tier.FINE or (tier is Tier.EDITORIAL and checked):
            return source
    return first


def _told(source: StreamSource, runtime: float | None, means: Means) -> StreamSource:
    tier = tier_of(source, runtime, means)
    if tier is Tier.EDITORIAL:
        words = f"in the collection {', '.join(name.upper() for name in source.editorial)}"
    elif tier is Tier.FINE:
        bitrate = bitrate_of(source, runtime)
        rate = f" at {bitrate / _MEGA:.0f} Mbit/s" if bitrate else ""
        words = f"{'the disc itself' if is_remux(source) else 'high bitrate'}{rate}"
    else:
        words = held_back(source, runtime, means)
    if not words or words in source.reasons:
        return source
    return source.with_(reasons=(words, *source.reasons))
