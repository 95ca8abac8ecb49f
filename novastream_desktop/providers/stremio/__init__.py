"""Stremio add-ons: any manifest address in Settings; one provider an add-on."""

from __future__ import annotations

from collections.abc import Sequence

from novastream_desktop.providers.base import Provider, ProviderContext, ProviderSpec
from novastream_desktop.providers.stremio._client import StremioProvider

_NAME = "stremio"


def _build(context: ProviderContext) -> Sequence[Provider]:
    entries = dict.fromkeys(entry.strip() for entry in context.settings.sources.stremio_addons)
    return tuple(
        StremioProvider(_NAME, entry, context.http, context.clock) for entry in entries if entry
    )


SPEC = ProviderSpec(name=_NAME, title="Stremio add-ons", build=_build)
