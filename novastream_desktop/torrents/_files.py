"""The files of a torrent: of what kind they are, and which names cannot stay as they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePosixPath

_VIDEO = frozenset(
    (".mkv", ".mp4", ".m4v", ".webm", ".avi", ".mov", ".ts", ".m2ts", ".mpg", ".mpeg", ".wmv",
     ".flv", ".ogv", ".ogm", ".vob", ".3gp", ".divx")
)  # fmt: skip
_AUDIO = frozenset((".mp3", ".flac", ".m4a", ".ogg", ".opus", ".wav", ".aac", ".mka"))
_EXTRA = re.compile(
    r"(?i)(?:^|[/ ._\-\[(])(?:sample|trailers?|extras?|featurettes?|bonus|behind.the.scenes|"
    r"deleted.scenes?|interviews?|nc(?:op|ed)\d*|creditless|menus?|promos?)(?:$|[/ ._\-\])\d])"
)
_RESERVED = re.compile(r"(?i)(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?")
_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"|?*\\]')
_MAX_NAME_BYTES = 240


def is_video(path: str) -> bool:
    """Whether the extension is a video's."""
    return PurePosixPath(path).suffix.lower() in _VIDEO


def is_playable(path: str) -> bool:
    """Whether the extension is a video's or a sound's."""
    return is_video(path) or PurePosixPath(path).suffix.lower() in _AUDIO


def is_extra(path: str) -> bool:
    """Whether it is a sample, a trailer or other material beside the title."""
    return _EXTRA.search(path) is not None


def safe_renames(paths: Sequence[str]) -> dict[int, str]:
    """Return new paths for files that would clash with another or that a disk refuses.

    libtorrent already removes `..`, absolute paths and control characters; it leaves names
    that are equal up to case, device names of Windows, and names over 255 bytes.
    """
    seen: set[str] = set()
    folders = {str(parent).casefold() for path in paths for parent in PurePosixPath(path).parents}
    renames: dict[int, str] = {}
    for index, path in enumerate(paths):
        key = path.casefold()
        if key in seen or key in folders or any(map(_is_bad_name, PurePosixPath(path).parts)):
            renames[index] = _safe_path(index, path)
        seen.add(renames.get(index, path).casefold())
    return renames


def _is_bad_name(name: str) -> bool:
    too_long = len(name.encode("utf-8", "replace")) > _MAX_NAME_BYTES
    return bool(too_long or _RESERVED.fullmatch(name) or _UNSAFE.search(name))


def _safe_path(index: int, path: str) -> str:
    *folders, name = PurePosixPath(path).parts
    cleaned = [_safe_name(folder) for folder in folders]
    return "/".join([*cleaned, f"{index}_{_safe_name(name)}"])


def _safe_name(name: str) -> str:
    text = _UNSAFE.sub("_", name)
    text = f"_{text}" if _RESERVED.fullmatch(text) else text
    suffix = PurePosixPath(text).suffix[:16]
    stem = text.removesuffix(suffix).encode("utf-8", "replace")[: _MAX_NAME_BYTES - 60]
    return stem.decode("utf-8", "ignore") + suffix
