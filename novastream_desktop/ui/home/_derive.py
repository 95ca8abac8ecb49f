"""From the home page's data to what is shown: pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from novastream_desktop.models import Content, ContinueItem, HomeSnapshot, Row
from novastream_desktop.ui.home.shown import CardItem, HomeProps, RowProps
from novastream_desktop.ui.words import (
    KINDS,
    age_text,
    episode_code,
    facts,
    fraction,
    left_text,
    picture_url,
    rating_text,
)

CONTINUE_ROW = "continue"


@dataclass(frozen=True, slots=True)
class HomeInputs:
    """Everything the home page is made from.

    Attributes:
        art: pictures that came later.
        asking: ids of rows that are asked for on their own.
    """

    now: datetime
    snapshot: HomeSnapshot = HomeSnapshot()
    art: Mapping[str, str] = field(default_factory=dict)
    refreshing: bool = True
    asking: frozenset[str] = frozenset()


def derive(inputs: HomeInputs) -> tuple[HomeProps, tuple[RowProps, ...]]:
    """Return the page and its rows, the row to go on with first."""
    snapshot = inputs.snapshot
    art = {**snapshot.art, **inputs.art}
    rows = [_row(row, art, inputs) for row in snapshot.rows]
    if snapshot.continue_watching:
        cards = tuple(_continue_card(item, art) for item in snapshot.continue_watching)
        rows.insert(0, RowProps(CONTINUE_ROW, "Continue watching", True, "", "", False, cards))
    shown = tuple(row for row in rows if row.cards or row.problem or row.waiting)
    if any(row.cards for row in shown):
        state = "ready"
    else:
        state = "loading" if inputs.refreshing else "empty"
    return _hero(snapshot, art, state, refreshing=inputs.refreshing), shown


def _row(row: Row, art: Mapping[str, str], inputs: HomeInputs) -> RowProps:
    note = ""
    asking = inputs.refreshing or row.id in inputs.asking
    if row.id in inputs.asking:
        note = "Asking again"
    elif row.stale and row.fetched_at is not None:
        note = f"Updated {age_text(row.fetched_at, inputs.now)}"
    return RowProps(
        id=row.id,
        title=row.title,
        wide=False,
        note=note,
        problem="" if row.id in inputs.asking else row.problem or "",
        waiting=asking and not row.items and (not row.problem or row.id in inputs.asking),
        cards=tuple(content_card(content, art) for content in row.items),
    )


def content_card(content: Content, art: Mapping[str, str]) -> CardItem:
    """Return a title's card."""
    url = content.poster_url or content.backdrop_url
    year = str(content.year) if content.year else KINDS[content.type]
    rating = rating_text(content.rating)
    spoken = [content.title, KINDS[content.type].lower(), str(content.year or "")]
    spoken.append(f"rated {rating}" if rating else "")
    return CardItem(
        id=content.id,
        content_id=content.id,
        episode_id="",
        title=content.title,
        detail=f"{year} · {rating}" if rating else year,
        art=local(url, art),
        art_url=url,
        progress=0.0,
        spoken=", ".join(part for part in spoken if part),
    )


def _continue_card(item: ContinueItem, art: Mapping[str, str]) -> CardItem:
    content, episode = item.content, item.episode
    url = (episode.thumbnail_url if episode else None) or content.backdrop_url
    detail = _where(item)
    return CardItem(
        id=f"{content.id}/{episode.id if episode else ''}",
        content_id=content.id,
        episode_id=episode.id if episode else "",
        title=content.title,
        detail=detail,
        art=local(url or content.poster_url, art),
        art_url=url or content.poster_url,
        progress=fraction(item.progress),
        spoken=f"{content.title}, {detail}" if detail else content.title,
    )


def _where(item: ContinueItem) -> str:
    code = episode_code(item.episode) if item.episode else ""
    left = left_text(item.progress) or ("Next up" if item.episode else "")
    return " · ".join(part for part in (code, left) if part)


def _hero(
    snapshot: HomeSnapshot, art: Mapping[str, str], state: str, *, refreshing: bool
) -> HomeProps:
    item = _hero_item(snapshot)
    if item is None:
        return HomeProps(state=state, refreshing=refreshing)
    content = item.content
    begun = item.progress is not None and item.progress.position > 0
    where = _where(item)
    kicker = "Continue watching" if snapshot.continue_watching else "Tonight's pick"
    url = content.backdrop_url or content.poster_url
    return HomeProps(
        state=state,
        refreshing=refreshing,
        hero_id=content.id,
        hero_episode_id=item.episode.id if item.episode else "",
        hero_title=content.title,
        hero_kicker=f"{kicker} · {where}" if where else kicker,
        hero_facts=facts(content),
        hero_rating=rating_text(content.rating),
        hero_overview=content.overview or "",
        hero_art=local(url, art),
        hero_art_url=url,
        hero_play="Resume" if begun else "Play",
        hero_progress=fraction(item.progress),
    )


def _hero_item(snapshot: HomeSnapshot) -> ContinueItem | None:
    """What to go on with; else the first title with a wide picture; else the first of all."""
    if snapshot.continue_watching:
        return snapshot.continue_watching[0]
    titles = [content for row in snapshot.rows for content in row.items]
    best = next((c for c in titles if c.backdrop_url), titles[0] if titles else None)
    return None if best is None else ContinueItem(content=best)


def local(url: str, art: Mapping[str, str]) -> str:
    """Return the address of a picture that lies on disk, else an empty text."""
    return picture_url(art.get(url, url))
