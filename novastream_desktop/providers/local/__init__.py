"""Films and series in folders on this computer. Off while Settings name no folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from novastream_desktop.providers.base import Provider, ProviderContext, ProviderSpec
from novastream_desktop.providers.local._below import titles_below, with_folder
from novastream_desktop.providers.local._client import LocalProvider

__all__ = ["SPEC", "LocalProvider", "folders_of", "titles_below", "with_folder"]

_NAME = "local"


def folders_of(entries: Sequence[str]) -> tuple[Path, ...]:
    """Return the folders that the settings name, each once."""
    named = (entry.strip() for entry in entries)
    return tuple(dict.fromkeys(Path(e).expanduser().absolute() for e in named if e))


def _build(context: ProviderContext) -> Sequence[Provider]:
    folders = folders_of(context.settings.sources.local_folders)
    return (LocalProvider(_NAME, folders, context.clock),) if folders else ()


SPEC = ProviderSpec(name=_NAME, title="This computer", build=_build)
