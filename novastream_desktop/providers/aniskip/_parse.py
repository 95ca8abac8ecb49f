"""AniSkip's answers (v2) as skip ranges. Nothing here does I/O."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from novastream_desktop.models import SkipRange, SkipType
from novastream_desktop.providers._wire import CamelWire, Seconds, each, read

WHO = "AniSkip"
#: Confidence by how well the lengths agree, and what is nonsense: the skip rules of the UX notes.
SURE, UNSURE = 0.85, 0.5
SAME_LENGTH = 2.0
SHORTEST = 5.0
LONGEST_OPENING = 180.0

_OPENINGS = frozenset({SkipType.OP, SkipType.MIXED_OP})
_ENDINGS = frozenset({SkipType.ED, SkipType.MIXED_ED})


class Interval(CamelWire):
    """Seconds from the start of the submitter's file."""

    start_time: Seconds
    end_time: Seconds


class Result(CamelWire):
    """One of `results`; `episode_length` is that of the submitter's file."""

    interval: Interval
    skip_type: SkipType
    episode_length: Seconds = 0.0
    skip_id: Annotated[str, Field(pattern=r"^[0-9A-Fa-f-]{36}$")] | None = None


class Found(CamelWire):
    """The answer of `/v2/skip-times/`."""

    results: Annotated[tuple[Result, ...], each(Result, needed=True)] = ()

    @classmethod
    def _essential(cls) -> set[str]:
        return {"results"}  # may be absent, but not something else


class Span(CamelWire):
    """Episodes from `start` to `end`; without an end it goes on."""

    start: Annotated[int, Field(ge=1)]
    end: Annotated[int, Field(ge=1)] | None = None
    mal_id: int | None = None


class Rule(CamelWire):
    """Episodes of one entry that another entry counts."""

    source: Annotated[Span, Field(alias="from")]
    to: Span


class Rules(CamelWire):
    """The answer of `/v2/relation-rules/`."""

    rules: Annotated[tuple[Rule, ...], each(Rule)] = ()


def parse_rules(raw: bytes) -> tuple[Rule, ...]:
    """Return the rules in their order."""
    return read(Rules, raw, WHO).rules


def related(mal_id: int, episode: float, rules: tuple[Rule, ...]) -> tuple[int, float]:
    """Return the entry and number under which an episode is kept, by the first rule that fits.

    Rules overlap and their order tells which one is meant; they are applied once.
    """
    for rule in rules:
        if rule.source.start <= episode <= (rule.source.end or episode):
            return rule.to.mal_id or mal_id, episode - rule.source.start + rule.to.start
    return mal_id, episode


def parse_skips(raw: bytes, duration: float | None) -> tuple[SkipRange, ...]:
    """Return the ranges as they lie in a file of `duration` seconds, by their start.

    Where the lengths differ by more than 2 s, openings stay where they are and endings keep
    their distance from the end; both are unsure then. Without a duration all are unsure.
    """
    results = read(Found, raw, WHO).results
    placed = [place_range(result, duration) for result in results]
    kept = [one for one in placed if one is not None]
    opening_end = max((one.end for one in kept if one.type in _OPENINGS), default=0.0)
    kept = [one for one in kept if one.type not in _ENDINGS or one.start >= opening_end]
    return tuple(sorted(kept, key=lambda one: (one.start, one.end)))


def place_range(result: Result, duration: float | None) -> SkipRange | None:
    """Return one range within the file, or None if it is nonsense there."""
    start, end = result.interval.start_time, result.interval.end_time
    confidence = UNSURE
    if duration is not None:
        longer = duration - result.episode_length if result.episode_length else 0.0
        if result.episode_length and abs(longer) <= SAME_LENGTH:
            confidence = SURE
        elif result.skip_type in _ENDINGS:
            start, end = start + longer, end + longer
        if start >= duration:
            return None
        start, end = max(0.0, start), min(end, duration)
    if end - start < SHORTEST:
        return None
    if result.skip_type in _OPENINGS and end - start > LONGEST_OPENING:
        return None
    return SkipRange(
        type=result.skip_type,
        start=start,
        end=end,
        confidence=confidence,
        origin="aniskip",
        reference=result.skip_id,
    )
