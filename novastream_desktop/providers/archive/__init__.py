"""The Internet Archive: films in the public domain or under a free licence. It needs no key."""

from __future__ import annotations

from collections.abc import Sequence

from novastream_desktop.providers.archive._client import ArchiveProvider
from novastream_desktop.providers.archive._items import Archive
from novastream_desktop.providers.base import Provider, ProviderContext, ProviderSpec

_NAME = "archive"


def _build(context: ProviderContext) -> Sequence[Provider]:
    settings = context.settings.archive
    base = settings.base_url.strip().rstrip("/")
    if not settings.enabled or not base:
        return ()
    return (ArchiveProvider(Archive(base, _NAME), context.http),)


SPEC = ProviderSpec(name=_NAME, title="Internet Archive", build=_build)
