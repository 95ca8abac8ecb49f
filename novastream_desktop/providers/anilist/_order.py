"""One watch order out of an entry and its sequels. Nothing here does I/O.

AniList has an entry for each season, cour and film. What is watched in one go is the entry that
was asked for and then its sequels, each as a season of its own; films and specials between them
are passed through, not played.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from novastream_desktop.models import Content, Episode, TitleDetails
from novastream_desktop.providers.anilist._parse import Media

MOST_ENTRIES = 8
"""Sequels that are followed; each is a question to AniList."""
_SEASONS = frozenset({"TV", "TV_SHORT", "ONA"})
_FILMS = frozenset({"MOVIE", "OVA", "SPECIAL"})
_UNRELEASED = "NOT_YET_RELEASED"


def sequel_of(media: Media, seen: Collection[int]) -> int | None:
    """Return the entry that follows, None if there is none that was not seen.

    A season comes before a film that also follows; of two seasons the earlier one is next.
    """
    following = [
        edge.node
        for edge in media.relations.edges
        if edge.relation_type == "SEQUEL"
        and edge.node.type == "ANIME"
        and edge.node.id not in seen
        and edge.node.status != _UNRELEASED
        and (edge.node.format in _SEASONS or edge.node.format in _FILMS)
    ]
    following.sort(key=lambda node: (node.format not in _SEASONS, node.start_date.as_tuple()))
    return following[0].id if following else None


def is_season(media: Media) -> bool:
    """Whether an entry's episodes belong to the watch order."""
    return media.format is None or media.format in _SEASONS


def in_one_order(
    content: Content, entries: Iterable[tuple[Media, tuple[Episode, ...]]]
) -> TitleDetails:
    """Return a title with the episodes of its entries as seasons, numbered through.

    Each episode keeps its entry's id, MyAnimeList id and number: progress and skip ranges are
    kept under those, and under the season at once.

    Args:
        content: the title that was asked for.
        entries: it and its sequels in watching order, with their episodes.
    """
    episodes: list[Episode] = []
    season = before = 0
    for media, own in entries:
        if not own or (season and not is_season(media)):
            continue
        season += 1
        episodes += (
            episode.with_(season=season, absolute_number=before + int(episode.episode_number))
            for episode in own
        )
        before = episodes[-1].absolute_number or before
    return TitleDetails(content=content, episodes=tuple(episodes))
