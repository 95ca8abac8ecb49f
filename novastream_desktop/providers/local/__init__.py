"""Films and series in folders on this computer. Off while Settings name no folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from novastream_desktop.providers.base import Provider, ProviderContext, ProviderSpec
from novastream_desktop.providers.local._client import LocalProvider

_NAME = "local"


def _build(context: ProviderContext) -> Sequence[Provider]:
    entries = (entry.strip() for entry in context.settings.sources.local_folders)
    folders = tuple(dict.fromkeys(Path(e).expanduser().absolute() for e in entries if e))
    return (LocalProvider(_NAME, folders, context.clock),) if folders else ()


SPEC = ProviderSpec(name=_NAME, title="This computer", build=_build)
