"""Which source plays first, which one follows a failure, and what a changed list means. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import unquote, urlsplit

from novastream_desktop.models import HealthStatus, SourceType, StreamSource
from novastream_desktop.sources import is_expired, key_of

_WEB = frozenset({"http", "https"})
#: A progressive file may be of any container, so it is not called by its type's own name.
_KINDS = {SourceType.HLS: "HLS", SourceType.MP4: "file", SourceType.TORRENT: "torrent"}


@dataclass(frozen=True, slots=True)
class Recovery:
    """What to do about a failure: play this source; `renew`: with a new address of it.

    `file`: index of the file in its torrent, as a person chose.
    """

    source: StreamSource
    renew: bool = False
    file: int | None = None


def first_to_play(
    sources: Sequence[StreamSource], *, complete: bool, without: Collection[object] = ()
) -> StreamSource | None:
    """Return the source to begin with, None while it is better to wait.

    The first one that a check found healthy; once the list is complete, the first that is not
    known to be dead, and at last any: a check may be wrong, a dead end is certain.

    Args:
        sources: best first.
        complete: nothing more will come.
        without: keys of those that have failed.
    """
    left = [s for s in sources if key_of(s) not in without]
    if not complete:
        return next((s for s in left if s.health.status is HealthStatus.HEALTHY), None)
    alive = (s for s in left if s.health.status is not HealthStatus.DEAD)
    return next(alive, next(iter(left), None))


def standby_of(
    sources: Sequence[StreamSource], current: StreamSource, without: Collection[object] = ()
) -> StreamSource | None:
    """Return what takes over when `current` fails: its marked standby, else the next best.

    A source of another host or swarm comes before one that would fail with the same server.
    """
    left = [s for s in sources if key_of(s) not in {*without, key_of(current)}]
    marked = next((s for s in left if s.standby_for == current.url), None)
    if marked is not None:
        return marked
    elsewhere = [s for s in left if _place(s) != _place(current)]
    return first_to_play([*elsewhere, *(s for s in left if s not in elsewhere)], complete=True)


def recovery(
    sources: Sequence[StreamSource],
    current: StreamSource,
    now: datetime,
    *,
    failed: Collection[object],
    renewed: Collection[object],
    played: bool,
    ended: bool = False,
) -> Recovery | None:
    """Return what to try after `current` failed, None if nothing is left.

    An address that has run out is asked for anew first: it is the same file. Then the standby.
    With nobody else left, what has played gets one more chance, with a new address if its
    provider can give one.

    Args:
        sources: best first.
        current: what failed.
        now: the time.
        failed: keys of those that have failed, with or without `current`.
        renewed: keys of those that had their second chance since they last played.
        played: whether `current` has shown a picture.
        ended: whether its server says that its address has run out.
    """
    remote = urlsplit(current.url).scheme in _WEB
    again = Recovery(current, renew=current.provider != "local")
    second_chance = remote and key_of(current) not in renewed
    if second_chance and again.renew and (ended or is_expired(current, now)):
        return again
    other = standby_of(sources, current, failed)
    if other is not None:
        return Recovery(other)
    return again if second_chance and played else None


def is_renewable(source: StreamSource) -> bool:
    """Whether somebody may give a new address for it."""
    return urlsplit(source.url).scheme in _WEB and source.provider != "local"


def index_of(sources: Sequence[StreamSource], source: StreamSource) -> int:
    """Return where a source stands in a list, by its address or identity; -1 if nowhere."""
    urls = [s.url for s in sources]
    if source.url in urls:
        return urls.index(source.url)
    keys = [key_of(s) for s in sources]
    return keys.index(key_of(source)) if key_of(source) in keys else -1


def with_current(
    sources: Sequence[StreamSource], current: StreamSource | None
) -> tuple[tuple[StreamSource, ...], int]:
    """Return a newer list and where what plays stands in it; it is kept if it fell out."""
    if current is None:
        return tuple(sources), -1
    index = index_of(sources, current)
    if index >= 0:
        return tuple(sources), index
    return (*sources, current), len(sources)


def replaced(
    sources: Sequence[StreamSource], old: StreamSource, new: StreamSource
) -> tuple[StreamSource, ...]:
    """Return the list with a source's newer address in its place."""
    index = index_of(sources, old)
    if index < 0:
        return tuple(sources)
    renewed = new.with_(standby_for=old.standby_for, score=old.score, reasons=old.reasons)
    return (*sources[:index], renewed, *sources[index + 1 :])


def label_of(source: StreamSource) -> str:
    """Return what a source is called in a line: quality, then release or file name."""
    name = source.release_name or ""
    if not name and source.type is not SourceType.TORRENT:
        parts = urlsplit(source.url)
        name = unquote(parts.path.rsplit("/", 1)[-1]) or parts.netloc
    return " · ".join(part for part in (source.quality, _KINDS[source.type], name) if part)


def _place(source: StreamSource) -> str:
    return str(key_of(source)) if source.url.startswith("magnet:") else urlsplit(source.url).netloc
