"""Which files lie in a folder: one walk, bounded, reading names only."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

VIDEOS = frozenset(
    {"mp4", "m4v", "mkv", "webm", "ogv", "ogm", "avi", "mov", "mpg", "mpeg", "m2ts", "ts", "wmv"}
    | {"flv", "divx", "vob", "3gp"}
)
SUBTITLES = frozenset({"srt", "vtt", "ass", "ssa", "sub"})
PICTURES = frozenset({"jpg", "jpeg", "png", "webp"})
MOST_FILES = 20_000
DEEPEST = 8
_EXTRAS = re.compile(
    r"(?:samples?|extras?|featurettes?|trailers?|behind the scenes|deleted scenes|interviews?"
    r"|bonus)",
    re.IGNORECASE,
)
_EXTRA_FILE = re.compile(r"(?:^|[ ._-])(?:sample|trailer)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entry:
    """A file.

    Attributes:
        parts: its path below the folder in Settings, the file's name last.
        changed: modification time, seconds since 1970.
    """

    root: Path
    parts: tuple[str, ...]
    size: int = 0
    changed: float = 0.0

    @property
    def path(self) -> Path:
        """Return where it lies."""
        return self.root.joinpath(*self.parts)

    @property
    def folder(self) -> tuple[str, ...]:
        """Return the parts of its folder."""
        return self.parts[:-1]

    @property
    def stem(self) -> str:
        """Return its name without the ending."""
        return self.parts[-1].rpartition(".")[0] or self.parts[-1]

    @property
    def suffix(self) -> str:
        """Return its ending in lower case, without the dot."""
        return self.parts[-1].rpartition(".")[2].casefold()

    @property
    def is_video(self) -> bool:
        """Whether it is a film or an episode, by its ending; samples and trailers are neither."""
        return self.suffix in VIDEOS and not _EXTRA_FILE.search(self.stem)


def shown(text: str) -> str:
    """Return a file's name as text: bytes that are not UTF-8 become the replacement sign."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def scan(root: Path) -> tuple[Entry, ...]:
    """Return the videos, subtitles and pictures in a folder and below it, in order of name.

    Hidden folders, extras and what links lead to are left out.

    Raises:
        OSError: the folder itself cannot be read.
    """
    if not root.is_dir():
        root.stat()  # says why
        raise NotADirectoryError(20, "it is no folder", str(root))
    os.scandir(root).close()
    wanted = VIDEOS | SUBTITLES | PICTURES
    found: list[Entry] = []
    for here, folders, files in os.walk(root):
        below = Path(here).relative_to(root).parts
        inward = sorted(name for name in folders if not _left_out(name))
        folders[:] = inward if len(below) < DEEPEST else []
        for name in sorted(files):
            entry = Entry(root, (*below, name))
            if entry.suffix in wanted and not name.startswith("."):
                found.append(_with_facts(entry))
        if len(found) >= MOST_FILES:
            break
    return tuple(found[:MOST_FILES])


def _left_out(folder: str) -> bool:
    return folder.startswith((".", "@", "$")) or _EXTRAS.fullmatch(folder) is not None


def _with_facts(entry: Entry) -> Entry:
    try:
        facts = entry.path.stat()
    except OSError:  # gone meanwhile, or a broken link
        return entry
    return Entry(entry.root, entry.parts, facts.st_size, facts.st_mtime)
