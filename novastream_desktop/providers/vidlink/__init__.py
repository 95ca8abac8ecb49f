"""Vidlink: a resolver that the user runs or chose. Off while it has no address in Settings."""

from __future__ import annotations

from collections.abc import Sequence

from novastream_desktop.providers.base import Provider, ProviderContext, ProviderSpec
from novastream_desktop.providers.vidlink._client import VidlinkProvider

_NAME = "vidlink"


def _build(context: ProviderContext) -> Sequence[Provider]:
    settings = context.settings.sources.vidlink
    if not settings.base_url.strip():
        return ()
    return (VidlinkProvider(_NAME, settings.base_url, settings, context.http, context.clock),)


SPEC = ProviderSpec(name=_NAME, title="Vidlink", build=_build)
