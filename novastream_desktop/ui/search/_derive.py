"""From what was found to the rows of the search page: pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from novastream_desktop.models import Content, ContentType
from novastream_desktop.ui.home._derive import content_card
from novastream_desktop.ui.home.shown import RowProps

_GROUPS = (
    (ContentType.MOVIE, "Films"),
    (ContentType.SERIES, "Series"),
    (ContentType.ANIME, "Anime"),
)


def result_rows(
    found: Sequence[Content],
    art: Mapping[str, str],
    shown: Sequence[RowProps] = (),
    place: str = "",
) -> tuple[RowProps, ...]:
    """Return one row a kind of title, that of the best match first.

    What is on the page (`shown`) keeps its place while others are still asked: rows and titles
    that come later stand behind it. `place` is the folder that they are in, if they are.
    """
    places = {row.id: place for place, row in enumerate(shown)}
    cards = {card.id: place for row in shown for place, card in enumerate(row.cards)}
    groups = {kind: [c for c in found if c.type is kind] for kind, _ in _GROUPS}
    best = {kind: found.index(group[0]) for kind, group in groups.items() if group}
    for group in groups.values():
        group.sort(key=lambda content: cards.get(content.id, len(cards)))
    order = sorted(
        ((kind, name) for kind, name in _GROUPS if groups[kind]),
        key=lambda group: (places.get(group[0].value, len(places)), best[group[0]]),
    )
    return tuple(
        RowProps(
            id=kind.value,
            title=name,
            wide=False,
            note=_count(len(groups[kind])) + (f" in {place}" if place else ""),
            problem="",
            waiting=False,
            cards=tuple(content_card(content, art) for content in groups[kind]),
        )
        for kind, name in order
    )


def _count(number: int) -> str:
    return "1 title" if number == 1 else f"{number} titles"


def none_found(query: str) -> str:
    """Return what is said when nobody found anything."""
    return f"Nothing was found for “{query}”"
