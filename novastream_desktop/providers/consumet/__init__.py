"""Consumet: an instance that the user hosts. Off while it has no address in Settings."""

from __future__ import annotations

from collections.abc import Sequence

from novastream_desktop.providers.base import Provider, ProviderContext, ProviderSpec
from novastream_desktop.providers.consumet._client import ConsumetProvider
from novastream_desktop.providers.consumet._routes import Instance

_NAME = "consumet"


def _build(context: ProviderContext) -> Sequence[Provider]:
    settings = context.settings.sources.consumet
    base = settings.base_url.strip().rstrip("/")
    if not base:
        return ()
    instance = Instance(
        base, settings.movie_provider.strip(), settings.anime_provider.strip(), _NAME
    )
    return (ConsumetProvider(instance, context.http, context.clock),)


SPEC = ProviderSpec(name=_NAME, title="Consumet", build=_build)
