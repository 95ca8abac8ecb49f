"""Whether a title that somebody else lists is the one that is asked for.

Third parties without common ids are matched by title and year. The bounds were chosen so that
spelling, articles and punctuation may differ but a sequel or a namesake is left out:
`LIKE_ENOUGH` of 100 for titles whose years agree, `ALL_BUT_SAME` where a year is not known.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from novastream_desktop.models import Content

LIKE_ENOUGH = 88.0
ALL_BUT_SAME = 99.0
YEARS_APART = 1
LONGEST = 300
"""Letters of a title that count; others may send megabytes of them."""

_NUMBER = re.compile(r"\b(?:\d+|[ivx]{2,4})\b")
_YEAR_AT_END = re.compile(r"\s*\(?\b(?:19|20)\d\d\)?\s*$")


@lru_cache(maxsize=4096)
def plain_title(text: str) -> str:
    """Return a title as titles are compared: no case, accents, punctuation or leading article."""
    letters = unicodedata.normalize("NFKD", text[:LONGEST].casefold())
    kept = "".join(c for c in letters if not unicodedata.combining(c)).replace("&", " and ")
    words = re.findall(r"\w+", re.sub(r"['\u2019`]", "", kept))
    if len(words) > 1 and words[0] in {"the", "a", "an"}:
        del words[0]
    return unicodedata.normalize("NFC", " ".join(words))


def likeness(one: str, other: str) -> float:
    """Return how alike two titles are, 0 to 100; another number in it (a sequel) makes it 0."""
    from rapidfuzz import fuzz  # noqa: PLC0415  (80 ms, needed by few)

    first, second = plain_title(one), plain_title(other)
    if not first or not second:
        return 0.0
    if first == second:
        return 100.0
    if sorted(_NUMBER.findall(first)) != sorted(_NUMBER.findall(second)):
        return 0.0
    return max(fuzz.ratio(first, second), fuzz.token_sort_ratio(first, second))


def match(asked: Content, titles: Iterable[str], year: int | None) -> float:
    """Return how well a listed title fits, 0 if it is another one.

    Args:
        asked: what is looked for; its original title counts too.
        titles: the names under which it is listed.
        year: of its release, as listed.
    """
    wanted = [name for name in (asked.title, asked.original_title) if name]
    cut = [title[:LONGEST] for title in titles]
    given = {name for title in cut for name in (title, _YEAR_AT_END.sub("", title)) if name}
    best = max((likeness(one, other) for one in wanted for other in given), default=0.0)
    if asked.year is None or year is None:
        return best if best >= ALL_BUT_SAME else 0.0
    apart = abs(asked.year - year)
    if apart > YEARS_APART or best < LIKE_ENOUGH:
        return 0.0
    return best - apart
