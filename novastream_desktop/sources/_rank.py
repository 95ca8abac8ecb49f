"""Which source comes first, and why, from one table of weights.

The score of a source is the sum of what `points` yields for it: numbers from `WEIGHTS` with the
words that "why this one" shows. It depends on nothing but the source's own facts, the request,
what is remembered, the time, and one fact of all sources together: whether any was not filmed in
a cinema. Equal scores are ordered by the sources themselves, so the order of the answers never
matters.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import NamedTuple

from novastream_desktop.models import (
    HealthStatus,
    SourceHealth,
    SourceType,
    StreamSource,
    Verdict,
)
from novastream_desktop.sources._expiry import MARGIN
from novastream_desktop.sources._facts import Facts, facts_of
from novastream_desktop.sources._identity import Key, place_of
from novastream_desktop.sources._match import flaws, size_flaw
from novastream_desktop.sources._release import Release
from novastream_desktop.sources._wanted import ANYTHING, Wanted

WEIGHTS = {
    # whether it plays
    "healthy": 40.0,
    "unknown": 12.0,
    "degraded": -5.0,
    "dead": -2000.0,
    "expired": -1000.0,
    "ends soon": -10.0,
    "failed lately": -600.0,
    "plays through": 6.0,
    "will stall": -30.0,
    "here": 10.0,
    "quick": 6.0,
    "slow": -6.0,
    "starts fast": 4.0,
    "starts slowly": -8.0,
    "mp4": 8.0,
    "hls": 6.0,
    "torrent": 0.0,
    "seeders": 5.0,
    "no seeders": -40.0,
    # whether it is what was asked for
    "no video": -800.0,
    "wrong title": -250.0,
    "wrong year": -250.0,
    "wrong episode": -400.0,
    "other season": -30.0,
    "other name": -12.0,
    "no episode": -20.0,
    "impossible size": -120.0,
    "season pack": -2.0,
    # what the person and the machine want
    "over your limit": -200.0,
    "too heavy": -60.0,
    "your language": 10.0,
    "another language": -25.0,
    "as last time": 7.0,
    # how it looks and sounds
    "2160p": 34.0,
    "1440p": 32.0,
    "1080p": 30.0,
    "720p": 20.0,
    "480p": 8.0,
    "0p": 2.0,
    "unknown height": 10.0,
    "filmed": -60.0,
    "screener": -15.0,
    "remux": 4.0,
    "bluray": 3.0,
    "web": 2.5,
    "webrip": 1.0,
    "tv": -1.0,
    "dvd": -2.0,
    "upscaled": -10.0,
    "repaired": 0.5,
    "hdr": 2.0,
    "fine sound": 1.5,
}
"""Points. `seeders` counts for each factor of ten, three at most; `as last time` for each of
provider, group, picture and language that is the one chosen for this show before."""

_HEIGHTS = (2160, 1440, 1080, 720, 480, 0)
_NAMED_HEIGHT = {2160: "4K", 4320: "8K"}
_SOON = timedelta(minutes=10)
_QUICK_MS, _SLOW_MS = 200.0, 1500.0
_FAST_START, _SLOW_START = 2.0, 8.0
_HEADROOM = 1.2
_MOST_SEEDER_STEPS = 3.0
_FINE_SOUND = frozenset({"Atmos", "TrueHD", "DTS Lossless", "FLAC"})
_BITS_PER_GB_HOUR = 8e9 / 3600
_UNCHECKED = SourceHealth()
_WORST_SUNK = -100.0

Point = tuple[float, str]


class Choice(NamedTuple):
    """What the person picked by hand for this show."""

    provider: str = ""
    group: str = ""
    height: int = 0
    languages: tuple[str, ...] = ()


class Remembered(NamedTuple):
    """What earlier plays taught.

    Attributes:
        choice: for this show.
        failed: by key, why, for what failed within a day.
        starts: by host, seconds to the first picture.
    """

    choice: Choice | None = None
    failed: Mapping[Key, str] = {}
    starts: Mapping[str, float] = {}


class Judged(NamedTuple):
    """One source with what is certain about it, whatever checks find later."""

    facts: Facts
    score: float
    points: tuple[Point, ...]
    filmed: bool


NOTHING = Remembered()


def judge(source: StreamSource, wanted: Wanted) -> Judged:
    """Return a source's facts and the points that follow from them alone."""
    facts = facts_of(source, wanted)
    given = tuple(certain_points(facts, wanted))
    return Judged(facts, sum(weight for weight, _ in given), given, facts.filmed)


