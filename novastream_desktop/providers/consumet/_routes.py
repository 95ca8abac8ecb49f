"""Which addresses of a Consumet instance answer what. Pure.

Stream addresses hang on a media id and an episode id, both of which may hold slashes and `$`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import quote, urlsplit

DUB, SUB = "dub", "sub"
#: How an anime provider is asked for its dub: the meta route knows `dub` for these names only,
#: others have a route of their own with a `category`.
_META_DUB = frozenset({"zoro", "animekai"})
_CATEGORY_DUB = frozenset({"hianime"})


@dataclass(frozen=True, slots=True)
class Route:
    """An address and its query."""

    url: str
    params: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Place:
    """Where one episode or film is watched.

    Attributes:
        audio: `sub` or `dub` of an anime, '' otherwise.
        default_server: the server that is meant when none is named, '' if that is not known.
    """

    watch: Route
    servers: Route
    audio: str = ""
    default_server: str = ""

    def by(self, server: str) -> Route:
        """Return the route through a named server."""
        return replace(self.watch, params={**self.watch.params, "server": server})


@dataclass(frozen=True, slots=True)
class Instance:
    """A Consumet instance.

    Attributes:
        base: its address without a trailing slash.
        movie_provider: the part of its movie routes, such as `flixhq`.
        anime_provider: such as `hianime`.
        provider: our provider's name.
    """

    base: str
    movie_provider: str
    anime_provider: str
    provider: str

    @property
    def host(self) -> str:
        """Return what error sentences call it."""
        return urlsplit(self.base).hostname or "Consumet"

    def movie_search(self, query: str) -> Route:
        """Films and series by text."""
        return Route(f"{self._movies}/{_part(query)}", {})

    def movie_info(self, media_id: str) -> Route:
        """A film or series with its episodes."""
        return Route(f"{self._movies}/info", {"id": media_id})

    def movie_place(self, media_id: str, episode_id: str) -> Place:
        """Where a film or an episode is watched."""
        params = {"episodeId": episode_id, "mediaId": media_id}
        watch = Route(f"{self._movies}/watch", params)
        return Place(watch, Route(f"{self._movies}/servers", params), default_server="upcloud")

    def anime_search(self, query: str) -> Route:
        """Anime by text, with AniList's ids."""
        return Route(f"{self._meta}/{_part(query)}", {})

    def anime_info(self, anilist_id: int) -> Route:
        """An anime with its episodes."""
        return Route(f"{self._meta}/info/{anilist_id}", {"provider": self.anime_provider})

    def anime_place(self, episode_id: str) -> Place:
        """Where an episode is watched with subtitles."""
        part, provider = _part(episode_id), {"provider": self.anime_provider}
        watch = Route(f"{self._meta}/watch/{part}", provider)
        return Place(watch, Route(f"{self._meta}/servers/{part}", provider), SUB)

    def dub_place(self, episode_id: str) -> Place | None:
        """Where its dub is watched, None where the provider has no such route."""
        sub = self.anime_place(episode_id)
        if self.anime_provider in _META_DUB:
            return replace(
                sub, watch=replace(sub.watch, params={**sub.watch.params, "dub": "true"}), audio=DUB
            )
        if self.anime_provider in _CATEGORY_DUB:
            url = f"{self.base}/anime/{_part(self.anime_provider)}/watch/{_part(episode_id)}"
            return replace(sub, watch=Route(url, {"category": DUB}), audio=DUB)
        return None

    @property
    def _movies(self) -> str:
        return f"{self.base}/movies/{_part(self.movie_provider)}"

    @property
    def _meta(self) -> str:
        return f"{self.base}/meta/anilist"


def _part(text: str) -> str:
    return quote(text, safe="")
