"""Torznab indexers (Jackett, Prowlarr, Newznab's form); one provider an indexer, off by default."""
# ruff: noqa: PLC0415  (a start that does without them does not import them)

from __future__ import annotations

from collections.abc import Sequence

from novastream_desktop.providers.base import Provider, ProviderContext, ProviderSpec

_NAME = "torznab"


def _build(context: ProviderContext) -> Sequence[Provider]:
    servers = [server for server in context.settings.sources.torznab if server.url.strip()]
    if not servers:
        return ()
    from novastream_desktop.providers.torznab._client import TorznabProvider

    return tuple(TorznabProvider(_NAME, s.url, s.api_key, context.http) for s in servers)


SPEC = ProviderSpec(name=_NAME, title="Torznab indexers", build=_build)
