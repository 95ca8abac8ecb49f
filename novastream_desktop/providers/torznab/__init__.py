"""Torznab indexers (Jackett, Prowlarr, Newznab's form); one provider an indexer, off by default."""

from __future__ import annotations

from collections.abc import Sequence

from novastream_desktop.providers.base import Provider, ProviderContext, ProviderSpec
from novastream_desktop.providers.torznab._client import TorznabProvider

_NAME = "torznab"


def _build(context: ProviderContext) -> Sequence[Provider]:
    return tuple(
        TorznabProvider(_NAME, server.url, server.api_key, context.http)
        for server in context.settings.sources.torznab
        if server.url.strip()
    )


SPEC = ProviderSpec(name=_NAME, title="Torznab indexers", build=_build)
