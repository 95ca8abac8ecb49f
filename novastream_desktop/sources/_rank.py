"""Which source comes first, and why, from one table of weights.

The score of a source is the sum of what `points` yields for it: numbers from `WEIGHTS` with the
words that "why this one" shows. It depends on nothing but the source's own facts, the request,
what is remembered, the time, and one fact of all sources together: whether any was not filmed in
a cinema. Equal scores are ordered by the sources themselves, so the order of the answers never
matters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import NamedTuple

from novastream_desktop.models import HealthStatus, SourceHealth, StreamSource
from novastream_desktop.sources._facts import Facts, facts_of
from novastream_desktop.sources._identity import Key, place_of
from novastream_desktop.sources._points import (
    NOTHING,
    WEIGHTS,
    Point,
    Remembered,
    certain_points,
    passing_points,
)
from novastream_desktop.sources._wanted import ANYTHING, Wanted

_WORST_SUNK = -100.0
_CHECKED = frozenset({HealthStatus.HEALTHY, HealthStatus.DEGRADED})


class Judged(NamedTuple):
    """One source with what is certain about it, whatever checks find later."""

    facts: Facts
    score: float
    points: tuple[Point, ...]
    filmed: bool


def judge(source: StreamSource, wanted: Wanted) -> Judged:
    """Return a source's facts and the points that follow from them alone."""
    facts = facts_of(source, wanted)
    given = tuple(certain_points(facts, wanted))
    return Judged(facts, sum(weight for weight, _ in given), given, facts.filmed)


def rank(
    sources: Iterable[StreamSource],
    now: datetime,
    wanted: Wanted = ANYTHING,
    remembered: Remembered = NOTHING,
) -> tuple[StreamSource, ...]:
    """Return sources best first, with `score`, `reasons` and the facts of their names."""
    return ranked([judge(source, wanted) for source in sources], now, remembered)


def ranked(
    judged: Sequence[Judged],
    now: datetime,
    remembered: Remembered = NOTHING,
    health: Mapping[Key, SourceHealth] | None = None,
) -> tuple[StreamSource, ...]:
    """Return judged sources best first.

    Args:
        judged: each with what is certain about it.
        now: for what expires.
        remembered: what earlier plays taught.
        health: what checks found, by key; a source's own health where there is none.
    """
    checked = health or {}
    healths = [checked.get(one.facts.key, one.facts.source.health) for one in judged]
    better = _has_better(judged, healths)
    scored = []
    for one, found in zip(judged, healths, strict=True):
        given = (*one.points, *passing_points(one.facts, found, remembered, now))
        if one.filmed:
            words = "filmed in a cinema" + (", better ones exist" if better else "")
            given = (*given, (WEIGHTS["filmed"], words))
        score = round(one.score + sum([point[0] for point in given[len(one.points) :]]), 1)
        scored.append(_Scored(_order(score, one.facts.source), score, one.facts, found, given))
    scored.sort(key=_by_order)
    return tuple([_told(item, remembered) for item in _settled(scored)])


def is_sunk(source: StreamSource) -> bool:
    """Whether something speaks against ever choosing a ranked source by itself."""
    return source.score < _WORST_SUNK


def paired(sources: Sequence[StreamSource]) -> tuple[StreamSource, ...]:
    """Mark a pair: the first checked source, and as its standby the next one from elsewhere.

    Elsewhere is another host, for torrents another swarm.
    """
    plain = [source.with_(standby_for=None) if source.standby_for else source for source in sources]
    checked = [at for at, source in enumerate(plain) if source.health.status in _CHECKED]
    if checked:
        first = plain[checked[0]]
        place = place_of(first)
        standby = next((at for at in checked[1:] if place_of(plain[at]) != place), None)
        if standby is not None:
            plain[standby] = plain[standby].with_(standby_for=first.url)
    return tuple(plain)


class _Scored(NamedTuple):
    order: tuple[object, ...]
    score: float
    facts: Facts
    health: SourceHealth
    points: tuple[Point, ...]


def _order(score: float, source: StreamSource) -> tuple[object, ...]:
    """Equals by score are ordered by themselves, not by who answered first."""
    file_index = -1 if source.file_index is None else source.file_index
    return (-score, -(source.height or 0), -(source.seeders or 0), source.url, file_index)


def _by_order(item: _Scored) -> tuple[object, ...]:
    return item.order


def _settled(scored: list[_Scored]) -> Iterator[_Scored]:
    """Order those that are alike in all that `_order` looks at, by everything they have."""
    for _, alike in groupby(scored, _by_order):
        first, *more = alike
        if more:
            yield from sorted((first, *more), key=lambda item: repr(item.facts.source))
        else:
            yield first


def _weight(point: Point) -> float:
    return abs(point[0])


def _told(item: _Scored, remembered: Remembered) -> StreamSource:
    facts, source = item.facts, item.facts.source
    weighty = sorted([point for point in item.points if point[1]], key=_weight, reverse=True)
    return source.with_(
        score=item.score,
        reasons=tuple(dict.fromkeys([words for _, words in weighty])),
        health=item.health,
        height=facts.height,
        quality=source.quality or (f"{facts.height}p" if facts.height else ""),
        codec=facts.codec,
        hdr=facts.hdr,
        audio=facts.audio,
        bitrate=source.bitrate or facts.bitrate,
        languages=facts.languages,
        release_group=facts.group,
        expires_at=facts.ends,
        season_pack=facts.pack,
        offered_by=source.offered_by or ((source.provider,) if source.provider else ()),
        expected_start=source.expected_start or remembered.starts.get(facts.host),
    )


def _has_better(judged: Sequence[Judged], healths: Sequence[SourceHealth]) -> bool:
    return any(
        not one.filmed and one.score > _WORST_SUNK and health.status is not HealthStatus.DEAD
        for one, health in zip(judged, healths, strict=True)
    )
