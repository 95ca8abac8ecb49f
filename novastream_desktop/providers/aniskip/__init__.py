"""AniSkip: skip ranges of anime, entered by viewers."""

from __future__ import annotations

from collections.abc import Sequence

from novastream_desktop.providers.aniskip._client import AniSkipProvider
from novastream_desktop.providers.base import Provider, ProviderContext, ProviderSpec

_NAME = "aniskip"


def _build(context: ProviderContext) -> Sequence[Provider]:
    settings = context.settings.aniskip
    if not settings.enabled or not settings.base_url.strip():
        return ()
    return (
        AniSkipProvider(_NAME, settings.base_url.strip(), context.http, context.clock.monotonic),
    )


SPEC = ProviderSpec(name=_NAME, title="AniSkip", build=_build)
