"""What lies in one folder, told as the provider of all folders tells it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from novastream_desktop.models import Content
from novastream_desktop.providers.local._library import build_library
from novastream_desktop.providers.local._scan import Entry, scan


def titles_below(folder: Path, roots: Sequence[Path], origin: str = "local") -> tuple[Content, ...]:
    """Return the films and series with a file in a folder or below it, by name.

    Their ids are those that the provider with these roots gives them.

    Args:
        folder: one of the roots, or below one.
        roots: every folder of the provider; those that cannot be read are passed over.
        origin: the provider's name.

    Raises:
        OSError: the folder itself cannot be read.
    """
    entries: dict[Path, Entry] = {}
    for root in roots:
        try:
            entries |= {entry.path: entry for entry in scan(root)}
        except OSError:
            if root == folder:
                raise
    found = [
        title.details.content
        for title in build_library(entries.values(), origin).titles
        if any(v.entry.path.is_relative_to(folder) for vs in title.files.values() for v in vs)
    ]
    return tuple(sorted(found, key=lambda content: content.title.casefold()))


def with_folder(entries: Sequence[str], folder: Path) -> tuple[str, ...]:
    """Return the folders of the settings with one more, if none of them holds it already."""
    kept = [Path(entry.strip()).expanduser().absolute() for entry in entries if entry.strip()]
    if any(folder.is_relative_to(root) for root in kept):
        return tuple(entries)
    return (*entries, str(folder))
