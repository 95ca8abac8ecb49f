"""What providers are called. One that is not named here goes by its own name.

The providers say it themselves (`ProviderSpec.title`), but reading that would load all of them
before the first frame; `tests/ui/test_provider_names.py` holds both to the same names.
"""

from __future__ import annotations

_TITLES = {
    "mirrors": "Mirrors",
    "local": "This computer",
    "jellyfin": "Jellyfin",
    "peertube": "PeerTube",
    "archive": "Internet Archive",
    "tmdb": "TMDB",
    "anilist": "AniList",
    "aniskip": "AniSkip",
    "stremio": "Stremio add-ons",
    "torznab": "Torznab indexers",
    "vidlink": "Vidlink",
    "consumet": "Consumet",
    "opensubtitles": "OpenSubtitles",
}


def provider_title(name: str) -> str:
    """Return what a person knows a provider by."""
    return _TITLES.get(name, name)
