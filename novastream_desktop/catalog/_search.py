"""Which search results come first."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import zip_longest

from novastream_desktop.catalog._identity import group, merge
from novastream_desktop.models import Content


def fold(text: str) -> str:
    """Return text as it is compared: no case, accents or punctuation, single spaces."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+", plain.casefold()))


def merge_results(query: str, results: Sequence[Sequence[Content]]) -> tuple[Content, ...]:
    """Merge what every provider found into one list, each work once, best match first.

    Equal matches keep the providers' own order, taking turns.
    """
    turns = zip_longest(*results)
    works = [merge(members) for members in group(c for turn in turns for c in turn if c)]
    wanted = fold(query)
    return tuple(sorted(works, key=lambda content: match_rank(wanted, content)))


def match_rank(wanted: str, content: Content) -> int:
    """Return 0 for the very title, then 1 its beginning, 2 whole words, 3 inside, 4 elsewhere."""
    return min(
        _rank(wanted, fold(title)) for title in (content.title, content.original_title or "")
    )


def _rank(wanted: str, title: str) -> int:
    if title == wanted:
        return 0
    if title.startswith(wanted):
        return 1
    if f" {wanted} " in f" {title} ":
        return 2
    return 3 if wanted in title else 4
