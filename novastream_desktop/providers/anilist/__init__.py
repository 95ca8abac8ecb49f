"""AniList: the anime catalogue."""

from __future__ import annotations

from collections.abc import Sequence

from novastream_desktop.providers.anilist._client import AniListProvider
from novastream_desktop.providers.base import Provider, ProviderContext, ProviderSpec

_NAME = "anilist"


def _build(context: ProviderContext) -> Sequence[Provider]:
    settings = context.settings.anilist
    if not settings.enabled or not settings.base_url.strip():
        return ()
    return (AniListProvider(_NAME, settings.base_url.strip(), context.http),)


SPEC = ProviderSpec(name=_NAME, title="AniList", build=_build)
