"""What the rules keep, drop, merge and mark."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novastream_desktop.models import SkipRange, SkipType
from novastream_desktop.skips import combine, ranges_of_chapters
from novastream_desktop.skips._rules import overlap

HOUR = 3600.0


@dataclass(frozen=True)
class Mark:
    start: float
    title: str


def skip(kind: str, start: float, end: float, confidence: float = 0.95, origin: str = "chapters"):
    return SkipRange(type=kind, start=start, end=end, confidence=confidence, origin=origin)


def unsure(kind: str, start: float, end: float):
    return skip(kind, start, end, 0.5, "aniskip")


OPENING = skip("op", 90, 180)
ENDING_FIRST = skip("ed", 50, 140)


def brief(ranges: Any):
    return [(r.type.value, r.start, r.end) for r in ranges]


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("OP", "op"),
        ("op", "op"),
        ("OP1", "op"),
        ("NCOP", "op"),
        ("Opening", "op"),
        ("Opening Theme", "op"),
        ("Opening Credits", "op"),
        ("ED", "ed"),
        ("ED 2", "ed"),
        ("Ending", "ed"),
        ("Credits", "ed"),
        ("End Credits", "ed"),
        ("Preview", "preview"),
        ("Next Episode Preview", "preview"),
        ("Recap", "recap"),
        ("Previously on Paper Boats", "recap"),
        ("- Opening -", "op"),
        ("Part A", None),
        ("Opera", None),
        ("Edge of town", None),
        ("Operation Dawn", None),
        ("Chapter 01", None),
        ("", None),
    ],
)
def test_chapter_names(title: str, kind: Any):
    found = ranges_of_chapters([Mark(0, "Prologue"), Mark(60, title), Mark(150, "Part A")], 1400)
    assert brief(found) == ([] if kind is None else [(kind, 60, 150)])
    assert all(r.confidence == 0.95 and r.origin == "chapters" for r in found)


@pytest.mark.parametrize(
    ("chapters", "duration", "expected"),
    [
        ([Mark(0, "Intro"), Mark(90, "A")], 1400, [("op", 0, 90)]),
        ([Mark(0, "Intro"), Mark(20, "A")], 1400, []),
        ([Mark(0, "Intro"), Mark(130, "A")], 1400, []),
        ([Mark(0, "Intro"), Mark(90, "Opening"), Mark(180, "A")], 1400, [("op", 90, 180)]),
        ([Mark(0, "Intro"), Mark(15, "A")], 90, [("op", 0, 15)]),
        ([Mark(0, "Intro"), Mark(4, "A")], 90, []),
        ([Mark(0, "A"), Mark(1300, "Ending")], 1400, [("ed", 1300, 1400)]),
        ([Mark(0, "A"), Mark(1300, "Ending")], None, []),
        (
            [Mark(1300, "ED"), Mark(90, "OP"), Mark(180, "A")],
            1400,
            [("op", 90, 180), ("ed", 1300, 1400)],
        ),
        ([], 1400, []),
    ],
)
def test_chapter_spans(chapters: Any, duration: float | None, expected: Any):
    assert brief(ranges_of_chapters(chapters, duration)) == expected


@pytest.mark.parametrize(
    ("given_ranges", "expected"),
    [
        pytest.param([skip("op", 90, 90)], [], id="empty"),
        pytest.param([skip("op", 90, 80)], [], id="backwards"),
        pytest.param([skip("op", 90, 94.9)], [], id="under 5 s"),
        pytest.param([skip("op", 90, 95)], [("op", 90, 95)], id="just 5 s"),
        pytest.param([skip("op", 0, 181)], [], id="opening over 180 s"),
        pytest.param([skip("mixed-op", 0, 181)], [], id="mixed opening over 180 s"),
        pytest.param([skip("ed", 0, 181)], [("ed", 0, 181)], id="credits may be long"),
        pytest.param([ENDING_FIRST, skip("op", 200, 290)], [("op", 200, 290)], id="ending first"),
        pytest.param([ENDING_FIRST, unsure("op", 200, 290)], [("ed", 50, 140)], id="surer ending"),
        pytest.param([unsure("op", 92, 181), OPENING], [("op", 90, 180)], id="surer borders"),
        pytest.param([unsure("op", 300, 390), OPENING], [("op", 90, 180)], id="one opening"),
        pytest.param([unsure("mixed-op", 300, 390), OPENING], [("op", 90, 180)], id="mixed too"),
        pytest.param(
            [unsure("recap", 0, 100), OPENING],
            [("recap", 0, 90), ("op", 90, 180)],
            id="the less sure one is trimmed",
        ),
        pytest.param([unsure("recap", 88, 182), OPENING], [("op", 90, 180)], id="nothing left"),
        pytest.param([skip("op", 0, 45), skip("op", 45.5, 90)], [("op", 0, 90)], id="touching"),
        pytest.param([skip("op", 0, 60), skip("op", 50, 90)], [("op", 0, 90)], id="overlapping"),
        pytest.param(
            [skip("op", 0, 30), skip("op", 60, 90)], [("op", 0, 30), ("op", 60, 90)], id="apart"
        ),
    ],
)
def test_combine(given_ranges: Any, expected: Any):
    assert brief(combine(given_ranges, HOUR)) == expected
    assert brief(combine(reversed(given_ranges), HOUR)) == expected


@pytest.mark.parametrize(
    ("start", "end", "duration", "expected"),
    [
        (1000, 1090, 900, []),
        (800, 990, 900, []),
        (800, 901.5, 900, [("ed", 800, 900)]),
        (800, 990, None, [("ed", 800, 990)]),
    ],
)
def test_the_end_of_the_file(start: float, end: float, duration: float | None, expected: Any):
    assert brief(combine([skip("ed", start, end)], duration)) == expected


@pytest.mark.parametrize(
    ("given_range", "automatic"),
    [
        (skip("op", 0, 90), True),
        (skip("op", 0, 60), True),
        (skip("op", 0, 120), True),
        (skip("op", 0, 59), False),
        (skip("op", 0, 121), False),
        (skip("ed", 0, 90, 0.85), True),
        (skip("ed", 0, 90, 0.84), False),
        (skip("mixed-op", 0, 90), False),
        (skip("mixed-ed", 0, 90), False),
        (skip("recap", 0, 30), True),
        (skip("preview", 0, 15), True),
    ],
)
def test_automatic(given_range: Any, automatic: bool):
    assert [r.automatic for r in combine([given_range], HOUR)] == [automatic]


seconds = st.floats(0, 2000)
some_ranges = st.lists(
    st.builds(
        SkipRange,
        type=st.sampled_from(SkipType),
        start=seconds,
        end=seconds,
        confidence=st.sampled_from([0.5, 0.6, 0.85, 0.9, 0.95]),
        origin=st.sampled_from(["chapters", "aniskip", "mirror"]),
    ),
    max_size=8,
)


@given(some_ranges, st.one_of(st.none(), st.floats(1, 2000)), st.randoms())
def test_what_is_offered_is_sound(ranges: Any, duration: float | None, random: Random):
    kept = combine(ranges, duration)
    assert all(r.end - r.start >= 5 for r in kept)
    assert all(not duration or r.end <= duration for r in kept)
    assert not any(overlap(a, b) for i, a in enumerate(kept) for b in kept[i + 1 :])
    assert list(kept) == sorted(kept, key=lambda r: r.start)
    openings = [r.start for r in kept if r.type in ("op", "mixed-op")]
    endings = [r.start for r in kept if r.type in ("ed", "mixed-ed")]
    assert not openings or not endings or max(openings) <= min(endings)
    assert combine(kept, duration) == kept
    shuffled = list(ranges)
    random.shuffle(shuffled)
    assert combine(shuffled, duration) == kept
