"""Mirrors: web servers and folders with an `index.json` of their own files.

The program's built-in demo and catalogue are mirrors too, in folders that ship with it.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

from novastream_desktop.errors import ProviderError
from novastream_desktop.providers.base import (
    BundledMirror,
    Provider,
    ProviderContext,
    ProviderSpec,
)
from novastream_desktop.providers.mirrors._client import FolderShelf, MirrorProvider, WebShelf
from novastream_desktop.providers.mirrors._place import index_address

log = logging.getLogger(__name__)
_NAME = "mirrors"


def _build(context: ProviderContext) -> Sequence[Provider]:
    providers = [_bundled(mirror) for mirror in context.bundled_mirrors]
    for entry in context.settings.sources.mirrors:
        if not entry.strip():
            continue
        address = index_address(entry)
        if isinstance(address, Path):
            providers.append(MirrorProvider(_NAME, FolderShelf(address, _NAME)))
        else:
            providers.append(MirrorProvider(_NAME, WebShelf(address, context.http, _NAME)))
    return providers


def _bundled(mirror: BundledMirror) -> MirrorProvider:
    shelf = FolderShelf(mirror.folder / "index.json", mirror.row_id, mirror)
    provider = MirrorProvider(_NAME, shelf, mirror)
    try:
        provider.preload(shelf.read())  # a small local file; all bundled ones share `nova:` ids
    except ProviderError as error:
        log.warning("%s", error)
    return provider


SPEC = ProviderSpec(name=_NAME, title="Mirrors", build=_build)
