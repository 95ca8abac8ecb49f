"""Stremio add-ons: any manifest address in Settings; one provider an add-on."""
# ruff: noqa: PLC0415  (a start that does without them does not import them)

from __future__ import annotations

from collections.abc import Sequence

from novastream_desktop.providers.base import Provider, ProviderContext, ProviderSpec

_NAME = "stremio"


def _build(context: ProviderContext) -> Sequence[Provider]:
    listed = (entry.strip() for entry in context.settings.sources.stremio_addons)
    entries = tuple(dict.fromkeys(entry for entry in listed if entry))
    if not entries:
        return ()
    from novastream_desktop.providers.stremio._client import StremioProvider

    return tuple(StremioProvider(_NAME, entry, context.http, context.clock) for entry in entries)


SPEC = ProviderSpec(name=_NAME, title="Stremio add-ons", build=_build)
