"""Files behind the media server: content types, non-blocking reads, and a folder that serves."""

from __future__ import annotations

import asyncio
import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from novastream_desktop.net._media_body import RUN, FileRun, ResourceReader
from novastream_desktop.net._media_connection import Resource

CHUNK = 128 * 1024

# Players choose a demuxer by content; these names are for devices and browsers.
_TYPES = {
    ".mp4": "video/mp4",
    ".m4v": "video/mp4",
    ".m4s": "video/mp4",
    ".m4a": "audio/mp4",
    ".mov": "video/quicktime",
    ".mkv": "video/x-matroska",
    ".webm": "video/webm",
    ".avi": "video/x-msvideo",
    ".ts": "video/mp2t",
    ".m2ts": "video/mp2t",
    ".mpg": "video/mpeg",
    ".ogv": "video/ogg",
    ".mp3": "audio/mpeg",
    ".flac": "audio/flac",
    ".m3u8": "application/vnd.apple.mpegurl",
    ".key": "application/octet-stream",
    ".srt": "application/x-subrip",
    ".ass": "text/x-ssa",
    ".ssa": "text/x-ssa",
    ".vtt": "text/vtt",
    ".json": "application/json",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
}


def content_type_of(name: str) -> str:
    """Return the content type by a file name's extension."""
    return _TYPES.get(PurePosixPath(name).suffix.lower(), "application/octet-stream")


async def read_at(fd: int, length: int, offset: int) -> bytes:
    """Read without blocking the loop: at once if the bytes are in memory, else in a thread."""
    nowait = getattr(os, "RWF_NOWAIT", 0)  # Linux
    if nowait:
        buffer = bytearray(length)
        try:
            count = os.preadv(fd, [buffer], offset, nowait)
        except OSError:  # would block, or this file system cannot tell
            pass
        else:
            if count == length:
                return bytes(buffer)
    return await asyncio.to_thread(os.pread, fd, length, offset)


def open_inside(root: Path, path: Path) -> int:
    """Open a regular file that really lies under `root`; return its descriptor.

    Raises:
        OSError: it is missing, a link at its end, not a regular file, or outside.
    """
    real = path.resolve(strict=True)
    if not real.is_relative_to(root.resolve()):
        raise PermissionError(f"{path} leads out of its folder")
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    fd = os.open(real, flags | getattr(os, "O_BINARY", 0))
    if not stat.S_ISREG(os.fstat(fd).st_mode):
        os.close(fd)
        raise PermissionError(f"{path} is not a file")
    return fd


class _FileReader:
    def __init__(self, file: IO[bytes], start: int, end: int) -> None:
        self._file = file
        self._position = start
        self._end = end

    async def run(self) -> FileRun | None:
        count = min(RUN, self._end - self._position)
        if count <= 0:
            return None
        self._position += count
        return FileRun(self._file, self._position - count, count)

    async def read(self) -> bytes:
        length = min(CHUNK, self._end - self._position)
        fd = self._file.fileno()
        data = await read_at(fd, length, self._position) if length > 0 else b""
        self._position += len(data)
        return data

    async def close(self) -> None:
        self._file.close()


@dataclass(frozen=True, slots=True)
class FolderResource:
    """A file on disk as it was when it was asked for."""

    root: Path
    path: Path
    size: int
    etag: str
    content_type: str

    async def open_reader(self, start: int, end: int) -> ResourceReader:
        """Return a reader of a part of the file."""
        fd = await asyncio.to_thread(open_inside, self.root, self.path)
        return _FileReader(os.fdopen(fd, "rb", buffering=0), start, end)


def folder_resolver(folder: Path) -> Callable[[str], Resource | None]:
    """Return a resolver of the files under `folder`; nothing outside it, and no listing."""
    root = folder.resolve()

    def resolve(path: str) -> Resource | None:
        parts = path.split("/")
        if any(part in ("", ".", "..") or "\\" in part for part in parts):
            return None
        try:
            real = root.joinpath(*parts).resolve(strict=True)
            found = real.stat()
        except (OSError, ValueError):
            return None
        if not real.is_relative_to(root) or not stat.S_ISREG(found.st_mode):
            return None
        etag = f'"{found.st_mtime_ns:x}-{found.st_size:x}"'
        return FolderResource(root, real, found.st_size, etag, content_type_of(real.name))

    return resolve