def certain_points(facts: Facts, wanted: Wanted) -> Iterator[Point]:
    """Yield what a source's facts count, with words for it (none: not worth a word)."""
    source, release = facts.source, facts.release
    yield _height(facts)
    yield (WEIGHTS[source.type.value], "")
    if source.seeders is not None and source.type is SourceType.TORRENT:
        yield _seeders(source.seeders)
    if facts.here:
        yield (WEIGHTS["here"], "on this machine")
    yield from _looks(facts, release)
    if facts.pack:
        yield (WEIGHTS["season pack"], "whole season")
    if source.release_name:
        yield from ((WEIGHTS[name], words) for name, words in flaws(release, wanted))
    if flaw := size_flaw(facts.bitrate, facts.height):
        yield (WEIGHTS[flaw[0]], flaw[1])
    yield from _limits(facts, wanted)


def passing_points(
    facts: Facts, health: SourceHealth, remembered: Remembered, now: datetime
) -> Iterator[Point]:
    """Yield what counts at the moment: checks, expiry, and what is remembered."""
    yield _health(health)
    yield from _speed(facts, health)
    if facts.ends is not None:
        ends = facts.ends
        if ends <= now + MARGIN:
            yield (WEIGHTS["expired"], "its address has expired")
        elif ends <= now + _SOON:
            yield (WEIGHTS["ends soon"], "its address expires soon")
    if remembered.failed and (why := remembered.failed.get(facts.key)):
        yield (WEIGHTS["failed lately"], why)
    if remembered.starts and (start := remembered.starts.get(facts.host)) is not None:
        if start <= _FAST_START:
            yield (WEIGHTS["starts fast"], f"starts in about {start:.1f} s")
        elif start >= _SLOW_START:
            yield (WEIGHTS["starts slowly"], f"took {start:.0f} s to start")
    if remembered.choice is not None:
        yield from _as_chosen(facts, remembered.choice)


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
        given = [*one.points, *passing_points(one.facts, found, remembered, now)]
        if one.filmed:
            words = "filmed in a cinema" + (", better ones exist" if better else "")
            given.append((WEIGHTS["filmed"], words))
        scored.append((round(sum(point[0] for point in given), 1), one.facts, found, given))
    scored.sort(key=lambda item: (-item[0], *_own_order(item[1].source)))
    return tuple(
        _told(score, facts, found, given, remembered)
        for score, facts, found, given in _settled(scored)
    )


def is_sunk(source: StreamSource) -> bool:
    """Whether something speaks against ever choosing a ranked source by itself."""
    return source.score < _WORST_SUNK


def paired(sources: Sequence[StreamSource]) -> tuple[StreamSource, ...]:
    """Mark the standby of the first source: the next checked one from another host or swarm."""
    plain = [source.with_(standby_for=None) if source.standby_for else source for source in sources]
    if not plain or plain[0].health.status is HealthStatus.DEAD:
        return tuple(plain)
    first = plain[0]
    for at, source in enumerate(plain[1:], start=1):
        checked = source.health.status in (HealthStatus.HEALTHY, HealthStatus.DEGRADED)
        if checked and place_of(source) != place_of(first):
            plain[at] = source.with_(standby_for=first.url)
            break
    return tuple(plain)


_Scored = tuple[float, Facts, SourceHealth, list[Point]]


def _settled(scored: list[_Scored]) -> Iterator[_Scored]:
    """Order those that are alike in all that `_own_order` looks at, by everything they have."""
    for _, alike in groupby(scored, lambda item: (-item[0], *_own_order(item[1].source))):
        first, *more = alike
        if more:
            yield from sorted((first, *more), key=lambda item: repr(item[1].source))
        else:
            yield first


def _own_order(source: StreamSource) -> tuple[object, ...]:
    return (
        -(source.height or 0),
        -(source.seeders or 0),
        source.url,
        -1 if source.file_index is None else source.file_index,
    )


