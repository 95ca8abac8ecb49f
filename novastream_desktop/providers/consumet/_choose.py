"""Which of the titles and episodes that an instance lists is the asked one. Pure."""

from __future__ import annotations

from novastream_desktop.models import Content, ContentType
from novastream_desktop.providers._likeness import match
from novastream_desktop.providers.consumet._parse import Info, Listed, Part


def pick_listed(found: tuple[Listed, ...], asked: Content) -> tuple[Listed, ...]:
    """Return what a search found that may be the asked title, the likeliest first."""
    ranked = [(_likely(one, asked), one) for one in found if _same_kind(one.type, asked)]
    return tuple(one for score, one in sorted(ranked, key=lambda hit: -hit[0]) if score > 0)


def is_title(info: Info, listed: Listed | None, asked: Content) -> bool:
    """Whether a title's own page agrees that it is the asked one."""
    if info.mal_id is not None and asked.mal_id is not None:
        return info.mal_id == asked.mal_id
    year = info.release_date or (listed.release_date if listed else None)
    return _same_kind(info.type, asked) and match(asked, info.title, year) > 0


def pick_part(info: Info, season: int | None, number: float | None) -> Part | None:
    """Return an episode by its numbers, or a film's only part."""
    if number is None:
        return info.episodes[0] if len(info.episodes) == 1 else None
    same = [part for part in info.episodes if part.number == number]
    if season is not None and any(part.season is not None for part in info.episodes):
        same = [part for part in same if part.season == season]
    return same[0] if same else None


def has_dub(info: Info, part: Part) -> bool:
    """Whether an episode is dubbed, as far as its page tells."""
    if part.is_dubbed is not None:
        return part.is_dubbed
    if info.has_dub is not None:
        return info.has_dub
    return info.sub_or_dub.casefold() in {"dub", "both"}


def _likely(one: Listed, asked: Content) -> float:
    if one.mal_id is not None and asked.mal_id is not None:
        return 200.0 if one.mal_id == asked.mal_id else 0.0
    return match(asked, one.title, one.release_date)


def _same_kind(said: str, asked: Content) -> bool:
    plain = said.casefold()
    if asked.type is ContentType.ANIME or not plain:
        return True
    if asked.type is ContentType.MOVIE:
        return "movie" in plain
    return "tv" in plain or "series" in plain
