"""What the engine does on disk besides libtorrent: resume data, room, and the cache's size."""

from __future__ import annotations

import errno
import os
import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from novastream_desktop.errors import TorrentError
from novastream_desktop.runtime.files import replace_file

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

    def __init__(self, data_dir: Path, save_dir: Path, is_cache: bool) -> None:
        self._data_dir = data_dir
        self._save_dir = save_dir
        self._is_cache = is_cache

    def folder(self, info_hash: str) -> Path:
        """Return a torrent's folder."""
        return self._save_dir / info_hash

    def prepare(self, folder: Path) -> None:
        """Make a torrent's folder.

        Raises:
            TorrentError: it cannot be made or written.
        """
        try:
            folder.mkdir(parents=True, exist_ok=True)
            os.utime(folder)
        except OSError as error:
            raise disk_error(error.errno or 0, str(folder)) from error
        if not os.access(folder, os.W_OK | os.X_OK):
            raise disk_error(errno.EACCES, str(folder))

    def missing_room(self, size: int, present: int) -> int:
        """Return how many bytes are lacking for the rest of a file, 0 for none.

        A twentieth of the file and `MIN_FREE` have to stay free.

        Args:
            size: bytes of the file.
            present: bytes of it that are on disk.

        Raises:
            TorrentError: the disk cannot be asked.
        """
        needed = max(0, int(size * _SPARE) - present)
        return max(0, needed + MIN_FREE - self._free()) if needed else 0

    def no_room(self, size: int, present: int) -> TorrentError:
        """Return the sentence for a file that does not fit."""
        needed = max(0, int(size * _SPARE) - present) + MIN_FREE
        return TorrentError(
            "There is not enough room for this torrent",
            why=f"it needs {_gigabytes(needed)}, {self._save_dir} has {_gigabytes(self._free())}",
            hint="Make room, or choose another folder in Settings, Torrents",
        )

    def _free(self) -> int:
        folder = self._save_dir
        while not folder.exists() and folder != folder.parent:
            folder = folder.parent
        try:
            return shutil.disk_usage(folder).free
        except OSError as error:
            raise disk_error(error.errno or 0, str(error)) from error

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
        replace_file(self._resume_file(info_hash), data)

    def load_state(self) -> bytes:
        """Return what was kept of the session, empty for nothing."""
        try:
            return (self._data_dir / "session.state").read_bytes()
        except OSError:
            return b""

    def save_state(self, state: bytes) -> None:
        """Keep the session's state in one atomic step.

        Raises:
            OSError: it cannot be written.
        """
        replace_file(self._data_dir / "session.state", state)

    def move_to(self, save_dir: Path, is_cache: bool) -> None:
        """Save what comes from now on in another folder."""
        self._save_dir, self._is_cache = save_dir, is_cache

    def prune(
        self,
        keep: frozenset[str],
        used_at: Mapping[str, float],
        *,
        limit: float | None = None,
        free: float | None = None,
    ) -> tuple[str, ...]:
        """Delete the longest unwatched torrents of the cache; return them.

        A folder that the user chose is left alone.

        Args:
            keep: torrents in use.
            used_at: when torrents were last watched; the folder's time stands in.
            limit: bytes that the cache may take.
            free: bytes that are lacking on the disk.
        """
        if not self._is_cache:
            return ()
        entries = [
            CacheEntry(
                folder.name,
                _size_on_disk(folder),
                used_at.get(folder.name) or folder.stat().st_mtime,
            )
            for folder in (self._save_dir.iterdir() if self._save_dir.is_dir() else ())
            if folder.is_dir() and not folder.is_symlink() and _HASH.fullmatch(folder.name)
        ]
        if limit is None:
            limit = sum(entry.size for entry in entries) - (free or 0.0)
        chosen = choose_evictions(entries, limit, keep)
        for info_hash in chosen:
            self.delete(info_hash, self.folder(info_hash))
        return chosen

    def delete(self, info_hash: str, folder: Path | None) -> None:
        """Delete a torrent's resume data, and its own folder if that is given."""
        if folder is not None and folder.name == info_hash:
            shutil.rmtree(folder, ignore_errors=True)
        self._resume_file(info_hash).unlink(missing_ok=True)

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