def _told(
    score: float,
    facts: Facts,
    health: SourceHealth,
    given: Sequence[Point],
    remembered: Remembered,
) -> StreamSource:
    source = facts.source
    weighty = sorted((point for point in given if point[1]), key=lambda point: -abs(point[0]))
    return source.with_(
        score=score,
        reasons=tuple(dict.fromkeys(words for _, words in weighty)),
        health=health,
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


def _health(health: SourceHealth) -> Point:
    status = health.status
    if status is HealthStatus.UNKNOWN:
        return (WEIGHTS["unknown"], "")
    words = "works" if status is HealthStatus.HEALTHY else status.value
    return (WEIGHTS[status.value], f"{words}: {health.detail}" if health.detail else words)


def _height(facts: Facts) -> Point:
    if not facts.height:
        return (WEIGHTS["unknown height"], facts.source.quality)
    least = next(lines for lines in _HEIGHTS if facts.height >= lines)
    words = facts.source.quality or _NAMED_HEIGHT.get(facts.height) or f"{facts.height}p"
    return (WEIGHTS[f"{least}p"], words)


def _looks(facts: Facts, release: Release) -> Iterator[Point]:
    if facts.hdr:
        yield (WEIGHTS["hdr"], facts.hdr.upper())
    if facts.audio in _FINE_SOUND:
        yield (WEIGHTS["fine sound"], facts.audio or "")
    if release.source in WEIGHTS:
        yield (WEIGHTS[release.source], release.source.upper())
    if release.upscaled:
        yield (WEIGHTS["upscaled"], "upscaled")
    if release.repaired:
        yield (WEIGHTS["repaired"], "")


def _speed(facts: Facts, health: SourceHealth) -> Iterator[Point]:
    latency = health.latency_ms
    if latency is not None and latency <= _QUICK_MS:
        yield (WEIGHTS["quick"], f"answers in {latency:.0f} ms")
    elif latency is not None and latency >= _SLOW_MS:
        yield (WEIGHTS["slow"], f"takes {latency / 1000:.1f} s to answer")
    needed = health.bitrate or facts.bitrate
    if health.verdict is Verdict.WILL_STALL:
        yield (WEIGHTS["will stall"], "will stall: slower than it plays")
    elif health.verdict is Verdict.PLAYS_THROUGH:
        yield (WEIGHTS["plays through"], "plays through")
    elif health.throughput and needed and health.throughput < needed * _HEADROOM:
        yield (WEIGHTS["will stall"], "slower than it plays")


def _seeders(count: int) -> Point:
    if count <= 0:
        return (WEIGHTS["no seeders"], "no seeders")
    steps = min(_MOST_SEEDER_STEPS, math.log10(count + 1))
    return (WEIGHTS["seeders"] * steps, f"{count} seeder{'s' if count > 1 else ''}")


def _limits(facts: Facts, wanted: Wanted) -> Iterator[Point]:
    height = facts.height or 0
    if wanted.max_height and height > wanted.max_height:
        yield (WEIGHTS["over your limit"], f"over your limit of {wanted.max_height}p")
    if wanted.max_gb_per_hour and facts.bitrate:
        hourly = facts.bitrate / _BITS_PER_GB_HOUR
        if hourly > wanted.max_gb_per_hour:
            yield (WEIGHTS["over your limit"], f"{hourly:.1f} GB an hour, over your limit")
    most = {"hevc": wanted.abilities.hevc, "av1": wanted.abilities.av1}.get(facts.codec or "")
    if most is not None and (height or 1) > most:
        yield (WEIGHTS["too heavy"], f"{(facts.codec or '').upper()} is too much for this machine")
    if facts.hdr and not wanted.abilities.hdr and height > 1080:  # noqa: PLR2004
        yield (WEIGHTS["too heavy"], "HDR is too much for this machine")
    if wanted.languages and facts.languages:
        yield from _language(facts, wanted.languages)


def _language(facts: Facts, wished: Sequence[str]) -> Iterator[Point]:
    spoken = {language.lower().partition("-")[0] for language in facts.languages}
    mine = next((tag for tag in wished if tag.partition("-")[0] in spoken), None)
    if mine is not None:
        yield (WEIGHTS["your language"], f"in {mine}")
    elif not facts.release.multi and "multi" not in spoken:
        yield (WEIGHTS["another language"], f"only in {', '.join(facts.languages)}")


def _as_chosen(facts: Facts, choice: Choice) -> Iterator[Point]:
    source = facts.source
    same = (
        choice.provider and choice.provider in (source.provider, *source.offered_by),
        choice.group and choice.group.casefold() == (facts.group or "").casefold(),
        choice.height and choice.height == facts.height,
        choice.languages and set(choice.languages) == set(facts.languages),
    )
    count = sum(map(bool, same))
    if count:
        yield (WEIGHTS["as last time"] * count, "like the one you chose for this title")
