"""OpenSubtitles: subtitles by the file's hash and by ids; off while there is no key."""

from __future__ import annotations

from collections.abc import Sequence

from novastream_desktop.providers.base import Provider, ProviderContext, ProviderSpec
from novastream_desktop.providers.opensubtitles._client import OpenSubtitlesProvider

_NAME = "opensubtitles"
_ADDRESS = "https://api.opensubtitles.com/api/v1"


def _build(context: ProviderContext) -> Sequence[Provider]:
    settings = context.settings.subtitles
    key = settings.opensubtitles_key.strip()
    if not key:
        return ()
    address = settings.opensubtitles_base_url.strip() or _ADDRESS
    return (OpenSubtitlesProvider(_NAME, address, key, context.http, settings.languages),)


SPEC = ProviderSpec(name=_NAME, title="OpenSubtitles", build=_build)
