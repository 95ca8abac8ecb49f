"""The last good copy of every title page, on disk."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from pathlib import Path

from novastream_desktop.models import TitleDetails
from novastream_desktop.runtime.files import replace_file

MOST = 500
log = logging.getLogger(__name__)


class TitleCopies:
    """Keep the last good answer for each title; the oldest make room.

    Args:
        folder: one file for each title.
        most: how many are kept.
    """

    def __init__(self, folder: Path, *, most: int = MOST) -> None:
        self._folder = folder
        self._most = most

    async def keep(self, content_id: str, details: TitleDetails) -> None:
        """Write a copy; a disk that refuses is only logged."""
        await asyncio.to_thread(self._write, self._path(content_id), details)

    async def find(self, content_id: str) -> TitleDetails | None:
        """Return the copy, None if there is none that can be read."""
        return await asyncio.to_thread(self._read, self._path(content_id))

    def _path(self, content_id: str) -> Path:
        name = hashlib.sha1(content_id.encode(), usedforsecurity=False).hexdigest()
        return self._folder / f"{name}.json"

    def _read(self, path: Path) -> TitleDetails | None:
        try:
            return TitleDetails.model_validate_json(path.read_bytes())
        except (OSError, ValueError):
            return None

    def _write(self, path: Path, details: TitleDetails) -> None:
        try:
            replace_file(path, details.model_dump_json(by_alias=True))
            self._make_room()
        except OSError as error:
            log.warning("No copy of a title page was kept: %s", error)

    def _make_room(self) -> None:
        files = list(self._folder.glob("*.json"))
        if len(files) <= self._most:
            return
        files.sort(key=lambda file: file.stat().st_mtime_ns)
        for file in files[: len(files) - self._most]:
            file.unlink(missing_ok=True)
