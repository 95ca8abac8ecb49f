"""What the engine does on disk besides libtorrent: resume data, room, and the cache's size."""

from __future__ import annotations

import errno
import os
import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from novastream_desktop.errors import TorrentError

_HASH = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_SPARE = 1.05  # of the file's size
_BLOCK_UNIT = 512  # st_blocks counts these on every Unix
MIN_FREE = 32 << 20


@dataclass(frozen=True, slots=True)
class CacheEntry:
    """What one torrent takes on disk. `used_at`: seconds since the epoch."""

    info_hash: str
    size: int
    used_at: float


def choose_evictions(
    entries: Sequence[CacheEntry], limit: float, keep: frozenset[str]
) -> tuple[str, ...]:
    """Return the torrents to delete so that the rest fits, longest unused first.

    Args:
        entries: everything in the cache.
        limit: bytes.
        keep: torrents in use; they count, but stay.
    """
    total = sum(entry.size for entry in entries)
    chosen = []
    for entry in sorted(entries, key=lambda e: (e.used_at, e.info_hash)):
        if total <= limit:
            break
        if entry.info_hash not in keep:
            chosen.append(entry.info_hash)
            total -= entry.size
    return tuple(chosen)


class TorrentDisk:
    """Resume data in `data_dir`, torrents in a folder each under `save_dir`. Blocks.

    Each torrent has a folder named by its info-hash, so that no torrent can ever write over
    another's files or the user's own.
    """

    def __init__(self, data_dir: Path, save_dir: Path, *, is_cache: bool) -> None:
        self._data_dir = data_dir
        self._save_dir = save_dir
        self._is_cache = is_cache

    def folder(self, info_hash: str) -> Path:
        """Return a torrent's folder."""
        return self._save_dir / info_hash

    def prepare(self, info_hash: str) -> None:
        """Make a torrent's folder.

        Raises:
            TorrentError: it cannot be made or written.
        """
        folder = self.folder(info_hash)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            os.utime(folder)
        except OSError as error:
            raise disk_error(error.errno or 0, str(folder)) from error
        if not os.access(folder, os.W_OK | os.X_OK):
            raise disk_error(errno.EACCES, str(folder))

    def check_room(self, info_hash: str, size: int, present: int) -> None:
        """Make sure that the rest of a file fits.

        Args:
            info_hash: of the torrent.
            size: bytes of the file.
            present: bytes of it that are on disk.

        Raises:
            TorrentError: it does not.
        """
        needed = max(0, int(size * _SPARE) - present)
        try:
            free = shutil.disk_usage(self.folder(info_hash)).free
        except OSError as error:
            raise disk_error(error.errno or 0, str(error)) from error
        if needed > free:
            raise TorrentError(
                "There is not enough room for this torrent",
                why=f"it needs {_gigabytes(needed)}, {self._save_dir} has {_gigabytes(free)}",
                hint="Make room, or choose another folder in Settings, Torrents",
            )

    def has_room(self) -> bool:
        """Whether writing may go on after the disk was full."""
        try:
            return shutil.disk_usage(self._save_dir).free > MIN_FREE
        except OSError:
            return False

    def load_resume(self, info_hash: str) -> bytes | None:
        """Return what was kept of a torrent."""
        try:
            return self._resume_file(info_hash).read_bytes()
        except OSError:
            return None

    def save_resume(self, info_hash: str, data: bytes) -> None:
        """Keep what is needed to go on, in one atomic step.

        Raises:
            OSError: it cannot be written.
        """
        self._data_dir.mkdir(parents=True, exist_ok=True)
        target = self._resume_file(info_hash)
        part = target.with_suffix(".part")
        part.write_bytes(data)
        part.replace(target)

    def prune(self, limit: float, keep: frozenset[str]) -> tuple[str, ...]:
        """Delete the longest unused torrents of the cache until it fits; return them.

        A folder that the user chose is left alone.
        """
        if not self._is_cache:
            return ()
        entries = [
            CacheEntry(folder.name, _size_on_disk(folder), folder.stat().st_mtime)
            for folder in (self._save_dir.iterdir() if self._save_dir.is_dir() else ())
            if folder.is_dir() and not folder.is_symlink() and _HASH.fullmatch(folder.name)
        ]
        chosen = choose_evictions(entries, limit, keep)
        for info_hash in chosen:
            shutil.rmtree(self.folder(info_hash), ignore_errors=True)
            self._resume_file(info_hash).unlink(missing_ok=True)
        return chosen

    def _resume_file(self, info_hash: str) -> Path:
        return self._data_dir / f"{info_hash}.resume"


def _size_on_disk(folder: Path) -> int:
    total = 0
    for parent, _, names in os.walk(folder):
        for name in names:
            try:
                found = os.lstat(Path(parent, name))
            except OSError:
                continue
            blocks: int | None = getattr(found, "st_blocks", None)
            total += found.st_size if blocks is None else blocks * _BLOCK_UNIT
    return total


def _gigabytes(size: int) -> str:
    return f"{size / 1e9:.1f} GB" if size >= 10**8 else f"{size / 1e6:.1f} MB"


def disk_error(number: int, detail: str) -> TorrentError:
    """Return the sentence for an errno of the disk."""
    if number in (errno.ENOSPC, errno.EDQUOT):
        return TorrentError(
            "The disk is full",
            why="the torrent cannot be saved any further",
            hint="Make room; the stream then goes on by itself",
        )
    if number in (errno.EROFS, errno.EACCES, errno.EPERM):
        return TorrentError(
            "The torrent cannot be saved",
            why=f"no permission to write ({detail})",
            hint="Choose a writable folder in Settings, Torrents",
        )
    return TorrentError(
        "The torrent cannot be saved or read",
        why=detail,
        hint="Check the disk, then open it again",
    )


def passes_by_itself(number: int) -> bool:
    """Whether the cause of an errno may go away while the stream waits."""
    return number in (errno.ENOSPC, errno.EDQUOT)
