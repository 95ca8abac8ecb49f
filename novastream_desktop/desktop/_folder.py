"""A folder that a person opens or drops: what is in it, and that it is kept."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

from novastream_desktop.errors import InvalidInput
from novastream_desktop.models import Content
from novastream_desktop.providers.local import folders_of, titles_below, with_folder


async def read_folder(
    folder: str, entries: Sequence[str]
) -> tuple[Sequence[Content], tuple[str, ...]]:
    """Return the titles in a folder (a whole path), and the settings' folders with it.

    Raises:
        InvalidInput: it cannot be read, or has no video in it.
    """
    path = Path(folder)
    kept = with_folder(entries, path)
    try:
        found = await asyncio.to_thread(titles_below, path, folders_of(kept))
    except OSError as error:
        raise InvalidInput(
            f"The folder {path} cannot be read",
            why=error.strerror or str(error),
            hint="Check who may read it, and try again",
        ) from error
    if not found:
        raise InvalidInput(
            f"There is nothing to watch in {path}",
            why="no video file is in it or below it",
            hint="Choose a folder with films or episodes",
        )
    return found, kept
