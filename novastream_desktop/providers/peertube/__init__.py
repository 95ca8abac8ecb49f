"""PeerTube: open films with MP4, HLS and magnet in one answer; one provider a server."""

from __future__ import annotations

from collections.abc import Sequence

from novastream_desktop.providers.base import Provider, ProviderContext, ProviderSpec
from novastream_desktop.providers.peertube._client import PeerTubeProvider

_NAME = "peertube"


def _build(context: ProviderContext) -> Sequence[Provider]:
    instances = (entry.strip() for entry in context.settings.peertube.instances)
    return tuple(PeerTubeProvider(_NAME, entry, context.http) for entry in instances if entry)


SPEC = ProviderSpec(name=_NAME, title="PeerTube", build=_build)
