"""Cues: what every format becomes; their repair, and WebVTT and SRT made of them. Pure."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

LONGEST = 100 * 3600 * 1000
"""No film is longer than this many milliseconds; later times are clamped."""
OVERLAP = 2000
"""A cue that runs this many milliseconds or less into the next one ends when that begins."""
SHORTEST, PER_CHARACTER, LONGEST_REPAIRED = 1000, 60, 5000
"""How long a cue without a usable end is shown: by its length, within these milliseconds."""
_LEAST_LEFT = 300
_TWO = [f"{number:02d}" for number in range(LONGEST // 3_600_000 + 1)]
_THREE = [f"{number:03d}" for number in range(1000)]
_VTT_TAG = re.compile(r"</?([a-z]*)[^>]*>")
_SRT_TAGS = frozenset({"i", "b", "u"})


class Cue(NamedTuple):
    """One subtitle: milliseconds, WebVTT markup, and cue settings such as `line:0`."""

    start: int
    end: int
    markup: str
    settings: str = ""


def repaired(cues: Iterable[Cue]) -> list[Cue]:
    """Return cues in order, each shown for some time and none lost.

    Negative times become 0; an end before its start is made up; a cue ends where the next one
    at the same place begins, if it runs into it by 2 s at most.
    """
    ordered = sorted((_with_end(cue) for cue in cues), key=lambda cue: (cue.start, cue.end))
    for place, (cue, after) in enumerate(pairwise(ordered)):
        overlap = cue.end - after.start
        together = after.start - cue.start < _LEAST_LEFT or cue.settings != after.settings
        if 0 < overlap <= OVERLAP and not together:
            ordered[place] = cue._replace(end=after.start)
    return ordered


def _with_end(cue: Cue) -> Cue:
    if 0 <= cue.start < cue.end <= LONGEST:
        return cue
    start, end = (min(max(0, time), LONGEST) for time in (cue.start, cue.end))
    if end <= start:
        end = start + min(LONGEST_REPAIRED, max(SHORTEST, PER_CHARACTER * len(cue.markup)))
    return cue._replace(start=start, end=end)


def render(cues: Iterable[Cue]) -> str:
    """Return a WebVTT file of cues, in the order of their start."""
    blocks = ["WEBVTT\n"]
    for cue in sorted(cues, key=lambda c: (c.start, c.end)):
        settings = f" {cue.settings}" if cue.settings else ""
        blocks.append(f"{stamp(cue.start)} --> {stamp(cue.end)}{settings}\n{cue.markup}\n")
    return "\n".join(blocks)


def render_srt(cues: Iterable[Cue]) -> str:
    """Return an SRT file of cues; of the markup italics, bold and underline stay."""
    blocks = []
    for number, cue in enumerate(sorted(cues, key=lambda c: (c.start, c.end)), 1):
        times = f"{stamp(cue.start)} --> {stamp(cue.end)}".replace(".", ",")
        blocks.append(f"{number}\n{times}\n{_plain(cue.markup)}\n")
    return "\n".join(blocks)


def shifted(cues: Sequence[Cue], change: Callable[[float], float]) -> list[Cue]:
    """Return cues at other times; `change` maps seconds to seconds."""
    return [
        c._replace(
            start=round(change(c.start / 1000) * 1000), end=round(change(c.end / 1000) * 1000)
        )
        for c in cues
    ]


def stamp(milliseconds: int) -> str:
    """Return `HH:MM:SS.mmm`."""
    seconds, rest = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{_TWO[hours]}:{_TWO[minutes]}:{_TWO[seconds]}.{_THREE[rest]}"


def _plain(markup: str) -> str:
    kept = _VTT_TAG.sub(lambda tag: tag.group() if tag.group(1) in _SRT_TAGS else "", markup)
    return html.unescape(kept) if "&" in kept else kept
