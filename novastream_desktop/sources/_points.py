"""What counts for and against a source: one table of weights, and who gives them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from novastream_desktop.models import HealthStatus, SourceHealth, SourceType, Verdict
from novastream_desktop.sources._expiry import MARGIN
from novastream_desktop.sources._facts import Facts
from novastream_desktop.sources._identity import Key
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
    "limited": -4.0,
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


NOTHING = Remembered()


def certain_points(facts: Facts, wanted: Wanted) -> Iterator[Point]:
    """Yield what a source's facts count, with words for it (none: not worth a word)."""
    source, release = facts.source, facts.release
    yield _height(facts)
    yield (WEIGHTS[source.type.value], "")
    if source.seeders is not None and source.type is SourceType.TORRENT:
        yield _seeders(source.seeders)
    if facts.here:
        yield (WEIGHTS["here"], "on this machine")
    if source.note:
        yield (WEIGHTS["limited"], source.note)
    yield from _looks(facts, release)
    if facts.pack:
        yield (WEIGHTS["season pack"], "whole season")
    if source.release_name:
        asked = wanted if source.type is SourceType.TORRENT or release.is_published else ANYTHING
        yield from ((WEIGHTS[name], words) for name, words in flaws(release, asked))
    guessed = source.type is SourceType.TORRENT and not source.bitrate
    if guessed and (flaw := size_flaw(facts.bitrate, facts.height)):
        yield (WEIGHTS[flaw[0]], flaw[1])
    yield from _limits(facts, wanted)


def passing_points(
    facts: Facts, health: SourceHealth, remembered: Remembered, now: datetime
) -> Iterator[Point]:
    """Yield what counts at the moment: checks, expiry, and what is remembered."""
    yield _health(health)
    if health.checked_at is not None or health.status is not HealthStatus.UNKNOWN:
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
