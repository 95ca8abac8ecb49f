"""When two descriptions mean the same work."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from novastream_desktop.models import Content, ContentType

_MERGED_FIELDS = (
    "backdrop_url",
    "poster_url",
    "genres",
    "year",
    "tmdb_id",
    "imdb_id",
    "mal_id",
    "anilist_id",
    "overview",
    "rating",
    "runtime",
    "original_title",
    "credit",
)


def keys_of(content: Content) -> frozenset[str]:
    """Return every name that this work goes by: its id, its aliases and its catalogue numbers."""
    keys = {content.id, *content.aliases}
    if content.tmdb_id is not None:
        kind = "movie" if content.type is ContentType.MOVIE else "tv"
        keys.add(f"tmdb:{kind}:{content.tmdb_id}")
    if content.imdb_id:
        keys.add(f"imdb:{content.imdb_id}")
    if content.mal_id is not None:
        keys.add(f"mal:{content.mal_id}")
    if content.anilist_id is not None:
        keys.add(f"anilist:{content.anilist_id}")
    return frozenset(keys)


def group(contents: Iterable[Content]) -> list[list[Content]]:
    """Gather descriptions of the same work; groups and members keep the order they came in.

    Two descriptions that share no name still belong together when a third names both.
    """
    groups: list[list[Content] | None] = []
    owner: dict[str, int] = {}
    for content in contents:
        keys = keys_of(content)
        hits = sorted({owner[key] for key in keys if key in owner})
        home = hits[0] if hits else len(groups)
        if not hits:
            groups.append([])
        target = groups[home]
        assert target is not None
        for other in hits[1:]:
            target += groups[other] or []
            groups[other] = None
            owner = {key: home if at == other else at for key, at in owner.items()}
        target.append(content)
        owner.update(dict.fromkeys(keys, home))
    return [members for members in groups if members]


def distinct(contents: Iterable[Content]) -> list[Content]:
    """Return the first description of each work, in order."""
    return [members[0] for members in group(contents)]


def merge(members: Sequence[Content]) -> Content:
    """Return the first description, its gaps filled from the others and their ids as aliases."""
    first = members[0]
    changes: dict[str, object] = {}
    for name in _MERGED_FIELDS:
        if not getattr(first, name) and getattr(first, name) != 0:
            values = (getattr(other, name) for other in members[1:])
            changes[name] = next((value for value in values if value), getattr(first, name))
    names = [name for other in members for name in (other.id, *other.aliases)]
    changes["aliases"] = tuple(name for name in dict.fromkeys(names) if name != first.id)
    changes["collections"] = tuple(dict.fromkeys(c for m in members for c in m.collections))
    return first.with_(**changes)
