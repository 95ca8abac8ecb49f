"""The same stream from several providers becomes one source that remembers all of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from itertools import pairwise

from novastream_desktop.models import SourceType, StreamSource
from novastream_desktop.sources._identity import Key, key_of

SAME_SIZE = 0.01
"""Two indexers round the size of one release differently; by more it is another release."""

_APART = re.compile(r"[\W_]+")
_ENDING = re.compile(r"\.(?:mkv|mp4|avi|webm|ts|torrent)$", re.IGNORECASE)
_NEVER = datetime.max.replace(tzinfo=UTC)
_FILLED = (
    *("height", "bitrate", "size_bytes", "codec", "hdr", "audio"),
    *("release_name", "headers", "binge_group", "expected_start"),
)


def merged(sources: Iterable[StreamSource]) -> list[StreamSource]:
    """Return each stream once, whatever the order of the answers; repeats fill gaps."""
    return [joined(group) for group in grouped(sources)]


def grouped(sources: Iterable[StreamSource]) -> list[list[StreamSource]]:
    """Return sources in groups of the same stream, in order of their first member.

    The same are: one info-hash and file; one address but for its signature; torrents of one
    release name whose sizes differ by at most 1 %.
    """
    by_key: dict[Key, list[StreamSource]] = {}
    for source in sources:
        by_key.setdefault(key_of(source), []).append(source)
    roots: dict[Key, Key] = {}
    for sized in _releases(by_key).values():
        _join_same_sizes(sorted(sized), roots)
    groups: dict[Key, list[StreamSource]] = {}
    for key, members in by_key.items():
        groups.setdefault(_root(key, roots), []).extend(members)
    return list(groups.values())


def _releases(
    by_key: dict[Key, list[StreamSource]],
) -> dict[tuple[str, int | None], list[tuple[int, Key]]]:
    found: dict[tuple[str, int | None], list[tuple[int, Key]]] = {}
    for key, members in by_key.items():
        for source in members:
            if source.type is SourceType.TORRENT and source.release_name and source.size_bytes:
                release = (plain_release(source.release_name), source.file_index)
                found.setdefault(release, []).append((source.size_bytes, key))
    return found


def _join_same_sizes(sized: Sequence[tuple[int, Key]], roots: dict[Key, Key]) -> None:
    least, home = sized[0]
    for size, key in sized[1:]:
        if size > least * (1 + SAME_SIZE):
            least, home = size, key
        elif (one := _root(key, roots)) != (other := _root(home, roots)):
            roots[one] = other


def _root(key: Key, roots: dict[Key, Key]) -> Key:
    while key in roots:
        key = roots[key]
    return key


def plain_release(name: str) -> str:
    """Return a release name for comparing: indexers differ in dots, case and endings."""
    return _APART.sub(" ", _ENDING.sub("", name)).casefold().strip()


def joined(group: Sequence[StreamSource]) -> StreamSource:
    """Return one source of a group: the longest lasting address, with what the others add."""
    if len(group) == 1:
        return group[0]
    first, *rest = members = _in_order(group)
    seeders = [source.seeders for source in members if source.seeders is not None]
    subtitles = {track.url: track for source in members for track in source.subtitles}
    languages = (language for source in members for language in source.languages)
    offered = (name for source in members for name in (source.provider, *source.offered_by))
    gaps = {
        name: next((found for s in rest if (found := getattr(s, name)) is not None), None)
        for name in _FILLED
        if getattr(first, name) is None
    }
    return first.with_(
        **gaps,
        quality=next((source.quality for source in members if source.quality), ""),
        release_group=next((s.release_group for s in members if s.release_group), None),
        seeders=max(seeders) if seeders else None,
        languages=tuple(dict.fromkeys(languages)),
        subtitles=tuple(subtitles.values()),
        offered_by=tuple(dict.fromkeys(name for name in offered if name)),
    )


def _in_order(group: Sequence[StreamSource]) -> list[StreamSource]:
    ordered = sorted(group, key=_precedence)
    if any(_precedence(one) == _precedence(other) for one, other in pairwise(ordered)):
        return sorted(group, key=lambda source: (_precedence(source), repr(source)))
    return ordered


def _precedence(source: StreamSource) -> tuple[object, ...]:
    """Order the members of a group by themselves, so that who answered first does not matter."""
    ends = source.expires_at or _NEVER
    until = ends if ends.tzinfo else ends.replace(tzinfo=UTC)
    return (
        -until.timestamp() if until is not _NEVER else float("-inf"),
        -(source.seeders or 0),
        source.provider,
        -len(source.url),
        source.url,
        -(source.size_bytes or 0),
        source.quality,
        source.release_name or "",
        source.headers is None,
        sorted((source.headers or {}).items()),
        source.codec or "",
        source.languages,
        [track.url for track in source.subtitles],
    )
