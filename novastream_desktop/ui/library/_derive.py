"""From what a person keeps to what the library's page shows: pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from novastream_desktop.models.library import HistoryItem, LibraryItem, LibraryPage, LibraryState
from novastream_desktop.ui.home._derive import content_card, local
from novastream_desktop.ui.home.shown import CardItem
from novastream_desktop.ui.words import age_text, episode_code, fraction, left_text

HISTORY = "history"
SHELVES = (*(state.value for state in LibraryState), HISTORY)
"""The page's shelves in order."""
_NAMES = {"watching": "Watching", "planned": "Planned", "finished": "Finished", HISTORY: "History"}
_EMPTY = {
    "watching": "What you begin to watch stands here until it is finished.",
    "planned": "Press L on any title to keep it here for later.",
    "finished": "Films and series that you have watched to the end stand here.",
    HISTORY: "Every film and episode that you watch is noted here, on this computer only.",
}


class HistoryRow(NamedTuple):
    """One line of the history."""

    id: str
    content_id: str
    episode_id: str
    title: str
    detail: str
    when: str
    progress: float
    finished: bool
    art: str
    art_url: str
    spoken: str


class LibraryShown(NamedTuple):
    """The page: names of shelves with their numbers, and what stands on the chosen one."""

    names: tuple[str, ...] = ()
    empty: str = ""
    cards: tuple[CardItem, ...] = ()
    history: tuple[HistoryRow, ...] = ()


def derive(page: LibraryPage, shelf: str, art: Mapping[str, str], now: datetime) -> LibraryShown:
    """Return the page with one of its shelves chosen."""
    counts = {
        state.value: sum(item.state is state for item in page.items) for state in LibraryState
    }
    counts[HISTORY] = len(page.history)
    names = tuple(f"{_NAMES[s]}  {counts[s]}" if counts[s] else _NAMES[s] for s in SHELVES)
    cards = tuple(_card(item, art) for item in page.items if item.state.value == shelf)
    lines = tuple(_line(item, art, now) for item in page.history) if shelf == HISTORY else ()
    return LibraryShown(names, "" if counts[shelf] else _EMPTY[shelf], cards, lines)


def _card(item: LibraryItem, art: Mapping[str, str]) -> CardItem:
    card = content_card(item.content, art)
    if item.state is not LibraryState.WATCHING:
        return card
    code = episode_code(item.episode) if item.episode else ""
    left = left_text(item.progress) or ("Next up" if item.episode else "")
    detail = " · ".join(part for part in (code, left) if part)
    return card._replace(
        detail=detail or card.detail,
        progress=fraction(item.progress),
        spoken=f"{item.content.title}, {detail}" if detail else card.spoken,
    )


def _line(item: HistoryItem, art: Mapping[str, str], now: datetime) -> HistoryRow:
    content, episode, progress = item.content, item.episode, item.progress
    url = (episode.thumbnail_url if episode else None) or content.backdrop_url
    url = url or content.poster_url
    named = f"{episode_code(episode)} · {episode.title}".rstrip(" ·") if episode else ""
    state = "Watched" if progress.finished else left_text(progress)
    detail = " · ".join(part for part in (named, state) if part)
    when = age_text(progress.updated_at, now)
    return HistoryRow(
        id="/".join(progress.key),
        content_id=content.id,
        episode_id=progress.episode_id or "",
        title=content.title,
        detail=detail,
        when=when,
        progress=fraction(progress),
        finished=progress.finished,
        art=local(url, art),
        art_url=url,
        spoken=", ".join(part for part in (content.title, detail, when) if part),
    )
