"""One line for what is kept twice: under a title and under its sequel's own entry. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from novastream_desktop.models import TitleDetails, WatchProgress


def without_shadows(
    newest_first: Sequence[WatchProgress], titles: Mapping[str, TitleDetails]
) -> tuple[WatchProgress, ...]:
    """Return progress without what a sequel's own entry keeps of a title that stands here.

    An episode of a sequel is kept under the title in whose order it was watched and under the
    sequel's entry; one line speaks for both.
    """
    elsewhere = {
        (part.content_id, part.id)
        for details in titles.values()
        for part in details.episodes
        if part.content_id != details.content.id
    }
    shadows = {(e.content_id, e.episode_id or "") for e in newest_first} & elsewhere
    shown = {e.episode_id for e in newest_first if (e.content_id, e.episode_id) not in shadows}
    return tuple(
        e
        for e in newest_first
        if (e.content_id, e.episode_id) not in shadows or e.episode_id not in shown
    )
