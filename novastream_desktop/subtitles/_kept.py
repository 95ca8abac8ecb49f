"""Subtitle files that are kept on the disk, and when they go."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

log = logging.getLogger(__name__)

KEPT_FOR = 30 * 86_400.0
"""Seconds for which a file made for the player is kept; it is made again when needed."""
ORIGINALS_KEPT_FOR = 365 * 86_400.0
"""Seconds since its last use for which a file is kept that cost a download of somebody's quota."""
MOST_BYTES = 64 * 1024 * 1024
"""Of those files altogether: some thousand subtitles."""


class KeptFile(NamedTuple):
    """A file on the disk: bytes, and when it was used last, in seconds."""

    path: Path
    size: int
    used: float


def outdated(files: Iterable[KeptFile], now: float, *, age: float, room: float) -> list[KeptFile]:
    """Return the files that go: those of long ago, and the oldest of what has no room. Pure."""
    gone = []
    for file in sorted(files, key=lambda file: -file.used):
        room -= file.size
        if now - file.used > age or room < 0:
            gone.append(file)
    return gone


def forget_old(made: Path, originals: Path | None, now: float) -> None:
    """Remove the player's files and the originals that have outlived their use."""
    gone = outdated(_files(made), now, age=KEPT_FOR, room=float("inf"))
    if originals is not None:
        gone += outdated(_files(originals), now, age=ORIGINALS_KEPT_FOR, room=MOST_BYTES)
    for file in gone:
        try:
            file.path.unlink()
        except OSError as error:
            log.info("An old subtitle file stays: %s", error)


def read_kept(file: Path) -> bytes:
    """Return an original and note that it was used; empty if there is none."""
    try:
        data = file.read_bytes()
        file.touch()
    except OSError:
        return b""
    return data


def _files(folder: Path) -> list[KeptFile]:
    found = []
    try:
        for path in folder.iterdir():
            if path.is_file() and not path.name.startswith("."):
                known = path.stat()
                found.append(KeptFile(path, known.st_size, known.st_mtime))
    except OSError:  # not there yet, or just gone
        return found
    return found
