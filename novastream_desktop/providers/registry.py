"""Every provider of the program, in the order in which services ask them."""

from __future__ import annotations

import logging
from dataclasses import replace

from novastream_desktop.net import HasRoutes
from novastream_desktop.providers import (
    anilist,
    aniskip,
    archive,
    consumet,
    jellyfin,
    local,
    mirrors,
    opensubtitles,
    peertube,
    stremio,
    tmdb,
    torznab,
    vidlink,
)
from novastream_desktop.providers.base import Provider, ProviderContext, ProviderSpec

log = logging.getLogger(__name__)

PROVIDERS: tuple[ProviderSpec, ...] = (
    mirrors.SPEC,
    local.SPEC,
    jellyfin.SPEC,
    peertube.SPEC,
    archive.SPEC,
    tmdb.SPEC,
    anilist.SPEC,
    aniskip.SPEC,
    stremio.SPEC,
    torznab.SPEC,
    vidlink.SPEC,
    consumet.SPEC,
    opensubtitles.SPEC,
)


def build_providers(
    context: ProviderContext, specs: tuple[ProviderSpec, ...] = PROVIDERS
) -> tuple[Provider, ...]:
    """Return the providers that are configured and switched on.

    One that cannot be built is logged and left out, so that a bad setting for one third party
    never keeps the program from starting.
    """
    built: list[Provider] = []
    for spec in specs:
        try:
            built.extend(spec.build(_by_its_way(context, spec.name)))
        except Exception:  # the provider boundary: whatever a build raises concerns it alone
            log.exception("%s cannot be set up and is left out", spec.title)
    return tuple(built)


def _by_its_way(context: ProviderContext, name: str) -> ProviderContext:
    """Return the context with the proxy and resolver of `network.providers.NAME`."""
    http = context.http
    return (
        replace(context, http=http.for_provider(name)) if isinstance(http, HasRoutes) else context
    )
