"""Finding episodes by their numbers."""

from __future__ import annotations

from novastream_desktop.errors import NotFound
from novastream_desktop.models import Episode, TitleDetails


def pick_episode(details: TitleDetails, season: int | None, number: float) -> Episode:
    """Return the episode with these numbers.

    Without a season the first one counts; if it has no such episode, the number is taken as
    absolute.

    Raises:
        NotFound: there is none; the sentence says which there are.
    """
    wanted = 1 if season is None else season
    for episode in details.episodes:
        if episode.season == wanted and episode.episode_number == number:
            return episode
    if season is None:
        for episode in details.episodes:
            if episode.absolute_number == number:
                return episode
    raise _missing(details, wanted, number)


def of_season(details: TitleDetails, season: int) -> TitleDetails:
    """Return a title with the episodes of one season only.

    Raises:
        NotFound: there are none; the sentence says which there are.
    """
    found = tuple(episode for episode in details.episodes if episode.season == season)
    if not found:
        raise _missing(details, season, None)
    return details.with_(episodes=found)


def _missing(details: TitleDetails, season: int, number: float | None) -> NotFound:
    what = f"season {season}" if number is None else f"season {season}, episode {number:g}"
    return NotFound(
        f"{details.content.title} has no {what}",
        why=_what_there_is(details),
        hint="`novastream-desktop watch` with one of these, or none for a film",
    )


def _what_there_is(details: TitleDetails) -> str:
    seasons: dict[int, list[float]] = {}
    for episode in details.episodes:
        seasons.setdefault(episode.season, []).append(episode.episode_number)
    if not seasons:
        return "it has no episodes"
    parts = [f"season {s} has {min(n):g} to {max(n):g}" for s, n in sorted(seasons.items())]
    return ", ".join(parts)
