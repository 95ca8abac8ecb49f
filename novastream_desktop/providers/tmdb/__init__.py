"""TMDB: the movie and series catalogue. Off while there is no token in Settings."""

from __future__ import annotations

from collections.abc import Sequence

from novastream_desktop.providers.base import Provider, ProviderContext, ProviderSpec
from novastream_desktop.providers.tmdb._client import TmdbProvider

_NAME = "tmdb"


def _build(context: ProviderContext) -> Sequence[Provider]:
    if not context.settings.tmdb.access_token.strip():
        return ()
    return (TmdbProvider(_NAME, context.settings, context.http),)


SPEC = ProviderSpec(name=_NAME, title="TMDB", build=_build)
