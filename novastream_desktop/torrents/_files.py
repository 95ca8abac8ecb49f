"""The files of a torrent: which one to play, and which names cannot stay as they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePosixPath

from novastream_desktop.torrents.base import TorrentFile

_VIDEO = frozenset(
    (".mkv", ".mp4", ".m4v", ".webm", ".avi", ".mov", ".ts", ".m2ts", ".mpg", ".mpeg", ".wmv",
     ".flv", ".ogv", ".ogm", ".vob", ".3gp", ".divx")
)  # fmt: skip
_AUDIO = frozenset((".mp3", ".flac", ".m4a", ".ogg", ".opus", ".wav", ".aac", ".mka"))
_EXTRA = re.compile(
    r"(?i)(?:^|[/ ._\-\[(])(?:sample|trailers?|extras?|featurettes?|bonus|behind.the.scenes|"
    r"deleted.scenes?|interviews?|nc(?:op|ed)\d*|creditless|menus?|promos?)(?:$|[/ ._\-\])\d])"
)
_HINT = re.compile(r"(?i)s(\d{1,3})[ ._-]*e(\d{1,4})|e?(\d{1,4})")
_NUMBERED = (
    re.compile(r"(?i)s(\d{1,2})[ ._-]*e(\d{1,4})"),
    re.compile(r"(?i)(?<![\d])(\d{1,2})x(\d{1,3})(?!\d)"),
    re.compile(r"(?i)season[ ._-]*(\d{1,2})[ ._/\-]+episode[ ._-]*(\d{1,4})"),
)
_LOOSE = (
    re.compile(r"(?i)(?:^|[ ._\-\[(])(?:e|ep|episode)[ ._-]*(\d{1,4})(?!\d)"),
    re.compile(r" - (\d{1,4})(?:v\d)?(?=[ .\[(]|$)"),
    re.compile(r"^(?:\[[^\]]*\][ ._]*)?(\d{1,3})(?=[ ._\-]|$)"),
    re.compile(r"[ ._](\d{2,3})(?:v\d)?(?=[ ._]*(?:\[|\(|$))"),
)
_SEASON_FOLDER = re.compile(r"(?i)(?:season|s)[ ._-]*(\d{1,2})(?:[ ._/\-]|$)")
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


def choose_file(files: Sequence[TorrentFile], episode_hint: str = "") -> TorrentFile | None:
    """Return the file that is most likely meant; None if none fits.

    The largest video that is no sample or extra. With a hint such as `S01E02` (or `E02`, `2`),
    the largest of those whose name says so; where no name tells an episode at all, the videos
    are counted in the order of their names.
    """
    playable = [file for file in files if file.playable and file.size > 0]
    pool = [file for file in playable if is_video(file.path)] or playable
    pool = [file for file in pool if not is_extra(file.path)] or pool
    wanted = _parse_hint(episode_hint)
    if wanted is None or len(pool) <= 1:
        return max(pool, key=lambda file: (file.size, -file.index), default=None)
    season, episode = wanted
    numbers = {file.index: episode_of(file.path) for file in pool}
    hits = [file for file in pool if _matches(numbers[file.index], season, episode)]
    if hits:
        return max(hits, key=lambda file: (file.size, -file.index))
    if any(numbers.values()) or not 0 < episode <= len(pool):
        return None
    return sorted(pool, key=lambda file: _natural(file.path))[episode - 1]


def _parse_hint(hint: str) -> tuple[int | None, int] | None:
    match = _HINT.fullmatch(hint.strip())
    if match is None:
        return None
    season, episode, alone = match.groups()
    return (None, int(alone)) if alone else (int(season), int(episode))


def episode_of(path: str) -> tuple[int | None, int] | None:
    """Return season (None if unsaid) and episode that a path tells, None if it tells none."""
    inner = path.partition("/")[2] or path
    for pattern in _NUMBERED:
        found = pattern.findall(inner)
        if found:
            season, episode = found[-1]
            return int(season), int(episode)
    stem = PurePosixPath(path).stem
    for pattern in _LOOSE:
        match = pattern.search(stem)
        if match:
            folder = _SEASON_FOLDER.search(str(PurePosixPath(path).parent) + "/")
            return (int(folder[1]) if folder else None), int(match[1])
    return None


def _matches(told: tuple[int | None, int] | None, season: int | None, episode: int) -> bool:
    if told is None or told[1] != episode:
        return False
    return season is None or told[0] is None or told[0] == season


def _natural(path: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdecimal() else (-1, part.casefold())
            for part in re.split(r"(\d+)", path)]  # fmt: skip


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
