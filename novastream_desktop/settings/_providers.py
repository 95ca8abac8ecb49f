"""The sections of single providers."""

from __future__ import annotations

from pydantic import Field

from novastream_desktop.settings._section import Section


class TmdbSettings(Section):
    """The movie and series catalogue; off while there is no token."""

    access_token: str = ""
    base_url: str = "https://api.themoviedb.org/3"
    image_base_url: str = "https://image.tmdb.org/t/p"


class AniListSettings(Section):
    """The anime catalogue.

    `mapping_url`: the list that says which MyAnimeList entry an episode of TMDB is; it is
    fetched once a week, when an anime of TMDB is opened. Empty: none is used.
    """

    enabled: bool = True
    base_url: str = "https://graphql.anilist.co"
    mapping_url: str = (
        "https://raw.githubusercontent.com/Fribb/anime-lists/master/anime-list-mini.json"
    )


class AniSkipSettings(Section):
    """Skip ranges by MyAnimeList id."""

    enabled: bool = True
    base_url: str = "https://api.aniskip.com"


class ArchiveSettings(Section):
    """Public-domain films of the Internet Archive."""

    enabled: bool = True
    base_url: str = "https://archive.org"


class PeerTubeSettings(Section):
    """Open films with MP4, HLS and magnet in one answer."""

    instances: tuple[str, ...] = ("https://video.blender.org",)


class JellyfinSettings(Section):
    """The user's own server; off while empty."""

    base_url: str = ""
    token: str = ""


class VidlinkSettings(Section):
    """A resolver of that JSON shape; off while `base_url` is empty."""

    base_url: str = ""
    movie_path: str = "/movie/{tmdbId}"
    episode_path: str = "/tv/{tmdbId}/{season}/{episode}"
    anime_path: str = "/anime/{malId}/{episode}"


class ConsumetSettings(Section):
    """A self-hosted Consumet; off while `base_url` is empty."""

    base_url: str = ""
    movie_provider: str = "flixhq"
    anime_provider: str = "hianime"


class TorznabServer(Section):
    """One Torznab indexer."""

    url: str
    api_key: str = Field(default="", alias="apiKey")
