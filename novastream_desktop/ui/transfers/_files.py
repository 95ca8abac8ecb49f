"""The files of a transfer as its dialog lists them, and the limits to choose from. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

from novastream_desktop.torrents.base import TransferFile
from novastream_desktop.ui.words import size_text

#: Bytes per second to choose from, 0 for no limit.
DOWNLOAD_LIMITS = (0, 500_000, 1_000_000, 2_000_000, 5_000_000, 10_000_000, 20_000_000)
UPLOAD_LIMITS = (0, 100_000, 500_000, 1_000_000, 5_000_000)


class FileRow(NamedTuple):
    """One file. `may_change`: it can be asked for, or no more."""

    id: str
    name: str
    detail: str
    fraction: float
    wanted: bool
    may_change: bool
    spoken: str


def file_rows(files: Sequence[TransferFile]) -> tuple[FileRow, ...]:
    """Return the files: what can be played first, both in the order in which people count."""
    ordered = sorted(files, key=lambda file: (not file.playable, _natural(file.path)))
    return tuple(map(_row, ordered))


def _row(file: TransferFile) -> FileRow:
    path = PurePosixPath(file.path)
    folders = " / ".join(path.parent.parts[1:])
    whole = file.done >= 1
    state = "plays now" if file.playing else "on disk" if whole else ""
    share = f"{int(file.done * 100)} %" if 0 < file.done < 1 else ""
    parts = [folders, size_text(file.size), share, state]
    detail = " · ".join(part for part in parts if part)
    return FileRow(
        id=str(file.index),
        name=path.name,
        detail=detail,
        fraction=file.done,
        wanted=file.wanted or file.playing or whole,
        may_change=not file.playing and not whole,
        spoken=f"{path.name}, {detail}",
    )


def _natural(path: str) -> list[tuple[int, str]]:
    parts = re.split(r"(\d+)", path)
    return [(int(part), "") if part.isdecimal() else (-1, part.casefold()) for part in parts]


def next_limit(now: int, limits: Sequence[int]) -> int:
    """Return the limit that follows in turn; one of a person's own goes to the next larger."""
    larger = [limit for limit in limits if limit > now]
    return larger[0] if larger else limits[0]


def limit_text(limit: int) -> str:
    """Return `no limit` or `5 MB/s`."""
    return f"{size_text(limit)}/s" if limit else "no limit"
