"""Under which ids an add-on may know what is to be watched."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from novastream_desktop.models import ContentType
from novastream_desktop.providers.base import WatchRequest
from novastream_desktop.providers.stremio._parse import IMDB, PREFIX


class Candidate(NamedTuple):
    """A question that could be asked.

    Attributes:
        kind: the add-on's type of title.
        video: id of the film or of the episode's video.
        title: id of the title.
        named: to be asked only if the add-on names a prefix of the id.
    """

    kind: str
    video: str
    title: str
    named: bool = False


def split_id(content_id: str) -> tuple[str, str] | None:
    """Return type and id of `stremio:TYPE:ID`."""
    if not content_id.startswith(PREFIX):
        return None
    kind, _, thing = content_id.removeprefix(PREFIX).partition(":")
    return (kind, thing) if kind and thing else None


def candidates(request: WatchRequest) -> Iterator[Candidate]:
    """Yield what could be asked, the surest first: own ids, IMDb's, then other catalogues'."""
    content, episode = request.content, request.episode
    for one in (content.id, *content.aliases):
        own = split_id(one)
        if own is None:
            continue
        kind, thing = own
        if episode is None:
            yield Candidate(kind, thing, thing)
        elif episode.content_id == one and not split_id(episode.id):
            yield Candidate(kind, episode.id, thing)
        elif IMDB.fullmatch(thing):
            yield Candidate(kind, _numbered(thing, request), thing)
    movie = episode is None and content.type is not ContentType.SERIES
    kind = "movie" if movie else "series"
    if content.imdb_id and IMDB.fullmatch(content.imdb_id):
        yield Candidate(kind, _numbered(content.imdb_id, request), content.imdb_id)
    if content.tmdb_id:
        title = f"tmdb:{content.tmdb_id}"
        yield Candidate(kind, _numbered(title, request), title, named=True)
    yield from _of_anime(request, movie)


def _of_anime(request: WatchRequest, movie: bool) -> Iterator[Candidate]:
    """Anime catalogues number the episodes of one title, without seasons."""
    content, episode = request.content, request.episode
    mal = (episode.mal_id if episode else None) or content.mal_id
    whole = movie or (episode is not None and episode.season == 1)
    number = episode.episode_number if episode else None
    if episode is not None and episode.mal_id and episode.mal_episode is not None:
        number, whole = episode.mal_episode, True
    for prefix, thing in (("mal", mal), ("anilist", content.anilist_id)):
        if thing and whole:
            title = f"{prefix}:{thing}"
            video = title if number is None else f"{title}:{number:g}"
            for kind in ("anime", "movie" if movie else "series"):
                yield Candidate(kind, video, title, named=True)


def _numbered(title: str, request: WatchRequest) -> str:
    episode = request.episode
    return f"{title}:{episode.season}:{episode.episode_number:g}" if episode else title
