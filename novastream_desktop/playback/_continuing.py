"""The next episode from where this one came: same torrent, same release, same language. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from novastream_desktop.models import HealthStatus, StreamSource
from novastream_desktop.sources import info_hash_of

_SUNK = 0.0


def likeness(source: StreamSource, before: StreamSource) -> int:
    """Return how alike a source is to the last episode's: 0 the same torrent, 4 not at all."""
    torrent = info_hash_of(before.url)
    if torrent is not None and info_hash_of(source.url) == torrent:
        return 0
    languages = not before.languages or set(source.languages) == set(before.languages)
    size = source.height == before.height or source.quality == before.quality
    if before.binge_group and source.binge_group == before.binge_group:
        return 1
    group = before.release_group
    if group and (source.release_group or "").casefold() == group.casefold() and size and languages:
        return 1
    same_provider = source.provider == before.provider and source.type is before.type
    if same_provider and size and languages:
        return 2
    return 3 if group and source.release_group == group and languages else 4


def continuing(
    sources: Sequence[StreamSource], before: StreamSource | None
) -> tuple[StreamSource, ...]:
    """Return sources with those that go on as the last episode played first; equals keep rank.

    What is dead or has sunk stays where it is ranked: likeness does not make it play.
    """
    if before is None:
        return tuple(sources)

    def place(source: StreamSource) -> int:
        usable = source.health.status is not HealthStatus.DEAD and source.score >= _SUNK
        return likeness(source, before) if usable else 4

    return tuple(sorted(sources, key=place))


def drops(source: StreamSource | None, before: StreamSource | None) -> str:
    """Return what the next source has less of: `quality`, `language`, or nothing."""
    if source is None or before is None:
        return ""
    if before.languages and source.languages and not set(before.languages) & set(source.languages):
        return "language"
    if before.height and source.height and source.height < before.height:
        return "quality"
    return ""
