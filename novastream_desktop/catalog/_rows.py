"""How rows make a home page: their order, the mixed trending row, the curated lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest

from novastream_desktop.catalog._editorial import A24, EditorialList, in_order, marked
from novastream_desktop.catalog._identity import distinct
from novastream_desktop.models import Content, Row

TRENDING = "trending"
TRENDING_LENGTH = 20
_TRENDS = ("trending-movies", "trending-series", "trending-anime")
_FILLERS = ("demo", "open-films")
_BEFORE_LISTS = (TRENDING, *_TRENDS)
_ORIGIN = "catalog"


EDITORIAL = (A24,)
_FED = ("tmdb-",)
"""How rows begin that only feed a curated list: `tmdb-a24` fills `a24`."""


def interleave(lists: Sequence[Sequence[Content]]) -> list[Content]:
    """Take the first of each list, then the second of each; no work appears twice."""
    rounds = zip_longest(*lists)
    return distinct(item for turn in rounds for item in turn if item is not None)


def trending_row(rows: Mapping[str, Row], *, length: int = TRENDING_LENGTH) -> Row | None:
    """Mix the trending rows, filled up with what ships with the program; None if all are empty."""
    trends = [rows[name] for name in _TRENDS if name in rows and rows[name].items]
    fillers = [rows[name] for name in _FILLERS if name in rows and rows[name].items]
    mixed = interleave([row.items for row in trends])
    if len(mixed) < length:
        mixed = distinct([*mixed, *(item for row in fillers for item in row.items)])
    if not mixed:
        return None
    used = trends or fillers
    return Row(
        id=TRENDING,
        title="Trending",
        origin=_ORIGIN,
        stale=any(row.stale for row in used),
        items=tuple(mixed[:length]),
        fetched_at=max((row.fetched_at for row in used if row.fetched_at), default=None),
    )


def editorial_rows(lists: Iterable[EditorialList], rows: Iterable[Row]) -> list[Row]:
    """Return a row for each curated list that has titles among what is known."""
    known = distinct(item for row in rows for item in row.items)
    found = ((wanted, in_order(wanted, filter(wanted.belongs, known))) for wanted in lists)
    return [
        Row(id=wanted.row_id, title=wanted.title, origin=_ORIGIN, items=items)
        for wanted, items in found
        if items
    ]


def compose(rows: Iterable[Row], editorial: Sequence[EditorialList] = EDITORIAL) -> tuple[Row, ...]:
    """Return the home page: trending first, then its parts, curated lists, bundled rows, others.

    Rows of equal id become one. Empty rows are left out unless they have a problem to tell.
    """
    given: dict[str, Row] = {}
    own = {TRENDING, *(wanted.row_id for wanted in editorial)}
    for row in rows:
        if row.id not in own and (row.items or row.problem):
            told = row.with_(items=tuple(marked(item, editorial) for item in row.items))
            given[row.id] = _joined(given[row.id], told) if row.id in given else told
    mixed = trending_row(given)
    made = {row.id: row for row in editorial_rows(editorial, given.values())}
    if mixed is not None:
        made[TRENDING] = mixed
    order = [*_BEFORE_LISTS, *(wanted.row_id for wanted in editorial), *_FILLERS]
    fed = {f"{begin}{wanted.row_id}" for begin in _FED for wanted in editorial}
    page = {name: row for name, row in {**given, **made}.items() if name not in fed}
    first = [page[name] for name in order if name in page]
    return (*first, *(row for name, row in page.items() if name not in order))


def _joined(first: Row, second: Row) -> Row:
    return first.with_(
        items=tuple(distinct([*first.items, *second.items])),
        stale=first.stale or second.stale,
        problem=first.problem or second.problem,
    )
