"""Which paths of a resolver answer for what is to be watched. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import quote

from novastream_desktop.models import Content, ContentType, Episode
from novastream_desktop.providers.base import WatchRequest

SUB, DUB = "sub", "dub"
_PLACE = re.compile(r"\{(\w+)\}")
_TMDB = re.compile(r"tmdb:(movie|tv):(\d+)")


class Templates(Protocol):
    """The settings of a resolver, as far as paths go."""

    @property
    def movie_path(self) -> str:
        """For films."""
        ...

    @property
    def episode_path(self) -> str:
        """For episodes of series."""
        ...

    @property
    def anime_path(self) -> str:
        """For episodes of anime."""
        ...


@dataclass(frozen=True, slots=True)
class Ask:
    """One path. `audio`: `sub` or `dub` where the path says which, else ''."""

    path: str
    audio: str = ""


def asks_for(request: WatchRequest, settings: Templates) -> tuple[tuple[Ask, ...], ...]:
    """Return groups of paths: one group is asked at once, the next only if it has nothing.

    Templates may use `{tmdbId} {imdbId} {malId} {anilistId} {season} {episode}` and, for anime,
    `{audio}` (`sub` and `dub`). An anime template without it is asked as it is and with `/dub`
    behind it, then with `/sub`: the service's own addresses end that way. A template whose ids
    the title does not have is not asked.
    """
    content, episode = request.content, request.episode
    if content.type is ContentType.ANIME:
        groups = _anime(content, episode, settings.anime_path)
        if groups:
            return groups
    template = settings.movie_path if episode is None else settings.episode_path
    path = filled(template, values(content, episode))
    return ((Ask(path),),) if path else ()


def _anime(content: Content, episode: Episode | None, template: str) -> tuple[tuple[Ask, ...], ...]:
    known = values(content, episode)
    number = 1.0 if episode is None else float(episode.mal_episode or episode.episode_number)
    known["episode"] = f"{number:g}"
    if "{audio}" in template:
        both = [(filled(template, {**known, "audio": audio}), audio) for audio in (SUB, DUB)]
        return (tuple(Ask(path, audio) for path, audio in both),) if both[0][0] else ()
    path = filled(template, known)
    if not path:
        return ()
    if path.rstrip("/").endswith((f"/{SUB}", f"/{DUB}")):
        return ((Ask(path, path.rstrip("/")[-3:]),),)
    stem, mark, query = path.partition("?")
    behind = {audio: f"{stem.rstrip('/')}/{audio}{mark}{query}" for audio in (SUB, DUB)}
    return ((Ask(path), Ask(behind[DUB], DUB)), (Ask(behind[SUB], SUB),))


def values(content: Content, episode: Episode | None) -> dict[str, str]:
    """Return what a template's places stand for, without those that are not known."""
    mal = (episode.mal_id if episode else None) or content.mal_id
    known = {
        "tmdbId": _tmdb_id(content),
        "imdbId": content.imdb_id,
        "malId": mal,
        "anilistId": content.anilist_id,
        "season": episode.season if episode else None,
        "episode": f"{episode.episode_number:g}" if episode else None,
    }
    return {name: str(value) for name, value in known.items() if value is not None}


def _tmdb_id(content: Content) -> int | None:
    if content.tmdb_id is not None:
        return content.tmdb_id
    kind = "movie" if content.type is ContentType.MOVIE else "tv"
    matches = (_TMDB.fullmatch(name) for name in (content.id, *content.aliases))
    return next((int(m.group(2)) for m in matches if m and m.group(1) == kind), None)


def filled(template: str, known: dict[str, str]) -> str:
    """Return a template with its places filled, '' if one is not known."""
    names = _PLACE.findall(template)
    if not template.strip() or any(name not in known for name in names):
        return ""
    path = _PLACE.sub(lambda place: quote(known[place.group(1)], safe=""), template.strip())
    return path if path.startswith("/") else f"/{path}"
