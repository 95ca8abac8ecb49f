"""Jellyfin: the user's own server. Off while its address or token is missing in Settings."""
# ruff: noqa: PLC0415  (a start that does without it does not import it)

from __future__ import annotations

from collections.abc import Sequence

from novastream_desktop.providers.base import Provider, ProviderContext, ProviderSpec

_NAME = "jellyfin"


def _build(context: ProviderContext) -> Sequence[Provider]:
    own = context.settings.jellyfin
    if not own.base_url.strip() or not own.token.strip():
        return ()
    from novastream_desktop.providers.jellyfin._client import JellyfinProvider

    return (JellyfinProvider(_NAME, own.base_url, own.token, context.http, context.clock),)


SPEC = ProviderSpec(name=_NAME, title="Jellyfin", build=_build)
